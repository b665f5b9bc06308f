"""What the trained model of a run of the past says, asked once somebody looks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.late import late
from app.runs.events import Finished
from app.runs.job import Job
from app.runs.record import Record
from app.runs.store import Run

if TYPE_CHECKING:
    from app.results_panel.results import ResultsView


class PastResults(QWidget):
    """The results of one run, made when they are first looked at."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view: ResultsView | None = None
        """The results, once they were looked at."""
        self._shown: tuple[Job | None, Finished | None] = (None, None)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)

    def show_run(self, job: Job | None, finished: Finished | None) -> None:
        """Show what a run came to, unless that is shown; ``None`` shows nothing."""
        before, told = self._shown
        is_same = job is not None and before is not None and job.folder == before.folder
        if not (is_same and finished == told):
            self._shown = (job, finished)
            self._pass_on()

    def forget(self) -> None:
        """Hold nothing of what was shown."""
        self._shown = (None, None)
        if self.view is not None:
            self.view.forget()

    def showEvent(self, event: QShowEvent) -> None:
        """Make what shows it."""
        super().showEvent(event)
        if self.view is None:
            self.view = late("app.results_panel.results").ResultsView(self)
            layout = self.layout()
            assert layout is not None
            layout.addWidget(self.view)
            self._pass_on()

    def _pass_on(self) -> None:
        if self.view is None:
            return
        job, finished = self._shown
        if job is None or finished is None:
            self.view.clear()
        else:
            self.view.show_run(job, finished)


def outcome_of(run: Run, record: Record) -> Finished | None:
    """Return what a run came to, as far as it did; ``None`` of one that ended no epoch.

    A record that was read from a log has not how the run ended.
    """
    if isinstance(record.ended, Finished):
        return record.ended
    if not record.epochs:
        return None
    best = next((each for each in reversed(record.epochs) if each.is_best), record.epochs[-1])
    is_stopped = run.outcome != "finished"
    return Finished(run.epochs, best.epoch, run.validation, run.test, run.seconds, is_stopped)
