"""Whether laying elements out anew keeps the samples of a batch apart."""

from __future__ import annotations

from itertools import accumulate, pairwise
from math import prod
from operator import mul

from graph_model.dims import Dim, Shape, divide_exactly, format_shape, product, symbols
from graph_model.layers.use import Use, set_argument


def is_batch(dim: Dim) -> bool:
    """Tell whether a dimension is called as one calls the batch."""
    return str(dim) in ("N", "B")


def batch_of(shape: Shape) -> int | None:
    """Return which dimension is the batch, ``None`` where none is called like it."""
    return next((index for index, dim in enumerate(shape) if is_batch(dim)), None)


def mixed_dimension(before: Shape, after: Shape) -> int | None:
    """Return which dimension of ``after`` holds a part of the batch together with something else.

    In memory a batch spans the steps from ``stride``, the elements of a sample, to
    ``stride·N``. A dimension spans those from ``low`` to ``high``, the elements behind it and
    those times its own size. It may lie outside of the batch, within it, or around all of it, as
    in N×T to N·T; where it covers but a part, elements of different samples stand in one row.
    """
    batch = batch_of(before)
    if batch is None:
        return None
    stride = product(before[batch + 1 :])
    end = stride * before[batch]
    bounds = [*accumulate(reversed(after), mul, initial=1)]
    for behind, (low, high) in enumerate(pairwise(bounds)):
        if not _keeps_apart(low, high, stride, end, str(before[batch])):
            return len(after) - 1 - behind
    return None


def _keeps_apart(low: Dim, high: Dim, stride: Dim, end: Dim, batch: str) -> bool:
    if divide_exactly(stride, high) is not None or divide_exactly(low, end) is not None:
        return True
    starts_before = divide_exactly(stride, low) is not None
    if divide_exactly(high, end) is not None:
        return starts_before
    return low == stride or not starts_before or bool((symbols(high) | symbols(stride)) - {batch})


def need_samples_apart(use: Use, after: Shape) -> None:
    """Refuse to reshape where the batch, of any size, would size a row of mixed samples.

    A dimension as long as the batch, or the first, may be so: it is a batch, if a strange one.
    """
    before = use.input().shape
    batch = batch_of(before)
    if batch is None or mixed_dimension(before, after) is None:
        return
    scaled = (dim for dim in after[1:] if dim != before[batch])
    if any(symbols(dim) & symbols(before[batch]) for dim in scaled):
        sizes = kept_apart(before, use.integers("shape"))
        use.refuse(
            "batch_in_features",
            *([set_argument("shape", sizes)] if sizes else ()),
            parameter="shape",
            shape=use.input(),
            got=format_shape(after),
            batch=before[batch],
        )


def kept_apart(before: Shape, sizes: tuple[int, ...]) -> tuple[int, ...] | None:
    """Return sizes for a reshape that begin with −1 for the batch.

    They are those that were asked for where the elements of a sample fill them, else all in one;
    ``None`` where that is no number, or the batch is not the first dimension.
    """
    if batch_of(before) != 0:
        return None
    stride, given = product(before[1:]), [size for size in sizes[1:] if size != -1]
    if not isinstance(stride, int):
        return None
    rest, left = divmod(stride, prod(given))
    if left or (rest != 1 and -1 not in sizes[1:]):
        return (-1, stride)
    return (-1, *(rest if size == -1 else size for size in sizes[1:]))
