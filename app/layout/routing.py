"""How wires find their way past the cards between their ends.

All is worked out as if the network flowed down: *across* is from left to right, *along* is down.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from math import inf
from typing import Final, NamedTuple

from app.layout.detour import detour
from app.layout.measures import card_size, turned
from graph_model.network import Direction, Edge, Port, Position

_CLEARANCE: Final = 14
_NARROWEST: Final = 4
"""How near a wire may come to a card where there is little room."""
_BESIDE: Final = 12
"""From one wire to the next that runs beside it."""
_AWAY: Final = [_BESIDE * step for step in range(6)]
"""How far from the edge of a gap lanes are looked for."""
_GAPS: Final = 4
"""How many gaps between cards are looked at, the nearest ones."""
_STUB: Final = 16
"""How far a wire that turns round leaves its card before it does."""
_SHORTEST_STUB: Final = 8
_FEW: Final = 60
"""Among how many cards a way of many corners is looked for; in a larger crowd none is seen."""
_CROWD: Final = 1500
"""Between how many cards a lane is looked for; in a larger crowd only on both sides of it."""
_STEPS: Final = 256
_ALONG: Final = [1.5 * t - 1.5 * t**2 + t**3 for t in (step / _STEPS for step in range(_STEPS + 1))]
"""How far along the curve of :func:`app.canvas.geometry.wire_path` is at each step of it."""

Way = tuple[Position, ...]
"""The corners of a wire between its ends, in the scene; none where it is a single curve."""


class End(NamedTuple):
    """Where a wire ends, and whether it runs with the flow there (1) or against it (-1)."""

    across: float
    along: float
    heading: int = 1


class CardRows:
    """The centres of all cards in rows along the flow, to find those in the way of a wire."""

    def __init__(self, centres: Iterable[Position], direction: Direction = "down") -> None:
        self._direction, self.size = direction, card_size(direction)
        self._rows: dict[float, list[float]] = {}
        for each in centres:
            across, along = turned(each, direction)
            self._rows.setdefault(along, []).append(across)
        for row in self._rows.values():
            row.sort()
        self._alongs = sorted(self._rows)

    def add(self, centre: Position) -> None:
        """Take note of one more card."""
        across, along = turned(centre, self._direction)
        if along not in self._rows:
            self._rows[along] = []
            insort(self._alongs, along)
        insort(self._rows[along], across)

    def remove(self, centre: Position) -> None:
        """Take note that a card is gone."""
        across, along = turned(centre, self._direction)
        row = self._rows[along]
        del row[bisect_left(row, across)]
        if not row:
            del self._rows[along]
            del self._alongs[bisect_left(self._alongs, along)]

    def move(self, old: Position, new: Position) -> None:
        """Take note that a card has moved."""
        self.remove(old)
        self.add(new)

    def rows(self, top: float, bottom: float) -> list[tuple[float, list[float]]]:
        """Return the rows that lie partly between two heights: along, and all across, sorted."""
        half = self.size.along / 2
        first = bisect_right(self._alongs, top - half)
        end = bisect_left(self._alongs, bottom + half)
        return [(along, self._rows[along]) for along in self._alongs[first:end]]

    def are_free(self, left: float, right: float, top: float, bottom: float) -> bool:
        """Tell whether no card reaches into a rectangle."""
        half = self.size.across / 2
        return not any(
            _has_between(row, left - half, right + half) for _, row in self.rows(top, bottom)
        )


def _has_between(row: Sequence[float], low: float, high: float) -> bool:
    """Tell whether a sorted row has a value between two others."""
    index = bisect_right(row, low)
    return index < len(row) and row[index] < high


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
            self._lanes[_number(run)].discard(target)

    def way(
        self,
        edge: Edge,
        ends: tuple[Position, Position],
        cards: CardRows,
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

    def _corners(self, edge: Edge, start: End, end: End, cards: CardRows) -> Way:
        """Return the corners of a way: of the simplest kind that runs into no card."""
        size = cards.size
        if start.heading != end.heading:
            way = _around(start, end, cards)
            return way or _detour(start, end, cards) or ()
        ahead = (end.along - start.along) * start.heading
        if ahead > 0 and _is_clear(start, end, cards):
            return ()
        reach = min(size.gap, ahead / 2) if ahead > size.gap / 2 else _STUB
        along = (start.along + start.heading * reach, end.along - start.heading * reach)
        lane = self._lane_for(edge, start, end, along, cards)
        if lane is None:
            return _detour(start, end, cards) or ()
        if ahead > 2 * reach:
            return Position(lane, along[0]), Position(lane, along[1])
        return (
            Position(start.across, along[0]),
            Position(lane, along[0]),
            Position(lane, along[1]),
            Position(end.across, along[1]),
        )

    def _lane_for(
        self, edge: Edge, start: End, end: End, along: tuple[float, float], cards: CardRows
    ) -> float | None:
        """Return where across the flow a wire passes the cards between two heights.

        The nearest to both of its ends that is free of cards and of other wires; where all are
        taken, one that it shares. ``None`` where none is reached past all cards.
        """
        shared: _Run | None = None
        for lane in _lanes(start, end, along, cards):
            run = _Run(edge.source, lane, min(along), max(along))
            shared = shared or run
            if self._is_free(run):
                break
        else:
            if shared is None:
                return None
            run = shared
        self._runs[edge.target] = run
        self._lanes.setdefault(_number(run), set()).add(edge.target)
        return run.at

    def _is_free(self, wanted: _Run) -> bool:
        lane = _number(wanted)
        return not any(
            run.source != wanted.source
            and abs(run.at - wanted.at) < _BESIDE
            and run.top < wanted.bottom
            and wanted.top < run.bottom
            for near in (lane - 1, lane, lane + 1)
            for target in self._lanes.get(near, ())
            for run in (self._runs[target],)
        )


def _number(run: _Run) -> int:
    return round(run.at / _BESIDE)


def _is_clear(start: End, end: End, cards: CardRows) -> bool:
    """Tell whether a single curve between two ends runs into no card.

    It moves steadily both along and across. So it meets a card of a row if, and only if, one lies
    between where it enters and where it leaves the height of that row.
    """
    upper, lower = (start, end) if start.along < end.along else (end, start)
    height, width = lower.along - upper.along, lower.across - upper.across
    half = cards.size.across / 2 + _NARROWEST
    high = cards.size.along / 2 + _NARROWEST
    for along, row in cards.rows(upper.along + 1, lower.along - 1):
        enters, leaves = (
            upper.across + width * _part_across((each - upper.along) / height)
            for each in (along - high, along + high)
        )
        if _has_between(row, min(enters, leaves) - half, max(enters, leaves) + half):
            return False
    return True


def _part_across(along: float) -> float:
    """Return which part of its way across a curve has made after a part of its way along."""
    index = bisect_left(_ALONG, min(max(along, 0.0), 1.0))
    part = index / _STEPS
    return part**2 * (3 - 2 * part)


def _reach(end: End, along: float, cards: CardRows) -> tuple[float, float]:
    """Return from where to where across the flow a wire gets past all cards.

    It does so between where it ends and a height; nowhere where the first is beyond the second.
    """
    half = cards.size.across / 2
    low, high = -inf, inf
    for _, row in cards.rows(*sorted((end.along, along))):
        before, after = bisect_left(row, end.across + half), bisect_right(row, end.across - half)
        if before:
            low = max(low, row[before - 1] + half)
        if after < len(row):
            high = min(high, row[after] - half)
    return low, high


def _around(start: End, end: End, cards: CardRows) -> Way:
    """Return the way of a wire that leaves with the flow and arrives against it, or vice versa.

    It runs across just beyond both of its ends; there is no such way where cards are in it.
    """
    heading = start.heading
    left, right = sorted((start.across, end.across))
    rail = (max(start.along * heading, end.along * heading) + _STUB) * heading
    stretches = (
        (left, right, rail - _NARROWEST, rail + _NARROWEST),
        *(
            (each.across - _NARROWEST, each.across + _NARROWEST, *sorted((each.along, rail)))
            for each in (start, end)
        ),
    )
    if all(cards.are_free(*stretch) for stretch in stretches):
        return Position(start.across, rail), Position(end.across, rail)
    return ()


def _detour(start: End, end: End, cards: CardRows) -> Way:
    """Return a way past cards that lie anyhow; none where there are too many, or no way."""
    size = cards.size
    first = Position(start.across, start.along + start.heading * _SHORTEST_STUB)
    last = Position(end.across, end.along - end.heading * _SHORTEST_STUB)
    around = 2 * size.across, 2 * size.along
    left, right = sorted((first.x, last.x))
    top, bottom = sorted((first.y, last.y))
    near = [
        Position(across, along)
        for along, row in cards.rows(top - around[1], bottom + around[1])
        for across in row
        if left - around[0] < across < right + around[0]
    ]
    return detour(first, last, near, size) or () if len(near) <= _FEW else ()


def _lanes(start: End, end: End, along: tuple[float, float], cards: CardRows) -> Iterator[float]:
    """Yield the lanes past all cards that a wire reaches, those nearest to both its ends first."""
    lows, highs = zip(_reach(start, along[0], cards), _reach(end, along[1], cards), strict=True)
    first, last = max(lows), min(highs)
    if first > last:
        return
    rows = [row for _, row in cards.rows(min(along), max(along))]
    wanted = (start.across + end.across) / 2
    reach = cards.size.across / 2 + _CLEARANCE
    lanes = [wanted]
    if rows:
        low, high = min(row[0] for row in rows), max(row[-1] for row in rows)
        lanes = [*(low - reach - step for step in _AWAY), *(high + reach + step for step in _AWAY)]
        if sum(map(len, rows)) <= _CROWD:
            lanes += _within(sorted(set(chain.from_iterable(rows))), wanted, reach)
    reached = [lane for lane in lanes if first <= lane <= last]
    yield from sorted(reached, key=lambda lane: abs(lane - wanted))


def _within(between: Sequence[float], wanted: float, reach: float) -> Iterator[float]:
    """Yield the lanes in the nearest gaps between cards, from the edges of each gap on."""
    at = min(bisect_left(between, wanted), len(between) - 1)
    left, right = range(at, 0, -1), range(at + 1, len(between))
    gaps = [gap for side in (left, right) for gap in islice(_gaps(between, side, reach), _GAPS)]
    for low, high in sorted(gaps, key=lambda gap: _away(gap, wanted))[:_GAPS]:
        if low <= wanted <= high:
            yield wanted
        for step in _AWAY:
            if low + step <= high:
                yield low + step
                yield high - step


def _gaps(
    between: Sequence[float], ends: Iterable[int], reach: float
) -> Iterator[tuple[float, float]]:
    """Yield what is left of the gaps that end at these cards, where there is room for a wire."""
    for end in ends:
        low, high = between[end - 1] + reach, between[end] - reach
        if low <= high:
            yield low, high


def _away(gap: tuple[float, float], wanted: float) -> float:
    """Return how far a place lies outside a gap."""
    low, high = gap
    return max(low - wanted, wanted - high, 0.0)
