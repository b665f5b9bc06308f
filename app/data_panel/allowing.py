"""The dialog in which Python text that yields samples is read, and allowed to run here."""

from __future__ import annotations

from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.look.style import set_role
from app.look.theme import SPACE
from app.permission import allow

_SIZE = (720, 520)


class AllowText(QDialog):
    """Shows exactly the text that is allowed by its button, and nothing else."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = text
        self.setWindowTitle(self.tr("Python that yields samples"))
        says = QLabel(
            self.tr(
                "This text has not run on this computer. Once allowed, it runs with all your "
                "rights, in a process of its own, whenever these data are read. A changed text "
                "has to be allowed again."
            )
        )
        says.setWordWrap(True)
        self.code = QPlainTextEdit(text)
        self.code.setReadOnly(True)
        self.code.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.code.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.code.setAccessibleName(self.tr("Python text"))
        self.allow = QPushButton(self.tr("Allow"))
        set_role(self.allow, "primary")
        cancel = QPushButton(self.tr("Cancel"))
        for button in (self.allow, cancel):
            button.setAutoDefault(False)
        self.allow.clicked.connect(self._allow)
        cancel.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(cancel)
        buttons.addWidget(self.allow)
        box = QVBoxLayout(self)
        box.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        box.setSpacing(SPACE)
        box.addWidget(says)
        box.addWidget(self.code, 1)
        box.addLayout(buttons)
        self.resize(*_SIZE)

    def _allow(self) -> None:
        try:
            allow(self._text)
        except OSError as error:
            sentence = self.tr("The permission could not be kept: {0}")
            reason = error.strerror or str(error)
            QMessageBox.critical(self, self.windowTitle(), sentence.format(reason))
            return
        self.accept()
