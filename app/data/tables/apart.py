"""Cells that hold several numbers or several words: they become columns of their own.

Numbers side by side, as ``[0.1, 0.2]`` or the pixels of a picture, become ``name.0``, ``name.1`` …;
words, as ``Action|Drama``, a column of zeros and ones for each: ``name.Action``, ``name.Drama``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import numpy as np

from app.data.dataset import Array, need_memory
from app.data.tables.numbers import is_number
from app.data.tables.table import Table
from codegen.cell_parts import parts_of
from graph_model.problems import Fix, Problem, SetDataArguments

if TYPE_CHECKING:
    import polars as pl

_How: TypeAlias = Mapping[str, Any]
"""The ``mark`` that parts stand apart by, and the ``count`` of numbers, or the ``words``."""
_LOOKED_AT: Final = 2000
_LONGEST: Final = 4096
_LEAST_UNMARKED: Final = 8
"""So many numbers with blanks between them alone are several; fewer may be one, or a date."""
_MARKS: Final = ("|", ";", ",")
_MOST_WORDS: Final = 200
_LONGEST_WORD: Final = 40
_MOST_BLANKS: Final = 4
_OFTEN: Final = 4
"""How often a word comes at least, in the mean."""
_SEVERAL: Final = 0.1
"""The share of cells at least that hold several words."""
_NAMED: Final = 8


def apart(table: Table, known: Mapping[str, _How] | None = None) -> Table:
    """Return a table in which such columns are several: those that look so, or those ``known``."""
    found: dict[str, _How] = {}
    columns: dict[str, Any] = {}
    parts: dict[str, str] = {}
    for name, cells in table.columns.items():
        how = _how(cells, table) if known is None else known.get(name)
        if how is None or isinstance(cells, np.ndarray) or cells.dtype.is_numeric():
            columns[name] = cells
            continue
        made = _numbers(table, cells, how) if "count" in how else _words(cells, how)
        if set(made) & {*table.columns, *columns}:
            columns[name] = cells
            continue
        found[name] = how
        columns |= {f"{name}.{part}": each for part, each in made.items()}
        parts |= {f"{name}.{part}": name for part in made}
    return replace(table, columns=columns, apart=found, part_of=parts) if found else table


def note_of(table: Table) -> tuple[Problem, ...]:
    """Tell which columns were made of cells with several numbers or words, and undo it."""
    notes = []
    fix = Fix("keep_together", SetDataArguments({"apart": False}))
    for name, how in table.apart.items():
        words = how.get("words")
        shown = ", ".join(words[:_NAMED]) + " …" * (len(words) > _NAMED) if words else ""
        told = {"path": table.path.name, "column": name, "words": shown}
        told["count"] = str(len(words) if words else how["count"])
        code = "table_words_apart" if words else "table_numbers_apart"
        notes.append(Problem(code, told, parameter="data.apart", fixes=(fix,)))
    return tuple(notes)


def _how(cells: Any, table: Table) -> _How | None:
    """Return how the cells of a column stand for several things, ``None`` where they do not."""
    if isinstance(cells, np.ndarray) or cells.dtype.is_numeric():
        return None
    some = [cell for cell in cells.head(_LOOKED_AT).to_list() if not table.rules.lacks(cell)]
    if len(some) < 2:
        return None
    if table.rules.decimal == "point" and (numbers := _how_numbers(some)):
        return numbers
    marks = (",",) if all(_is_list(cell) for cell in some) else _MARKS
    return next((how for mark in marks if (how := _how_words(some, mark, cells))), None)


def _how_numbers(some: list[str]) -> _How | None:
    is_list = all(_is_list(cell) for cell in some)
    for mark in (each for each in (",", ";", " ") if each in some[0]):
        first = parts_of(some[0], mark)
        if not 2 <= len(first) <= _LONGEST or not all(map(is_number, first)):
            continue
        found = [parts_of(cell, mark) for cell in some]
        if any(len(each) != len(first) or not all(map(is_number, each)) for each in found):
            continue
        least = 2 if is_list else _LEAST_UNMARKED if mark == " " else 2
        are_decimal = is_list or mark == " " or all("." in part for each in found for part in each)
        if len(first) >= least and are_decimal:
            return {"mark": mark, "count": len(first)}
    return None


def _how_words(some: list[str], mark: str, cells: pl.Series) -> _How | None:
    is_list = all(_is_list(cell) for cell in some)
    if not is_list and not any(mark in cell for cell in some):
        return None
    found = [parts_of(cell, mark) for cell in some]
    several = sum(len(each) > 1 for each in found)
    counted = Counter(part for each in found for part in each)
    are_even = len({len(each) for each in found}) == 1  # as of “Berlin, Germany”
    if several < _SEVERAL * len(some) or not counted or (are_even and mark == ","):
        return None
    are_twice = any(len({*each}) < len(each) for each in found)
    longest = max(map(len, counted))
    are_short = max(part.count(" ") for part in counted) < _MOST_BLANKS
    often = sum(counted.values()) >= _OFTEN * len(counted)
    is_few = 2 <= len(counted) <= _MOST_WORDS and longest <= _LONGEST_WORD
    are_numbers = not is_list and all(map(is_number, counted))
    if are_twice or not (often and is_few and are_short) or (are_numbers and mark == ","):
        return None
    words = {part for cell in cells.unique().to_list() for part in parts_of(cell or "", mark)}
    words = {each for each in words if each.lower() not in ("nan", "none", "null", "na")}
    return {"mark": mark, "words": sorted(words)} if len(words) <= _MOST_WORDS else None


def _is_list(cell: str) -> bool:
    return cell[:1] in "[(" and cell[-1:] in "])" and len(cell) > 1


def _numbers(table: Table, cells: pl.Series, how: _How) -> dict[str, Array]:
    """Return a column of numbers for each place, NaN where a cell has another count."""
    import polars as pl

    mark, count = str(how["mark"]), int(how["count"])
    need_memory(table.path, 12 * len(cells) * count)
    inner = cells.str.strip_chars("[](){} ")
    blanks = inner.str.replace_all(r"\s+", " ") if mark == " " else inner.str.replace_all(r"\s", "")
    lists = blanks.str.split(mark)
    fits = (lists.list.len() == count).to_numpy()
    made = np.full((len(cells), count), np.nan, np.float32)
    if fits.any():
        flat = lists.filter(pl.Series(fits)).explode().cast(pl.Float32, strict=False)
        made[fits] = flat.fill_null(float("nan")).to_numpy().reshape(-1, count)
    return {str(place): np.ascontiguousarray(made[:, place]) for place in range(count)}


def _words(cells: pl.Series, how: _How) -> dict[str, Array]:
    """Return a column of zeros and ones for each word."""
    places = {word: place for place, word in enumerate(how["words"])}
    made = np.zeros((len(cells), len(places)), np.float32)
    for row, cell in enumerate(cells.to_list()):
        for part in parts_of(cell or "", str(how["mark"])):
            if part in places:
                made[row, places[part]] = 1
    return {word: np.ascontiguousarray(made[:, place]) for word, place in places.items()}
