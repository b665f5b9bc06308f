"""What the colours of cards mean, painted as in the legend: the scale, and its ends."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QLinearGradient, QPainter, QPen

from app.language.sentences import translate
from app.look.theme import SMALL, Theme, ui_font
from app.overlays.colour_map import colour
from app.overlays.quantities import Quantity
from app.overlays.scale import STEPS, Scale
from app.overlays.words import number_text, title
from graph_model.frozen import frozen
from graph_model.network import NodeId

BAR: Final = 10
"""How high the colours are painted."""
_WIDTH: Final = 240.0
_STOPS: Final = 16


@frozen
class Key:
    """What cards are coloured by, on which scale, and what the numbers are of."""

    quantity: Quantity
    scale: Scale
    source: str


@frozen
class Coloured:
    """The colours of cards, and the key to them."""

    fills: Mapping[NodeId, str]
    key: Key


def paint_scale(
    painter: QPainter, room: QRectF, quantity: Quantity, scale: Scale, look: Theme
) -> None:
    """Paint the colours from the least to the most, and the numbers at both ends below."""
    bar = QRectF(room.left() + 0.5, room.top() + 0.5, room.width() - 1, BAR)
    ramp = QLinearGradient(bar.topLeft(), bar.topRight())
    for stop in range(_STOPS + 1):
        step = round(stop / _STOPS * (STEPS - 1))
        ramp.setColorAt(stop / _STOPS, QColor(colour(look, step, is_signed=quantity.is_signed)))
    painter.setPen(QPen(look.color("border_strong"), 1))
    painter.setBrush(ramp)
    painter.drawRect(bar)
    painter.setPen(look.color("text_muted"))
    line = room.adjusted(0, BAR + 4, 0, 0)
    low, high = (number_text(each, quantity.unit) for each in (scale.low, scale.high))
    painter.drawText(line, Qt.AlignmentFlag.AlignLeft, low)
    painter.drawText(line, Qt.AlignmentFlag.AlignRight, high)
    middle = "0" if quantity.is_signed else translate("Overlays", "log") if scale.is_log else ""
    painter.drawText(line, Qt.AlignmentFlag.AlignHCenter, middle)


def key_height() -> float:
    """Return how much room a key takes, of its width of 240 pixels."""
    return 3 * _line() + BAR + 8


def paint_key(painter: QPainter, at: QPointF, key: Key, look: Theme) -> None:
    """Paint a key whose upper left corner is at a point."""
    line = _line()
    painter.setFont(_font(QFont.Weight.DemiBold))
    painter.setPen(look.color("text"))
    room = QRectF(at.x(), at.y(), _WIDTH, line)
    painter.drawText(room, Qt.AlignmentFlag.AlignLeft, title(key.quantity.name))
    painter.setFont(_font(QFont.Weight.Normal))
    scale = room.translated(0, line).adjusted(0, 0, 0, BAR + 4)
    paint_scale(painter, scale, key.quantity, key.scale, look)
    painter.setPen(look.color("text_muted"))
    last = QRectF(at.x(), scale.bottom(), 4 * _WIDTH, line)
    painter.drawText(last, Qt.AlignmentFlag.AlignLeft, key.source)


def _font(weight: QFont.Weight) -> QFont:
    return ui_font(SMALL, weight)


def _line() -> float:
    return QFontMetricsF(_font(QFont.Weight.Normal)).height() + 2
