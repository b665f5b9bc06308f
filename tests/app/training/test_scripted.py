"""Runs of several processes, and on another host, told and kept like any run."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from app.cli import make_parser
from app.commands import UsageError
from app.commands.resuming import interrupted
from app.runs.events import Event, Failed, Finished, Started
from app.runs.folder import BEST, EVENTS, LAST, PROJECT, REMOTE
from app.runs.holding import Hold
from app.runs.hosts import Host
from app.runs.job import Job
from app.runs.store import read_run
from app.training.engine import train
from app.training.predict import Predictor
from app.training.scripted import train_at, watch_again
from app.training.ssh import Ssh, attached, goes_on_elsewhere
from app.training.torchrun import train_shared
from graph_model.files.storage import dumps
from graph_model.problems import Refusal
from graph_model.recipe import Choice
from tests.app.loopback import Loopback
from tests.app.training.networks import mlp
from tests.app.training.running import IRIS, job, losses

SHARED = replace(IRIS, options=(Choice("distributed", {"processes": 2}),))


def test_two_processes_are_told_and_kept_like_any_run(tmp_path: Path) -> None:
    before = {*psutil.Process().children(recursive=True)}
    here = job(mlp(4, 8, 3), SHARED, folder=tmp_path / "run")
    events = list(train_shared(here))
    assert isinstance(events[-1], Finished), events[-1]
    alone = list(train(replace(here, folder=None)))
    assert losses(events) == pytest.approx(losses(alone), rel=1e-4)
    run = read_run(tmp_path / "run")
    assert (run.outcome, run.epochs, run.has_checkpoint) == ("finished", IRIS.epochs, True)
    assert (tmp_path / "run" / LAST).exists()
    (found,) = Predictor(here, tmp_path / "run" / BEST).split("validation")
    last = events[-1].validation
    assert found.losses.mean() == pytest.approx(last["loss"], rel=1e-4)
    assert not {*psutil.Process().children(recursive=True)} - before


def test_a_run_on_another_host_survives_a_lost_connection(host: Loopback, tmp_path: Path) -> None:
    here = job(mlp(4, 8, 3), IRIS, folder=tmp_path / "a run")
    events: list[Event] = []
    for event in train_at(Ssh(Host("there", sys.executable), options=host.options), here):
        events.append(event)
        if isinstance(event, Started):
            host.cut()
    assert isinstance(events[-1], Finished), events[-1]
    alone = list(train(replace(here, folder=None)))
    assert losses(events) == losses(alone)
    assert events[-1].test == pytest.approx(alone[-1].test)  # type: ignore[union-attr]
    (found,) = Predictor(here, tmp_path / "a run" / BEST).split("validation")
    assert found.losses.mean() == pytest.approx(events[-1].validation["loss"], rel=1e-5)
    assert (host.home / ".layerweft" / "runs" / "a-run" / "train.py").exists()
    place = attached(tmp_path / "a run", host.options)
    again = list(watch_again(place, tmp_path / "a run"))
    assert losses(again) == losses(alone)


def test_a_host_that_is_none_is_said(tmp_path: Path) -> None:
    for name in ("-oProxyCommand=touch", "a;b", ""):
        with pytest.raises(Refusal):
            Ssh(Host(name))
    (tmp_path / "remote.json").write_text('{"host": "a", "folder": "../../$(touch x)"}')
    with pytest.raises(Refusal):
        attached(tmp_path)


class Nowhere:
    """A place that cannot be listened to."""

    def begin(self, folder: Path, job: Job) -> None:
        raise AssertionError("it is begun")

    def lines(self) -> Iterator[str]:
        raise FileNotFoundError(2, "there is no ssh")

    outlives_us = True

    def signal(self, name: str) -> bool:
        return True

    def fetch(self, name: str) -> None: ...
    def last_words(self) -> str:
        return ""

    def end(self) -> None: ...


def test_what_keeps_a_run_from_being_watched_is_told(tmp_path: Path) -> None:
    (failed,) = watch_again(Nowhere(), tmp_path)
    assert isinstance(failed, Failed)
    assert failed.problem.values["reason"] == "there is no ssh"
    other = Hold()
    assert other.take(tmp_path)
    (held,) = watch_again(Nowhere(), tmp_path)
    other.release()
    assert isinstance(held, Failed)
    assert held.problem.code == "run_under_way"


def test_a_run_that_goes_on_elsewhere_is_attached_to_until_its_checkpoint_is_here(
    tmp_path: Path,
) -> None:
    (tmp_path / PROJECT).write_text(dumps(job(mlp(4, 8, 3), IRIS).project))
    (tmp_path / EVENTS).touch()
    given = make_parser()[0].parse_args(["train", str(tmp_path), "--resume"])
    with pytest.raises(UsageError, match="from which a run goes on"):
        interrupted(given)
    (tmp_path / REMOTE).write_text('{"host": "there", "folder": ".layerweft/runs/run"}')
    assert interrupted(given).folder == tmp_path
    assert goes_on_elsewhere(tmp_path)
    (tmp_path / EVENTS).write_text('{"event": "finished"}\n')
    assert not goes_on_elsewhere(tmp_path)
