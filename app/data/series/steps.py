"""How moments follow each other: by seconds, by working days, or by months; and where one lacks."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from graph_model.frozen import frozen
from graph_model.phrases import phrase

Moments = NDArray[np.float64]
"""Seconds since 1970, or plain numbers."""
DAY: Final = 86_400.0
_MONTH: Final = 30.436875 * DAY
_OFF: Final = 0.25
"""How far from its step a moment may lie, as a share of the step."""
_WORKING: Final = 5
"""How many days of a week are worked on."""


@frozen
class Steps:
    """The step of moments: so many of a ``unit``, which is seconds, weekdays or months.

    ``seconds`` stand for the units of plain numbers too; ``are_dates`` tells which. They are
    counted from ``begin``.
    """

    unit: str
    size: float
    begin: float
    are_dates: bool = True

    def places(self, moments: Moments) -> NDArray[np.int64]:
        """Return at which step each moment lies; neighbours without a gap differ by 1."""
        if self.unit == "months":
            return months_of(moments) // int(self.size)
        if self.unit == "weekdays":
            return weekdays_of(moments)
        return np.floor((moments - self.begin) / self.size + 0.5).astype(np.int64)

    @property
    def text(self) -> str:
        """The step for people: ``7 d``, ``1 h``."""
        if self.unit == "weekdays":
            return phrase("a working day")
        if self.unit == "months":
            usual = {1: phrase("a month"), 12: phrase("a year")}
            return usual.get(int(self.size), phrase("{count} months", count=int(self.size)))
        return step_text(self.size, are_dates=self.are_dates)

    def as_json(self) -> dict[str, Any]:
        """Return plain values."""
        return {"unit": self.unit, "size": self.size, "begin": self.begin}


def steps_of(moments: Moments, starts: NDArray[np.bool_], *, are_dates: bool) -> Steps | None:
    """Return the step that all moments in order keep to, ``None`` where there is no such.

    ``starts`` tells which of them begin a series of their own.
    """
    usual = usual_step(moments, starts)
    if not usual > 0:
        return None
    tried = []
    if are_dates and usual == DAY and len(moments) > 2 * _WORKING:
        tried.append(Steps("weekdays", 1, 0))
    months = round(usual / _MONTH)
    if are_dates and months and abs(usual / _MONTH - months) < 0.05 * months:
        tried.append(Steps("months", months, 0))
    tried.append(Steps("seconds", usual, float(moments[0]), are_dates))
    return next((each for each in tried if _keep_to(moments, each)), None)


def usual_step(moments: Moments, starts: NDArray[np.bool_]) -> float:
    """Return how far moments usually lie from those before them, 0 where all are the same."""
    steps = np.diff(moments)[~starts[1:]]
    steps = steps[steps > 0]
    return float(np.sort(steps)[(len(steps) - 1) // 2]) if len(steps) else 0.0


def _keep_to(moments: Moments, steps: Steps) -> bool:
    if steps.unit == "weekdays":
        return bool((_days_of(moments) % 7 < _WORKING).all())
    if steps.unit == "months":
        months = months_of(moments)
        return bool((months % int(steps.size) == months[0] % int(steps.size)).all())
    exact = (moments - steps.begin) / steps.size
    return bool((np.abs(exact - np.round(exact)) < _OFF).all())


def months_of(moments: Moments) -> NDArray[np.int64]:
    """Return how many months after January 1970 each moment lies."""
    return (
        np.floor(moments)
        .astype(np.int64)
        .astype("datetime64[s]")
        .astype("datetime64[M]")
        .astype(np.int64)
    )


def weekdays_of(moments: Moments) -> NDArray[np.int64]:
    """Return how many working days each moment lies after the Monday before 1970."""
    days = _days_of(moments)
    return days // 7 * _WORKING + days % 7


def _days_of(moments: Moments) -> NDArray[np.int64]:
    """Return how many days each moment lies after a Monday, 29 December 1969."""
    return np.floor(moments / DAY).astype(np.int64) + 3


def step_text(step: float, *, are_dates: bool) -> str:
    """Write a step for people: ``7 d``, ``1 h``."""
    if not are_dates:
        return f"{step:g}"
    for unit, seconds in (("d", DAY), ("h", 3600.0), ("min", 60.0)):
        if step >= seconds:
            return f"{step / seconds:g} {unit}"
    return f"{step:g} s"
