"""A table from a CSV file: one column is the target, the others are features."""

from __future__ import annotations

from dataclasses import replace
from typing import Final, NoReturn

import numpy as np

from app.data.dataset import (
    Array,
    Dataset,
    describe_arrays,
    existing,
    need_memory,
    refuse,
    with_columns,
)
from app.data.table import (
    Table,
    features_of,
    need_column,
    need_values,
    numbers_of,
    numbers_or_words,
    read_table,
    without_gaps,
)
from graph_model.phrases import phrase
from graph_model.problems import Fix, SetDataArguments
from graph_model.values import Arguments

MOST_NUMBERED_CLASSES: Final = 20
"""A target of whole numbers is taken for classes up to so many different ones."""
_SKIP_ROWS: Final = Fix("skip_rows", SetDataArguments({"missing": "skip"}))


def load(arguments: Arguments) -> Dataset:
    """Read the table; columns of words enter the features as zeros and a one."""
    path = existing(arguments["path"], "file")
    table = read_table(path, str(arguments["delimiter"]))
    wanted = str(arguments["target"]) or list(table.columns)[-1]
    target_name = need_column(table, wanted, "data.target")
    names = tuple(name for name in table.columns if name != target_name)
    if not names:
        refuse("data_too_few", path=path, got=1, what=phrase("columns"), expected=2)
    rows = len(table)
    if arguments["missing"] == "skip":
        table = without_gaps(table)
    for name in table.columns:
        need_values(table, name, (_SKIP_ROWS,))
    columns: dict[str, Array] = {}
    categories: dict[str, tuple[str, ...]] = {}
    for name in names:
        columns[name], words = numbers_or_words(table, name)
        if words:
            categories[name] = words
        else:
            columns[name] = columns[name][:, None]
    target, class_names = _target(table, target_name, str(arguments["task"]))
    width = sum(len(categories.get(name, "1")) for name in names)
    need_memory(path, 4 * len(table) * width)
    arrays = {"features": features_of(table, names, categories), "target": target}
    facts = describe_arrays(arrays, "classification" if class_names else "regression", class_names)
    facts = replace(facts, left_out=rows - len(table))
    data = Dataset(arrays, facts, categories=categories, columns=names)
    return with_columns(data, columns)


def _target(table: Table, name: str, task: str) -> tuple[Array, tuple[str, ...]]:
    """Return the target with the names of its classes, none for numbers."""
    if task == "regression":
        return numbers_of(table, name)[:, None], ()
    values, words = numbers_or_words(table, name)
    if words:
        if len(words) < 2:
            _refuse_one_class(table, name)
        return values, words
    distinct, indices = np.unique(values, return_inverse=True)
    whole = bool((distinct == np.round(distinct)).all())
    if task == "auto" and not (whole and 2 <= len(distinct) <= MOST_NUMBERED_CLASSES):
        return values[:, None], ()
    if len(distinct) < 2:
        _refuse_one_class(table, name)
    return indices.astype(np.int64), tuple(f"{value:g}" for value in distinct)


def _refuse_one_class(table: Table, name: str) -> NoReturn:
    what = phrase("classes in “{name}”", name=name)
    refuse("data_too_few", path=table.path, got=1, what=what, expected=2)
