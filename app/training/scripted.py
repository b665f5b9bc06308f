"""A run whose ``train.py`` is executed elsewhere: by several processes here, or on another host.

The script is written anew into the folder of the run and never taken from one. Its events come as
lines of JSON, and what it keeps is brought back in the form in which runs are kept.
"""

from __future__ import annotations

import json
import queue
import threading
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, Protocol

import torch

from app.runs.events import EpochEnded, Event, Failed, Finished, Started, Steps, as_json
from app.runs.folder import BEST, CHECKPOINT, DATA, LAST, log_of
from app.runs.holding import Hold
from app.runs.job import Job
from app.runs.log import EventLog
from app.training.checkpoint import load_checkpoint, save_weights
from app.training.control import Command, Control
from app.training.samples import digest, read_samples
from app.training.scripts import data_file, run_files
from codegen.build import build_project
from graph_model.files.atomic import write_atomically
from graph_model.problems import Problem, Refusal

_SECONDS_BETWEEN_LOOKS: Final = 0.05
_BEST_OF_SCRIPT: Final = "best.pt"


class Place(Protocol):
    """Where a script runs."""

    def begin(self, folder: Path, job: Job) -> None:
        """Start the script of a folder; raises ``Refusal`` where that cannot be done."""

    def lines(self) -> Iterator[str]:
        """Yield what it prints, and end when it has ended."""

    def signal(self, name: str) -> None:
        """Send ``STOP``, ``CONT`` or ``TERM`` to it."""

    def fetch(self, name: str) -> None:
        """Bring a file of its folder into that of the run, where there is one."""

    def last_words(self) -> str:
        """Return why it failed, as far as it said."""

    def end(self) -> None:
        """Leave nothing running that nobody watches any more."""


def train_at(place: Place, job: Job, control: Control | None = None) -> Iterator[Event]:
    """Do a job at a place and tell of it, as ``app.training.engine.train`` does.

    The job has a new folder. A pause stops the processes as they stand; single steps are none.
    """
    assert job.folder is not None
    yield from _watched(place, job.folder, control or Control.of_nobody(), job)


def watch_again(place: Place, folder: Path, control: Control | None = None) -> Iterator[Event]:
    """Tell of a run that was begun at a place before, from its beginning."""
    yield from _watched(place, folder, control or Control.of_nobody(), None)


def _watched(place: Place, folder: Path, control: Control, job: Job | None) -> Iterator[Event]:
    """Begin a job, where one is given, and tell of it."""
    hold, log, left_out = Hold(), EventLog(), 0
    try:
        if job is not None:
            left_out = _write(job, folder)
        if not hold.take(folder):
            raise Refusal(Problem("run_under_way", {"folder": str(folder)}))
        if job is not None:
            place.begin(folder, job)
        for event in _follow(place, control, _Telling(left_out)):
            log.add(as_json(event))
            if not isinstance(event, Steps):
                log.write(log_of(folder))
            if isinstance(event, Finished | Failed):
                _bring_weights(place, folder)
            yield event
    except Refusal as refusal:
        yield Failed(refusal.problem)
    except OSError as error:
        values = {"folder": str(folder), "reason": error.strerror or str(error)}
        yield Failed(Problem("run_not_kept", values))
    finally:
        place.end()
        hold.release()


def _write(job: Job, folder: Path) -> int:
    """Write all that the script needs; return how many rows of the data are left out."""
    if job.weights is not None:
        raise Refusal(Problem("weights_elsewhere"))
    samples = read_samples(job)
    built = build_project(job.project, job.known)
    files = {**run_files(job, samples, built, digest(samples)), DATA: data_file(job, samples)}
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        write_atomically(folder / name, content)
    return samples.data.facts.left_out


