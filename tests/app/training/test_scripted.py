"""Runs of several processes, and on another host, told and kept like any run."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psutil
import pytest
import torch

from app.cli import make_parser
from app.commands import UsageError
from app.commands.resuming import interrupted
from app.runs.events import Event, Failed, Finished, Observed, Started
from app.runs.folder import BEST, EVENTS, LAST, PROJECT, REMOTE, WATCHED
from app.runs.holding import Hold
from app.runs.hosts import Host
from app.runs.job import Beginning, Job
from app.runs.store import read_run
from app.training import scripted
from app.training.control import Control
from app.training.engine import train
from app.training.predict import Predictor
from app.training.scripted import train_at, watch_again
from app.training.ssh import Ssh, attached, goes_on_elsewhere, train_on
from app.training.torchrun import Torchrun, train_shared
from codegen.build import build_network
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
    torch.save(build_network(mlp(4, 8, 3)).make().state_dict(), tmp_path / "begin.pt")
    begin = Beginning(tmp_path / "begin.pt")
    here = job(mlp(4, 8, 3), IRIS, folder=tmp_path / "a run", weights=begin)
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
    again = list(watch_again(place, here))
    assert losses(again) == losses(alone)


def test_several_processes_on_another_host(host: Loopback, tmp_path: Path) -> None:
    """They pause, and end with what two processes give here."""
    here = job(mlp(4, 8, 3), SHARED, folder=tmp_path / "run")
    place, control = Ssh(Host("there", sys.executable), options=host.options), Control()
    events: list[Event] = []
    for event in train_at(place, here, control):
        events.append(event)
        if isinstance(event, Started):
            control.pause()
            control.resume()
            host.cut()
    assert isinstance(events[-1], Finished), events[-1]
    assert losses(events) == losses(list(train_shared(replace(here, folder=tmp_path / "near"))))
    there = host.home / ".layerweft" / "runs" / "run"
    printed, said = (there / "events.jsonl").read_text(), (there / "errors.txt").read_text()
    assert printed.count('"event": "started"') == 1, f"one of the two tells, once: {said}"
    (found,) = Predictor(here, tmp_path / "run" / BEST).split("validation")
    assert found.losses.mean() == pytest.approx(events[-1].validation["loss"], rel=1e-4)


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
    observed = ""

    def signal(self, name: str) -> bool:
        return True

    def observe(self, names: str) -> bool:
        self.observed = names
        return True

    def fetch(self, name: str) -> None: ...
    def last_words(self) -> str:
        return ""

    def end(self) -> None: ...


def test_what_keeps_a_run_from_being_watched_is_told(tmp_path: Path) -> None:
    (failed,) = watch_again(Nowhere(), job(mlp(4, 8, 3), IRIS, folder=tmp_path))
    assert isinstance(failed, Failed)
    assert failed.problem.values["reason"] == "there is no ssh"
    other = Hold()
    assert other.take(tmp_path)
    (held,) = watch_again(Nowhere(), job(mlp(4, 8, 3), IRIS, folder=tmp_path))
    other.release()
    assert isinstance(held, Failed)
    assert held.problem.code == "run_under_way"


class Deaf(Nowhere):
    """A place that hears nothing at first, and ends once it is told to."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self._refused = 0
        self._is_told = threading.Event()

    def lines(self) -> Iterator[str]:
        yield "no event"
        self._is_told.wait()

    def signal(self, name: str) -> bool:
        self._refused += 1
        if self._refused < 3:
            return False
        self.heard.append(name)
        if name == "TERM":
            self._is_told.set()
        return True


def test_what_a_run_is_told_is_told_again_until_it_gets_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scripted, "_SECONDS_TO_TRY_AGAIN", 0.0)
    place, control = Deaf(), Control()
    control.pause()
    control.stop()
    (finished,) = watch_again(place, job(mlp(4, 8, 3), IRIS, folder=tmp_path), control)
    assert isinstance(finished, Finished)
    assert finished.stopped
    assert place.heard[:3] == ["CONT", "STOP", "TERM"]


def test_processes_are_steered_and_ended_without_their_agent(tmp_path: Path) -> None:
    place = Torchrun(1)
    place._folder = tmp_path
    place._agent = subprocess.Popen(["true"], text=True)
    place._agent.wait()
    training = [sys.executable, "-c", "import time; time.sleep(600)", WATCHED]
    with subprocess.Popen(training, cwd=tmp_path) as process:
        try:
            assert place.signal("STOP")
            assert os.WIFSTOPPED(os.waitpid(process.pid, os.WUNTRACED)[1])
            place.end()
            assert not psutil.pid_exists(process.pid)
        finally:
            process.kill()
    assert place.signal("TERM"), "nobody is left to hear it"


_FULL = "#!/bin/sh\necho /dev/sda1 100 99 1 99% /\n"


