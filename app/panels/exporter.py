"""Exports on request: asks what, and writes it beside the window where that takes its time."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QMessageBox, QWidget

from app.background import Latest
from app.exporting.writer import Export, Exported, write
from app.language.sentences import problem_sentence, translate
from app.panels.export import ExportDialog
from app.project.state import State
from app.torch_loader import TorchLoader
from graph_model.problems import Refusal


class Exporter(QObject):
    """Writes one export at a time; ``noted`` tells of one under way, ``said`` of what is done."""

    noted = Signal(str)
    said = Signal(str)

    def __init__(self, window: QWidget, torch: TorchLoader) -> None:
        super().__init__(window)
        self._window, self._torch = window, torch
        self._worker = Latest(self)
        self._worker.done.connect(lambda done: self._tell(*done))
        self._is_busy = False

    def export(self, state: State, folder: Path, weights: Path | None, can_train: bool) -> None:
        """Ask what to export and where to, and write it.

        ``weights`` are those of the last run where the network still is the one that was trained.
        """
        if self._is_busy:
            self.said.emit(translate("Export", "An export is under way."))
            return
        dialog = ExportDialog(state, folder, weights, can_train, self._window)
        if dialog.exec() != QDialog.DialogCode.Accepted:
            return
        export, self._is_busy = dialog.wanted, True
        if export.needs_torch:
            self._torch.when_loaded(partial(self._begin, export))
        else:
            self._tell(*_written(export))

    def _begin(self, export: Export) -> None:
        self.noted.emit(translate("Export", "Exporting…"))
        self._worker.ask(_written, export)

    def _tell(self, export: Export, done: Exported | Refusal | OSError) -> None:
        """Say where it was written and what is to be known of it, or why it was not."""
        self._is_busy = False
        self.noted.emit("")
        title = translate("Export", "Export Code")
        if isinstance(done, Exported):
            self.said.emit(translate("Export", "Written to {0}").format(export.path))
            if done.notes:
                notes = "\n\n".join(map(problem_sentence, done.notes))
                QMessageBox.information(self._window, title, notes)
            return
        if isinstance(done, Refusal):
            why = problem_sentence(done.problem)
        else:
            why = str(done.strerror or done)
        text = translate("Export", "{0} could not be written.").format(export.path.name)
        QMessageBox.critical(self._window, title, f"{text}\n\n{why}")


def _written(export: Export) -> tuple[Export, Exported | Refusal | OSError]:
    """Write an export and return it with what came of it; touches nothing of the window."""
    try:
        return export, write(export)
    except (Refusal, OSError) as error:
        return export, error
