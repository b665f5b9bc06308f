"""Runs of several processes, and on another host, told and kept like any run."""

from __future__ import annotations

import getpass
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import psutil
import pytest

from app.cli import make_parser
from app.commands import UsageError
from app.commands.resuming import interrupted
from app.runs.events import Event, Failed, Finished, Started
from app.runs.folder import BEST, CHECKPOINT, EVENTS, LAST, PROJECT
from app.runs.holding import Hold
from app.runs.job import Beginning, Job
from app.runs.store import read_run
from app.training.engine import train
from app.training.predict import Predictor
from app.training.scripted import train_at, watch_again
from app.training.ssh import REMOTE, Ssh, attached, goes_on_elsewhere
from app.training.torchrun import train_shared
from graph_model.files.storage import dumps
from graph_model.problems import Refusal
from graph_model.recipe import Choice
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


@dataclass
class Host:
    """An ``sshd`` on the loopback whose users begin in a folder of the test."""

    home: Path
    options: tuple[str, ...]
    server: subprocess.Popen[bytes]

    def cut(self) -> None:
        """End every connection, as a network does that fails."""
        for session in psutil.Process(self.server.pid).children():
            for each in (session, *session.children(recursive=True)):
                if each.name().startswith("sshd"):
                    each.kill()


_COMMAND = """\
#!/bin/sh
cd {home}
case "$SSH_ORIGINAL_COMMAND" in *sftp*) exec /usr/lib/openssh/sftp-server;; esac
eval "$SSH_ORIGINAL_COMMAND"
"""


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Host]:
    sshd = shutil.which("sshd", path="/usr/sbin:/usr/local/sbin:/usr/bin")
    if sshd is None or not shutil.which("ssh"):
        pytest.skip("there is no sshd to connect to")
    home = tmp_path / "home"
    home.mkdir()
    for name in ("host", "user"):
        command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(tmp_path / name)]
        subprocess.run(command, check=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (tmp_path / "command").write_text(_COMMAND.format(home=home))
    (tmp_path / "command").chmod(0o755)
    (tmp_path / "sshd_config").write_text(
        f"Port {port}\nListenAddress 127.0.0.1\nHostKey {tmp_path / 'host'}\nStrictModes no\n"
        f"AuthorizedKeysFile {tmp_path / 'user.pub'}\nPidFile none\nUsePAM no\n"
        f"ForceCommand {tmp_path / 'command'}\nSubsystem sftp /usr/lib/openssh/sftp-server\n"
    )
    (tmp_path / "config").write_text(
        f"Host there\nHostName 127.0.0.1\nPort {port}\nIdentityFile {tmp_path / 'user'}\n"
        f"User {getpass.getuser()}\nStrictHostKeyChecking no\nUserKnownHostsFile /dev/null\n"
        "LogLevel ERROR\n"
    )
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)
    server = subprocess.Popen([sshd, "-D", "-e", "-f", str(tmp_path / "sshd_config")])
    options = ("-F", str(tmp_path / "config"))
    try:
        for _ in range(100):
            reached = subprocess.run(["ssh", *options, "there", "true"], check=False)
            if reached.returncode == 0:
                break
        else:
            pytest.skip("sshd cannot be used here")
        yield Host(home, options, server)
    finally:
        server.terminate()
        server.wait()


def test_a_run_on_another_host_survives_a_lost_connection(host: Host, tmp_path: Path) -> None:
    here = job(mlp(4, 8, 3), IRIS, folder=tmp_path / "a run")
    events: list[Event] = []
    for event in train_at(Ssh("there", python=sys.executable, options=host.options), here):
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
            Ssh(name)
    (tmp_path / "remote.json").write_text('{"host": "a", "folder": "../../$(touch x)"}')
    with pytest.raises(Refusal):
        attached(tmp_path)


class Nowhere:
    """A place that cannot be listened to."""

    def begin(self, folder: Path, job: Job) -> None:
        raise AssertionError("it is begun")

    def lines(self) -> Iterator[str]:
        raise FileNotFoundError(2, "there is no ssh")

    def signal(self, name: str) -> None: ...
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


def test_weights_to_begin_with_are_not_passed_over(tmp_path: Path) -> None:
    here = job(mlp(4, 8, 3), SHARED, folder=tmp_path / "run")
    weighted = replace(here, weights=Beginning(tmp_path / "some.pt"))
    (failed,) = train_at(Nowhere(), weighted)
    assert isinstance(failed, Failed)
    assert failed.problem.code == "weights_elsewhere"
    assert not (tmp_path / "run").exists()


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
    (tmp_path / CHECKPOINT).touch()
    assert not goes_on_elsewhere(tmp_path)