def test_what_stands_in_the_way_on_a_host_is_said(host: Loopback, tmp_path: Path) -> None:
    here = job(mlp(4, 8, 3), IRIS)
    for name in ("model.py", "train.py", WATCHED, "data.pt"):
        (tmp_path / name).write_bytes(b"#" * 3000)
    programs = host.home / "bin"
    programs.mkdir()
    for name, text in {
        "bare": "#!/bin/sh\necho \"ModuleNotFoundError: No module named 'torch'\" >&2; exit 1\n",
        "old": "#!/bin/sh\necho 'AssertionError: Python 3.10 is needed' >&2; exit 1\n",
    }.items():
        (programs / name).write_text(text)
        (programs / name).chmod(0o755)
    (host.home / "a-file").touch()
    usual = Host("there", sys.executable)
    found = {}
    for case, asked, more in (
        ("host_unknown", Host("nowhere.invalid"), ()),
        ("host_no_key", usual, ("-o", "PubkeyAuthentication=no")),
        ("host_new_key", usual, ("-o", "StrictHostKeyChecking=yes")),
        ("host_no_python", Host("there", "~/none/python"), ()),
        ("host_no_torch", Host("there", "~/bin/bare"), ()),
        ("host_old_python", Host("there", "~/bin/old"), ()),
        ("host_no_folder", Host("there", sys.executable, "~/a-file/runs"), ()),
        ("host_full", usual, ()),
    ):
        if case == "host_full":
            (programs / "df").write_text(_FULL)
            (programs / "df").chmod(0o755)
        with pytest.raises(Refusal) as refused:
            Ssh(asked, options=(*more, *host.options)).begin(tmp_path, here)
        found[case] = refused.value.problem.code
    assert found == {case: case for case in found}
    unbegun = replace(here, folder=tmp_path / "unbegun")
    (failed,) = train_at(Ssh(Host("there", "~/none/python"), options=host.options), unbegun)
    assert isinstance(failed, Failed)
    assert not (tmp_path / "unbegun").exists(), "nothing is left of a run that never began"
    (failed,) = train_on(Host("-oProxyCommand=touch"), here)
    assert isinstance(failed, Failed)
    assert failed.problem.code == "host_no_name"


def test_a_run_that_goes_on_elsewhere_is_attached_to_until_its_checkpoint_is_here(
    tmp_path: Path,
) -> None:
    (tmp_path / PROJECT).write_text(dumps(job(mlp(4, 8, 3), IRIS).project))
    (tmp_path / EVENTS).touch()
    given = make_parser().parse_args(["train", str(tmp_path), "--resume"])
    with pytest.raises(UsageError, match="from which a run goes on"):
        interrupted(given)
    (tmp_path / REMOTE).write_text('{"host": "there", "folder": ".layerweft/runs/run"}')
    assert interrupted(given).folder == tmp_path
    assert goes_on_elsewhere(tmp_path)
    (tmp_path / EVENTS).write_text('{"event": "finished"}\n')
    assert not goes_on_elsewhere(tmp_path)


def test_steps_of_several_processes_are_seen(tmp_path: Path) -> None:
    """What is seen of them is what a single process shows of the same step."""
    here = job(mlp(4, 8, 3), SHARED, folder=tmp_path / "run")
    control = Control()
    control.observe("gradients")
    events = list(train_at(Torchrun(2), here, control))
    assert isinstance(events[-1], Finished), events[-1]
    seen = [each for each in events if isinstance(each, Observed)]
    alone = Control()
    alone.observe("gradients")
    expected = {
        each.step: each
        for each in train(replace(here, folder=None), alone)
        if isinstance(each, Observed)
    }
    assert seen
    assert seen[0].step in expected, "the first step is looked at by both"
    for name, norms in expected[seen[0].step].seen.items():
        assert seen[0].seen[name] == pytest.approx(dict(norms), rel=1e-3)
    assert "observed" not in (tmp_path / "run" / EVENTS).read_text()


def test_steps_on_another_host_are_seen_without_changing_them(
    host: Loopback, tmp_path: Path
) -> None:
    here = job(mlp(4, 8, 3), replace(IRIS, epochs=60), folder=tmp_path / "run")
    place, control = Ssh(Host("there", sys.executable), options=host.options), Control()
    control.observe("gradients", "activations", "histograms")
    events = list(train_at(place, here, control))
    assert isinstance(events[-1], Finished), events[-1]
    assert losses(events) == losses(list(train(replace(here, folder=None))))
    seen = [each for each in events if isinstance(each, Observed)]
    assert seen
    assert all({"gradient_norm", "activation_mean"} <= each.seen.keys() for each in seen)
    assert all({"weights", "gradients", "outputs"} == each.arrays.keys() for each in seen)


def test_who_is_to_look_is_one_of_the_observers(tmp_path: Path) -> None:
    place, control = Nowhere(), Control()
    control.observe("gradients", "$(touch x)")
    orders = scripted._Orders(place, control)
    orders.pass_on()
    assert place.observed == "gradients"


def test_what_is_typed_in_the_terminal_is_not_taken(host: Loopback) -> None:
    text = (
        "import sys\n"
        "from app.training.ssh import Refusal, Ssh\n"
        "from app.runs.hosts import Host\n"
        "try:\n"
        "    Ssh(Host('there', '~/none/python'), options=sys.argv[1:]).ask()\n"
        "except Refusal:\n"
        "    print(sys.stdin.readline())\n"
    )
    command = [sys.executable, "-c", text, *host.options]
    done = subprocess.run(command, input="typed\n", capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "typed"