def _follow(place: Place, control: Control, telling: _Telling) -> Iterator[Event]:
    """Yield what the script tells, and pass on to it what it is to do."""
    lines: queue.Queue[str | Exception | None] = queue.Queue()
    threading.Thread(target=_listen, args=(place, lines), daemon=True).start()
    obeyed, stopped = 0, False
    while True:
        for command, _ in control.orders[obeyed:]:
            obeyed += 1
            stopped = stopped or command in (Command.STOP, Command.LEAVE)
            _obey(place, command)
        try:
            line = lines.get(timeout=_SECONDS_BETWEEN_LOOKS)
        except queue.Empty:
            continue
        if isinstance(line, Exception):
            raise line
        if line is None:
            yield telling.end(stopped, place)
            return
        event = telling.event(line)
        if event is not None:
            yield event
        if isinstance(event, Finished):
            return


def _listen(place: Place, lines: queue.Queue[str | Exception | None]) -> None:
    """Put all that a script prints, then ``None``; or what keeps that from being read."""
    try:
        for line in place.lines():
            lines.put(line)
        lines.put(None)
    except Exception as error:  # raised again where the lines are waited for
        lines.put(error)


def _obey(place: Place, command: Command) -> None:
    match command:
        case Command.PAUSE | Command.STEP:
            place.signal("STOP")
        case Command.RESUME:
            place.signal("CONT")
        case Command.STOP | Command.LEAVE:
            place.signal("TERM")
            place.signal("CONT")  # what is stopped hears of nothing else


class _Telling:
    """Events of lines: with times, and without what is told again after a restart."""

    def __init__(self, left_out: int) -> None:
        self._left_out = left_out
        self._started: Started | None = None
        self._began = self._read_at = self._epoch_began = time.perf_counter()
        self._step = self._epoch = self._best_epoch = 0
        self._validation: Mapping[str, Any] = {}

    def event(self, line: str) -> Event | None:
        """Return the event that a line tells, if it tells a new one."""
        try:
            told = json.loads(line)
        except ValueError:
            return None
        if not isinstance(told, dict):
            return None
        match told.pop("event", ""):
            case "started" if self._started is None:
                self._started = Started(**told, left_out=self._left_out)
                return self._started
            case "steps" if told["step"] > self._step:
                return self._steps(told)
            case "epoch_ended" if told["epoch"] > self._epoch:
                return self._epoch_ended(told)
            case "finished":
                return Finished(**told, seconds=self._now - self._began, stopped=False)
        return None

    def end(self, stopped: bool, place: Place) -> Event:
        """Return the last event of a script that ended without telling so."""
        if stopped:
            seconds = self._now - self._began
            return Finished(self._epoch, self._best_epoch, self._validation, {}, seconds, True)
        reason = place.last_words()
        return Failed(Problem("training_failed", {"reason": reason}))

    @property
    def _now(self) -> float:
        return time.perf_counter()

    def _steps(self, told: Mapping[str, Any]) -> Steps:
        assert self._started is not None
        new = told["step"] - self._step
        losses, now = tuple(told["losses"][-new:]), self._now
        samples = len(losses) * self._started.train_samples / self._started.steps_per_epoch
        speed = samples / max(now - self._read_at, 1e-9)
        self._step, self._read_at = told["step"], now
        return Steps(told["step"], losses, told["learning_rate"], speed)

    def _epoch_ended(self, told: dict[str, Any]) -> EpochEnded:
        assert self._started is not None
        now = self._now
        seconds = max(now - self._epoch_began, 1e-9)
        self._epoch, self._epoch_began, self._read_at = told["epoch"], now, now
        if told["is_best"]:
            self._best_epoch, self._validation = told["epoch"], told["validation"]
        speed = self._started.train_samples / seconds
        return EpochEnded(**told, samples_per_second=speed, seconds=seconds)


def _bring_weights(place: Place, folder: Path) -> None:
    """Keep what the script has kept as runs keep it; nothing where it kept nothing yet."""
    for name in (_BEST_OF_SCRIPT, CHECKPOINT):
        place.fetch(name)
    best, checkpoint = folder / _BEST_OF_SCRIPT, folder / CHECKPOINT
    if best.exists():
        save_weights(folder / BEST, torch.load(best, map_location="cpu", weights_only=True))
    if checkpoint.exists():
        model = load_checkpoint(checkpoint)["model"]
        save_weights(folder / LAST, {name: each.contiguous() for name, each in model.items()})
