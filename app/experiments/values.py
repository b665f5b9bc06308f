"""Values of a setting as people write them: a list, or a range that stands for one."""

from __future__ import annotations

import re
from typing import Final

from graph_model.problems import Problem, Refusal

MOST: Final = 1_000
"""How many values a setting can have."""
NUMBER: Final = r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?"
TO: Final = r"(?:\.\.|…|\N{EN DASH})"
"""What stands between the bounds of a range."""
_RANGE: Final = re.compile(rf"({NUMBER})\s*{TO}\s*({NUMBER})(?:\s+(log|of)?\s*(\d+))?")
_SEPARATORS: Final = re.compile(r"[,，\n]")


def values_of(text: str) -> tuple[str, ...]:
    """Return what ``0.1, 0.2``, ``1e-5..1e-1 log 5``, ``0..1 of 3`` and ``0..4`` stand for.

    ``log`` has as many values at equal ratios, ``of`` at equal distances; without either it is
    every whole number. Raises ``Refusal`` where it is none of these.
    """
    pieces = [each.strip() for each in _SEPARATORS.split(text) if each.strip()]
    found = tuple(dict.fromkeys(value for each in pieces for value in _expanded(each)))
    if not found:
        raise Refusal(Problem("no_values", {"got": text.strip()}))
    if len(found) > MOST:
        raise Refusal(Problem("too_many_values", {"count": str(len(found)), "most": str(MOST)}))
    return found


def _expanded(piece: str) -> tuple[str, ...]:
    found = _RANGE.fullmatch(piece)
    if found is None:
        return (piece,)
    first, last, way, count = found.groups()
    low, high = float(first), float(last)
    if count is None:
        is_whole = low.is_integer() and high.is_integer() and low <= high
        if not is_whole:
            raise Refusal(Problem("no_values", {"got": piece}))
        if high - low > MOST:
            values = {"count": f"{high - low + 1:.0f}", "most": str(MOST)}
            raise Refusal(Problem("too_many_values", values))
        return tuple(map(str, range(int(low), int(high) + 1)))
    steps = int(count)
    if not 2 <= steps <= MOST or low == high or (way == "log" and not (low > 0 and high > 0)):
        raise Refusal(Problem("no_values", {"got": piece}))
    shares = [at / (steps - 1) for at in range(steps)]
    if way == "log":
        return tuple(f"{low * (high / low) ** share:.6g}" for share in shares)
    return tuple(f"{low + (high - low) * share:.6g}" for share in shares)
