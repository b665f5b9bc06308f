"""A series from a table: what was read of it, windows over it, and a baseline."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from app.data.cells import columns_of
from app.data.dataset import Dataset, describe_arrays, existing, need_memory, refuse
from app.data.series.gaps import filled_by_last
from app.data.series.joining import with_few_moments, without_gaps
from app.data.series.rows import Rows, names_in, rows_of
from app.data.series.windows import Windows, borders, season_of, seasonal_naive, windows_of
from app.data.tables.dates import BETWEEN
from app.data.tables.together import note_of
from app.data.tables.understanding import Column
from app.resources import RESOURCES
from graph_model.frozen import frozen
from graph_model.problems import Problem
from graph_model.recipes.facts import ColumnFacts
from graph_model.values import Arguments

_LONGEST_WINDOW: Final = 128
_LEAST: Final = 10
"""How many windows train at least."""
_LEAST_OF_PART: Final = 5
"""How many windows each other part has at least, where their length is left open."""
_EXAMPLES: Final = 4
_TARGETS: Final = ("target", "y", "value", "close", "sales", "demand", "load", "目标", "收盘")
"""What a column is called that is forecast, where that is left open; else it is the last one."""


@frozen
class _Series:
    """A table as a series: its rows without gaps, what was read of it, and what is to be told."""

    path: Path
    rows: Rows
    columns: Mapping[str, Column]
    rules: Mapping[str, Any]
    targets: NDArray[np.int64]
    season: int
    notes: tuple[Problem, ...]
    gaps: str = ""
    """What was decided of gaps, where that was left open."""


def load(arguments: Arguments) -> Dataset:
    """Read a table of one or several variables over time."""
    return _load(existing(arguments["path"], "file"), arguments)


def bundled(name: str, values: str) -> Any:
    """Return what reads a series that comes along; its column of ``values`` is forecast."""
    path = RESOURCES / "data" / f"{name}.csv"
    usual: Arguments = {"path": str(path), "time": "", "columns": values, "target": values}
    return lambda arguments: _load(path, {**usual, "missing": "last", **arguments})


def _load(path: Path, arguments: Arguments) -> Dataset:
    table, columns = columns_of(path, series=arguments)
    rows = rows_of(table, columns, arguments)
    targets = _targets(path, rows, arguments)
    rows, notes = _whole(rows, path, arguments)
    when = np.unique(rows.when, return_inverse=True)[1]
    season = _season(rows, int(targets[0]), arguments)
    window = _window(when, season, arguments)
    horizon = _integer(arguments, "horizon")
    rows, found, told = without_gaps(rows, window + horizon, _gaps(arguments))
    notes = (*note_of(table), *notes, *told)
    when = np.unique(rows.when, return_inverse=True)[1]
    need_memory(path, 4 * len(rows.values) * (window + horizon) * len(rows.names))
    validation, test = _shares(arguments)
    made = windows_of(
        rows.values,
        targets,
        when,
        rows.runs,
        window=window,
        horizon=horizon,
        validation=validation,
        test=test,
        apart=bool(arguments["apart"]),
    )
    sizes = np.bincount(made.part, minlength=4)
    if sizes[0] < _LEAST or not sizes[1]:
        refuse("series_too_short", path=path, rows=len(rows.values), window=window,
               horizon=horizon, got=sizes[0], validating=sizes[1])  # fmt: skip
    kept = made.part < 3
    left = Windows(made.features[kept], made.target[kept], made.starts[kept], made.part[kept])
    rules = table.rules.as_json(
        trailing=table.trailing,
        twins=bool(table.renamed),
        signs=any(columns[name].signs for name in rows.names),
    )
    if rows.time in table.together:
        rules["together"] = {rows.time: dict(table.together[rows.time])}
    series = _Series(path, rows, columns, rules, targets, season, notes, found)
    return _dataset(series, left, when, arguments, int(sizes[3]))


def _dataset(
    series: _Series, windows: Windows, when: NDArray[np.int64], arguments: Arguments, left_out: int
) -> Dataset:
    rows, targets = series.rows, series.targets
    target = windows.target[:, :, 0] if len(targets) == 1 else windows.target
    arrays = {"features": windows.features, "target": np.ascontiguousarray(target)}
    facts = describe_arrays(arrays, "regression")
    window, horizon = windows.features.shape[1], windows.target.shape[1]
    split = {"left_out": str(left_out), "reach": str(window + horizon)}
    notes = (*series.notes, Problem("series_split", split), _baseline(series, windows))
    facts = replace(
        facts,
        columns=tuple(_columns(series)),
        read_as=_read_as(series, window, arguments),
        notes=notes,
        reach=window + horizon,
    )
    done = {
        "time": rows.time,
        "forms": [form for form in rows.form.split(BETWEEN) if form],
        "group": rows.group,
        "columns": list(rows.names),
        "targets": [rows.names[index] for index in targets],
        "window": window,
        "horizon": horizon,
        "steps": rows.steps.as_json() if rows.steps and not rows.are_joined else None,
    }
    starts = windows.starts
    return Dataset(
        arrays,
        facts,
        times=when[starts],
        groups=rows.series[starts] if rows.series_names else None,
        own_split=windows.part,
        rules=series.rules,
        done={"series": done},
    )


def _read_as(series: _Series, window: int, arguments: Arguments) -> dict[str, str]:
    """Return what each setting was taken for that was left open, and what else was found."""
    rows = series.rows
    names = ", ".join(rows.names[index] for index in series.targets)
    found = {"time": rows.time or "–", "group": rows.group, "target": names}
    found |= {"window": str(window), "gaps": series.gaps}
    is_open = (None, "", "auto")
    read_as = {key: word for key, word in found.items() if word and arguments.get(key) in is_open}
    if rows.steps is not None:
        read_as["step"] = rows.steps.text
    return {**read_as, "season": str(series.season)}


def _whole(rows: Rows, path: Path, arguments: Arguments) -> tuple[Rows, tuple[Problem, ...]]:
    """Return rows without missing values, and what is to be said of times and values."""
    notes: list[Problem] = []
    if not rows.time:
        notes.append(Problem("series_without_time"))
    if rows.group:
        values = {"column": rows.group, "count": str(len(rows.series_names))}
        notes.append(Problem("series_grouped", values))
    if rows.twins:
        values = {"column": rows.time, "count": str(rows.twins)}
        notes.append(Problem("series_twins", values))
    lacks = np.isnan(rows.values)
    bad: NDArray[np.bool_] = np.any(lacks, axis=1)
    count, how = int(bad.sum()), str(arguments["missing"])
    told = {"count": str(count), "rows": str(len(bad))}
    if count and how == "refuse":
        row = int(bad.argmax())
        column = rows.names[int(lacks[row].argmax())]
        refuse("data_missing_value", path=path, line=int(rows.lines[row]), column=column,
               count=count)  # fmt: skip
    if count and how == "last":
        notes.append(Problem("series_filled", told))
        rows = replace(rows, values=filled_by_last(rows.values, rows.series))
    elif count:
        notes.append(Problem("series_left_out", told))
        rows = rows.only(~bad)
    return rows, tuple(notes)


def _season(rows: Rows, target: int, arguments: Arguments) -> int:
    """Return the season of what is forecast, by what trains of the longest series."""
    rows = with_few_moments(rows)
    when = np.unique(rows.when, return_inverse=True)[1]
    train, _ = borders(when, *_shares(arguments))
    longest = np.bincount(rows.series).argmax()
    known = rows.values[(rows.series == longest) & (when < train), target]
    return season_of(known) if len(known) > _LEAST_OF_PART else 1


def _gaps(arguments: Arguments) -> str:
    """Return what becomes of gaps: where rows were left out, windows keep apart unless chosen."""
    chosen = str(arguments.get("gaps", "auto"))
    return "apart" if chosen == "auto" and arguments["missing"] == "leave_out" else chosen


def _window(when: NDArray[np.int64], season: int, arguments: Arguments) -> int:
    """Return how long windows are: two seasons, or fewer where the splits are too short for them.

    A window that stays free between splits takes that much of each.
    """
    chosen, horizon = _integer(arguments, "window"), _integer(arguments, "horizon")
    if chosen:
        return chosen
    usual = max(8, min(2 * season, _LONGEST_WINDOW))
    if not arguments["apart"]:
        return usual
    validated, tested = borders(when, *_shares(arguments))
    parts = [tested - validated, int(when.max()) + 1 - tested]
    room = min(part for part in parts if part) - horizon - _LEAST_OF_PART + 1
    tried = [usual, *([season] if 1 < season < usual else []), 8, 4, 2]
    return next((each for each in tried if each <= room), 2)


def _targets(path: Path, rows: Rows, arguments: Arguments) -> NDArray[np.int64]:
    known = dict.fromkeys(rows.names)
    names = names_in(path, str(arguments["target"]), known, "target")
    usual = [name for name in rows.names if name.strip().lower() in _TARGETS]
    chosen = names or (usual or list(rows.names))[-1:]
    return np.array([rows.names.index(name) for name in chosen])


def _columns(series: _Series) -> Iterator[ColumnFacts]:
    rows = series.rows
    for name, column in series.columns.items():
        if name in (rows.time, rows.group):
            role = "date" if name == rows.time else "group"
            yield ColumnFacts(name, role, column.type, column.why, distinct=column.distinct)
        if name not in rows.names:
            continue
        index = rows.names.index(name)
        values = rows.values[:, index]
        yield ColumnFacts(
            name,
            "target" if index in series.targets else "number",
            "number",
            column.why,
            examples=tuple(f"{value:.6g}" for value in values[:_EXAMPLES]),
            distinct=column.distinct,
            missing=column.missing,
            histogram=tuple(map(int, np.histogram(values[np.isfinite(values)], 16)[0])),
        )


def _baseline(series: _Series, windows: Windows) -> Problem:
    """Tell how far the forecast is off that repeats the last season."""
    rows = series.rows
    naive = seasonal_naive(rows.values, rows.runs, windows, series.targets, series.season)
    square = np.square(naive.astype(np.float64) - windows.target)
    values = {"season": str(series.season)}
    for name, part in (("validation", 1), ("test", 2)):
        mine = square[windows.part == part]
        values[name] = f"{np.sqrt(mine.mean()):.4g}" if len(mine) else "–"
    return Problem("series_baseline", values)


def _shares(arguments: Arguments) -> tuple[float, float]:
    validation, test = (arguments[name] for name in ("validation", "test"))
    return (
        float(validation) if isinstance(validation, int | float) else 0.0,
        float(test) if isinstance(test, int | float) else 0.0,
    )


def _integer(arguments: Arguments, name: str) -> int:
    value = arguments[name]
    return value if isinstance(value, int) else 0
