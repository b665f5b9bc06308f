"""Pictures without a window: Qt draws into files, on a screen that is not there."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QApplication

from app.canvas.picture import WRITERS, write_picture
from app.commands import UsageError
from app.look.theme import Mode, manager
from app.runs.record import Record
from app.widgets.arrangement import Arrangement
from graph_model.network import Project

_CURVES_SIZE: Final = (1280, 480)


class Studio:
    """Draws networks and curves. Keep it as long as anything is drawn: it holds Qt."""

    def __init__(self, *, dark: bool = False) -> None:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        self._application = QApplication.instance() or QApplication(["layerweft"])
        self._themes = manager()
        self._themes.set_mode(Mode.DARK if dark else Mode.LIGHT)
        self._themes.install()

    def draw_network(self, project: Project, path: Path) -> None:
        """Draw a network; raises ``UsageError`` where the file cannot be written."""
        if path.suffix.lower() not in WRITERS:
            raise UsageError(f"{path} must end in one of: {', '.join(WRITERS)}.")
        try:
            write_picture(project, path, self._themes.theme)
        except OSError as error:
            raise UsageError(f"{path} cannot be written: {error.strerror}.") from None

    def draw_curves(self, record: Record, path: Path) -> None:
        """Draw the curves of a run into a PNG file."""
        from app.live_panels.board import Board  # its panels import pyqtgraph: half a second

        view = Board(Arrangement(), "picture")
        view.resize(*_CURVES_SIZE)
        view.show_record(record)
        view.save(path)
