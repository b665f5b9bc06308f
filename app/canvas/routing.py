"""How long wires find their way past the cards between their ends."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from app.layout.measures import GAP_ALONG, HEIGHT, WIDTH
from graph_model.network import Edge, Port, Position

_CLEARANCE: Final = 14
_BESIDE: Final = 12
"""From one wire to the next that runs beside it."""
_TRIES: Final = 6
_GAPS: Final = 4
"""How many gaps between cards are looked at, the nearest ones."""
_REACH: Final = WIDTH / 2 + _CLEARANCE

Array = NDArray[np.float64]


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

    def clear(self) -> None:
        """Free all ways."""
        self._runs.clear()
        self._lanes.clear()

    def channel(self, edge: Edge, start: Position, end: Position, centres: Array) -> float | None:
        """Return the abscissa at which a wire passes the cards between its ends.

        ``centres`` has a row for each card. ``None`` where no card stands in the way.
        """
        self.forget(edge.target)
        top, bottom = start.y + GAP_ALONG / 2, end.y - GAP_ALONG / 2
        between = _between(start, end, top, bottom, centres)
        if between is None:
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


def _between(
    start: Position, end: Position, top: float, bottom: float, centres: Array
) -> Array | None:
    """Return the abscissae of the cards at the heights of a wire, ``None`` if it meets none."""
    if bottom - top < HEIGHT or len(centres) == 0:
        return None
    y = centres[:, 1]
    found = centres[(y + HEIGHT / 2 > top) & (y - HEIGHT / 2 < bottom), 0]
    low, high = min(start.x, end.x), max(start.x, end.x)
    if not np.any((found + _REACH > low) & (found - _REACH < high)):
        return None
    return np.unique(found)


def _ways(centres: Array, wanted: float) -> Iterable[float]:
    """Yield abscissae in the nearest gaps between cards, beginning at the edges of each gap."""
    steps = [_BESIDE * step for step in range(_TRIES)]
    first, last = float(centres[0] - _REACH), float(centres[-1] + _REACH)
    yield from (first - step for step in steps)
    yield from (last + step for step in steps)
    lows, highs = centres[:-1] + _REACH, centres[1:] - _REACH
    is_open = lows <= highs
    lows, highs = lows[is_open], highs[is_open]
    nearest = np.argsort(np.abs((lows + highs) / 2 - wanted))[:_GAPS]
    for low, high in zip(lows[nearest].tolist(), highs[nearest].tolist(), strict=True):
        for step in steps:
            if low + step <= high:
                yield low + step
                yield high - step
