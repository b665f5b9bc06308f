"""The places across: chains straight, lanes straight, nothing nearer than it may be.

By Brandes and Köpf 2002, "Fast and simple horizontal coordinate assignment". Each node is aligned
with a median of its neighbours in the layer before; aligned nodes form a block, which is a straight
line; blocks are placed as near to one side as their widths allow. That is done four times, from
above and below, to the left and to the right, and each node gets the mean of its two middle places,
which keeps apart what all four keep apart.

It differs from the paper in two points. Where a node has neighbours that are nodes, dummies do not
count, nor do constants where there are others: the trunk of a residual network stays straight, and
the lanes of its skips and what it adds to itself lie beside it. And
blocks are placed by their longest path, then pulled back where there is slack, instead of by
classes, which is shorter and as good (Brandes, Walter and Zink 2020, in their erratum, mend a
mistake in the classes).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from app.layout.layers import Layered
from app.layout.measures import GAP_ACROSS
from app.layout.ordering import Rows, places

_LANE: Final = 8
"""How wide a lane is."""
_BESIDE_LANE: Final = 16
"""The room between a lane and what lies beside it."""

Conflicts = set[tuple[int, int]]


def across(graph: Layered, rows: Rows, widths: Sequence[int]) -> list[float]:
    """Return the place of each node's centre across the flow; ``widths`` are those of the nodes."""
    conflicts = _conflicts(graph, rows)
    medians = {upward: _medians(graph, rows, upward=upward) for upward in (False, True)}
    found: list[list[float]] = []
    for upward in (False, True):
        for leftward in (False, True):
            turned = [row[::-1] if leftward else row for row in (rows[::-1] if upward else rows)]
            root = _aligned(turned, medians[upward], conflicts, graph.size)
            x = _compact(graph, turned, root, widths)
            found.append([-each for each in x] if leftward else x)
    _bring_together(found)
    return [(b + c) / 2 for _, b, c, _ in map(sorted, zip(*found, strict=True))]


def _bring_together(found: list[list[float]]) -> None:
    """Shift all to the narrowest: those placed from the left by their left ends, and so on."""
    narrowest = min(found, key=lambda x: max(x) - min(x))
    left, right = min(narrowest), max(narrowest)
    for index, x in enumerate(found):
        shift = right - max(x) if index % 2 else left - min(x)
        found[index] = [each + shift for each in x]


def _conflicts(graph: Layered, rows: Rows) -> Conflicts:
    """Return the links, upper end first, that cross one between two dummies.

    That one is to stay straight. Between two such neighbours in the lower row, what enters must
    come from between their upper ends.
    """
    conflicts: Conflicts = set()
    place = places(rows, graph.size)
    for above, row in pairwise(rows):
        low, waiting = 0, []
        for node in row:
            inner = graph.above[node][0] if graph.is_dummy(node) else -1
            if inner < graph.count:  # -1 included
                waiting.append(node)
                continue
            _bar(graph, waiting, place, (low, place[inner]), conflicts)
            low, waiting = place[inner], []
        _bar(graph, waiting, place, (low, len(above)), conflicts)
    return conflicts


def _bar(
    graph: Layered,
    nodes: list[int],
    place: list[int],
    limits: tuple[int, int],
    conflicts: Conflicts,
) -> None:
    """Note the links into some nodes that come from beyond the limits."""
    low, high = limits
    for node in nodes:
        for upper in graph.above[node]:
            if not low <= place[upper] <= high:
                conflicts.add((upper, node))


def _medians(graph: Layered, rows: Rows, *, upward: bool) -> list[tuple[int, ...]]:
    """Return the one or two middle neighbours of each node, from left to right."""
    neighbours = graph.below if upward else graph.above
    place = places(rows, graph.size)
    found: list[tuple[int, ...]] = []
    for node, beside in enumerate(neighbours):
        if len(beside) > 1 and not graph.is_dummy(node):
            beside = [each for each in beside if not graph.is_aside(each)] or beside
        if len(beside) > 1:
            beside = sorted(beside, key=place.__getitem__)
            beside = beside[(len(beside) - 1) // 2 : len(beside) // 2 + 1]
        found.append(tuple(beside))
    return found


def _aligned(
    rows: Rows, medians: list[tuple[int, ...]], conflicts: Conflicts, size: int
) -> list[int]:
    """Return for each node the first of those that it is aligned with.

    A node joins the block of a median neighbour where no other has, and where it crosses no link
    that was aligned already.
    """
    root = list(range(size))
    is_taken = [False] * size
    place = places(rows, size)
    for row in rows[1:]:
        last = -1
        for node in row:
            wanted = medians[node]
            # Rows turned round are read from the right: then the right one of two comes first.
            if len(wanted) == 2 and place[wanted[0]] > place[wanted[1]]:
                wanted = wanted[::-1]
            for feeder in wanted:
                at = place[feeder]
                barred = (feeder, node) in conflicts or (node, feeder) in conflicts
                if at > last and not is_taken[feeder] and not barred:
                    root[node], is_taken[feeder], last = root[feeder], True, at
                    break
    return root


def _compact(graph: Layered, rows: Rows, root: list[int], widths: Sequence[int]) -> list[float]:
    """Place the blocks as near to the left as their widths allow, then close gaps to the right."""
    count = graph.count
    after: dict[int, dict[int, float]] = {}
    waiting = [0] * graph.size
    for row in rows:
        for left, right in pairwise(row):
            if left < count and right < count:
                apart = (widths[left] + widths[right]) / 2 + GAP_ACROSS
            elif left < count or right < count:
                apart = (_LANE + widths[min(left, right)]) / 2 + _BESIDE_LANE
            else:
                apart = _LANE + _BESIDE_LANE / 2
            targets = after.setdefault(root[left], {})
            if root[right] not in targets:
                targets[root[right]] = apart
                waiting[root[right]] += 1
            elif apart > targets[root[right]]:
                targets[root[right]] = apart
    x = [0.0] * graph.size
    order = [node for node in range(graph.size) if root[node] == node and not waiting[node]]
    for block in order:
        for target, apart in after.get(block, {}).items():
            x[target] = max(x[target], x[block] + apart)
            waiting[target] -= 1
            if not waiting[target]:
                order.append(target)
    for block in reversed(order):
        if block in after:
            x[block] = max(x[block], min(x[to] - apart for to, apart in after[block].items()))
    return [x[each] for each in root]
