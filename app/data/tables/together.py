"""Columns that tell a moment together become one: days and times, or years, months and days."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import numpy as np

from app.data.tables.dates import TIMES, format_of, parsed
from app.data.tables.table import Table
from app.data.tables.understanding import written
from codegen.joined_cells import joined
from graph_model.frozen import frozen
from graph_model.problems import Fix, Problem, SetDataArguments
from graph_model.recipes.columns import DECISIONS, decided
from graph_model.values import Arguments

if TYPE_CHECKING:
    import polars as pl

_How: TypeAlias = Mapping[str, Any]
"""The ``columns``, the ``marks`` behind each, and what is ``cut`` from behind the first."""
_PARTS: Final[Mapping[str, tuple[str, ...]]] = {
    "year": ("year", "yr", "yyyy", "jahr", "年", "年份"),
    "month": ("month", "mon", "mo", "mm", "monat", "月", "月份"),
    "day": ("day", "dd", "dom", "mday", "tag", "日"),
    "hour": ("hour", "hr", "hh", "stunde", "时", "小时"),
    "minute": ("minute", "min", "mi", "分", "分钟"),
}
_MARKS: Final = ("-", "-", " ", ":", "")
"""What stands behind each part of a moment in the form of ISO 8601."""
_LIKE_TIME: Final = re.compile(r"\d{1,2}[:.]\d\d(?:[:. AaPp].*)?")
_MIDNIGHT: Final = re.compile(r"[ T]0?0:00(?::00(?:\.0+)?)?$")
_WORDS_OF_TIME: Final = frozenset(
    "date time datum uhrzeit zeit day hour clock dt d t of at on the 日期 时间 日 时".split()
)
_LOOKED_AT: Final = 500
_MOST_COLUMNS: Final = 500
"""Of more columns than these, none are looked at."""


@frozen
class _Cells:
    """Some cells of a column that are not empty, and where it stands among the others."""

    place: int
    name: str
    some: Sequence[str]


def together(table: Table, named: Collection[str] = (), known: Any = None) -> Table:
    """Return a table in which such columns are one: those that look so, or those ``known``.

    Those are left as they are that somebody has ``named``.
    """
    found: Mapping[str, _How] = _found(table, named) if known is None else known
    found = {name: how for name, how in found.items() if table.columns.keys() >= {*how["columns"]}}
    if not found:
        return table
    columns: dict[str, Any] = {}
    first = {how["columns"][0]: name for name, how in found.items()}
    gone = {part for how in found.values() for part in how["columns"]}
    for name, cells in table.columns.items():
        if name in first:
            columns[first[name]] = _joined(table, found[first[name]])
        elif name not in gone:
            columns[name] = cells
    return replace(table, columns=columns, together=found)


def named_in(arguments: Arguments) -> set[str]:
    """Return the columns that the settings of a source name."""
    found = {name for decision in DECISIONS for name in decided(arguments, decision)}
    for setting in ("target", "time", "group", "columns"):
        found |= {name.strip() for name in str(arguments.get(setting, "")).split(",")}
    return found


def note_of(table: Table) -> tuple[Problem, ...]:
    """Tell which columns are one moment, and leave them as they are."""
    fix = Fix("keep_columns", SetDataArguments({"join_times": False}))
    return tuple(
        Problem(
            "table_columns_together",
            {"path": table.path.name, "columns": ", ".join(how["columns"]), "column": name},
            parameter="data.join_times",
            fixes=(fix,),
        )
        for name, how in table.together.items()
    )


def _joined(table: Table, how: _How) -> pl.Series:
    """Return the moments as text, an empty one where any part is missing."""
    import polars as pl

    parts = [_texts(table.columns[name]).to_list() for name in how["columns"]]
    lacks = table.rules.lacks
    return pl.Series(
        [
            ""
            if any(lacks(cell, True) for cell in cells)
            else joined(cells, how["marks"], how["cut"])
            for cells in zip(*([cell or "" for cell in part] for part in parts), strict=True)
        ],
        dtype=pl.String,
    )


def _texts(cells: Any) -> pl.Series:
    is_number = isinstance(cells, np.ndarray) or cells.dtype.is_numeric()
    return written(cells) if is_number else cells


def _found(table: Table, named: Collection[str]) -> dict[str, _How]:
    """Return how columns of a table are to be joined, by the name of what they become."""
    if len(table.columns) > _MOST_COLUMNS or not table.rules.header:
        return {}
    looked_at = [
        _Cells(place, name, _some(table, cells))
        for place, (name, cells) in enumerate(table.columns.items())
    ]
    free = [each for each in looked_at if each.some and each.name not in named]
    times = [each for each in free if _is_time(each)]
    hours = [each for each in free if _is_part(each, "hour")]
    days = [each for each in free if _day_form(each, table)] if times or hours else []
    pairs = [*_pairs(days, times), *(_pairs(days, hours) if not times else ())]
    tried = [_of_day_and_time(table, day, time) for day, time in pairs]
    if not days and not times:
        tried += _of_parts(table, free)
    names = {" ".join(how["columns"]): how for how in tried if _are_moments(table, how)}
    return {name: how for name, how in names.items() if name not in table.columns}


def _some(table: Table, cells: Any) -> list[str]:
    """Return cells from all over a column, without those that are missing."""
    step = max(1, len(cells) // _LOOKED_AT)
    some = _texts(cells[::step] if isinstance(cells, np.ndarray) else cells.gather_every(step))
    return [cell for cell in some.to_list() if not table.rules.lacks(cell or "", True)]


def _is_time(cells: _Cells) -> bool:
    return bool(_LIKE_TIME.fullmatch(cells.some[0])) and format_of(cells.some) in TIMES


def _day_form(cells: _Cells, table: Table) -> str:
    """Return the format of days without a time, or all at midnight; nothing where it is another."""
    cut = _midnight(cells.some)
    form = format_of([cell.removesuffix(cut) for cell in cells.some], table.rules.dates)
    has_day = any(word in form for word in ("%d", "%m", "%b", "%B"))
    return form if has_day and "%H" not in form and "%I" not in form else ""


def _midnight(some: Sequence[str]) -> str:
    """Return the time that stands behind all days, where that is midnight."""
    match = _MIDNIGHT.search(some[0])
    return match[0] if match and all(cell.endswith(match[0]) for cell in some) else ""


def _pairs(days: Sequence[_Cells], times: Sequence[_Cells]) -> Iterator[tuple[_Cells, _Cells]]:
    """Yield days and times that belong together: called alike, or side by side and alone."""
    are_alone = len(days) == len(times) == 1
    for time in times:
        for day in days:
            is_alike = _stem(day.name) == _stem(time.name)
            if is_alike or (are_alone and abs(day.place - time.place) == 1):
                yield day, time
                break


def _stem(name: str) -> frozenset[str]:
    """Return the words of a name but for those that say day or time."""
    words = re.split(r"[^\w]|_|(?<=[a-z])(?=[A-Z])", name)
    return frozenset(word.lower() for word in words if word) - _WORDS_OF_TIME


def _of_day_and_time(table: Table, day: _Cells, time: _Cells) -> _How:
    behind = "" if _is_time(time) else ":00"
    cut = _midnight(day.some)
    return {"columns": [day.name, time.name], "marks": [" ", behind], "cut": cut}


def _of_parts(table: Table, free: Sequence[_Cells]) -> Iterator[_How]:
    """Yield the columns of years, months and so on, where there are such from the year on."""
    found: list[_Cells] = []
    for part in _PARTS:
        fits = [each for each in free if _is_part(each, part)]
        if len(fits) != 1:
            break
        found.append(fits[0])
    if len(found) < 2:
        return
    names = [each.name for each in found]
    if len(found) == 2:  # a month of many rows is rather a part of the year than a moment
        pairs = list(zip(*(_texts(table.columns[name]).to_list() for name in names), strict=True))
        if len({*pairs}) < len(pairs):
            return
    marks = [*_MARKS[: len(found) - 1], ":00" if len(found) == 4 else ""]
    yield {"columns": names, "marks": marks, "cut": ""}


def _is_part(cells: _Cells, part: str) -> bool:
    """Tell whether a column is called like a part of a moment, and holds such."""
    if cells.name.strip().lower() not in _PARTS[part]:
        return False
    form = {"year": "%Y", "month": "%m", "day": "%d", "hour": "%H", "minute": "%M"}[part]
    bare = [cell.removesuffix(".0") for cell in cells.some]
    forms = ("%m", "%B", "%b") if part == "month" else (form,)
    return any(all(parsed(cell, each) is not None for cell in bare) for each in forms)


def _are_moments(table: Table, how: _How) -> bool:
    """Tell whether what columns make together can be read as a moment."""
    cells = [_texts(table.columns[name][:_LOOKED_AT]).to_list() for name in how["columns"]]
    rows = [row for row in zip(*cells, strict=True) if all(row) and not _lacking(table, row)]
    made = [joined([*row], how["marks"], how["cut"]) for row in rows]
    return len(made) > 1 and len({*made}) > 1 and bool(format_of(made, table.rules.dates))


def _lacking(table: Table, row: Iterable[str]) -> bool:
    return any(table.rules.lacks(cell, True) for cell in row)
