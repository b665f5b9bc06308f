"""What a drag of a layer kind carries."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QByteArray, QMimeData

KIND_MIME: Final = "application/x-layerweft-kind"
"""What a drag from the palette carries: the name of a layer kind or block, in UTF-8."""


def kind_mime(kind: str) -> QMimeData:
    """Return what a drag of a layer kind carries."""
    data = QMimeData()
    data.setData(KIND_MIME, QByteArray(kind.encode()))
    return data
