"""The way of a wire among cards that lie anyhow: the shortest with few corners.

By Dijkstra's algorithm over the lines that run just past the edges of the cards near by, as in
Wybrow, Marriott and Stuckey 2009, "Orthogonal connector routing", with their cost for corners.
Arranged networks hardly need it, for there each wire finds a lane.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from heapq import heappop, heappush
from math import inf
from typing import Final

from app.layout.measures import Size
from graph_model.network import Position

_PAST: Final = 8.0
"""How far from an edge the lines run."""
_NEAREST: Final = 5.0
"""How near to an edge a wire may come."""
_CORNER: Final = 80.0
"""How much longer a way may be for one corner less."""


def detour(
    start: Position, end: Position, cards: Iterable[Position], size: Size
) -> tuple[Position, ...] | None:
    """Return the corners between two points, ``None`` where there is no way."""
    grid = _Grid(start, end, list(cards), size)
    crossings = grid.shortest(grid.crossing(start), grid.crossing(end))
    return None if crossings is None else tuple(grid.corners(crossings))


class _Grid:
    """Lines across and along between cards, and which stretches of them are free.

    A crossing of two lines is a number, counted along each line that runs along in turn. Where a
    way has got to is twice that number, and one more where it got there across.
    """

    def __init__(
        self, start: Position, end: Position, cards: Sequence[Position], size: Size
    ) -> None:
        half, high = size.across / 2, size.along / 2
        xs, ys = {start.x, end.x}, {start.y, end.y}
        for x, y in cards:
            xs |= {x - half - _PAST, x + half + _PAST}
            ys |= {y - high - _PAST, y + high + _PAST}
        self._xs, self._ys = sorted(xs), sorted(ys)
        self._count = len(self._ys)
        self._barred = bytearray(2 * len(self._xs) * self._count)
        """Of each place whether the stretch from there, across or along, runs into a card."""
        for x, y in cards:
            self._bar(x, y, half + _NEAREST, high + _NEAREST)

    def crossing(self, point: Position) -> int:
        """Return the crossing of two lines at a point."""
        return bisect_left(self._xs, point.x) * self._count + bisect_left(self._ys, point.y)

    def _bar(self, x: float, y: float, half: float, high: float) -> None:
        """Bar the stretches, each known by its upper or left end, that run into a card."""
        left, right = bisect_right(self._xs, x - half), bisect_left(self._xs, x + half)
        top, bottom = bisect_right(self._ys, y - high), bisect_left(self._ys, y + high)
        for column in range(left - 1, right):
            first = column * self._count
            for crossing in range(first + top, first + bottom):
                self._barred[2 * crossing + 1] = True
            if column >= left:
                for crossing in range(first + top - 1, first + bottom):
                    self._barred[2 * crossing] = True

    def shortest(self, start: int, end: int) -> list[int] | None:
        """Return the crossings on the best way that leaves and arrives along the flow."""
        first, last = 2 * start, 2 * end
        cost = {first: 0.0}
        came_from: dict[int, int] = {}
        queue = [(0.0, first)]
        while queue:
            so_far, place = heappop(queue)
            if place == last:
                return _traced(place, came_from)
            if so_far > cost[place]:
                continue
            for following, length in self._steps(place):
                total = so_far + length
                if total < cost.get(following, inf):
                    cost[following] = total
                    came_from[following] = place
                    heappush(queue, (total, following))
        return None

    def _steps(self, place: int) -> list[tuple[int, float]]:
        """Return what follows a place, and at what cost."""
        column, row = divmod(place >> 1, self._count)
        if place & 1:
            lines, at, step = self._xs, column, 2 * self._count
        else:
            lines, at, step = self._ys, row, 2
        steps = [(place ^ 1, _CORNER)]
        if at and not self._barred[place - step]:
            steps.append((place - step, lines[at] - lines[at - 1]))
        if at + 1 < len(lines) and not self._barred[place]:
            steps.append((place + step, lines[at + 1] - lines[at]))
        return steps

    def corners(self, crossings: Sequence[int]) -> Iterable[Position]:
        """Yield the points of the first and last crossing, and of those where the way turns."""
        cells = [divmod(each, self._count) for each in crossings]
        for index, (column, row) in enumerate(cells):
            before = cells[max(index - 1, 0)]
            after = cells[min(index + 1, len(cells) - 1)]
            is_end = index in (0, len(cells) - 1)
            if is_end or (before[0] != after[0] and before[1] != after[1]):
                yield Position(self._xs[column], self._ys[row])


def _traced(place: int, came_from: Mapping[int, int]) -> list[int]:
    """Return the crossings on the way to a place, each once."""
    crossings = [place >> 1]
    while place in came_from:
        place = came_from[place]
        if place >> 1 != crossings[-1]:
            crossings.append(place >> 1)
    return crossings[::-1]
