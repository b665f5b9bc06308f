"""Lines of text ready to paint, shortened to the room there is."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QStaticText

TIMES_PADDING: Final = 8
"""The room on either side of how often a block is repeated, on its pill."""


class Line:
    """Text ready to paint, its left end and its middle, and where ``at`` it is painted."""

    __slots__ = ("at", "left", "middle", "text")

    def __init__(self, text: QStaticText, left: float, middle: float) -> None:
        self.text, self.left, self.middle = text, left, middle
        self.at = QPointF(left, middle - text.size().height() / 2)

    def paint(self, painter: QPainter, higher: float = 0.0) -> None:
        """Paint the text in the font and pen in use, or so much ``higher`` than its place."""
        painter.drawStaticText(self.at - QPointF(0, higher) if higher else self.at, self.text)

    def area(self, centre: QPointF) -> QRectF:
        """Return where the text stands on a card with this centre."""
        return QRectF(self.at, self.text.size()).translated(centre)


def plain(font: QFont) -> QFont:
    """Return a font whose letters look alike in a window and in a picture: without colours."""
    font.setStyleStrategy(QFont.StyleStrategy.NoSubpixelAntialias)
    return font


def prepared(text: str, font: QFont, room: float) -> QStaticText:
    """Return text ready to paint, shortened to the room there is."""
    metrics = QFontMetricsF(font)
    static = QStaticText(metrics.elidedText(text, Qt.TextElideMode.ElideRight, room))
    static.setTextFormat(Qt.TextFormat.PlainText)
    static.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
    static.prepare(font=font)
    return static


def times_line(times: str, font: QFont, right: float, middle: float, room: float) -> Line | None:
    """Return how often a block is repeated, its pill ending at the right; ``None`` where once."""
    if not times:
        return None
    text = prepared(times, font, room)
    return Line(text, right - TIMES_PADDING - text.size().width(), middle)


def up_to(times: Line | None, right: float) -> float:
    """Return where what stands beside the pill has to end, ``right`` where there is none."""
    return right if times is None else times.left - 2 * TIMES_PADDING
