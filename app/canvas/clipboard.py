"""Nodes on the system clipboard, as text that is never trusted."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from graph_model.edits import Fragment
from graph_model.project_format import dumps_fragment, loads_fragment
from graph_model.strict_json import ProjectFileError

FORMAT: Final = "application/x-layerweft-nodes+json"


def put(fragment: Fragment) -> None:
    """Put nodes on the clipboard."""
    text = dumps_fragment(fragment)
    data = QMimeData()
    data.setData(FORMAT, text.encode())
    data.setText(text)
    QGuiApplication.clipboard().setMimeData(data)


def get() -> Fragment | None:
    """Return the nodes on the clipboard, ``None`` where it holds anything else."""
    data = QGuiApplication.clipboard().mimeData()
    if data is None or not data.hasFormat(FORMAT):
        return None
    try:
        return loads_fragment(bytes(data.data(FORMAT).data()).decode())
    except (UnicodeDecodeError, ProjectFileError):
        return None
