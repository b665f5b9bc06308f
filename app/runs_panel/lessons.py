"""What an experiment teaches, in a sentence made of its numbers."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence

from app.experiments.effects import Effect, Level
from app.experiments.lesson import Lesson, deviation, lesson
from app.language.sentences import metric_title, translate
from app.runs.store import is_larger_better
from app.runs_panel.words import value_text


def lesson_text(effect: Effect, figure: str) -> str:
    """Return what the values of a setting do to a figure, or that these runs do not tell."""
    found = lesson(effect, larger_is_better=is_larger_better(figure))
    return _sentence(found).format(
        setting=found.setting,
        best=_value(found.best, found.setting),
        reached=spread(found.best),
        level=_listed(found.level, found.setting),
        worse=_listed(found.worse, found.setting),
    )


def spread(level: Level) -> str:
    """Write a mean with the deviation of its runs."""
    if level.count < 2:
        return f"{level.mean:.4g}"
    return f"{level.mean:.4g} ± {deviation(level):.2g}"


def _sentence(found: Lesson) -> str:
    if found.is_by_chance:
        return translate(
            "Lesson",
            "{setting}: {best} is best ({reached}), but some value has one run only, so this may "
            "be chance. Vary the seed, too.",
        )
    if not found.worse:
        return translate(
            "Lesson",
            "{setting}: these runs tell no value from another. The best mean is that of {best} "
            "({reached}); within the deviation of the runs: {level}.",
        )
    if not found.level:
        return translate(
            "Lesson",
            "{setting}: {best} is best ({reached}), by more than the runs deviate; the others: "
            "{worse}.",
        )
    return translate(
        "Lesson",
        "{setting}: {best} has the best mean ({reached}), but these runs do not tell it from "
        "{level}; worse by more than the runs deviate: {worse}.",
    )


def _listed(levels: Iterable[Level], setting: str) -> str:
    return ", ".join(f"{_value(each, setting)} ({spread(each)})" for each in levels)


def _value(level: Level, setting: str) -> str:
    return value_text(level.value, setting) or translate("Lesson", "without")


def lessons(effects: Sequence[Effect], figure: str) -> tuple[str, ...]:
    """Return a sentence for each setting; for the seed only where nothing else is varied."""
    match effects:
        case [Effect(setting="seed", levels=levels)]:
            return (_chance_text([each.mean for each in levels], figure),)
    return tuple(lesson_text(each, figure) for each in effects if each.setting != "seed")


def _chance_text(figures: Sequence[float], figure: str) -> str:
    words = translate(
        "Lesson",
        "The seed alone moves {figure} from {low} to {high} ({mean} ± {deviation} over {count} "
        "seeds): runs of one seed that differ by less say nothing.",
    )
    return words.format(
        figure=metric_title(figure),
        low=f"{min(figures):.4g}",
        high=f"{max(figures):.4g}",
        mean=f"{statistics.fmean(figures):.4g}",
        deviation=f"{statistics.stdev(figures):.2g}",
        count=len(figures),
    )
