"""Cells that hold several numbers or words: what the application runs, and scripts take too."""

from __future__ import annotations


def parts_of(cell: str, mark: str) -> list[str]:
    """Return what stands in a cell apart by a mark, without brackets and quotes around it."""
    inner = cell.strip().strip("[](){}")
    found = inner.split() if mark == " " else inner.split(mark)
    return [part.strip().strip("'\"") for part in found if part.strip()]
