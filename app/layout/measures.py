"""The sizes of cards and of the room between them, in pixels at zoom 1.

A network flows down or to the right. All that works out places does so as if it flowed down; of
one that flows to the right, the two axes are exchanged before and after.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from graph_model.network import Direction, Position

WIDTH: Final = 208
HEIGHT: Final = 80
GRID: Final = 8
PORT_RADIUS: Final = 5

_PORT_STEP: Final = 12
"""From one port to the next, where there are many."""

GAP_ACROSS: Final = 40
"""The room between neighbouring cards that the arrangement leaves."""

GAP_ALONG: Final = 48
"""The room between one layer of cards and the next where the network flows down."""

_GAP_RIGHTWARDS: Final = 40
"""The same where it flows to the right: less, for the longer side of the cards lies along it."""


class Size(NamedTuple):
    """How much room a card takes: across the flow, along it, and from it to the next."""

    across: int
    along: int
    gap: int

    @property
    def step(self) -> int:
        """From one layer of cards to the next."""
        return self.along + self.gap


_SIZES: Final = {
    "down": Size(WIDTH, HEIGHT, GAP_ALONG),
    "right": Size(HEIGHT, WIDTH, _GAP_RIGHTWARDS),
}


def card_size(direction: Direction) -> Size:
    """Return the measures of cards in a network that flows in a direction."""
    return _SIZES[direction]


def side_length(ports: int, direction: Direction) -> int:
    """Return how long the side of a card has to be for so many ports to lie clear of one another.

    Where the card is not that long, they lie on a bar that reaches beyond it.
    """
    return max(card_size(direction).across, _PORT_STEP * (ports + 1))


def turned(position: Position, direction: Direction) -> Position:
    """Return a position with its axes exchanged where the flow is to the right; and back again."""
    return Position(position.y, position.x) if direction == "right" else position


def snapped(position: Position) -> Position:
    """Return the nearest position on the grid."""
    return Position(round(position.x / GRID) * GRID, round(position.y / GRID) * GRID)
