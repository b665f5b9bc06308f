"""Large arrays whose samples are made as they are asked for, so that nothing is held twice."""

from __future__ import annotations

import mmap
from collections.abc import Iterable, Iterator
from typing import Any, Final, TypeGuard

import numpy as np

from app.data.dataset import Array

LARGE: Final = 64 * 2**20
"""From this many bytes on, an array is left as it was read."""
_CHUNK: Final = 2**22


class Rows:
    """Samples as float32 over an array of any numbers: it is converted where it is read.

    It has of an array what is asked of one that holds samples. ``mean`` and ``deviation`` shift
    and scale each sample, where there are any.
    """

    dtype = np.dtype(np.float32)

    def __init__(
        self, raw: Array, mean: Array | None = None, deviation: Array | None = None
    ) -> None:
        self.raw, self.mean, self.deviation = raw, mean, deviation

    @property
    def shape(self) -> tuple[int, ...]:
        return self.raw.shape

    @property
    def ndim(self) -> int:
        return self.raw.ndim

    @property
    def size(self) -> int:
        return self.raw.size

    @property
    def nbytes(self) -> int:
        return self.raw.nbytes

    def __len__(self) -> int:
        return len(self.raw)

    def __getitem__(self, which: Any) -> Array:
        made = np.asarray(self.raw[which], np.float32)
        if self.mean is not None and self.deviation is not None:
            made = ((made - self.mean) / self.deviation).astype(np.float32)
        return made

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> Array:
        return self[:].astype(dtype or np.float32)

    def min(self) -> float:
        return min(float(rows.min()) for rows in chunks(self))

    def max(self) -> float:
        return max(float(rows.max()) for rows in chunks(self))

    def scaled(self, mean: Array, deviation: Array) -> Rows:
        """Return the same samples, shifted and scaled."""
        return Rows(self.raw, mean, deviation)

    def marks(self) -> Iterable[Array]:
        """Return what tells these samples from others."""
        return chunks(self)

    def figures(self, index: Array, axes: tuple[int, ...]) -> tuple[Array, Array]:
        """Return mean and deviation of some samples over these axes, which keep their places."""
        means, squares, count = 0.0, 0.0, 0
        for rows in chunks(self, index):
            count += len(rows)
            means = means + rows.mean(axis=axes, keepdims=True, dtype=np.float64) * len(rows)
        mean = np.asarray(means / count)
        for rows in chunks(self, index):
            off = np.square(rows - mean)
            squares = squares + off.mean(axis=axes, keepdims=True, dtype=np.float64) * len(rows)
        return mean, np.sqrt(np.asarray(squares / count))


def is_lazy(array: object) -> TypeGuard[Rows]:
    """Tell whether the samples of an array are made as they are asked for."""
    return isinstance(array, Rows)


def chunks(array: Rows, index: Array | None = None) -> Iterator[Array]:
    """Yield samples, all or those of an index, a few million bytes at a time."""
    each = max(1, 4 * array.size // max(1, len(array)))
    step = max(1, _CHUNK // each)
    for start in range(0, len(array) if index is None else len(index), step):
        which: Any = slice(start, start + step)
        yield array[which if index is None else index[which]]
        forget(array.raw)


def forget(array: Array) -> None:
    """Give back the memory that pages of a mapped file take; they are read again when wanted."""
    while isinstance(array, np.ndarray):
        mapped = getattr(array, "_mmap", None)
        if mapped is not None and hasattr(mmap, "MADV_DONTNEED"):
            mapped.madvise(mmap.MADV_DONTNEED)
            return
        array = array.base  # type: ignore[assignment]
