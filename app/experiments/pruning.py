"""Which trials lag behind the others, so that the rest of them would be time lost.

The rule of the median of Google Vizier (Golovin et al. 2017, section 3.2.2): the best that a trial
has reached so far is worse than the median of what the others had reached at the same epoch.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterable, Mapping
from typing import Final

FEWEST: Final = 4
"""How many trials have to have finished before any is compared with them."""
FIRST_SHARE: Final = 0.2
"""The share of its epochs that every trial is given."""


def first_epoch(epochs: int) -> int:
    """Return the first epoch of so many after which a trial may be stopped."""
    return max(2, math.ceil(FIRST_SHARE * epochs))


def lags(curve: Mapping[int, float], finished: Iterable[Mapping[int, float]], epochs: int) -> bool:
    """Tell whether a trial lags behind those that have finished.

    Curves are figures by epoch, the lower the better; a figure that is no number counts for none.
    """
    others = [*finished]
    epoch = max(curve, default=0)
    if len(others) < FEWEST or epoch < first_epoch(epochs):
        return False
    there = [each[epoch] for each in others if not math.isnan(each.get(epoch, math.nan))]
    reached = [each for each in curve.values() if not math.isnan(each)]
    if not there:
        return False
    return not reached or min(reached) > statistics.median(there)
