"""Runs as lines over parallel axes, one for each setting: where each line crosses, from 0 to 1."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from graph_model.frozen import frozen
from graph_model.layers.card import format_value
from graph_model.values import Value

_SPREAD: Final = 50.0
"""From which ratio on between the largest and the smallest value an axis is logarithmic."""
_MOST_TICKS: Final = 9


@frozen
class Axis:
    """An axis with its ticks, and where each run lies on it; ``nan`` where a run has no value."""

    name: str
    ticks: tuple[tuple[float, str], ...]
    places: tuple[float, ...]


def axis(name: str, values: Sequence[Value]) -> Axis:
    """Return the axis of a setting or figure: even for words, logarithmic for wide ranges."""
    numbers = [each for each in values if _is_number(each)]
    if numbers and len(numbers) == sum(each is not None for each in values):
        return _of_numbers(name, values)
    words = sorted({format_value(each) for each in values if each is not None})
    last = max(1, len(words) - 1)
    at = {word: place / last if len(words) > 1 else 0.5 for place, word in enumerate(words)}
    places = (math.nan if each is None else at[format_value(each)] for each in values)
    return Axis(name, tuple((place, word) for word, place in at.items()), tuple(places))


def _of_numbers(name: str, values: Sequence[Value]) -> Axis:
    told = sorted({float(each) for each in values if isinstance(each, int | float)})
    finite = [each for each in told if math.isfinite(each)]
    if not finite:
        return Axis(name, (), tuple(math.nan for _ in values))
    low, high = finite[0], finite[-1]
    scale = math.log if low > 0 and high / low > _SPREAD else float

    def place(value: Value) -> float:
        if not isinstance(value, int | float) or not math.isfinite(value):
            return math.nan
        wide = scale(high) - scale(low)
        return (scale(value) - scale(low)) / wide if wide else 0.5

    shown = finite
    if len(finite) > _MOST_TICKS:
        shares = [at / (_MOST_TICKS // 2) for at in range(_MOST_TICKS // 2 + 1)]
        shown = [low + (high - low) * each for each in shares]
        if scale is math.log:
            shown = [low * (high / low) ** each for each in shares]
    ticks = tuple((place(each), f"{each:.3g}") for each in shown)
    return Axis(name, ticks, tuple(map(place, values)))


def _is_number(value: Value) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
