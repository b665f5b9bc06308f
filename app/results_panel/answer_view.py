"""What a model says of what it was tried on: in words, as probabilities, or a row for each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLabel,
    QTableWidget,
    QVBoxLayout,
    QWidget,
)

from app.language.numbers import figure
from app.look.style import set_role
from app.look.theme import SPACE
from app.results_panel.described import MANY, predicted_words, share_right, true_words
from app.results_panel.forecast_view import ForecastView
from app.results_panel.images import as_pixmap
from app.results_panel.probability_bars import ProbabilityBars
from app.runs.predictions import Predictions
from app.widgets.cells import Role, fill
from app.widgets.sample_pictures import as_curves, as_mask, beside

if TYPE_CHECKING:
    from app.training.newest import Forecast

_SIDE: Final = 96
_CURVE: Final = (280, 110)
_MOST_ROWS: Final = 500
_FEW: Final = 12
_ROW: Final = 24


class AnswerView(QWidget):
    """The picture that the model was given, its verdict, and the five most probable classes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title, self._seen = QLabel(), QLabel()
        set_role(self._title, "heading")
        set_role(self._seen, "caption")
        self.picture, self.verdict, self._told = QLabel(), QLabel(), QLabel()
        self._true = QLabel()
        set_role(self.verdict, "heading")
        for label in (self._true, self.verdict, self._told):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        set_role(self._told, "caption")
        self.bars = ProbabilityBars()
        self.table = QTableWidget()
        """A row for each, where there are several."""
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setShowGrid(False)
        self.table.setFrameShape(QTableWidget.Shape.NoFrame)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(_ROW)
        self._forecast: ForecastView | None = None
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE)
        for widget in (
            *(self._title, self._seen, self.picture),
            *(self._true, self.verdict, self.bars, self._told),
        ):
            box.addWidget(widget)
        box.addWidget(self.table, 1)
        box.addStretch()
        self.clear()
        self._retranslate()

    def clear(self) -> None:
        """Show nothing."""
        self.verdict.clear()
        self._seen.hide()
        self.tell("")
        for widget in (self._true, self.picture, self.bars, self.table):
            widget.hide()
        if self._forecast is not None:
            self._forecast.hide()

    def show_forecast(self, shown: Forecast) -> None:
        """Show what comes next of series."""
        self.clear()
        if self._forecast is None:
            self._forecast = ForecastView()
            box = self.layout()
            assert isinstance(box, QVBoxLayout)
            box.insertWidget(box.count() - 1, self._forecast, 1)
        self._forecast.show_forecast(shown)

    def show_prediction(self, predictions: Predictions, seen: NDArray[Any] | None = None) -> None:
        """Show what is said of one sample, and as what the model saw it; or of several, of each."""
        self.clear()
        if len(predictions.samples) > 1:
            self._show_rows(predictions)
            return
        picture = _drawn(np.asarray(seen)) if seen is not None else None
        if picture is not None and predictions.is_mask:
            picture = beside(picture, as_mask(predictions.predicted[0], _SIDE))
        self.picture.setPixmap(picture or QPixmap())
        self.picture.setVisible(picture is not None)
        self._seen.setVisible(picture is not None)
        true, told = true_words(predictions, 0), predicted_words(predictions, 0)
        if told == MANY:  # which are shown as a picture, where they are one
            right = self.tr("{0} right")
            told = right.format(share_right(predictions, 0)) if true else ""
            true = ""
        self._true.setText(self.tr("true: {0}").format(true))
        self._true.setVisible(bool(true))
        self.verdict.setText(told)
        scores = predictions.scores
        if len(scores) and scores.ndim == 2:
            names = [predictions.name(place) for place in range(scores.shape[1])]
            self.bars.show_scores(names, scores[0])
            self.bars.show()

    def _show_rows(self, predictions: Predictions) -> None:
        self.table.show()
        count = min(_MOST_ROWS, len(predictions.samples))
        numbers = [] if predictions.is_of_classes else [self._numbers(predictions, 0)]
        width = 1 if not numbers else min(_FEW, len(numbers[0]))
        self.table.setColumnCount(1 + width)
        heads = [self.tr("predicted")] if width == 1 else [f"{n + 1}" for n in range(width)]
        self.table.setHorizontalHeaderLabels([self.tr("Row"), *heads])
        self.table.setRowCount(count)
        for row in range(count):
            words = (
                [predicted_words(predictions, row)]
                if predictions.is_of_classes
                else [figure(value) for value in self._numbers(predictions, row)[:width]]
            )
            for column, word in enumerate((str(int(predictions.samples[row]) + 1), *words)):
                fill(self.table.model(), row, column, {Role.DisplayRole: word})
        self.table.resizeColumnsToContents()

    def _numbers(self, predictions: Predictions, row: int) -> NDArray[Any]:
        return np.ravel(predictions.predicted[row])

    def tell(self, sentences: str) -> None:
        """Say what else is to be said, or nothing."""
        self._told.setText(sentences)
        self._told.setVisible(bool(sentences))

    def complain(self, sentence: str) -> None:
        """Say why nothing can be said."""
        self.clear()
        self.verdict.setText(sentence)
        self.show()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._title.setText(self.tr("Answer"))
        self._seen.setText(self.tr("As the model sees it"))


def _drawn(seen: NDArray[Any]) -> QPixmap | None:
    """Return a picture of shape (channels, H, W), or a series of shape (steps, variables)."""
    return as_curves(seen, *_CURVE) if seen.ndim == 2 else as_pixmap(seen, _SIDE)
