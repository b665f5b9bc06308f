"""The line below everything: how the network stands, and what is under way."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QLabel, QStatusBar, QWidget

from app.language.numbers import byte_size, grouped
from app.look.style import set_role
from app.look.theme import SPACE
from app.project.document import Document

_LONG: Final = 8000
"""Milliseconds for which something is said that should be read."""


class StatusBar(QStatusBar):
    """Size of the network on the left; notes on the right."""

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self.setSizeGripEnabled(False)
        self._summary, self._note = QLabel(), QLabel()
        self._warning = QLabel()
        set_role(self._warning, "warning")
        self._warning.hide()
        self.addWidget(self._summary)
        for widget in (self._warning, self._note):
            self.addPermanentWidget(widget)
        self.setContentsMargins(SPACE, 0, SPACE, 0)
        document.changed.connect(self._summarise)
        self._summarise()

    def show_note(self, text: str) -> None:
        """Say what is under way in the background, or nothing."""
        self._note.setText(text)
        self._note.setVisible(bool(text))

    def say(self, text: str) -> None:
        """Say something for a while."""
        self.showMessage(text, _LONG)

    def say_not_remembered(self, error: OSError) -> None:
        """Say for a while why the settings are not saved."""
        text = self.tr("The settings could not be saved: {0}")
        self.showMessage(text.format(error.strerror or error), _LONG)

    def say_not_kept(self, reason: str) -> None:
        """Say why unsaved work is not kept, until it is: then the reason is empty."""
        text = self.tr("Unsaved work would be lost in a crash: {0}")
        self._warning.setText(text.format(reason))
        self._warning.setVisible(bool(reason))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._summarise()
        super().changeEvent(event)

    def _summarise(self) -> None:
        inference = self._document.inference
        parts = (
            self.tr("%n node(s)", "", len(inference.network.nodes)),
            self.tr("{0} parameters").format(grouped(inference.parameter_count)),
            byte_size(inference.weight_bytes),
        )
        self._summary.setText("  ·  ".join(parts))
