"""What is shown of a table: each column with examples and a histogram, and how it was read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from app.data.tables.table import Table
from app.data.tables.understanding import Column
from graph_model.recipes.facts import ColumnFacts

_BINS = 12
_EXAMPLES = 3
_LONGEST = 40
_HISTOGRAM_OF = 100_000
"""A histogram counts so many values at most, evenly spread."""
_WIDE = 2000
"""Of more columns than these, no histograms are made."""


def column_facts(
    columns: Mapping[str, Column], fillings: Mapping[str, str], told: Mapping[str, float]
) -> tuple[ColumnFacts, ...]:
    """Return what is told of each column."""
    is_wide = len(columns) > _WIDE
    return tuple(
        ColumnFacts(
            column.name,
            column.role,
            column.type,
            column.why,
            column.proposed,
            _examples(column),
            column.missing,
            column.distinct,
            fillings.get(column.name, ""),
            () if is_wide else _histogram(column),
            round(told[column.name], 4) if column.name in told else None,
        )
        for column in columns.values()
    )


def read_as(table: Table, columns: Iterable[Column]) -> Mapping[str, str]:
    """Return what each setting that was left open was taken for."""
    rules = table.rules
    found = {
        "encoding": rules.encoding,
        "delimiter": rules.delimiter,
        "header": "yes" if rules.header else "no",
        "decimal": rules.decimal,
        "thousands": rules.thousands,
    }
    shown = {name: word for name, word in found.items() if name in rules.found}
    if rules.comment:
        shown["comments"] = rules.comment
    is_open = next((each for each in columns if each.is_open), None)
    if is_open is not None and rules.dates == "auto":
        shown["dates"] = "day" if is_open.first_form.startswith("%d") else "month"
    if rules.units:
        shown["units"] = rules.units
    if rules.skip:
        shown["skipped lines"] = str(rules.skip)
    return {**shown, **table.read_as}


def _examples(column: Column) -> tuple[str, ...]:
    """Return the first values that differ."""
    found: dict[str, None] = {}
    values = column.values[:50]
    digits = 7 if isinstance(values, np.ndarray) and values.dtype == np.float32 else 8
    for value in values.tolist() if isinstance(values, np.ndarray) else values.to_list():
        if value is not None and value == value:
            is_whole = isinstance(value, float) and 1e6 < abs(value) < 1e15 and value % 1 == 0
            text = (
                f"{value:.0f}"
                if is_whole
                else f"{value:.{digits}g}"
                if isinstance(value, float)
                else str(value)
            )
            text = text.removeprefix("1900-01-01 ").removesuffix(" 00:00:00")  # a time of any day
            text = " ".join(text.split())
            found[text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"] = None
        if len(found) == _EXAMPLES:
            break
    return tuple(found)


def _histogram(column: Column) -> tuple[int, ...]:
    values = column.values
    step = -(-len(values) // _HISTOGRAM_OF)
    if column.type == "number":
        numbers = column.numbers[::step]
    elif column.type == "date":
        numbers = values.gather_every(step).dt.epoch("s").cast(float).to_numpy()
    else:
        counts = values.gather_every(step).drop_nulls().value_counts(sort=True)["count"]
        return tuple(counts.head(_BINS).to_list())
    numbers = numbers[np.isfinite(numbers)]
    if not len(numbers):
        return ()
    low, high = float(numbers.min()), float(numbers.max())
    if not high > low:
        return (len(numbers),)
    return tuple(map(int, np.histogram(numbers.astype(np.float64), _BINS, (low, high))[0]))
