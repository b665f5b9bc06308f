"""Pause, step and stop, and what happens when a run goes wrong."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn

from app.data.progress import STOPPED
from app.runs.events import EpochEnded, Event, Failed, Finished, Steps
from app.runs.folder import BEST, EVENTS, LAST
from app.training.control import Control
from app.training.engine import train
from graph_model.network import Network
from graph_model.recipe import Choice, Recipe
from tests.app.training.networks import chain, mlp
from tests.app.training.running import IRIS, epochs, failure, job, losses, read_every_step, run

# Pause, step, stop


def test_a_stopped_run_keeps_its_weights(tmp_path: Path) -> None:
    control = Control()
    here = job(mlp(4, 16, 3), replace(IRIS, epochs=1000), folder=tmp_path)
    events: list[Event] = []
    for event in train(here, control):
        events.append(event)
        if isinstance(event, EpochEnded) and event.epoch == 3:
            control.stop()
    last = events[-1]
    assert isinstance(last, Finished)
    assert last.stopped
    assert last.epochs == 3
    assert last.test
    assert (tmp_path / BEST).exists()
    assert (tmp_path / LAST).exists()


def test_a_run_stopped_before_its_first_step_ends_well() -> None:
    control = Control()
    control.stop()
    last = list(train(job(mlp(4, 16, 3), IRIS), control))[-1]
    assert isinstance(last, Finished)
    assert (last.epochs, last.best_epoch, last.stopped) == (0, 0, True)


def test_a_run_stopped_while_it_reads_gives_up_reading(tmp_path: Path) -> None:
    rows = (f"{row},{row % 2}" for row in range(100))
    (tmp_path / "a.csv").write_text("\n".join(("x,y", *rows)))
    table = Choice("csv", {"path": str(tmp_path / "a.csv"), "target": "y"})
    control = Control()
    control.stop()
    here = job(mlp(1, 4, 2), replace(IRIS, data=table), folder=tmp_path / "run")
    (failed,) = train(here, control)
    assert isinstance(failed, Failed)
    assert failed.problem == STOPPED
    assert not (tmp_path / "run" / EVENTS).exists()


def test_single_steps_are_told_at_once() -> None:
    control = Control()
    control.step()
    events = train(job(mlp(4, 16, 3), replace(IRIS, epochs=1)), control)
    seen: list[tuple[float, ...]] = []
    for event in events:
        if isinstance(event, Steps):
            seen.append(event.losses)
            if len(seen) < 4:
                control.step()
            else:
                control.resume()
    assert [len(each) for each in seen[:4]] == [1, 1, 1, 1]
    assert sum(map(len, seen)) == 7


def test_who_leaves_waits_for_no_figures(tmp_path: Path) -> None:
    control = Control()
    here = job(mlp(4, 16, 3), replace(IRIS, epochs=1000), folder=tmp_path)
    events: list[Event] = []
    for event in train(here, control):
        events.append(event)
        if isinstance(event, EpochEnded) and event.epoch == 3:
            control.leave()
    last = events[-1]
    assert isinstance(last, Finished)
    assert (last.stopped, last.test, last.epochs) == (True, {}, 3)
    assert (tmp_path / BEST).exists()
    assert (tmp_path / LAST).exists()


class Announced(Control):
    """Says when it is asked."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = threading.Event()

    def admit(self) -> bool:
        self.asked.set()
        return super().admit()


def test_a_paused_run_waits_for_another_thread() -> None:
    control = Announced()
    control.pause()
    told: list[Event] = []
    here = job(mlp(4, 16, 3), IRIS)
    thread = threading.Thread(target=lambda: told.extend(train(here, control)))
    thread.start()
    assert control.asked.wait(60)
    assert control.is_paused
    assert control.would_wait
    control.resume()
    thread.join(60)
    assert isinstance(told[-1], Finished)
    assert len(losses(told)) == 4 * 7


