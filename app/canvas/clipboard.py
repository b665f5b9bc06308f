"""Nodes on the system clipboard, as text that is never trusted."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from graph_model.files.project_format import dumps, loads
from graph_model.files.strict_json import ProjectFileError
from graph_model.network import Project

FORMAT: Final = "application/x-layerweft-nodes+json"
ORIGIN: Final = "application/x-layerweft-origin"
"""What tells the open project from which nodes come from all others."""


def put(copied: Project, origin: str) -> None:
    """Put nodes on the clipboard, with the blocks that they use."""
    text = dumps(copied)
    data = QMimeData()
    data.setData(FORMAT, text.encode())
    data.setData(ORIGIN, origin.encode())
    data.setText(text)
    QGuiApplication.clipboard().setMimeData(data)


def get() -> Project | None:
    """Return the nodes on the clipboard, ``None`` where it holds anything else."""
    data = QGuiApplication.clipboard().mimeData()
    if data is None or not data.hasFormat(FORMAT):
        return None
    try:
        return loads(bytes(data.data(FORMAT).data()).decode())
    except (UnicodeDecodeError, ProjectFileError):
        return None


def is_from(origin: str) -> bool:
    """Tell whether the nodes on the clipboard were copied from this origin."""
    data = QGuiApplication.clipboard().mimeData()
    return data is not None and bytes(data.data(ORIGIN).data()) == origin.encode()
