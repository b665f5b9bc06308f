"""An experiment that is done and kept: its queue, and the record that follows it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

from app.experiments.experiment import Experiment
from app.experiments.proposing import need_optuna
from app.experiments.queue import Do, Queue, nobody
from app.experiments.record import Record, experiment_of, keep, standings_of
from app.experiments.standing import Standing, free_place
from app.experiments.trials import Settings
from app.runs.holding import Hold
from app.training.control import Control
from app.training.worker import Worker
from graph_model.custom_layers.known import NOTHING, Known
from graph_model.problems import Problem, Refusal


class KeptQueue:
    """Does the trials of a record, with the folder of the experiment held against other programs.

    ``changed`` is told as by :class:`Queue`, once the record is written; ``place`` gives the
    folder of a trial among ``runs``.
    """

    def __init__(
        self,
        record: Record,
        runs: Path,
        known: Known = NOTHING,
        *,
        place: Callable[[Settings], Path],
        make: Callable[[], AbstractContextManager[Do]] = Worker,
        changed: Callable[[Standing], object] = nobody,
    ) -> None:
        self._record = record
        self.experiment: Experiment = experiment_of(record)
        if self.experiment.search is not None:
            need_optuna()
        self._place = place
        self.reason = ""
        """Why the record cannot be written, if it cannot."""
        self._writing = threading.Lock()
        self._tell = changed
        self._hold = Hold()
        if not self._hold.take(record.folder):
            raise Refusal(Problem("experiment_under_way", {"folder": str(record.folder)}))
        self.queue = Queue(self.experiment, record.at_once, known, make, self._follow, place)
        self._runs = runs

    @property
    def folder(self) -> Path:
        """Where the experiment is kept."""
        return self._record.folder

    def begin(self, more: Iterable[Settings] = (), proposed: int = 0) -> None:
        """Do what the record says is not done yet, and these; so many more are proposed."""
        self.queue.add(standings_of(self._record.trials, self._runs, self.experiment))
        self.add(more, self._record.left + proposed)

    def add(self, more: Iterable[Settings], proposed: int = 0) -> None:
        """Do these too, and so many that are proposed."""
        taken = {each.folder for each in self.queue.standings}
        standings = []
        for settings in more:
            folder = free_place(self._place(settings), taken)
            taken.add(folder)
            standings.append(Standing(settings, folder))
        self.queue.add(standings, proposed)
        self._write(is_cancelled=False)

    def cancel(self) -> None:
        """End it by hand; it can be resumed all the same."""
        self.queue.cancel()
        self._write(is_cancelled=True)

    def leave(self) -> None:
        """End it because the program ends: it is offered again by the next one."""
        self.queue.cancel(Control.leave)

    def release(self) -> None:
        """Let other programs have it."""
        self._hold.release()

    def _follow(self, standing: Standing) -> None:
        self._write(is_cancelled=self._record.is_cancelled)
        self._tell(standing)

    def _write(self, *, is_cancelled: bool) -> None:
        with self._writing:
            queue = self.queue
            now = self._record.with_standings(queue.standings, queue.left, queue.at_once)
            self._record = replace(now, is_cancelled=is_cancelled)
            try:
                keep(self._record)
                self.reason = ""
            except OSError as error:
                self.reason = error.strerror or str(error)
