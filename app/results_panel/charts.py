"""Charts of what a model got right and wrong."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import pyqtgraph
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolTip, QWidget

from app.look import theme
from app.look.theme import SMALL, ui_font
from app.widgets.plot_menus import adopt_menus

_MARGIN: Final = 8
_GAP: Final = 4
_TITLE: Final = 18
"""The height of the words that name the sides."""
_WIDEST_NAME: Final = 90.0
_NAMED_UP_TO: Final = 20
"""The number of classes up to which there is always room for their names."""
_LEAST: Final = 140
"""The least width and height, in pixels."""
_NUMBERS_FROM: Final = 20
"""The side of a cell from which on its number is written into it."""
_SPARE: Final = 2
"""Pixels that Qt wants beyond the width of a text, or else it cuts it."""


class ConfusionView(QWidget):
    """How often each true class was taken for each class; hovering tells the words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counts: NDArray[np.int64] = np.zeros((0, 0), np.int64)
        self._names: tuple[str, ...] = ()
        self.setMinimumSize(_LEAST, _LEAST)
        self.setFont(ui_font(SMALL - 1))
        theme.manager().changed.connect(self._repaint)

    def sizeHint(self) -> QSize:
        return QSize(320, 280)

    def _repaint(self) -> None:
        self.update()

    def show_counts(self, counts: NDArray[np.int64], names: Sequence[str]) -> None:
        """Show a matrix with the true classes in rows."""
        self._counts, self._names = counts, tuple(names)
        least = self._least_side()
        self.setMinimumSize(least, least)
        self.updateGeometry()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not len(self._counts):
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        grid, side = self._grid()
        self._paint_cells(painter, grid, side)
        painter.setPen(theme.current().color("text_muted"))
        self._paint_titles(painter, grid)
        if side >= self.fontMetrics().height() - 2:
            self._paint_names(painter, grid, side)

    def _paint_cells(self, painter: QPainter, grid: QRectF, side: float) -> None:
        colours = theme.current()
        inner = side - 1 if side >= _GAP else side
        rows = self._counts / np.maximum(1, self._counts.sum(axis=1, keepdims=True))
        for row, column in np.ndindex(self._counts.shape):
            cell = QRectF(grid.left() + column * side, grid.top() + row * side, inner, inner)
            share = float(rows[row, column])
            base = colours.color("accent" if row == column else "error")
            painter.fillRect(cell, _blend(colours.color("hover"), base, share**0.5))
            count = int(self._counts[row, column])
            if side >= _NUMBERS_FROM and count:
                painter.setPen(QColor("#FFFFFF") if share > 0.35 else colours.color("text"))
                painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, str(count))

    def _paint_titles(self, painter: QPainter, grid: QRectF) -> None:
        flags = Qt.AlignmentFlag.AlignCenter
        painter.drawText(QRectF(grid.left(), 0, grid.width(), _TITLE), flags, self.tr("predicted"))
        _draw_upwards(painter, QRectF(0, grid.top(), _TITLE, grid.height()), flags, self.tr("true"))

    def _paint_names(self, painter: QPainter, grid: QRectF, side: float) -> None:
        """Write the classes before the rows, and over the columns, upwards where they are long."""
        metrics, band = self.fontMetrics(), self._band()
        elide, room = Qt.TextElideMode.ElideRight, int(band - _GAP)
        lies_flat = all(metrics.horizontalAdvance(name) <= side - 2 for name in self._names)
        left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        middle, bottom = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignBottom
        for place, name in enumerate(self._names):
            short = metrics.elidedText(name, elide, room)
            row = QRectF(_TITLE, grid.top() + place * side, room, side)
            painter.drawText(row, right | middle, short)
            column = QRectF(grid.left() + place * side, _TITLE, side, room)
            if lies_flat:
                painter.drawText(column, Qt.AlignmentFlag.AlignHCenter | bottom, name)
            else:
                _draw_upwards(painter, column, left | middle, short)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self.words_at(event.pos().toPointF()), self)
            return True
        return super().event(event)

    def words_at(self, at: QPointF) -> str:
        """Return what the cell at a point means, or nothing."""
        if not len(self._counts):
            return ""
        grid, side = self._grid()
        column, row = int((at.x() - grid.left()) // side), int((at.y() - grid.top()) // side)
        if not (0 <= row < len(self._counts) and 0 <= column < len(self._counts)):
            return ""
        count = int(self._counts[row, column])
        return self.tr("{0} taken for {1}: {2} times").format(
            self._names[row], self._names[column], count
        )

    def _least_side(self) -> int:
        """Return the side with which the names of not too many classes can be read."""
        if len(self._names) > _NAMED_UP_TO:
            return _LEAST
        metrics = self.fontMetrics()
        widest = max((metrics.horizontalAdvance(name) for name in self._names), default=0)
        band = min(_WIDEST_NAME, widest + _GAP)
        return max(_LEAST, round(_TITLE + band + len(self._names) * metrics.height() + _MARGIN))

    def _band(self) -> float:
        """Return the room for the names of the classes, on the left and above."""
        metrics = self.fontMetrics()
        widest = max((metrics.horizontalAdvance(name) for name in self._names), default=0)
        room = min(_WIDEST_NAME, min(self.width(), self.height()) / 2.5)
        return max(float(metrics.height() + _GAP), min(float(widest + _GAP + _SPARE), room))

    def _grid(self) -> tuple[QRectF, float]:
        """Return where the cells lie and the side of one."""
        start = _TITLE + self._band()
        room = min(self.width(), self.height()) - start - _MARGIN
        side = max(2.0, float(room // len(self._counts)))
        return QRectF(start, start, side * len(self._counts), side * len(self._counts)), side


def _draw_upwards(painter: QPainter, area: QRectF, alignment: Qt.AlignmentFlag, text: str) -> None:
    """Write a text that is read from the bottom of an area to its top."""
    painter.save()
    painter.translate(area.left(), area.bottom())
    painter.rotate(-90)
    painter.drawText(QRectF(0, 0, area.height(), area.width()), alignment, text)
    painter.restore()


class ScatterView(pyqtgraph.PlotWidget):  # type: ignore[misc]
    """Predicted against true values; on the diagonal they agree."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.plotItem.hideButtons()
        adopt_menus(self)
        self._line = self.plotItem.plot()
        self._dots = pyqtgraph.ScatterPlotItem(size=5, pen=None)
        self.plotItem.addItem(self._dots)
        self.setMinimumSize(_LEAST, _LEAST)
        theme.manager().changed.connect(self._follow_theme)
        self._follow_theme()

    def show_points(self, true: NDArray[np.float32], predicted: NDArray[np.float32]) -> None:
        """Show one dot for each sample."""
        self._dots.setData(true.astype(float), predicted.astype(float))
        if len(true):
            ends = [
                float(min(true.min(), predicted.min())),
                float(max(true.max(), predicted.max())),
            ]
            self._line.setData(ends, ends)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._follow_theme()
        super().changeEvent(event)

    def _follow_theme(self) -> None:
        colours = theme.current()
        self.setBackground(colours.surface)
        self._line.setPen(pyqtgraph.mkPen(colours.border_strong, width=1))
        brush = colours.color("accent")
        brush.setAlpha(150)
        self._dots.setBrush(pyqtgraph.mkBrush(brush))
        for side, title in (("left", self.tr("predicted")), ("bottom", self.tr("true"))):
            axis = self.plotItem.getAxis(side)
            axis.setPen(colours.border_strong)
            axis.setTextPen(colours.text_muted)
            axis.setLabel(title, color=colours.text_muted)


def _blend(ground: QColor, colour: QColor, share: float) -> QColor:
    def between(start: float, end: float) -> float:
        return start + (end - start) * share

    return QColor.fromRgbF(
        between(ground.redF(), colour.redF()),
        between(ground.greenF(), colour.greenF()),
        between(ground.blueF(), colour.blueF()),
    )
