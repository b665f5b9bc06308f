"""The dialog in which an archive of a model becomes a project, with what is read of it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFormLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from app.background import Latest
from app.look.style import set_role
from app.look.theme import SPACE
from app.source_import.archives import found_archive
from app.source_import.model_dialog import ModelImport
from app.source_import.recognising import SAYS_ITS_INPUTS

_SIZE: Final = (620, 420)
_SETTLED: Final = 300
"""How many milliseconds after a change of the inputs it is read again."""


class ArchiveImport(ModelImport):
    """Shows what an archive becomes. Nothing of it is run."""

    def __init__(self, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Import a Model"))
        self.resize(*_SIZE)
        self._path = path
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
        self.told.setText(self.tr("Reading…"))
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
        box.addWidget(self.buttons)
        self._reader = Latest(self)
        self._reader.done.connect(self.show_answer)
        self._settled = QTimer(self, singleShot=True, interval=_SETTLED)
        self._settled.timeout.connect(self._read)
        self.inputs.textChanged.connect(self._settled.start)
        self._read()

    def weights_name(self) -> str:
        return self._path.stem

    def _read(self) -> None:
        """Read the archive beside the window."""
        self.take.setEnabled(False)
        self._reader.ask(found_archive, self._path, self.inputs.text())
