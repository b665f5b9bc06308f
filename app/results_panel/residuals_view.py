"""How far off predictions are, over what was predicted, and how often they are so far off."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

import numpy as np
import pyqtgraph
from numpy.typing import NDArray
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.language.numbers import figure
from app.look import theme
from app.look.theme import SPACE
from app.results_panel.chart import Chart, Plot
from app.results_panel.points import PointsPlot

_MOST_BINS: Final = 30


class ResidualsView(Chart):
    """True less predicted, as dots and as a histogram; ``chosen`` carries the place of a dot."""

    chosen = Signal(int)
    file_name = "residuals"

    def __init__(self, parent: QWidget | None = None) -> None:
        body = QWidget()
        super().__init__(body, parent)
        self._predicted = self._off = np.empty(0)
        self.plot, self.spread = PointsPlot(), Plot()
        self.spread.setMouseEnabled(False, False)
        self.plot.chosen.connect(self.chosen)
        row = QHBoxLayout(body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE)
        row.addWidget(self.plot, 2)
        row.addWidget(self.spread, 1)
        theme.manager().changed.connect(self._draw_spread)
        self.retranslate()

    def show_points(self, true: NDArray[Any], predicted: NDArray[Any]) -> None:
        """Show what is true less what was predicted."""
        self._predicted = predicted.astype(float)
        self._off = true.astype(float) - self._predicted
        self.plot.show_points(self._predicted, self._off)
        there = np.isfinite(self._off) & np.isfinite(self._predicted)
        if there.any():
            ends = (float(self._predicted[there].min()), float(self._predicted[there].max()))
            most = float(np.abs(self._off[there]).max()) or 1.0
            self.plot.line.setData(ends, (0.0, 0.0))
            self.plot.frame(ends, (-most, most))
        self._draw_spread()
        self.retranslate()

    @property
    def title(self) -> str:
        """What it is called."""
        return self.tr("Residuals")

    @property
    def told(self) -> str:
        """Their mean and deviation."""
        off = self._off[np.isfinite(self._off)]
        if not len(off):
            return ""
        mean, deviation = figure(off.mean()), figure(off.std())
        return self.tr("mean {0} · standard deviation {1}").format(mean, deviation)

    @property
    def rows(self) -> Iterator[Sequence[object]]:
        """One row for each number."""
        yield "predicted", "true_less_predicted"
        yield from zip(self._predicted.tolist(), self._off.tolist(), strict=True)

    def _draw_spread(self) -> None:
        self.spread.plotItem.clear()
        off = self._off[np.isfinite(self._off)]
        if not len(off):
            return
        counts, edges = np.histogram(off, min(_MOST_BINS, max(5, round(2 * len(off) ** 0.5))))
        colours = theme.current()
        self.spread.addItem(
            pyqtgraph.BarGraphItem(
                x0=edges[:-1],
                width=np.diff(edges),
                y0=0,
                height=counts,
                brush=colours.accent,
                pen=pyqtgraph.mkPen(colours.surface),
            )
        )
        ends = (float(edges[0]), float(edges[-1]))
        self.spread.frame(ends, (0.0, float(counts.max())))

    def retranslate(self) -> None:
        """Say all in the language in use."""
        super().retranslate()
        self.plot.name_axes(self.tr("predicted"), self.tr("true less predicted"))
        self.spread.name_axes(self.tr("true less predicted"), self.tr("samples"))
        self.plot.setAccessibleName(self.title)
