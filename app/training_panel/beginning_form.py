"""How the next run begins: with which weights, and in a process of its own or not."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from app.look.theme import SPACE
from app.project.document import Document
from app.training_panel.start_from import StartFrom
from app.training_panel.trainer import Trainer
from app.widgets.reasons import set_reason, unless


class BeginningForm(QWidget):
    """What is chosen for the next run and is no part of the recipe."""

    def __init__(self, document: Document, trainer: Trainer) -> None:
        super().__init__()
        self._document, self._trainer = document, trainer
        self.again, self.isolated = QCheckBox(), QCheckBox()
        self.again.toggled.connect(self._choose)
        self.isolated.toggled.connect(self._choose)
        self.start_from = StartFrom(document, trainer)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        for widget in (self.start_from, self.again, self.isolated):
            column.addWidget(widget)
        trainer.state_changed.connect(self.refresh)
        self._retranslate()

    @property
    def summary(self) -> str:
        """What is chosen, in a few words."""
        if self._trainer.beginning is not None:
            return self._trainer.beginning.path.parent.name
        is_again = self.again.isChecked() and self.again.isEnabled()
        return self.tr("best weights") if is_again else self.tr("new weights")

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def refresh(self) -> None:
        """Make grey what cannot be chosen now."""
        trainer = self._trainer
        at_rest = unless(not trainer.is_running, self.tr("A training is running."))
        weights = trainer.weights_of(self._document.project)
        none_yet = unless(weights is not None, self.tr("No run has trained this very network yet."))
        in_window = unless(
            not trainer.step_obstacle, self.tr("Such a run has processes of its own anyway.")
        )
        set_reason(self.isolated, at_rest or in_window)
        set_reason(self.again, at_rest or none_yet)

    def _choose(self) -> None:
        self._trainer.goes_on = self.again.isChecked()
        self._trainer.is_isolated = self.isolated.isChecked()
        self._trainer.state_changed.emit()

    def _retranslate(self) -> None:
        self.isolated.setText(self.tr("Separate process"))
        self.isolated.setToolTip(
            self.tr("Train in a process of its own: safer, and full speed for tiny steps")
        )
        self.again.setText(self.tr("From best weights"))
        self.again.setToolTip(self.tr("Begin with the best weights of the last run"))
        self.refresh()
