"""Single samples: the ones a model was most wrong about, and one to try it on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QImage, QPixmap
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from app.look.style import set_role
from app.look.theme import SPACE
from app.results_panel.row_form import RowForm
from app.results_panel.text_form import TextForm
from app.widgets.button import Button
from app.widgets.scrolling import unmoved_by_wheel

if TYPE_CHECKING:
    from app.runs.predictions import Predictions
    from app.training.rows import CellField

Array = NDArray[Any]
_SIDE = 48
_CELL = 116
_PAD = 4
_GAP = 2
_ROOM = _CELL - 5 * _PAD
"""What Qt leaves of a cell for text, which it cuts at the end: where the percentage stands."""
_WIDEST = 150
"""How many pixels a line of a verdict takes at most."""
NO_TEXTS: Final[Mapping[int, str]] = {}
_BARS = 3
_FEW = 6
_MANY: Final = "…"
"""What a sample was taken for where that is a class for each of its places."""
_ROOMIEST = 100
"""The share of the height that goes to a row of one's own, as far as it needs it."""


class SamplesView(QWidget):
    """The samples with the highest losses, each with what it is and what it was taken for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = QLabel()
        set_role(self._title, "heading")
        self._list = QListWidget()
        self._list.setViewMode(QListWidget.ViewMode.IconMode)
        self._list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self._list.setMovement(QListWidget.Movement.Static)
        self._list.setIconSize(QSize(_SIDE, _SIDE))
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setMinimumWidth(_CELL + 16)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._title)
        box.addWidget(self._list)
        self._retranslate()

    def show_samples(
        self,
        predictions: Predictions,
        places: Iterable[int],
        data: Array,
        texts: Mapping[int, str] = NO_TEXTS,
    ) -> None:
        """Show the predictions at these places; ``data`` holds the features of all samples.

        ``texts`` has what stands in samples that are texts.
        """
        self._list.clear()
        modes = QListWidget.ViewMode
        has_pictures = len(data) > 0 and as_picture(data[0]) is not None
        self._list.setViewMode(modes.IconMode if has_pictures else modes.ListMode)
        self._list.setSpacing(_GAP if has_pictures else 0)
        for place in places:
            sample = int(predictions.samples[place])
            picture = as_picture(data[sample])
            words = described(predictions, int(place))
            text = texts.get(sample, "")
            item = QListWidgetItem(words)
            if text:
                first = words if words != _MANY else f"{predictions.losses[place]:.3g}"
                item.setText(f"{first}   {' '.join(text.split())}")
            if picture is not None:
                lines = in_lines(words)
                item.setText(self._elided(lines))
                item.setIcon(QIcon(picture))
                height = len(lines) * self._list.fontMetrics().lineSpacing()
                item.setSizeHint(QSize(_CELL, _SIDE + height + 3 * _PAD))
            if not text:
                item.setTextAlignment(Qt.AlignmentFlag.AlignHCenter)
            told = self.tr("Sample {0}, loss {1:.3g}").format(sample, predictions.losses[place])
            item.setToolTip("\n".join((*([text] if text else []), words, told)))
            self._list.addItem(item)

    def _elided(self, lines: list[str]) -> str:
        metrics, mode = self._list.fontMetrics(), Qt.TextElideMode.ElideMiddle
        return "\n".join(metrics.elidedText(line, mode, _ROOM) for line in lines)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._title.setText(self.tr("Worst samples"))


class TryView(QWidget):
    """Asks the model about a sample of the data, a row that is filled in, or a file."""

    sample_chosen = Signal(int)
    file_wanted = Signal()
    row_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title, self._picture, self._verdict = QLabel(), QLabel(), QLabel()
        self._or = QLabel()
        set_role(self._or, "caption")
        set_role(self._title, "heading")
        self._verdict.setWordWrap(True)
        self._verdict.setTextFormat(Qt.TextFormat.PlainText)
        self._told = QLabel()
        self._told.setWordWrap(True)
        self._told.setTextFormat(Qt.TextFormat.PlainText)
        set_role(self._told, "caption")
        self._told.hide()
        self._number = unmoved_by_wheel(QSpinBox())
        self._number.lineEdit().setTextMargins(5, 0, 0, 0)
        self._number.valueChanged.connect(self.sample_chosen)
        self._file = Button()
        self._file.clicked.connect(self.file_wanted)
        self._bars = [(QLabel(), QProgressBar()) for _ in range(_BARS)]
        self.row = RowForm()
        self.row.edited.connect(self.row_wanted)
        self.text = TextForm()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE // 2)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._file)
        box.addLayout(head)
        box.addWidget(self._number)
        box.addWidget(self._or)
        box.addWidget(self.row, _ROOMIEST)
        box.addWidget(self.text)
        box.addWidget(self._picture)
        box.addWidget(self._verdict)
        box.addWidget(self._told)
        for label, bar in self._bars:
            set_role(label, "caption")
            bar.setRange(0, 1000)
            bar.setTextVisible(False)
            box.addWidget(label)
            box.addWidget(bar)
        box.addStretch(1)
        self._retranslate()

    def hasHeightForWidth(self) -> bool:
        """Say no: a verdict of two lines is no reason to scroll all that stands beside it."""
        return False

    def show_limits(self, samples: int) -> None:
        """Offer the numbers of so many samples."""
        self._number.blockSignals(True)
        self._number.setRange(0, samples - 1)
        self._number.blockSignals(False)

    def ask_for(self, cells: Sequence[CellField]) -> None:
        """Offer a field for each of these cells of a row of one's own, where there are any."""
        self._or.setVisible(bool(cells))
        self.row.show_fields(cells)

    def show_prediction(self, predictions: Predictions, data: Array) -> None:
        """Show what the model says of its first sample; of texts that go on, that is a text."""
        if self.text.is_gone_on:
            self._number_of(predictions)
            self._verdict.clear()
            self._hide_bars()
            return
        known = bool(len(predictions.true))
        picture = as_picture(data[int(predictions.samples[0])]) if known else None
        self._picture.setPixmap(picture.scaled(_SIDE, _SIDE) if picture else QPixmap())
        self._picture.setVisible(picture is not None)
        words = described(predictions, 0)
        metrics, mode = self._verdict.fontMetrics(), Qt.TextElideMode.ElideMiddle
        lines = [metrics.elidedText(line, mode, _WIDEST) for line in in_lines(words)]
        self._verdict.setWordWrap(False)
        self._verdict.setText("\n".join(lines))
        self._verdict.setToolTip(words)
        self._number_of(predictions)
        scores = predictions.scores[0].ravel() if len(predictions.scores) else np.empty(0)
        best = np.argsort(-scores)[:_BARS]
        for place, (label, bar) in enumerate(self._bars):
            shown = place < len(best)
            label.setVisible(shown)
            bar.setVisible(shown)
            if shown:
                score = float(scores[best[place]])
                name = _name(predictions, int(best[place]))
                label.setText(f"{name}  {100 * score:.1f} %")
                bar.setValue(round(1000 * score))

    def _number_of(self, predictions: Predictions) -> None:
        """Let the number be that of the sample, where it is one of the data."""
        if len(predictions.true):
            self._number.blockSignals(True)
            self._number.setValue(int(predictions.samples[0]))
            self._number.blockSignals(False)

    def tell(self, sentences: str) -> None:
        """Say what else is to be said of a file, or nothing."""
        self._told.setText(sentences)
        self._told.setVisible(bool(sentences))

    def complain(self, sentence: str) -> None:
        """Say why a file could not be used."""
        self.tell("")
        self._picture.hide()
        self._verdict.setWordWrap(True)
        self._verdict.setText(sentence)
        self._hide_bars()

    def _hide_bars(self) -> None:
        for label, bar in self._bars:
            label.hide()
            bar.hide()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._title.setText(self.tr("Try it"))
        self._number.setPrefix(self.tr("Sample "))
        self._number.setAccessibleName(self.tr("Number of the sample"))
        self._file.setText(self.tr("File…"))
        self._or.setText(self.tr("… or a row of your own:"))


