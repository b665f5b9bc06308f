"""How arrays lie in their file: samples first or last, and the channels of pictures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np

from app.data.dataset import Array

_CHANNELS: Final = (1, 3, 4)
_SMALLEST: Final = 5
"""Less high or wide are no pictures whose last dimension is taken for channels."""


def samples_first(
    arrays: Mapping[str, Array], features: str, target: str, *, is_sure: bool
) -> tuple[dict[str, Array], list[str]]:
    """Return arrays with their samples along the first dimension, and which had them last.

    Unless that ``is_sure``, the two that matter are held against each other; where they agree as
    they are, so do the rest.
    """
    count = arrays[features].shape[-1] if is_sure else _count(arrays[features], arrays[target])
    last = [
        name
        for name, each in arrays.items()
        if each.ndim > 1 and each.shape[-1] == count and (is_sure or len(each) != count)
    ]
    moved = {name: np.moveaxis(each, -1, 0) for name, each in arrays.items() if name in last}
    return {**arrays, **moved}, last


def _count(features: Array, target: Array) -> int | None:
    """Return how many samples there are where that is no first dimension of both."""
    if len(features) == len(target):
        return None
    ends = (features.shape[-1], target.shape[-1])
    if ends[0] == len(target):
        return len(target)
    return len(features) if ends[1] == len(features) else ends[0] if ends[0] == ends[1] else None


def has_channels_last(array: Array) -> bool:
    """Tell whether an array looks like pictures whose channels lie behind their pixels."""
    if array.ndim != 4 or array.shape[3] not in _CHANNELS:
        return False
    return min(array.shape[1:3]) >= _SMALLEST and array.shape[1] not in _CHANNELS


def channels_first(array: Array) -> Array:
    """Return pictures with their channels before their pixels, as layers take them."""
    return array.transpose(0, 3, 1, 2)
