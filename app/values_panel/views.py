"""The views of a tensor: histogram, heat map, small pictures, vectors in two dimensions."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app.inspecting.seen import Cloud, Heat, Histogram, Numbers, Tiles
from app.look import theme
from app.look.theme import SMALL, ui_font
from app.overlays.words import plain_text
from app.values_panel.painting import Range, image, range_of

_GAP: Final = 3
_STRIP: Final = 12
"""How high a row of a heat map is at most, where there are few."""
_HEIGHT: Final = 148
_NAMED: Final = 120
"""Up to how many vectors have their names written beside them."""
_FEW, _ALONE = 3, 128
"""Of so few pictures each may be so wide."""
_NEAR: Final = 8.0
"""Within how many pixels the mouse is on a vector."""


class _View(QWidget):
    """Painted in the theme in use; as high as there is room."""

    def __init__(self) -> None:
        super().__init__()
        self.setFont(ui_font(SMALL))
        self.setMinimumHeight(72)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        theme.manager().changed.connect(self.update)

    @property
    def foot(self) -> int:
        """How high the line is that is written below a picture."""
        return self.fontMetrics().height() + 2

    def told_at(self, at: QPointF) -> str:
        """Return what there is to say of a place."""
        return ""

    def event(self, event: QEvent) -> bool:
        """Tell what is below the mouse."""
        if isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.told_at(QPointF(event.pos())), self)
            return True
        return super().event(event)

    def write_ends(self, painter: QPainter, within: Range) -> None:
        """Write the ends of a range below what was painted."""
        painter.setPen(theme.current().color("text_muted"))
        line = QRectF(0, self.height() - self.foot, self.width(), self.foot)
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft, plain_text(within.low))
        painter.drawText(line, Qt.AlignmentFlag.AlignRight, plain_text(within.high))


class HistogramView(_View):
    """How the numbers of a tensor are spread."""

    def __init__(self) -> None:
        super().__init__()
        self.histogram: Histogram | None = None

    def show_histogram(self, histogram: Histogram) -> None:
        """Show another one."""
        self.histogram = histogram
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a bar for each bin, and where 0 is."""
        found, look = self.histogram, theme.current()
        if found is None:
            return
        painter = QPainter(self)
        room = QRectF(0, 0, self.width(), self.height() - self.foot - 1)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color("accent"))
        wide, most = room.width() / len(found.counts), max(1, int(found.counts.max()))
        for at, count in enumerate(found.counts.tolist()):
            high = room.height() * count / most
            painter.drawRect(QRectF(at * wide, room.bottom() - high, max(1.0, wide - 1), high))
        painter.setPen(QPen(look.color("border_strong"), 1))
        painter.drawLine(room.bottomLeft(), room.bottomRight())
        if found.low < 0 < found.high:
            zero = -found.low / (found.high - found.low) * room.width()
            painter.setPen(QPen(look.color("text_muted"), 1, Qt.PenStyle.DotLine))
            painter.drawLine(QPointF(zero, 0), QPointF(zero, room.bottom()))
        self.write_ends(painter, Range(found.low, found.high))
        painter.end()


