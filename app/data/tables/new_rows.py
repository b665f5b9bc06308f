"""New rows of a table, read as those of the training were."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from app.data.dataset import Array, refuse
from app.data.gaps import filled
from app.data.preprocessing import Entrance, Preprocessing
from app.data.tables.dates import as_dates
from app.data.tables.features import moments_as
from app.data.tables.numbers import as_number, as_numbers
from app.data.tables.opening import read_table
from app.data.tables.table import Table
from app.data.tables.understanding import written

if TYPE_CHECKING:
    import polars as pl

_KEPT: Final = ("decimal", "thousands", "header", "missing_words")
"""The settings of the training that new rows are read by; the others are found anew."""


def read_rows(path: Path, entrance: Entrance, done: Preprocessing) -> Array:
    """Return the array for one argument of ``forward`` from a table, not yet scaled.

    Raises ``Refusal`` where a column is missing, or a cell is none that the training knew.
    """
    arguments = {name: done.rules[name] for name in _KEPT if name in done.rules}
    table = read_table(path, arguments, least=1)
    names = done.columns if entrance.array == done.features else (entrance.array,)
    for name in names:
        if name not in table.columns:
            choices = ", ".join(list(table.columns)[:50])
            refuse("data_no_column", path=path, column=name, choices=choices)
    if entrance.array in done.categories and entrance.array != done.features:
        array: Array = _indices(table, entrance.array, done)
    else:
        array = np.concatenate([_block(table, name, done) for name in names], axis=1)
    return filled(array, entrance.fill) if entrance.fill is not None else array


def _block(table: Table, name: str, done: Preprocessing) -> Array:
    if name in done.categories:
        indices = _indices(table, name, done)
        block = np.eye(len(done.categories[name]), dtype=np.float32)[indices]
        block[indices < 0] = np.nan
        return block
    if name in done.dates:
        form, parts = done.dates[name]
        moments = as_dates(_cells(table, name), form)
        block = np.stack([moments_as(moments, part) for part in parts], axis=1)
    else:
        cells = table.columns[name]
        numbers = cells if isinstance(cells, np.ndarray) else _as_array(cells, table)
        block = numbers.astype(np.float32)[:, None]
        block = np.where(np.isfinite(block), block, np.nan)
    _need_known(table, name, np.isnan(block[:, 0]), done)
    return block


def _as_array(cells: pl.Series, table: Table) -> Array:
    numbers = cells if cells.dtype.is_numeric() else as_numbers(cells, table.rules)
    array: Array = numbers.cast(float).fill_null(np.nan).to_numpy()
    return array


def _need_known(table: Table, name: str, lacks: Array, done: Preprocessing) -> None:
    """Refuse what is no number or date, and a gap in a column that had none in the training."""
    for row in np.flatnonzero(lacks):
        cell = str(_cells(table, name)[int(row)])
        line = int(table.lines[row])
        is_missing = table.rules.lacks(cell, True)
        if not is_missing:
            refuse("data_bad_number", path=table.path, line=line, column=name, got=cell)
        if name not in done.gaps:
            refuse("data_unknown_gap", path=table.path, line=line, column=name)


def _indices(table: Table, name: str, done: Preprocessing) -> Array:
    """Return the index of each word, −1 where one is missing and will be filled."""
    words = done.categories[name]
    by_word = {word: index for index, word in enumerate(words)}
    are_numbers = _are_numbers(words)
    found = []
    for row, cell in enumerate(_cells(table, name)):
        lacks = cell not in by_word and table.rules.lacks(cell, are_numbers)
        if are_numbers and not lacks:
            number = as_number(cell, table.rules)
            cell = cell if number is None else f"{number:.9g}"
        if lacks and name in done.word_fillings:
            cell = done.word_fillings[name]
        elif lacks and name in done.gaps:
            found.append(-1)
            continue
        if cell not in by_word:
            refuse(
                "data_unknown_word",
                path=table.path,
                line=int(table.lines[row]),
                column=name,
                got=cell,
                choices=", ".join(words[:20]),
            )
        found.append(by_word[cell])
    return np.array(found, np.int64)


def _cells(table: Table, name: str) -> Any:
    cells = table.columns[name]
    is_text = not isinstance(cells, np.ndarray) and not cells.dtype.is_numeric()
    return cells if is_text else written(cells)


def _are_numbers(words: Sequence[str]) -> bool:
    return all(word.replace(".", "", 1).lstrip("-").isdigit() for word in words)
