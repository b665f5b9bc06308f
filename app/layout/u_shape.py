"""Networks that narrow and widen again, such as U-Net, laid out as a U.

What leads down to the bottleneck is the left arm, what leads back the right one, its cards turned
and its layers from the bottom up. A skip joins two cards of the same height.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from app.layout.layers import Link

_FEWEST_SKIPS: Final = 2


class Skip(NamedTuple):
    """A skip from one layer to another."""

    source: int
    target: int


class Arms(NamedTuple):
    """The layers of the left arm are those before ``bottom``; ``rows`` is where each layer lies."""

    bottom: int
    rows: list[int]


def arms(layers: Sequence[int], links: Sequence[Link]) -> Arms | None:
    """Return the arms of a network that is a U, ``None`` where it is none.

    It is one where all skips past its bottleneck lie within one another.
    """
    count = max(layers) + 1
    spans = sorted({Skip(layers[each.source], layers[each.target]) for each in links})
    bottom = _bottleneck(spans, count)
    over = [each for each in spans if each.source < bottom <= each.target]
    skips = [each for each in over if each.target - each.source > 1]
    nested = all(a.source < b.source and a.target > b.target for a, b in pairwise(skips))
    if len(skips) < _FEWEST_SKIPS or not nested:
        return None
    return Arms(bottom, _rows(skips, bottom, count))


def _bottleneck(spans: Sequence[Skip], layers: int) -> int:
    """Return the layer above which most edges pass over, the last such."""
    change = [0] * (layers + 1)
    for each in spans:
        if each.source < each.target:
            change[each.source + 1] += 1
            change[each.target + 1] -= 1
    over, most, found = 0, 1, 0
    for layer, difference in enumerate(change):
        over += difference
        if over >= most and layer < layers:
            most, found = over, layer
    return found


def _rows(skips: Sequence[Skip], bottom: int, layers: int) -> list[int]:
    """Return the row of each layer, so that both ends of each skip lie in the same.

    Between two skips the arm with fewer layers leaves room.
    """
    rows = [0] * layers
    row = max(skips[0].source, layers - 1 - skips[0].target)
    for layer in range(skips[0].source):
        rows[layer] = row - skips[0].source + layer
    for layer in range(skips[0].target, layers):
        rows[layer] = row - (layer - skips[0].target)
    for outer, inner in pairwise(skips):
        below = row + max(inner.source - outer.source, outer.target - inner.target)
        for layer in range(outer.source, inner.source):
            rows[layer] = row + layer - outer.source
        for layer in range(inner.target, outer.target):
            rows[layer] = below - (layer - inner.target)
        row = below
    last = skips[-1]
    for layer in range(last.source, bottom):
        rows[layer] = row + layer - last.source
    for layer in range(bottom, last.target + 1):
        rows[layer] = row + last.target - layer
    return rows
