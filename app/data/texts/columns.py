"""Texts in a column of a table, with what another column says of each: a class or a number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np

from app.data.cells import cells_of, columns_of
from app.data.dataset import Dataset, refuse
from app.data.tables.opening import SUFFIXES
from app.data.tables.table import Table
from app.data.tables.understanding import MOST_NUMBERED_CLASSES, Column
from app.data.texts.reading import LARGEST, read_text
from app.data.texts.samples import classified_texts, gone_on_with, measured_texts, read_as
from graph_model.problems import Problem
from graph_model.values import Arguments

MOST_CLASSES: Final = 1000
_TARGETS: Final = (
    "label", "labels", "target", "class", "category", "sentiment", "rating", "score", "stars",
    "spam", "标签", "类别",
)  # fmt: skip
"""What a column is called that says what a text is."""


def is_table(path: Path, arguments: Arguments) -> bool:
    """Tell whether a file is read as a table: by its ending, or since a column was chosen."""
    is_called_so = path.name.lower().endswith(SUFFIXES)
    is_chosen = arguments["column"] or arguments["target"]
    return is_called_so or bool(is_chosen) or arguments["task"] in ("classification", "regression")


def of_table(path: Path, arguments: Arguments) -> Dataset:
    """Take the column of texts, and that of what they are where there is one."""
    if path.stat().st_size > LARGEST:
        read_text(path)  # says how large it may be
    table, columns = columns_of(path, encoding=str(arguments["encoding"]))
    name = _column(table, str(arguments["column"]), "column") or text_column(table, columns)
    target = _column(table, str(arguments["target"]), "target")
    target = target or target_column(columns, name)
    texts = cells_of(table, name)
    if arguments["task"] == "next_token" or (not target and arguments["task"] == "auto"):
        data = gone_on_with(path, "\n".join(texts), arguments)
        return _told(data, table, arguments, column=name)
    if not target:
        refuse("data_no_column", parameter="data.target", path=path, column="target",
               choices=", ".join(table.columns))  # fmt: skip
    kept = [place for place, text in enumerate(texts) if text.strip() and _is_there(
        columns[target], place)]  # fmt: skip
    texts = [texts[place] for place in kept]
    if is_measured(columns[target], str(arguments["task"])):
        numbers = columns[target].numbers[kept].astype(np.float32)
        data = measured_texts(path, texts, numbers, arguments)
    else:
        labels, words = _classes(table, target, kept)
        data = classified_texts(path, texts, labels, words, arguments)
    data = _told(data, table, arguments, column=name, target=target)
    data = replace(data, rules=rules_json(table))
    left_out = len(table) - len(kept)
    if left_out:
        note = Problem("text_rows_left_out", {"count": str(left_out)})
        facts = replace(data.facts, left_out=left_out, notes=(note, *data.facts.notes))
        data = replace(data, facts=facts)
    return data


def _told(data: Dataset, table: Table, arguments: Arguments, **columns: str) -> Dataset:
    """Return data that say from which columns they are, to people and to scripts."""
    data = read_as(data, arguments, encoding=table.rules.encoding, **columns)
    return replace(data, done={**data.done, "text_column": columns["column"]})


def rules_json(table: Table) -> dict[str, object]:
    """Return how the texts of new rows are read."""
    return table.rules.as_json(trailing=table.trailing, twins=bool(table.renamed), signs=False)


def _is_there(column: Column, place: int) -> bool:
    value = column.values[place]
    return value is not None and value == value


def is_measured(target: Column, task: str) -> bool:
    """Tell whether a target is a number, and not a class: as chosen, or else by its values."""
    if target.type != "number" or task == "classification":
        return False
    numbers = target.numbers[np.isfinite(target.numbers)]
    are_classes = target.distinct <= MOST_NUMBERED_CLASSES and (numbers == np.round(numbers)).all()
    return task == "regression" or not are_classes


def _classes(table: Table, target: str, kept: Sequence[int]) -> tuple[list[int], tuple[str, ...]]:
    """Return the class of each text that is kept, and what they are called."""
    cells = cells_of(table, target)
    words = tuple(sorted({cells[place] for place in kept}))
    if len(words) > MOST_CLASSES:
        refuse("data_too_many_categories", path=table.path, column=target, got=len(words),
               limit=MOST_CLASSES)  # fmt: skip
    places = {word: place for place, word in enumerate(words)}
    return [places[cells[place]] for place in kept], words


def _column(table: Table, wanted: str, parameter: str) -> str:
    if wanted and wanted not in table.columns:
        choices = ", ".join(list(table.columns)[:50])
        refuse("data_no_column", parameter=f"data.{parameter}", path=table.path, column=wanted,
               choices=choices)  # fmt: skip
    return wanted


def text_column(table: Table, columns: Mapping[str, Column]) -> str:
    """Return the column with the longest texts: of sentences, where there is one of such."""
    texts = [name for name, each in columns.items() if each.type == "text"]
    words = [name for name, each in columns.items() if each.type not in ("number", "date")]
    among = texts or words or list(columns)
    return max(among, key=lambda name: sum(map(len, cells_of(table, name))))


def target_column(columns: Mapping[str, Column], text: str) -> str:
    """Return the column that looks most like what texts are: called so, or of the fewest words."""
    others = {name: each for name, each in columns.items() if name != text and each.distinct > 1}
    named = [name for name in others if name.strip().lower() in _TARGETS]
    if named:
        return named[0]
    fit = {
        name: each.distinct
        for name, each in others.items()
        if each.type in ("category", "number", "text")
        and each.distinct <= max(2, (len(each.values) - each.missing) // 5)
    }
    return min(fit, key=lambda name: fit[name], default="")
