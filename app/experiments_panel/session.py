"""The experiment under way, or the last one: begun here, looked at by the window."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from PySide6.QtCore import QDeadlineTimer, QEventLoop, QObject, QTimer, Signal

from app.background import Latest
from app.experiments.keeping import KeptQueue
from app.experiments.record import Record, begin, experiments_folder, interrupted, read_record
from app.experiments.standing import FINISHED, UNDER_WAY, WAITING, Standing
from app.experiments.trials import Settings, name_of
from app.experiments_panel.dialog import Plan
from app.runs.folder import new_folder, runs_folder
from graph_model.custom_layers.known import Known
from graph_model.problems import Problem, Refusal

_LOOK_EVERY: Final = 400
"""Milliseconds between looks at how the trials stand."""
_LEAVE_WITHIN: Final = 3_000
"""Milliseconds in which trials that were stopped write their weights; then they are cut off."""


class ExperimentSession(QObject):
    """``changed`` says that some trial stands otherwise, ``trial_ended`` that one has ended.

    An experiment that an earlier window was closed or killed in is offered to be resumed.
    """

    changed = Signal()
    trial_ended = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kept: KeptQueue | None = None
        self.offered: Record | None = None
        """The experiment that can be resumed, while none was begun here."""
        self.problem: Problem | None = None
        """Why the experiment that was wanted could not be resumed."""
        self._seen: Counter[str] = Counter()
        self._timer = QTimer(self, interval=_LOOK_EVERY)
        self._timer.timeout.connect(self._look)
        self._opener, self._seeker = Latest(self), Latest(self)
        self._opener.done.connect(self._take)
        self._seeker.done.connect(self._offer)

    @property
    def name(self) -> str:
        """The name of the experiment; nothing where there is none."""
        if self._kept is not None:
            return self._kept.experiment.name
        return self.offered.name if self.offered else ""

    @property
    def kept(self) -> KeptQueue | None:
        """The experiment with its queue, once one was begun or resumed here."""
        return self._kept

    @property
    def standings(self) -> Sequence[Standing]:
        """How its trials stand."""
        return self._kept.queue.standings if self._kept else ()

    @property
    def states(self) -> Sequence[str]:
        """The state of each trial, also of an experiment that is only offered."""
        if self._kept is None and self.offered is not None:
            return tuple(each.state for each in self.offered.trials)
        return tuple(each.state for each in self.standings)

    @property
    def is_running(self) -> bool:
        """Whether some trial is under way or waits, or is looked for where one is resumed."""
        waits = any(each.state in (WAITING, UNDER_WAY) for each in self.standings)
        return waits or self._opener.is_busy

    @property
    def can_resume(self) -> bool:
        """Whether trials are left that could be done."""
        return not self.is_running and any(each != FINISHED for each in self.states)

    @property
    def at_once(self) -> int:
        """How many trials are under way at a time."""
        return self._kept.queue.at_once if self._kept else 1

    def seek(self) -> None:
        """Look whether an experiment was cut off when the window was closed or killed."""
        self._seeker.ask(interrupted, experiments_folder())

    def _offer(self, record: Record | None) -> None:
        if self._kept is None and not self.is_running and record is not None:
            self.offered = record
            self.changed.emit()

    def start(self, plan: Plan, device: str, known: Known) -> None:
        """Begin an experiment; nothing where its folder cannot be written, which is told."""
        experiment = replace(plan.experiment, device=device)
        folder = new_folder(experiment.name, experiments_folder())
        try:
            record = replace(begin(folder, experiment), at_once=plan.at_once)
            kept = KeptQueue(record, runs_folder(), known)
        except OSError as error:
            values = {"path": str(folder), "reason": error.strerror or str(error)}
            self.problem = Problem("experiment_not_kept", values)
            self.changed.emit()
            return
        kept.begin(_placed(plan.trials, experiment.project.network.name))
        self._take(kept)

    def add(self, plan: Plan) -> None:
        """Do further trials of the experiment that is there."""
        assert self._kept is not None
        name = self._kept.experiment.project.network.name
        self._kept.add(_placed(plan.trials, name))
        self.do_at_once(plan.at_once)
        self._follow()

    def resume(self, record: Record | None, known: Known, more: Sequence[Settings] = ()) -> None:
        """Go on with an experiment, the one that is there where none is given, and do more."""
        folder = record.folder if record else self._folder
        if folder is None:
            return
        if self._kept is not None:
            self._kept.release()
        self._opener.ask(_opened, folder, known, tuple(more))
        self.changed.emit()

    @property
    def _folder(self) -> Path | None:
        if self._kept is not None:
            return self._kept.folder
        return self.offered.folder if self.offered else None

    def _take(self, opened: KeptQueue | Problem) -> None:
        if isinstance(opened, Problem):
            self.problem = opened
        else:
            self._kept, self.problem = opened, None
            self._seen.clear()
        self._follow()

    def _follow(self) -> None:
        self._timer.start()
        self.changed.emit()

    def do_at_once(self, number: int) -> None:
        """Do so many trials at a time from now on."""
        if self._kept is not None:
            self._kept.queue.do_at_once(number)

    def cancel(self) -> None:
        """Begin no other trial and stop those under way; it is not offered again by itself."""
        if self._kept is not None:
            self._kept.cancel()
            self.changed.emit()

    def dismiss(self) -> None:
        """Tell no more of what was offered, or could not be done."""
        self.offered = self.problem = None

    def leave(self) -> None:
        """Stop, and wait a moment for the weights of what has begun."""
        self._opener.finish()
        if self._kept is None:
            return
        self._kept.leave()
        loop, deadline = QEventLoop(), QDeadlineTimer(_LEAVE_WITHIN)
        while self._kept.queue.has_begun and not deadline.hasExpired():
            loop.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents, 50)

    def _look(self) -> None:
        states = Counter(self.states)
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
        return sum(each == FINISHED for each in self.states)


def _opened(folder: Path, known: Known, more: Sequence[Settings]) -> KeptQueue | Problem:
    """Go on with the experiment of a folder; in a thread, for the runs of all trials are read."""
    try:
        kept = KeptQueue(read_record(folder), runs_folder(), known)
    except Refusal as refused:
        return refused.problem
    kept.begin(_placed(more, kept.experiment.project.network.name))
    return kept


def _placed(trials: Sequence[Settings], network: str) -> list[Standing]:
    """Return trials with folders for their runs, none of them twice."""
    taken: set[Path] = set()
    found = []
    for trial in trials:
        name = f"{network} {name_of(trial)}"
        folder = new_folder(name)
        number = 2
        while folder in taken:
            folder = new_folder(f"{name} {number}")
            number += 1
        taken.add(folder)
        found.append(Standing(trial, folder))
    return found
