"""More pictures than are held: each is read when it is asked for."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from app.data.dataset import Array, refuse
from app.data.pictures.reading import read_pictures
from app.data.rows import Rows

_AT_ONCE: Final = 16
FIGURES_OF: Final = 512
"""From so many pictures of the training split, spread evenly, mean and deviation are worked out."""


class Pictures(Rows):
    """Pictures of a folder as samples, ``paths`` within it, read as ``how`` says."""

    def __init__(
        self,
        folder: str,
        paths: Sequence[Any],
        how: Mapping[str, Any],
        mean: Array | None = None,
        deviation: Array | None = None,
    ) -> None:
        super().__init__(np.empty(0, np.uint8), mean, deviation)
        self.folder, self.paths, self.how = folder, tuple(paths), how
        self.unreadable: dict[Any, str] = {}
        """Why pictures could not be read when they were asked for, which are black then."""

    @property
    def shape(self) -> tuple[int, ...]:
        return (len(self.paths), self.how["channels"], self.how["height"], self.how["width"])

    @property
    def ndim(self) -> int:
        return 4

    @property
    def size(self) -> int:
        return int(np.prod(self.shape))

    @property
    def nbytes(self) -> int:
        return sum(map(len, self.paths))

    def __len__(self) -> int:
        return len(self.paths)

    def __getitem__(self, which: Any) -> Array:
        places = np.arange(len(self))[which]
        made = np.empty((*places.shape, *self.shape[1:]), self.dtype)
        rows = made if places.ndim else made[None]
        chosen = [self.paths[place] for place in np.atleast_1d(places).tolist()]
        for place, picture in enumerate(self.read(chosen)):
            if isinstance(picture, str):
                self.unreadable[chosen[place]] = picture
                rows[place] = 0
            else:
                self.unreadable.pop(chosen[place], None)
                rows[place] = picture
        return self.entering(made)

    def read(self, paths: Sequence[Any]) -> Iterator[Array | str]:
        """Yield the numbers of each, or why it cannot be read."""
        return read_pictures([str(Path(self.folder, path)) for path in paths], self.how)

    def readable(self, index: Array) -> Array:
        """Return which of some pictures could be read, of those that were."""
        return np.array([self.paths[place] not in self.unreadable for place in index], bool)

    def _size(self, path: str) -> int:
        try:
            return Path(self.folder, path).stat().st_size
        except OSError:
            return -1

    def only(self, places: Sequence[int]) -> Pictures:
        """Return some of the pictures, as they were read."""
        return Pictures(self.folder, [self.paths[place] for place in places], self.how)

    def min(self) -> float:
        return 0.0

    def max(self) -> float:
        return 1.0

    def scaled(self, mean: Array, deviation: Array) -> Pictures:
        return Pictures(self.folder, self.paths, self.how, mean, deviation)

    def figures(self, index: Array, axes: tuple[int, ...]) -> tuple[Array, Array]:
        """Return mean and deviation of some of the pictures: a few hundred tell them."""
        chosen = index[:: max(1, len(index) // FIGURES_OF)]
        total: Any = 0.0
        squares: Any = 0.0
        count = 0
        for start in range(0, len(chosen), _AT_ONCE):
            some = chosen[start : start + _AT_ONCE]
            rows = self[some].astype(np.float64)[self.readable(some)]
            count += len(rows)
            total = total + rows.sum(axis=0, keepdims=True)
            squares = squares + np.square(rows).sum(axis=0, keepdims=True)
        if not count:
            path, reason = next(iter(self.unreadable.items()))
            refuse("data_unreadable", path=Path(self.folder, path), reason=reason)
        sides = tuple(each for each in axes if each)
        mean = total.mean(axis=sides, keepdims=True) / count
        square = squares.mean(axis=sides, keepdims=True) / count
        return mean, np.sqrt(np.maximum(square - np.square(mean), 0))

    def marks(self) -> list[Array]:
        """Return what tells these pictures from others: names, sizes, and how they are read.

        Nothing of them is read for it.
        """
        found = hashlib.sha256(repr(sorted(self.how.items())).encode())
        for path in self.paths:
            found.update(
                path if isinstance(path, bytes) else f"{path}\0{self._size(path)}\0".encode()
            )
        scaling = [each for each in (self.mean, self.deviation) if each is not None]
        return [np.frombuffer(found.digest(), np.uint8), np.array([self.by_sample]), *scaling]
