"""Panels as pictures and tables in files."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QIODevice, QPoint, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from app.language.sentences import reason_text, translate
from graph_model.files.atomic import write_atomically

_SUFFIXES: Final = (".png", ".svg", ".csv")
_SHARPNESS: Final = 2
"""Pixels of a picture in one of the window."""
_COLUMNS: Final = "what,step,value"


def save(widget: QWidget, rows: Iterable[str], path: Path, columns: str = _COLUMNS) -> None:
    """Write a widget as it is seen, ``.png`` or ``.svg``, or what it shows as a table, ``.csv``.

    Raises ``OSError`` where the file cannot be written.
    """
    match path.suffix.lower():
        case ".csv":
            content = ("\n".join([columns, *rows]) + "\n").encode()
        case ".svg":
            content = _svg(widget)
        case _:
            content = _png(widget)
    write_atomically(path, content)


def ask_and_save(parent: QWidget, proposed: str, write: Callable[[Path], object]) -> None:
    """Ask where to write something, and have it done; say what keeps that from being done."""
    title = translate("Panels", "Export")
    filters = ";;".join(
        (
            translate("Panels", "Picture (*.png)"),
            translate("Panels", "Drawing (*.svg)"),
            translate("Panels", "Table (*.csv)"),
        )
    )
    name, used = QFileDialog.getSaveFileName(parent, title, f"{proposed}.png", filters)
    if not name:
        return
    path = Path(name)
    if path.suffix.lower() not in _SUFFIXES:
        # What a platform tells of the filter that was used may be nothing.
        suffix = next((each for each in _SUFFIXES if each in used), ".png")
        path = path.with_name(path.name + suffix)
    try:
        write(path)
    except OSError as error:
        QMessageBox.warning(parent, title, reason_text(error))


def _png(widget: QWidget) -> bytes:
    picture = QPixmap(widget.size() * _SHARPNESS)
    picture.setDevicePixelRatio(_SHARPNESS)
    picture.fill(Qt.GlobalColor.transparent)
    widget.render(picture)
    buffer = _buffer()
    picture.save(buffer, "PNG")
    return bytes(buffer.data().data())


def _svg(widget: QWidget) -> bytes:
    buffer, generator = _buffer(), QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(widget.size())
    generator.setViewBox(widget.rect())
    painter = QPainter(generator)
    widget.render(painter, QPoint())
    painter.end()
    return bytes(buffer.data().data())


def _buffer() -> QBuffer:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    return buffer
