"""Tips that are shown at once beside what they are about, and never upon it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

_GAP: Final = 4
_LABEL: Final = "qtooltip_label"
"""What Qt calls the one widget that shows tips."""


def tell_beside(widget: QWidget, text: str) -> None:
    """Show a tip below a widget, or where there is room for it beside.

    At the foot of the screen Qt would put it upon the widget, where it takes every click.
    """
    QToolTip.showText(widget.mapToGlobal(QPoint(0, widget.height())), text, widget)
    tip = next((each for each in QApplication.topLevelWidgets() if _is_tip(each)), None)
    about = QRect(widget.mapToGlobal(QPoint(0, 0)), widget.size())
    if tip is not None and tip.geometry().intersects(about):
        room = widget.screen().availableGeometry()
        places = list(_places(about, tip.size(), room))
        free = (at for at in places if room.contains(QRect(at, tip.size())))
        tip.move(next(free, places[0]))


def _is_tip(widget: QWidget) -> bool:
    return widget.objectName() == _LABEL and widget.isVisible()


def _places(about: QRect, tip: QSize, room: QRect) -> Iterator[QPoint]:
    """Yield where a tip may stand: above what it is about, on its left, on its right."""
    left = max(room.left(), min(about.left(), room.right() - tip.width()))
    yield QPoint(left, about.top() - tip.height() - _GAP)
    top = max(room.top(), min(about.top(), room.bottom() - tip.height()))
    yield QPoint(about.left() - tip.width() - _GAP, top)
    yield QPoint(about.right() + 1 + _GAP, top)
