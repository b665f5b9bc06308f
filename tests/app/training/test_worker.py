"""One process for several jobs: each as if alone, steered by itself, and a new one after a kill."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from app.project.examples import load_example
from app.runs.events import EpochEnded, Event, Failed, Finished
from app.runs.job import Job
from app.training.control import Control
from app.training.engine import train
from app.training.worker import Worker
from tests.app.training.running import losses


def job(epochs: int, folder: Path | None = None) -> Job:
    project = load_example("iris-mlp")
    recipe = replace(project.recipe, epochs=epochs)
    return Job(replace(project, recipe=recipe), folder=folder, threads=1)


def test_jobs_follow_one_another_and_a_killed_process_costs_one(tmp_path: Path) -> None:
    alone = losses(list(train(job(2))))
    with Worker() as do:
        assert losses(list(do(job(2, tmp_path / "one"), Control()))) == alone
        first = do._process.pid
        control, told = Control(), list[Event]()
        for event in do(job(100_000), control):
            told.append(event)
            if isinstance(event, EpochEnded):
                control.stop()
        assert isinstance(told[-1], Finished)
        assert told[-1].stopped
        assert losses(list(do(job(2), Control()))) == alone, "an order to the last is none to this"
        assert do._process.pid == first
        events = do(job(100_000), Control())
        next(events)
        do._process.kill()
        *_, last = events
        assert isinstance(last, Failed)
        assert last.problem.code == "process_killed"
        assert losses(list(do(job(2), Control()))) == alone
        process = do._process
    assert not process.is_alive()
