"""What is more than a number each, over the steps of a run, in bounded memory."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

T = TypeVar("T")
Array = NDArray[np.float64]

_MOST: Final = 1024
"""Columns kept; twice as many pixels as a panel is usually wide."""

_FEWEST: Final = 12
"""Bins in which a histogram is drawn at least."""


class Columns(Generic[T]):
    """Values over steps; where there would be too many, two neighbours each become one.

    All but the last stand for equally many values. ``merged`` makes one of an earlier and a later.
    """

    def __init__(self, merged: Callable[[T, T], T], most: int = _MOST) -> None:
        self._merged, self._most = merged, most
        self.steps: list[float] = []
        self.values: list[T] = []
        self.width, self._filled = 1, 1
        """How many values a column stands for, and how many of them the last one has."""

        self.added, self.end = 0, 0.0
        """How many values were appended, and the step of the last of them."""

    def __len__(self) -> int:
        return len(self.steps)

    def add(self, step: float, value: T) -> None:
        """Append a value."""
        self.added, self.end = self.added + 1, step
        if self._filled < self.width:
            self.values[-1] = self._merged(self.values[-1], value)
            self._filled += 1
            return
        if len(self.steps) == self._most:
            pairs = zip(self.values[::2], self.values[1::2], strict=True)
            self.values = [self._merged(earlier, later) for earlier, later in pairs]
            self.steps = self.steps[::2]
            self.width *= 2
        self.steps.append(step)
        self.values.append(value)
        self._filled = 1

    def at(self, steps: Array) -> NDArray[np.intp]:
        """Return which column holds at each of some steps; -1 before the first and after the end.

        Each holds until the next; the last one as long as the one before, one alone for good.
        """
        starts = np.array(self.steps)
        places = np.searchsorted(starts, steps, "right") - 1
        over = 2 * starts[-1] - starts[-2] if len(starts) > 1 else np.inf
        return np.where(steps < max(over, self.end), places, -1)


class LayerColumns:
    """A number of each layer over the steps; of steps that share a column their mean."""

    def __init__(self, most: int = _MOST) -> None:
        self.names: list[str] = []
        self.columns: Columns[Array] = Columns(_summed, most)
        """For each layer the sum of what is finite, and how much of it there is."""

    def add(self, step: float, seen: Mapping[str, float]) -> None:
        """Append what was seen of layers; one that is new comes last."""
        known = set(self.names)
        self.names += [name for name in seen if name not in known]
        values = np.array([seen.get(name, np.nan) for name in self.names])
        finite = np.isfinite(values)
        self.columns.add(step, np.stack([np.where(finite, values, 0.0), finite]))

    def means(self, places: Sequence[int]) -> Array:
        """Return a row for each layer and a column for each place, NaN where nothing was seen."""
        result = np.full((len(self.names), len(places)), np.nan)
        for column, place in enumerate(places):
            sums, counts = self.columns.values[place]
            np.divide(sums, counts, out=result[: len(sums), column], where=counts > 0)
        return result


class Histogram:
    """How many values lie in each of some bins of equal width between two ends."""

    __slots__ = ("counts", "high", "low")

    def __init__(self, low: float, high: float, counts: Array) -> None:
        self.low, self.high, self.counts = low, high, counts

    @classmethod
    def of(cls, told: Sequence[float]) -> Histogram:
        """Return what an observer told: the ends, then the counts."""
        return cls(told[0], told[1], np.array(told[2:], dtype=float))

    def bins(self, most: int) -> int:
        """Return in how many bins it is best drawn: of few values many would be empty by chance."""
        return int(np.clip(2 * np.sqrt(self.counts.sum()), _FEWEST, most))

    def over(self, low: float, high: float, bins: int) -> Array:
        """Return the counts of other bins, as if within each of these all were spread evenly."""
        below = np.concatenate(([0.0], np.cumsum(self.counts)))
        edges = np.linspace(self.low, self.high, len(below))
        return np.diff(np.interp(np.linspace(low, high, bins + 1), edges, below))


def joined(earlier: Histogram, later: Histogram) -> Histogram:
    """Return one histogram of what two count."""
    low, high = min(earlier.low, later.low), max(earlier.high, later.high)
    bins = len(later.counts)
    return Histogram(low, high, earlier.over(low, high, bins) + later.over(low, high, bins))


def histogram_columns() -> Columns[Histogram]:
    """Return histograms over steps, none so far."""
    return Columns(joined, _MOST // 2)


def _summed(earlier: Array, later: Array) -> Array:
    """Return the sum of two columns, of which the earlier may lack layers."""
    result = later.copy()
    result[:, : earlier.shape[1]] += earlier
    return result
