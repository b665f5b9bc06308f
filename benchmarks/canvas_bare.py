"""The least a canvas can be made of: what ours is measured against in the same run.

One item for each node, which paints a shared picture and its lines of text, and nothing of what
makes them useful; a plain path for each edge; from far away rectangles and lines from flat arrays.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import Final, cast

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
    QStaticText,
    QTransform,
)
from PySide6.QtWidgets import (
    QGraphicsItem,
    QGraphicsPathItem,
    QGraphicsScene,
    QGraphicsView,
    QStyleOptionGraphicsItem,
    QWidget,
)
from shiboken6 import Shiboken

from app.canvas.overview import BELOW
from app.layout.measures import HEIGHT, WIDTH

TITLE_BELOW: Final = 0.55
KINDS: Final = 4
_CARD: Final = QRectF(-WIDTH / 2, -HEIGHT / 2, WIDTH, HEIGHT)
_LINES: Final = ("16 → 16, 3×3, padding 1", "N×16×32×32", "2.3 k")


class BareCanvas(QGraphicsView):
    """Cards at some places, joined by edges between them."""

    def __init__(
        self, places: Sequence[tuple[float, float]], edges: Sequence[tuple[int, int]]
    ) -> None:
        super().__init__()
        self.widget: QWidget = self
        self.painted: QWidget = self.viewport()
        self.zoom = 1.0
        self._pictures: dict[tuple[int, float], QPixmap] = {}
        self._places = list(places)
        self._edges_of: list[list[int]] = [[] for _ in places]
        self._edges = list(edges)
        self._board = QGraphicsScene()
        self._cards = [_Card(index, self) for index in range(len(places))]
        self._wires = [QGraphicsPathItem() for _ in edges]
        pen = QPen(QColor("#7a8290"), 1.8)
        for index, (card, place) in enumerate(zip(self._cards, places, strict=True)):
            card.setPos(*place)
            self._board.addItem(card)
            self._edges_of[index] = []
        for number, (source, target) in enumerate(edges):
            self._edges_of[source].append(number)
            self._edges_of[target].append(number)
            self._wires[number].setPen(pen)
            self._wires[number].setZValue(-1)
            self._run(number)
            self._board.addItem(self._wires[number])
        self._rectangles = array(
            "d", [n for x, y in places for n in (x - WIDTH / 2, y - HEIGHT / 2, WIDTH, HEIGHT)]
        )
        self._lines = array("d", [n for each in edges for end in each for n in places[end]])
        self._set_up()

    def _set_up(self) -> None:
        room = self._board.itemsBoundingRect().adjusted(-4000, -4000, 4000, 4000)
        self._board.setSceneRect(room)
        self.setScene(self._board)
        self.setFrameShape(QGraphicsView.Shape.NoFrame)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.MinimalViewportUpdate)
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setOptimizationFlag(QGraphicsView.OptimizationFlag.DontAdjustForAntialiasing)
        self.setOptimizationFlag(QGraphicsView.OptimizationFlag.DontSavePainterState)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setBackgroundBrush(QColor("#f4f5f7"))

    def look_at(self, zoom: float, x: float, y: float) -> None:
        """Show a point in the middle at some zoom."""
        self.zoom = zoom
        self.setTransform(QTransform.fromScale(zoom, zoom))
        self.centerOn(x, y)

    def pan(self, across: int, down: int) -> None:
        """Move the view by pixels."""
        for bar, step in ((self.horizontalScrollBar(), across), (self.verticalScrollBar(), down)):
            bar.setValue(bar.value() + step)

    def drag(self, index: int, x: float, y: float) -> None:
        """Move a card and the ends of its edges."""
        self._places[index] = (x, y)
        self._cards[index].setPos(x, y)
        for number in self._edges_of[index]:
            self._run(number)

    def _run(self, number: int) -> None:
        (ax, ay), (bx, by) = (self._places[end] for end in self._edges[number])
        path = QPainterPath(QPointF(ax, ay + HEIGHT / 2))
        bend = min(160.0, max(20.0, abs(by - ay - HEIGHT) / 2))
        top, bottom = ay + HEIGHT / 2, by - HEIGHT / 2
        path.cubicTo(ax, top + bend, bx, bottom - bend, bx, bottom)
        self._wires[number].setPath(path)

    def picture(self, kind: int) -> QPixmap:
        """Return the picture of an empty card, made once for each step of √2 of the zoom."""
        scale = 0.25
        while scale < self.zoom * 0.999:
            scale *= 2**0.5
        found = self._pictures.get((kind, scale))
        if found is None:
            found = self._pictures[kind, scale] = _picture(kind, scale)
        return found

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.zoom >= BELOW:
            super().paintEvent(event)
            return
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self.backgroundBrush())
        painter.setWorldTransform(self.viewportTransform())
        painter.setPen(QPen(QColor("#9aa1ac"), 0))
        first = Shiboken.wrapInstance(self._lines.buffer_info()[0], QLineF)
        painter.drawLines(cast(QLineF, first), len(self._edges))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor("#3b6ea5"))
        rect = Shiboken.wrapInstance(self._rectangles.buffer_info()[0], QRectF)
        painter.drawRects(cast(QRectF, rect), len(self._cards))
        painter.end()


class _Card(QGraphicsItem):
    """One node: a picture and four lines of text."""

    def __init__(self, index: int, canvas: BareCanvas) -> None:
        super().__init__()
        self._index, self._canvas = index, canvas
        self._texts: list[QStaticText] = []

    def boundingRect(self) -> QRectF:
        return _CARD

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        if not self._texts:
            self._texts = [_text(each) for each in (f"layer{self._index}", *_LINES)]
        painter.drawPixmap(_CARD.topLeft(), self._canvas.picture(self._index % KINDS))
        painter.setPen(_INK)
        painter.setFont(_TITLE_FONT)
        painter.drawStaticText(_AT[0], self._texts[0])
        if self._canvas.zoom < TITLE_BELOW:
            return
        painter.setPen(_PALE)
        painter.setFont(_SMALL_FONT)
        for at, text in zip(_AT[1:], self._texts[1:], strict=True):
            painter.drawStaticText(at, text)


_INK, _PALE = QColor("#1e2127"), QColor("#5b6370")
_TITLE_FONT, _SMALL_FONT = QFont("sans", 10), QFont("sans", 8)
_AT: Final = tuple(QPointF(_CARD.left() + 14, _CARD.top() + 8 + 18 * row) for row in range(4))


def _text(text: str) -> QStaticText:
    prepared = QStaticText(text)
    prepared.setTextFormat(Qt.TextFormat.PlainText)
    prepared.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
    return prepared


def _picture(kind: int, scale: float) -> QPixmap:
    picture = QPixmap(round(WIDTH * scale), round(HEIGHT * scale))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(scale, scale)
    painter.setBrush(QColor("#ffffff"))
    painter.setPen(QPen(QColor.fromHsv(90 * kind, 120, 180), 1))
    painter.drawRoundedRect(QRectF(0.5, 0.5, WIDTH - 1, HEIGHT - 1), 8, 8)
    painter.end()
    picture.setDevicePixelRatio(scale)
    return picture
