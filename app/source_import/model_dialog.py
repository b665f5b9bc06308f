"""What the dialogs have in common in which a model becomes a project with its weights."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QWidget,
)

from app.background import Latest
from app.language.numbers import grouped
from app.language.sentences import problem_sentence
from app.look.style import set_role
from app.settings import home
from app.source_import.archives import ArchiveAnswer, FoundArchive, write_weights
from graph_model.problems import Problem


class ModelImport(QDialog):
    """Shows what a model becomes; ``chosen`` carries the project, its title and its weights.

    The weights are kept as a file of the application, with which the runs of the project begin.
    """

    chosen = Signal(object, str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._answer: ArchiveAnswer | None = None
        self.told = QLabel()
        self.told.setWordWrap(True)
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.notes = QListWidget()
        self.notes.setWordWrap(True)
        self.notes.setAccessibleName(self.tr("What to know of it"))
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.take = self.buttons.addButton(
            self.tr("Open as Project"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        set_role(self.take, "primary")
        self.take.setEnabled(False)
        self.buttons.accepted.connect(self._choose)
        self.buttons.rejected.connect(self.reject)
        self._writer = Latest(self)
        self._writer.done.connect(self._written)

    def show_answer(self, answer: ArchiveAnswer) -> None:
        """Show what was read of the model, or why nothing was."""
        self._answer = answer
        self.notes.clear()
        set_role(self.told, "")
        if isinstance(answer, Problem):
            set_role(self.told, "error")
            self.told.setText(problem_sentence(answer))
            return
        count = grouped(answer.inference.parameter_count)
        nodes = self.tr("%n node(s), {0} parameters", "", len(answer.inference.network.nodes))
        self.told.setText(nodes.format(count))
        for note in answer.notes:
            self.notes.addItem(QListWidgetItem(problem_sentence(note)))
        for error in answer.errors:
            node = answer.inference.network.nodes.get(error.node)
            where = f"{node.name}: " if node else ""
            self.notes.addItem(QListWidgetItem(where + problem_sentence(error)))
        if not self.notes.count():
            self.notes.addItem(self.tr("All of it is drawn, and all weights are there."))
        if answer.difference is not None:
            told = self.tr("Run beside the model, its results differ by {0} at most.")
            self.notes.addItem(told.format(f"{answer.difference:.1e}"))
        self.take.setEnabled(True)

    def weights_name(self) -> str:
        """Return what the file of the weights is called."""
        raise NotImplementedError

    def _choose(self) -> None:
        """Write the weights beside the window, and open the project then."""
        if isinstance(self._answer, FoundArchive):
            self.take.setEnabled(False)
            self._writer.ask(_kept, self._answer, _free(self.weights_name()))

    def _written(self, weights: Path | OSError | None) -> None:
        if isinstance(weights, OSError):
            set_role(self.told, "error")
            told = self.tr("The weights could not be kept: {0}")
            self.told.setText(told.format(weights.strerror or weights))
            self.take.setEnabled(True)
            return
        assert isinstance(self._answer, FoundArchive)
        self.chosen.emit(self._answer.project, self._answer.archive.name, weights)
        self.accept()


def _kept(found: FoundArchive, path: Path) -> Path | OSError | None:
    try:
        return write_weights(found, path)
    except OSError as error:
        return error


def _free(stem: str) -> Path:
    """Return a name for the weights that no file has yet."""
    folder = home() / "imported"
    path, number = folder / f"{stem}.safetensors", 1
    while path.exists():
        number += 1
        path = folder / f"{stem}-{number}.safetensors"
    return path
