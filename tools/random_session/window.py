"""The window that the hand works on, with a side door that brings it back to its beginning."""

from __future__ import annotations

import faulthandler
import os
import random
import sys
import threading
import traceback
from pathlib import Path
from types import TracebackType
from typing import Any, Final

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMessageBox

from app.arenas import limit_arenas
from app.look import theme
from app.main_window import MainWindow
from app.opening import open_window
from app.project.examples import EXAMPLES
from app.project.files import new_project
from app.training_panel.destination import Where
from app.widgets.first_paint import AfterFirstPaint
from graph_model.files.storage import load
from tests.screen.hosted import SideDoor
from tools.memory_cycles.cycles import CYCLES
from tools.memory_cycles.driven import Driven
from tools.random_session.census import taken

_HUNG_AFTER: Final = 60
"""Seconds without an answer after which the stacks of all threads are written."""

exceptions: list[str] = []


class Door(SideDoor):
    """Also brings the window back to its beginning, and says what it then holds."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._driven = Driven(window, Path.cwd())
        self._trainings = {"started": 0, "ended": 0, "epochs": 0}
        window.trainer.run_started.connect(lambda: self._count("started"))
        window.trainer.run_ended.connect(lambda: self._count("ended"))
        self._answers = {
            **self._answers,
            "alive": self._alive,
            "calm": self._calm,
            "example": self._example,
            "reset": self._reset,
            "taken": taken,
            "cycles": lambda: list(CYCLES),
            "cycle": lambda name: CYCLES[name](self._driven),
            "why_no_run": self._why_no_run,
        }

    def _count(self, what: str) -> None:
        self._trainings[what] += 1
        if what == "ended":
            self._trainings["epochs"] += len(self._window.trainer.session.record.epochs)

    def _alive(self) -> dict[str, Any]:
        faulthandler.dump_traceback_later(_HUNG_AFTER)
        if self._window.isMinimized():
            self._window.showMaximized()
        trainer = self._window.trainer
        return {
            "exceptions": len(exceptions),
            "running": trainer.is_running or trainer.is_waiting,
            **self._trainings,
        }

    def _calm(self) -> bool:
        """Close what is open above the window and stop the run; tell whether nothing is left."""
        above = QApplication.activePopupWidget() or QApplication.activeModalWidget()
        discard = QMessageBox.StandardButton.Discard
        if isinstance(above, QMessageBox) and above.button(discard) is not None:
            above.button(discard).click()
        elif isinstance(above, QDialog):
            QTimer.singleShot(0, above.reject)  # which may ask something, and wait for the answer
        elif above is not None:
            above.close()
        trainer = self._window.trainer
        if above is None and (trainer.is_running or trainer.is_waiting):
            trainer.stop()
        return above is None and not trainer.is_running and not trainer.is_waiting

    def _example(self, name: str) -> None:
        found = next(each for each in EXAMPLES if each.name == name)
        self._window.document.history.setClean()
        self._window.document.open(load(Path(found.path)))
        self._window.trainer.destination.choose(Where.HERE)  # which is not the project's to say

    def _why_no_run(self) -> str:
        """Say what is known of why no run begins: what is in its way, open, or has the keys."""
        trainer = self._window.trainer
        found = {
            "obstacle": trainer.obstacle,
            "where": trainer.destination.where.value,
            "popup": QApplication.activePopupWidget(),
            "dialog": QApplication.activeModalWidget(),
            "window": QApplication.activeWindow(),
            "focus": QApplication.focusWidget(),
        }
        return ", ".join(f"{name}: {what}" for name, what in found.items() if what)

    def _reset(self) -> None:
        """Begin a new project, with the window as it was in the beginning."""
        window = self._window
        window.document.history.setClean()
        window.document.open(new_project())
        window.workspaces.runs.inside.list.table.choose([])  # what is chosen there is held
        self._do("language_en")
        if theme.current().is_dark:
            self._do("theme")
        window.canvas.setFocus()

    def _do(self, action: str) -> None:
        self._window.actions_by_id[action].trigger()


class _Stay(QObject):
    """Keeps the window open, whatever is pressed."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Close:
            event.ignore()
            return True
        return False


def note(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Count an exception and write it."""
    exceptions.append("".join(traceback.format_exception(kind, error, trace)))
    print(exceptions[-1], file=sys.stderr, flush=True)


def answer_file_dialogs(folder: Path, chance: random.Random) -> None:
    """Answer every question for a file at once, never with one outside of this folder."""

    def name(*_: object, **__: object) -> tuple[str, str]:
        ending = chance.choice([".weft", ".py", ".png", ".csv", ""])
        return chance.choice(["", str(folder / f"{chance.randint(1, 4)}{ending}")]), ""

    QFileDialog.getOpenFileName = QFileDialog.getSaveFileName = name  # type: ignore[method-assign,assignment]
    QFileDialog.getExistingDirectory = lambda *_, **__: chance.choice(["", str(folder)])  # type: ignore[method-assign]


def main(arguments: list[str]) -> int:
    """Show the window: ``FOLDER SEED``."""
    faulthandler.enable()
    sys.excepthook = note
    threading.excepthook = lambda told: note(
        told.exc_type, told.exc_value or RuntimeError(), told.exc_traceback
    )
    folder, seed = arguments
    os.chdir(folder)  # where a relative path that was typed leads
    answer_file_dialogs(Path(folder), random.Random(seed))
    limit_arenas()
    application = QApplication(sys.argv[:1])
    window = open_window(application, None)
    window.showMaximized()
    stay = _Stay()
    window.installEventFilter(stay)
    AfterFirstPaint(window, window.begin)
    door = Door(window)
    status = application.exec()
    del door
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
