"""The numbers of a run as they grow, and curves thin enough to draw at any length.

The training thread appends; the window reads on its timer. Nothing is ever thrown away: a
:class:`Curve` keeps every value and, beside it, the lowest and highest of each bin.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

_FIRST_CAPACITY: Final = 1024
_BINS: Final = 1800


class Curve:
    """Points of one curve, in growing arrays with room to spare."""

    def __init__(self) -> None:
        self._x = np.empty(_FIRST_CAPACITY)
        self._y = np.empty(_FIRST_CAPACITY)
        self._length = 0
        self._bin = 1
        self._binned = 0
        self._thin_x = np.empty((2 * _BINS, 2))
        self._thin_y = np.empty((2 * _BINS, 2))

    def __len__(self) -> int:
        return self._length

    @property
    def x(self) -> Array:
        """Every abscissa so far."""
        return self._x[: self._length]

    @property
    def y(self) -> Array:
        """Every value so far."""
        return self._y[: self._length]

    def extend(self, x: Array, y: Array) -> None:
        """Append points; ``x`` and ``y`` have the same length."""
        needed = self._length + len(x)
        if needed > len(self._x):
            capacity = max(needed, 2 * len(self._x))
            self._x = _grown(self.x, capacity)
            self._y = _grown(self.y, capacity)
        self._x[self._length : needed] = x
        self._y[self._length : needed] = y
        self._length = needed

    def thinned(self) -> tuple[Array, Array]:
        """Return at most about 7,200 points that look the same: two for each bin of values.

        Only what came since the last call is binned; bins double in width as the curve grows.
        """
        if self._length <= 2 * _BINS:
            return self.x, self.y
        if self._length // self._bin > 2 * _BINS:
            self._bin = self._length // _BINS
            self._binned = 0
        first, last = self._binned, self._length // self._bin
        if last > first:
            span = slice(first * self._bin, last * self._bin)
            rows_x = self._x[span].reshape(-1, self._bin)
            rows_y = self._y[span].reshape(-1, self._bin)
            self._thin_x[first:last, 0] = rows_x[:, 0]
            self._thin_x[first:last, 1] = rows_x[:, -1]
            self._thin_y[first:last, 0] = rows_y.min(axis=1)
            self._thin_y[first:last, 1] = rows_y.max(axis=1)
            self._binned = last
        rest = slice(last * self._bin, self._length)
        return (
            np.concatenate((self._thin_x[:last].ravel(), self._x[rest])),
            np.concatenate((self._thin_y[:last].ravel(), self._y[rest])),
        )


def smoothed(y: Array, amount: float) -> Array:
    """Return the exponential moving average with bias correction, ``amount`` from 0 to below 1.

    Values that are not finite are left out of the average and stay as they are.
    """
    if amount <= 0 or len(y) == 0:
        return y
    result = np.empty_like(y)
    average = weight = 0.0
    for index, value in enumerate(y.tolist()):
        if np.isfinite(value):
            average = amount * average + (1 - amount) * value
            weight = amount * weight + (1 - amount)
            result[index] = average / weight
        else:
            result[index] = value
    return result


def _grown(values: Array, capacity: int) -> Array:
    larger = np.empty(capacity)
    larger[: len(values)] = values
    return larger
