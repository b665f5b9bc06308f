"""Masks that COCO packs into runs of zeros and ones, column by column."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np

from app.data.dataset import Array

_LARGEST: Final = 2**27
"""No picture of more pixels is read."""


def mask_of(packed: Mapping[str, Any], size: tuple[int, int]) -> Array:
    """Return zeros and ones, ``(height, width)``; what does not fit into the size is cut off."""
    height, width = (int(each) for each in packed["size"])
    made = np.zeros(size[::-1], np.uint8)
    if not 0 < height * width <= _LARGEST:
        return made
    ends = np.cumsum(_runs_of(packed["counts"]).clip(0, height * width))
    runs = np.diff(np.minimum(ends, height * width), prepend=0)
    flat = np.repeat(np.arange(len(runs)) % 2, runs).astype(np.uint8)
    whole = np.zeros(height * width, np.uint8)
    whole[: len(flat)] = flat
    part = whole.reshape(width, height).T[: size[1], : size[0]]
    made[: part.shape[0], : part.shape[1]] = part
    return made


def area_of(packed: Mapping[str, Any]) -> float:
    """Return how many ones there are."""
    return float(_runs_of(packed["counts"])[1::2].sum())


def _runs_of(counts: Any) -> Array:
    """Return the lengths of runs, which may be packed into letters of six bits each.

    A number has five of these in each letter, the lowest first, and the sixth where more follow.
    From the third on it is how much longer a run is than the last but one.
    """
    if not isinstance(counts, str | bytes):
        return np.array(counts, np.int64)
    found: list[int] = []
    number = bits = 0
    for letter in counts.encode() if isinstance(counts, str) else counts:
        code = letter - 48
        number |= (code & 31) << bits
        bits += 5
        if code & 32:
            continue
        if code & 16:
            number -= 1 << bits
        found.append(number + (found[-2] if len(found) > 2 else 0))
        number = bits = 0
    return np.array(found, np.int64)
