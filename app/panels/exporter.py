"""Exports on request: asks what, and writes it beside the window where that takes its time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from threading import Event
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QDialog, QMessageBox, QWidget

from app.background import Latest
from app.exporting.process import write_in_process
from app.exporting.writer import Export, Exported, write
from app.language.sentences import problem_sentence, reason_text, translate
from app.panels.export import ExportDialog
from app.panels.exported import ExportedDialog
from app.project.state import State
from app.torch_loader import TorchLoader
from graph_model.problems import Refusal

_LOOK_EVERY: Final = 100
"""Milliseconds between looks at how far an export is."""


class Exporter(QObject):
    """Writes one export at a time.

    ``progressed`` tells what is being made of how many things, and how many are; ``ended`` that
    none is under way any more, and ``said`` what came of it.
    """

    progressed = Signal(str, int, int)
    ended = Signal()
    said = Signal(str)

    def __init__(self, window: QWidget, torch: TorchLoader) -> None:
        super().__init__(window)
        self._window, self._torch = window, torch
        self._worker = Latest(self)
        self._worker.done.connect(lambda done: self._tell(*done))
        self._is_busy = False
        self._cancelled = Event()
        self._made: list[str] = []
        self._look = QTimer(self, interval=_LOOK_EVERY)
        self._look.timeout.connect(self._show_progress)

    def cancel(self) -> None:
        """Give up the export under way, which writes nothing then."""
        self._cancelled.set()

    def close(self) -> None:
        """Give up the export under way; wait for it where it is being written by now."""
        self.cancel()
        self._worker.blockSignals(True)  # nobody is left to be told
        self._worker.finish()

    def export(
        self,
        state: State,
        folder: Path,
        weights: Path | None,
        can_train: bool,
        wanted: Sequence[str] = (),
    ) -> None:
        """Ask what to export and where to, and write it; ``wanted`` is chosen from the beginning.

        ``weights`` are those of the last run where the network still is the one that was trained.
        """
        if self._is_busy:
            self.said.emit(translate("Export", "An export is under way."))
            return
        dialog = ExportDialog(state, folder, weights, can_train, self._window)
        dialog.want(wanted)
        if dialog.exec() != QDialog.DialogCode.Accepted:
            return
        export, self._is_busy = dialog.wanted, True
        if export.needs_torch:
            self._torch.when_loaded(partial(self._begin, export))
        else:
            self._tell(*_written(export))

    def _begin(self, export: Export) -> None:
        self._cancelled, self._made = Event(), []
        self._wanted = [translate("Target", target.title) for target in export.wanted]
        self._wanted += [translate("Export", "the proof")] if export.proves else []
        self._show_progress()
        self._look.start()
        self._worker.ask(_written_beside, export, self._made.append, self._cancelled)

    def _show_progress(self) -> None:
        """Say what is being made, as the process has told it so far."""
        made, count = len(self._made), len(self._wanted)
        text = translate("Export", "Exporting…")
        if 0 < made <= count:
            text = translate("Export", "Exporting {0}…").format(self._wanted[made - 1])
        self.progressed.emit(text, max(0, made - 1), count)

    def _tell(self, export: Export, done: Exported | Refusal | OSError | None) -> None:
        """Say where it was written and what is to be known of it, or why it was not."""
        self._is_busy = False
        self._look.stop()
        self.ended.emit()
        if done is None:
            self.said.emit(translate("Export", "The export was cancelled; nothing was written."))
            return
        title = translate("Export", "Export Code")
        if isinstance(done, Exported):
            self.said.emit(translate("Export", "Written to {0}").format(export.path))
            if done.notes or done.report is not None:
                ExportedDialog(export, done, self._window).open()
            return
        why = problem_sentence(done.problem) if isinstance(done, Refusal) else reason_text(done)
        text = translate("Export", "{0} could not be written.").format(export.path.name)
        QMessageBox.critical(self._window, title, f"{text}\n\n{why}")


def _written(export: Export) -> tuple[Export, Exported | Refusal | OSError]:
    """Write an export and return it with what came of it; touches nothing of the window."""
    try:
        return export, write(export)
    except (Refusal, OSError) as error:
        return export, error


def _written_beside(
    export: Export, tell: Callable[[str], object], cancelled: Event
) -> tuple[Export, Exported | Refusal | OSError | None]:
    """Do the same in a process of its own, which can be cancelled."""
    try:
        return export, write_in_process(export, tell, cancelled)
    except (Refusal, OSError) as error:
        return export, error
