"""The reliability diagram: is a model as often right as it is sure?"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
import pyqtgraph
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.look import theme
from app.results_panel.chart import Chart, Plot
from app.runs.reliability import Reliability

_LOW: Final = 96
"""How high, in pixels, the plot of the counts is."""
_WHOLE: Final = (0.0, 1.0)


class ReliabilityView(Chart):
    """Bars of how many are right over how sure the model was; on the diagonal both agree."""

    file_name = "reliability"

    def __init__(self, parent: QWidget | None = None) -> None:
        body = QWidget()
        super().__init__(body, parent)
        self._shown: Reliability | None = None
        self.plot, self.counts = Plot(), Plot()
        self.plot.frame(_WHOLE, _WHOLE)
        self.counts.setFixedHeight(_LOW)
        self.counts.setMinimumHeight(_LOW)
        for plot in (self.plot, self.counts):
            plot.setMouseEnabled(False, False)
            plot.plotItem.getAxis("left").setWidth(56)
        box = QVBoxLayout(body)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.plot, 1)
        box.addWidget(self.counts)
        theme.manager().changed.connect(self._draw)
        self.retranslate()

    def show_reliability(self, shown: Reliability) -> None:
        """Show the bins of a split."""
        self._shown = shown
        self._draw()
        self.retranslate()

    @property
    def title(self) -> str:
        """What it is called."""
        return self.tr("Reliability")

    @property
    def told(self) -> str:
        """How far confidence and accuracy are apart, and which of them is higher."""
        shown = self._shown
        if shown is None or math.isnan(shown.error):
            return ""
        there = shown.counts > 0
        apart = (shown.confidence[there] - shown.accuracy[there]) * shown.counts[there]
        told = self.tr("expected calibration error {0}").format(f"{shown.error:.4f}")
        if abs(apart.sum()) < 0.5 * np.abs(apart).sum() or shown.error < 0.01:
            return told
        side = self.tr("too sure") if apart.sum() > 0 else self.tr("not sure enough")
        return f"{told} · {side}"

    @property
    def rows(self) -> Iterator[Sequence[object]]:
        """One row for each bin."""
        yield "from", "to", "samples", "confidence", "accuracy"
        if self._shown is not None:
            edges = self._shown.edges.tolist()
            columns = (self._shown.counts, self._shown.confidence, self._shown.accuracy)
            numbers = [each.tolist() for each in columns]
            yield from zip(edges[:-1], edges[1:], *numbers, strict=True)

    def _draw(self) -> None:
        shown, colours = self._shown, theme.current()
        for plot in (self.plot, self.counts):
            plot.plotItem.clear()
        thin = pyqtgraph.mkPen(colours.border_strong, width=1, style=Qt.PenStyle.DashLine)
        if shown is None:
            return
        there, width = shown.counts > 0, float(shown.edges[1])
        left = shown.edges[:-1]
        ground = pyqtgraph.mkPen(colours.surface)
        soft = colours.color("accent")
        soft.setAlpha(150)
        accuracy = np.where(there, shown.accuracy, 0)
        self.plot.addItem(
            pyqtgraph.BarGraphItem(
                x0=left, width=width, y0=0, height=accuracy, brush=soft, pen=ground
            )
        )
        self.plot.plot([0, 1], [0, 1], pen=thin)
        self.plot.plot(
            shown.confidence[there],
            shown.accuracy[there],
            pen=pyqtgraph.mkPen(colours.curves[1], width=2),
            symbol="o",
            symbolSize=6,
            symbolBrush=colours.curves[1],
            symbolPen=None,
        )
        self.counts.addItem(
            pyqtgraph.BarGraphItem(
                x0=left,
                width=width,
                y0=0,
                height=shown.counts,
                brush=colours.border_strong,
                pen=ground,
            )
        )
        self.counts.frame(_WHOLE, (0.0, float(max(1, shown.counts.max()))))

    def retranslate(self) -> None:
        """Say all in the language in use."""
        super().retranslate()
        self.plot.name_axes("", self.tr("share that is right"))
        self.counts.name_axes(self.tr("confidence"), self.tr("samples"))
