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

from app.runs.folder import CHECKPOINT, DATA, MODEL, TRAIN
from app.runs.job import Job
from graph_model.files.atomic import write_atomically
from graph_model.files.plain_file import need_plain_file
from graph_model.problems import Problem, Refusal

REMOTE: Final = "remote.json"
"""Where a run goes on, in its folder."""
_HOST: Final = re.compile(r"[\w][\w.@:%-]*")
_LOST: Final = 255
"""The status of ``ssh`` where the connection failed, and not what was asked for."""
_SECONDS_TO_TRY_AGAIN: Final = (1, 2, 5, 10, 30)


class Ssh:
    """A run on a host; ``options`` go to ``ssh`` and ``scp`` alike, such as ``-F FILE``."""

    def __init__(self, host: str, *, python: str = "python3", options: Sequence[str] = ()) -> None:
        """Take a host as ``ssh`` takes it; raises ``Refusal`` for what is no name of one."""
        if not _HOST.fullmatch(host):
            raise Refusal(
                Problem("host_unreachable", {"host": host, "reason": "no name of a host"})
            )
        self._host, self._python, self._options = host, python, tuple(options)
        self._folder, self._there, self._told = Path(), "", 0
        self._ended = threading.Event()
        self._stream: subprocess.Popen[str] | None = None

    def begin(self, folder: Path, job: Job) -> None:
        """Copy the folder and start its script."""
        self._folder = folder
        plain = re.sub(r"[^\w.]+", "-", folder.name, flags=re.ASCII).strip("-.")
        self._there = f".layerweft/runs/{plain or 'run'}"
        self._ask(f"mkdir -p {self._there} && rm -f {self._there}/events.jsonl")
        files = [str(folder / name) for name in (MODEL, TRAIN, DATA)]
        self._run(["scp", "-q", "-B", *self._options, "--", *files, f"{self._host}:{self._there}/"])
        device = shlex.quote(job.device)
        train = f"{shlex.quote(self._python)} {TRAIN} --json --device {device}"
        inner = shlex.quote(f"{train} > events.jsonl 2> errors.txt")
        self._ask(
            f"cd {self._there} && touch events.jsonl && "
            f"{{ setsid sh -c {inner} < /dev/null > /dev/null 2>&1 & echo $! > pid; }}"
        )
        where = {"host": self._host, "folder": self._there, "python": self._python}
        write_atomically(folder / REMOTE, json.dumps(where).encode())

    def attach(self, folder: Path, there: str) -> None:
        """Follow a run that was begun before."""
        self._folder, self._there = folder, there

    def lines(self) -> Iterator[str]:
        """Yield what the script prints, from where it was followed last, until it has ended."""
        failures = 0
        while not self._ended.is_set():
            before = self._told
            yield from self._follow()
            status = self._stream.wait() if self._stream is not None else _LOST
            if status != _LOST:
                return
            failures = 0 if self._told > before else failures + 1
            last = len(_SECONDS_TO_TRY_AGAIN) - 1
            self._ended.wait(_SECONDS_TO_TRY_AGAIN[min(failures, last)])

    def _follow(self) -> Iterator[str]:
        command = f"cd {self._there} && tail -n +{self._told + 1} -f --pid=$(cat pid) events.jsonl"
        self._stream = subprocess.Popen(
            self._ssh(command), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        with self._stream as stream:
            for line in stream.stdout or ():
                if line.endswith("\n"):  # else the connection broke within it
                    self._told += 1
                    yield line

    def signal(self, name: str) -> None:
        """Send a signal to the script and all that it started."""
        if re.fullmatch("STOP|CONT|TERM", name):
            self._quietly(self._ssh(f"kill -{name} -- -$(cat {self._there}/pid)"))

    def fetch(self, name: str) -> None:
        """Bring a file back, where there is one."""
        there = f"{self._host}:{self._there}/{name}"
        self._quietly(["scp", "-q", "-B", *self._options, "--", there, str(self._folder / name)])

    def last_words(self) -> str:
        """Return the last line that the script complained in."""
        done = self._quietly(self._ssh(f"tail -n 1 {self._there}/errors.txt"))
        return done.stdout.strip() or "it ended without a word"

    def end(self) -> None:
        """Follow it no longer; it goes on by itself."""
        self._ended.set()
        if self._stream is not None:
            self._stream.terminate()
            self._stream.wait()

    def _ssh(self, command: str) -> list[str]:
        alive = ("-o", "BatchMode=yes", "-o", "ServerAliveInterval=15", "-o", "ConnectTimeout=15")
        return ["ssh", *alive, *self._options, "--", self._host, command]

    def _ask(self, command: str) -> None:
        self._run(self._ssh(command))

    def _run(self, command: list[str]) -> None:
        """Run a command; raises ``Refusal`` with what it says where it fails."""
        done = self._quietly(command)
        if done.returncode:
            said = (done.stderr or done.stdout).strip().splitlines() or [f"{done.returncode}"]
            raise Refusal(Problem("host_unreachable", {"host": self._host, "reason": said[-1]}))

    def _quietly(self, command: list[str]) -> subprocess.CompletedProcess[str]:
        try:
            return subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)
        except (OSError, subprocess.TimeoutExpired) as error:
            values = {"host": self._host, "reason": str(error)}
            raise Refusal(Problem("host_unreachable", values)) from error


def goes_on_elsewhere(folder: Path) -> bool:
    """Tell whether a run was begun on a host from which its checkpoint was not fetched yet.

    That is done when it ends; from then on it can go on here.
    """
    return (folder / REMOTE).exists() and not (folder / CHECKPOINT).exists()


def attached(folder: Path, options: Sequence[str] = ()) -> Ssh:
    """Return the place of a run that goes on elsewhere, as its folder says.

    Raises ``Refusal`` where it does not say so properly.
    """
    try:
        need_plain_file(folder / REMOTE)
        said = json.loads((folder / REMOTE).read_text(encoding="utf-8"))
        there = said["folder"]
        if not re.fullmatch(r"\.layerweft/runs/[\w.-]+", there, flags=re.ASCII):
            raise ValueError(there)
        place = Ssh(said["host"], options=options)
    except (OSError, ValueError, KeyError, TypeError) as error:
        values = {"host": str(folder / REMOTE), "reason": str(error)}
        raise Refusal(Problem("host_unreachable", values)) from error
    place.attach(folder, there)
    return place
