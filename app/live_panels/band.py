"""A band around a curve of a plot: what lies between two others, filled faintly."""

from __future__ import annotations

from typing import Final

import numpy as np
import pyqtgraph
from PySide6.QtGui import QColor

from app.look import theme
from app.runs.curves import Array, Curve

_FAINT: Final = 48
"""How much of its colour a band has, of 255."""
_BEHIND: Final = -10
_MOST: Final = 400
"""Points at each edge at most."""


class Band:
    """Fills what lies between a lower and an upper curve, in the theme's curve colour."""

    def __init__(self, item: pyqtgraph.PlotItem, low: Curve, high: Curve, colour: int) -> None:
        self._item, self._curves, self._colour = item, (low, high), colour
        # With no pen at all a curve would have no path that could be filled.
        self._edges = [item.plot(pen=pyqtgraph.mkPen(0, 0, 0, 0)) for _ in self._curves]
        self._fill = pyqtgraph.FillBetweenItem(*(each.curve for each in self._edges))
        self._fill.setZValue(_BEHIND)
        item.addItem(self._fill, ignoreBounds=True)
        self.follow_theme()

    def redraw(self, first: float, last: float) -> list[Array]:
        """Draw what lies between two abscissae; return the ordinates of both edges."""
        drawn = []
        ends = (np.fmin, np.fmax)
        for curve, edge, end in zip(self._curves, self._edges, ends, strict=True):
            x, y = curve.thinned(first, last) if len(curve) else (curve.x, curve.y)
            x, y = _coarser(x, y, end)
            edge.setData(x, y)
            drawn.append(y)
        return drawn

    def follow_theme(self) -> None:
        """Take the colour of the theme in use."""
        curves = theme.current().curves
        colour = QColor(curves[self._colour % len(curves)])
        colour.setAlpha(_FAINT)
        self._fill.setBrush(pyqtgraph.mkBrush(colour))

    def remove(self) -> None:
        """Take all of it off the plot."""
        for each in (self._fill, *self._edges):
            self._item.removeItem(each)


def _coarser(x: Array, y: Array, end: np.ufunc) -> tuple[Array, Array]:
    """Return some 400 points at most, each at one end of those that it stands for.

    An area takes much longer to fill than a line to draw, and is no less true for it.
    """
    width = -(-len(x) // _MOST)
    if width < 2:
        return x, y
    starts = np.arange(0, len(x), width)
    return x[starts], end.reduceat(y, starts)
