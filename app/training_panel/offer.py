"""A line that says at the start that the last run was interrupted, and offers to go on with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from app.background import Latest
from app.look.theme import SPACE
from app.runs.folder import runs_folder
from app.runs.store import Run, interrupted_run
from app.settings import SettingsStore
from app.widgets.button import Button

if TYPE_CHECKING:
    from app.training_panel.trainer import Trainer


class InterruptedOffer(QWidget):
    """Seen until it is answered, or a run begins; what was declined once is not offered again."""

    def __init__(self, trainer: Trainer, store: SettingsStore) -> None:
        super().__init__()
        self._trainer, self._store = trainer, store
        self._run: Run | None = None
        self._text = QLabel()
        self.go_on, self.decline = Button(), Button()
        self.go_on.clicked.connect(self._go_on)
        self.decline.clicked.connect(self._decline)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE)
        for widget in (self._text, self.go_on, self.decline):
            row.addWidget(widget)
        self.hide()
        trainer.run_asked.connect(self.hide)
        self._reader = Latest(self)
        self._reader.done.connect(self._show)

    def look(self) -> None:
        """Look beside the window whether the newest run was interrupted."""
        self._reader.ask(interrupted_run, runs_folder())

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _show(self, run: Run | None) -> None:
        if run is not None and run.folder.name != self._store.value.declined_run:
            self._run = run
            self._retranslate()
            self.setVisible(self._trainer.is_free)

    def _go_on(self) -> None:
        self.hide()
        if self._run is not None:
            self._trainer.go_on(self._run)

    def _decline(self) -> None:
        self.hide()
        if self._run is not None:
            self._store.update(declined_run=self._run.folder.name)

    def _retranslate(self) -> None:
        if self._run is not None:
            done, planned = self._run.epochs, self._run.planned
            text = self.tr("The last run was interrupted after {0} of {1} epochs.")
            text = text.format(done, planned)
            if self._run.goes_on_elsewhere:
                text = self.tr("The last run was left at {0}.").format(self._run.host)
            self._text.setText(text)
            self._text.setToolTip(str(self._run.folder))
        is_elsewhere = self._run is not None and self._run.goes_on_elsewhere
        self.go_on.setText(self.tr("Watch it") if is_elsewhere else self.tr("Go on"))
        self.decline.setText(self.tr("Not now"))
