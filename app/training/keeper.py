"""Keeping a run: its folder is brought up to date while it trains, whatever befalls the disk."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, TypeAlias

from app.runs.events import (
    Answered,
    EpochEnded,
    Event,
    Failed,
    Finished,
    Kept,
    NotKept,
    Observed,
    Pictured,
    Resumed,
    Steps,
    as_json,
)
from app.runs.folder import BEST, CHECKPOINT, LAST, PROJECT, REMOTE, log_of
from app.runs.holding import Hold
from app.runs.log import EventLog
from app.runs.told import Told
from app.training.building import Training
from app.training.checkpoint import (
    Weights,
    copy_of_weights,
    is_sound,
    save_checkpoint,
    save_weights,
)
from app.training.control import Control
from graph_model.files.atomic import write_atomically
from graph_model.problems import Problem, Refusal

_LOG: Final = logging.getLogger(__name__)
_EPOCHS: Final = re.compile(rb"^EPOCHS = \d+$", re.MULTILINE)
_SECONDS_TO_FIRST: Final = 1.0
"""How long the first epoch may take before weights are written within it."""
_SECONDS_BETWEEN: Final = 5.0
"""How long at least from one writing to the next, and until what failed is tried again."""
_SHARE: Final = 0.05
"""The most of a run's time that writing may take: large weights are written less often."""


_OF_WATCHERS: Final = (Observed, Pictured, Answered)
"""What is told to who watches, and leaves no trace."""
_State: TypeAlias = Callable[[], Mapping[str, Any]]


