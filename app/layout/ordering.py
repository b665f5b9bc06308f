"""The order within each layer, so that few edges cross.

Sweeps down and up that sort each layer by the medians of the places of its neighbours (Gansner,
Koutsofios, North and Vo 1993, "A technique for drawing directed graphs"). A place is that of the
port, not of the card, so that an edge comes from the side on which it enters: without that, every
``x + f(x)`` whose first input is ``x`` would cross itself.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Callable
from typing import Final

from app.layout.layers import Layered

Rows = list[list[int]]

_SWEEPS: Final = 8
_PATIENCE: Final = 2
"""After how many sweeps in each direction that mend nothing to stop."""


def ordered(graph: Layered, progress: Callable[[float], None]) -> Rows:
    """Return the nodes of each layer from left to right; ``progress`` is told fractions of 1."""
    rows = _first_order(graph)
    place = places(rows, graph.size)
    best, fewest = [list(row) for row in rows], _crossings(graph, rows, place)
    idle = 0
    for sweep in range(_SWEEPS):
        if not fewest or idle >= 2 * _PATIENCE:
            break
        progress(sweep / _SWEEPS)
        _sweep(graph, rows, place, upward=sweep % 2 == 0)
        count = _crossings(graph, rows, place)
        idle += 1
        if count < fewest:
            best, fewest, idle = [list(row) for row in rows], count, 0
    return best


def _first_order(graph: Layered) -> Rows:
    """Return the layers in the order of a depth-first walk, which keeps branches together."""
    rows: Rows = [[] for _ in range(max(graph.layer) + 1)]
    seen = [False] * graph.size
    roots = [node for node in range(graph.count) if not graph.above[node]]
    for root in (*roots, *range(graph.size)):
        stack = [root]
        while stack:
            node = stack.pop()
            if seen[node]:
                continue
            seen[node] = True
            rows[graph.layer[node]].append(node)
            stack.extend(reversed(graph.below[node]))
    return rows


def places(rows: Rows, size: int) -> list[int]:
    """Return the place of each node within its row."""
    place = [0] * size
    for row in rows:
        for index, node in enumerate(row):
            place[node] = index
    return place


def _sweep(graph: Layered, rows: Rows, place: list[int], *, upward: bool) -> None:
    """Sort every row but the first by the one before it, or from the last on upwards."""
    beside = (graph.below, graph.below_at) if upward else (graph.above, graph.above_at)
    neighbours, at = beside
    for row in rows[-2::-1] if upward else rows[1:]:
        if len(row) < 2:
            continue
        medians = {}
        for node in row:
            ports = [
                place[each] + where for each, where in zip(neighbours[node], at[node], strict=True)
            ]
            medians[node] = _median(ports) if ports else place[node] + 0.5
        row.sort(key=medians.__getitem__)
        for index, node in enumerate(row):
            place[node] = index


def _median(places: list[float]) -> float:
    if len(places) == 1:
        return places[0]
    places.sort()
    middle = len(places) // 2
    return places[middle] if len(places) % 2 else (places[middle - 1] + places[middle]) / 2


def _crossings(graph: Layered, rows: Rows, place: list[int]) -> int:
    """Count the pairs of links that cross, each layer's in O(links · log links).

    A link crosses those before it, in the order of their upper ends, that end to its right: how
    many they are is told by where its end comes in a list kept sorted. (A Fenwick tree, as Barth,
    Jünger and Mutzel 2002 use, is slower here: what it saves is moving memory, which Python does
    at the speed of the machine, and what it costs is steps of Python.)
    """
    count = 0
    for row in rows[1:]:
        if len(row) < 2 and sum(len(graph.above[node]) for node in row) < 2:
            continue
        links = sorted(
            (place[upper] + leaves, place[lower] + enters)
            for lower in row
            for upper, leaves, enters in zip(
                graph.above[lower], graph.above_at[lower], graph.enters[lower], strict=True
            )
        )
        ends: list[float] = []
        for _, end in links:
            count += len(ends) - bisect_right(ends, end)
            insort(ends, end)
    return count
