"""A run in a process of its own: the same numbers, the same controls, and it may be killed."""

from __future__ import annotations

import multiprocessing
import os
import signal
from pathlib import Path

import pytest

from app.runs.events import (
    EpochEnded,
    Event,
    Failed,
    Finished,
    Kept,
    NotKept,
    Observed,
    Started,
    Steps,
)
from app.runs.folder import BEST
from app.runs.job import Job
from app.training.control import Control
from app.training.engine import train
from app.training.process import train_in_process
from graph_model.recipe import Choice, Recipe
from tests.app.training.networks import mlp, project


def job(epochs: int, folder: Path | None = None) -> Job:
    recipe = Recipe(Choice("moons"), epochs=epochs, batch_size=64)
    return Job(project(mlp(2, 8, 2), recipe), folder=folder, threads=1)


def losses(events: list[Event]) -> list[float]:
    return [loss for event in events if isinstance(event, Steps) for loss in event.losses]


def test_it_tells_the_same_numbers(tmp_path: Path) -> None:
    apart = list(train_in_process(job(3, tmp_path)))
    assert losses(apart) == losses(list(train(job(3))))
    assert isinstance(apart[-1], Finished)
    assert (tmp_path / BEST).exists()
    assert not multiprocessing.active_children()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_a_killed_process_ends_the_run_and_nothing_else() -> None:
    events: list[Event] = []
    for event in train_in_process(job(1_000_000)):
        events.append(event)
        if isinstance(event, EpochEnded) and event.epoch == 1:
            (child,) = multiprocessing.active_children()
            assert child.pid is not None
            os.kill(child.pid, signal.SIGKILL)
    failed = events[-1]
    assert isinstance(failed, Failed)
    assert failed.problem.code == "process_killed"
    assert "SIGKILL" in failed.problem.message


def test_what_cannot_be_kept_is_told_and_asked_about(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    control = Control()
    seen: list[Event] = []
    for event in train_in_process(job(2, tmp_path / "file"), control):
        seen.append(event)
        if isinstance(event, NotKept) and event.is_over:
            control.keep_in(tmp_path / "elsewhere")
    assert seen[-2] == Kept(str(tmp_path / "elsewhere"))
    assert isinstance(seen[-1], Finished)
    assert (tmp_path / "elsewhere" / BEST).exists()


def test_pause_step_and_stop_reach_it() -> None:
    control = Control()
    control.observe("gradients")
    control.step()
    seen: list[Event] = []
    for event in train_in_process(job(1_000_000), control):
        seen.append(event)
        if isinstance(event, Steps) and len(losses(seen)) == 1:
            control.step()
        elif isinstance(event, Steps) and len(losses(seen)) == 2:
            control.resume()
        elif isinstance(event, EpochEnded):
            control.stop()
    steps = [event for event in seen if isinstance(event, Steps)]
    assert [len(each.losses) for each in steps[:2]] == [1, 1]
    assert any(isinstance(event, Observed) for event in seen)
    assert isinstance(seen[-1], Finished)
    assert seen[-1].stopped


def test_closing_the_generator_ends_the_process() -> None:
    events = train_in_process(job(1_000_000))
    assert isinstance(next(events), Started)
    events.close()  # type: ignore[attr-defined]
    assert not multiprocessing.active_children()


def test_its_mistakes_are_told_too() -> None:
    recipe = Recipe(Choice("iris"))
    (failed,) = train_in_process(Job(project(mlp(5, 8, 3), recipe), threads=1))
    assert isinstance(failed, Failed)
    assert failed.problem.code == "input_shape"
    assert failed.problem.fixes


def test_a_run_that_has_not_begun_ends_with_the_window(tmp_path: Path) -> None:
    control = Control()
    control.leave()
    (failed,) = train_in_process(job(1_000_000, tmp_path), control)  # killed before it imports
    assert isinstance(failed, Failed)
    assert failed.problem.code == "process_killed"
    assert not any(tmp_path.iterdir())
    assert not multiprocessing.active_children()
