"""A run whose ``train.py`` is executed elsewhere: by several processes here, or on another host.

The script is written anew into the folder of the run and never taken from one. Its events come as
lines of JSON, and what it keeps is brought back in the form in which runs are kept.
"""

from __future__ import annotations

import hashlib
import queue
import shutil
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import Final, Protocol, TypeAlias

import torch

from app.observing.alongside import alongside
from app.observing.catalogue import observer_of
from app.runs.events import (
    ANSWERS,
    PICTURES,
    Answered,
    BegunWith,
    Event,
    Failed,
    Finished,
    Observed,
    Pictured,
    Reached,
    Resumed,
    Steps,
    Unreached,
    as_json,
)
from app.runs.folder import BEST, CHECKPOINT, DATA, LAST, REMOTE, SHOWN, WATCHED, log_of
from app.runs.holding import Hold
from app.runs.job import Job
from app.runs.log import EventLog
from app.training.beginning import begin_with
from app.training.building import begin, flags_restored
from app.training.checkpoint import as_bytes, load_checkpoint, save_checkpoint, save_weights
from app.training.control import Command, Control
from app.training.keeper import write_over
from app.training.meanwhile import Meanwhile
from app.training.resuming import go_on, resumed
from app.training.samples import digest, read_samples
from app.training.scripts import data_file, is_of_others, run_files
from app.training.telling import Before, Telling
from app.training.watching_elsewhere import WatchingElsewhere
from codegen.build import build_project
from graph_model.frozen import frozen
from graph_model.problems import Problem, Refusal

WEIGHTS: Final = "weights.pt"
"""What a script begins with, in the folder of its run, where it does not begin with new weights."""
_SECONDS_BETWEEN_LOOKS: Final = 0.05
_SECONDS_TO_TRY_AGAIN: Final = 3.0
_BEST_OF_SCRIPT: Final = "best.pt"

_SEEN: Final = Observed | Pictured | Answered
"""Told for who looks, and not kept with the run."""

Line: TypeAlias = str | Unreached | Reached


class Place(Protocol):
    """Where a script runs."""

    @property
    def outlives_us(self) -> bool:
        """Whether a run there goes on when nobody watches it any more."""

    def begin(self, folder: Path, job: Job) -> None:
        """Start the script of a folder; raises ``Refusal`` where that cannot be done."""

    def lines(self) -> Iterator[Line]:
        """Yield what it prints, and whether it is out of reach; end when it has ended."""

    def signal(self, name: str) -> bool:
        """Send ``STOP``, ``CONT`` or ``TERM`` to it; return whether that got there."""

    def observe(self, names: str) -> bool:
        """Have these observers look at it, and no others; return whether that got there."""

    def fetch(self, name: str) -> None:
        """Bring a file of its folder into that of the run, where there is one."""

    def last_words(self) -> str:
        """Return why it failed, as far as it said."""

    def end(self) -> None:
        """Leave nothing running that nobody watches any more, unless it outlives us."""


def options_of(job: Job) -> Sequence[str]:
    """Return what the script of a job is told, besides its device."""
    begun = ["--weights", WEIGHTS] if job.weights is not None else []
    return ["--json", *(["--resume"] if job.resumes else begun)]


def train_at(place: Place, job: Job, control: Control | None = None) -> Iterator[Event]:
    """Do a job at a place and tell of it, as ``app.training.engine.train`` does.

    A pause stops the processes as they stand; single steps are none.
    """
    assert job.folder is not None
    yield from _watched(place, job.folder, control or Control.of_nobody(), job, _Begun())


def watch_again(place: Place, job: Job, control: Control | None = None) -> Iterator[Event]:
    """Tell of a job that was begun at a place before, from its beginning.

    Its data are read only where somebody asks for what is given for samples of them.
    """
    assert job.folder is not None
    begun = _Begun(meanwhile=cache(partial(_read_again, job)))
    yield from _watched(place, job.folder, control or Control.of_nobody(), None, begun)


def _read_again(job: Job) -> Meanwhile | None:
    """Return what knows the samples of a job, nothing where they are no longer there as they were.

    Why they cannot be read is told where a run begins; here it only keeps pictures away.
    """
    assert job.folder is not None
    try:
        samples = read_samples(job)
    except Refusal:
        return None
    if is_of_others(job.folder, digest(samples)):
        return None
    return Meanwhile(samples, (PICTURES, ANSWERS))


