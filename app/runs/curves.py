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
        self._bins_done = 0
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

    def append(self, x: float, y: float) -> None:
        """Append one point."""
        self.extend(np.array([x]), np.array([y]))

    def means(self, most: int) -> list[float]:
        """Return the mean values of at most so many pieces, equally long but for the last."""
        if not self._length:
            return []
        begins = np.arange(0, self._length, -(-self._length // most))
        lengths = np.diff(begins, append=self._length)
        means: list[float] = (np.add.reduceat(self.y, begins) / lengths).tolist()
        return means

    def thinned(self, first: float = -np.inf, last: float = np.inf) -> tuple[Array, Array]:
        """Return at most about 7,200 points that look the same between two abscissae, in order.

        Where there are no more than that, they are the points themselves, one more on either side.
        Else there are two for each bin of values; those of the whole curve are kept, and only what
        came since the last call is binned.
        """
        from_, to = self._places(first, last)
        if to - from_ <= 2 * _BINS:
            return self.x[from_:to], self.y[from_:to]
        if to - from_ < self._length:
            return _binned(self.x[from_:to], self.y[from_:to])
        return self._overview()

    def _places(self, first: float, last: float) -> tuple[int, int]:
        """Return the slice between two abscissae, with the points that lines lead to beyond."""
        from_ = int(np.searchsorted(self.x, first, "left")) - 1
        to = int(np.searchsorted(self.x, last, "right")) + 1
        return max(0, from_), min(self._length, to)

    def _overview(self) -> tuple[Array, Array]:
        """Return the bins of the whole curve, which double in width as it grows."""
        if self._length // self._bin > 2 * _BINS:
            self._bin = self._length // _BINS
            self._bins_done = 0
        first, last = self._bins_done, self._length // self._bin
        if last > first:
            span = slice(first * self._bin, last * self._bin)
            self._thin_x[first:last], self._thin_y[first:last] = _extremes(
                self._x[span], self._y[span], self._bin
            )
            self._bins_done = last
        rest = slice(last * self._bin, self._length)
        return (
            np.concatenate((self._thin_x[:last].ravel(), self._x[rest])),
            np.concatenate((self._thin_y[:last].ravel(), self._y[rest])),
        )


class Smoothed:
    """The moving average of a curve, as a curve that grows along with it.

    ``amount`` is the weight of what came before, from 0 to below 1. The average is corrected for
    having begun at nothing (as in Adam, Kingma and Ba 2015, section 3). Values that are not finite
    are left out of it and stay as they are.
    """

    def __init__(self, of: Curve, amount: float) -> None:
        self._of, self._amount = of, amount
        self._curve = Curve()
        self._average, self._count = 0.0, 0

    def curve(self) -> Curve:
        """Return the average of all there is by now; only what is new is worked out."""
        done = len(self._curve)
        x, y = self._of.x[done:], self._of.y[done:]
        finite = np.isfinite(y)
        averages = _moving_averages(y[finite], self._amount, self._average)
        result = y.copy()
        counts = self._count + np.arange(1, len(averages) + 1)
        result[finite] = averages / (1 - self._amount**counts)
        if len(averages):
            self._average, self._count = float(averages[-1]), int(counts[-1])
        self._curve.extend(x, result)
        return self._curve


_ROW: Final = 64
"""Values averaged by one product with a matrix; more make it larger, fewer make more products."""


def _moving_averages(y: Array, amount: float, before: float) -> Array:
    """Return ``a·(what was before) + (1 − a)·y`` for each value in turn, beginning with ``before``.

    Written as a loop it would take a second for a million values. So the values stand in rows: a
    triangular matrix of powers of ``a`` gives each row its averages as if nothing came before, and
    what did come before decays along it, carried from the end of one row to the next.
    """
    rows = -(-len(y) // _ROW)
    padded = np.zeros(rows * _ROW)
    padded[: len(y)] = y
    apart = np.subtract.outer(np.arange(_ROW), np.arange(_ROW))
    weights = np.where(apart >= 0, (1 - amount) * amount ** np.maximum(apart, 0), 0.0)
    result = padded.reshape(rows, _ROW) @ weights.T
    carried = np.empty(rows)
    decay, last = amount**_ROW, before
    for row, end in enumerate(result[:, -1].tolist()):
        carried[row] = last
        last = end + decay * last
    result += carried[:, None] * amount ** np.arange(1, _ROW + 1)
    flat: Array = result.ravel()[: len(y)]
    return flat


def _binned(x: Array, y: Array) -> tuple[Array, Array]:
    """Return two points for each of some 1,800 bins, and the rest that fills none."""
    width = len(x) // _BINS
    whole = len(x) // width * width
    thin_x, thin_y = _extremes(x[:whole], y[:whole], width)
    return (
        np.concatenate((thin_x.ravel(), x[whole:])),
        np.concatenate((thin_y.ravel(), y[whole:])),
    )


def _extremes(x: Array, y: Array, width: int) -> tuple[Array, Array]:
    """Return the first and last abscissa and the lowest and highest value of bins, as rows."""
    rows_x, rows_y = x.reshape(-1, width), y.reshape(-1, width)
    ends = np.stack((rows_x[:, 0], rows_x[:, -1]), axis=1)
    # fmin and fmax pass over NaN: one bad step must not blank a whole bin
    return ends, np.stack((np.fmin.reduce(rows_y, 1), np.fmax.reduce(rows_y, 1)), axis=1)


def _grown(values: Array, capacity: int) -> Array:
    larger = np.empty(capacity)
    larger[: len(values)] = values
    return larger
