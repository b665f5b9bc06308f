"""What is missing over time: values that are the last known ones, and moments that lack."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from app.data.series.rows import Numbers, Rows, starts_of


def filled_by_last(values: Numbers, series: NDArray[np.int64]) -> Numbers:
    """Return numbers in which each that is missing is the last one before it in its series.

    Where none is before it, it is the first there is, and 0 where there is none at all.
    """
    found = values.copy()
    for each in np.unique(series):
        at = series == each
        some = values[at]
        rows = np.where(np.isnan(some), 0, np.arange(len(some))[:, None])
        np.maximum.accumulate(rows, axis=0, out=rows)
        filled = np.take_along_axis(some, rows, axis=0)
        first = np.take_along_axis(some, np.isfinite(some).argmax(axis=0)[None], axis=0)
        found[at] = np.nan_to_num(np.where(np.isnan(filled), first, filled), nan=0.0)
    return found


def lacking_moments(rows: Rows) -> int:
    """Return how many moments lack between the first and the last one of each series."""
    if rows.steps is None:
        return 0
    return int(np.maximum(np.diff(rows.when) - 1, 0)[~rows.starts[1:]].sum())


def with_all_moments(rows: Rows) -> Rows:
    """Return rows with one more for each moment that lacks: as the one before it.

    Of rows with the same moment the last one counts.
    """
    if rows.steps is None:
        return rows
    kept = np.flatnonzero(np.append((np.diff(rows.when) != 0) | rows.starts[1:], True))
    when, starts = rows.when[kept], starts_of(rows.series[kept])
    counts = np.where(np.append(starts[1:], True), 1, np.append(np.diff(when), 1))
    index = np.repeat(kept, counts)
    behind = np.arange(len(index)) - np.repeat(np.cumsum(counts) - counts, counts)
    return replace(
        rows,
        values=rows.values[index],
        moments=rows.moments[index],
        when=rows.when[index] + behind,
        series=rows.series[index],
        lines=np.where(behind, -1, rows.lines[index]),
    )
