"""The way of a wire among cards that lie anyhow: the shortest with few corners.

By Dijkstra's algorithm over the lines that run just past the edges of the cards near by, as in
Wybrow, Marriott and Stuckey 2009, "Orthogonal connector routing", with their cost for corners.
Arranged networks hardly need it, for there each wire finds a lane.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from heapq import heappop, heappush
from typing import Final

from app.layout.measures import Size
from graph_model.network import Position

_PAST: Final = 8.0
"""How far from an edge the lines run."""
_NEAREST: Final = 5.0
"""How near to an edge a wire may come."""
_CORNER: Final = 80.0
"""How much longer a way may be for one corner less."""

_Cell = tuple[int, int]


def detour(
    start: Position, end: Position, cards: Iterable[Position], size: Size
) -> tuple[Position, ...] | None:
    """Return the corners between two points, ``None`` where there is no way."""
    grid = _Grid(start, end, list(cards), size)
    cells = grid.shortest(grid.cell(start), grid.cell(end))
    return None if cells is None else tuple(grid.corners(cells))


class _Grid:
    """Lines across and along between cards, and which stretches of them are free."""

    def __init__(
        self, start: Position, end: Position, cards: Sequence[Position], size: Size
    ) -> None:
        half, high = size.across / 2, size.along / 2
        xs, ys = {start.x, end.x}, {start.y, end.y}
        for x, y in cards:
            xs |= {x - half - _PAST, x + half + _PAST}
            ys |= {y - high - _PAST, y + high + _PAST}
        self._xs, self._ys = sorted(xs), sorted(ys)
        self._barred: set[tuple[_Cell, bool]] = set()
        for x, y in cards:
            self._bar(x, y, half + _NEAREST, high + _NEAREST)

    def cell(self, point: Position) -> _Cell:
        """Return the crossing of two lines at a point."""
        return bisect_left(self._xs, point.x), bisect_left(self._ys, point.y)

    def _bar(self, x: float, y: float, half: float, high: float) -> None:
        """Bar the stretches, each known by its upper or left end, that run into a card."""
        left, right = bisect_right(self._xs, x - half), bisect_left(self._xs, x + half)
        top, bottom = bisect_right(self._ys, y - high), bisect_left(self._ys, y + high)
        for row in range(top, bottom):
            self._barred.update(((column, row), True) for column in range(left - 1, right))
        for column in range(left, right):
            self._barred.update(((column, row), False) for row in range(top - 1, bottom))

    def shortest(self, start: _Cell, end: _Cell) -> list[_Cell] | None:
        """Return the crossings on the best way that leaves and arrives along the flow."""
        first = (start, False)
        cost = {first: 0.0}
        came_from: dict[tuple[_Cell, bool], tuple[_Cell, bool]] = {}
        queue = [(0.0, first)]
        while queue:
            so_far, state = heappop(queue)
            if state == (end, False):
                return _traced(state, came_from)
            if so_far > cost[state]:
                continue
            for following, length in self._steps(state):
                total = so_far + length
                if total < cost.get(following, float("inf")):
                    cost[following] = total
                    came_from[following] = state
                    heappush(queue, (total, following))
        return None

    def _steps(self, state: tuple[_Cell, bool]) -> Iterable[tuple[tuple[_Cell, bool], float]]:
        """Yield what follows a crossing reached across (true) or along, and at what cost."""
        (column, row), is_across = state
        yield ((column, row), not is_across), _CORNER
        lines, at = (self._xs, column) if is_across else (self._ys, row)
        for to in (at - 1, at + 1):
            if not 0 <= to < len(lines):
                continue
            lower = min(at, to)
            stretch = (lower, row) if is_across else (column, lower)
            if (stretch, is_across) not in self._barred:
                cell = (to, row) if is_across else (column, to)
                yield (cell, is_across), abs(lines[to] - lines[at])

    def corners(self, cells: Sequence[_Cell]) -> Iterable[Position]:
        """Yield the points of the first and last crossing, and of those where the way turns."""
        for index, (column, row) in enumerate(cells):
            before = cells[max(index - 1, 0)]
            after = cells[min(index + 1, len(cells) - 1)]
            is_end = index in (0, len(cells) - 1)
            if is_end or (before[0] != after[0] and before[1] != after[1]):
                yield Position(self._xs[column], self._ys[row])


def _traced(
    state: tuple[_Cell, bool], came_from: dict[tuple[_Cell, bool], tuple[_Cell, bool]]
) -> list[_Cell]:
    """Return the crossings on the way to a state, each once."""
    cells = [state[0]]
    while state in came_from:
        state = came_from[state]
        if state[0] != cells[-1]:
            cells.append(state[0])
    return cells[::-1]
