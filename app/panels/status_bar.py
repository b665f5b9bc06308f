"""The line below everything: how the network stands, and what is under way."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtWidgets import QLabel, QProgressBar, QStatusBar, QToolButton, QWidget

from app.language.numbers import byte_size, grouped
from app.language.sentences import phrase_text, reason_text
from app.look.style import set_role
from app.look.theme import SMALL, SPACE, ui_font
from app.project.document import Document

_LOW: Final = 20
"""The height, in pixels, of a button in a line of text."""
_LONG: Final = 8000
"""Milliseconds for which something is said that should be read."""

_AT_ONCE: Final = 1500
"""Milliseconds for which what was said stays, whatever is said after it."""


class StatusBar(QStatusBar):
    """Size of the network on the left; notes, and work that can be cancelled, on the right."""

    cancelled = Signal()
    """That what is under way is to be given up."""

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self.setSizeGripEnabled(False)
        self._is_loading, self._work, self._why_not_kept = False, "", ""
        self._just_said = QTimer(self, singleShot=True, interval=_AT_ONCE)
        self._summary, self._note = QLabel(), QLabel()
        self._warning = QLabel()
        set_role(self._warning, "warning")
        self._warning.hide()
        self.addWidget(self._summary)
        self._bar = QProgressBar()
        self._bar.setFixedWidth(16 * SPACE)
        self._bar.setTextVisible(False)
        self._cancel = QToolButton()
        self._cancel.setAutoRaise(True)
        self._cancel.setFixedHeight(_LOW)  # the bar is as high as if it were shown
        self._cancel.setFont(ui_font(SMALL))
        self._cancel.clicked.connect(self.cancelled)
        for widget in (self._warning, self._note, self._bar, self._cancel):
            self.addPermanentWidget(widget)
        self.setContentsMargins(SPACE, 0, SPACE, 0)
        self.hide_work()
        document.changed.connect(self._summarise)
        self._retranslate()

    def show_loading(self, *, is_loading: bool) -> None:
        """Say that PyTorch is being loaded, or no more."""
        self._is_loading = is_loading
        self._show_notes()

    def show_work(self, text: str, done: int, of: int) -> None:
        """Show how far something is that can be cancelled; of a single thing that is not known."""
        self._work = text
        self._show_notes()
        self._bar.setRange(0, of if of > 1 else 0)
        self._bar.setValue(done)
        self._bar.show()
        self._cancel.show()

    def hide_work(self) -> None:
        """Nothing that can be cancelled is under way."""
        self._work = ""
        self._show_notes()
        self._bar.hide()
        self._cancel.hide()

    def _show_notes(self) -> None:
        """Say all that is under way; none of it wipes another."""
        loading = self.tr("Loading PyTorch in the background…") if self._is_loading else ""
        text = "  ·  ".join(filter(None, (loading, self._work)))
        self._note.setText(text)
        self._note.setVisible(bool(text))

    def say(self, text: str, milliseconds: int = _LONG) -> None:
        """Say something for a while, after what was said just before."""
        said = self.currentMessage()
        if said and self._just_said.isActive():
            text, milliseconds = said if text in said else f"{said}  ·  {text}", _LONG
        self._just_said.start()
        self.showMessage(text, milliseconds)

    def say_not_remembered(self, error: OSError) -> None:
        """Say for a while why the settings are not saved."""
        text = self.tr("The settings could not be saved: {0}")
        self.say(text.format(reason_text(error)))

    def say_not_kept(self, reason: str) -> None:
        """Say why unsaved work is not kept, until it is: then the reason is empty."""
        self._why_not_kept = reason
        text = self.tr("Unsaved work would be lost in a crash: {0}")
        self._warning.setText(text.format(phrase_text(reason)))
        self._warning.setVisible(bool(reason))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._cancel.setText(self.tr("Cancel"))
        self.say_not_kept(self._why_not_kept)
        self._show_notes()
        self._summarise()

    def _summarise(self) -> None:
        inference = self._document.inference
        parts = (
            self.tr("%n node(s)", "", len(inference.network.nodes)),
            self.tr("{0} parameters").format(grouped(inference.parameter_count)),
            byte_size(inference.weight_bytes),
        )
        self._summary.setText("  ·  ".join(parts))
        # Only where the text needs more room: the whole window would be laid out anew for it.
        needed = self._summary.sizeHint().expandedTo(self._summary.minimumSize())
        if needed != self._summary.minimumSize():
            self._summary.setFixedSize(needed)
