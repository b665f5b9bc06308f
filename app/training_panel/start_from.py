"""What the next run begins with, where not with new weights: those of a run, or of a file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from app.runs.job import Beginning
from app.widgets.button import Button

if TYPE_CHECKING:
    from app.training_panel.trainer import Trainer


class StartFrom(Button):
    """A button that says what weights were chosen, with a menu to choose others, or new ones."""

    def __init__(self, trainer: Trainer, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._trainer = trainer
        self._where_fitting = False
        menu = QMenu(self)
        self.new = menu.addAction("")
        self.file = menu.addAction("")
        menu.addSeparator()
        self.fitting = menu.addAction("")
        self.fitting.setCheckable(True)
        self.new.triggered.connect(lambda: trainer.begin_with(None))
        self.file.triggered.connect(self._ask_for_file)
        self.fitting.toggled.connect(self._choose_fitting)
        self.setMenu(menu)
        trainer.state_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show what was chosen."""
        chosen = self._trainer.beginning
        self.setEnabled(self._trainer.is_free)
        self.setText(self._words(chosen))
        self.setToolTip(str(chosen.path) if chosen else "")
        self.new.setText(self.tr("New weights"))
        self.new.setEnabled(chosen is not None)
        self.file.setText(self.tr("Weights of a file…"))
        self.fitting.setText(self.tr("Only where names and shapes match"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self.refresh()
        super().changeEvent(event)

    def _words(self, chosen: Beginning | None) -> str:
        if chosen is None:
            return self.tr("Start from new weights")
        return self.tr("Start from {0}").format(f"{chosen.path.parent.name}/{chosen.path.name}")

    def _ask_for_file(self) -> None:
        files = self.tr("Weights") + " (*.safetensors *.pt *.pth *.bin *.ckpt)"
        title = self.tr("Weights to begin with")
        name, _ = QFileDialog.getOpenFileName(self.window(), title, "", files)
        if name:
            self._trainer.begin_with(Beginning(Path(name), self._where_fitting))

    def _choose_fitting(self, where_fitting: bool) -> None:
        self._where_fitting = where_fitting
        chosen = self._trainer.beginning
        if chosen is not None:
            self._trainer.begin_with(replace(chosen, where_fitting=where_fitting))
