"""How long wires find their way past the cards between their ends."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from app.layout.measures import GAP_ALONG, HEIGHT, WIDTH
from graph_model.network import Edge, Port, Position

_CLEARANCE: Final = 14
_BESIDE: Final = 12
"""From one wire to the next that runs beside it."""
_TRIES: Final = 6
_GAPS: Final = 4
"""How many gaps between cards are looked at, the nearest ones."""
_REACH: Final = WIDTH / 2 + _CLEARANCE


class Heights:
    """The centres of all cards, by height, to find those at the heights of a wire."""

    def __init__(self, centres: Iterable[Position]) -> None:
        self._centres = sorted((y, x) for x, y in centres)

    def add(self, centre: Position) -> None:
        """Take note of one more card."""
        insort(self._centres, (centre.y, centre.x))

    def remove(self, centre: Position) -> None:
        """Take note that a card is gone."""
        del self._centres[bisect_left(self._centres, (centre.y, centre.x))]

    def move(self, old: Position, new: Position) -> None:
        """Take note that a card has moved."""
        self.remove(old)
        self.add(new)

    def between(self, top: float, bottom: float) -> list[float]:
        """Return the abscissae, in order, of the cards that lie partly between two heights."""
        first = bisect_right(self._centres, (top - HEIGHT / 2, math.inf))
        end = bisect_left(self._centres, (bottom + HEIGHT / 2, -math.inf))
        return sorted({x for _, x in self._centres[first:end]})


class _Run(NamedTuple):
    """A stretch of a wire straight down, shared by all wires from the same port."""

    source: Port
    at: float
    top: float
    bottom: float


class Router:
    """Gives every long wire an abscissa at which no card and no other wire is in its way."""

    def __init__(self) -> None:
        self._runs: dict[Port, _Run] = {}
        self._lanes: dict[int, set[Port]] = {}

    def forget(self, target: Port) -> None:
        """Free the way of the wire into a port."""
        run = self._runs.pop(target, None)
        if run is not None:
            self._lanes[_lane(run)].discard(target)

    def channel(self, edge: Edge, start: Position, end: Position, cards: Heights) -> float | None:
        """Return the abscissa at which a wire passes the cards between its ends.

        ``None`` where no card stands in the way.
        """
        self.forget(edge.target)
        top, bottom = start.y + GAP_ALONG / 2, end.y - GAP_ALONG / 2
        between = cards.between(top, bottom) if bottom - top >= HEIGHT else []
        low, high = min(start.x, end.x) - _REACH, max(start.x, end.x) + _REACH
        if not any(low < x < high for x in between):
            return None
        wanted = (start.x + end.x) / 2
        ways = sorted(_ways(between, wanted), key=lambda x: abs(x - wanted))
        runs = (_Run(edge.source, x, top, bottom) for x in ways)
        run = next(filter(self._is_free, runs), _Run(edge.source, ways[0], top, bottom))
        self._runs[edge.target] = run
        self._lanes.setdefault(_lane(run), set()).add(edge.target)
        return run.at

    def _is_free(self, wanted: _Run) -> bool:
        lane = _lane(wanted)
        return not any(
            run.source != wanted.source
            and abs(run.at - wanted.at) < _BESIDE
            and run.top < wanted.bottom
            and wanted.top < run.bottom
            for near in (lane - 1, lane, lane + 1)
            for target in self._lanes.get(near, ())
            for run in (self._runs[target],)
        )


def _lane(run: _Run) -> int:
    return round(run.at / _BESIDE)


def _ways(between: Sequence[float], wanted: float) -> Iterator[float]:
    """Yield abscissae in the nearest gaps between cards, beginning at the edges of each gap."""
    steps = [_BESIDE * step for step in range(_TRIES)]
    first, last = between[0] - _REACH, between[-1] + _REACH
    yield from (first - step for step in steps)
    yield from (last + step for step in steps)
    gaps = [(left + _REACH, right - _REACH) for left, right in pairwise(between)]
    gaps = [(low, high) for low, high in gaps if low <= high]
    for low, high in sorted(gaps, key=lambda gap: abs(sum(gap) / 2 - wanted))[:_GAPS]:
        for step in steps:
            if low + step <= high:
                yield low + step
                yield high - step
