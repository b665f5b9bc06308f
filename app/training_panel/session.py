"""One run at a time, driven in a thread of its own; the window looks, it is never called."""

from __future__ import annotations

import importlib
import threading
import traceback
from collections import deque
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from app.runs.events import LOAD, Event, Failed
from app.runs.record import Record
from app.training.control import Control
from app.training_panel.load import LoadSampler
from graph_model.problems import Problem

_LOOK_EVERY: Final = 200
"""Milliseconds between looks at what the run has told: five a second.

Each look and the drawing after it hold up the thread that trains: see decision 0100.
"""


class TrainingSession(QObject):
    """Starts, steers and records runs.

    ``state_changed`` says that :attr:`is_running` or :attr:`is_paused` differ; ``progressed``
    that the record has grown; ``ended`` carries the run's last event.
    """

    state_changed = Signal()
    progressed = Signal()
    ended = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.record = Record()
        self._control = Control()
        self._wanted: dict[str, tuple[str, ...]] = {}
        self._events: deque[Event] = deque()
        self._thread: threading.Thread | None = None
        self._load = LoadSampler(lambda load: self._events.append(load))
        self._timer = QTimer(self, interval=_LOOK_EVERY)
        self._timer.timeout.connect(self._look)

    @property
    def is_running(self) -> bool:
        """Whether a run is under way, paused or not."""
        return self._thread is not None

    @property
    def is_paused(self) -> bool:
        """Whether the run under way waits."""
        return self.is_running and self._control.is_paused

    def start(self, run: Callable[[Control], Iterator[Event]]) -> None:
        """Begin a run: ``run`` is called, and what it yields recorded, in a thread."""
        assert self._thread is None, "one run at a time"
        self.record = Record()
        self._control = Control()
        self._control.observe(*self._observers)
        self._events = deque()
        self._thread = threading.Thread(target=_drive, args=(run, self._control, self._events))
        self._thread.start()
        self._timer.start()
        self._measure_load()
        self.state_changed.emit()

    def pause(self) -> None:
        """Wait before the next step, or go on after waiting."""
        if self.is_paused:
            self._control.resume()
        else:
            self._control.pause()
        self.state_changed.emit()

    def step(self) -> None:
        """Do a single step, then wait."""
        self._control.step()
        self.state_changed.emit()

    def stop(self) -> None:
        """End the run before its next step."""
        self._control.stop()
        self.state_changed.emit()

    def observe(self, asker: str, *observers: str) -> None:
        """Have these look at this run and the next ones now and then: see ``app.observing``.

        Whoever asks gives a name; what others have asked for goes on.
        """
        before, self._wanted[asker] = self._observers, observers
        if self._observers != before and self.is_running:
            self._control.observe(*self._observers)
            self._measure_load()

    def _measure_load(self) -> None:
        """Measure what the run takes of this computer while that is asked, and not longer."""
        if self.is_running and LOAD in self._observers:
            self._load.start()
        else:
            self._load.stop()

    @property
    def _observers(self) -> tuple[str, ...]:
        """What anybody has asked for."""
        return tuple(dict.fromkeys(chain.from_iterable(self._wanted.values())))

    def leave(self) -> None:
        """End the run as soon as it can be, with its weights but without its last figures."""
        self._control.leave()
        self.state_changed.emit()

    def keep_in(self, folder: Path) -> None:
        """Keep the run in another folder."""
        self._control.keep_in(folder)

    def give_up(self) -> None:
        """Let go at the end of the run what cannot be kept of it."""
        self._control.give_up()

    def wait(self) -> None:
        """End the run and wait for it, though it may not be kept; for want of a user to ask."""
        if self._thread is not None:
            self._control.give_up()
            self._control.leave()
            self._thread.join()
            self._look()

    def _look(self) -> None:
        thread = self._thread
        alive = thread is not None and thread.is_alive()
        # No more than there are now: a run that tells faster than this takes in must not hold us.
        waiting = len(self._events)
        for _ in range(waiting):
            self.record.add(self._events.popleft())
        if waiting:
            self.progressed.emit()
        if not alive:
            self._timer.stop()
            self._thread = None
            self._measure_load()
            self.state_changed.emit()
            self.ended.emit(self.record.ended)


def engine(module: str, name: str) -> Callable[..., Iterator[Event]]:
    """Return a function of the training engine that loads PyTorch only when it is called."""

    def call(*arguments: object) -> Iterator[Event]:
        function: Callable[..., Iterator[Event]] = getattr(
            importlib.import_module(f"app.training.{module}"), name
        )
        yield from function(*arguments)

    return call


def _drive(
    run: Callable[[Control], Iterator[Event]], control: Control, events: deque[Event]
) -> None:
    """Put what a run tells into a queue; knows nothing of the window, which may be gone by then."""
    try:
        events.extend(run(control))
    except Exception as error:  # the engine tells what goes wrong; this is a bug in it
        reason = f"{type(error).__name__}: {error}"
        details = "".join(traceback.format_exception(error))
        events.append(Failed(Problem("training_failed", {"reason": reason}), details))
