"""New rows of a table, read as those of the training were."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from app.data.dataset import UNSEEN, Array, at_home, refuse
from app.data.gaps import filled
from app.data.pictures.reading import read_one
from app.data.preprocessing import Entrance, Preprocessing
from app.data.tables.apart import apart
from app.data.tables.dates import as_dates
from app.data.tables.features import moments_as
from app.data.tables.numbers import as_number, as_numbers
from app.data.tables.opening import read_table
from app.data.tables.pictures import Place
from app.data.tables.table import Table
from app.data.tables.together import together
from app.data.tables.understanding import written
from app.data.texts.learning import encoded
from app.data.texts.tokens import of_json
from graph_model.files.plain_file import is_plain_file
from graph_model.phrases import phrase
from graph_model.problems import Problem, Refusal
from graph_model.values import Value

if TYPE_CHECKING:
    import polars as pl

_KEPT: Final = ("decimal", "thousands", "header", "missing_words", "sheet")
"""The settings of the training that new rows are read by; the others are found anew."""
_Complain = Callable[[int, str, Mapping[str, str]], None]


def read_rows(
    path: Path, entrances: Sequence[Entrance], done: Preprocessing, wrong: list[Problem] | None
) -> tuple[list[Array], Array]:
    """Return the array for each argument of ``forward`` from a table, and the rows they are of.

    A row that cannot be read is left out and ``wrong`` gets why; where nobody asks for that, or no
    row is left, ``Refusal`` is raised, as where a column is missing.
    """
    own = [each.array for each in entrances if each.array != done.features]
    table = read_as_before(path, done.rules, (*done.columns, *own))
    told: dict[int, Problem] = {}

    def complain(row: int, code: str, values: Mapping[str, str]) -> None:
        line = str(int(table.lines[row]))
        told.setdefault(row, Problem(code, {"path": str(path), "line": line, **values}))

    arrays = [_array(table, entrance, done, complain) for entrance in entrances]
    problems = [told[row] for row in sorted(told)]
    if table.ragged:
        values = {"path": str(path), "line": str(table.ragged_line)}
        sizes = {"got": str(table.ragged_width), "expected": str(len(table.columns))}
        problems.insert(0, Problem("data_ragged_row", {**values, **sizes}))
    if problems and (wrong is None or len(told) == len(table)):
        raise Refusal(problems[0])
    if wrong is not None:
        wrong += problems
    rows = np.array([row for row in range(len(table)) if row not in told], np.int64)
    return [array[rows] for array in arrays], rows


def _array(table: Table, entrance: Entrance, done: Preprocessing, complain: _Complain) -> Array:
    """Return what enters an Input, not yet scaled; rows that are complained of hold anything."""
    name = entrance.array
    texts = done.done.get("text", {}).get("columns", {})
    pictures = done.done.get("pictures_of", {})
    is_features = name == done.features and name not in (*texts, *pictures)
    for each in done.columns if is_features else (name,):
        if each not in table.columns:
            choices = ", ".join(list(table.columns)[:50])
            refuse("data_no_column", path=table.path, column=each, choices=choices)
    if name in texts:
        cells = ["" if table.rules.lacks(cell) else cell for cell in texts_of(table, name)]
        return encoded(cells, of_json(done.done["text"]), texts[name])
    if name in pictures:
        return _pictures(table, name, entrance, done, complain)
    if name in done.categories and not is_features:
        array: Array = _indices(table, name, done, complain)
    else:
        columns = done.columns if is_features else (name,)
        blocks = [_block(table, each, done, complain) for each in columns]
        array = np.concatenate(blocks, axis=1)
    return filled(array, entrance.fill) if entrance.fill is not None else array


def read_as_before(path: Path, rules: Mapping[str, Any], known: tuple[str, ...] = ()) -> Table:
    """Read a table by the rules of the training, as far as they do not follow from the file.

    Its header is the first row that names most of the columns that are ``known``, if any does.
    """
    arguments: dict[str, Value] = {name: rules[name] for name in _KEPT if name in rules}
    if rules.get("header") != "no":
        in_file = (each for name in known for each in _in_file(name, rules))
        arguments["known_columns"] = tuple(dict.fromkeys(in_file))
    table = apart(read_table(path, arguments, least=1), rules.get("apart", {}))
    return together(table, known=rules.get("together", {}))


def _in_file(name: str, rules: Mapping[str, Any]) -> Sequence[str]:
    """Return the columns in whose cells stands what another one was made of."""
    if name in rules.get("together", {}):
        columns: Sequence[str] = rules["together"][name]["columns"]
        return columns
    found = (whole for whole in rules.get("apart", {}) if name.startswith(f"{whole}."))
    return (next(found, name),)


def numbers_of(table: Table, name: str, unit: str = "") -> Array:
    """Return a column as numbers, without a unit behind them; what is none is NaN."""
    cells = table.columns[name]
    if unit and not isinstance(cells, np.ndarray) and not cells.dtype.is_numeric():
        cells = cells.str.strip_suffix(unit).str.strip_chars()
    numbers = cells if isinstance(cells, np.ndarray) else _as_array(cells, table)
    numbers = np.where(np.isin(numbers, _stand_ins(table)), np.nan, numbers)
    found = numbers.astype(np.float32)
    return np.where(np.isfinite(found), found, np.float32("nan"))


def _pictures(
    table: Table, name: str, entrance: Entrance, done: Preprocessing, complain: _Complain
) -> Array:
    how = done.done["pictures_of"][name]
    made = np.zeros((len(table), *entrance.shape), np.float32)
    for row, cell in enumerate(texts_of(table, name)):
        try:
            made[row] = read_one(_picture(cell, table.path, how, done), how)
        except ValueError as error:
            complain(row, "data_bad_picture", {"column": name, "got": cell, "reason": str(error)})
    return made


def _picture(cell: str, table: Path, how: Mapping[str, Any], done: Preprocessing) -> Path:
    """Return the file that a cell names: beside its table, or else that of the training."""
    if not cell:
        raise ValueError(phrase("no picture is named"))
    for near in (table, at_home(done.data.arguments.get("path", ""))):
        folder = Path(os.path.normpath(near.absolute().parent / str(how["folder"])))
        place = Place(folder, str(how["ending"]), bool(how["bare"]), int(how.get("dropped", 0)))
        found = place.path(cell)
        if is_plain_file(found):
            return found
    raise ValueError(phrase("there is no such picture"))


def _block(table: Table, name: str, done: Preprocessing, complain: _Complain) -> Array:
    if name in done.categories:
        indices = _indices(table, name, done, complain)
        block = np.eye(len(done.categories[name]), dtype=np.float32)[indices]
        block[indices < 0] = np.nan
        return block
    if name in done.dates:
        form, parts = done.dates[name]
        moments = as_dates(table.columns[name], form)
        block = np.stack([moments_as(moments, part) for part in parts], axis=1)
    else:
        unit = done.rules.get("suffixes", {}).get(name, "")
        block = numbers_of(table, name, unit)[:, None]
    _need_known(table, name, np.isnan(block[:, 0]), done, complain)
    return block


def _as_array(cells: pl.Series, table: Table) -> Array:
    numbers = cells if cells.dtype.is_numeric() else as_numbers(cells, table.rules)
    array: Array = numbers.cast(float).fill_null(np.nan).to_numpy()
    return array


def _stand_ins(table: Table) -> list[float]:
    """Return the numbers that stand for none, such as −999."""
    found = [as_number(word, table.rules) for word in table.rules.missing]
    return [number for number in found if number is not None]


def _need_known(
    table: Table, name: str, lacks: Array, done: Preprocessing, complain: _Complain
) -> None:
    """Complain of what is no number or date, and of a gap in a column without any in training."""
    cells = texts_of(table, name) if lacks.any() else ()
    for row in np.flatnonzero(lacks):
        cell = str(cells[int(row)])
        if not table.rules.lacks(cell, True):
            code = "data_bad_date" if name in done.dates else "data_bad_number"
            complain(int(row), code, {"column": name, "got": cell})
        elif name not in done.gaps:
            complain(int(row), "data_unknown_gap", {"column": name})


def _indices(table: Table, name: str, done: Preprocessing, complain: _Complain) -> Array:
    """Return the index of each word, −1 where one is missing and will be filled."""
    words = done.categories[name]
    by_word = {word: index for index, word in enumerate(words) if word != UNSEEN}
    are_numbers = _are_numbers([*by_word])
    folded = {word.casefold(): word for word in by_word if done.rules.get("ignores_case")}
    found = []
    for row, cell in enumerate(texts_of(table, name)):
        lacks = cell not in by_word and table.rules.lacks(cell, are_numbers)
        if are_numbers and not lacks and cell not in by_word:
            number = as_number(cell, table.rules)
            cell = cell if number is None else f"{number:.9g}"
        if cell not in by_word:
            cell = folded.get(cell.casefold(), cell)
        if lacks and name in done.word_fillings:
            cell = done.word_fillings[name]
        elif lacks and name in done.gaps:
            found.append(-1)
            continue
        if cell not in by_word:
            values = {"column": name, "got": cell, "choices": ", ".join([*by_word][:20])}
            complain(row, "data_unknown_gap" if lacks else "data_unknown_word", values)
        found.append(by_word.get(cell, 0))
    return np.array(found, np.int64)


def texts_of(table: Table, name: str) -> Any:
    """Return a column as texts."""
    cells = table.columns[name]
    is_text = not isinstance(cells, np.ndarray) and not cells.dtype.is_numeric()
    return cells if is_text else written(cells)


def _are_numbers(words: Sequence[str]) -> bool:
    return all(word.replace(".", "", 1).lstrip("-").isdigit() for word in words)
