"""Arrays called train, validation and test become one array, of which each sample has its part."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

import numpy as np

from app.data.dataset import Array
from app.data.rows import forget
from graph_model.frozen import frozen

_WORDS: Final = {
    "train": 0,
    "training": 0,
    "tr": 0,
    "val": 1,
    "valid": 1,
    "validation": 1,
    "dev": 1,
    "test": 2,
    "testing": 2,
    "te": 2,
}
_CHUNK: Final = 2**24


@frozen
class Parts:
    """Arrays of which parts were put behind one another, and to which part each sample belongs.

    ``made_of`` has the names of the parts of each array that was put together.
    """

    arrays: Mapping[str, Array]
    own_split: Array | None
    made_of: Mapping[str, tuple[str, ...]]


def part_of(name: str) -> tuple[str, int | None]:
    """Return a name without the word for a part, and which part that is."""
    words = re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z0-9]+|[^A-Za-z0-9_\-./ ]+", name)
    found = [word for word in words if word.lower() in _WORDS]
    if len(found) != 1:
        return name, None
    rest = [word for word in words if word != found[0]]
    return "_".join(rest) or name, _WORDS[found[0].lower()] if rest else None


def put_together(arrays: Mapping[str, Array]) -> Parts:
    """Put the parts of each array behind one another: what trains, validates, tests.

    Nothing is done unless some array has a part that trains and another one, and all parts agree.
    """
    by_base: dict[str, dict[int, str]] = {}
    for name in arrays:
        base, part = part_of(name)
        if part is not None:
            by_base.setdefault(base, {})[part] = name
    whole = {base: parts for base, parts in by_base.items() if 0 in parts and len(parts) > 1}
    counts = [{part: len(arrays[name]) for part, name in each.items()} for each in whole.values()]
    fits = all(_fit([arrays[name] for name in each.values()]) for each in whole.values())
    if not whole or not fits or any(each != counts[0] for each in counts):
        return Parts(arrays, None, {})
    used = {name for parts in whole.values() for name in parts.values()}
    made_of = {base: tuple(parts[part] for part in sorted(parts)) for base, parts in whole.items()}
    others = {name: array for name, array in arrays.items() if name not in used | whole.keys()}
    joined = {base: _joined([arrays[name] for name in names]) for base, names in made_of.items()}
    parts = [np.full(counts[0][part], part, np.int64) for part in sorted(counts[0])]
    return Parts({**joined, **others}, np.concatenate(parts), made_of)


def _fit(arrays: list[Array]) -> bool:
    first = arrays[0]
    return all(
        each.shape[1:] == first.shape[1:] and each.dtype.kind == first.dtype.kind for each in arrays
    )


def _joined(arrays: list[Array]) -> Array:
    """Return arrays behind one another; of files no more is in memory than is being copied."""
    dtype = np.result_type(*arrays)
    made = np.empty((sum(map(len, arrays)), *arrays[0].shape[1:]), dtype)
    start = 0
    for array in arrays:
        step = max(1, _CHUNK // max(1, array[:1].nbytes))
        for begin in range(0, len(array), step):
            rows = array[begin : begin + step]
            made[start + begin : start + begin + len(rows)] = rows
            forget(array)
        start += len(array)
    return made
