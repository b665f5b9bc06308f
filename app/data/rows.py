"""Large arrays whose samples are made as they are asked for, so that nothing is held twice."""

from __future__ import annotations

import mmap
from collections.abc import Iterable, Iterator
from copy import copy
from typing import Any, Final, TypeGuard

import numpy as np

from app.data.dataset import Array
from app.data.gaps import as_sample, channel_of

LARGE: Final = 64 * 2**20
"""From this many bytes on, an array is left as it was read."""
_CHUNK: Final = 2**22
STILL: Final = 1e-6
"""A sample that deviates less does not vary."""
_LOOKED_AT: Final = 5000
"""So many samples tell a median."""


class Rows:
    """Samples as float32 over an array of any numbers: it is converted where it is read.

    It has of an array what is asked of one that holds samples. ``mean`` and ``deviation`` shift
    and scale each sample, where there are any; with ``by_sample`` each by its own.
    """

    dtype: np.dtype[Any] = np.dtype(np.float32)
    by_sample = False

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
        return self.entering(np.asarray(self.raw[which], np.float32))

    def entering(self, made: Array) -> Array:
        """Return samples, or one, shifted and scaled."""
        if self.by_sample:
            whole = made[None] if made.ndim < self.ndim else made
            return standardised(whole).reshape(made.shape)
        if self.mean is not None and self.deviation is not None:
            return ((made - self.mean) / self.deviation).astype(np.float32)
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

    def standard(self) -> Rows:
        """Return the same samples, each by its own mean and deviation."""
        made = copy(self)
        made.by_sample = True
        return made

    def as_target(self, dtype: str, *, signs: bool = False) -> Rows:
        """Return the same samples as a loss takes them, which numbers are already."""
        return self

    def kept(self) -> dict[str, Any]:
        """Return what the text of a training takes besides, to make the samples."""
        return {}

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


class FilledRows(Rows):
    """Samples that lack values: what is not finite is NaN, or what fills it once that is known."""

    def __init__(
        self,
        raw: Array,
        mean: Array | None = None,
        deviation: Array | None = None,
        fill: Array | None = None,
    ) -> None:
        super().__init__(raw, mean, deviation)
        self.fill = fill

    def __getitem__(self, which: Any) -> Array:
        with np.errstate(over="ignore"):
            made = np.array(self.raw[which], np.float32)
        fill = np.float32("nan") if self.fill is None else self.fill
        return self.entering(np.where(np.isfinite(made), made, fill).astype(np.float32, copy=False))

    def min(self) -> float:
        return float(np.fmin.reduce([np.fmin.reduce(rows, None) for rows in chunks(self)]))

    def max(self) -> float:
        return float(np.fmax.reduce([np.fmax.reduce(rows, None) for rows in chunks(self)]))

    def scaled(self, mean: Array, deviation: Array) -> Rows:
        return FilledRows(self.raw, mean, deviation, self.fill)

    def filled(self, fill: Array) -> Rows:
        """Return the same samples without gaps."""
        return FilledRows(self.raw, fill=fill)

    def fills(self, index: Array, filling: str) -> Array:
        """Return what fills each channel or feature, by some samples: their mean, or a number.

        A median is that of a part of them, spread evenly.
        """
        axis = channel_of(self)  # type: ignore[arg-type]  # has of an array what is asked
        axes = tuple(each for each in range(self.ndim) if each != axis)
        if filling == "median":
            some = self[index[:: max(1, len(index) // _LOOKED_AT)]]
            empty = np.isnan(some).all(axis=axes, keepdims=True)
            found = np.nanmedian(np.where(empty, 0, some), axis=axes)
        elif filling == "mean":
            total: Array = np.zeros(self.shape[axis])
            count: Array = np.zeros(self.shape[axis])
            for rows in chunks(self, index):
                total = total + np.nansum(rows, axis=axes, dtype=np.float64)
                count = count + np.isfinite(rows).sum(axis=axes)
            found = total / np.maximum(count, 1)
        else:
            found = np.full(self.shape[axis], float(filling))
        return as_sample(np.asarray(found, np.float32), self)  # type: ignore[arg-type]


def standardised(array: Array) -> Array:
    """Return samples of mean 0 and deviation 1 each; what does not vary is only shifted."""
    axes = tuple(range(1, array.ndim))
    mean = array.mean(axis=axes, keepdims=True, dtype=np.float64)
    deviation = array.std(axis=axes, keepdims=True, dtype=np.float64)
    return ((array - mean) / np.where(deviation < STILL, 1, deviation)).astype(np.float32)


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
