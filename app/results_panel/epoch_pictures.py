"""The pictures that outputs give while they are trained, epoch by epoch."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QVBoxLayout, QWidget

from app.look.style import set_role
from app.look.theme import SPACE
from app.results_panel.epoch_slider import offer_epochs
from app.results_panel.pictures_view import PicturesView
from app.runs.record import Record
from app.widgets.scrolling import unmoved_by_wheel


class EpochPictures(QWidget):
    """Shows what a run's outputs gave after an epoch: the last one, or one that was chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._record = Record()
        self._epochs: list[int] = []
        self._is_last = True
        self.pictures = PicturesView()
        self._label = QLabel()
        set_role(self._label, "caption")
        self.slider = unmoved_by_wheel(QSlider(Qt.Orientation.Horizontal))
        """One step for each epoch whose pictures are remembered."""
        self.slider.valueChanged.connect(self._choose)
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.addWidget(self._label)
        row.addWidget(self.slider, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        box.addLayout(row)
        box.addWidget(self.pictures, 1)
        self._retranslate()

    def show_record(self, record: Record) -> None:
        """Show the pictures of a run from now on, the last ones of it."""
        self._record, self._epochs, self._is_last = record, [], True
        self.refresh()

    def refresh(self) -> None:
        """Take in what the run has told; who looks at an earlier epoch goes on looking at it."""
        epochs = [each.epoch for each in self._record.pictures]
        if epochs == self._epochs:
            return
        chosen = None if self._is_last or not self._epochs else self._epochs[self.slider.value()]
        self._epochs = epochs
        offer_epochs(self.slider, epochs, chosen)
        self._show_chosen()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _choose(self) -> None:
        self._is_last = self.slider.value() == self.slider.maximum()
        self._show_chosen()

    def _show_chosen(self) -> None:
        if self._epochs:
            self.pictures.update_pictures(self._record.pictures[self.slider.value()].shown)
        self._retranslate()

    def _retranslate(self) -> None:
        self.slider.setAccessibleName(self.tr("Epoch"))
        epoch = self._epochs[self.slider.value()] if self._epochs else 0
        self._label.setText(self.tr("After epoch {0}").format(epoch))
