"""Dots of samples in a plot, one of which can be chosen with the mouse or the keys."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pyqtgraph
from numpy.typing import NDArray
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.look import theme
from app.results_panel.chart import Plot

_NEAR: Final = 12.0
"""Pixels from a dot within which a click chooses it."""
_MOST: Final = 20_000
"""So many dots are drawn at most, spread evenly; each can be reached in the list of samples."""
_FORWARD: Final = (Qt.Key.Key_Right, Qt.Key.Key_Down)
_BACK: Final = (Qt.Key.Key_Left, Qt.Key.Key_Up)


class PointsPlot(Plot):
    """Dots at two numbers each; ``chosen`` carries the number of one, or −1."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._x = self._y = np.empty(0)
        self._kept = np.empty(0, int)
        self._at = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.line = self.plotItem.plot()
        """Where all dots lay if all were right."""
        self._dots = pyqtgraph.ScatterPlotItem(size=6, pen=None)
        self._mark = pyqtgraph.ScatterPlotItem(size=12)
        for each in (self._dots, self._mark):
            self.plotItem.addItem(each)
        self.scene().sigMouseClicked.connect(self._click)
        self._colour()

    def show_points(self, x: NDArray[Any], y: NDArray[Any]) -> None:
        """Show one dot for each sample, none where a number is not finite."""
        self._x, self._y, self._at = x.astype(float), y.astype(float), -1
        there = np.flatnonzero(np.isfinite(self._x) & np.isfinite(self._y))
        self._kept = there[:: max(1, -(-len(there) // _MOST))]
        self._dots.setData(self._x[self._kept], self._y[self._kept])
        self._mark.setData([], [])

    def choose(self, place: int) -> None:
        """Mark the dot of a sample and tell it; −1 stands for none."""
        self._at = place
        there = [place] if place >= 0 else []
        self._mark.setData(self._x[there], self._y[there])
        self.chosen.emit(place)

    def nearest(self, x: float, y: float) -> int:
        """Return the sample whose dot is near enough to a point of the plot, −1 where none is."""
        if not len(self._kept):
            return -1
        wide, high = self.plotItem.vb.viewPixelSize()
        apart = np.hypot((self._x[self._kept] - x) / wide, (self._y[self._kept] - y) / high)
        best = int(apart.argmin())
        return int(self._kept[best]) if apart[best] <= _NEAR else -1

    def _click(self, event: Any) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            at = self.plotItem.vb.mapSceneToView(event.scenePos())
            self.setFocus()
            self.choose(self.nearest(at.x(), at.y()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from dot to dot along the abscissa."""
        step = (event.key() in _FORWARD) - (event.key() in _BACK)
        if not step or not len(self._kept):
            super().keyPressEvent(event)
            return
        order = self._kept[np.argsort(self._x[self._kept], kind="stable")]
        now = np.flatnonzero(order == self._at)
        after = int(now[0]) + step if len(now) else 0
        self.choose(int(order[min(max(0, after), len(order) - 1)]))

    def _follow_theme(self) -> None:
        super()._follow_theme()
        if hasattr(self, "_mark"):
            self._colour()

    def _colour(self) -> None:
        colours = theme.current()
        brush = colours.color("accent")
        brush.setAlpha(150)
        self._dots.setBrush(pyqtgraph.mkBrush(brush))
        self._mark.setBrush(pyqtgraph.mkBrush(colours.curves[1]))
        self._mark.setPen(pyqtgraph.mkPen(colours.text, width=1.5))
        style = Qt.PenStyle.DashLine
        self.line.setPen(pyqtgraph.mkPen(colours.border_strong, width=1, style=style))
