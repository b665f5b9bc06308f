"""The rows of a table in the order of time: its columns of numbers, its moments, its series."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from app.data.dataset import refuse
from app.data.series.steps import Moments, Steps, steps_of, usual_step
from app.data.tables.features import coded
from app.data.tables.table import Table
from app.data.tables.understanding import Column
from graph_model.frozen import frozen
from graph_model.phrases import phrase
from graph_model.values import Arguments

Numbers = NDArray[np.float32]
_TIMES: Final = frozenset(
    {"date", "time", "datetime", "timestamp", "year", "month", "day", "ds", "日期", "时间", "年份"}
)
"""What columns of numbers are called that are times."""
_SHARED: Final = 0.5
"""From which share of moments that stand several times on there are several series."""
_MOST_SERIES: Final = 0.2
"""Of how many rows, as a share, there are series at most."""


@frozen
class Rows:
    """Numbers in the order of their series, then of time.

    ``moments`` is empty where there are no times. ``when`` counts steps of time, where moments
    keep to some, and else which moment in order that of each row is. ``series`` numbers the series
    of each row, and ``series_names`` names them where there are several. ``lines`` says where each
    row stood; −1 where it was added. Where ``are_joined``, rows follow each other whatever lacks
    between them.
    """

    names: tuple[str, ...]
    values: Numbers
    moments: Moments
    when: NDArray[np.int64]
    series: NDArray[np.int64]
    series_names: tuple[str, ...]
    lines: NDArray[np.int64]
    time: str = ""
    form: str = ""
    group: str = ""
    steps: Steps | None = None
    are_joined: bool = False

    @property
    def starts(self) -> NDArray[np.bool_]:
        """Which rows begin a series."""
        return starts_of(self.series)

    @property
    def twins(self) -> int:
        """How many rows have the moment of the row before them."""
        return int(((np.diff(self.when) == 0) & ~self.starts[1:]).sum())

    @property
    def breaks(self) -> NDArray[np.bool_]:
        """Which rows come behind a gap in their series."""
        found = np.zeros(len(self.values), bool)
        found[1:] = np.diff(self.when) > 1
        if self.steps is None and len(self.moments):
            found[1:] |= np.diff(self.moments) > 1.5 * usual_step(self.moments, self.starts)
        return found & ~self.starts & (not self.are_joined)

    def only(self, kept: NDArray[np.bool_]) -> Rows:
        """Return some of the rows."""
        parts = ("values", "when", "series", "lines", *(["moments"] if len(self.moments) else []))
        return replace(self, **{name: getattr(self, name)[kept] for name in parts})

    @property
    def runs(self) -> NDArray[np.int64]:
        """The number of the stretch without a gap that each row is in."""
        return np.cumsum(self.starts | self.breaks)


def starts_of(series: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Tell of rows in the order of their series which of them begin one."""
    return np.concatenate([[True], np.diff(series) != 0])[: len(series)]


def rows_of(table: Table, columns: Mapping[str, Column], arguments: Arguments) -> Rows:
    """Put the rows of a table in order; raises ``Refusal`` where it has no such columns."""
    path = table.path
    time = str(arguments.get("time", "")) or time_column(columns)
    if time:
        need_columns(path, (time,), columns, "time")
    moments = _moments(table, columns[time]) if time else np.empty(0)
    group = str(arguments.get("group", "")) or (_group(columns, moments, time) if time else "")
    if group:
        need_columns(path, (group,), columns, "group")
    series, names = _series(columns[group]) if group else (np.zeros(len(table), np.int64), ())
    used = _used(table, columns, str(arguments.get("columns", "")), {time, group})
    order = np.lexsort((moments, series)) if len(moments) else np.argsort(series, kind="stable")
    values = np.stack([each.numbers.astype(np.float32)[order] for each in used.values()], axis=1)
    series = series[order]
    form = columns[time].form if time else ""
    steps, when = None, np.arange(len(order))
    if len(moments):
        moments = moments[order]
        steps = steps_of(moments, starts_of(series), are_dates=bool(form))
        when = steps.places(moments) if steps else np.unique(moments, return_inverse=True)[1]
    lines = np.asarray(table.lines)[order]
    return Rows(tuple(used), values, moments, when, series, names, lines, time, form, group, steps)


