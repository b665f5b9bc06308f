"""The field in which one searches a list: with a glass before it, and a cross that empties it."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit

from app.look.icons import icon


def search_field() -> QLineEdit:
    """Return an empty one."""
    field = QLineEdit()
    field.setClearButtonEnabled(True)
    field.addAction(icon("search", "text_muted"), QLineEdit.ActionPosition.LeadingPosition)
    return field
