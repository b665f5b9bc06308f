"""What becomes of missing values: fitted on the training split, and done alike to new rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from graph_model.frozen import frozen

Array: TypeAlias = NDArray[Any]

FILLINGS: Final = ("median", "mean", "most_frequent", "category", "leave_out")
"""What can be done besides a value of one's own."""


@frozen
class Gap:
    """Columns ``start`` to ``stop`` of an array that are filled together, and how.

    ``filling`` is a word of ``FILLINGS`` or a number. Zeros and a one, which stand for a word, are
    filled with those of the most frequent word; an array of indices has −1 where one is missing.
    """

    start: int
    stop: int
    filling: str


def fills_of(train: Array, gaps: Sequence[Gap]) -> Array:
    """Return what fills each column of an array, by its training samples; NaN where nothing is.

    Pictures ``(N, C, H, W)`` have one number for each channel, sequences ``(N, T, features)`` for
    each feature, in a shape that broadcasts over a sample.
    """
    if train.dtype.kind == "i":
        there = train[train >= 0]
        return np.array(np.bincount(there).argmax() if len(there) else 0, np.int64)
    if train.ndim != 2:
        return _fills_of_channels(train, gaps[0].filling)
    found = np.full(train.shape[1], np.nan, np.float32)
    for gap in gaps:
        found[gap.start : gap.stop] = _fill(train[:, gap.start : gap.stop], gap.filling)
    return found


def filled(array: Array, fills: Array) -> Array:
    """Return an array without gaps."""
    if array.dtype.kind == "i":
        return np.where(array < 0, fills, array)
    return np.where(np.isnan(array), fills, array).astype(np.float32)


def channel_of(array: Array) -> int:
    """Return the dimension that has channels or features: the second of pictures, else the last."""
    return 1 if array.ndim > 3 else array.ndim - 1


def as_sample(numbers: Array, array: Array) -> Array:
    """Return one number for each channel or feature in a shape that broadcasts over a sample."""
    return numbers.reshape(-1, *[1] * (array.ndim - 2)) if array.ndim > 3 else numbers


def _fills_of_channels(train: Array, filling: str) -> Array:
    """Return what fills each channel of pictures, or each feature of sequences."""
    if train.ndim < 2:
        return np.array(_fill(train.reshape(-1, 1), filling), np.float32)
    axis = channel_of(train)
    rows = np.moveaxis(train, axis, -1).reshape(-1, train.shape[axis])
    found = [_fill(rows[:, place : place + 1], filling) for place in range(rows.shape[1])]
    return as_sample(np.array(found, np.float32), train)


def _fill(block: Array, filling: str) -> Array | float:
    if block.shape[1] > 1:
        best = np.nansum(block, axis=0).argmax()
        return np.eye(block.shape[1], dtype=np.float32)[best]
    there = block[~np.isnan(block)]
    if filling not in FILLINGS:
        return float(filling)
    if not len(there):
        return 0.0
    if filling == "mean":
        return float(there.mean(dtype=np.float64))
    if filling == "most_frequent":
        values, counts = np.unique(there, return_counts=True)
        return float(values[counts.argmax()])
    return float(np.median(there))
