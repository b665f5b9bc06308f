"""A window, worked on from within: one thing at a time, each waited for until nothing moves."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar

from PySide6.QtCore import QEventLoop, QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from app.main_window import MainWindow
from app.project.examples import EXAMPLES
from app.project.files import new_project
from graph_model.files.storage import load

_PATIENCE: Final = 120.0
"""Seconds to wait for anything before giving up."""
_MOMENT: Final = 30
"""Milliseconds in which the window does what waits in it."""
_SEEN: Final = 300
"""Milliseconds for which a dialog is looked at."""

AnyWidget = TypeVar("AnyWidget", bound=QWidget)


class Driven:
    """A window and what can be done with it; ``folder`` is for files that are written."""

    def __init__(self, window: MainWindow, folder: Path) -> None:
        self.window, self.folder = window, folder

    def settle(self, milliseconds: int = 5 * _MOMENT) -> None:
        """Let the window do what waits in it."""
        end = time.monotonic() + milliseconds / 1000
        while time.monotonic() < end:
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, _MOMENT)
            time.sleep(0.002)

    def until(self, condition: Callable[[], object], what: str) -> None:
        """Wait until something holds."""
        end = time.monotonic() + _PATIENCE
        while not condition():
            if time.monotonic() > end:
                raise AssertionError(f"{what} never came")
            self.settle(_MOMENT)

    def do(self, *actions: str) -> None:
        """Do actions of the window one after the other."""
        for action in actions:
            found = self.window.actions_by_id[action]
            if not found.isEnabled():
                raise AssertionError(f"{action} cannot be done: {found.reason}")
            found.trigger()
            self.settle()

    def ask(self, action: str) -> None:
        """Do what opens a dialog, look at it and reject it."""
        timer = QTimer(interval=_SEEN)
        timer.timeout.connect(self.close_what_is_open)
        timer.start()
        self.window.actions_by_id[action].trigger()
        self.until(lambda: not self.is_asked, f"the end of {action}")
        timer.stop()
        timer.deleteLater()

    @property
    def is_asked(self) -> bool:
        """Whether a dialog or a menu lies above the window."""
        return bool(QApplication.activePopupWidget() or QApplication.activeModalWidget())

    def close_what_is_open(self) -> None:
        """Reject the dialog, or close the menu, that lies above the window."""
        above = QApplication.activePopupWidget() or QApplication.activeModalWidget()
        if isinstance(above, QDialog):
            above.reject()
        elif above is not None:
            above.close()

    def key(self, key: Qt.Key) -> None:
        """Press a key where the keys go."""
        QTest.keyClick(self._focus(), key)
        self.settle()

    def type(self, text: str) -> None:
        """Type a text where the keys go."""
        QTest.keyClicks(self._focus(), text)
        self.settle()

    def _focus(self) -> QWidget:
        self.until(QApplication.focusWidget, "the keys")
        return QApplication.focusWidget()

    def hover(self, widget: QWidget, at: QPoint) -> None:
        """Move the mouse to a point of a widget."""
        QTest.mouseMove(widget, at)
        self.settle(_MOMENT)

    def open(self, example: str) -> None:
        """Open an example as it comes, unless it is open and was not touched."""
        found = next(each for each in EXAMPLES if each.name == example)
        self.window.document.history.setClean()
        self.window.document.open(load(found.path))
        self.window.trainer.begin_with(found.beginning)
        self.settle()

    def open_nothing(self) -> None:
        """Begin a new project, in light colours and English, where one draws."""
        self.window.document.history.setClean()
        self.window.document.open(new_project())
        self.do("workspace_draw")
        self.settle()

    def train(self, epochs: int = 1) -> None:
        """Start a run, let it tell so many epochs, and stop it."""
        trainer = self.window.trainer
        self.until(lambda: trainer.can_start, f"a training ({trainer.obstacle})")
        self.do("train_start")
        self.until(lambda: trainer.is_running, "its start")
        record = trainer.session.record
        self.until(lambda: len(record.epochs) >= epochs or not trainer.is_running, "an epoch")
        trainer.stop()
        self.until(lambda: trainer.is_free, "its end")
        self.settle()

    def each_node(self, do: Callable[[], object], most: int = 8) -> None:
        """Select nodes one after the other, and do something with each."""
        for node in list(self.window.document.network.nodes)[:most]:
            self.window.selection.set([node])
            self.settle()
            do()
