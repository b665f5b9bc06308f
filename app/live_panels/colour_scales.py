"""Colours that stand for numbers, and the bar that says for which."""

from __future__ import annotations

from enum import Enum
from functools import cache
from typing import Final

import numpy as np
import pyqtgraph
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.look import theme
from app.look.theme import SMALL, SPACE, ui_font

_COLOURS: Final = 256
_BAR: Final = 8
"""The width of the bar, in pixels."""
_WIDTH: Final = 52


class Scale(Enum):
    """How numbers become colours.

    Those of a ``LOG`` are above 0 and drawn as their logarithms; ``FAINT`` is of parts of 100 and
    makes much of what is near 0; ``AROUND_ZERO`` has two colours for the two signs.
    """

    LINEAR = "linear"
    LOG = "log"
    FAINT = "faint"
    AROUND_ZERO = "around zero"

    def drawn(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return numbers as they lie on the scale, NaN for those that do not."""
        if self is Scale.LOG:
            return np.log10(np.where(values > 0, values, np.nan))
        return values

    def levels(self, drawn: NDArray[np.float64]) -> tuple[float, float]:
        """Return the ends of the scale for what is drawn."""
        finite = drawn[np.isfinite(drawn)]
        if not len(finite):
            return 0.0, 1.0
        low, high = float(finite.min()), float(finite.max())
        if self is Scale.FAINT:
            low = 0.0
        if self is Scale.AROUND_ZERO:
            high = max(abs(low), abs(high))
            low = -high
        return (low, high) if low < high else (low - 0.5, low + 0.5)

    def told(self, drawn: float) -> str:
        """Return the number that lies at a place of the scale."""
        if self is Scale.LOG:
            return f"{10**drawn:.2g}"
        return f"{drawn:.2g} %" if self is Scale.FAINT else f"{drawn:.3g}"


@cache
def colours_of(scale: Scale, is_dark: bool) -> NDArray[np.uint8]:
    """Return 256 colours from the low end of a scale to the high one, as rows of red, green, blue.

    Viridis, which keeps its order for the colour-blind and in print; in the light theme from its
    bright end, so that little is faint in both.
    """
    if scale is Scale.AROUND_ZERO:
        middle = theme.DARK.surface if is_dark else theme.LIGHT.surface
        ends = (theme.DARK if is_dark else theme.LIGHT).curves
        made = pyqtgraph.ColorMap([0.0, 0.5, 1.0], [ends[1], middle, ends[0]])
    else:
        made = pyqtgraph.colormap.get("viridis")
    places = np.linspace(0, 1, _COLOURS)
    if scale is Scale.FAINT:
        places = np.sqrt(places)
    if not is_dark and scale is not Scale.AROUND_ZERO:
        places = 1 - places
    found: NDArray[np.uint8] = made.map(places, mode="byte")[:, :3]
    return found


class ColourBar(QWidget):
    """Says which colours stand for which numbers."""

    def __init__(self) -> None:
        super().__init__()
        self._scale, self._levels = Scale.LINEAR, (0.0, 1.0)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self.setFont(ui_font(SMALL - 1))

    def sizeHint(self) -> QSize:
        return QSize(_WIDTH, 60)

    def show_scale(self, scale: Scale, levels: tuple[float, float]) -> None:
        """Show a scale with these ends."""
        if (scale, levels) != (self._scale, self._levels):
            self._scale, self._levels = scale, levels
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        area = QRectF(0, SPACE, _BAR, self.height() - 3 * SPACE)
        rows = np.ascontiguousarray(colours_of(self._scale, theme.current().is_dark)[::-1])
        image = QImage(rows.data, 1, _COLOURS, 3, QImage.Format.Format_RGB888)
        painter.drawImage(area, image)
        painter.setPen(theme.current().color("text_muted"))
        low, high = self._levels
        flags, line = Qt.AlignmentFlag.AlignLeft, self.fontMetrics().height()
        numbers = {0.0: high, 0.5: (low + high) / 2, 1.0: low}
        for place, number in numbers.items():
            top = area.top() + place * (area.height() - line)
            place_of_text = QRectF(_BAR + 3, top, _WIDTH - _BAR - 3, line)
            if line * len(numbers) < area.height() or place != 0.5:
                painter.drawText(place_of_text, flags, self._scale.told(number))
        painter.end()
