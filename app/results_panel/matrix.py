"""A confusion matrix: zoomed and scrolled under names that stay, its cells can be chosen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QHelpEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QToolTip, QWidget

from app.look import theme
from app.look.theme import SMALL, ui_font

_GAP: Final = 4
_TITLE: Final = 18
"""The height of the words that name the sides."""
_WIDEST_SHARE: Final = 0.34
"""How much of the room the names of classes take at most; more of one is told where one points."""
_NUMBERS_FROM: Final = 20
"""The side of a cell from which on its number is written into it."""
_SPARE: Final = 2
"""Pixels that Qt wants beyond the width of a text, or else it cuts it."""
_SMALLEST, _LARGEST = 4.0, 72.0
NAMED_UP_TO: Final = 20
"""The number of classes up to which cells are never smaller than their names."""
_STEP: Final = 1.25
_MOVES: Final = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


class Matrix(QAbstractScrollArea):
    """How often each true class was taken for each; ``chosen`` carries row and column, or −1.

    Arrows move, Return or a click chooses, Escape chooses none; the wheel with Ctrl zooms.
    """

    chosen = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counts: NDArray[np.int64] = np.zeros((0, 0), np.int64)
        self._names: tuple[str, ...] = ()
        self._are_shares = False
        self._zoom = 1.0
        self._longest = 0.0
        self._at: tuple[int, int] | None = None
        self._chosen: tuple[int, int] | None = None
        self.setFont(ui_font(SMALL - 1))
        self.setFrameShape(self.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(180, 160)
        self.viewport().setMouseTracking(True)
        theme.manager().changed.connect(self._repaint)

    def sizeHint(self) -> QSize:
        return QSize(340, 320)

    @property
    def cell(self) -> tuple[int, int] | None:
        """The cell that is chosen."""
        return self._chosen

    def show_counts(self, counts: NDArray[np.int64], names: Sequence[str]) -> None:
        """Show a matrix with the true classes in rows."""
        self._counts, self._names = counts, tuple(names)
        self._zoom, self._at, self._chosen = 1.0, None, None
        metrics = self.fontMetrics()
        longest = max([metrics.height(), *map(metrics.horizontalAdvance, self._names)])
        self._longest = float(longest + _SPARE + _GAP)
        self._fit()

    def show_shares(self, on: bool) -> None:
        """Show which share of its row each cell has, in place of how many."""
        self._are_shares = on
        self._repaint()

    def zoom(self, factor: float, about: QPointF | None = None) -> None:
        """Make cells larger or smaller; what lies at a point stays there."""
        on_diagonal = self._room(self._origin().x() - _TITLE) / 2
        point = about or self._origin() + QPointF(on_diagonal, on_diagonal)
        before, place = self.side, (point - self._origin() + self._scrolled()) / self.side
        least = self._whole()
        self._zoom = min(max(1.0, self._zoom * factor), max(1.0, _LARGEST / least))
        self._fit()
        if self.side != before:
            moved = place * self.side - (point - self._origin())
            self.horizontalScrollBar().setValue(round(moved.x()))
            self.verticalScrollBar().setValue(round(moved.y()))

    def choose(self, cell: tuple[int, int] | None) -> None:
        """Choose a cell, or none."""
        self._at, self._chosen = cell or self._at, cell
        self._repaint()
        self.chosen.emit(*(cell or (-1, -1)))

    @property
    def side(self) -> float:
        """How wide and high a cell is, in pixels."""
        return self._whole() * self._zoom

    def _whole(self) -> float:
        """Return the side with which the whole matrix is in view, if with no names."""
        count, height = max(1, len(self._counts)), self.fontMetrics().height()
        named = self._room(self._band()) / count
        if named < height and count > NAMED_UP_TO:
            return max(self._room(_GAP) / count, _SMALLEST)
        return min(max(named, float(height)), _LARGEST)

    def _room(self, band: float) -> float:
        size = self.viewport().size()
        return max(1.0, min(size.width(), size.height()) - _TITLE - band - 1)

    @property
    def _has_names(self) -> bool:
        return self.side >= self.fontMetrics().height() - 2

    def _origin(self) -> QPointF:
        start = _TITLE + (self._band() if self._has_names else _GAP)
        return QPointF(start, start)

    def _band(self) -> float:
        """Return the room for the names of the classes, as long as they are."""
        size = self.viewport().size()
        return min(self._longest, _WIDEST_SHARE * min(size.width(), size.height()))

    def _scrolled(self) -> QPointF:
        return QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def _fit(self) -> None:
        """Let the bars reach as far as the cells do."""
        size, start = self.viewport().size(), self._origin()
        whole = self.side * len(self._counts)
        for bar, room in (
            (self.horizontalScrollBar(), size.width() - start.x()),
            (self.verticalScrollBar(), size.height() - start.y()),
        ):
            bar.setRange(0, max(0, round(whole - room + 1)))
            bar.setPageStep(max(1, round(room)))
            bar.setSingleStep(round(self.side))
        self._repaint()

    def _repaint(self) -> None:
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Paint anew: the names move along one way only."""
        self._repaint()

    # ——— painting ———

    def paintEvent(self, event: QPaintEvent) -> None:
        if not len(self._counts):
            return
        painter = QPainter(self.viewport())
        painter.setFont(self.font())
        start, size = self._origin(), self.viewport().size()
        inside = QRectF(start.x(), start.y(), size.width() - start.x(), size.height() - start.y())
        painter.save()
        painter.setClipRect(inside)
        self._paint_cells(painter)
        painter.restore()
        painter.setPen(theme.current().color("text_muted"))
        self._paint_titles(painter, inside)
        if self._has_names:
            self._paint_names(painter, inside)

    def _shown(self, scrolled: float, room: float) -> range:
        """Return which rows or columns are in view."""
        first = int(scrolled // self.side)
        last = int((scrolled + room) // self.side) + 1
        return range(max(0, first), min(len(self._counts), last))

    def _paint_cells(self, painter: QPainter) -> None:
        """Paint the ground of all cells at once, then lines and numbers where there is room."""
        side, start = self.side, self._place(0, 0)
        whole = QRectF(start.x(), start.y(), side * len(self._counts), side * len(self._counts))
        shares = self._counts / np.maximum(1, self._counts.sum(axis=1, keepdims=True))
        painter.drawImage(whole, _ground(shares))
        rows = self._shown(self._scrolled().y(), self.viewport().height())
        columns = self._shown(self._scrolled().x(), self.viewport().width())
        if side > _GAP:
            painter.setPen(theme.current().color("surface"))
            for row in rows:
                y = start.y() + (row + 1) * side - 0.5
                painter.drawLine(QPointF(whole.left(), y), QPointF(whole.right(), y))
            for column in columns:
                x = start.x() + (column + 1) * side - 0.5
                painter.drawLine(QPointF(x, whole.top()), QPointF(x, whole.bottom()))
        if side >= _NUMBERS_FROM:
            for row in rows:
                for column in columns:
                    self._paint_number(painter, row, column, float(shares[row, column]))
        self._paint_marks(painter)

    def _paint_number(self, painter: QPainter, row: int, column: int, share: float) -> None:
        count = int(self._counts[row, column])
        if count:
            at = self._place(row, column)
            painter.setPen(_ink(share, row == column))
            area = QRectF(at.x(), at.y(), self.side - 1, self.side - 1)
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, self._text(share, count))

    def _paint_marks(self, painter: QPainter) -> None:
        """Frame the cell where the keys are, and the one that is chosen."""
        colours, at = theme.current(), self._at if self.hasFocus() else None
        for cell, token in ((at, "text_muted"), (self._chosen, "text")):
            if cell is not None:
                place = self._place(*cell)
                painter.setPen(QPen(colours.color(token), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                inner = max(1.0, self.side - 3)
                painter.drawRect(QRectF(place.x() + 1, place.y() + 1, inner, inner))

    def _text(self, share: float, count: int) -> str:
        return f"{100 * share:.0f}" if self._are_shares else str(count)

    def _place(self, row: int, column: int) -> QPointF:
        return self._origin() + QPointF(column * self.side, row * self.side) - self._scrolled()

    def _paint_titles(self, painter: QPainter, inside: QRectF) -> None:
        flags = Qt.AlignmentFlag.AlignCenter
        width = min(inside.width(), self.side * len(self._counts))
        height = min(inside.height(), self.side * len(self._counts))
        painter.drawText(QRectF(inside.left(), 0, width, _TITLE), flags, self.tr("predicted"))
        _draw_upwards(painter, QRectF(0, inside.top(), _TITLE, height), flags, self.tr("true"))

    def _paint_names(self, painter: QPainter, inside: QRectF) -> None:
        """Write the classes before the rows, and over the columns, upwards where they are long."""
        metrics, off, side = self.fontMetrics(), self._scrolled(), self.side
        room = int(self._band() - _GAP)
        lies_flat = all(metrics.horizontalAdvance(name) <= side - 2 for name in self._names)
        left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        middle, bottom = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignBottom
        painter.save()
        painter.setClipRect(QRectF(_TITLE, inside.top(), room + _GAP, inside.height()))
        for row in self._shown(off.y(), inside.height()):
            area = QRectF(_TITLE, self._place(row, 0).y(), room, side)
            painter.drawText(area, right | middle, self._elided(row, room))
        painter.setClipRect(QRectF(inside.left(), _TITLE, inside.width(), room + _GAP))
        for column in self._shown(off.x(), inside.width()):
            area = QRectF(self._place(0, column).x(), _TITLE, side, room)
            if lies_flat:
                painter.drawText(area, Qt.AlignmentFlag.AlignHCenter | bottom, self._names[column])
            else:
                _draw_upwards(painter, area, left | middle, self._elided(column, room))
        painter.restore()

    def _elided(self, place: int, room: int) -> str:
        name = self._names[place]
        return self.fontMetrics().elidedText(name, Qt.TextElideMode.ElideMiddle, room)

    # ——— mouse and keys ———

    def cell_at(self, at: QPointF) -> tuple[int, int] | None:
        """Return row and column of the cell at a point of the viewport."""
        start = self._origin()
        if not len(self._counts) or at.x() < start.x() or at.y() < start.y():
            return None
        inside = (at - start + self._scrolled()) / self.side
        row, column = int(inside.y()), int(inside.x())
        count = len(self._counts)
        return (row, column) if row < count and column < count else None

    def words_at(self, at: QPointF) -> str:
        """Return what a cell means, or a class is called whose name is cut; or nothing."""
        cell = self.cell_at(at)
        if cell is None:
            return self._name_at(at)
        row, column = cell
        count, whole = int(self._counts[cell]), max(1, int(self._counts[row].sum()))
        told = self.tr("{0} taken for {1}: {2} of {3} ({4} %)")
        share = f"{100 * count / whole:.1f}"
        return told.format(self._names[row], self._names[column], count, whole, share)

    def _name_at(self, at: QPointF) -> str:
        inside = (at - self._origin() + self._scrolled()) / self.side
        place = int(inside.y() if at.x() < self._origin().x() else inside.x())
        in_names = min(at.x(), at.y()) >= _TITLE or max(at.x(), at.y()) >= self._origin().x()
        return self._names[place] if in_names and 0 <= place < len(self._names) else ""

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            words = self.words_at(event.pos().toPointF())
            QToolTip.showText(event.globalPos(), words, self.viewport())
            return True
        return super().viewportEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        is_cell = self.cell_at(event.position()) is not None
        shape = Qt.CursorShape.PointingHandCursor if is_cell else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            cell = self.cell_at(event.position())
            self.choose(None if cell == self._chosen else cell)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            steps = event.angleDelta().y() / 120
            self.zoom(_STEP**steps, event.position())
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, last = Qt.Key(event.key()), len(self._counts) - 1
        if key in _MOVES and last >= 0:
            down, right = _MOVES[key]
            row, column = self._at or (0, -right if right > 0 else 0)
            self._at = (min(max(0, row + down), last), min(max(0, column + right), last))
            self._bring_into_view(*self._at)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._at:
            self.choose(None if self._at == self._chosen else self._at)
        elif key is Qt.Key.Key_Escape and self._chosen:
            self.choose(None)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
            self.zoom(1 / _STEP if key is Qt.Key.Key_Minus else _STEP)
        else:
            super().keyPressEvent(event)

    def _bring_into_view(self, row: int, column: int) -> None:
        side = self.side
        for place, bar in (
            (column, self.horizontalScrollBar()),
            (row, self.verticalScrollBar()),
        ):
            first, last = round((place + 1) * side) - bar.pageStep(), round(place * side)
            bar.setValue(min(max(bar.value(), first), last))
        QToolTip.hideText()
        self._tell(row, column)
        self._repaint()

    def _tell(self, row: int, column: int) -> None:
        """Say where the keys are, to those who see and those who hear."""
        middle = self._place(row, column) + QPointF(self.side / 2, self.side / 2)
        words = self.words_at(middle)
        self.setAccessibleDescription(words)
        point = self.viewport().mapToGlobal(QPoint(round(middle.x()), round(middle.y())))
        QToolTip.showText(point, words, self.viewport())


def _ink(share: float, is_right: bool) -> QColor:
    """Return what is legible on a cell: the darker theme has light errors."""
    colours = theme.current()
    if share <= 0.3:
        return colours.color("text")
    return colours.color("on_accent") if is_right or not colours.is_dark else QColor("#1A1D22")


def _draw_upwards(painter: QPainter, area: QRectF, alignment: Qt.AlignmentFlag, text: str) -> None:
    """Write a text that is read from the bottom of an area to its top."""
    painter.save()
    painter.translate(area.left(), area.bottom())
    painter.rotate(-90)
    painter.drawText(QRectF(0, 0, area.height(), area.width()), alignment, text)
    painter.restore()


def _ground(shares: NDArray[np.float64]) -> QImage:
    """Return a pixel for each cell: the stronger the larger its share of the row."""
    colours = theme.current()

    def levels(colour: QColor) -> NDArray[np.float64]:
        return np.array([colour.red(), colour.green(), colour.blue()], float)

    strength = np.sqrt(shares)[:, :, None]
    is_right = np.eye(len(shares), dtype=bool)[:, :, None]
    colour = np.where(is_right, levels(colours.color("accent")), levels(colours.color("error")))
    ground = levels(colours.color("hover"))
    mixed = np.ascontiguousarray((ground + (colour - ground) * strength).round().astype(np.uint8))
    height, width = shares.shape
    return QImage(mixed.data, width, height, 3 * width, QImage.Format.Format_RGB888).copy()
