"""Histograms one behind the other, the earliest at the back."""

from __future__ import annotations

from typing import Final

import numpy as np
import pyqtgraph
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QObject, QPointF
from PySide6.QtGui import QColor, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.live_panels.axes import ValueAxis
from app.live_panels.legend import Legend
from app.live_panels.step_plot import SIDES
from app.live_panels.steps import Steps
from app.look import theme
from app.look.theme import SMALL, ui_font
from app.runs.columns_of_steps import Columns, Histogram
from app.widgets.plot_menus import adopt_menus

_MOST: Final = 18
"""So many histograms are drawn at most."""
_BINS: Final = 64
"""So many bins are drawn at most."""
_OVERLAP: Final = 3.0
"""How many of the distances between them the highest reaches up."""


class RidgePlot(QWidget):
    """Draws some of the histograms within the steps that are shown, at even distances.

    All have the same area: what is compared is their form.
    """

    def __init__(self, steps: Steps, legend: Legend) -> None:
        super().__init__()
        self._steps, self._legend = steps, legend
        self._columns: Columns[Histogram] | None = None
        self._state: tuple[object, ...] = ()
        self._shown: list[tuple[float, Histogram]] = []
        axis = ValueAxis("bottom")
        axes = {"bottom": axis, "left": ValueAxis("left")}
        self.plot = pyqtgraph.PlotWidget(axisItems=axes, enableMenu=False)
        self._item = self.plot.plotItem
        self._item.hideButtons()
        self._item.setMouseEnabled(False, False)
        adopt_menus(self.plot)
        for side in SIDES:  # while there is no label: with one, this would scale the numbers
            self._item.getAxis(side).enableAutoSIPrefix(False)
        self._curves = [pyqtgraph.PlotCurveItem() for _ in range(_MOST)]
        for place, curve in enumerate(self._curves):
            curve.setZValue(place)  # the later in front
            self._item.addItem(curve)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.plot)
        steps.changed.connect(self.refresh)
        self.plot.scene().sigMouseMoved.connect(self._read_out)
        self.plot.viewport().installEventFilter(self)
        theme.manager().changed.connect(self._follow_theme)
        self._follow_theme()

    def set_unit(self, below: str, beside: str) -> None:
        """Write what stands below and beside the numbers."""
        self._item.setLabel("bottom", below)
        self._item.setLabel("left", beside)
        self._follow_theme()

    def show_columns(self, columns: Columns[Histogram] | None) -> None:
        """Draw other histograms from now on."""
        self._columns, self._state = columns, ()
        self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """Draw what was appended while this was hidden."""
        super().showEvent(event)
        self.refresh()

    def refresh(self) -> None:
        """Draw what there is by now, where anybody can see it."""
        columns = self._columns
        if columns is None or not len(columns) or not self.isVisible():
            return
        first, last = self._steps.shown
        state = (columns.added, first, last)
        if state == self._state:
            return
        self._state = state
        within = [place for place, step in enumerate(columns.steps) if first <= step <= last]
        chosen = np.unique(np.linspace(0, len(within) - 1, min(_MOST, len(within))).round())
        places = [within[int(each)] for each in chosen] if within else []
        self._shown = [(columns.steps[each], columns.values[each]) for each in places]
        self._draw()

    def _draw(self) -> None:
        histograms = [histogram for _, histogram in self._shown]
        for curve in self._curves[len(histograms) :]:
            curve.hide()
        if not histograms:
            return
        low, high = min(each.low for each in histograms), max(each.high for each in histograms)
        bins = histograms[0].bins(_BINS)
        heights = np.array([each.over(low, high, bins) for each in histograms])
        heights /= np.maximum(heights.sum(axis=1, keepdims=True), 1)
        heights *= _OVERLAP / (heights.max() or 1)
        middles = low + (high - low) * (np.arange(bins) + 0.5) / bins
        x = np.concatenate(([low], middles, [high]))
        count = len(histograms)
        for place, row in enumerate(heights):
            base = float(count - 1 - place)  # the latest at the bottom
            curve = self._curves[place]
            curve.setData(x, base + np.concatenate(([0.0], row, [0.0])), fillLevel=base)
            curve.show()
        self._item.vb.setRange(xRange=(low, high), yRange=(0, count - 1 + _OVERLAP), padding=0.02)
        every = max(1, round(count / 6))
        ticks = [
            (float(count - 1 - place), f"{step:.0f}")
            for place, (step, _) in enumerate(self._shown)
            if (count - 1 - place) % every == 0
        ]
        self._item.getAxis("left").setTicks([ticks])

    def _read_out(self, at: QPointF) -> None:
        """Tell how many values there are where the mouse is, in the histogram it is on."""
        if not self._item.vb.sceneBoundingRect().contains(at) or not self._shown:
            return
        point = self._item.vb.mapSceneToView(at)
        place = int(np.clip(len(self._shown) - 1 - int(point.y()), 0, len(self._shown) - 1))
        step, histogram = self._shown[place]
        share = share_at(histogram, point.x())
        self._legend.say(f"{point.x():.3g} @ {step:.0f}: {share:.2g} %")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go back to the title when the mouse leaves."""
        if event.type() is QEvent.Type.Leave:
            self._legend.tell({}, {}, "")
        return False

    def _follow_theme(self) -> None:
        colours = theme.current()
        self.plot.setBackground(colours.surface)
        pen = pyqtgraph.mkPen(colours.surface, width=1)
        for place, curve in enumerate(self._curves):
            fill = _between(colours.color("border_strong"), colours.color("accent"), place / _MOST)
            curve.setPen(pen)
            curve.setBrush(pyqtgraph.mkBrush(fill))
        for side in SIDES:
            axis = self._item.getAxis(side)
            axis.setPen(colours.border_strong)
            axis.setTextPen(colours.text_muted)
            axis.setStyle(tickFont=ui_font(SMALL - 1))
            axis.setLabel(
                axis.labelText, **{"color": colours.text_muted, "font-size": f"{SMALL - 1}px"}
            )


def share_at(histogram: Histogram, value: float) -> float:
    """Return how many of 100 values lie in the bin at a value."""
    counts: NDArray[np.float64] = histogram.counts
    place = int((value - histogram.low) / (histogram.high - histogram.low) * len(counts))
    inside = 0 <= place < len(counts)
    return float(100 * counts[place] / max(counts.sum(), 1)) if inside else 0.0


def _between(start: QColor, end: QColor, share: float) -> QColor:
    def mixed(from_: float, to: float) -> float:
        return from_ + (to - from_) * share

    return QColor.fromRgbF(
        mixed(start.redF(), end.redF()),
        mixed(start.greenF(), end.greenF()),
        mixed(start.blueF(), end.blueF()),
    )
