"""Large arrays with a class at each place, which stay as they were read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from app.data.class_values import Scheme
from app.data.dataset import Array
from app.data.rows import Rows, chunks
from graph_model.recipes.losses import IGNORED


class ClassRows(Rows):
    """The class at each place of an array of whole numbers: they are looked up where it is read."""

    def __init__(self, raw: Array, scheme: Scheme) -> None:
        super().__init__(raw)
        self.scheme = scheme
        self.dtype = scheme.classes.dtype

    def __getitem__(self, which: Any) -> Array:
        return self.scheme.classes[np.searchsorted(self.scheme.codes, self.raw[which])]

    def as_target(self, dtype: str, *, signs: bool = False) -> ClassRows:
        return ClassRows(self.raw, as_target(self.scheme, dtype, signs=signs))

    def min(self) -> float:
        return 0.0

    def max(self) -> float:
        return float(len(self.scheme.names) - 1)

    def kept(self) -> dict[str, Any]:
        return {"codes": self.scheme.codes, "classes": self.scheme.classes}

    def marks(self) -> Iterator[Array]:
        yield from chunks(self)
        yield self.scheme.codes


def as_target(scheme: Scheme, dtype: str, *, signs: bool = False) -> Scheme:
    """Return a scheme by which values stand for what a loss takes: classes, or signs of them."""
    classes = scheme.classes
    if signs:
        classes = np.where(classes == IGNORED, IGNORED, np.where(classes > 0, 1, -1))
    return replace(scheme, classes=classes.astype(dtype))


def counted(raw: Array) -> tuple[Array, Array]:
    """Return the values of an array of whole numbers in order, and how often each occurs."""
    found: dict[int, int] = {}
    for rows in chunks(_AsItIs(raw)):
        values, counts = np.unique(rows, return_counts=True)
        for value, count in zip(values.tolist(), counts.tolist(), strict=True):
            found[value] = found.get(value, 0) + count
    order = sorted(found)
    return np.array(order, np.int64), np.array([found[each] for each in order], np.int64)


def rows_of_nothing(raw: Array, value: int) -> Array:
    """Return the places of samples that have this value everywhere."""
    alike = [(rows == value).reshape(len(rows), -1).all(axis=1) for rows in chunks(_AsItIs(raw))]
    return np.flatnonzero(np.concatenate(alike))


class _AsItIs(Rows):
    """Samples of an array in its own numbers."""

    def __getitem__(self, which: Any) -> Array:
        return np.asarray(self.raw[which])
