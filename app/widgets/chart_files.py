"""A chart as a file: a picture as it looks, lines that stay sharp, or its numbers as a table."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QIODevice, QPoint, QRect
from PySide6.QtGui import QPainter, QRegion
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from app.language.sentences import reason_text, translate
from graph_model.files.atomic import write_atomically

Rows = Iterable[Sequence[object]]
ENDINGS: Final = (".png", ".svg", ".csv")


def save_chart(path: Path, drawn: QWidget, rows: Rows) -> None:
    """Write what is drawn, or its ``rows`` where the path ends in ``.csv``.

    Raises ``OSError`` where the file cannot be written.
    """
    ending = path.suffix.lower()
    if ending == ".csv":
        write_atomically(path, csv_text(rows).encode())
    else:
        write_atomically(path, _svg(drawn) if ending == ".svg" else _png(drawn))


def csv_text(rows: Rows) -> str:
    """Return rows as CSV, the names of the columns first."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def ask_to_save(name: str, title: str, drawn: QWidget, rows: Rows) -> None:
    """Ask where to save a chart, and save it; say so where that cannot be done."""
    filters = ";;".join(f"{ending[1:].upper()} (*{ending})" for ending in ENDINGS)
    chosen, used = QFileDialog.getSaveFileName(drawn, title, f"{name}.png", filters)
    if not chosen:
        return
    path = Path(chosen)
    if path.suffix.lower() not in ENDINGS:
        path = path.with_name(path.name + "." + used.partition(" ")[0].lower())
    try:
        save_chart(path, drawn, rows)
    except OSError as error:
        told = translate("Chart", "{0} could not be saved.").format(path.name)
        QMessageBox.warning(drawn, title, f"{told}\n{reason_text(error)}")


def _png(drawn: QWidget) -> bytes:
    buffer = _buffer()
    drawn.grab().save(buffer, "PNG")
    return bytes(buffer.data().data())


def _svg(drawn: QWidget) -> bytes:
    buffer = _buffer()
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(drawn.size())
    generator.setViewBox(QRect(QPoint(), drawn.size()))
    painter = QPainter(generator)
    QWidget.render(drawn, painter, QPoint(), QRegion(drawn.rect()))  # a view has one of its own
    painter.end()
    return bytes(buffer.data().data())


def _buffer() -> QBuffer:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    return buffer
