"""How wires find their way past the cards between their ends.

All is worked out as if the network flowed down: *across* is from left to right, *along* is down.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from app.layout.measures import card_size, turned
from graph_model.network import Direction, Edge, Port, Position

_CLEARANCE: Final = 14
_NARROWEST: Final = 4
"""How near a wire may come to a card where there is little room."""
_BESIDE: Final = 12
"""From one wire to the next that runs beside it."""
_TRIES: Final = 6
_GAPS: Final = 4
"""How many gaps between cards are looked at, the nearest ones."""
_STUB: Final = 16
"""How far a wire that turns round leaves its card before it does."""
_SAMPLES: Final = 8
"""At how many points of a curve is looked whether a card is in its way."""

Way = tuple[Position, ...]
"""The corners of a wire between its ends, in the scene; none where it is a single curve."""


class End(NamedTuple):
    """Where a wire ends, and whether it runs with the flow there (1) or against it (-1)."""

    across: float
    along: float
    heading: int = 1


class Heights:
    """The centres of all cards, sorted along the flow, to find those at the heights of a wire."""

    def __init__(self, centres: Iterable[Position], direction: Direction = "down") -> None:
        self._direction, self.size = direction, card_size(direction)
        flowing = (turned(each, direction) for each in centres)
        self._centres = sorted((along, across) for across, along in flowing)

    def add(self, centre: Position) -> None:
        """Take note of one more card."""
        across, along = turned(centre, self._direction)
        insort(self._centres, (along, across))

    def remove(self, centre: Position) -> None:
        """Take note that a card is gone."""
        across, along = turned(centre, self._direction)
        del self._centres[bisect_left(self._centres, (along, across))]

    def move(self, old: Position, new: Position) -> None:
        """Take note that a card has moved."""
        self.remove(old)
        self.add(new)

    def between(self, top: float, bottom: float) -> list[tuple[float, float]]:
        """Return along and across of the cards that lie partly between two heights."""
        half = self.size.along / 2
        first = bisect_right(self._centres, (top - half, math.inf))
        end = bisect_left(self._centres, (bottom + half, -math.inf))
        return self._centres[first:end]

    def are_free(self, left: float, right: float, top: float, bottom: float) -> bool:
        """Tell whether no card reaches into a rectangle."""
        half = self.size.across / 2
        return not any(left - half < x < right + half for _, x in self.between(top, bottom))


class _Run(NamedTuple):
    """A stretch of a wire along the flow, shared by all wires from the same port."""

    source: Port
    at: float
    top: float
    bottom: float


class Router:
    """Gives every wire a way on which no card is in it, and beside other wires, not upon them."""

    def __init__(self, direction: Direction = "down") -> None:
        self._direction = direction
        self._runs: dict[Port, _Run] = {}
        self._lanes: dict[int, set[Port]] = {}

    def forget(self, target: Port) -> None:
        """Free the way of the wire into a port."""
        run = self._runs.pop(target, None)
        if run is not None:
            self._lanes[_lane(run)].discard(target)

    def way(
        self,
        edge: Edge,
        ends: tuple[Position, Position],
        cards: Heights,
        headings: tuple[int, int] = (1, 1),
    ) -> Way:
        """Return the way of an edge between its ends in the scene.

        ``headings`` tell whether it leaves and arrives with the flow (1) or against it (-1).
        """
        self.forget(edge.target)
        start, end = (
            End(*turned(at, self._direction), heading)
            for at, heading in zip(ends, headings, strict=True)
        )
        corners = self._corners(edge, start, end, cards)
        return tuple(turned(corner, self._direction) for corner in corners)

    def _corners(self, edge: Edge, start: End, end: End, cards: Heights) -> Way:
        size = cards.size
        if start.heading != end.heading:
            return _around(start, end, cards)
        heading = start.heading
        ahead = (end.along - start.along) * heading
        if ahead >= size.gap / 2:
            if _is_clear(start, end, cards):
                return ()
            reach = min(size.gap, ahead / 2)
        elif abs(end.across - start.across) < size.across and abs(ahead) < size.gap:
            return ()  # cards lie on one another or nearly so: there is no way between them
        else:
            reach = _STUB
        first, last = start.along + heading * reach, end.along - heading * reach
        lane = self._lane_for(edge, start, end, (first, last), cards)
        if ahead > 0:
            return Position(lane, first), Position(lane, last)
        return (
            Position(start.across, first),
            Position(lane, first),
            Position(lane, last),
            Position(end.across, last),
        )

    def _lane_for(
        self, edge: Edge, start: End, end: End, along: tuple[float, float], cards: Heights
    ) -> float:
        """Return where across the flow a wire passes the cards between two heights.

        Where no lane is free of other wires, the nearest that is free of cards; where the wire
        cannot leave or arrive without crossing a card either way, the nearest.
        """
        top, bottom = min(along), max(along)
        reach = cards.size.across / 2 + _CLEARANCE
        between = sorted({x for _, x in cards.between(top, bottom)})
        wanted = (start.across + end.across) / 2
        ways = sorted(_ways(between, wanted, reach), key=lambda x: abs(x - wanted))
        reachable = [x for x in ways if _is_reached(x, start, end, along, cards)] or ways
        runs = (_Run(edge.source, x, top, bottom) for x in reachable)
        fallback = _Run(edge.source, reachable[0], top, bottom)
        run = next(filter(self._is_free, runs), fallback)
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


def _is_clear(start: End, end: End, cards: Heights) -> bool:
    """Tell whether a single curve between two ends runs into no card."""
    top, bottom = sorted((start.along, end.along))
    half = cards.size.across / 2 + _NARROWEST
    left, right = sorted((start.across, end.across))
    near = [
        (along, across)
        for along, across in cards.between(top + 1, bottom - 1)
        if left - half < across < right + half
    ]
    if not near:
        return True
    high = cards.size.along / 2 + _NARROWEST
    for step in range(1, _SAMPLES):
        part = step / _SAMPLES
        # The curve of app.canvas.geometry: a cubic whose handles lie halfway along.
        across = start.across + (end.across - start.across) * part**2 * (3 - 2 * part)
        along = start.along + (end.along - start.along) * part * (1.5 - 1.5 * part + part**2)
        if any(abs(x - across) < half and abs(y - along) < high for y, x in near):
            return False
    return True


def _is_reached(
    lane: float, start: End, end: End, along: tuple[float, float], cards: Heights
) -> bool:
    """Tell whether a wire gets to a lane and from there to its end past all cards."""
    return all(
        cards.are_free(*sorted((each.across, lane)), *sorted((each.along, to)))
        for each, to in ((start, along[0]), (end, along[1]))
    )


def _around(start: End, end: End, cards: Heights) -> Way:
    """Return the way of a wire that leaves with the flow and arrives against it, or vice versa.

    It runs across beyond both of its ends, where no card is in its way.
    """
    heading = start.heading
    left, right = sorted((start.across, end.across))
    beyond = max(start.along * heading, end.along * heading) + _STUB
    for step in range(_TRIES):
        rail = (beyond + step * cards.size.step) * heading
        if cards.are_free(left, right, rail - _NARROWEST, rail + _NARROWEST):
            return Position(start.across, rail), Position(end.across, rail)
    return Position(start.across, beyond * heading), Position(end.across, beyond * heading)


def _ways(between: Sequence[float], wanted: float, reach: float) -> Iterator[float]:
    """Yield places across in the nearest gaps between cards, from the edges of each gap on."""
    if not between:
        yield wanted
        return
    steps = [_BESIDE * step for step in range(_TRIES)]
    first, last = between[0] - reach, between[-1] + reach
    yield from (first - step for step in steps)
    yield from (last + step for step in steps)
    gaps = [(left + reach, right - reach) for left, right in pairwise(between)]
    gaps = [(low, high) for low, high in gaps if low <= high]
    for low, high in sorted(gaps, key=lambda gap: _away(gap, wanted))[:_GAPS]:
        if low <= wanted <= high:
            yield wanted
        for step in steps:
            if low + step <= high:
                yield low + step
                yield high - step


def _away(gap: tuple[float, float], wanted: float) -> float:
    """Return how far a place lies outside a gap."""
    low, high = gap
    return max(low - wanted, wanted - high, 0.0)
