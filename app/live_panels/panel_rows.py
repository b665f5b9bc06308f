"""Frames of panels in rows, each as wide and high as one drags it, or somewhere else."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSplitter, QWidget

from app.live_panels.frame import Frame
from app.live_panels.places import Places, Side
from app.look import theme
from app.widgets.arrangement import HORIZONTAL, VERTICAL
from app.widgets.page_parts import discard

_MARKED: Final = 70
"""How much of its colour the place has where a panel would come to lie, of 255."""

_MANY: Final = 1000
"""Sizes are shares: of fewer pixels than panels need at least, Qt would make equal parts."""


class PanelRows(QScrollArea):
    """Lays out frames as places say.

    ``sized`` carries the places with the sizes that one has dragged them to; ``dropped`` which
    panel was dragged, beside which other, and to what side of it.
    """

    sized = Signal(object)
    dropped = Signal(str, str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.content = _splitter(VERTICAL)
        """All rows, however many there are."""
        self.content.splitterMoved.connect(self._tell_sizes)
        self.setWidget(self.content)
        self._places = Places()
        self._frames: Mapping[str, Frame] = {}
        self._rows: list[QSplitter] = []
        self._mark = _Mark(self.viewport())
        self._mark.hide()

    def show_places(self, places: Places, frames: Mapping[str, Frame]) -> None:
        """Lay out the frames of panels, by the names that they have in places."""
        before, self._rows = self._rows, []
        self._places, self._frames = places, frames
        self.setUpdatesEnabled(False)
        for row in places.rows:
            splitter = _splitter(HORIZONTAL)
            self.content.addWidget(splitter)  # before what it holds, which would be styled twice
            for cell in row.cells:
                splitter.addWidget(frames[cell.panel])
            splitter.setSizes([_MANY * each.width for each in row.cells])
            splitter.splitterMoved.connect(self._tell_sizes)
            self._rows.append(splitter)
        for splitter in before:
            splitter.setParent(None)
            discard(splitter)
        self.content.setSizes([_MANY * row.height for row in places.rows])
        self.setUpdatesEnabled(True)

    def hide_all_but(self, shown: Collection[str]) -> None:
        """Show these panels alone, and no row without any."""
        for row, splitter in zip(self._places.rows, self._rows, strict=True):
            for panel in row.panels:
                self._frames[panel].setVisible(panel in shown)
            splitter.setVisible(any(panel in shown for panel in row.panels))

    def _tell_sizes(self) -> None:
        rows = self._places.rows
        heights = _as_seen(self.content.sizes(), [row.height for row in rows])
        widths = [
            _as_seen(splitter.sizes(), [each.width for each in row.cells])
            for splitter, row in zip(self._rows, rows, strict=True)
        ]
        self._places = self._places.sized(heights, widths)
        self.sized.emit(self._places)

    def drag(self, name: str, at: QPoint) -> None:
        """Mark where a panel would come to lie that is dragged to a point of the screen."""
        found = self._below(name, at)
        self._mark.setVisible(found is not None)
        if found is not None:
            other, side = found
            frame = self._frames[other]
            area = QRect(frame.mapTo(self.viewport(), QPoint()), frame.size())
            self._mark.setGeometry(_half(area, side))
            self._mark.raise_()

    def drop(self, name: str, at: QPoint) -> None:
        """Tell where a panel is to lie that was dragged to a point of the screen."""
        self._mark.hide()
        found = self._below(name, at)
        if found is not None:
            self.dropped.emit(name, *found)

    def _below(self, name: str, at: QPoint) -> tuple[str, Side] | None:
        """Return the other panel at a point of the screen, and the side of it that is nearest."""
        for other, frame in self._frames.items():
            point = frame.mapFromGlobal(at)
            if other != name and frame.isVisible() and frame.rect().contains(point):
                return other, _nearest_side(frame.rect(), point)
        return None


class _Mark(QWidget):
    """Lies where a panel would come to lie."""

    def paintEvent(self, event: QPaintEvent) -> None:
        colour = theme.current().color("accent")
        painter = QPainter(self)
        painter.setPen(colour)
        colour.setAlpha(_MARKED)
        painter.setBrush(colour)
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()


def _splitter(orientation: Qt.Orientation) -> QSplitter:
    splitter = QSplitter(orientation)
    splitter.setChildrenCollapsible(False)
    splitter.setHandleWidth(1)
    return splitter


def _as_seen(sizes: Sequence[int], before: Sequence[int]) -> list[int]:
    """Return sizes, with those of before, to scale, for what is hidden and has none."""
    seen = sum(old for old, size in zip(before, sizes, strict=True) if size)
    scale = sum(sizes) / seen if seen else 1.0
    return [size or round(old * scale) for old, size in zip(before, sizes, strict=True)]


def _nearest_side(area: QRect, point: QPoint) -> Side:
    across, down = point.x() / area.width(), point.y() / area.height()
    apart = {
        Side.LEFT: across,
        Side.RIGHT: 1 - across,
        Side.ABOVE: down,
        Side.BELOW: 1 - down,
    }
    return min(apart, key=lambda side: apart[side])


def _half(area: QRect, side: Side) -> QRect:
    """Return the half of an area at a side of it."""
    half = QRect(area)
    if side in (Side.LEFT, Side.RIGHT):
        half.setWidth(area.width() // 2)
    else:
        half.setHeight(area.height() // 2)
    if side is Side.RIGHT:
        half.moveRight(area.right())
    if side is Side.BELOW:
        half.moveBottom(area.bottom())
    return half
