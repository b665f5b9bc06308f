"""Windows over a series, split in the order of time so that nothing of the future is learned."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.data.dataset import Array
from graph_model.frozen import frozen

Numbers = NDArray[np.float32]
_NEARLY: Final = 0.85


@frozen
class Windows:
    """Samples of a series: what was, what came after it, where in time, and in which split.

    ``part`` is 0 where a sample trains, 1 where it validates, 2 where it tests, and 3 where it is
    left out, for it would reach across a border.
    """

    features: Numbers
    target: Numbers
    starts: NDArray[np.int64]
    part: NDArray[np.int64]


def windows_of(
    values: Numbers,
    targets: NDArray[np.int64],
    when: NDArray[np.int64],
    runs: Array,
    *,
    window: int,
    horizon: int,
    validation: float,
    test: float,
    apart: bool,
) -> Windows:
    """Cut windows from rows in the order of their series and of time, none reaching over a gap.

    ``when`` tells which moment, from 0 without gaps, is that of each row, ``runs`` numbers the
    stretches without a gap. The moments of targets of the three splits are disjoint; where they
    are to be ``apart``, no window of validation or test has a moment either that is that of a
    target in training.
    """
    reach = window + horizon
    starts = np.arange(max(0, len(values) - reach + 1))
    starts = starts[runs[starts] == runs[starts + reach - 1]]
    every = np.lib.stride_tricks.sliding_window_view(values, reach, axis=0)[starts]
    every = every.transpose(0, 2, 1)
    features = np.ascontiguousarray(every[:, :window])
    target = np.ascontiguousarray(every[:, window:][:, :, targets])
    first, last = when[starts + window], when[starts + reach - 1]  # the moments of targets
    begins = when[starts] if apart else first
    part = np.full(len(starts), 3)
    validated, tested = borders(when, validation, test)
    part[last < validated] = 0
    part[(begins >= validated) & (last < tested)] = 1
    part[begins >= tested] = 2
    return Windows(features, target, starts, part)


def borders(when: NDArray[np.int64], validation: float, test: float) -> tuple[int, int]:
    """Return the moments from which on targets validate, and test."""
    count = int(when.max()) + 1
    return round((1 - validation - test) * count), round((1 - test) * count)


def seasonal_naive(
    values: Numbers, runs: Array, samples: Windows, targets: NDArray[np.int64], season: int
) -> Numbers:
    """Forecast each value by that of one season before, the last one that was known.

    Where that lies before the first row of its run, it is that row's.
    """
    window, horizon = samples.features.shape[1], samples.target.shape[1]
    ahead = np.arange(horizon)
    back = season * (ahead // season + 1)
    rows = samples.starts[:, None] + window + ahead - back
    first = np.searchsorted(runs, runs[samples.starts])
    return values[np.maximum(rows, first[:, None])][:, :, targets]


def season_of(values: Numbers) -> int:
    """Return after how many rows a series is most like itself; 1 where it is like that nowhere.

    It is the first of the highest peaks of the autocorrelation, once the trend is taken off.
    """
    rows = np.arange(len(values))
    rest = values - np.polyval(np.polyfit(rows, values.astype(np.float64), 2), rows)
    size = 1 << (2 * len(rest) - 1).bit_length()
    spectrum = np.abs(np.fft.rfft(rest, size)) ** 2
    alike = np.fft.irfft(spectrum)[: len(rest) // 3]
    if len(alike) < 4 or alike[0] <= 0:
        return 1
    alike = alike / alike[0] * len(rest) / (len(rest) - np.arange(len(alike)))
    peaks = [
        lag
        for lag in range(2, len(alike) - 1)
        if alike[lag - 1] < alike[lag] >= alike[lag + 1] and alike[lag] > 0.2
    ]
    highest = max((alike[lag] for lag in peaks), default=0)
    # Two seasons are as alike as one: noise may make them a little more so.
    return next((lag for lag in peaks if alike[lag] >= _NEARLY * highest), 1)
