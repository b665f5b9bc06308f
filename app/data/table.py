"""Tables of text cells: reading them from CSV with clear complaints, and turning into numbers."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn

import numpy as np

from app.data.dataset import Array, need_memory, refuse
from graph_model.frozen import frozen
from graph_model.phrases import phrase
from graph_model.problems import Fix

if TYPE_CHECKING:
    from _csv import Reader

MISSING: Final = frozenset({"", "na", "n/a", "nan", "null", "none", "?"})
MOST_CATEGORIES: Final = 1000
_DELIMITERS: Final = {"comma": ",", "semicolon": ";", "tab": "\t"}
_BYTES_PER_BYTE: Final = 8
"""About how much memory a byte of CSV takes while it is read."""
_LARGEST: Final = float(np.finfo(np.float32).max)
_MOSTLY: Final = 0.9
"""From this share of numbers on, a word in a column is taken for a mistake."""


@frozen
class Table:
    """The cells of a CSV file by columns, and the line on which each row stood."""

    path: Path
    columns: Mapping[str, Sequence[str]]
    lines: Sequence[int]

    def __len__(self) -> int:
        return len(self.lines)


def read_table(path: Path, delimiter: str = "auto", least: int = 2) -> Table:
    """Read a CSV file with a header and at least so many rows; refused where a row is ragged."""
    need_memory(path, path.stat().st_size * _BYTES_PER_BYTE)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            mark = _DELIMITERS.get(delimiter) or _guess(file.readline())
            file.seek(0)
            return _parse(path, csv.reader(file, delimiter=mark, strict=True), least)
    except UnicodeDecodeError as error:
        refuse(
            "data_unreadable",
            path=path,
            reason=phrase("it is not UTF-8 text ({reason})", reason=error.reason),
        )
    except OSError as error:
        refuse("data_unreadable", path=path, reason=error.strerror or error)


def _guess(header: str) -> str:
    """Return the delimiter that stands most often in the header."""
    return max(_DELIMITERS.values(), key=header.count)


def _parse(path: Path, reader: Reader, least: int) -> Table:
    rows: list[list[str]] = []
    lines: list[int] = []
    header: list[str] = []
    try:
        for row in reader:
            if not row or (len(row) == 1 and not row[0].strip()):
                continue
            if not header:
                header = _header(path, row)
            elif len(row) != len(header):
                _refuse_ragged(path, reader.line_num, len(row), len(header))
            else:
                rows.append(row)
                lines.append(reader.line_num)
    except csv.Error as error:
        refuse(
            "data_unreadable",
            path=path,
            reason=phrase("line {line}: {reason}", line=reader.line_num, reason=error),
        )
    if len(rows) < least:
        refuse("data_too_few", path=path, got=len(rows), what=phrase("rows"), expected=least)
    cells = zip(*rows, strict=True)
    columns = {
        name: [cell.strip() for cell in column] for name, column in zip(header, cells, strict=True)
    }
    return Table(path, columns, lines)


def _refuse_ragged(path: Path, line: int, got: int, expected: int) -> NoReturn:
    refuse("data_ragged_row", path=path, line=line, got=got, expected=expected)


def _header(path: Path, row: Sequence[str]) -> list[str]:
    names = [cell.strip() or f"column {index}" for index, cell in enumerate(row, 1)]
    times = Counter(names)
    twin = next((name for name in names if times[name] > 1), None)
    if twin is not None:
        refuse("data_duplicate_column", path=path, column=twin)
    return names


def without_gaps(table: Table) -> Table:
    """Return the rows that have a value in every column; refused where fewer than two have."""
    rows = zip(*table.columns.values(), strict=True)
    full = [index for index, row in enumerate(rows) if not any(map(_lacks, row))]
    if len(full) < 2:
        what = phrase("rows without a gap")
        refuse("data_too_few", path=table.path, got=len(full), what=what, expected=2)
    columns = {name: [cells[row] for row in full] for name, cells in table.columns.items()}
    return Table(table.path, columns, [table.lines[row] for row in full])


def need_values(table: Table, name: str, fixes: tuple[Fix, ...] = ()) -> None:
    """Refuse a column in which values are missing; ``fixes`` are offered then."""
    cells = zip(table.lines, table.columns[name], strict=True)
    missing = [line for line, cell in cells if _lacks(cell)]
    if missing:
        refuse(
            "data_missing_value",
            fixes=fixes,
            path=table.path,
            line=missing[0],
            column=name,
            count=len(missing),
        )


def numbers_or_words(table: Table, name: str) -> tuple[Array, tuple[str, ...]]:
    """Return a column as float32 numbers, or as int64 indices together with their words."""
    cells = table.columns[name]
    values = [_number(cell) for cell in cells]
    bad = [index for index, value in enumerate(values) if value is None]
    if not bad:
        return np.array(values, np.float32), ()
    if len(bad) < (1 - _MOSTLY) * len(cells):
        _refuse_number(table, name, bad[0])
    words = tuple(sorted(set(cells)))
    if len(words) > MOST_CATEGORIES:
        refuse(
            "data_too_many_categories",
            path=table.path,
            column=name,
            got=len(words),
            limit=MOST_CATEGORIES,
        )
    return indices_of(table, name, words), words


def numbers_of(table: Table, name: str) -> Array:
    """Return a column of numbers as float32."""
    need_values(table, name)
    values = [_number(cell) for cell in table.columns[name]]
    if None in values:
        _refuse_number(table, name, values.index(None))
    return np.array(values, np.float32)


def indices_of(table: Table, name: str, words: Sequence[str]) -> Array:
    """Return the index among ``words`` of each cell of a column, refused where it is none."""
    by_word = {word: index for index, word in enumerate(words)}
    indices = [by_word.get(cell, -1) for cell in table.columns[name]]
    if -1 in indices:
        row = indices.index(-1)
        refuse(
            "data_unknown_word",
            path=table.path,
            line=table.lines[row],
            column=name,
            got=table.columns[name][row],
            choices=", ".join(words[:20]),
        )
    return np.array(indices, np.int64)


def need_column(table: Table, name: str, parameter: str) -> str:
    """Return the name of a column that the table has, refused otherwise."""
    if name not in table.columns:
        choices = ", ".join(table.columns)
        refuse("data_no_column", parameter=parameter, path=table.path, column=name, choices=choices)
    return name


def one_hot(indices: Array, count: int) -> Array:
    """Return a row of zeros with a one for each index."""
    return np.eye(count, dtype=np.float32)[indices]


def features_of(
    table: Table, names: Sequence[str], categories: Mapping[str, tuple[str, ...]]
) -> Array:
    """Return these columns side by side, each number as it is and each word as zeros and a one."""
    parts = [
        one_hot(indices_of(table, name, categories[name]), len(categories[name]))
        if name in categories
        else numbers_of(table, name)[:, None]
        for name in names
    ]
    return np.concatenate(parts, axis=1)


def _number(cell: str) -> float | None:
    """Return the number that a cell holds, where it is one that float32 can hold.

    As Python writes numbers, but without ``_``.
    """
    try:
        value = float(cell)
    except ValueError:
        return None
    return value if abs(value) <= _LARGEST and "_" not in cell else None


def _lacks(cell: str) -> bool:
    return cell.lower() in MISSING


def _refuse_number(table: Table, name: str, row: int) -> None:
    cell = table.columns[name][row]
    refuse("data_bad_number", path=table.path, line=table.lines[row], got=cell, column=name)
