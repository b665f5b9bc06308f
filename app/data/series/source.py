"""A series from a table: its times, its columns of numbers, windows over them and a baseline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from app.data.cells import MISSING, cells_of
from app.data.dataset import Dataset, describe_arrays, existing, need_memory, refuse
from app.data.series.times import are_dates, gaps_of, moments_of, step_text, time_column
from app.data.series.windows import Numbers, Windows, season_of, seasonal_naive, windows_of
from app.resources import RESOURCES
from graph_model.frozen import frozen
from graph_model.phrases import phrase
from graph_model.problems import Problem
from graph_model.recipes.facts import ColumnFacts
from graph_model.values import Arguments

_LONGEST_WINDOW: Final = 128
_LEAST: Final = 10
"""How many windows train at least."""
_EXAMPLES: Final = 4


@frozen
class _Series:
    """The numbers of a table in the order of time; ``runs`` numbers stretches without a gap."""

    names: tuple[str, ...]
    values: Numbers
    runs: NDArray[np.int64]
    time: str
    filled: int
    notes: tuple[Problem, ...]


def load(arguments: Arguments) -> Dataset:
    """Read a table of one or several variables over time."""
    return _load(existing(arguments["path"], "file"), arguments)


def bundled(name: str, values: str) -> Any:
    """Return what reads a series that comes along; its column of ``values`` is forecast."""
    path = RESOURCES / "data" / f"{name}.csv"
    usual: Arguments = {"path": str(path), "time": "", "columns": values, "target": values}
    return lambda arguments: _load(path, {**usual, "missing": "last", **arguments})


def _load(path: Path, arguments: Arguments) -> Dataset:
    series = _read(path, arguments)
    targets = _targets(path, series, arguments)
    season = season_of(series.values[:, targets[0]][: _training_rows(series, arguments)])
    window = _integer(arguments, "window") or max(8, min(2 * season, _LONGEST_WINDOW))
    horizon = _integer(arguments, "horizon")
    need_memory(path, 4 * len(series.values) * (window + horizon) * len(series.names))
    made = windows_of(
        series.values,
        targets,
        series.runs,
        window=window,
        horizon=horizon,
        validation=_share(arguments, "validation"),
        test=_share(arguments, "test"),
        apart=bool(arguments["apart"]),
    )
    sizes = np.bincount(made.part, minlength=4)
    if sizes[0] < _LEAST or not sizes[1]:
        refuse("series_too_short", path=path, rows=len(series.values), window=window,
               horizon=horizon, got=sizes[0])  # fmt: skip
    kept = made.part < 3
    left = Windows(made.features[kept], made.target[kept], made.starts[kept], made.part[kept])
    return _dataset(path, series, targets, left, arguments, season, int(sizes[3]))


def _dataset(
    path: Path,
    series: _Series,
    targets: NDArray[np.int64],
    windows: Windows,
    arguments: Arguments,
    season: int,
    left_out: int,
) -> Dataset:
    target = windows.target[:, :, 0] if len(targets) == 1 else windows.target
    arrays = {"features": windows.features, "target": np.ascontiguousarray(target)}
    facts = describe_arrays(arrays, "regression")
    window, horizon = windows.features.shape[1], windows.target.shape[1]
    read_as = {"time": series.time or "–", "window": str(window), "season": str(season)}
    if arguments.get("window") is not None:
        del read_as["window"]
    split = {"left_out": str(left_out), "reach": str(window + horizon)}
    notes = (
        *series.notes,
        Problem("series_split", split),
        _baseline(series, windows, targets, season),
    )
    facts = replace(facts, columns=tuple(_columns(series, targets)), read_as=read_as, notes=notes)
    done = {
        "time": series.time,
        "columns": list(series.names),
        "targets": [series.names[index] for index in targets],
        "window": window,
        "horizon": horizon,
    }
    return Dataset(
        arrays, facts, times=windows.starts, own_split=windows.part, done={"series": done}
    )


def _read(path: Path, arguments: Arguments) -> _Series:
    table = cells_of(path)
    columns = dict(table.columns)
    time = str(arguments["time"]) or time_column(columns)
    notes: list[Problem] = []
    count = len(table.lines)
    order, runs = np.arange(count), np.zeros(count, np.int64)
    if time:
        if time not in columns:
            refuse("data_no_column", parameter="data.time", path=path, column=time,
                   choices=", ".join(columns))  # fmt: skip
        cells = columns.pop(time)
        moments = moments_of(cells)
        if moments is None:
            refuse("series_no_times", parameter="data.time", path=path, column=time, got=cells[0])
        order = np.argsort(moments, kind="stable")
        runs, notes = _runs(moments[order], time, is_date=are_dates(cells))
    else:
        notes.append(Problem("series_without_time"))
    names, values = _numbers(path, columns, str(arguments["columns"]), order)
    lacks = np.isnan(values)
    filled, how = int(lacks.any(axis=1).sum()), str(arguments["missing"])
    if filled and how == "refuse":
        row = int(lacks.any(axis=1).argmax())
        refuse("data_missing_value", path=path, line=table.lines[int(order[row])],
               column=names[int(lacks[row].argmax())], count=filled)  # fmt: skip
    if filled and how == "last":
        values = filled_by_last(values)
        notes.append(Problem("series_filled", {"count": str(filled), "rows": str(count)}))
    elif filled:
        bad = lacks.any(axis=1)
        runs = runs * (count + 1) + np.cumsum(bad)
        values, runs = values[~bad], runs[~bad]
        notes.append(Problem("series_left_out", {"count": str(filled), "rows": str(count)}))
    return _Series(names, values, runs, time, filled, tuple(notes))


def _runs(
    moments: NDArray[np.float64], time: str, *, is_date: bool
) -> tuple[NDArray[np.int64], list[Problem]]:
    """Return the stretches without a gap, and what is to be said of the times."""
    usual, gaps = gaps_of(moments)
    notes = []
    twins = int((np.diff(moments) == 0).sum())
    if twins:
        notes.append(Problem("series_twins", {"column": time, "count": str(twins)}))
    if gaps and usual > 0:
        step = step_text(usual, are_dates=is_date)
        notes.append(Problem("series_gaps", {"column": time, "count": str(gaps), "step": step}))
        return np.concatenate([[0], np.cumsum(np.diff(moments) > 1.5 * usual)]), notes
    return np.zeros(len(moments), np.int64), notes


def _numbers(
    path: Path, columns: Mapping[str, Sequence[str]], wanted: str, order: NDArray[np.int64]
) -> tuple[tuple[str, ...], Numbers]:
    """Return the columns of numbers in the order of time; what is missing is no number."""
    chosen = names_in(path, wanted, columns, "columns") or tuple(columns)
    found = {}
    for name in chosen:
        values = [_number(cell) for cell in columns[name]]
        if any(value is None for value in values):
            if wanted:
                bad = values.index(None)
                refuse("data_bad_number", path=path, column=name, line=2 + bad,
                       got=columns[name][bad])  # fmt: skip
            continue
        found[name] = np.array(values, np.float32)[order]
    known = {name: values for name, values in found.items() if np.isfinite(values).any()}
    if not known:
        refuse("data_too_few", path=path, got=0, what=phrase("columns of numbers"), expected=1)
    return tuple(known), np.stack([*known.values()], axis=1)


def last_window(path: Path, done: Mapping[str, Any]) -> Numbers:
    """Return the last rows of a table, from which what comes next is forecast."""
    columns = cells_of(path, least=1).columns
    names = tuple(done["columns"])
    for name in names:
        names_in(path, name, columns, "path")
    order = np.arange(len(columns[names[0]]))
    moments = moments_of(columns[done["time"]]) if done["time"] in columns else None
    if moments is not None:
        order = np.argsort(moments, kind="stable")
    values = np.stack([_numbers(path, columns, name, order)[1][:, 0] for name in names], axis=1)
    if len(values) < done["window"]:
        what = phrase("rows")
        refuse("data_too_few", path=path, got=len(values), what=what, expected=done["window"])
    return filled_by_last(values)[-done["window"] :]


def filled_by_last(values: Numbers) -> Numbers:
    """Return numbers in which each that is missing is the last one before it, or else the first."""
    rows = np.where(np.isnan(values), 0, np.arange(len(values))[:, None])
    np.maximum.accumulate(rows, axis=0, out=rows)
    found = np.take_along_axis(values, rows, axis=0)
    first = np.take_along_axis(values, np.isfinite(values).argmax(axis=0)[None], axis=0)
    filled: Numbers = np.where(np.isnan(found), first, found)
    return filled


def _number(cell: str) -> float | None:
    if cell.strip().lower() in MISSING:
        return float("nan")
    try:
        value = float(cell)
    except ValueError:
        return None
    return value if np.isfinite(value) else None


def names_in(
    path: Path, wanted: str, columns: Mapping[str, object], parameter: str
) -> tuple[str, ...]:
    """Return the names in a list with commas, refused where the table has no such column."""
    if wanted in columns:
        return (wanted,)
    names = tuple(name.strip() for name in wanted.split(",") if name.strip())
    for name in names:
        if name not in columns:
            refuse("data_no_column", parameter=f"data.{parameter}", path=path, column=name,
                   choices=", ".join(columns))  # fmt: skip
    return names


def _targets(path: Path, series: _Series, arguments: Arguments) -> NDArray[np.int64]:
    known = dict.fromkeys(series.names)
    names = names_in(path, str(arguments["target"]), known, "target") or series.names[-1:]
    return np.array([series.names.index(name) for name in names])


def _columns(series: _Series, targets: NDArray[np.int64]) -> Any:
    for index, name in enumerate(series.names):
        values = series.values[:, index]
        role = "target" if index in targets else "number"
        yield ColumnFacts(
            name,
            role,
            "number",
            examples=tuple(f"{value:.6g}" for value in values[:_EXAMPLES]),
            distinct=len(np.unique(values)),
            missing=series.filled,
            histogram=tuple(map(int, np.histogram(values, 16)[0])),
        )
    if series.time:
        yield ColumnFacts(series.time, "date", "date", distinct=len(series.values))


def _baseline(
    series: _Series, windows: Windows, targets: NDArray[np.int64], season: int
) -> Problem:
    """Tell how far the forecast is off that repeats the last season."""
    naive = seasonal_naive(series.values, windows, targets, season)
    square = np.square(naive.astype(np.float64) - windows.target)
    values = {"season": str(season)}
    for name, part in (("validation", 1), ("test", 2)):
        mine = square[windows.part == part]
        values[name] = f"{np.sqrt(mine.mean()):.4g}" if len(mine) else "–"
    return Problem("series_baseline", values)


def _training_rows(series: _Series, arguments: Arguments) -> int:
    share = 1 - _share(arguments, "validation") - _share(arguments, "test")
    return max(8, round(share * len(series.values)))


def _share(arguments: Arguments, name: str) -> float:
    value = arguments[name]
    return float(value) if isinstance(value, int | float) else 0.0


def _integer(arguments: Arguments, name: str) -> int:
    value = arguments[name]
    return value if isinstance(value, int) else 0
