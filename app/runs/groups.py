"""Runs that belong together, such as those that differ in their seed alone."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence

from app.runs.columns import figure_keys, value_of
from app.runs.summaries import Summary
from graph_model.frozen import frozen
from graph_model.values import Value

BY_SEED = "seed"
"""Groups whose runs differ in their seed, and in no other setting."""


@frozen
class Spread:
    """The mean of some values, and how far they lie from it: the standard deviation, n - 1."""

    mean: float
    deviation: float
    count: int


@frozen
class Group:
    """Runs that are equal in what they are grouped by, the one begun last first."""

    values: tuple[Value, ...]
    runs: tuple[Summary, ...]

    def spread(self, key: str) -> Spread | None:
        """Return how a figure varies within the group; nothing where no run has it."""
        found = [value_of(each, key) for each in self.runs]
        numbers = [float(each) for each in found if isinstance(each, int | float)]
        if not numbers:
            return None
        deviation = statistics.stdev(numbers) if len(numbers) > 1 else 0.0
        return Spread(statistics.fmean(numbers), deviation, len(numbers))

    def figures(self) -> Sequence[str]:
        """Return the keys of the figures that some of its runs has."""
        return [*figure_keys(self.runs)]


def grouped_by(summaries: Iterable[Summary], keys: Sequence[str]) -> tuple[Group, ...]:
    """Return the runs in groups, in the order of their first runs.

    ``keys`` are what the runs of a group have in common; :data:`BY_SEED` among them stands for the
    network and all settings but the seed.
    """
    found: dict[tuple[Value, ...], list[Summary]] = {}
    told: dict[tuple[Value, ...], tuple[Value, ...]] = {}
    for each in summaries:
        told_of = tuple(value_of(each, key) for key in keys if key != BY_SEED)
        values = (*told_of, *(_but_for_the_seed(each) if BY_SEED in keys else ()))
        found.setdefault(values, []).append(each)
        told[values] = told_of
    return tuple(Group(told[values], tuple(runs)) for values, runs in found.items())


def _but_for_the_seed(summary: Summary) -> tuple[Value, ...]:
    settings = summary.settings.items()
    same = (f"{name}={value}" for name, value in settings if name != "seed")
    return summary.network, summary.run.parameters, *same
