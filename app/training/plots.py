"""Live plots of a run: curves that grow, with smoothing, log scale, read-out and export."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyqtgraph
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QWidget

from app import theme
from app.theme import SMALL, ui_font
from app.training.history import Array, Curve, smoothed


class LivePlot(pyqtgraph.PlotWidget):  # type: ignore[misc]
    """One plot of several named curves over the steps of a run."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._curves: dict[str, tuple[Curve, int, pyqtgraph.PlotDataItem]] = {}
        self._smoothing = 0.0
        self._title = ""
        item = self.plotItem
        item.setDownsampling(auto=True, mode="peak")
        item.hideButtons()
        adopt_menus(self)
        item.getAxis("left").setWidth(48)
        item.getAxis("bottom").enableAutoSIPrefix(False)
        item.getAxis("left").enableAutoSIPrefix(False)
        item.addLegend(offset=(-8, 4), labelTextSize=f"{SMALL}px")
        self._cursor = pyqtgraph.InfiniteLine(angle=90, movable=False)
        self._readout = pyqtgraph.TextItem(anchor=(0, 0))
        for each in (self._cursor, self._readout):
            each.hide()
            item.addItem(each, ignoreBounds=True)
        self.setMinimumSize(110, 60)
        self.scene().sigMouseMoved.connect(self._read_out)
        theme.manager().changed.connect(self._follow_theme)
        self._follow_theme()

    def set_title(self, title: str) -> None:
        """Write another title above the plot."""
        self._title = title
        self.plotItem.setTitle(title, size=f"{SMALL}px", color=theme.current().text_muted)

    def _follow_theme(self) -> None:
        colours = theme.current()
        self.setBackground(colours.surface)
        for side in ("left", "bottom"):
            axis = self.plotItem.getAxis(side)
            axis.setPen(colours.border_strong)
            axis.setTextPen(colours.text_muted)
            axis.setStyle(tickFont=ui_font(SMALL - 1))
        self.plotItem.legend.setLabelTextColor(colours.text)
        self._cursor.setPen(colours.border_strong)
        self._readout.setColor(colours.text)
        self._readout.fill = pyqtgraph.mkBrush(colours.raised)
        self.set_title(self._title)
        for _, colour, item in self._curves.values():
            _colour(item, colour)

    def show_curve(self, name: str, curve: Curve, colour: int, *, dots: bool = False) -> None:
        """Draw ``curve`` under ``name``, in the theme's curve colour number ``colour``."""
        item = self.plotItem.plot(name=name)
        self.plotItem.setClipToView(True)
        if dots:
            item.setSymbol("o")
            item.setSymbolSize(5)
        self._curves[name] = (curve, colour, item)
        _colour(item, colour)

    def forget_curves(self) -> None:
        """Remove every curve, before another run."""
        for _, _, item in self._curves.values():
            self.plotItem.removeItem(item)
        self._curves.clear()

    def refresh(self) -> None:
        """Draw what has been appended to the curves."""
        for curve, _, item in self._curves.values():
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
            for name, (curve, _, _) in self._curves.items()
            if len(curve)
        }

    def rows(self) -> Iterator[str]:
        """Yield every point of every curve as a row of CSV: curve, x, y."""
        for name, (curve, _, _) in self._curves.items():
            for x, y in zip(curve.x.tolist(), curve.y.tolist(), strict=True):
                yield f'"{name}",{x:g},{y!r}'

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

    def leaveEvent(self, event: object) -> None:
        self._cursor.hide()
        self._readout.hide()
        super().leaveEvent(event)


def adopt_menus(plot: pyqtgraph.PlotWidget) -> None:
    """Do without pyqtgraph's context menus, and let them go when the plot goes.

    A plot makes them without a parent, so that they would outlive it as windows of their own.
    """
    item = plot.plotItem
    for menu in (item.ctrlMenu, item.vb.menu):
        for each in (menu, *(action.menu() for action in menu.actions())) if menu else ():
            if each is not None:
                each.setParent(plot, each.windowFlags())
    item.setMenuEnabled(False)


def _colour(item: pyqtgraph.PlotDataItem, number: int) -> None:
    colours = theme.current().curves
    colour = colours[number % len(colours)]
    item.setPen(pyqtgraph.mkPen(colour, width=1))
    item.setSymbolBrush(colour)
    item.setSymbolPen(None)


def _nearest(x: Array, at: float) -> int:
    """Return the index of the abscissa nearest to ``at``; ``x`` ascends."""
    right = int(np.clip(np.searchsorted(x, at), 0, len(x) - 1))
    left = max(0, right - 1)
    return left if abs(x[left] - at) <= abs(x[right] - at) else right
