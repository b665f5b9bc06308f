"""The newest window of each series and what follows it, as curves and as numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

import numpy as np
import pyqtgraph
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QVBoxLayout,
    QWidget,
)

from app.language.numbers import figure
from app.look import theme
from app.results_panel.chart import Chart, Plot
from app.widgets.cells import Role, fill

if TYPE_CHECKING:
    from app.training.newest import Forecast

_ROW: Final = 24
_MOST: Final = 24
"""So many steps ahead stand in the table."""


class ForecastView(Chart):
    """A row for each series; that which is chosen is drawn, what is forecast in another colour."""

    file_name = "forecast"

    def __init__(self, parent: QWidget | None = None) -> None:
        body = QWidget()
        super().__init__(body, parent)
        self._shown: Forecast | None = None
        self.plot, self.table = Plot(), QTableWidget()
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setShowGrid(False)
        self.table.verticalHeader().setDefaultSectionSize(_ROW)
        self.table.setFrameShape(QTableWidget.Shape.NoFrame)
        self.table.currentCellChanged.connect(lambda *_: self._draw())
        box = QVBoxLayout(body)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.plot, 3)
        box.addWidget(self.table, 2)
        theme.manager().changed.connect(self._draw)
        self.retranslate()

    def show_forecast(self, shown: Forecast) -> None:
        """Show what follows each series."""
        self._shown = shown
        self._fill(shown)
        self._draw()
        self.show()

    def _ahead(self, shown: Forecast, series: int) -> np.ndarray[tuple[int, int], np.dtype]:  # type: ignore[type-arg]
        """Return what follows a series, of shape (steps, forecast variables)."""
        told = np.asarray(shown.predictions.predicted[series], float)
        return told.reshape(-1, len(shown.targets))

    def _fill(self, shown: Forecast) -> None:
        names = shown.names or ("",)
        width = min(_MOST, len(self._ahead(shown, 0)))
        self.table.blockSignals(True)
        self.table.setRowCount(len(names))
        self.table.setColumnCount(width)
        self.table.setHorizontalHeaderLabels([f"+{step}" for step in range(1, width + 1)])
        self.table.setVerticalHeaderLabels(list(names))
        self.table.verticalHeader().setVisible(len(names) > 1)
        for row in range(len(names)):
            for column, values in enumerate(self._ahead(shown, row)[:width]):
                words = ", ".join(map(figure, values))
                fill(self.table.model(), row, column, {Role.DisplayRole: words})
        self.table.horizontalHeader().resizeSections(QHeaderView.ResizeMode.ResizeToContents)
        self.table.setCurrentCell(0, 0)
        self.table.blockSignals(False)

    def _draw(self) -> None:
        self.plot.plotItem.clear()
        shown, colours = self._shown, theme.current()
        if shown is None:
            return
        series = max(0, self.table.currentRow())
        window, ahead = shown.windows[series], self._ahead(shown, series)
        steps = np.arange(1 - len(window), 1)
        after = np.arange(len(ahead) + 1)  # from the last that is known
        for place, variable in enumerate(shown.targets):
            past = pyqtgraph.mkPen(colours.curves[(2 * place) % len(colours.curves)], width=1.5)
            colour = colours.curves[(2 * place + 1) % len(colours.curves)]
            dashed = pyqtgraph.mkPen(colour, width=1.5, style=Qt.PenStyle.DashLine)
            self.plot.plot(steps, window[:, variable], pen=past)
            told = np.append(window[-1:, variable], ahead[:, place])
            self.plot.plot(
                after, told, pen=dashed, symbol="o", symbolSize=5,
                symbolBrush=colour, symbolPen=None,
            )  # fmt: skip
        values = np.concatenate([window[:, list(shown.targets)].ravel(), ahead.ravel()])
        finite = values[np.isfinite(values)]
        if len(finite):
            low, high = float(finite.min()), float(finite.max())
            self.plot.frame((float(steps[0]), float(after[-1])), (low, high or low + 1))
        self.retranslate()

    @property
    def title(self) -> str:
        """What it is called."""
        return self.tr("What comes next")

    @property
    def told(self) -> str:
        """The series that is drawn."""
        names = self._shown.names if self._shown is not None else ()
        return names[max(0, self.table.currentRow())] if names else ""

    @property
    def rows(self) -> Iterator[Sequence[object]]:
        """One row for each step ahead of each series."""
        yield "series", "step", "variable", "value"
        shown = self._shown
        if shown is not None:
            for series, name in enumerate(shown.names or ("",)):
                for step, values in enumerate(self._ahead(shown, series), 1):
                    for place, value in enumerate(values):
                        yield name, step, place, float(value)

    def retranslate(self) -> None:
        """Say all in the language in use."""
        super().retranslate()
        self.plot.name_axes(self.tr("steps from now"), self.tr("value"))
