"""The newest window of a table, from which what comes next is forecast.

``codegen.predicting.series`` writes the same for scripts.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.data.dataset import refuse
from app.data.series.gaps import filled_by_last, with_all_moments
from app.data.series.rows import Numbers, Rows, need_columns
from app.data.series.steps import Moments, Steps
from app.data.tables.dates import BETWEEN, as_dates
from app.data.tables.new_rows import numbers_of, read_as_before, texts_of
from app.data.tables.table import Table
from graph_model.phrases import phrase


def last_windows(path: Path, done: Mapping[str, Any], rules: Mapping[str, Any]) -> Numbers:
    """Return the last rows of each series of a table, as many as a window has.

    Raises ``Refusal`` where a column is missing, or there are too few rows.
    """
    return named_windows(path, done, rules)[0]


def named_windows(
    path: Path, done: Mapping[str, Any], rules: Mapping[str, Any]
) -> tuple[Numbers, tuple[str, ...]]:
    """Return the same, and what each series is called: nothing where there is but one."""
    table = read_as_before(path, rules)
    names = tuple(done["columns"])
    need_columns(path, names, table.columns, "path")
    moments, group = _moments(table, done), done["group"]
    words = texts_of(table, group) if group in table.columns else [""] * len(table)
    found, series = np.unique(np.array(words), return_inverse=True)
    order = np.lexsort((moments, series))
    steps = Steps(**done["steps"]) if done["steps"] and done["time"] in table.columns else None
    rows = Rows(
        names,
        np.stack([_numbers(table, name) for name in names], axis=1)[order],
        moments[order],
        steps.places(moments[order]) if steps else np.arange(len(order)),
        series[order],
        tuple(map(str, found)),
        np.asarray(table.lines)[order],
        steps=steps,
    )
    rows = with_all_moments(rows)
    values = filled_by_last(rows.values, rows.series)
    windows = [_last(path, values[rows.series == each], done) for each in range(len(found))]
    return np.stack(windows), rows.series_names if len(found) > 1 else ()


def _last(path: Path, values: Numbers, done: Mapping[str, Any]) -> Numbers:
    if len(values) < done["window"]:
        what = phrase("rows")
        refuse("data_too_few", path=path, got=len(values), what=what, expected=done["window"])
    return values[-done["window"] :]


def _numbers(table: Table, name: str) -> Numbers:
    """Return a column of numbers, NaN where one is missing; refused where a cell is none."""
    found = numbers_of(table, name)
    for row in np.flatnonzero(np.isnan(found)):
        cell = texts_of(table, name)[int(row)]
        if not table.rules.lacks(cell, True):
            refuse("data_bad_number", path=table.path, line=int(table.lines[row]), column=name,
                   got=cell)  # fmt: skip
    return found


def _moments(table: Table, done: Mapping[str, Any]) -> Moments:
    """Return when each row was, in the order of the file where there is no column of times."""
    time = done["time"]
    if time not in table.columns:
        return np.arange(len(table), dtype=np.float64)
    if done["forms"]:
        dates = as_dates(table.columns[time], BETWEEN.join(done["forms"]))
        lacking: NDArray[np.bool_] = dates.is_null().to_numpy()
        moments = dates.dt.epoch("us").fill_null(0).to_numpy() / 1e6
    else:
        moments = numbers_of(table, time).astype(np.float64)
        lacking = np.isnan(moments)
    if lacking.any():
        row = int(lacking.argmax())
        refuse("series_no_times", path=table.path, column=time, got=texts_of(table, time)[row])
    found: Moments = moments
    return found
