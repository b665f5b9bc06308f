"""A row of controls that leaves out the less important ones where there is no room for all."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from app.look.style import set_role
from app.look.theme import SPACE

_GAP: Final = 2


class FittingRow(QWidget):
    """As wide as it is made; groups of controls come and go with the room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._groups: list[tuple[int, tuple[QWidget, ...]]] = []
        self._kept_free = 0
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(_GAP)

    def add_group(self, importance: int, *widgets: QWidget) -> None:
        """Add what is shown or left out together; the most important is always shown."""
        self._groups.append((importance, widgets))
        for widget in widgets:
            self._row.addWidget(widget)

    def add_filler(self, widget: QWidget) -> None:
        """Add what takes the rest of the room, and none where there is none."""
        self._row.addWidget(widget, 1)

    def add_shrinking(self, widget: QWidget) -> None:
        """Add what is made smaller before anything is left out, down to its least size."""
        self._kept_free += widget.minimumSizeHint().width() + _GAP
        self._row.addWidget(widget)

    def _refit(self) -> None:
        left = self.width() - self._kept_free
        most = max((importance for importance, _ in self._groups), default=0)
        has_room = True
        for importance, widgets in sorted(self._groups, key=lambda group: -group[0]):
            left -= sum(each.sizeHint().width() + _GAP for each in widgets)
            has_room = has_room and (left >= 0 or importance == most)
            for widget in widgets:
                widget.setVisible(has_room)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show what there is room for."""
        super().resizeEvent(event)
        self._refit()

    def event(self, event: QEvent) -> bool:
        """Look again at what there is room for once texts have changed."""
        if event.type() is QEvent.Type.LayoutRequest:
            self._refit()
        return super().event(event)


class Rule(QWidget):
    """An upright line between two groups."""

    def __init__(self) -> None:
        super().__init__()
        line = QFrame()
        line.setFixedHeight(20)
        set_role(line, "rule")
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE // 2, 0, SPACE // 2, 0)
        row.addWidget(line)
