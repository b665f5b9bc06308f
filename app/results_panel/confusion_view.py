"""The confusion matrix as a chart: counts or shares of each row, whole or zoomed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtWidgets import QComboBox, QToolButton, QWidget

from app.language.numbers import grouped
from app.look.icons import icon
from app.results_panel.chart import Chart
from app.results_panel.matrix import NAMED_UP_TO, Matrix
from app.widgets.scrolling import unmoved_by_wheel

_STEP = 1.5


class ConfusionView(Chart):
    """How often each true class was taken for each class."""

    file_name = "confusion"

    def __init__(self, parent: QWidget | None = None) -> None:
        self.matrix = Matrix()
        super().__init__(self.matrix, parent)
        self._counts: NDArray[np.int64] = np.zeros((0, 0), np.int64)
        self._names: tuple[str, ...] = ()
        self.unit = unmoved_by_wheel(QComboBox())
        """Counts, or shares of the row."""
        self.unit.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.unit.addItems(["", ""])
        self.unit.currentIndexChanged.connect(lambda place: self.matrix.show_shares(place == 1))
        self.controls.addWidget(self.unit)
        self._larger, self._smaller = QToolButton(), QToolButton()
        for button, name, factor in (
            (self._smaller, "zoom-out", 1 / _STEP),
            (self._larger, "zoom-in", _STEP),
        ):
            button.setIcon(icon(name))
            button.clicked.connect(lambda _=False, by=factor: self.matrix.zoom(by))
            self.controls.addWidget(button)
        self.retranslate()

    def show_counts(self, counts: NDArray[np.int64], names: Sequence[str]) -> None:
        """Show a matrix with the true classes in rows."""
        self._counts, self._names = counts, tuple(names)
        self.matrix.show_counts(counts, names)
        for button in (self._larger, self._smaller):
            button.setVisible(len(names) > NAMED_UP_TO)
        self.retranslate()

    @property
    def title(self) -> str:
        """What it is called."""
        return self.tr("Confusion matrix")

    @property
    def told(self) -> str:
        """How many are right."""
        right, whole = int(np.trace(self._counts)), int(self._counts.sum())
        return self.tr("{0} of {1} right").format(grouped(right), grouped(whole)) if whole else ""

    @property
    def rows(self) -> Iterator[Sequence[object]]:
        """True classes in rows, what they were taken for in columns."""
        yield ["true", *self._names]
        for name, row in zip(self._names, self._counts.tolist(), strict=True):
            yield [name, *row]

    def retranslate(self) -> None:
        """Say all in the language in use."""
        super().retranslate()
        for place, words in enumerate((self.tr("Counts"), self.tr("% of row"))):
            self.unit.setItemText(place, words)
        self.unit.setAccessibleName(self.tr("What the cells tell"))
        self.matrix.setAccessibleName(self.title)
        for button, words in (
            (self._larger, self.tr("Larger cells (Ctrl+wheel)")),
            (self._smaller, self.tr("Smaller cells (Ctrl+wheel)")),
        ):
            button.setToolTip(words)
            button.setAccessibleName(words)