def _watched(
    place: Place, folder: Path, control: Control, job: Job | None, begun: _Begun
) -> Iterator[Event]:
    """Begin a job, where one is given, and tell of it."""
    hold, log = Hold(), EventLog()
    is_left_over = job is not None and not folder.exists()
    try:
        if job is not None and job.resumes:
            _hold(hold, folder)
        if job is not None:
            begun = _write(job, folder, control, place.fetch)
            (folder / REMOTE).unlink(missing_ok=True)  # it goes on from here, wherever that is
        _hold(hold, folder)
        if isinstance(begun.event, Resumed):
            log.go_on(begun.lines, begun.size)
        if job is not None:
            place.begin(folder, job)
        is_left_over = False
        telling = Telling(begun.left_out, begun.before, begun.meanwhile)
        orders = _Orders(place, control, () if job is not None else ("CONT",))
        events = _told(begun, _follow(place, control, orders, telling))
        for event in _looked_after(events, begun.watching(), place, control):
            if isinstance(event, Finished | Failed):
                _bring_weights(place, folder)
            if not isinstance(event, Unreached | Reached | _SEEN):
                log.add(as_json(event), is_kept=not isinstance(event, Steps))
            if not isinstance(event, Steps | Unreached | Reached | _SEEN):
                log.write(log_of(folder))
            yield event
    except Refusal as refusal:
        yield Failed(refusal.problem)
    except OSError as error:
        values = {"folder": str(folder), "reason": error.strerror or str(error)}
        yield Failed(Problem("run_not_kept", values))
    finally:
        place.end()
        hold.release()
        if is_left_over:  # it was made for a run that never began
            shutil.rmtree(folder, ignore_errors=True)


def _hold(hold: Hold, folder: Path) -> None:
    if not hold.take(folder):
        raise Refusal(Problem("run_under_way", {"folder": str(folder)}))


@frozen
class _Begun:
    """With what a run begins: the event that tells of it, and what stands in its log before."""

    left_out: int = 0
    event: BegunWith | Resumed | None = None
    before: Before = Before()
    lines: tuple[str, ...] = ()
    size: int = 0
    meanwhile: Callable[[], Meanwhile | None] = lambda: None
    watching: Callable[[], WatchingElsewhere | None] = lambda: None


def _told(begun: _Begun, events: Iterator[Event]) -> Iterator[Event]:
    if begun.event is not None:
        yield begun.event
    yield from events


def _looked_after(
    events: Iterator[Event], watching: WatchingElsewhere | None, place: Place, control: Control
) -> Iterator[Event]:
    """Yield events with what is noticed of them; a run whose loss is no number is ended."""
    for event in events:
        if watching is None:
            yield event
            continue
        if watching.failed is not None and isinstance(event, Finished | Failed):
            yield Failed(watching.failed)
            return
        yield event
        if watching.failed is None and not isinstance(event, Finished | Failed):
            yield from watching.take(event, lambda: not control.is_leaving)
            if watching.failed is not None:
                place.signal("TERM")


def _write(job: Job, folder: Path, control: Control, fetch: Callable[[str], None]) -> _Begun:
    """Write all that the script needs; return how the run begins."""
    samples = read_samples(job)
    built = build_project(job.project, job.known)
    data, left_out = digest(samples), samples.data.facts.left_out
    files = {
        **run_files(job, samples, built, data),
        DATA: data_file(job, samples),
        WATCHED: alongside().encode(),
    }
    meanwhile = Meanwhile(samples, control.observers)
    if meanwhile.asked:
        files[SHOWN] = as_bytes(meanwhile.asked)
    begun = _Begun(left_out)
    told_before: Sequence[Event] = ()
    if job.resumes or job.weights is not None:
        with flags_restored():
            training = begin(replace(job, device="cpu"), samples, built)
            if job.resumes:
                _need_same_data(folder, files[DATA])
                standing = go_on(job, training, data)
                told, event = standing.told, resumed(training, standing)
                assert told is not None
                told_before = told.events
                before = Before(
                    event.epoch,
                    event.step,
                    event.seconds,
                    training.best_epoch,
                    training.best_figures,
                )
                begun = _Begun(left_out, event, before, told.lines, told.size)
                save_checkpoint(folder / CHECKPOINT, training.state())
            elif job.weights is not None:
                begun = _Begun(left_out, begin_with(job.weights, training.model))
                folder.mkdir(parents=True, exist_ok=True)
                save_checkpoint(folder / WEIGHTS, training.model.state_dict())
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        write_over(folder / name, content)
    watching = WatchingElsewhere(job, samples, built, fetch)
    watching.remember(iter(told_before))
    return replace(begun, meanwhile=lambda: meanwhile, watching=lambda: watching)


