"""The dialog in which an archive of a model becomes a project, with what is read of it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.background import Latest
from app.language.numbers import grouped
from app.language.sentences import problem_sentence
from app.look.style import set_role
from app.look.theme import SPACE
from app.settings import home
from app.source_import.archives import ArchiveAnswer, FoundArchive, found_archive, write_weights
from app.source_import.recognising import SAYS_ITS_INPUTS
from graph_model.problems import Problem

_SIZE: Final = (620, 420)
_SETTLED: Final = 300
"""How many milliseconds after a change of the inputs it is read again."""


class ArchiveImport(QDialog):
    """Shows what an archive becomes; ``chosen`` carries the project, its title and its weights.

    Nothing of the archive is run. The weights are kept as a file of the application, with which
    the runs of the project begin.
    """

    chosen = Signal(object, str, object)

    def __init__(self, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Import a Model"))
        self.resize(*_SIZE)
        self._path = path
        self._answer: ArchiveAnswer | None = None
        head = QLabel(
            self.tr(
                "{0} is read as data and never run. What cannot be drawn is named here, and a "
                "custom layer stands in its place."
            ).format(path.name)
        )
        head.setTextFormat(Qt.TextFormat.PlainText)
        head.setWordWrap(True)
        set_role(head, "caption")
        self.inputs = QLineEdit()
        self.inputs.setPlaceholderText("3x224x224")
        self.inputs.setAccessibleName(self.tr("Inputs"))
        self.inputs.setToolTip(
            self.tr(
                "The sizes of each input without the batch, such as 3x224x224, or T:int64 for "
                "tokens; several with a space between them."
            )
        )
        self.told = QLabel(self.tr("Reading…"))
        self.told.setWordWrap(True)
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.notes = QListWidget()
        self.notes.setWordWrap(True)
        self.notes.setAccessibleName(self.tr("What to know of it"))
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.take = self._buttons.addButton(
            self.tr("Open as Project"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        set_role(self.take, "primary")
        self.take.setEnabled(False)
        self._buttons.accepted.connect(self._choose)
        self._buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        box.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        box.setSpacing(SPACE)
        box.addWidget(head)
        if path.suffix.lower() not in SAYS_ITS_INPUTS:
            form = QFormLayout()
            form.setSpacing(SPACE)
            form.addRow(self.tr("Inputs"), self.inputs)
            box.addLayout(form)
        box.addWidget(self.told)
        box.addWidget(self.notes, 1)
        box.addWidget(self._buttons)
        self._reader = Latest(self)
        self._reader.done.connect(self._show)
        self._settled = QTimer(self, singleShot=True, interval=_SETTLED)
        self._settled.timeout.connect(self._read)
        self.inputs.textChanged.connect(self._settled.start)
        self._read()
        self._writer = Latest(self)
        self._writer.done.connect(self._written)

    def _read(self) -> None:
        """Read the archive beside the window."""
        self.take.setEnabled(False)
        self._reader.ask(found_archive, self._path, self.inputs.text())

    def _show(self, answer: ArchiveAnswer) -> None:
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
        self.take.setEnabled(True)

    def _choose(self) -> None:
        """Write the weights beside the window, and open the project then."""
        if isinstance(self._answer, FoundArchive):
            self.take.setEnabled(False)
            self._writer.ask(_kept, self._answer, _free(self._path.stem))

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
