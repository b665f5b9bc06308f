"""What leaves the window: code and what goes with it, and pictures of the network."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.late import late
from app.panels.status_bar import StatusBar
from app.project.document import Document
from app.project.state import State, first_state
from app.settings import SettingsStore
from app.torch_loader import TorchLoader
from app.training_panel.trainer import Trainer

if TYPE_CHECKING:
    from app.overlays.key import Coloured
    from app.panels.exporter import Exporter
    from app.runs.summaries import Summary


class TakingAway(QObject):
    """Exports what is drawn; the status bar tells how far that is, and cancels it."""

    def __init__(
        self,
        document: Document,
        trainer: Trainer,
        store: SettingsStore,
        torch: TorchLoader,
        status: StatusBar,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._document, self._trainer, self._store = document, trainer, store
        self._torch, self._status, self._window = torch, status, window
        self.exporter: Exporter | None = None
        """What writes exports, once there has been one."""

    def export(self, wanted: Sequence[str] = ()) -> None:
        """Ask what to export, and write it; these targets are chosen from the beginning."""
        self._document.settle()
        weights = self._trainer.weights_of(self._document.project)
        can_train = self._trainer.watch.fits
        self._export(self._document.state, weights, can_train=can_train, wanted=wanted)

    def export_run(self, folder: Path) -> None:
        """Ask what to export of a run, its network as it was with its weights, and write it."""
        store = late("app.runs.store")
        project = store.trained_project(folder)
        if project is None:
            self._status.say(self.tr("The project of this run cannot be read."))
            return
        state = first_state(project, self._document.known)
        self._export(state, store.kept_weights(folder), can_train=not state.main.has_errors)

    def _export(
        self, state: State, weights: Path | None, *, can_train: bool, wanted: Sequence[str] = ()
    ) -> None:
        if self.exporter is None:
            self.exporter = late("app.panels.exporter").Exporter(self._window, self._torch)
            self.exporter.progressed.connect(self._status.show_work)
            self.exporter.ended.connect(self._status.hide_work)
            self.exporter.said.connect(self._status.say)
            self._status.cancelled.connect(self.exporter.cancel)
        folder = Path(self._store.value.folder)
        self.exporter.export(state, folder, weights, can_train, wanted)

    def save_picture(self, coloured: Coloured | None = None) -> None:
        """Ask for a place, and write a picture of the network there, in the colours it has."""
        folder = Path(self._store.value.folder)
        late("app.canvas.save_picture").save_picture(
            self._document.state, folder / self._document.stem, self._window, coloured
        )

    def write_report(self, runs: Sequence[Summary]) -> None:
        """Ask for a place, and write a report of runs there."""
        folder = Path(self._store.value.folder)
        path = late("app.reporting").save_report(runs, folder, self._window)
        if path is not None:
            self._status.say(self.tr("Written: {0}").format(path))

    def close(self) -> None:
        """Give up an export under way, before the window goes."""
        if self.exporter is not None:
            self.exporter.close()
