"""The sizes of cards and of the room between them, in pixels at zoom 1."""

from __future__ import annotations

from typing import Final

from graph_model.network import Position

WIDTH: Final = 208
HEIGHT: Final = 80
GRID: Final = 8
PORT_RADIUS: Final = 5

GAP_ACROSS: Final = 40
"""The room between neighbouring cards that the arrangement leaves."""

GAP_ALONG: Final = 48
"""The room between one layer of cards and the next."""


def snapped(position: Position) -> Position:
    """Return the nearest position on the grid."""
    return Position(round(position.x / GRID) * GRID, round(position.y / GRID) * GRID)
