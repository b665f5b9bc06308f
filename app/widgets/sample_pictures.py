"""Samples as pictures: pixels as they are, series as curves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPixmap, QPolygonF

from app.look import theme

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]

_GAP: Final = 4
_MOST_CURVES: Final = 6
_MOST_POINTS: Final = 400


def as_pixmap(pixels: Array, side: int, *, is_scaled: bool = True) -> QPixmap:
    """Return pixels of shape (1 or 3, H, W) as a picture of at most so many pixels a side.

    The lowest number is black and the highest bright, for they may be shifted and scaled; where
    they are not, numbers go from 0 to 255.
    """
    finite = np.nan_to_num(pixels.astype(np.float32))
    low, high = (float(finite.min()), float(finite.max())) if is_scaled else (0.0, 255.0)
    levels = ((finite - low) * (255 / (high - low or 1))).astype(np.uint8)
    rows = np.ascontiguousarray(levels.transpose(1, 2, 0).repeat(3 // len(levels), axis=2))
    height, width = rows.shape[:2]
    image = QImage(rows.data, width, height, 3 * width, QImage.Format.Format_RGB888).copy()
    is_small = max(width, height) < side
    mode = Qt.TransformationMode.FastTransformation
    smooth = mode if is_small else Qt.TransformationMode.SmoothTransformation
    keep = Qt.AspectRatioMode.KeepAspectRatio
    return QPixmap.fromImage(image).scaled(side, side, keep, smooth)


def as_mask(classes: Array, side: int) -> QPixmap:
    """Return the class at each place, of shape (H, W), in the colours of curves; the first dim.

    Places that count for nothing, below 0, have the colour of letters.
    """
    colours = theme.current()
    palette = [colours.color("border"), *map(QColor, colours.curves), colours.color("text")]
    levels = np.array([(each.red(), each.green(), each.blue()) for each in palette], np.uint8)
    shown = np.where(classes > 0, 1 + (classes - 1) % len(colours.curves), np.sign(classes))
    return as_pixmap(levels[shown].transpose(2, 0, 1), side, is_scaled=False)


def beside(left: QPixmap, right: QPixmap) -> QPixmap:
    """Return two pictures side by side."""
    made = QPixmap(left.width() + right.width() + _GAP, max(left.height(), right.height()))
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.drawPixmap(0, 0, left)
    painter.drawPixmap(left.width() + _GAP, 0, right)
    painter.end()
    return made


def as_curves(series: Array, width: int, height: int) -> QPixmap:
    """Return a series of shape (T, variables) as small curves, each over its own range."""
    picture = QPixmap(width, height)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    colours = theme.current().curves
    series = np.nan_to_num(series[:: max(1, len(series) // _MOST_POINTS)].astype(np.float64))
    for place, values in enumerate(series.T[:_MOST_CURVES]):
        low, high = values.min(), values.max()
        down = 2 + (height - 4) * (1 - (values - low) / (high - low or 1))
        along = np.linspace(2, width - 2, len(values))
        painter.setPen(QPen(QColor(colours[place % len(colours)]), 1.4))
        painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in zip(along, down, strict=True)]))
    painter.end()
    return picture
