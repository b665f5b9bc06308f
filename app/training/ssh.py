"""Another host, reached by the OpenSSH of this machine: the run goes on there by itself.

The folder of the run is copied, the script started in a session of its own, and its events are
followed line by line. Where the connection is lost they are followed again from the next line on,
and whoever closes the application may attach again later. The host needs a POSIX shell, GNU
``tail`` and a Python with PyTorch.
"""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from app.runs.events import Event, Failed, Reached, Unreached
from app.runs.folder import DATA, MODEL, OBSERVERS, REMOTE, SHOWN, TRAIN, WATCHED
from app.runs.hosts import Host
from app.runs.job import Job
from app.runs.store import read_run
from app.training.control import Control
from app.training.scripted import WEIGHTS, Line, options_of, train_at, watch_again
from app.training.ssh_problems import connection_problem, last_line, remote_problem
from app.training.torchrun import APART, chosen_processes, launched
from graph_model.files.atomic import write_atomically
from graph_model.files.plain_file import need_plain_file
from graph_model.problems import Problem, Refusal

_LOST: Final = 255
"""The status of ``ssh`` where the connection failed, and not what was asked for."""
_SECONDS_TO_TRY_AGAIN: Final = (1, 2, 5, 10, 30)
_LONGEST: Final = 600
_NEEDED: Final = (
    "import importlib.util, sys; assert sys.version_info >= (3, 10), 'Python 3.10 is needed'; "
    "assert importlib.util.find_spec('torch'), \"No module named 'torch'\""
)
_ASKED: Final = (
    "import platform, torch; print(platform.python_version(), torch.__version__, "
    "torch.cuda.device_count())"
)
_TREE: Final = (
    "tree() { for each in $(ps -e -o pid= -o ppid= | awk -v of=$1 '$2 == of { print $1 }'); "
    "do echo $each; tree $each; done; }; "
)
"""A function of the shell that prints all descendants of a process."""


