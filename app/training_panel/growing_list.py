"""Rows one below the other, and a button whose menu adds another."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QToolButton, QVBoxLayout, QWidget

from app.look.style import set_role
from app.look.theme import SPACE
from app.widgets.page_parts import discard
from app.widgets.reasons import MenuGuide


class GrowingList(QWidget):
    """Holds rows, and below them ``add_button``, whose ``menu`` says of each entry what it is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = QVBoxLayout()
        self.rows.setSpacing(SPACE // 2)
        self.add_button = QToolButton()
        set_role(self.add_button, "choice")
        self.add_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.add_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.menu = QMenu(self.add_button)
        self.menu.setToolTipsVisible(True)
        MenuGuide(self.menu)
        self.add_button.setMenu(self.menu)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE // 2)
        box.addLayout(self.rows)
        box.addWidget(self.add_button, alignment=Qt.AlignmentFlag.AlignLeft)

    def take_all(self) -> None:
        """Remove the rows."""
        while (item := self.rows.takeAt(0)) is not None:
            discard(item.widget())