def _need_same_data(folder: Path, data: bytes) -> None:
    """Raise ``Refusal`` where a script had kept a checkpoint of other data than these."""
    kept = load_checkpoint(folder / CHECKPOINT).get("data")
    if kept is not None and kept != hashlib.sha256(data).hexdigest():
        raise Refusal(Problem("data_changed", {"folder": str(folder)}))


def _follow(place: Place, control: Control, orders: _Orders, telling: Telling) -> Iterator[Event]:
    """Yield what the script tells, and pass on to it what it is to do."""
    lines: queue.Queue[Line | Exception | None] = queue.Queue()
    threading.Thread(target=_listen, args=(place, lines), daemon=True).start()
    while True:
        orders.pass_on()
        if control.is_leaving and place.outlives_us:
            return
        try:
            line = lines.get(timeout=_SECONDS_BETWEEN_LOOKS)
        except queue.Empty:
            continue
        if isinstance(line, Exception):
            raise line
        if line is None:
            yield telling.stopped() if control.is_stopped else _failed(place)
            return
        event = telling.event(line) if isinstance(line, str) else line
        if event is not None:
            yield event
        if isinstance(event, Finished):
            return


def _failed(place: Place) -> Failed:
    return Failed(Problem("training_failed", {"reason": place.last_words()}))


def _listen(place: Place, lines: queue.Queue[Line | Exception | None]) -> None:
    """Put all that a script prints, then ``None``; or what keeps that from being read."""
    try:
        for line in place.lines():
            lines.put(line)
        lines.put(None)
    except Exception as error:  # raised again where the lines are waited for
        lines.put(error)


class _Orders:
    """What a run is told, passed on to its script until it gets there."""

    def __init__(self, place: Place, control: Control, first: Sequence[str] = ()) -> None:
        self._place, self._control = place, control
        self._obeyed = 0
        self._signals = deque(first)
        self._observers: str | None = None
        self._due = 0.0

    def pass_on(self) -> None:
        """Send what was told since, and what did not get there before."""
        for command, named in self._control.orders[self._obeyed :]:
            self._obeyed += 1
            if command is Command.OBSERVE:
                names = named.split()
                known = (name for name in names if name in (PICTURES, ANSWERS) or observer_of(name))
                self._observers = " ".join(known)
            elif command is Command.LEAVE and self._place.outlives_us:
                self._observers = ""  # for nobody sees it
                self._signals.extend(["CONT"] * self._control.is_paused)  # for nobody would
            else:
                self._signals.extend(_SIGNALS.get(command, ()))
        while self._signals and time.monotonic() >= self._due:
            if self._place.signal(self._signals[0]):
                self._signals.popleft()
            else:
                self._due = time.monotonic() + _SECONDS_TO_TRY_AGAIN
        if self._observers is not None and time.monotonic() >= self._due:
            if self._place.observe(self._observers):
                self._observers = None
            else:
                self._due = time.monotonic() + _SECONDS_TO_TRY_AGAIN


_SIGNALS: Final = {
    Command.PAUSE: ("STOP",),
    Command.STEP: ("STOP",),
    Command.RESUME: ("CONT",),
    Command.STOP: ("TERM", "CONT"),  # what is stopped hears of nothing else
    Command.LEAVE: ("TERM", "CONT"),
}


def _bring_weights(place: Place, folder: Path) -> None:
    """Keep what the script has kept as runs keep it; nothing where it kept nothing yet."""
    for name in (_BEST_OF_SCRIPT, CHECKPOINT):
        place.fetch(name)
    best, checkpoint = folder / _BEST_OF_SCRIPT, folder / CHECKPOINT
    if best.exists():
        save_weights(folder / BEST, torch.load(best, map_location="cpu", weights_only=True))
    if checkpoint.exists():
        model = load_checkpoint(checkpoint)["model"]
        save_weights(folder / LAST, model)