class HeatView(_View):
    """A tensor as rows and columns of colours."""

    def __init__(self) -> None:
        super().__init__()
        self.heat: Heat | None = None

    def show_heat(self, heat: Heat) -> None:
        """Show another one."""
        self.heat = heat
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(220, _HEIGHT)

    def _place(self) -> QRectF:
        """Return where the colours are: a single row is a strip."""
        assert self.heat is not None
        rows, columns = self.heat.numbers.shape
        wide, high = self.width(), self.height() - self.foot
        return QRectF(0, 0, wide, min(high, max(_STRIP * rows, wide * rows // columns)))

    def told_at(self, at: QPointF) -> str:
        """Return the row, the column, and the number there."""
        if self.heat is None or not self._place().contains(at):
            return ""
        return _number_at(self.heat.numbers, at, self._place(), (self.heat.rows, self.heat.columns))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the colours, and the numbers at their ends."""
        if self.heat is None:
            return
        painter = QPainter(self)
        within = range_of(self.heat.numbers)
        painter.drawImage(self._place(), image(self.heat.numbers, within))
        self.write_ends(painter, within)
        painter.end()


class TilesView(_View):
    """Small pictures beside and below one another, as many in a column as there is room for."""

    def __init__(self, least: int, largest: int) -> None:
        super().__init__()
        self._least, self._largest = least, largest
        self.tiles: Tiles | None = None

    def show_tiles(self, tiles: Tiles) -> None:
        """Show others."""
        self.tiles = tiles
        self._fit()
        self.update()

    def resizeEvent(self, event: QEvent) -> None:
        """Take more columns where there is less height."""
        self._fit()

    def _fit(self) -> None:
        if self.tiles is not None:
            rows, side = self._layout()
            columns = math.ceil(len(self.tiles.pictures) / rows)
            self.setFixedWidth(max(60, columns * (side + _GAP) - _GAP))

    def _layout(self) -> tuple[int, int]:
        """Return how many pictures a column has, and how wide each is."""
        assert self.tiles is not None
        room, count = max(1, self.height() - self.foot), max(1, len(self.tiles.pictures))
        rows = max(1, min(count, (room + _GAP) // (self._least + _GAP)))
        largest = self._largest
        if count <= _FEW:
            rows, largest = 1, max(largest, _ALONE)
        side = (room + _GAP) // rows - _GAP
        return rows, max(8, min(largest, side))

    def _place(self, at: int) -> QRectF:
        """Return where a picture is."""
        assert self.tiles is not None
        rows, side = self._layout()
        column, row = divmod(at, rows)
        high, wide = self.tiles.pictures[at].shape[:2]
        scale = side / max(high, wide)
        place = QRectF(0, 0, wide * scale, high * scale)
        return place.translated(column * (side + _GAP), row * (side + _GAP))

    def told_at(self, at: QPointF) -> str:
        """Return the number of the picture there, and what it has there."""
        for index, each in enumerate(self.tiles.pictures if self.tiles else ()):
            place = self._place(index)
            if place.contains(at):
                told = _number_at(each, at, place, each.shape[:2]) if each.ndim == 2 else ""
                return f"{index}   {told}".rstrip()
        return ""

    def sizeHint(self) -> QSize:
        return QSize(self.width(), _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint all of them in one range of colours, whose ends are written below."""
        if self.tiles is None:
            return
        painter = QPainter(self)
        plain = [each for each in self.tiles.pictures if each.ndim == 2]
        within = range_of(*plain)
        for at, each in enumerate(self.tiles.pictures):
            painter.drawImage(self._place(at), image(each, within))
        if plain:
            self.write_ends(painter, within)
        painter.end()


class CloudView(_View):
    """Vectors in the two directions in which they differ most; the mouse tells their names."""

    def __init__(self) -> None:
        super().__init__()
        self.setMouseTracking(True)
        self.cloud: Cloud | None = None

    def show_cloud(self, cloud: Cloud) -> None:
        """Show another one."""
        self.cloud = cloud
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(300, _HEIGHT)

    def _places(self) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
        """Return where each vector is painted, one scale for both directions."""
        assert self.cloud is not None
        points = self.cloud.points.astype(np.float64)
        low, high = points.min(axis=0), points.max(axis=0)
        room = np.array([self.width() - 16.0, self.height() - 16.0])
        scale = (room / np.maximum(high - low, 1e-12)).min()
        middle = np.array([self.width() / 2, self.height() / 2])
        places = (points - (low + high) / 2) * scale * (1, -1) + middle
        return np.asarray(places)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a dot for each, or where there are few of them its name."""
        if self.cloud is None:
            return
        look, painter = theme.current(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        names = self.cloud.names if len(self.cloud.names) <= _NAMED else ()
        places = self._places().tolist()
        dot = QPen(look.color("accent"), 4)
        dot.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(dot)
        painter.drawPoints([QPointF(*each) for each in places])
        painter.setPen(look.color("text"))
        for name, (x, y) in zip(names, places, strict=False):
            painter.drawText(QPointF(x + 4, y + 4), shown(name))
        painter.end()

    def told_at(self, at: QPointF) -> str:
        """Return the name of the vector there, or its number."""
        if self.cloud is None:
            return ""
        away = np.linalg.norm(self._places() - at.toTuple(), axis=1)
        nearest = int(away.argmin())
        if away[nearest] > _NEAR:
            return ""
        names = self.cloud.names
        return shown(names[nearest]) if nearest < len(names) else str(nearest)


def _number_at(numbers: Numbers, at: QPointF, place: QRectF, size: tuple[int, ...]) -> str:
    """Return what is at a point of a picture: ``[3, 5]  0.12``, of a mean where it is of several.

    ``size`` is how many rows and columns the picture stands for.
    """
    shares = (at.y() - place.top()) / place.height(), (at.x() - place.left()) / place.width()
    row, column = (int(share * of) for share, of in zip(shares, numbers.shape, strict=True))
    where = ", ".join(str(int(share * of)) for share, of in zip(shares, size, strict=True))
    sign = "≈" if tuple(size) != numbers.shape else ""
    return f"[{where}]  {sign}{plain_text(float(numbers[row, column]))}"


def shown(name: str) -> str:
    """Return a token so that it can be seen, be it a blank."""
    return {" ": "␣", "\n": "⏎", "\t": "⇥"}.get(name, name)
