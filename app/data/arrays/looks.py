"""What an array holds, by what its values look like, and why."""

from __future__ import annotations

from typing import Final

import numpy as np

from app.data.class_values import VOIDS
from app.data.dataset import Array
from app.data.rows import forget
from graph_model.frozen import frozen
from graph_model.phrases import phrase

MOST_CLASSES: Final = 10_000
_FEW: Final = 20
"""So many distinct values are classes, whatever else they look like."""
_LOOKED_AT: Final = 500_000
"""How many elements are looked at, spread evenly over the samples."""
_EXAMPLES: Final = 4
_BINS: Final = 16


@frozen
class Look:
    """The type that an array is proposed to have, why, and what of its values shows that."""

    type: str
    why: str
    distinct: int
    examples: tuple[str, ...]
    histogram: tuple[int, ...]


def look_of_others() -> Look:
    """Say what arrays of moments, complex numbers and the like hold."""
    return Look("category", phrase("it holds neither numbers nor words"), 0, (), ())


def look_at(array: Array, *, is_target: bool) -> Look:
    """Say what an array holds."""
    some = sample_of(array)
    if some.dtype.kind == "f":
        finite = np.isfinite(some)  # what is no number is told, and filled or left out
        some = some if finite.all() else some[finite.reshape(len(some), -1).all(axis=1)]
    distinct = len(np.unique(some)) if some.dtype.kind in "iubUSf" else 0
    kind, why = (_target if is_target else _feature)(array, some, distinct)
    return Look(kind, why, distinct, _examples(some), _histogram(some))


def sample_of(array: Array) -> Array:
    """Return so many samples, spread evenly, that no more is looked at than need be."""
    each = max(1, array[:1].size)
    step = max(1, len(array) * each // _LOOKED_AT)
    some = np.array(array[::step])
    forget(array)  # of a mapped file every page has been touched
    return some


def as_words(values: Array) -> tuple[str, ...]:
    """Return values as texts; whole numbers that are stored as floats have no decimals."""
    if values.dtype.kind == "f" and (values == np.floor(values)).all():
        values = values.astype(np.int64)
    return tuple(
        each.decode(errors="replace") if isinstance(each, bytes) else str(each)
        for each in values.tolist()
    )


def without_ones(array: Array) -> Array:
    """Return an array without dimensions of one behind the samples, but for a last one alone."""
    places = tuple(at for at in range(1, array.ndim) if array.shape[at] == 1)
    return array.squeeze(places[: array.ndim - 2])


def class_axis(array: Array) -> int:
    """Return the dimension along which a single 1 stands among zeros: the last, or the second."""
    return array.ndim - 1 if array.ndim == 2 or _are_single(array, -1) else 1


def _are_single(array: Array, axis: int) -> bool:
    """Tell whether numbers are 0 or 1, with a single 1 along a dimension of at least two."""
    some = sample_of(array)
    if some.shape[axis] < 2 or not np.logical_or(some == 0, some == 1).all():
        return False
    return bool((some.sum(axis=axis) == 1).all())


def _feature(array: Array, _: Array, __: int) -> tuple[str, str]:
    if array.dtype.kind in "US":
        return "category", phrase("it holds words")
    if array.dtype.kind in "iu" and array.dtype.itemsize > 1 and array.ndim < 3:
        if array.size and int(array.min()) < 0:
            return "number", phrase("whole numbers below 0 are no indices")
        return "category", phrase("whole numbers may be indices, such as those of words")
    return "number", phrase("it holds numbers")


def _target(array: Array, some: Array, distinct: int) -> tuple[str, str]:
    kind, is_flat = array.dtype.kind, array.ndim == 1 or array.shape[1:] == (1,)
    if kind in "US":
        return "category", phrase("it holds words")
    if kind == "f" and not (np.isfinite(some).all() and (some == np.floor(some)).all()):
        if are_shares(some):
            return "shares", phrase("each row adds up to 1")
        return "number", phrase("it holds numbers")
    if is_flat:
        return _flat(array, some, distinct)
    if array.ndim > 2 and len(some):
        squeezed = without_ones(some)
        if _are_single(squeezed, -1):
            return "one_hot", phrase("each row has a single 1 among zeros")
        if squeezed.ndim == 4 and _are_single(squeezed, 1):
            return "one_hot", phrase("each place has a single 1 among zeros")
    if array.ndim == 2:
        if array.shape[1] > 1 and are_shares(some):
            return "one_hot", phrase("each row has a single 1 among zeros")
        return "number", phrase("it holds several numbers for each sample")
    if kind != "f" and some[~np.isin(some, VOIDS)].min(initial=0) >= 0 and distinct <= 256:
        return "mask", phrase("it has a whole number at each place, {count} in all", count=distinct)
    return "number", phrase("it holds numbers")


def _flat(array: Array, some: Array, distinct: int) -> tuple[str, str]:
    """Say whether whole numbers, one for each sample, are classes."""
    values = phrase(
        "{count} distinct values in {samples} samples", count=distinct, samples=len(array)
    )
    if array.dtype.kind == "f":
        is_few = 2 <= distinct <= _FEW and len(some) >= 3 * distinct and some.min() >= 0
        return ("category" if is_few else "number"), values
    if (
        array.dtype.kind == "b"
        or distinct <= _FEW
        or (distinct <= 1000 and 2 * distinct <= len(some))
    ):
        return "category", values
    return "number", values


def are_shares(some: Array) -> bool:
    """Tell whether the rows are probabilities of classes."""
    if some.ndim != 2 or some.shape[1] < 2 or some.dtype.kind not in "fiub" or not len(some):
        return False
    rows = some.astype(np.float64)
    return bool((rows >= 0).all() and np.allclose(rows.sum(axis=1), 1, atol=1e-4))


def _examples(some: Array) -> tuple[str, ...]:
    flat = some.ravel()[:_EXAMPLES]
    return tuple(
        each.decode(errors="replace")
        if isinstance(each, bytes)
        else f"{each:.6g}"
        if isinstance(each, float)
        else str(each)
        for each in flat.tolist()
    )


def _histogram(some: Array) -> tuple[int, ...]:
    if some.dtype.kind not in "iufb" or not some.size:
        return ()
    numbers = some.astype(np.float64).ravel()
    numbers = numbers[np.isfinite(numbers)]
    return tuple(np.histogram(numbers, _BINS)[0].tolist()) if len(numbers) else ()
