"""The problems of the selected node, at the foot of the inspector: they move nothing above them."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QFrame, QLayout, QScrollArea, QVBoxLayout, QWidget

from app.look.style import set_role
from app.look.theme import SPACE
from app.project.document import Document
from app.widgets.page_parts import ProblemList
from graph_model.problems import Problem

_MOST: Final = 0.4
"""The share of the height that they take at most."""


class ProblemFoot(QScrollArea):
    """As high as its problems need, up to a limit; not there where there are none."""

    def __init__(self, document: Document, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        set_role(self, "panel")
        self.problems = ProblemList(document)
        self._content = QWidget()
        self._box = box = QVBoxLayout(self._content)
        bar = self.verticalScrollBar().sizeHint().width()  # the pages above leave room for theirs
        box.setContentsMargins(2 * SPACE, SPACE, SPACE + bar, SPACE)
        box.addWidget(self.problems)
        box.addStretch()
        self.setWidget(self._content)
        self.hide()

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """Show these problems."""
        self.problems.show_problems(problems)

    def take_place(self, room: QRect) -> int:
        """Lie at the bottom of the room; return how much of it that takes."""
        if self.problems.isHidden():
            self.hide()
            return 0
        self.show()
        self._settle(self._content)
        needed = self._box.totalHeightForWidth(room.width())
        height = min(needed, round(_MOST * room.height()))
        self.setGeometry(room.left(), room.bottom() - height + 1, room.width(), height)
        return height

    def _settle(self, widget: QWidget) -> None:
        """Give new cards their fonts and forget the sizes of old ones, which Qt would do later."""
        for each in widget.findChildren(QWidget):
            each.ensurePolished()
        for layout in reversed(widget.findChildren(QLayout)):  # the inner ones first
            layout.invalidate()