class Ssh:
    """A run on a host; ``options`` go to ``ssh`` and ``scp`` alike, such as ``-F FILE``."""

    outlives_us = True

    def __init__(self, host: Host, *, options: Sequence[str] = ()) -> None:
        """Take a host; raises ``Refusal`` where its name or a path is none."""
        if host.problem is not None:
            raise Refusal(host.problem)
        self._host, self._options = host, tuple(options)
        self._folder, self._there, self._told = Path(), "", 0
        self._ended = threading.Event()
        self._stream: subprocess.Popen[str] | None = None

    def ask(self) -> tuple[str, str, int]:
        """Return the versions of Python and PyTorch there, and how many GPUs these find.

        Raises ``Refusal`` where that cannot be known.
        """
        told = self._ask(f"{_path(self._host.python)} -c {shlex.quote(_ASKED)}").split()
        if len(told) != 3 or not told[2].isdigit():
            raise Refusal(remote_problem(self._host, " ".join(told)))
        return told[0], told[1], int(told[2])

    def begin(self, folder: Path, job: Job) -> None:
        """Copy the folder and start its script."""
        self._folder = folder
        plain = re.sub(r"[^\w.]+", "-", folder.name, flags=re.ASCII).strip("-.")
        self._there = f"{self._host.folder.removeprefix('~/').rstrip('/')}/{plain or 'run'}"
        self._ask(f"{_path(self._host.python)} -c {shlex.quote(_NEEDED)}")
        names = (MODEL, TRAIN, WATCHED, DATA, *((WEIGHTS,) if job.weights is not None else ()))
        files = [folder / name for name in names]
        files += [folder / SHOWN] * (folder / SHOWN).exists()
        self._need_room(sum(path.stat().st_size for path in files))
        there = f"{self._host.name}:{self._there}/"
        self._run(["scp", "-q", "-B", *self._options, "--", *map(str, files), there])
        inner = shlex.quote(f"exec {self._command(job)} > events.jsonl 2> errors.txt")
        self._ask(
            f"cd {self._there} && rm -f checkpoint.pt best.pt {OBSERVERS} && : > events.jsonl && "
            f"{{ setsid sh -c {inner} < /dev/null > /dev/null 2>&1 & echo $! > pid; }}"
        )
        host = self._host
        where = {"host": host.name, "folder": self._there, "python": host.python}
        write_atomically(folder / REMOTE, json.dumps(where).encode())

    def _command(self, job: Job) -> str:
        """Return the command that does a job: by one process, or by as many as share it."""
        more = [*options_of(job), "--device", job.device]
        python = _path(self._host.python)
        if job.recipe.option("distributed") is None:
            return f"{python} {shlex.join([WATCHED, *more])}"
        is_on_gpu = job.device.startswith("cuda")
        more[-1] = job.device.partition(":")[0]
        processes = chosen_processes(job.recipe) or ("gpu" if is_on_gpu else 2)
        return f"env {'='.join(APART)} {python} {shlex.join([*launched(processes), *more])}"

    def _need_room(self, size: int) -> None:
        """Make the folder there; raises ``Refusal`` where there is less room than that."""
        told = self._ask(f"mkdir -p {self._there} && df -Pk {self._there}").split()
        free = int(told[-3]) * 1024 if len(told) > 3 and told[-3].isdigit() else size
        if free < size:
            values = {"host": self._host.name, "folder": self._there}
            sizes = {"free": f"{free / 1e6:.1f} MB", "needed": f"{size / 1e6:.1f} MB"}
            raise Refusal(Problem("host_full", {**values, **sizes}))

    def attach(self, folder: Path, there: str) -> None:
        """Follow a run that was begun before."""
        self._folder, self._there = folder, there

    def lines(self) -> Iterator[Line]:
        """Yield what the script prints, from where it was followed last, until it has ended."""
        failures = 0
        while not self._ended.is_set():
            for line in self._follow():
                if failures:
                    failures = 0
                    yield Reached()
                if line:
                    self._told += 1
                    yield line
            if self._status != _LOST or self._ended.is_set():
                return
            if not failures:
                values = {"host": self._host.name, "reason": last_line(self._said)}
                yield Unreached(Problem("host_out_of_reach", values))
            last = len(_SECONDS_TO_TRY_AGAIN) - 1
            self._ended.wait(_SECONDS_TO_TRY_AGAIN[min(failures, last)])
            failures += 1

    def _follow(self) -> Iterator[str]:
        """Yield an empty line once the host is reached, then the lines from the next one on."""
        command = (
            f"cd {self._there} && echo && tail -n +{self._told + 1} -f --pid=$(cat pid) "
            "events.jsonl"
        )
        self._status, self._said = _LOST, ""
        self._stream = subprocess.Popen(
            self._ssh(command),
            stdin=subprocess.DEVNULL,  # else it takes what is typed in the terminal
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        with self._stream as stream:
            assert stream.stdout is not None
            assert stream.stderr is not None
            for line in stream.stdout:
                if line.endswith("\n"):  # else the connection broke within it
                    yield line.strip()
            self._said = stream.stderr.read()
        self._status = stream.returncode

    def signal(self, name: str) -> bool:
        """Send a signal to the script and all that it started; return whether that got there."""
        pid = f"$(cat {self._there}/pid)"
        command = f"{_TREE}all=$(tree {pid}); kill -{name} ${{all:-{pid}}} 2> /dev/null; true"
        if name == "TERM":
            command = f"kill -TERM {pid} 2> /dev/null; {command}"
        try:
            return self._done(self._ssh(command)).returncode != _LOST
        except Refusal:
            return False

    def observe(self, names: str) -> bool:
        """Write down there who is to look; return whether that got there."""
        command = f"echo {shlex.quote(names)} > {self._there}/{OBSERVERS}"
        try:
            return self._done(self._ssh(command)).returncode != _LOST
        except Refusal:
            return False

    def fetch(self, name: str) -> None:
        """Bring a file back, where there is one; raises ``Refusal`` where that cannot be known."""
        there = f"{self._host.name}:{self._there}/{name}"
        copy = ["scp", "-q", "-B", *self._options, "--", there, str(self._folder / name)]
        for seconds in (0, *_SECONDS_TO_TRY_AGAIN):
            self._ended.wait(seconds)
            asked = self._done(self._ssh(f"test -e {self._there}/{name}"))
            if asked.returncode == 1 or (not asked.returncode and not self._done(copy).returncode):
                return
        raise Refusal(connection_problem(self._host, asked.stderr))

    def last_words(self) -> str:
        """Return the last line that the script complained in."""
        done = self._done(self._ssh(f"tail -n 1 {self._there}/errors.txt"))
        return done.stdout.strip() or "it ended without a word"

    def end(self) -> None:
        """Follow it no longer; it goes on by itself."""
        self._ended.set()
        if self._stream is not None:
            self._stream.terminate()
            self._stream.wait()

    def _ssh(self, command: str) -> list[str]:
        alive = ("-o", "BatchMode=yes", "-o", "ServerAliveInterval=15", "-o", "ConnectTimeout=15")
        return ["ssh", *alive, *self._options, "--", self._host.name, command]

    def _ask(self, command: str) -> str:
        return self._run(self._ssh(command))

    def _run(self, command: list[str]) -> str:
        """Return what a command prints; raises ``Refusal`` with what it says where it fails."""
        done = self._done(command)
        if done.returncode == _LOST:
            raise Refusal(connection_problem(self._host, done.stderr))
        if done.returncode:
            raise Refusal(remote_problem(self._host, done.stderr or f"{done.returncode}"))
        return done.stdout

    def _done(self, command: list[str]) -> subprocess.CompletedProcess[str]:
        try:
            return subprocess.run(
                command,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                check=False,
                timeout=_LONGEST,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise Refusal(connection_problem(self._host, str(error))) from error


def _path(path: str) -> str:
    """Return a path of the host as its shell takes it, from the home folder where it says so."""
    name = shlex.quote(path.removeprefix("~/"))
    return f'"$HOME"/{name}' if path.startswith("~/") else name


def train_on(host: Host, job: Job, control: Control | None = None) -> Iterator[Event]:
    """Do a job on a host and tell of it, as ``app.training.engine.train`` does."""
    try:
        place = Ssh(host)
    except Refusal as refusal:
        yield Failed(refusal.problem)
        return
    yield from train_at(place, job, control)


def watch(job: Job, control: Control | None = None) -> Iterator[Event]:
    """Tell of the run in a job's folder, which goes on elsewhere, from its beginning."""
    assert job.folder is not None
    try:
        place = attached(job.folder)
    except Refusal as refusal:
        yield Failed(refusal.problem)
        return
    yield from watch_again(place, job, control)


def facts_of(host: Host) -> tuple[str, str, int] | Problem:
    """Return the versions of Python and PyTorch of a host and its number of GPUs, or what fails."""
    try:
        return Ssh(host).ask()
    except Refusal as refusal:
        return refusal.problem


def goes_on_elsewhere(folder: Path) -> bool:
    """Tell whether a run was begun on a host from which its end was not told yet."""
    return read_run(folder).goes_on_elsewhere


def attached(folder: Path, options: Sequence[str] = ()) -> Ssh:
    """Return the place of a run that goes on elsewhere, as its folder says.

    Raises ``Refusal`` where it does not say so properly.
    """
    try:
        need_plain_file(folder / REMOTE)
        said = json.loads((folder / REMOTE).read_text(encoding="utf-8"))
        there, host = said["folder"], Host(said["host"], said.get("python", "python3"))
        wrong = Host(said["host"], folder=there).problem
        if wrong is not None or there.startswith("~"):
            raise ValueError(there)
        place = Ssh(host, options=options)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        values = {"host": str(folder / REMOTE), "reason": str(error)}
        raise Refusal(Problem("host_unreachable", values)) from error
    place.attach(folder, there)
    return place
