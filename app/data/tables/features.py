"""Columns become arrays: numbers side by side, words as zeros and a one or as indices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from app.data.dataset import Array, need_memory, refuse
from app.data.gaps import FILLINGS, Gap
from app.data.tables.dates import part_of, parts_that_differ
from app.data.tables.understanding import MOST_CATEGORIES, Column
from graph_model.frozen import frozen

MISSING_WORD: Final = "missing"
"""The category that missing words make up."""
_ROWS_AT_ONCE: Final = 4096
_DAY: Final = 86_400_000_000


@frozen
class Dates:
    """How a column of dates enters: the format of its cells, and the numbers made of each."""

    form: str
    parts: tuple[str, ...]


@dataclass
class Made:
    """The arrays of the columns that enter, and how new rows are made alike.

    The one of all of them is called ``whole``, as no column is.
    """

    whole: str = "features"
    arrays: dict[str, Array] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    categories: dict[str, tuple[str, ...]] = field(default_factory=dict)
    dates: dict[str, Dates] = field(default_factory=dict)
    gaps: dict[str, tuple[Gap, ...]] = field(default_factory=dict)
    starts: dict[str, int] = field(default_factory=dict)
    """Where what is made of each column begins among the features."""
    word_fillings: dict[str, str] = field(default_factory=dict)
    """The word that stands for a missing one, by the name of its column."""


def make(
    path: Path,
    columns: Sequence[Column],
    fillings: Mapping[str, str],
    codings: Mapping[str, str],
    rows: NDArray[np.int64] | slice,
    count: int,
    whole: str = "features",
) -> Made:
    """Make the features of columns, and an array of each column for itself."""
    made = Made(whole)
    ready: list[tuple[Column, Any, int]] = []
    for column in columns:
        coding, filling = codings.get(column.name, ""), fillings.get(column.name, "")
        if column.role == "category":
            indices, words = _coded(path, column, filling, made)
            made.categories[column.name] = words
            indices = indices[rows]
            made.arrays[column.name] = indices
            if (indices < 0).any():
                made.gaps[column.name] = (Gap(0, 1, "most_frequent"),)
            if coding != "index":
                ready.append((column, indices, len(words)))
        elif column.type == "date":
            moments = column.values
            parts = ("days",) if coding == "time" else parts_that_differ(moments.drop_nulls())
            made.dates[column.name] = Dates(column.form, parts)
            ready.append((column, moments, len(parts)))
        else:
            ready.append((column, column.numbers, 1))
    width = sum(each[2] for each in ready)
    need_memory(path, 4 * count * width)
    features = np.empty((count, width), np.float32)
    start, all_gaps = 0, []
    _put_numbers(features, ready, rows)
    for column, values, size in ready:
        block = features[:, start : start + size]
        if not _is_number(column):
            _put(block, column, values, rows, made)
        gap = _gap(column, block, fillings.get(column.name, ""), made)
        if gap and size > 1 and column.role != "category":
            gaps = [Gap(place, place + 1, gap) for place in range(size)]
        else:
            gaps = [Gap(0, size, gap)] if gap else []
        all_gaps += [Gap(start + g.start, start + g.stop, g.filling) for g in gaps]
        if column.role != "category":
            made.arrays[column.name] = block
            if gaps:
                made.gaps[column.name] = tuple(gaps)
        made.names.append(column.name)
        made.starts[column.name] = start
        start += size
    made.arrays = {whole: features, **made.arrays}
    if all_gaps:
        made.gaps[whole] = tuple(all_gaps)
    return made


def _is_number(column: Column) -> bool:
    return column.role != "category" and column.type != "date"


def _put_numbers(features: Array, ready: Sequence[tuple[Column, Any, int]], rows: Any) -> None:
    """Write all columns of numbers, some rows of each at a time, which stay near the processor."""
    start, numbers = 0, []
    for column, values, size in ready:
        if _is_number(column):
            numbers.append((start, values if isinstance(rows, slice) else values[rows]))
        start += size
    for first in range(0, len(features) if numbers else 0, _ROWS_AT_ONCE):
        part = slice(first, first + _ROWS_AT_ONCE)
        for place, values in numbers:
            features[part, place] = values[part]


def _put(block: Array, column: Column, values: Any, rows: Any, made: Made) -> None:
    """Write what a column makes into its place among the features."""
    if column.role == "category":
        block[:] = 0
        there = values >= 0
        block[np.flatnonzero(there), values[there]] = 1
        block[~there] = np.nan
    else:
        for place, part in enumerate(made.dates[column.name].parts):
            block[:, place] = moments_as(values, part)[rows]


def moments_as(moments: Any, part: str) -> Array:
    """Return a part of moments as numbers, or the days since 1970; NaN where one is missing."""
    if part == "days":
        found = moments.dt.epoch("us").cast(float) / _DAY
    else:
        found = part_of(moments, part).cast(float)
    array: Array = found.to_numpy()
    return array.astype(np.float32)


def _gap(column: Column, block: Array, filling: str, made: Made) -> str:
    """Return how the gaps of a block are filled, nothing where it has none."""
    if not column.missing or not np.isnan(block).any():
        return ""
    if column.role == "category":
        return "most_frequent"
    if filling in {"", "category"} or (filling not in FILLINGS and not _is_finite(filling)):
        return "median"
    return filling


def _is_finite(text: str) -> bool:
    try:
        return bool(np.isfinite(float(text)))
    except ValueError:
        return False


def _coded(
    path: Path, column: Column, filling: str, made: Made
) -> tuple[NDArray[np.int64], tuple[str, ...]]:
    """Return the index of each word and the words; −1 where one is missing and to be filled."""
    indices, words = coded(column)
    if len(words) > MOST_CATEGORIES:
        refuse(
            "data_too_many_categories",
            path=path,
            column=column.name,
            got=len(words),
            limit=MOST_CATEGORIES,
        )
    if column.missing and filling not in {"most_frequent", "leave_out"}:
        own = filling if filling not in {"", *FILLINGS} else MISSING_WORD
        made.word_fillings[column.name] = own
        if own not in words:
            words = (*words, own)
        indices = np.where(indices < 0, words.index(own), indices)
    return indices, words


def coded(column: Column) -> tuple[NDArray[np.int64], tuple[str, ...]]:
    """Return the index of each cell among the different ones, in order, and these as words."""
    import polars as pl

    if column.type == "number":
        numbers = column.numbers
        there = ~np.isnan(numbers)
        values, inverse = np.unique(numbers[there], return_inverse=True)
        indices = np.full(len(numbers), -1, np.int64)
        indices[there] = inverse
        return indices, tuple(f"{value:.9g}" for value in values)
    cells = column.values if column.values.dtype == pl.String else column.values.cast(pl.String)
    words = sorted(cells.drop_nulls().unique().to_list())
    by_word = pl.DataFrame(
        {"word": words, "index": np.arange(len(words))},
        schema={"word": pl.String, "index": pl.Int64},
    )
    joined = cells.to_frame("word").join(by_word, on="word", how="left", maintain_order="left")
    return joined["index"].fill_null(-1).to_numpy().copy(), tuple(words)
