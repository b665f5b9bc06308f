"""A row of a table that is typed to try a model on it: what is asked for, and what is answered."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np

from app.data.dataset import Array, Dataset
from graph_model.frozen import frozen

if TYPE_CHECKING:
    from app.training.predict import Predictions, Predictor


@frozen
class CellField:
    """A cell to be filled in: its column, what stands there at first, and its words, if it has."""

    name: str
    usual: str
    words: tuple[str, ...] = ()


def cell_fields(data: Dataset) -> tuple[CellField, ...]:
    """Return a cell for each column that makes up the features; none for data that are no table.

    At first the median stands in it, or the most frequent word, written as the table writes it.
    """
    examples = {each.name: each.examples for each in data.facts.columns}
    return tuple(_field(name, data, examples.get(name, ())) for name in data.columns)


def _field(name: str, data: Dataset, examples: tuple[str, ...]) -> CellField:
    array, words = data.arrays.get(name), data.categories.get(name, ())
    example = examples[0] if examples else ""
    if name in data.dates:
        return CellField(name, _date(example, data.dates[name][0]))
    if array is not None and words and array.dtype.kind in "iu":
        most = int(np.bincount(array.ravel().clip(0)).argmax())
        return CellField(name, words[min(most, len(words) - 1)], words)
    if array is not None and not words and array.size == len(data):
        has_comma = data.rules.get("decimal") == "comma"
        return CellField(name, _median(array).replace(".", "," if has_comma else "."))
    return CellField(name, example, words)


def _median(array: Array) -> str:
    present = array[np.isfinite(array)]
    return f"{float(np.median(present)):.6g}" if present.size else ""


def _date(example: str, form: str) -> str:
    """Return a date as the table writes dates; as it is told where that is not known."""
    try:
        return datetime.fromisoformat(example).strftime(form)
    except ValueError:
        return example


def predict_row(predictor: Predictor, cells: Mapping[str, str]) -> Predictions:
    """Return what a model says of a row, which is read as those of a file are.

    Raises ``Refusal`` where a cell cannot be read.
    """
    rules = predictor.preprocessing.rules
    heads = () if rules.get("header") in (False, "no") else (list(cells),)
    mark = ";" if rules.get("decimal") == "comma" else ","
    with TemporaryDirectory() as folder:
        path = Path(folder) / "row.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, delimiter=mark).writerows((*heads, list(cells.values())))
        return predictor.file(path)[0]