class Keeper:
    """Keeps a run in a folder; without one, nothing.

    Weights are written at the end of the first epoch, then every few seconds, within epochs too,
    and at the end; never where they are no numbers. What cannot be written is told, waits in
    memory and is tried again; a run that is over waits until it is safe, or the user decides.
    """

    def __init__(self, folder: Path | None, control: Control) -> None:
        self._folder, self._control = folder, control
        self._files: dict[str, bytes | Weights] = {}
        self._unwritten: set[str] = set()
        self._log = EventLog()
        self._is_begun = False
        self._is_over = False
        self._trouble: NotKept | None = None
        self._due = time.monotonic() + _SECONDS_TO_FIRST
        self._state: _State = dict
        self._hold = Hold()

    def hold(self) -> None:
        """Let no other program train in the folder; raises ``Refusal`` where one does."""
        if self._folder is not None and not self._hold.take(self._folder):
            raise Refusal(Problem("run_under_way", {"folder": str(self._folder)}))

    def open(
        self,
        files: Mapping[str, bytes],
        state: _State,
        told: Told | None = None,
    ) -> None:
        """Begin a run: take in ``files`` that stay as they are; or go on with one that told this.

        ``state`` is asked for all that it takes to go on. Written with the first event.
        """
        self._files = dict(files)
        self._unwritten = set(self._files)
        self._state = state
        self._due = time.monotonic() + _SECONDS_TO_FIRST
        if told is not None and self._folder is not None:
            self._is_begun = True
            self._log.go_on(told.lines, told.size)
            (self._folder / REMOTE).unlink(missing_ok=True)  # it goes on here

    def keep(self, event: Event, training: Training | None) -> Iterator[NotKept | Kept]:
        """Take an event in, and the weights at that time; tell where keeping ends or goes on.

        After the last event this waits until the run is kept, or is given up.
        """
        if training is not None and _is_of_best(event, training):
            self._keep_best(training)
        if self._folder is None or not self._files or isinstance(event, _OF_WATCHERS):
            return
        self._log.add(as_json(event), is_kept=not isinstance(event, Steps))
        self._is_over = isinstance(event, Finished | Failed)
        is_first = isinstance(event, EpochEnded) and event.epoch == 1
        if isinstance(event, Failed):
            self._state = dict  # in the midst of a step nothing can go on: see the last checkpoint
        if is_first or self._is_over or self._is_due():
            yield from self._write(training)
        elif not isinstance(event, Steps) and self._trouble is None:
            yield from self._write(None)
        while self._is_over and self._trouble is not None and not self._control.is_given_up:
            if not self._has_moved():
                self._control.wait(_SECONDS_BETWEEN)
            yield from self._write(training)
        if self._is_over:
            self._hold.release()

    def close(self, training: Training | None) -> None:
        """Write what has not been written, in a run that ends without its last event.

        Where that fails nobody is left to be told, so it goes to the log.
        """
        self._state = dict
        if self._folder is not None and self._files and not self._is_over:
            for event in self._write(training):
                if isinstance(event, NotKept):
                    _LOG.warning("%s", event.problem.message)
        self._hold.release()

    def _keep_best(self, training: Training) -> None:
        if is_sound(training.model):
            self._files[BEST] = training.best
            self._unwritten.add(BEST)

    def _is_due(self) -> bool:
        return time.monotonic() >= self._due or self._has_moved()

    def _has_moved(self) -> bool:
        """Tell whether the run is to be kept in another folder from now on."""
        return self._control.folder not in (None, self._folder)

    def _write(self, training: Training | None) -> Iterator[NotKept | Kept]:
        """Write what is unwritten, weights where a model is given; tell of what that changes."""
        if self._has_moved():
            self._folder, self._is_begun = self._control.folder, False
        began = time.monotonic()
        assert self._folder is not None
        reason = ""
        try:
            self._write_files(self._folder, training)
        except OSError as error:
            reason = error.strerror or str(error)
        now = time.monotonic()
        if training is not None or reason:
            self._due = now + max(_SECONDS_BETWEEN, (now - began) / _SHARE)
        yield from self._tell(reason, str(self._folder))

    def _write_files(self, folder: Path, training: Training | None) -> None:
        if not self._is_begun or not all(map(Path.exists, (folder / PROJECT, log_of(folder)))):
            self._begin(folder)
        self._log.write(log_of(folder))
        for name in [name for name in self._files if name in self._unwritten]:
            content = self._files[name]
            if isinstance(content, bytes):
                write_over(folder / name, content)
            elif training is not None:
                save_weights(folder / name, content)
            else:
                continue
            self._unwritten.discard(name)
        if training is not None and is_sound(training.model):
            save_weights(folder / LAST, copy_of_weights(training.model))
            if state := self._state():
                save_checkpoint(folder / CHECKPOINT, state)

    def _begin(self, folder: Path) -> None:
        """Make a folder in which all is to be written: a new one, or one that has vanished."""
        folder.mkdir(parents=True, exist_ok=True)
        self._hold.take(folder)
        for name in () if self._is_begun else (BEST, LAST, CHECKPOINT, REMOTE):
            (folder / name).unlink(missing_ok=True)
        self._unwritten = set(self._files)
        self._log.begin_again()
        self._is_begun = True

    def _tell(self, reason: str, folder: str) -> Iterator[NotKept | Kept]:
        """Tell of a failure that is not known yet, and of its end."""
        if reason:
            values = {"folder": folder, "reason": reason}
            trouble = NotKept(Problem("run_not_kept", values), self._is_over)
            if trouble != self._trouble:
                self._trouble = trouble
                self._note(trouble)
                yield trouble
        elif self._trouble is not None:
            self._trouble = None
            self._note(Kept(folder))
            yield Kept(folder)

    def _note(self, event: NotKept | Kept) -> None:
        """Add it to the log, unless the run is over: the last line tells of that."""
        if not self._is_over:
            self._log.add(as_json(event))


def write_over(path: Path, content: bytes) -> None:
    """Write a file of a run; a script that was edited since is kept beside it."""
    if path.suffix == ".py" and path.is_file() and not _is_same(path.read_bytes(), content):
        path.replace(path.with_suffix(".before.py"))
    write_atomically(path, content)


def _is_same(before: bytes, after: bytes) -> bool:
    """Tell whether scripts are the same but for how many epochs there are."""
    one, other = (_EPOCHS.sub(b"", each) for each in (before, after))
    return one == other


def _is_of_best(event: Event, training: Training) -> bool:
    """Tell whether the best weights are others than before the event, as far as is known."""
    is_resumed = isinstance(event, Resumed) and bool(training.best)
    return is_resumed or (isinstance(event, EpochEnded) and event.is_best)
