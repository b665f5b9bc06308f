"""The window without a screen, brought into a state, and the pictures of it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

PATIENCE: Final = 240.0
"""Seconds to wait for anything, such as PyTorch on a busy machine."""


class Stage:
    """The window, brought into each state, and the pictures of it."""

    def __init__(self, folder: Path, width: int, height: int) -> None:
        from PySide6.QtWidgets import QApplication

        from app.look import theme
        from app.opening import open_window

        QApplication.setStyle(theme.STYLE)
        self.application = QApplication([])
        self.folder = folder
        self.window: Any = open_window(self.application, None)
        self.window.resize(width, height)
        self.window.begin()
        self.wait(1.0)

    def wait(self, seconds: float = 0.4) -> None:
        """Let the window do what it has to do for a while."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.application.processEvents()
            time.sleep(0.01)

    def until(self, is_so: Callable[[], object]) -> None:
        """Wait until something is so."""
        end = time.monotonic() + PATIENCE
        while not is_so():
            assert time.monotonic() < end, "it never came to be"
            self.wait(0.05)

    def take(self, name: str) -> None:
        """Write a picture of all that is in view."""
        from PySide6.QtGui import QPainter

        self.wait()
        picture = self.window.grab()
        painter = QPainter(picture)
        for each in self._above():
            painter.drawPixmap(each.mapToGlobal(each.rect().topLeft()), each.grab())
        painter.end()
        picture.save(str(self.folder / f"{name}.png"))
        print(self.folder.name, name, flush=True)

    def _above(self) -> list[Any]:
        """Return what lies above the window, dialogs first."""
        top = self.application.topLevelWidgets()
        above = [each for each in top if each.isVisible() and each is not self.window]
        return sorted(above, key=lambda each: each.windowType().value)

    def clear(self) -> None:
        """Close what lies above the window."""
        for each in reversed(self._above()):
            each.close()
        self.wait(0.1)

    @contextmanager
    def asked(self, name: str) -> Iterator[None]:
        """Take a picture of the question that is asked within, and leave it unanswered."""
        from PySide6.QtCore import QTimer

        def look() -> None:
            dialog = self.application.activeModalWidget()
            if dialog is None:
                QTimer.singleShot(100, look)
                return
            self.take(name)
            dialog.close()

        QTimer.singleShot(100, look)
        yield

    def close(self) -> None:
        """Drop all."""
        self.window.trainer.session.wait()
        self.window.document.history.setClean()
        self.window.close()

    # Where things are

    def open(self, example: str, change: Callable[[Any], Any] | None = None) -> None:
        """Open an example, as it is or with a change made to its project."""
        from app.project.examples import load_example

        project = load_example(example)
        self.window.document.history.setClean()
        self.window.document.open(change(project) if change else project, None)
        self.go("draw")
        self.wait(0.6)

    def go(self, workspace: str) -> None:
        """Show a workspace."""
        from app.workspaces.kinds import Workspace

        self.window.workspaces.go_to(Workspace(workspace))
        self.wait()

    def node(self, name: str) -> str:
        """Return the node of the network in view that has a name."""
        nodes = self.window.document.network.nodes.values()
        return next(each.id for each in nodes if each.name == name)

    def select(self, *names: str) -> None:
        """Select nodes."""
        self.window.selection.set([self.node(each) for each in names])
        self.wait(0.2)

    def train(self, *, epochs: int) -> None:
        """Train until some epochs are over."""
        self.go("train")
        trainer = self.window.trainer
        self.until(lambda: trainer.can_start)
        trainer.start()
        self.until(
            lambda: len(trainer.session.record.epochs) >= epochs or trainer.session.record.ended
        )

    @property
    def recipe(self) -> Any:
        """What a run is chosen with."""
        return self.window.workspaces.training.inside.recipe

    @property
    def runs(self) -> Any:
        """Where runs are compared."""
        return self.window.workspaces.runs.inside
