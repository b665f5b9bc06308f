"""The cells of a table as words: the one place where texts and series have theirs from."""

from __future__ import annotations

from pathlib import Path

from app.data.table import MISSING, Table, read_table

__all__ = ["MISSING", "Table", "cells_of"]


def cells_of(path: Path, delimiter: str = "auto", least: int = 2) -> Table:
    """Read the cells of a table."""
    return read_table(path, delimiter, least)
