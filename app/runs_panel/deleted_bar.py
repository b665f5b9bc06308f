"""A line that says which runs were deleted, and brings them back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMessageBox, QWidget

from app.language.sentences import reason_text
from app.look.style import set_role
from app.look.theme import SPACE
from app.runs.deleting import KEPT_FOR, bring_back
from app.widgets.button import Button

_DAY = 24 * 3600


class DeletedBar(QFrame):
    """Seen after runs were deleted; ``brought_back`` carries where they lie again."""

    brought_back = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "banner", "info")
        self._aside: Sequence[Path] = ()
        self._text = QLabel()
        self.undo, self.close_button = Button(), Button()
        self.undo.clicked.connect(self._bring_back)
        self.close_button.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * SPACE, SPACE // 2, SPACE, SPACE // 2)
        row.setSpacing(SPACE)
        row.addWidget(self._text, 1)
        row.addWidget(self.undo)
        row.addWidget(self.close_button)
        self._retranslate()
        self.hide()

    def show_deleted(self, aside: Sequence[Path]) -> None:
        """Offer to bring back what was set aside just now."""
        self._aside = aside
        self.setVisible(bool(aside))
        self._retranslate()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _bring_back(self) -> None:
        folders, left = [], []
        for aside in self._aside:
            try:
                folders.append(bring_back(aside))
            except OSError as error:
                left.append(aside)
                sentence = self.tr("{0} could not be brought back: {1}")
                told = sentence.format(aside.name, reason_text(error))
                QMessageBox.critical(self, self.tr("Runs"), told)
        self.show_deleted(left)
        self.brought_back.emit(folders)

    def _retranslate(self) -> None:
        words = self.tr("%n run(s) deleted.", "", len(self._aside))
        kept = self.tr("Kept aside for {0} days.").format(round(KEPT_FOR / _DAY))
        self._text.setText(f"{words} {kept}")
        self.undo.setText(self.tr("Undo"))
        self.close_button.setText(self.tr("Close"))
