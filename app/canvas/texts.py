"""Lines of text ready to paint, shortened to the room there is."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QStaticText


class Line(NamedTuple):
    """Text ready to paint, its left end and its middle."""

    text: QStaticText
    left: float
    middle: float

    def paint(self, painter: QPainter) -> None:
        """Paint the text in the font and pen in use."""
        top = self.middle - self.text.size().height() / 2
        painter.drawStaticText(QPointF(self.left, top), self.text)

    def area(self, centre: QPointF) -> QRectF:
        """Return where the text stands on a card with this centre."""
        size = self.text.size()
        return QRectF(QPointF(self.left, self.middle - size.height() / 2), size).translated(centre)


def prepared(text: str, font: QFont, room: float) -> QStaticText:
    """Return text ready to paint, shortened to the room there is."""
    metrics = QFontMetricsF(font)
    static = QStaticText(metrics.elidedText(text, Qt.TextElideMode.ElideRight, room))
    static.setTextFormat(Qt.TextFormat.PlainText)
    static.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
    static.prepare(font=font)
    return static
