"""Which column of a table has times, and what they say: the order of rows, and their step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

import numpy as np
from numpy.typing import NDArray

_FORMS: Final = (
    "%Y-%m-%d",
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%dT%H:%M:%S",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%dT%H:%M",
    "%Y/%m/%d",
    "%Y/%m/%d %H:%M",
    "%d.%m.%Y",
    "%d.%m.%Y %H:%M",
    "%m/%d/%Y",
    "%d/%m/%Y",
    "%Y%m%d",
    "%Y-%m",
    "%b %Y",
    "%Y年%m月%d日",
)
"""How dates are written; of two that fit all cells, the first one is taken."""
_NAMES: Final = frozenset({"date", "time", "datetime", "timestamp", "year", "month", "day", "ds"})
_DAY: Final = 86_400.0


def time_column(columns: Mapping[str, Sequence[str]]) -> str:
    """Return the column that has dates, or numbers and is called so; none where there is none."""
    for name, cells in columns.items():
        moments = moments_of(cells)
        if moments is None:
            continue
        named = name.strip().lower() in _NAMES
        if named or not _are_numbers(cells):
            return name
    return ""


def moments_of(cells: Sequence[str]) -> NDArray[np.float64] | None:
    """Return dates in seconds, or numbers as they are; nothing where cells are neither."""
    for form in _FORMS:
        if not _fits(cells[0], form):
            continue
        try:
            found = [datetime.strptime(cell, form) for cell in cells]
        except ValueError:
            continue
        begin = datetime(1970, 1, 1)
        return np.array([(each - begin).total_seconds() for each in found])
    if not _are_numbers(cells):
        return None
    return np.array([float(cell) for cell in cells])


def gaps_of(moments: NDArray[np.float64]) -> tuple[float, int]:
    """Return the usual step between moments in order, and how many steps are longer than that.

    Months and years differ by some days, which is no gap.
    """
    steps = np.diff(moments)
    usual = float(np.median(steps))
    return usual, int((steps > 1.5 * usual).sum())


def step_text(step: float, *, are_dates: bool) -> str:
    """Write a step for people: ``7 d``, ``1 h``."""
    if not are_dates:
        return f"{step:g}"
    for unit, seconds in (("d", _DAY), ("h", 3600.0), ("min", 60.0)):
        if step >= seconds:
            return f"{step / seconds:g} {unit}"
    return f"{step:g} s"


def are_dates(cells: Sequence[str]) -> bool:
    """Tell whether cells are dates, and not plain numbers."""
    return any(_fits(cells[0], form) for form in _FORMS)


def _fits(cell: str, form: str) -> bool:
    try:
        found = datetime.strptime(cell, form)
    except ValueError:
        return False
    # 20130405 is a date, but 1234567 none: strptime takes single digits for months.
    return form != "%Y%m%d" or (len(cell) == 8 and 1600 <= found.year <= 2200)


def _are_numbers(cells: Sequence[str]) -> bool:
    try:
        return bool(np.isfinite([float(cell) for cell in cells]).all())
    except ValueError:
        return False
