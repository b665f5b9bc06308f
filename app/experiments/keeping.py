"""An experiment that is done and kept: its queue, and the record that follows it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

from app.experiments.experiment import Experiment
from app.experiments.queue import Do, Queue, nobody
from app.experiments.record import Record, experiment_of, keep, standings_of
from app.experiments.standing import Standing
from app.runs.holding import Hold
from app.training.control import Control
from app.training.worker import Worker
from graph_model.custom_layers.known import NOTHING, Known
from graph_model.problems import Problem, Refusal


class KeptQueue:
    """Does the trials of a record, with the folder of the experiment held against other programs.

    ``changed`` is told as by :class:`Queue`, once the record is written.
    """

    def __init__(
        self,
        record: Record,
        runs: Path,
        known: Known = NOTHING,
        *,
        make: Callable[[], AbstractContextManager[Do]] = Worker,
        changed: Callable[[Standing], object] = nobody,
    ) -> None:
        self._record = record
        self.experiment: Experiment = experiment_of(record)
        self.reason = ""
        """Why the record cannot be written, if it cannot."""
        self._writing = threading.Lock()
        self._tell = changed
        self._hold = Hold()
        if not self._hold.take(record.folder):
            raise Refusal(Problem("experiment_under_way", {"folder": str(record.folder)}))
        self.queue = Queue(self.experiment, record.at_once, known, make, self._follow)
        self._runs = runs

    @property
    def folder(self) -> Path:
        """Where the experiment is kept."""
        return self._record.folder

    def begin(self, more: Iterable[Standing] = ()) -> None:
        """Do what the record says is not done yet, and these."""
        before = standings_of(self._record.trials, self._runs, self.experiment)
        self.add([*before, *more])

    def add(self, standings: Iterable[Standing]) -> None:
        """Do these too."""
        self.queue.add(standings)
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
            now = self._record.with_standings(self.queue.standings, self.queue.at_once)
            self._record = replace(now, is_cancelled=is_cancelled)
            try:
                keep(self._record)
                self.reason = ""
            except OSError as error:
                self.reason = error.strerror or str(error)