def time_column(columns: Mapping[str, Column]) -> str:
    """Return the column that has dates, or numbers and is called so; none where there is none."""
    dates = [name for name, each in columns.items() if each.type == "date" and not each.missing]
    if dates:
        return dates[0]
    numbers = [name for name, each in columns.items() if each.type == "number" and not each.missing]
    return next((name for name in numbers if name.strip().lower() in _TIMES), "")


def _moments(table: Table, column: Column) -> Moments:
    """Return dates in seconds since 1970, or numbers as they are."""
    if column.type == "date":
        lacking = column.values.is_null().to_numpy()
        moments = column.values.dt.epoch("us").fill_null(0).to_numpy() / 1e6
    elif column.type == "number":
        moments = column.numbers.astype(np.float64)
        lacking = np.isnan(moments)
    else:
        lacking, moments = np.ones(len(table), bool), np.zeros(len(table))
    if lacking.any():
        cell = str(table.columns[column.name][int(lacking.argmax())])
        refuse("series_no_times", parameter="data.time", path=table.path, column=column.name,
               got=cell)  # fmt: skip
    found: Moments = moments
    return found


def _group(columns: Mapping[str, Column], moments: Moments, time: str) -> str:
    """Return the column that tells several series apart: most moments stand several times then.

    Within a series each moment stands once, but for a few.
    """
    _, counts = np.unique(moments, return_counts=True)
    if (counts > 1).mean() < _SHARED:
        return ""
    for name, column in columns.items():
        is_whole = column.type == "number" and not column.missing and _are_whole(column)
        if name == time or not (column.type in {"category", "path"} or is_whole):
            continue
        if not 1 < column.distinct <= max(2, _MOST_SERIES * len(moments)):
            continue
        codes, _ = _series(column)
        pairs = np.unique(np.stack([codes, moments]), axis=1).shape[1]
        if pairs >= 0.98 * len(moments):
            return name
    return ""


def _are_whole(column: Column) -> bool:
    return bool((column.numbers == np.round(column.numbers)).all())


def _series(column: Column) -> tuple[NDArray[np.int64], tuple[str, ...]]:
    codes, words = coded(column)
    return codes.astype(np.int64), tuple(words)


def _used(
    table: Table, columns: Mapping[str, Column], wanted: str, others: set[str]
) -> dict[str, Column]:
    """Return the columns of numbers that are looked at: those that were named, or else all."""
    chosen = names_in(table.path, wanted, columns, "columns")
    for name in chosen:
        column = columns[name]
        if column.type != "number":
            cell = str(table.columns[name][0])
            refuse("data_bad_number", path=table.path, column=name, line=int(table.lines[0]),
                   got=cell)  # fmt: skip
    numbers = {
        name: each
        for name, each in columns.items()
        if each.type == "number" and name not in others and each.missing < len(table)
    }
    told = {name: each for name, each in numbers.items() if each.role != "ignore"}
    found = {name: columns[name] for name in chosen} or told or numbers
    if not found:
        what = phrase("columns of numbers")
        refuse("data_too_few", path=table.path, got=0, what=what, expected=1)
    return found


def names_in(
    path: Path, wanted: str, columns: Mapping[str, object], parameter: str
) -> tuple[str, ...]:
    """Return the names in a list with commas, refused where the table has no such column."""
    if wanted in columns:
        return (wanted,)
    names = tuple(name.strip() for name in wanted.split(",") if name.strip())
    need_columns(path, names, columns, parameter)
    return names


def need_columns(
    path: Path, names: tuple[str, ...], columns: Mapping[str, Any], parameter: str
) -> None:
    """Refuse a table that lacks one of these columns."""
    for name in names:
        if name not in columns:
            choices = ", ".join(list(columns)[:50])
            refuse("data_no_column", parameter=f"data.{parameter}", path=path, column=name,
                   choices=choices)  # fmt: skip
