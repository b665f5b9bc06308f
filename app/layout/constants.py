"""What depends on no Input, such as a table of positions, beside what it feeds in any column."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Mapping, Sequence
from itertools import accumulate

from app.layout.layers import Link


def constants_of(count: int, links: Sequence[Link], inputs: Collection[int]) -> frozenset[int]:
    """Return the nodes that no Input leads to; none where there is no Input at all."""
    if not inputs:
        return frozenset()
    below = _below(links)
    reached, waiting = set(inputs), list(inputs)
    while waiting:
        for target in below.get(waiting.pop(), ()):
            if target not in reached:
                reached.add(target)
                waiting.append(target)
    return frozenset(range(count)) - reached


def brought_over(
    layers: Sequence[int], links: Sequence[Link], bounds: Sequence[int], constants: Collection[int]
) -> tuple[list[int], list[int]]:
    """Return the layers and the bounds of columns, where no constant is left in an earlier column.

    It would stand at the foot of one column, and what it feeds at the head of the next. So it goes
    to a layer of its own above that, within the same column. A column of nothing else is gone then.
    """
    column = [bisect_right(bounds, layer) - 1 for layer in layers]
    place, below = list(layers), _below(links)
    feeding = [node for node in constants if node in below]
    for node in sorted(feeding, key=lambda node: -layers[node]):
        wanted = min(column[target] for target in below[node])
        if wanted > column[node]:
            column[node] = wanted
            place[node] = min(place[target] for target in below[node]) - 1
    more = [0] * (len(bounds) - 1)  # layers above the first of each column
    for at, each in zip(column, place, strict=True):
        more[at] = max(more[at], bounds[at] - each)
    before = [0, *accumulate(more)]
    moved = [each + before[at + 1] for at, each in zip(column, place, strict=True)]
    used = sorted(set(moved))
    starts = [bound + extra for bound, extra in zip(bounds, before, strict=True)]
    left = sorted({bisect_left(used, each) for each in starts})
    return [bisect_left(used, each) for each in moved], left


def _below(links: Sequence[Link]) -> Mapping[int, list[int]]:
    """Return what each node feeds."""
    below: dict[int, list[int]] = {}
    for link in links:
        below.setdefault(link.source, []).append(link.target)
    return below
