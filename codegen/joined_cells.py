"""Cells that tell a moment together: what the application runs, and scripts take too."""

from __future__ import annotations


def joined(cells: list[str], marks: list[str], cut: str) -> str:
    """Return cells as one, each followed by its mark, without what is cut from behind the first."""
    bare = [cells[0].removesuffix(cut), *cells[1:]]
    return "".join(
        cell.strip().removesuffix(".0") + mark for cell, mark in zip(bare, marks, strict=True)
    )
