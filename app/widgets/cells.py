"""Cells of lists and tables of Qt's own, filled without an item in Python for each.

Such an item is Qt's and Python's at once. Where many are made and cleared again and again, one that
Python still knows in part has brought the program down as Qt took it apart (PySide 6.11).
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtGui import QBrush, QColor

Role = Qt.ItemDataRole


def fill(
    model: QAbstractItemModel, row: int, column: int, values: Mapping[Qt.ItemDataRole, object]
) -> None:
    """Give a cell what it shows, by role; colours may be given as such."""
    plain = {
        int(role): QBrush(value) if isinstance(value, QColor) else value
        for role, value in values.items()
    }
    model.setItemData(model.index(row, column), plain)
