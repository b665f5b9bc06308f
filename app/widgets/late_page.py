"""A page of a window that is made when it is first shown."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.look.style import set_role
from app.widgets.first_paint import AfterFirstPaint


class LatePage(QWidget):
    """Holds what ``make`` returns, and calls it when that is first seen or asked for.

    With ``after_picture`` it is a bare panel in the first picture, and what it holds follows.
    """

    def __init__(
        self,
        make: Callable[[], QWidget],
        parent: QWidget | None = None,
        *,
        after_picture: bool = False,
    ) -> None:
        super().__init__(parent)
        self._make, self._waits = make, after_picture
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        if after_picture:
            set_role(self, "panel")
            self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
            AfterFirstPaint(self, self._show_inside)

    @cached_property
    def inside(self) -> QWidget:
        """What the page shows."""
        self._waits = False
        made = self._make()
        self._box.addWidget(made)
        made.setVisible(self.isVisible())
        return made

    def showEvent(self, event: QShowEvent) -> None:
        """Make what is about to be seen."""
        if not self._waits:
            self._show_inside()
        super().showEvent(event)

    def _show_inside(self) -> None:
        self.inside.show()
