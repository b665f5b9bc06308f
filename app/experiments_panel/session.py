"""The experiment under way, or the last one: begun here, looked at by the window."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QDeadlineTimer, QEventLoop, QObject, QTimer, Signal

from app.experiments.queue import FINISHED, UNDER_WAY, WAITING, Queue, Standing
from app.experiments.trials import Trial
from app.experiments_panel.dialog import Plan
from app.runs.folder import new_folder
from app.training.control import Control
from graph_model.custom_layers.known import Known

_LOOK_EVERY: Final = 400
"""Milliseconds between looks at how the trials stand."""
_LEAVE_WITHIN: Final = 3_000
"""Milliseconds in which trials that were stopped write their weights; then they are cut off."""


class ExperimentSession(QObject):
    """``changed`` says that some trial stands otherwise, ``trial_ended`` that one has ended."""

    changed = Signal()
    trial_ended = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._queue: Queue | None = None
        self._seen: Counter[str] = Counter()
        self._timer = QTimer(self, interval=_LOOK_EVERY)
        self._timer.timeout.connect(self._look)

    @property
    def name(self) -> str:
        """The name of the experiment; nothing where there is none."""
        return self._queue.experiment if self._queue else ""

    @property
    def standings(self) -> Sequence[Standing]:
        """How its trials stand."""
        return self._queue.standings if self._queue else ()

    @property
    def is_running(self) -> bool:
        """Whether some trial is under way or waits."""
        return any(each.state in (WAITING, UNDER_WAY) for each in self.standings)

    @property
    def at_once(self) -> int:
        """How many trials are under way at a time."""
        return self._queue.at_once if self._queue else 1

    def start(self, plan: Plan, device: str, known: Known) -> None:
        """Begin an experiment, or add its trials to the one under way."""
        if self._queue is None or not self.is_running:
            self._queue = Queue(plan.name, plan.at_once, device, known)
            self._seen.clear()
        self._queue.add(_placed(plan.trials))
        self._queue.do_at_once(plan.at_once)
        self._timer.start()
        self.changed.emit()

    def do_at_once(self, number: int) -> None:
        """Do so many trials at a time from now on."""
        if self._queue is not None:
            self._queue.do_at_once(number)

    def cancel(self) -> None:
        """Begin no other trial and stop those under way."""
        if self._queue is not None:
            self._queue.cancel()
            self.changed.emit()

    def leave(self) -> None:
        """Stop, and wait a moment for the weights of what has begun."""
        if self._queue is None:
            return
        self._queue.cancel(Control.leave)
        loop, deadline = QEventLoop(), QDeadlineTimer(_LEAVE_WITHIN)
        while self._queue.has_begun and not deadline.hasExpired():
            loop.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents, 50)

    def _look(self) -> None:
        states = Counter(each.state for each in self.standings)
        ended = [state for state in states if state not in (WAITING, UNDER_WAY)]
        if any(states[state] > self._seen[state] for state in ended):
            self.trial_ended.emit()
        self._seen = states
        self.changed.emit()
        if not self.is_running:
            self._timer.stop()

    @property
    def finished(self) -> int:
        """How many trials have finished."""
        return sum(each.state == FINISHED for each in self.standings)


def _placed(trials: Sequence[Trial]) -> list[tuple[Trial, Path]]:
    """Return trials with folders for their runs, none of them twice."""
    taken: set[Path] = set()
    found = []
    for trial in trials:
        name = f"{trial.project.network.name} {trial.name}"
        folder = new_folder(name)
        number = 2
        while folder in taken:
            folder = new_folder(f"{name} {number}")
            number += 1
        taken.add(folder)
        found.append((trial, folder))
    return found
