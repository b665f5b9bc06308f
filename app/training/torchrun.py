"""Several processes on this machine, which ``torchrun`` starts and starts again."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import torch

from app.runs.events import Event
from app.runs.folder import OBSERVERS, WATCHED
from app.runs.job import Job
from app.training.control import Control
from app.training.scripted import options_of, train_at
from graph_model.files.atomic import write_atomically
from graph_model.recipe import Recipe
from graph_model.recipes.options import OPTIONS

if TYPE_CHECKING:
    from psutil import Process

_RESTARTS: Final = 3
_ERRORS: Final = "errors.txt"
_SECONDS_TO_END: Final = 10.0
APART: Final = ("TORCH_DISABLE_SHARE_RDZV_TCP_STORE", "1")
"""A variable that keeps restarts from each other: see decision 0052."""


def train_shared(job: Job, control: Control | None = None) -> Iterator[Event]:
    """Do a job whose recipe is for several processes, and tell of it."""
    return train_at(Torchrun(processes_for(job)), job, control)


def processes_for(job: Job) -> int:
    """Return how many processes share a job here."""
    gpus = torch.cuda.device_count() if job.device.startswith("cuda") else 0
    return chosen_processes(job.recipe) or gpus or 2


def chosen_processes(recipe: Recipe) -> int:
    """Return how many processes a recipe wants, 0 where it leaves that open."""
    chosen = recipe.option("distributed")
    wanted = OPTIONS["distributed"].complete(chosen.arguments if chosen else {})["processes"]
    assert isinstance(wanted, int)
    return wanted


def launched(
    processes: int | str, restarts: int = _RESTARTS, script: str = WATCHED
) -> Sequence[str]:
    """Return what follows the name of Python where a script is started so often."""
    return [
        *("-m", "torch.distributed.run", "--standalone", "--monitor-interval", "0.2"),
        *("--nproc-per-node", str(processes), "--max-restarts", str(restarts), script),
    ]


class Torchrun:
    """The processes of one run, an agent and what it started, so that all of them end together."""

    outlives_us = False

    def __init__(self, processes: int, restarts: int = _RESTARTS) -> None:
        self._processes, self._restarts = processes, restarts
        self._agent: subprocess.Popen[str] | None = None
        self._folder = Path()

    def begin(self, folder: Path, job: Job) -> None:
        """Start the script of a folder."""
        self._folder = folder.resolve()
        (folder / OBSERVERS).unlink(missing_ok=True)
        threads = max(1, job.threads // self._processes)
        command = [
            *(sys.executable, *launched(self._processes, self._restarts), *options_of(job)),
            *("--threads", str(threads), "--device", job.device.partition(":")[0]),
        ]
        apart = {**os.environ, APART[0]: APART[1]}
        apart.pop("PYTHONPATH", None)
        with (folder / _ERRORS).open("w") as errors:
            self._agent = subprocess.Popen(
                command,
                cwd=folder,
                env=apart,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
                start_new_session=True,
            )

    def lines(self) -> Iterator[str]:
        """Yield what process 0 prints."""
        assert self._agent is not None
        assert self._agent.stdout is not None
        yield from self._agent.stdout
        self._agent.wait()

    def signal(self, name: str) -> bool:
        """Send a signal to all processes; one that has gone needs none.

        Pauses leave the agent awake, which else were taken for dead by its own rendezvous.
        """
        number = getattr(signal, f"SIG{name}")
        if name == "TERM" and self._agent is not None:
            self._agent.send_signal(number)
        for process in self._training():
            _send(process, number)
        return True

    def observe(self, names: str) -> bool:
        """Write down who is to look."""
        write_atomically(self._folder / OBSERVERS, names.encode())
        return True

    def fetch(self, name: str) -> None:
        """Do nothing: it is there."""

    def last_words(self) -> str:
        """Return the last line of an exception that a process raised."""
        try:
            lines = (self._folder / _ERRORS).read_text(errors="replace").splitlines()
        except OSError:
            return "?"
        said = [line.partition("]: ")[2] or line for line in lines if "Error" in line]
        told = [line for line in said if "ChildFailedError" not in line]
        return (told or said or lines or ["?"])[0]

    def end(self) -> None:
        """End all processes that are still there, also where their agent is gone."""
        import psutil  # slow to load, and only used on pauses and ends

        if self._agent is None:
            return
        left = self._training()
        self.signal("TERM")
        self.signal("CONT")
        try:
            self._agent.wait(_SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            self._agent.kill()
            self._agent.wait()
        for process in psutil.wait_procs(left, _SECONDS_TO_END)[1]:
            _send(process, signal.SIGKILL)
        if self._agent.stdout is not None:
            self._agent.stdout.close()

    def _training(self) -> list[Process]:
        """Return the processes that train in the folder, whoever is their parent by now."""
        import psutil

        found = []
        for process in psutil.process_iter():
            with contextlib.suppress(psutil.Error):
                if self._agent is None or process.pid == self._agent.pid:
                    continue
                if process.cwd() == str(self._folder) and WATCHED in process.cmdline():
                    found.append(process)
        return found


def _send(process: Process, number: int) -> None:
    """Send a signal to a process, which may have gone by now."""
    import psutil

    with contextlib.suppress(psutil.Error):
        process.send_signal(number)
