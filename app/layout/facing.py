"""Which cards are turned: fed from below, they feed what lies above.

The right half of a U, for example. The inputs of such a card lie on its lower side and its outputs
on its upper one, so that its wires run straight up instead of round the card.
"""

from __future__ import annotations

from collections.abc import Iterable

from app.layout.measures import card_size, turned
from graph_model.network import Direction, Position


def is_turned(
    at: Position,
    feeders: Iterable[Position],
    consumers: Iterable[Position],
    direction: Direction = "down",
) -> bool:
    """Tell whether wires of a card run against the flow, and none with it.

    Those to cards beside it, in the same layer, do not count.
    """
    beside = card_size(direction).along
    mine = turned(at, direction).y
    ahead = [mine - turned(each, direction).y for each in feeders]
    ahead += [turned(each, direction).y - mine for each in consumers]
    return any(each <= -beside for each in ahead) and all(each < beside for each in ahead)
