"""A menu that stays open while things in it are checked, and the button that opens it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolButton, QWidget

from app.look.style import set_role


class StayingMenu(QMenu):
    """A menu that stays open while its marks are set with the mouse."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setToolTipsVisible(True)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        action = self.actionAt(event.position().toPoint())
        if action is not None and action.isCheckable() and action.isEnabled():
            action.trigger()
            return
        super().mouseReleaseEvent(event)


def choosing() -> tuple[QToolButton, StayingMenu]:
    """Return a button that says what was chosen, as wide as there is room, and its menu."""
    button = QToolButton()
    set_role(button, "choice")
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
    button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    menu = StayingMenu(button)
    button.setMenu(menu)
    return button, menu
