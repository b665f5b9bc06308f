"""What stands for the values that arrays lack: learned of the training samples alone."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import cast

from app.data.dataset import Array, Fitted, Indices
from app.data.gaps import Gap, filled, fills_of
from app.data.rows import FilledRows
from graph_model.frozen import frozen


@frozen
class Filling:
    """Arrays that lack values, and how each is filled: by a mean, a median, or a number."""

    arrays: Mapping[str, Array]
    how: Mapping[str, str]

    def fit(self, train: Indices, used: Collection[str]) -> Fitted:
        """Return the arrays that are used without gaps; a large one is filled where it is read."""
        fills = {name: self._fills(name, train) for name in self.arrays if name in used}
        arrays = {name: _filled(self.arrays[name], each) for name, each in fills.items()}
        return Fitted(arrays, {}, fills=fills)

    def _fills(self, name: str, train: Indices) -> Array:
        array, how = self.arrays[name], self.how[name]
        if isinstance(array, FilledRows):
            return array.fills(train, how)
        return fills_of(array[train], _gaps(array, how))


def _gaps(array: Array, how: str) -> tuple[Gap, ...]:
    """Return how an array is filled: each feature of rows alone, each channel of pictures."""
    if array.ndim == 2:
        return tuple(Gap(place, place + 1, how) for place in range(array.shape[1]))
    return (Gap(0, 1, how),)


def _filled(array: Array, fills: Array) -> Array:
    if isinstance(array, FilledRows):
        return cast(Array, array.filled(fills))
    return filled(array, fills)
