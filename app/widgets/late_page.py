"""A page of a window that is made when it is first shown."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget


class LatePage(QWidget):
    """Holds what ``make`` returns, and calls it when that is first seen or asked for."""

    def __init__(self, make: Callable[[], QWidget], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._make = make
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)

    @cached_property
    def inside(self) -> QWidget:
        """What the page shows."""
        made = self._make()
        self._box.addWidget(made)
        return made

    def showEvent(self, event: QShowEvent) -> None:
        """Make what is about to be seen."""
        self.inside.show()
        super().showEvent(event)
