"""Tips that are shown at once beside what they are about, and never upon it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

_GAP: Final = 4
_ROUND: Final = QSize(28, 24)
"""At least how much larger a tip is than its text."""
_CURSOR: Final = 32
"""At most how far below the point that it is given Qt shows a tip."""
_LABEL: Final = "qtooltip_label"
"""What Qt calls the one widget that shows tips."""


def tell_beside(widget: QWidget, text: str) -> None:
    """Show a tip below a widget, or where there is room for it beside.

    At the foot of the screen Qt would put it upon the widget, where it takes every click; and as
    soon as it has been there, under the mouse, it vanishes.
    """
    about = QRect(widget.mapToGlobal(QPoint(0, 0)), widget.size())
    room = widget.screen().availableGeometry()
    size = QFontMetrics(QToolTip.font()).size(0, text) + _ROUND
    below = QPoint(about.left(), about.bottom() + 1)
    if room.contains(QRect(below, size + QSize(0, _CURSOR))):
        QToolTip.showText(below, text, widget)
        return
    away = _free(about, size + QSize(0, _CURSOR), room)
    QToolTip.showText(away, text, widget)
    tip = next((each for each in QApplication.topLevelWidgets() if _is_tip(each)), None)
    if tip is not None:
        tip.move(_free(about, tip.size(), room))


def _is_tip(widget: QWidget) -> bool:
    return widget.objectName() == _LABEL and widget.isVisible()


def _free(about: QRect, tip: QSize, room: QRect) -> QPoint:
    """Return the first place of a tip that lies on the screen; above, where there is none."""
    places = list(_places(about, tip, room))
    return next((at for at in places if room.contains(QRect(at, tip))), places[0])


def _places(about: QRect, tip: QSize, room: QRect) -> Iterator[QPoint]:
    """Yield where a tip may stand: above what it is about, on its left, on its right."""
    left = max(room.left(), min(about.left(), room.right() - tip.width()))
    yield QPoint(left, about.top() - tip.height() - _GAP)
    top = max(room.top(), min(about.top(), room.bottom() - tip.height()))
    yield QPoint(about.left() - tip.width() - _GAP, top)
    yield QPoint(about.right() + 1 + _GAP, top)
