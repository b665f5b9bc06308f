"""From figures of nodes to where each card of the canvas is on a scale from 0 to 1."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

from app.overlays.quantities import Quantity, Unit
from graph_model.frozen import frozen
from graph_model.network import NodeId
from graph_model.recipe import BETWEEN, NodePath

STEPS: Final = 64
"""How many colours are told apart, so that cards that look alike share a picture."""
_MOST_DECADES: Final = 6
"""Over how many powers of ten a logarithmic scale reaches at most, from its upper end down."""


@frozen
class Scale:
    """The range of a quantity, which is logarithmic where its numbers differ by more than ten."""

    low: float
    high: float
    is_log: bool = False

    def place(self, value: float) -> float:
        """Return where a number lies, from 0 to 1; beyond the ends it is the end."""
        low, high = self.low, self.high
        if self.is_log:
            value = math.log(value) if value > 0 else -math.inf
            low, high = math.log(low), math.log(high)
        if low == high:
            return 0.5
        return min(1.0, max(0.0, (value - low) / (high - low)))

    def step(self, value: float) -> int:
        """Return which of the colours stands for a number."""
        return round(self.place(value) * (STEPS - 1))


def of_cards(
    told: Mapping[NodePath, Sequence[float]], quantity: Quantity, around: NodePath = ""
) -> dict[NodeId, float]:
    """Return a number for each node within ``around``, of a block from all that is within it.

    Numbers that are not finite stand for themselves: they make that of the node so.
    """
    found: defaultdict[NodeId, list[float]] = defaultdict(list)
    start = f"{around}{BETWEEN}" if around else ""
    for path, numbers in told.items():
        if path.startswith(start):
            found[path[len(start) :].partition(BETWEEN)[0]] += numbers
    return {node: quantity.joined(numbers) for node, numbers in found.items() if numbers}


def scale_of(values: Mapping[NodeId, float], quantity: Quantity) -> Scale | None:
    """Return the scale for some cards, ``None`` where none of them has a finite number."""
    finite = [each for each in values.values() if math.isfinite(each)]
    if quantity.unit is Unit.SHARE:
        return Scale(0.0, 1.0) if finite else None
    if quantity.is_signed:
        furthest = max(map(abs, finite), default=0.0)
        return Scale(-furthest, furthest) if finite else None
    positive = [each for each in finite if each > 0]
    if quantity.is_log and positive:
        high = max(positive)
        low = max(min(positive), high / 10**_MOST_DECADES)
        return Scale(low, high, is_log=high > 10 * low)
    return Scale(min(finite), max(finite)) if finite else None
