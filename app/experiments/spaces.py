"""What a sampler can choose from for a setting: choices, or all numbers of a range."""

from __future__ import annotations

import re
from typing import Final

from app.experiments.values import NUMBER, TO, values_of
from graph_model.frozen import frozen
from graph_model.problems import Problem, Refusal

_RANGE: Final = re.compile(rf"({NUMBER})\s*{TO}\s*({NUMBER})(?:\s+(log))?")
_DIGITS: Final = 6
"""How many digits a number that is chosen has."""


@frozen
class Space:
    """``choices``, or where there are none the numbers from ``low`` to ``high``."""

    choices: tuple[str, ...] = ()
    low: float = 0.0
    high: float = 0.0
    is_log: bool = False
    is_whole: bool = False

    @property
    def ends(self) -> tuple[str, str]:
        """The first choice and the last, or the smallest number and the largest."""
        if self.choices:
            return self.choices[0], self.choices[-1]
        return self.text_of(self.low), self.text_of(self.high)

    def text_of(self, value: float | str) -> str:
        """Return a choice or a number as a setting has it, within the range."""
        if isinstance(value, str):
            return value
        if self.is_whole:
            return str(int(value))
        return f"{min(max(float(f'{value:.{_DIGITS}g}'), self.low), self.high)!r}"

    def value_of(self, text: str) -> float | int | str | None:
        """Return the choice or number that a text is, ``None`` where it is none of these."""
        if self.choices:
            return text if text in self.choices else None
        try:
            number = float(text)
        except ValueError:
            return None
        if not self.low <= number <= self.high:
            return None
        return int(number) if self.is_whole else number


def space_of(text: str) -> Space:
    """Return what ``1e-5..1e-1 log``, ``0..0.5``, ``16..256`` and lists of values stand for.

    Bounds that are both written as whole numbers make a range of whole numbers. Raises ``Refusal``
    where a text is none of these.
    """
    found = _RANGE.fullmatch(text.strip())
    if found is None:
        return Space(values_of(text))
    first, last, way = found.groups()
    low, high = float(first), float(last)
    if not low < high or (way == "log" and low <= 0):
        raise Refusal(Problem("no_range", {"got": text.strip()}))
    is_whole = all(re.fullmatch(r"[+-]?\d+", each) for each in (first, last))
    return Space((), low, high, way == "log", is_whole)
