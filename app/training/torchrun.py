"""Several processes on this machine, which ``torchrun`` starts and starts again."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import torch

from app.runs.events import Event
from app.runs.job import Job
from app.training.control import Control
from app.training.scripted import train_at
from graph_model.recipes.options import OPTIONS

_RESTARTS: Final = 3
_ERRORS: Final = "errors.txt"
_SECONDS_TO_END: Final = 10.0


def train_shared(job: Job, control: Control | None = None) -> Iterator[Event]:
    """Do a job whose recipe is for several processes, and tell of it."""
    return train_at(Torchrun(processes_for(job)), job, control)


def processes_for(job: Job) -> int:
    """Return how many processes share a job here."""
    chosen = job.recipe.option("distributed")
    wanted = OPTIONS["distributed"].complete(chosen.arguments if chosen else {})["processes"]
    assert isinstance(wanted, int)
    gpus = torch.cuda.device_count() if job.device.startswith("cuda") else 0
    return wanted or gpus or 2


class Torchrun:
    """The processes of one run, a group of their own, so that all of them end together."""

    def __init__(self, processes: int, restarts: int = _RESTARTS) -> None:
        self._processes, self._restarts = processes, restarts
        self._process: subprocess.Popen[str] | None = None
        self._errors = Path()

    def begin(self, folder: Path, job: Job) -> None:
        """Start the script of a folder."""
        self._errors = folder / _ERRORS
        threads = max(1, job.threads // self._processes)
        command = [
            *(sys.executable, "-m", "torch.distributed.run", "--standalone"),
            *("--nproc-per-node", str(self._processes), "--max-restarts", str(self._restarts)),
            *("--monitor-interval", "0.2"),
            *("train.py", "--json", "--threads", str(threads)),
            *("--device", job.device.partition(":")[0]),
        ]
        apart = {**os.environ, "TORCH_DISABLE_SHARE_RDZV_TCP_STORE": "1"}  # see decision 0052
        apart.pop("PYTHONPATH", None)
        with self._errors.open("w") as errors:
            self._process = subprocess.Popen(
                command,
                cwd=folder,
                env=apart,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
                start_new_session=True,
            )

    def lines(self) -> Iterator[str]:
        """Yield what process 0 prints."""
        assert self._process is not None
        assert self._process.stdout is not None
        yield from self._process.stdout
        self._process.wait()

    def signal(self, name: str) -> None:
        """Send a signal to all processes."""
        if self._process is None or self._process.poll() is not None:
            return
        with contextlib.suppress(ProcessLookupError):
            for each in self._groups():
                os.killpg(each, getattr(signal, f"SIG{name}"))

    def fetch(self, name: str) -> None:
        """Do nothing: it is there."""

    def last_words(self) -> str:
        """Return the last line of an exception that a process raised."""
        try:
            lines = self._errors.read_text(errors="replace").splitlines()
        except OSError:
            return "?"
        said = [line.partition("]: ")[2] or line for line in lines if "Error" in line]
        told = [line for line in said if "ChildFailedError" not in line]
        return (told or said or lines or ["?"])[0]

    def end(self) -> None:
        """End all processes that are still there."""
        if self._process is None:
            return
        self.signal("CONT")
        self.signal("TERM")
        try:
            self._process.wait(_SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            self.signal("KILL")
            self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()

    def _groups(self) -> Iterator[int]:
        """Yield the group of the agent, and those of its processes, which are sessions too."""
        import psutil  # slow to load, and only used on pauses and ends

        assert self._process is not None
        yield self._process.pid
        with contextlib.suppress(psutil.NoSuchProcess):
            for child in psutil.Process(self._process.pid).children():
                with contextlib.suppress(ProcessLookupError):
                    if os.getpgid(child.pid) != self._process.pid:
                        yield os.getpgid(child.pid)
