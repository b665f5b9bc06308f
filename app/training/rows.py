"""A row of a table that is typed to try a model on it: what is asked for, and what is answered."""

from __future__ import annotations

import csv
from collections.abc import Collection, Mapping
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np

from app.data.dataset import Array, Dataset
from app.data.tables.dates import EXCEL, UNIX, written_as
from graph_model.frozen import frozen
from graph_model.recipes.columns import OF_ITS_OWN

if TYPE_CHECKING:
    from app.runs.predictions import Predictions
    from app.training.predict import Predictor


@frozen
class CellField:
    """A cell to be filled in: its column, what stands there at first, and its words, if it has."""

    name: str
    usual: str
    words: tuple[str, ...] = ()


def cell_fields(data: Dataset, taken: Collection[str] | None = None) -> tuple[CellField, ...]:
    """Return a cell for each column of the features, and each of texts or of names of pictures.

    Of the latter, those alone that an Input has ``taken``, where that is known. There are none for
    data that are no table. At first the median stands in a cell, or the most
    frequent word, written as the table writes it, or an example.
    """
    examples = {each.name: each.examples for each in data.facts.columns}
    own = [each.name for each in data.facts.columns if each.role in OF_ITS_OWN]
    own = [name for name in own if taken is None or name in taken]
    names = [name for name in own if data.rules and name in data.arrays]
    return tuple(_field(name, data, examples.get(name, ())) for name in (*data.columns, *names))


def _field(name: str, data: Dataset, examples: tuple[str, ...]) -> CellField:
    array, words = data.arrays.get(name), data.categories.get(name, ())
    example = examples[0] if examples else ""
    if name in data.dates:
        return CellField(name, _date(example, data.dates[name][0].partition("|")[0]))
    if array is not None and words and array.dtype.kind in "iu":
        most = int(np.bincount(array.ravel().clip(0)).argmax())
        return CellField(name, words[min(most, len(words) - 1)], words)
    if name not in data.columns:
        return CellField(name, example.removesuffix("…").strip())
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
        moment = datetime.fromisoformat(example)
        factor = UNIX.get(form)
        if factor is not None:
            since = moment - datetime(1970, 1, 1)  # in the time that is written
            return f"{since.total_seconds() * 1e6 / factor:.0f}"
        if form == EXCEL:
            return f"{(moment - datetime(1899, 12, 30)).total_seconds() / 86_400:.6g}"
        return written_as(moment, form)
    except ValueError:
        return example


def predict_row(predictor: Predictor, cells: Mapping[str, str], output: int = 0) -> Predictions:
    """Return what an output of a model says of a row, which is read as those of a file are.

    Raises ``Refusal`` where a cell cannot be read.
    """
    rules = predictor.preprocessing.rules
    names = list(cells)
    if rules.get("header") == "no":  # then columns are told by their places
        last = max(int(name.rpartition(" ")[2]) for name in names)
        names = [f"column {place}" for place in range(1, last + 1)]
    heads = () if rules.get("header") == "no" else (names,)
    row = [cells.get(name, "") for name in names]
    mark = ";" if rules.get("decimal") == "comma" else ","
    with TemporaryDirectory() as folder:
        path = Path(folder) / "row.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, delimiter=mark).writerows((*heads, row))
        return predictor.file(path)[output]
