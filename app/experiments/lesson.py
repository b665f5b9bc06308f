"""What an experiment teaches of a setting: which values differ by more than its runs do."""

from __future__ import annotations

import math

from app.experiments.effects import Effect, Level
from graph_model.frozen import frozen


@frozen
class Lesson:
    """The value with the best mean, those that runs cannot tell from it, and those beyond doubt."""

    setting: str
    best: Level
    level: tuple[Level, ...]
    """Values whose range, mean ± deviation, meets that of the best one; the best first."""
    worse: tuple[Level, ...]
    """Values whose range does not."""

    @property
    def is_by_chance(self) -> bool:
        """Whether nothing is known of chance, since some value has a single run."""
        return any(each.count < 2 for each in (self.best, *self.level, *self.worse))


def lesson(effect: Effect, *, larger_is_better: bool) -> Lesson:
    """Return what the means and deviations of a setting's values say."""
    best, *others = sorted(
        effect.levels, key=lambda each: -each.mean if larger_is_better else each.mean
    )
    near = tuple(each for each in others if _meet(best, each))
    return Lesson(effect.setting, best, near, tuple(each for each in others if each not in near))


def deviation(level: Level) -> float:
    """Return the standard deviation of the runs of a value; 0 where there is one run alone."""
    return level.error * math.sqrt(level.count) if level.count > 1 else 0.0


def _meet(one: Level, other: Level) -> bool:
    return abs(one.mean - other.mean) <= deviation(one) + deviation(other)
