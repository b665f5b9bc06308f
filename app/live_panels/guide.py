"""A value that others are held against: a dashed line across a plot."""

from __future__ import annotations

import math

import pyqtgraph
from PySide6.QtCore import Qt

from app.look import theme


class Guide:
    """A line at a value, which is above 0 where the plot may be logarithmic."""

    def __init__(self, item: pyqtgraph.PlotItem, value: float) -> None:
        self.value = value
        self._line = pyqtgraph.InfiniteLine(value, angle=0)
        item.addItem(self._line, ignoreBounds=True)
        self.follow_theme()

    def set_log_scale(self, on: bool) -> None:
        """Lie where the value is on the scale in use."""
        self._line.setPos(math.log10(self.value) if on else self.value)

    def follow_theme(self) -> None:
        """Take the colours of the theme in use."""
        colours = theme.current()
        pen = pyqtgraph.mkPen(colours.text_muted, width=1, style=Qt.PenStyle.DashLine)
        self._line.setPen(pen)
