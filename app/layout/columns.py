"""Long networks folded into columns, like the text of a newspaper, so that they are read at a fit.

A column ends where few wires would have to go over to the next. How many columns are best is
decided by a measure: at which zoom the whole fits the room that the canvas has in a window of
1280 × 800 pixels. A network that is readable there without folding is left as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from app.layout.layers import Link
from app.layout.measures import Size

_ROOM: Final = (752, 420)
"""The canvas in a window of 1280 × 800 pixels, without the strip of its buttons."""
_MARGIN: Final = 40
"""What a fit leaves on each side, at zoom 1."""
READABLE: Final = 0.45
"""The zoom from which on the names of cards are read."""
READABLE_ALONE: Final = 0.33
"""The zoom from which on they are read on cards that show nothing else."""
_HOPELESS: Final = 0.2
"""The zoom below which nothing is read, so that no way to fold it is worth looking for."""
COLUMN_GAP: Final = 72
"""The room between columns, in which wires run back to the beginning of the next."""

_MOST: Final = 24
"""How many columns there may be."""
_SHORTEST: Final = 2
"""How many layers a column has at least."""
_FEWEST_WIRES: Final = 1
_MOST_WIRES: Final = 4
"""How many wires may go over from one column to the next."""
_NEARLY: Final = 0.88
"""Fewer columns are read better, where the zoom is nearly the same."""
_WORTH: Final = 0.8
"""And fewer wires from one to the next, where it is not much larger."""


class Column(NamedTuple):
    """Layers from ``first`` on, up to but without ``end``, and how far they reach across."""

    first: int
    end: int
    left: float
    right: float


class Extent(NamedTuple):
    """How far one layer reaches across."""

    left: float
    right: float


def zoom_of(across: float, along: float, size: Size) -> float:
    """Return the zoom at which a network of this extent fits the room, 1 at most."""
    room = _ROOM if size.across > size.along else _ROOM[::-1]
    return min(room[0] / (across + 2 * _MARGIN), room[1] / (along + 2 * _MARGIN), 1.0)


def folded(extents: Sequence[Extent], going_over: Sequence[int], size: Size) -> list[Column]:
    """Return the columns into which the layers are folded; a single one where they need not be.

    ``going_over[i]`` is how many wires go from layers up to ``i`` to those below.
    """
    whole = columns_of(extents, [0, len(extents)])
    best, best_zoom = whole, zoom_in(whole, size)
    for wires in range(_FEWEST_WIRES, _MOST_WIRES + 1):
        if best_zoom >= READABLE or (wires > _FEWEST_WIRES and _at_most(extents, size) < _HOPELESS):
            break
        ends = [layer + 1 for layer, over in enumerate(going_over) if over <= wires]
        columns, zoom = _best(extents, ends, size)
        if zoom * _WORTH > best_zoom:
            best, best_zoom = columns, zoom
    return best


def _at_most(extents: Sequence[Extent], size: Size) -> float:
    """Return a zoom that no way to fold comes above: the layers side by side fill the room."""
    area = size.step * sum(each.right - each.left for each in extents)
    return float((_ROOM[0] * _ROOM[1] / area) ** 0.5)


def _best(extents: Sequence[Extent], ends: Sequence[int], size: Size) -> tuple[list[Column], float]:
    """Return the best way to fold so that a column ends at some of ``ends``, and its zoom."""
    best: list[Column] = []
    best_zoom = 0.0
    for columns in _ways(extents, ends):
        zoom = zoom_in(columns, size)
        if zoom * _NEARLY > best_zoom:
            best, best_zoom = columns, zoom
    return best, best_zoom


def wires_over(layers: Sequence[int], links: Sequence[Link]) -> list[int]:
    """Return for each layer but the last how many wires go from those up to it to those below.

    ``layers`` are those of the nodes. Wires from one port count as one.
    """
    last: dict[tuple[int, float], int] = {}
    for link in links:
        port = (link.source, link.leaves)
        last[port] = max(last.get(port, 0), layers[link.target])
    count = [0] * (max(layers) + 1)
    for (source, _), end in last.items():
        if layers[source] < end:
            count[layers[source]] += 1
            count[end] -= 1
    for layer in range(1, len(count)):
        count[layer] += count[layer - 1]
    return count[:-1]


def _ways(extents: Sequence[Extent], ends: Sequence[int]) -> Iterator[list[Column]]:
    """Yield the ways to fold so that a column ends at one of ``ends``, the longest first."""
    layers = len(extents)
    even = {-(-layers // count) for count in range(2, _MOST + 1)}
    others = set(range(layers // _MOST + 1, min(layers, _MOST)))
    tried: set[tuple[int, ...]] = set()
    for longest in sorted(even | others, reverse=True):
        bounds = _bounds(layers, longest, ends)
        is_lonely = min(end - first for first, end in pairwise(bounds)) < _SHORTEST
        if len(bounds) > 2 and bounds not in tried and not is_lonely:
            tried.add(bounds)
            yield columns_of(extents, bounds)


def _bounds(layers: int, longest: int, ends: Sequence[int]) -> tuple[int, ...]:
    """Return where columns of so many layers begin and end, or longer where none may end sooner."""
    bounds = [0]
    for index, end in enumerate(ends):
        following = ends[index + 1] if index + 1 < len(ends) else layers
        if following - bounds[-1] > longest:
            bounds.append(end)
    return (*bounds, layers)


def columns_of(extents: Sequence[Extent], bounds: Sequence[int]) -> list[Column]:
    """Return columns that begin and end at these layers."""
    return [
        Column(
            first,
            end,
            min(extents[layer].left for layer in range(first, end)),
            max(extents[layer].right for layer in range(first, end)),
        )
        for first, end in pairwise(bounds)
    ]


def zoom_in(columns: Sequence[Column], size: Size) -> float:
    """Return the zoom at which a network in these columns fits the room."""
    across = sum(each.right - each.left for each in columns) + COLUMN_GAP * (len(columns) - 1)
    longest = max(each.end - each.first for each in columns)
    return zoom_of(across, longest * size.step - size.gap, size)
