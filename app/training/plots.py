"""Live plots of a run: curves that grow, with smoothing, log scale, read-out and export."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyqtgraph
import pyqtgraph.exporters
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from app.training.history import Array, Curve, smoothed


@dataclass(frozen=True, slots=True)
class PlotColours:
    """The colours of the surroundings of a plot."""

    background: str
    foreground: str
    grid: str


class LivePlot(pyqtgraph.PlotWidget):  # type: ignore[misc]
    """One plot of several named curves over a common abscissa."""

    def __init__(self, title: str, colours: PlotColours, parent: QWidget | None = None) -> None:
        super().__init__(parent, background=colours.background)
        self._curves: dict[str, tuple[Curve, pyqtgraph.PlotDataItem]] = {}
        self._smoothing = 0.0
        self._title = title
        item = self.plotItem
        item.setDownsampling(auto=True, mode="peak")
        item.setMenuEnabled(False)
        item.hideButtons()
        item.getAxis("left").setWidth(52)
        item.addLegend(offset=(-8, 4), labelTextSize="8pt")
        self._cursor = pyqtgraph.InfiniteLine(angle=90, movable=False)
        self._cursor.hide()
        item.addItem(self._cursor, ignoreBounds=True)
        self._readout = pyqtgraph.TextItem(anchor=(0, 0))
        self._readout.hide()
        item.addItem(self._readout, ignoreBounds=True)
        self.setMinimumSize(220, 140)
        self.scene().sigMouseMoved.connect(self._read_out)
        self.set_colours(colours)

    def set_title(self, title: str) -> None:
        """Write another title above the plot."""
        self._title = title
        self.plotItem.setTitle(title, size="9pt", color=self._colours.foreground)

    def set_colours(self, colours: PlotColours) -> None:
        """Follow another theme."""
        self._colours = colours
        self.setBackground(colours.background)
        for side in ("left", "bottom"):
            axis = self.plotItem.getAxis(side)
            axis.setPen(colours.grid)
            axis.setTextPen(colours.foreground)
        self.plotItem.legend.setLabelTextColor(colours.foreground)
        self._cursor.setPen(colours.grid)
        self._readout.setColor(colours.foreground)
        self._readout.fill = pyqtgraph.mkBrush(colours.background)
        self.set_title(self._title)

    def show_curve(self, name: str, curve: Curve, colour: str, *, dots: bool = False) -> None:
        """Draw ``curve`` under ``name`` from now on."""
        pen = pyqtgraph.mkPen(QColor(colour), width=1)
        item = self._curves[name][1] if name in self._curves else self.plotItem.plot(name=name)
        item.setPen(pen)
        if dots:
            item.setSymbol("o")
            item.setSymbolSize(5)
            item.setSymbolBrush(colour)
            item.setSymbolPen(None)
        self._curves[name] = (curve, item)

    def forget_curves(self) -> None:
        """Remove every curve, before another run."""
        for _, item in self._curves.values():
            self.plotItem.removeItem(item)
        self._curves.clear()

    def refresh(self) -> None:
        """Draw what has been appended to the curves."""
        for curve, item in self._curves.values():
            if len(curve):
                x, y = curve.thinned()
                item.setData(x, smoothed(y, self._smoothing))

    def set_smoothing(self, amount: float) -> None:
        """Smooth every curve by a moving average, from 0 (not at all) to below 1."""
        self._smoothing = amount
        self.refresh()

    def set_log_scale(self, on: bool) -> None:
        """Show the values on a logarithmic scale."""
        self.plotItem.setLogMode(y=on)

    def values_at(self, x: float) -> dict[str, float]:
        """Return the value of each curve at the point nearest to ``x``."""
        return {
            name: float(curve.y[_nearest(curve.x, x)])
            for name, (curve, _) in self._curves.items()
            if len(curve)
        }

    def save_picture(self, path: Path) -> None:
        """Write the plot as a PNG file."""
        self.grab().save(str(path))

    def save_table(self, path: Path) -> None:
        """Write every point of every curve as CSV: curve, x, y."""
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(("curve", "x", "y"))
            for name, (curve, _) in self._curves.items():
                writer.writerows((name, x, y) for x, y in zip(curve.x, curve.y, strict=True))

    def _read_out(self, at: QPointF) -> None:
        inside = self.plotItem.vb.sceneBoundingRect().contains(at)
        self._cursor.setVisible(inside)
        self._readout.setVisible(inside)
        if not inside:
            return
        point = self.plotItem.vb.mapSceneToView(at)
        self._cursor.setPos(point.x())
        lines = [f"{point.x():.4g}"]
        lines += [f"{name}: {value:.4g}" for name, value in self.values_at(point.x()).items()]
        self._readout.setText("\n".join(lines))
        (left, right), (_, top) = self.plotItem.vb.viewRange()
        near_right = point.x() > (left + right) / 2
        self._readout.setAnchor((1, 0) if near_right else (0, 0))
        self._readout.setPos(point.x(), top)

    def leaveEvent(self, event: object) -> None:  # noqa: D102
        self._cursor.hide()
        self._readout.hide()
        super().leaveEvent(event)


def _nearest(x: Array, at: float) -> int:
    """Return the index of the abscissa nearest to ``at``; ``x`` ascends."""
    right = int(np.clip(np.searchsorted(x, at), 0, len(x) - 1))
    left = max(0, right - 1)
    return left if abs(x[left] - at) <= abs(x[right] - at) else right


