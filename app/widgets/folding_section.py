"""A part of a form that opens under its title, which sums up what is in it while it is closed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.look.icons import icon
from app.look.style import set_role
from app.look.theme import SPACE


class FoldingSection(QFrame):
    """A title that can be clicked, and what is shown under it while it is open.

    ``toggled`` says whether it is open now.
    """

    toggled = Signal(bool)

    def __init__(self, *inside: QWidget) -> None:
        super().__init__()
        self._title = QToolButton()
        self._title.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._title.setCheckable(True)
        set_role(self._title, "fold")
        self._title.toggled.connect(self._fold)
        self._summary = _Summary()
        head = QHBoxLayout()
        head.setSpacing(SPACE)
        head.addWidget(self._title, alignment=Qt.AlignmentFlag.AlignLeft)
        head.addWidget(self._summary, 1)
        self._inside = QWidget()
        column = QVBoxLayout(self._inside)
        column.setContentsMargins(0, 0, 0, SPACE)
        column.setSpacing(SPACE // 2)
        for widget in inside:
            column.addWidget(widget)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE // 2)
        box.addLayout(head)
        box.addWidget(self._inside)
        self._fold(False)

    @property
    def is_open(self) -> bool:
        """Whether what is in it is shown."""
        return self._title.isChecked()

    def set_open(self, is_open: bool) -> None:
        """Open or close it."""
        self._title.setChecked(is_open)

    def set_title(self, title: str) -> None:
        """Name it."""
        self._title.setText(title)

    @property
    def title(self) -> str:
        """Its name."""
        return self._title.text()

    def sum_up(self, text: str) -> None:
        """Say in a few words what is in it."""
        self._summary.say(text)

    def _fold(self, is_open: bool) -> None:
        self._title.setIcon(icon("chevron-down" if is_open else "chevron-right", "text_muted"))
        self._inside.setVisible(is_open)
        self._summary.setVisible(not is_open)
        self.toggled.emit(is_open)


class _Summary(QLabel):
    """One line at the right, cut short where there is no room."""

    def __init__(self) -> None:
        super().__init__()
        self._words = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        set_role(self, "caption")

    def say(self, words: str) -> None:
        self._words = words
        self.setToolTip(words)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        right = Qt.TextElideMode.ElideRight
        self.setText(self.fontMetrics().elidedText(self._words, right, self.width()))