class Stopping(nn.Sequential):
    """A model that asks for the end of its run at its third batch."""

    def __init__(self, control: Control) -> None:
        super().__init__(nn.Linear(4, 3))
        self.control = control
        self.batches = 0

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        self.batches += 1
        if self.batches == 3:
            self.control.stop()
        return super().forward(x)


def test_stopping_within_an_epoch_loses_no_step() -> None:
    control = Control()
    events = list(train(job(mlp(4, 16, 3), IRIS), control, lambda: Stopping(control)))
    assert len(losses(events)) == 3
    assert epochs(events) == []
    assert isinstance(events[-1], Finished)
    assert control.is_stopped


def test_how_often_losses_are_read_changes_none(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = run(mlp(4, 16, 3), IRIS)
    read_every_step(monkeypatch)
    often = run(mlp(4, 16, 3), IRIS)
    assert sum(isinstance(event, Steps) for event in often) == 28
    assert losses(often) == losses(usual)
    assert [each.train for each in epochs(often)] == [each.train for each in epochs(usual)]


def test_closing_the_generator_saves_the_weights(tmp_path: Path) -> None:
    events = train(job(mlp(4, 16, 3), replace(IRIS, epochs=1000), folder=tmp_path))
    for event in events:
        if isinstance(event, EpochEnded):
            break
    events.close()  # type: ignore[attr-defined]
    assert (tmp_path / LAST).exists()
    assert (tmp_path / BEST).exists()


# What goes wrong


def test_a_loss_that_is_not_finite_ends_the_run(tmp_path: Path) -> None:
    recipe = Recipe(Choice("diabetes"), optimizer=Choice("SGD", {"lr": 1e12}), epochs=5)
    failed = failure(run(mlp(10, 8, 1), recipe, folder=tmp_path))
    assert failed.problem.code == "loss_not_finite_found"
    assert int(failed.problem.values["epoch"]) == 1
    line = (tmp_path / EVENTS).read_text().splitlines()[-1]
    assert json.loads(line)["code"] == "loss_not_finite_found"


def test_what_does_not_fit_is_said_before_the_first_step() -> None:
    network = mlp(5, 8, 3)
    failed = failure(run(network, IRIS))
    assert failed.problem.code == "input_shape"
    assert network.nodes[failed.problem.node].kind == "Input"
    assert failure(run(Network("main", "Nothing"), IRIS)).problem.code == "empty_network"
    unread = replace(IRIS, data=Choice("csv", {"path": "/none.csv"}))
    assert failure(run(mlp(4, 8, 3), unread)).problem.code == "data_not_found"


def test_a_device_that_is_not_there_is_refused() -> None:
    failed = failure(run(mlp(4, 8, 3), IRIS, device="cuda:99"))
    assert failed.problem.code == "no_device"
    assert "cpu" in failed.problem.message


def test_an_error_within_a_layer_is_told_at_its_node(tmp_path: Path) -> None:
    """Indices that only grow beyond the embedding on the way fail in forward."""
    network = chain(
        ("Input", {"shape": ("N", 4), "dtype": "int64"}),
        ("AddNumber", {"value": 7}),
        ("Embedding", {"num_embeddings": 2, "embedding_dim": 3}),
        ("Flatten", {}),
        ("Linear", {"out_features": 3}),
        ("Output", {}),
    )
    np.savez(tmp_path / "a.npz", x=np.zeros((50, 4), np.int64), y=np.arange(50) % 3)
    recipe = replace(IRIS, data=Choice("npz", {"path": str(tmp_path / "a.npz")}))
    failed = failure(run(network, recipe))
    assert failed.problem.code == "training_failed"
    assert network.nodes[failed.problem.node].kind == "Embedding"
    assert "index out of range" in failed.problem.message
    assert "Traceback" in failed.details


class OutOfMemory(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(1))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return torch.empty(2**60)


def test_running_out_of_memory_is_said_so() -> None:
    """A real allocation of 4 EiB, which torch refuses on any machine."""
    here = job(mlp(4, 8, 3), IRIS)
    events = list(train(here, make_model=OutOfMemory))
    assert failure(events).problem.code == "out_of_memory"
