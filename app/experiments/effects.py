"""What each setting of an experiment does to a figure: its mean by value, and how sure that is.

The share that a setting explains is eta squared, the sum of squares between its values over the
whole (Fisher 1925); settings drawn at random, or runs that are missing, make shares overlap.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterable, Mapping, Sequence

from graph_model.frozen import frozen
from graph_model.values import Value


@frozen
class Level:
    """One value of a setting: the mean of the figure over its runs, and the standard error.

    ``error`` is ``nan`` where there is one run alone.
    """

    value: Value
    count: int
    mean: float
    error: float


@frozen
class Effect:
    """A setting with its values in order, and the share of the figure's variance it explains."""

    setting: str
    levels: tuple[Level, ...]
    share: float


def effects(
    runs: Iterable[tuple[Mapping[str, Value], float]], settings: Sequence[str]
) -> tuple[Effect, ...]:
    """Return what these settings do to a figure, the one that explains most first.

    ``runs`` are the settings of each run and what it reached; figures that are not finite are
    left out.
    """
    told = [(values, figure) for values, figure in runs if math.isfinite(figure)]
    found = (_effect(told, setting) for setting in settings)
    return tuple(sorted(filter(None, found), key=lambda each: -each.share))


def _effect(runs: Sequence[tuple[Mapping[str, Value], float]], setting: str) -> Effect | None:
    by_value: dict[Value, list[float]] = {}
    for values, figure in runs:
        by_value.setdefault(values.get(setting), []).append(figure)
    if len(by_value) < 2:
        return None
    figures = [figure for _, figure in runs]
    middle = statistics.fmean(figures)
    whole = sum((each - middle) ** 2 for each in figures)
    levels = tuple(map(_level, *zip(*sorted(by_value.items(), key=_in_order), strict=True)))
    between = sum(each.count * (each.mean - middle) ** 2 for each in levels)
    return Effect(setting, levels, between / whole if whole else 0.0)


def _level(value: Value, figures: Sequence[float]) -> Level:
    count = len(figures)
    error = statistics.stdev(figures) / math.sqrt(count) if count > 1 else math.nan
    return Level(value, count, statistics.fmean(figures), error)


def _in_order(level: tuple[Value, object]) -> tuple[int, float, str]:
    value = level[0]
    if isinstance(value, int | float) and not isinstance(value, bool):
        return 0, float(value), ""
    return 1, 0.0, str(value)
