"""A field to draw in with the mouse: strokes, of which the last can be taken back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QCursor,
    QImage,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.look import theme
from app.look.theme import RADIUS

SIDE: Final = 256
"""The longest side, in pixels, of what is drawn, however large the field is."""
_LEAST: Final = 180
_DARK, _BRIGHT = QColor("#0B0C0E"), QColor("#FFFFFF")


@dataclass
class _Stroke:
    """A line of some width, all as shares of the field; one that erases is ground."""

    width: float
    erases: bool
    points: list[QPointF] = field(default_factory=list)


class DrawingField(QWidget):
    """Ink on a ground, in the colours of the data; ``changed`` says that another line was drawn.

    The left button draws, the right one erases; Ctrl+Z takes back a stroke, Delete clears.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.brush = 0.1
        """The width of the brush as a share of the field."""
        self._strokes: list[_Stroke] = []
        self._is_drawing = False
        self._is_bright_on_dark = True
        self._shape = (SIDE, SIDE)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(_LEAST, _LEAST)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._show_brush()

    def sizeHint(self) -> QSize:
        return QSize(280, 280)

    def use(self, height: int, width: int, *, is_bright_on_dark: bool) -> None:
        """Be as wide as high as these sizes say, and clear."""
        scale = SIDE / max(height, width)
        self._shape = (round(height * scale), round(width * scale))
        self._is_bright_on_dark = is_bright_on_dark
        self._strokes.clear()
        self._show_brush()
        self.update()

    def whole_height(self) -> int:
        """Return the height with which the ground is as wide as there is room."""
        height, width = self._shape
        return round(self.width() * height / width)

    def set_brush(self, share: float) -> None:
        """Draw so wide from now on."""
        self.brush = share
        self._show_brush()

    @property
    def is_empty(self) -> bool:
        """Whether nothing was drawn."""
        return not self._strokes

    def undo(self) -> None:
        """Take back the last stroke."""
        if self._strokes:
            self._strokes.pop()
            self._is_drawing = False
            self._tell()

    def clear(self) -> None:
        """Take back all."""
        if self._strokes:
            self._strokes.clear()
            self._is_drawing = False
            self._tell()

    def ink(self) -> NDArray[Any]:
        """Return what was drawn, from 0 to 1, of shape (height, width)."""
        height, width = self._shape
        image = QImage(width, height, QImage.Format.Format_Grayscale8)
        image.fill(0)
        painter = QPainter(image)
        area = QRectF(0, 0, width, height)
        self._paint_strokes(painter, area, QColor(255, 255, 255), QColor(0, 0, 0))
        painter.end()
        levels = np.frombuffer(image.constBits(), np.uint8).reshape(height, image.bytesPerLine())
        return (levels[:, :width] / np.float32(255)).astype(np.float32)

    def _tell(self) -> None:
        self.update()
        self.changed.emit()

    # ——— mouse and keys ———

    def mousePressEvent(self, event: QMouseEvent) -> None:
        erases = event.button() is Qt.MouseButton.RightButton
        if erases or event.button() is Qt.MouseButton.LeftButton:
            self._is_drawing = True
            self._strokes.append(_Stroke(self.brush * (2 if erases else 1), erases))
            self._add(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._is_drawing:
            self._add(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._is_drawing = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Undo):
            self.undo()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.clear()
        else:
            super().keyPressEvent(event)

    def _add(self, at: QPointF) -> None:
        area = self._area()
        point = at - area.topLeft()
        self._strokes[-1].points.append(
            QPointF(point.x() / area.width(), point.y() / area.height())
        )
        self._tell()

    # ——— painting ———

    def _area(self) -> QRectF:
        """Return where the ground lies: as large as there is room, in the shape of the data."""
        height, width = self._shape
        scale = min(self.width() / width, self.height() / height)
        size = QSize(round(width * scale), round(height * scale))
        return QRectF(0, (self.height() - size.height()) / 2, size.width(), size.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area, colours = self._area(), theme.current()
        dark_first = self._is_bright_on_dark
        ground, ink = (_DARK, _BRIGHT) if dark_first else (_BRIGHT, _DARK)
        edge = colours.color("accent" if self.hasFocus() else "border_strong")
        painter.setPen(QPen(edge, 1))
        painter.setBrush(ground)
        painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        if self.is_empty:
            muted = QColor("#9AA2B1") if dark_first else QColor("#586072")
            painter.setPen(muted)
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, self.tr("Draw here"))
        painter.setClipRect(area.adjusted(1, 1, -1, -1))
        painter.translate(area.topLeft())
        self._paint_strokes(painter, QRectF(0, 0, area.width(), area.height()), ink, ground)

    def _paint_strokes(self, painter: QPainter, area: QRectF, ink: QColor, ground: QColor) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        side = max(area.width(), area.height())
        for stroke in self._strokes:
            pen = QPen(ground if stroke.erases else ink, stroke.width * side)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.setPen(pen)
            path = QPainterPath(_within(area, stroke.points[0]))
            for point in stroke.points[1:] or stroke.points[:1]:
                path.lineTo(_within(area, point) + QPointF(0.01, 0))
            painter.drawPath(path)

    def _show_brush(self) -> None:
        """Let the mouse show how wide the brush is."""
        side = max(self._area().width(), self._area().height())
        width = max(6, round(self.brush * side))
        picture = QPixmap(width + 2, width + 2)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor("#8E99FF" if self._is_bright_on_dark else "#4F5BD5"), 1.4))
        painter.drawEllipse(QRectF(1, 1, width, width))
        painter.end()
        self.setCursor(QCursor(picture))


def _within(area: QRectF, point: QPointF) -> QPointF:
    return QPointF(point.x() * area.width(), point.y() * area.height())
