"""Columns whose numbers are the shares of a whole, such as the probabilities of classes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

_ROUNDED: Final = 0.011
"""How far from 1 the sum may be: shares are often written with two decimals."""
_LOOKED_AT: Final = 1000
MOST: Final = 200
"""So many columns at the end of a table may be shares of one whole."""


def add_up(columns: Sequence[NDArray[Any]]) -> bool:
    """Tell whether no number of some columns is below 0 and those of each row add up to 1."""
    if len(columns) < 2:
        return False
    for some in (slice(_LOOKED_AT), slice(None)):
        total = np.zeros(len(columns[0][some]))
        for each in columns:
            if not (each[some] >= 0).all():
                return False
            total += each[some]
        if not len(total) or not (np.abs(total - 1) <= _ROUNDED).all():
            return False
    return True


def are_marks(columns: Sequence[NDArray[Any]]) -> bool:
    """Tell whether all numbers are 0 or 1, as where words were written as zeros and a one."""
    return all(bool(((each == 0) | (each == 1)).all()) for each in columns)
