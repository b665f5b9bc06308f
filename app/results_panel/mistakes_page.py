"""What was told right and wrong, and beside it the samples: all, or those of what is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from app.look.theme import SPACE
from app.results_panel.confusion_view import ConfusionView
from app.results_panel.residuals_view import ResidualsView
from app.results_panel.samples_view import SamplesView
from app.results_panel.scatter_view import ScatterView

if TYPE_CHECKING:
    from app.runs.predictions import Predictions
    from app.training.predict import Predictor

_MOST_NUMBERS: Final = 100_000
"""So many numbers are drawn and judged in charts: of more, some that are spread evenly."""
_HIGH, _WIDE = 420, 1100
"""The height, in pixels, from which rows lie below the chart, up to this width."""


class MistakesPage(QWidget):
    """A confusion matrix, or what was predicted against what is true; and the samples.

    ``opened`` carries the number of a sample that is to be tried.
    """

    opened = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._predictions: Predictions | None = None
        self._numbers = np.empty(0, int)
        self._is_halved = False
        self._of_numbers: tuple[ScatterView, ResidualsView] | None = None
        self.confusion = ConfusionView()
        self.samples = SamplesView()
        self.samples.opened.connect(self.opened)
        self.samples.cleared.connect(self._show_all)
        self.samples.list.currentChanged.connect(lambda _: self._turn())
        self.confusion.matrix.chosen.connect(self._show_cell)
        self._charts = QSplitter(Qt.Orientation.Vertical)
        self._charts.addWidget(self.confusion)
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.addWidget(self._charts)
        self._split.addWidget(self.samples)
        self._charts.setContentsMargins(0, 0, SPACE, 0)
        self.samples.setContentsMargins(SPACE, 0, 0, 0)
        for splitter in (self._charts, self._split):
            splitter.setChildrenCollapsible(False)
            splitter.setHandleWidth(1)
            for place in range(splitter.count()):
                splitter.setStretchFactor(place, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._split)

    def show_predictions(
        self,
        predictor: Predictor,
        predictions: Predictions,
        counts: NDArray[np.int64] | None,
    ) -> None:
        """Show what an output said of a split; ``counts`` are its confusion, where it has one."""
        self._predictions = predictions
        are_numbers = not predictions.is_of_classes
        self.confusion.setVisible(counts is not None)
        if are_numbers or self._of_numbers:
            for chart in (self.scatter, self.residuals):
                chart.setVisible(are_numbers)
        self._charts.setVisible(counts is not None or are_numbers)
        if counts is not None:
            self.confusion.show_counts(counts, predictions.class_names)
        elif are_numbers:
            whole = predictions.predicted.size
            self._numbers = np.arange(0, whole, max(1, -(-whole // _MOST_NUMBERS)))
            numbers = (predictions.true.ravel(), predictions.predicted.ravel())
            true, predicted = (each[self._numbers] for each in numbers)
            self.scatter.show_points(true, predicted)
            self.residuals.show_points(true, predicted)
        self.samples.show_predictions(predictor, predictions)
        if not self._is_halved:
            self._is_halved = True
            self._split.setSizes([self.width() // 2] * 2)

    @property
    def scatter(self) -> ScatterView:
        """What was predicted over what is true, made once there are numbers."""
        return self._charts_of_numbers()[0]

    @property
    def residuals(self) -> ResidualsView:
        """How far off that is."""
        return self._charts_of_numbers()[1]

    def _charts_of_numbers(self) -> tuple[ScatterView, ResidualsView]:
        if self._of_numbers is None:
            self._of_numbers = ScatterView(), ResidualsView()
            for chart in self._of_numbers:
                chart.chosen.connect(self._show_point)
                self._charts.addWidget(chart)
                self._charts.setStretchFactor(self._charts.count() - 1, 1)
        return self._of_numbers

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lie as suits the room."""
        super().resizeEvent(event)
        self._turn()

    def _turn(self) -> None:
        """Have rows of a table below the chart, where there is height for both."""
        are_rows = self.samples.list.shows_rows
        is_high = self.height() >= _HIGH and self.width() < _WIDE
        wanted = Qt.Orientation.Vertical if are_rows and is_high else Qt.Orientation.Horizontal
        if wanted is not self._split.orientation():
            self._split.setOrientation(wanted)
            side = self.height() if wanted is Qt.Orientation.Vertical else self.width()
            self._split.setSizes([side // 2] * 2)
            is_below = wanted is Qt.Orientation.Vertical
            self._charts.setOrientation(
                Qt.Orientation.Horizontal if is_below else Qt.Orientation.Vertical
            )
            right, above = (0, SPACE) if is_below else (SPACE, 0)
            self._charts.setContentsMargins(0, 0, right, above)
            self.samples.setContentsMargins(right, above, 0, 0)

    def _show_all(self) -> None:
        """Choose nothing any more."""
        if self._predictions is not None and self._predictions.has_one_class:
            self.confusion.matrix.choose(None)
        else:
            self.scatter.plot.choose(-1)

    def _show_cell(self, row: int, column: int) -> None:
        predictions = self._predictions
        if predictions is None or row < 0:
            self.samples.show_only(None)
            return
        words = f"{predictions.name(row)} → {predictions.name(column)}"
        self.samples.show_only(predictions.of_class(row, column), words)

    def _show_point(self, place: int) -> None:
        """Show the sample that a dot stands for, one of several numbers of which it may be."""
        predictions = self._predictions
        if predictions is None or place < 0:
            self.samples.show_only(None)
            return
        sample = int(self._numbers[place]) // max(1, predictions.predicted[0].size)
        words = self.tr("Sample {0}").format(int(predictions.samples[sample]))
        self.samples.show_only(np.array([sample]), words)
