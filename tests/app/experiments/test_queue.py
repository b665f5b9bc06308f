"""Trials done some at a time: each kept, none lost by another that fails, stopped where told."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

from app.experiments.experiment import Experiment
from app.experiments.pruning import first_epoch
from app.experiments.queue import Queue
from app.experiments.standing import FAILED, FINISHED, PRUNED, STOPPED, UNDER_WAY, WAITING, Standing
from app.experiments.trials import Settings, combinations, name_of
from app.project.examples import load_example
from app.runs.events import EpochEnded, Event, Failed, Finished, Started
from app.runs.index import read_summaries
from app.runs.job import Job
from app.runs.trial import Told, read_trial
from app.training.control import Control
from graph_model.problems import Problem


class Doing:
    """Stands in for the engine: each job waits until it is let go, or is stopped."""

    def __init__(self) -> None:
        self.doors: dict[str, threading.Event] = {}
        self.threads: list[int] = []
        self._new = threading.Condition()

    def __call__(self, job: Job, control: Control) -> Iterator[Event]:
        assert job.folder is not None
        job.folder.mkdir()
        door = threading.Event()
        with self._new:
            self.doors[job.folder.name] = door
            self.threads.append(job.threads)
            self._new.notify_all()
        yield Started("cpu", 1, 2, 1, 1, 1, 1)
        yield EpochEnded(1, 1, {}, {"loss": 0.5}, 0.1, 1.0, 1.0, True)
        while not door.wait(0.01):
            if control.is_stopped:
                yield Finished(1, 1, {"loss": 0.5}, {}, 1.0, True)
                return
        if "2" in job.folder.name:
            yield Failed(Problem("training_failed", {"reason": "two"}))
        else:
            yield Finished(2, 2, {"loss": 0.25}, {}, 1.0, False)

    def wait_for(self, number: int) -> None:
        with self._new:
            assert self._new.wait_for(lambda: len(self.doors) >= number, 30)


def begun(folder: Path, do: Doing, at_once: int) -> Queue:
    queue = Queue(experiment("seeds"), at_once, make=lambda: nullcontext(do))
    queue.add(placed(folder, combinations({"seed": ("0", "1", "2", "3")})))
    return queue


def experiment(name: str) -> Experiment:
    return Experiment(name, load_example("iris-mlp"))


def placed(folder: Path, trials: Iterable[Settings]) -> list[Standing]:
    return [Standing(each, folder / name_of(each)) for each in trials]


class Falling:
    """Stands in for the engine: the loss of a trial falls with each epoch, from its seed."""

    def __call__(self, job: Job, control: Control) -> Iterator[Event]:
        assert job.folder is not None
        job.folder.mkdir()
        yield Started("cpu", 1, 10, 1, 1, 1, 1)
        for epoch in range(1, 11):
            loss = job.recipe.seed + 1 / epoch
            yield EpochEnded(epoch, epoch, {}, {"loss": loss}, 0.1, 1.0, 1.0, True)
            if control.is_stopped:
                break
        yield Finished(epoch, epoch, {"loss": loss}, {}, 1.0, control.is_stopped)


def test_trials_that_lag_behind_the_median_are_pruned(tmp_path: Path) -> None:
    asked = replace(experiment("seeds"), prunes=True)
    queue = Queue(asked, 1, make=lambda: nullcontext(Falling()))
    queue.add(placed(tmp_path, combinations({"seed": ("2", "1", "3", "4", "9", "0")})))
    queue.wait()
    assert states(queue) == [FINISHED] * 4 + [PRUNED, FINISHED]
    pruned = queue.standings[4]
    assert pruned.epoch == first_epoch(10)
    assert read_trial(pruned.folder) == Told("seeds", {"seed": "9"}, pruned.epoch)


def states(queue: Queue) -> list[str]:
    return [each.state for each in queue.standings]


def test_so_many_are_under_way_as_wanted_and_one_that_fails_leaves_the_others(
    tmp_path: Path,
) -> None:
    do = Doing()
    queue = begun(tmp_path, do, 2)
    do.wait_for(2)
    assert states(queue) == [UNDER_WAY, UNDER_WAY, WAITING, WAITING]
    do.doors["seed=0"].set()
    do.wait_for(3)
    assert queue.standings[0].state == FINISHED
    assert queue.standings[0].figures == {"loss": 0.25}
    queue.do_at_once(3)
    do.wait_for(4)
    for door in do.doors.values():
        door.set()
    queue.wait()
    assert states(queue) == [FINISHED, FINISHED, FAILED, FINISHED]
    assert queue.standings[2].problem == Problem("training_failed", {"reason": "two"})
    assert not queue.is_running
    assert read_trial(tmp_path / "seed=3") == Told("seeds", {"seed": "3"})


def test_cancelling_stops_what_is_under_way_and_more_can_be_added(tmp_path: Path) -> None:
    do = Doing()
    queue = begun(tmp_path, do, 1)
    do.wait_for(1)
    queue.cancel()
    queue.wait()
    assert states(queue) == [STOPPED] * 4
    assert len(do.doors) == 1
    queue.add([Standing({"seed": "7"}, tmp_path / "more")])
    do.wait_for(2)
    do.doors["more"].set()
    queue.wait()
    assert states(queue) == [STOPPED] * 4 + [FINISHED]


def test_trials_train_in_processes_and_are_kept_as_runs(tmp_path: Path) -> None:
    queue = Queue(experiment("rates"), 2)
    queue.add(placed(tmp_path, combinations({"lr": ("0.01", "1e-6"), "epochs": ("2",)})))
    queue.wait()
    assert states(queue) == [FINISHED, FINISHED]
    runs = {each.run.folder.name: each for each in read_summaries(tmp_path)}
    assert {each.settings["lr"] for each in runs.values()} == {0.01, 1e-6}
    good, bad = runs["lr=0.01 epochs=2"], runs["lr=1e-6 epochs=2"]
    assert good.run.validation["loss"] < bad.run.validation["loss"]
    assert good.experiment == "rates"
