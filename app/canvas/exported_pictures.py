"""Pictures of a network as a target of the export catalogue, which names this by its path."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from app.canvas.picture import WRITERS, picture
from app.look.fonts import ui_font
from app.look.theme import LIGHT

if TYPE_CHECKING:
    from app.exporting.material import Material


def pictures(material: Material) -> Sequence[bytes]:
    """Return the network as SVG, PDF and PNG, in the light theme, for documents and papers."""
    export = material.export
    project = replace(export.project, main=export.network.network.id)
    if QApplication.instance() is None:
        _off_screen()
    return [picture(project, suffix, LIGHT) for suffix in WRITERS]


@cache
def _off_screen() -> QCoreApplication:
    """Begin with Qt where there is no window, and hold it until the process ends."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    application = QApplication(["layerweft"])
    application.setFont(ui_font())
    return application
