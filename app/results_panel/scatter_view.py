"""Predicted against true values: on the diagonal they agree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.language.numbers import figure
from app.results_panel.chart import Chart
from app.results_panel.points import PointsPlot


class ScatterView(Chart):
    """A dot for each number that was predicted; ``chosen`` carries its place, or −1."""

    chosen = Signal(int)
    file_name = "predicted_and_true"

    def __init__(self, parent: QWidget | None = None) -> None:
        self.plot = PointsPlot()
        super().__init__(self.plot, parent)
        self._true = self._predicted = np.empty(0)
        self.plot.chosen.connect(self.chosen)
        self.retranslate()

    def show_points(self, true: NDArray[Any], predicted: NDArray[Any]) -> None:
        """Show what was predicted over what is true."""
        self._true, self._predicted = true.astype(float), predicted.astype(float)
        self.plot.show_points(self._true, self._predicted)
        both = np.concatenate([self._true, self._predicted])
        finite = both[np.isfinite(both)]
        if len(finite):
            ends = (float(finite.min()), float(finite.max()))
            self.plot.line.setData(ends, ends)
            self.plot.frame(ends, ends)
        self.retranslate()

    @property
    def title(self) -> str:
        """What it is called."""
        return self.tr("Predicted and true")

    @property
    def told(self) -> str:
        """How much of what varies is told, and how far off it is."""
        off = self._predicted - self._true
        off, true = off[np.isfinite(off)], self._true[np.isfinite(off)]
        if len(off) < 2 or not true.var():
            return ""
        share, error = 1 - (off**2).mean() / true.var(), np.abs(off).mean()
        return self.tr("R² {0} · mean absolute error {1}").format(f"{share:.4f}", figure(error))

    @property
    def rows(self) -> Iterator[Sequence[object]]:
        """One row for each number."""
        yield "true", "predicted"
        yield from zip(self._true.tolist(), self._predicted.tolist(), strict=True)

    def retranslate(self) -> None:
        """Say all in the language in use."""
        super().retranslate()
        self.plot.name_axes(self.tr("true"), self.tr("predicted"))
        self.plot.setAccessibleName(self.title)
