"""The targets of a table: classes, numbers, or the shares of classes, which add up to 1."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final, NoReturn

import numpy as np
from numpy.typing import NDArray

from app.data.dataset import Array, refuse
from app.data.tables.features import coded
from app.data.tables.shares import add_up, are_marks
from app.data.tables.understanding import MOST_NUMBERED_CLASSES, Column
from graph_model.frozen import frozen
from graph_model.phrases import phrase

_MOST_CLASSES: Final = 1000


@frozen
class Target:
    """One target: its array, and the words of its classes, none for numbers.

    Where it ``has_shares``, a row of the array has the probability of each class.
    """

    name: str
    values: Array
    words: tuple[str, ...] = ()
    has_shares: bool = False


def targets_of(
    path: Path,
    columns: Sequence[Column],
    task: str,
    kept: NDArray[np.int64] | slice,
    line: int,
) -> tuple[Target, tuple[Target, ...]]:
    """Return what is to be predicted unless chosen otherwise, and each target column by itself."""
    single = tuple(_target(path, each, task, kept, line) for each in columns)
    if len(single) > 1 and task != "regression":
        numbers = [each.numbers[kept] for each in columns if each.type == "number"]
        if len(numbers) == len(single) and add_up(numbers):
            names = tuple(each.name for each in single)
            shares = np.stack(numbers, axis=1).astype(np.float32)
            alone = tuple(Target(n, shares[:, [i]]) for i, n in enumerate(names))
            return Target("target", shares, names, has_shares=True), alone
    if len(single) > 1 and task != "regression" and _are_labels(columns, kept):
        labels = np.stack([each.numbers[kept] for each in columns], axis=1).astype(np.float32)
        return Target("target", labels), single
    if len(single) > 1 and not any(each.words for each in single):
        return Target("target", np.concatenate([each.values for each in single], axis=1)), single
    return single[0], single


def _are_labels(columns: Sequence[Column], kept: NDArray[np.int64] | slice) -> bool:
    """Tell whether several targets are yes or no each, so that a sample may have any of them."""
    are_numbers = all(each.type == "number" for each in columns)
    return are_numbers and are_marks([each.numbers[kept] for each in columns])


def _target(
    path: Path, column: Column, task: str, kept: NDArray[np.int64] | slice, line: int
) -> Target:
    """Return a target as numbers, or as classes: words, or few different whole numbers."""
    if column.type == "number":
        values = column.numbers[kept]
        if task == "regression" or not (task == "classification" or _are_classes(values)):
            return Target(column.name, values.astype(np.float32)[:, None], ())
    elif task == "regression":
        cell = column.values[0]
        refuse("data_bad_number", path=path, line=line, column=column.name, got=cell)
    indices, words = coded(column)
    present, indices = np.unique(indices[kept], return_inverse=True)
    words = tuple(words[index] for index in present)
    if len(words) < 2:
        what = phrase("classes in “{name}”", name=column.name)
        refuse("data_too_few", path=path, got=len(words), what=what, expected=2)
    if len(words) > _MOST_CLASSES:
        _refuse_words(path, column.name, len(words))
    return Target(column.name, indices.astype(np.int64), words)


def _refuse_words(path: Path, name: str, count: int) -> NoReturn:
    refuse("data_too_many_categories", path=path, column=name, got=count, limit=_MOST_CLASSES)


def _are_classes(values: Array) -> bool:
    """Tell whether numbers are rather classes: whole, few, and each of them several times."""
    if not (values[:1000] == np.round(values[:1000])).all():
        return False
    distinct = np.unique(values)
    if (
        not (distinct == np.round(distinct)).all()
        or not 2 <= len(distinct) <= MOST_NUMBERED_CLASSES
    ):
        return False
    return len(distinct) == 2 or len(distinct) <= len(values) / 2
