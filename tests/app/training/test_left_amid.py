"""What is kept of a run where something unusual befalls it: left amid an evaluation, a log gone."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file
from torch import nn

from app.runs.events import EpochEnded, Event, Failed, Finished, Started, Steps, Unreached
from app.runs.folder import BEST, CHECKPOINT, LAST, REMOTE, log_of
from app.runs.job import Job
from app.runs.record import Record
from app.runs.store import read_run
from app.training import keeper
from app.training.control import Control
from app.training.engine import train
from app.training.scripted import watch_again
from app.training.ssh import attached
from app.training.torchrun import train_shared
from codegen.build import build_project
from graph_model.recipe import Choice, Recipe
from tests.app.training.networks import chain, mlp
from tests.app.training.running import IRIS, epochs, job, losses


def left_at(asked: Job, evaluation: int) -> list[Event]:
    """Train, and leave amid the evaluation of this number; 0 for none."""
    control, seen = Control(), [0]

    def look(module: nn.Module, *_: object) -> None:
        if not module.training:
            seen[0] += 1
            if seen[0] == evaluation:
                control.leave()

    def make() -> nn.Module:
        model: nn.Module = build_project(asked.project, asked.known).make()
        model.register_forward_hook(look)
        return model

    return list(train(asked, control, make))


def longer(asked: Job, count: int) -> Job:
    recipe = replace(asked.recipe, epochs=count)
    return replace(asked, resumes=True, project=replace(asked.project, recipe=recipe))


def test_a_run_left_amid_its_last_figures_keeps_its_last_weights(tmp_path: Path) -> None:
    recipe = replace(IRIS, epochs=8, optimizer=Choice("Adam", {"lr": 0.3}))
    whole, left = (job(mlp(4, 8, 3), recipe, folder=tmp_path / name) for name in ("whole", "left"))
    left_at(whole, 0)
    ended = left_at(left, 9)[-1]
    assert isinstance(ended, Finished)
    assert ended.best_epoch not in (0, 8)
    assert whole.folder is not None
    assert left.folder is not None
    one, other = (load_file(each / LAST) for each in (whole.folder, left.folder))
    assert all(torch.equal(one[name], other[name]) for name in one)
    best = load_file(left.folder / BEST)
    assert not all(torch.equal(best[name], other[name]) for name in best)
    assert losses(list(train(longer(whole, 10)))) == losses(list(train(longer(left, 10))))


@pytest.mark.parametrize("option", [Choice("swa", {"start": 2}), Choice("ema"), None])
def test_a_run_left_amid_a_validation_goes_on_as_if_it_had_not(
    tmp_path: Path, option: Choice | None
) -> None:
    recipe = replace(IRIS, epochs=6, options=(option,) if option else ())
    plain = epochs(list(train(job(mlp(4, 8, 3), recipe))))
    asked = job(mlp(4, 8, 3), recipe, folder=tmp_path / "run")
    left_at(asked, 4)
    gone_on = epochs(list(train(replace(asked, resumes=True))))
    assert gone_on
    assert [each.validation for each in gone_on] == [
        each.validation for each in plain[-len(gone_on) :]
    ]


def convolutions(*options: Choice) -> tuple[Any, Recipe]:
    network = chain(
        ("Input", {"shape": ("N", 1, 8, 8)}),
        ("Conv2d", {"out_channels": 4, "kernel_size": 3}),
        ("Conv2d", {"out_channels": 4, "kernel_size": 3}),
        ("Flatten", {}),
        ("Linear", {"out_features": 10}),
        ("Output", {}),
    )
    options = (Choice("channels_last"), *options)
    return network, Recipe(Choice("digits"), epochs=2, batch_size=64, options=options)


@pytest.mark.parametrize("do", [train, train_shared])
def test_weights_with_the_channels_last_are_kept(
    tmp_path: Path, do: Callable[[Job], list[Event]]
) -> None:
    shared = (Choice("distributed", {"processes": 2}),) if do is train_shared else ()
    network, recipe = convolutions(*shared)
    asked = job(network, recipe, folder=tmp_path / "run")
    assert isinstance([*do(asked)][-1], Finished)
    assert (tmp_path / "run" / BEST).exists()
    assert (tmp_path / "run" / LAST).exists()


def test_a_log_that_vanishes_alone_is_written_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeper, "_SECONDS_BETWEEN", 0.0)
    asked = job(mlp(4, 8, 3), replace(IRIS, epochs=6), folder=tmp_path / "run")
    for event in train(asked):
        if isinstance(event, EpochEnded) and event.epoch == 2:
            log_of(tmp_path / "run").unlink()
    run = read_run(tmp_path / "run")
    assert (run.outcome, run.epochs) == ("finished", 6)


def test_a_host_out_of_reach_takes_nothing_from_the_log(tmp_path: Path) -> None:
    folder = tmp_path / "run"
    asked = job(mlp(4, 8, 3), IRIS, folder=folder)
    list(train(asked))
    lines = log_of(folder).read_text().splitlines(keepends=True)
    log_of(folder).write_text("".join(lines[:-1]))  # whose end was not told yet
    where = {"host": "nowhere.invalid", "folder": ".layerweft/runs/run", "python": "python3"}
    (folder / REMOTE).write_text(json.dumps(where))
    before = log_of(folder).read_text()
    events = watch_again(attached(folder), asked)
    assert isinstance(next(events), Unreached)
    del events
    assert log_of(folder).read_text() == before


def test_a_run_that_goes_on_here_is_at_no_host_any_more(tmp_path: Path) -> None:
    folder = tmp_path / "run"
    asked = job(mlp(4, 8, 3), IRIS, folder=folder)
    list(train(asked))
    (folder / REMOTE).write_text(json.dumps({"host": "there", "folder": "runs/run"}))
    assert isinstance([*train(longer(asked, IRIS.epochs + 1))][-1], Finished)
    assert not (folder / REMOTE).exists()
    assert (folder / CHECKPOINT).exists()


def test_a_shared_run_with_transforms_whose_loss_is_no_number_says_where(tmp_path: Path) -> None:
    network = chain(
        ("Input", {"shape": ("N", 10)}),
        ("Linear", {"out_features": 8}),
        ("Log", {}),
        ("Linear", {"out_features": 1}),
        ("Output", {}),
    )
    recipe = Recipe(
        Choice("diabetes"),
        epochs=3,
        batch_size=32,
        transforms=(Choice("noise", {"deviation": 0.01}),),
        options=(Choice("distributed", {"processes": 2}),),
    )
    ended = [*train_shared(job(network, recipe, folder=tmp_path / "run"))][-1]
    assert isinstance(ended, Failed)
    assert ended.problem.code == "loss_not_finite_found"


def test_a_log_with_zeros_in_it_is_read() -> None:
    record = Record()
    record.add(Started("cpu", 1, 1, 0, 10, 1, 1, 0))
    record.add(Steps(1, (0.5,), 0.1, 0.0))
    record.add(Steps(2, (0.4,), 0.1, 5.0))
    assert record.step == 2
