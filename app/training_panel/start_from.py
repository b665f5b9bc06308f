"""What the next run begins with, where not with new weights: those of a run, or of a file."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QFileDialog, QMenu, QMessageBox, QWidget

from app.background import Latest
from app.language.sentences import problem_sentence
from app.project.document import Document
from app.runs.job import Beginning
from app.training_panel.weights_dialog import WeightsDialog
from app.weight_matching.match import Matching
from app.widgets.button import Button
from graph_model.custom_layers.known import Known
from graph_model.network import Project
from graph_model.problems import Problem, Refusal

if TYPE_CHECKING:
    from app.training_panel.trainer import Trainer


class StartFrom(Button):
    """A button that says what weights were chosen, with a menu to choose others, or new ones."""

    def __init__(self, document: Document, trainer: Trainer, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._document, self._trainer = document, trainer
        self._where_fitting = False
        menu = QMenu(self)
        self.new = menu.addAction("")
        self.file = menu.addAction("")
        menu.addSeparator()
        self.fitting = menu.addAction("")
        self.fitting.setCheckable(True)
        self.new.triggered.connect(lambda: trainer.begin_with(None))
        self.file.triggered.connect(self._ask_for_file)
        self.table = menu.addAction("")
        self.table.triggered.connect(lambda: self._match(trainer.beginning, is_asked=True))
        self._matcher = Latest(self)
        self._matcher.done.connect(self._show_matching)
        self.dialog: WeightsDialog | None = None
        """The table of what fits, while it is shown."""
        self.fitting.toggled.connect(self._choose_fitting)
        self.setMenu(menu)
        trainer.state_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show what was chosen."""
        chosen = self._trainer.beginning
        self.setEnabled(self._trainer.is_free)
        self.setText(self._words(chosen))
        self.setToolTip(str(chosen.path) if chosen else "")
        self.new.setText(self.tr("New weights"))
        self.new.setEnabled(chosen is not None)
        self.file.setText(self.tr("Weights of a file…"))
        self.table.setText(self.tr("What of it fits…"))
        self.table.setEnabled(chosen is not None)
        self.fitting.setText(self.tr("Only where names and shapes match"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self.refresh()
        super().changeEvent(event)

    def _words(self, chosen: Beginning | None) -> str:
        if chosen is None:
            return self.tr("Start from new weights")
        return self.tr("Start from {0}").format(f"{chosen.path.parent.name}/{chosen.path.name}")

    def _ask_for_file(self) -> None:
        files = self.tr("Weights") + " (*.safetensors *.pt *.pth *.bin *.ckpt)"
        title = self.tr("Weights to begin with")
        name, _ = QFileDialog.getOpenFileName(self.window(), title, "", files)
        if name:
            chosen = Beginning(Path(name), self._where_fitting)
            self._trainer.begin_with(chosen)
            self._match(chosen)

    def _match(self, chosen: Beginning | None, *, is_asked: bool = False) -> None:
        """Find out what of a file fits; a table shows it where it is asked for or not all does."""
        if chosen is None:
            return

        def ask() -> None:
            project, known = self._document.project, self._document.known
            self._matcher.ask(_matched, project, known, chosen, is_asked)

        self._trainer.torch.when_loaded(ask)

    def _show_matching(self, done: tuple[Beginning, Matching | Problem, bool]) -> None:
        chosen, found, is_asked = done
        if isinstance(found, Problem):
            self._trainer.begin_with(None)
            title = self.tr("Weights to begin with")
            QMessageBox.warning(self.window(), title, problem_sentence(found))
        elif is_asked or not (found.is_plain or chosen.where_fitting):
            self._open(chosen, found)

    def _open(self, chosen: Beginning, found: Matching) -> None:
        """Show the table, and begin with what it says once it is accepted."""
        self.dialog = dialog = WeightsDialog(chosen.path, found, self.window())

        def take() -> None:
            names = tuple(dialog.matching.names.items())
            self._trainer.begin_with(replace(chosen, where_fitting=True, names=names))

        def forget() -> None:
            self.dialog = None
            dialog.deleteLater()

        dialog.accepted.connect(take)
        dialog.finished.connect(forget)
        dialog.open()

    def _choose_fitting(self, where_fitting: bool) -> None:
        self._where_fitting = where_fitting
        chosen = self._trainer.beginning
        if chosen is not None:
            self._trainer.begin_with(replace(chosen, where_fitting=where_fitting))


def _matched(
    project: Project, known: Known, chosen: Beginning, is_asked: bool
) -> tuple[Beginning, Matching | Problem, bool]:
    """Return what of a file fits, or why it cannot be read; as it was changed, where it was."""
    try:
        found: Matching = import_module("app.training.fitting").matched(project, chosen.path, known)
    except Refusal as refusal:
        return chosen, refusal.problem, is_asked
    for ours, theirs in chosen.names:
        is_there = ours in found.ours and found.ours[ours] == found.theirs.get(theirs)
        if is_there and found.names.get(ours) != theirs:
            found = found.chosen(ours, theirs)
    return chosen, found, is_asked
