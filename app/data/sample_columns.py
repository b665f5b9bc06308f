"""Single samples of a table as words and numbers, one for each column that was read."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable
from typing import Final

import numpy as np

from app.data.dataset import Array, Dataset

_MOST: Final = 60
"""How many columns are told at most."""


def sample_columns(data: Dataset, targets: Collection[str] = ()) -> tuple[str, ...]:
    """Return the names of what samples have a number or a word of, none for pictures and the like.

    Those are the columns of a table, else several arrays that hold one number of each sample and
    are no ``targets``, else the places of a short row of numbers.
    """
    names = [name for name in data.columns if name in data.arrays]
    if not names:
        others = {data.facts.target, data.facts.features, *targets}
        single = [name for name, each in data.arrays.items() if _is_single(each)]
        names = [name for name in single if name not in others]
        names = names if len(names) > 1 else []
    if not names and data.features.ndim == 2 and data.features.dtype.kind == "f":
        names = [str(place) for place in range(data.features.shape[1])]
    return tuple(names[:_MOST])


def sample_cells(data: Dataset, columns: Iterable[str], sample: int) -> tuple[str, ...]:
    """Return what a sample has in each of these columns, as one would write it; "" of nothing."""
    return tuple(_cell(data, name, sample) for name in columns)


def _cell(data: Dataset, name: str, sample: int) -> str:
    if name not in data.arrays:
        return _number(data.features[sample, int(name)])
    value = np.asarray(data.arrays[name][sample])
    words = data.categories.get(name, ())
    if words and value.dtype.kind in "iu" and value.size == 1:
        index = int(value.ravel()[0])
        return words[index] if 0 <= index < len(words) else ""
    return " ".join(map(_number, value.ravel()))


def _number(value: np.generic) -> str:
    number = float(value)
    return "" if math.isnan(number) else f"{number:.6g}"


def _is_single(array: Array) -> bool:
    return math.prod(array.shape[1:]) == 1
