"""A little field below a card that asks for one thing: a name, a number."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QVBoxLayout

from app.canvas.geometry import CARD
from app.canvas.surface import Surface
from app.look.style import set_role
from graph_model.network import NodeId

_WIDTH: Final = 240
_GAP: Final = 6

Accept = Callable[[str], str]
"""Takes what was typed; returns why it will not do, or nothing."""


class Prompt(QFrame):
    """Enter takes what was typed, where it will do; Escape or a click elsewhere leaves all.

    Where the question follows an edit, Ctrl+Z takes that back as long as nothing was typed.
    """

    def __init__(self, view: Surface) -> None:
        super().__init__(view, Qt.WindowType.Popup)
        self._view = view
        self._accept: Accept = _anything
        self._take_back: Callable[[], object] | None = None
        self._asked = ""
        set_role(self, "card")
        self._caption = QLabel()
        self._caption.setWordWrap(True)
        self.line = QLineEdit()
        self.line.textEdited.connect(lambda: self._say(self._asked, "caption"))
        self.line.installEventFilter(self)
        box = QVBoxLayout(self)
        box.setContentsMargins(8, 8, 8, 8)
        box.setSpacing(4)
        box.addWidget(self._caption)
        box.addWidget(self.line)
        self.setFixedWidth(_WIDTH)

    def ask(
        self,
        node: NodeId,
        caption: str,
        text: str,
        accept: Accept,
        take_back: Callable[[], object] | None = None,
    ) -> None:
        """Ask below the card of a node, with ``text`` to begin from.

        ``take_back`` undoes the edit that the question follows, if it follows one.
        """
        self.ensurePolished()
        self._accept, self._asked, self._take_back = accept, caption, take_back
        self.line.setText(text)
        self.line.selectAll()
        self.line.setAccessibleName(caption)
        self._say(caption, "caption")
        view = self._view
        card = view.mapFromScene(CARD.translated(view.canvas.cards[node].pos())).boundingRect()
        corner = view.viewport().mapToGlobal(card.bottomLeft())
        screen = view.screen().availableGeometry()
        corner.setX(max(screen.left(), min(corner.x(), screen.right() - self.width())))
        corner.setY(max(screen.top(), min(corner.y() + _GAP, screen.bottom() - self.height())))
        self.move(corner)
        self.show()
        self.line.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take what was typed, or say why it will not do."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
            return
        if event.isAutoRepeat():  # held since it pressed the button that led here
            return
        reason = self._accept(self.line.text().strip())
        if reason:
            self._say(reason, "error")
        else:
            self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the edit back on Ctrl+Z, where the line has nothing to undo."""
        is_key = event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent)
        undoes = is_key and event.matches(QKeySequence.StandardKey.Undo)  # type: ignore[attr-defined]
        if not undoes or self._take_back is None or self.line.isUndoAvailable():
            return False
        self.hide()
        self._take_back()
        return True

    def hideEvent(self, event: QHideEvent) -> None:
        """Leave the focus to the canvas, and not to whichever button Qt would give it to."""
        super().hideEvent(event)
        self._view.setFocus(Qt.FocusReason.PopupFocusReason)

    def _say(self, text: str, role: str) -> None:
        set_role(self._caption, role)
        self._caption.setText(text)
        self.adjustSize()


def _anything(_: str) -> str:
    return ""