def described(predictions: Predictions, place: int) -> str:
    """Return what a sample is and what it was taken for: ``cat → dog 71 %``."""
    predicted = predictions.predicted[place]
    true = predictions.true[place] if len(predictions.true) else None
    if not predictions.is_of_classes:
        values = _number(predicted)
        return values if true is None else f"{_number(true)} → {values}"
    if np.ndim(predicted):
        return _MANY
    words = _name(predictions, int(predicted))
    if len(predictions.scores):
        score = float(predictions.scores[place].ravel()[int(predicted)])
        words += f" {100 * score:.0f}\N{NO-BREAK SPACE}%"
    return words if true is None else f"{_name(predictions, int(true))} → {words}"


def in_lines(words: str) -> list[str]:
    """Return a description in lines: what a sample is, and what it was taken for."""
    true, arrow, predicted = words.rpartition(" → ")
    return [true, f"→ {predicted}"] if arrow else [words]


def _name(predictions: Predictions, index: int) -> str:
    names = predictions.class_names
    return names[index] if index < len(names) else str(index)


def _number(values: Array) -> str:
    flat = np.ravel(values)
    text = ", ".join(f"{float(value):.4g}" for value in flat[:_FEW])
    return text + (" …" if len(flat) > _FEW else "")


def as_picture(features: Array) -> QPixmap | None:
    """Return a sample of shape (1 or 3, H, W) as a picture, ``None`` for any other."""
    if features.ndim != 3 or features.shape[0] not in (1, 3):
        return None
    image = as_image(features, float(features.min()), float(features.max()))
    mode = Qt.TransformationMode.FastTransformation
    return QPixmap.fromImage(image).scaled(
        _SIDE * 2, _SIDE * 2, Qt.AspectRatioMode.KeepAspectRatio, mode
    )


def as_image(features: Array, low: float, high: float) -> QImage:
    """Return numbers of shape (1 or 3, H, W) as an image, black at ``low`` and bright at ``high``.

    What is beyond is as what is there; what is no number is black.
    """
    spread = high - low if high > low else 1.0
    shares = np.nan_to_num(np.clip((features - low) / spread, 0, 1), nan=0)
    levels = (255 * shares).astype(np.uint8)
    rows = np.ascontiguousarray(levels.transpose(1, 2, 0).repeat(3 // len(levels), axis=2))
    height, width = rows.shape[:2]
    return QImage(rows.data, width, height, 3 * width, QImage.Format.Format_RGB888).copy()
