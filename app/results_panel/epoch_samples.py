"""What a run said of fixed samples, epoch by epoch: the last one, or one that was chosen."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSlider, QVBoxLayout, QWidget

from app.language.numbers import grouped
from app.language.sentences import translate
from app.look.style import set_role
from app.look.theme import SPACE
from app.results_panel.epoch_slider import offer_epochs
from app.results_panel.sample_list import SampleList
from app.runs.events import Answered
from app.runs.predictions import Places, Predictions
from app.runs.record import Record
from app.widgets.scrolling import unmoved_by_wheel

_WIDEST: Final = 200


class EpochSamples(QWidget):
    """Shows some samples with what they were taken for; each stays at its place over the epochs.

    The worst of the last epoch come first. Drawn only while it is seen.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._record = Record()
        self._epochs: list[int] = []
        self._drawn: tuple[Answered, int] | None = None
        self._order: Places | None = None
        self._is_last, self.is_bundled = True, False
        self._label, self._told = QLabel(), QLabel()
        for label in (self._label, self._told):
            set_role(label, "caption")
        self.slider = unmoved_by_wheel(QSlider(Qt.Orientation.Horizontal))
        """One step for each epoch that is remembered."""
        self.slider.valueChanged.connect(self._choose)
        self.output = unmoved_by_wheel(QComboBox())
        """Which output, where there are several."""
        self.output.setMaximumWidth(_WIDEST)
        self.output.currentIndexChanged.connect(self._order_anew)
        self.list = SampleList()
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.addWidget(self._label)
        row.addWidget(self.slider, 1)
        row.addWidget(self._told)
        row.addWidget(self.output)
        box = QVBoxLayout(self)
        box.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        box.addLayout(row)
        box.addWidget(self.list, 1)
        self._retranslate()

    def show_record(self, record: Record, *, is_bundled: bool = False) -> None:
        """Show what a run says from now on, the last of it first."""
        self._record, self.is_bundled = record, is_bundled
        self._epochs, self._is_last, self._order, self._drawn = [], True, None, None
        self.refresh()

    def refresh(self) -> None:
        """Take in what the run has told; who looks at an earlier epoch goes on looking at it."""
        epochs = [each.epoch for each in self._record.answers]
        if epochs != self._epochs:
            chosen = None if self._is_last or not self._epochs else self._epochs[self._place]
            self._epochs = epochs
            offer_epochs(self.slider, epochs, chosen)
            self._offer_outputs()
        self._show_chosen()

    def showEvent(self, event: QShowEvent) -> None:
        """Draw what came while this was hidden."""
        super().showEvent(event)
        self._show_chosen()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._drawn = None
            self._show_chosen()
            self._retranslate()
        super().changeEvent(event)

    @property
    def _place(self) -> int:
        return min(self.slider.value(), len(self._epochs) - 1)

    def _offer_outputs(self) -> None:
        names = [each.output for each in self._record.answers[-1].answers] if self._epochs else []
        if [self.output.itemText(n) for n in range(self.output.count())] != names:
            self.output.blockSignals(True)
            self.output.clear()
            self.output.addItems(names)
            self.output.blockSignals(False)
        self.output.setVisible(len(names) > 1)

    def _choose(self) -> None:
        self._is_last = self.slider.value() == self.slider.maximum()
        self._show_chosen()

    def _order_anew(self) -> None:
        self._order = self._drawn = None
        self._show_chosen()

    def _show_chosen(self) -> None:
        self._retranslate()
        looks = self._record.looks
        if not self._epochs or looks is None or not self.isVisible():
            return
        output = max(0, self.output.currentIndex())
        told = self._record.answers[self._place]
        if self._drawn == (told, output):
            return
        if self._order is None or self._is_last:
            self._order = self._record.answers[-1].answers[output].ordered("worst")
        self._drawn = (told, output)
        said = self._named(told.answers[output])
        self.list.show_samples(said, self._order, looks.at(self._order))

    def _named(self, predictions: Predictions) -> Predictions:
        """Return predictions with the class names of bundled data in the language in use."""
        if not self.is_bundled:
            return predictions
        names = tuple(translate("ClassName", name) for name in predictions.class_names)
        return replace(predictions, class_names=names)

    def _retranslate(self) -> None:
        self.slider.setAccessibleName(self.tr("Epoch"))
        self.output.setAccessibleName(self.tr("Output"))
        epoch = self._epochs[self._place] if self._epochs else 0
        self._label.setText(self.tr("After epoch {0}").format(epoch))
        self._told.setText("")
        if self._epochs:
            output = max(0, self.output.currentIndex())
            said = self._record.answers[self._place].answers[output]
            if said.is_flat:
                right = int((said.true == said.predicted).sum())
                self._told.setText(
                    self.tr("{0} of {1} right").format(grouped(right), grouped(len(said.samples)))
                )
            else:
                mean = f"{float(said.losses.mean()):.4g}"
                self._told.setText(self.tr("mean loss {0}").format(mean))
