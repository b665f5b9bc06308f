"""Runs that go to other programs, and runs made elsewhere that come into the list."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QMenu, QMessageBox, QWidget

from app.language.sentences import problem_sentence, reason_text
from app.runs.importing import import_run
from app.runs.summaries import Summary
from app.runs.tensorboard import is_available, write_logs
from graph_model.problems import Problem, Refusal


class RunExchange(QObject):
    """Asks for folders above ``window``; ``added`` carries the folder of a run that came in."""

    added = Signal(Path)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window

    def add_to(self, menu: QMenu, chosen: Sequence[Summary]) -> None:
        """Add to a menu how the chosen runs go to other programs."""
        action = menu.addAction(self.tr("Write logs of TensorBoard…"))
        action.triggered.connect(partial(self.write_logs, chosen))
        action.setEnabled(is_available())
        if not is_available():
            menu.setToolTipsVisible(True)
            action.setToolTip(problem_sentence(Problem("tensorboardx_missing")))

    def write_logs(self, chosen: Sequence[Summary], *_: object) -> None:
        """Ask for a folder, and write a log for each run there."""
        title = self.tr("A folder for the logs")
        folder = QFileDialog.getExistingDirectory(self._window, title)
        if not folder:
            return
        try:
            for each in chosen:
                write_logs(each.run.folder, Path(folder) / each.run.folder.name)
        except OSError as error:
            self._say(self.tr("The logs could not be written: {0}").format(reason_text(error)))

    def ask_for_folder(self) -> None:
        """Ask for the folder of a run made elsewhere, and take it into the list."""
        title = self.tr("A folder with a run, or with logs of TensorBoard")
        folder = QFileDialog.getExistingDirectory(self._window, title)
        if not folder:
            return
        try:
            self.added.emit(import_run(Path(folder)))
        except Refusal as refused:
            self._say(problem_sentence(refused.problem))
        except OSError as error:
            self._say(self.tr("It could not be added: {0}").format(reason_text(error)))

    def _say(self, words: str) -> None:
        QMessageBox.warning(self._window, self.tr("Runs"), words)
