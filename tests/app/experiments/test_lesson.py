"""What an experiment teaches follows its numbers: what overlaps is not told apart."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence

import pytest

from app.experiments.effects import effects
from app.experiments.lesson import deviation, lesson
from app.runs_panel.lessons import lesson_text, lessons
from graph_model.values import Value

CLEAR = {"Adam": (0.20, 0.22), "SGD": (0.50, 0.54)}
MIXED = {"Adam": (0.20, 0.30), "AdamW": (0.24, 0.31), "SGD": (0.90, 0.95)}
SAME = {"Adam": (0.20, 0.40), "SGD": (0.25, 0.42)}
ALONE = {"Adam": (0.2,), "SGD": (0.9, 0.91)}


def told(values: Mapping[str, Sequence[float]]) -> list[tuple[dict[str, Value], float]]:
    return [({"optimizer": name}, each) for name, found in values.items() for each in found]


@pytest.mark.parametrize(
    ("values", "near", "worse"),
    [
        (CLEAR, [], ["SGD"]),
        (MIXED, ["AdamW"], ["SGD"]),
        (SAME, ["SGD"], []),
    ],
)
def test_values_whose_ranges_meet_are_not_told_apart(
    values: Mapping[str, Sequence[float]], near: list[str], worse: list[str]
) -> None:
    (effect,) = effects(told(values), ["optimizer"])
    found = lesson(effect, larger_is_better=False)
    assert found.best.value == "Adam"
    assert [each.value for each in found.level] == near
    assert [each.value for each in found.worse] == worse
    assert deviation(found.best) == pytest.approx(statistics.stdev(values["Adam"]))
    turned = [(settings, -figure) for settings, figure in told(values)]
    (effect,) = effects(turned, ["optimizer"])
    assert lesson(effect, larger_is_better=True).best.value == "Adam"


def test_the_sentence_says_what_the_numbers_do() -> None:
    def sentence(values: Mapping[str, Sequence[float]]) -> str:
        (effect,) = effects(told(values), ["optimizer"])
        return lesson_text(effect, "loss")

    assert "Adam is best (0.21 ± 0.014)" in sentence(CLEAR)
    assert "do not tell it from AdamW" in sentence(MIXED)
    assert "tell no value from another" in sentence(SAME)
    assert "may be chance" in sentence(ALONE)


def test_seeds_alone_tell_how_much_is_chance() -> None:
    seeds = [({"seed": seed}, figure) for seed, figure in enumerate((0.2, 0.3, 0.25))]
    (sentence,) = lessons(effects(seeds, ["seed"]), "accuracy")
    assert "from 0.2 to 0.3 (0.25 ± 0.05 over 3 seeds)" in sentence
    both = [({**settings, "lr": lr}, figure) for settings, figure in seeds for lr in (0.1, 0.2)]
    (sentence,) = lessons(effects(both, ["seed", "lr"]), "accuracy")
    assert sentence.startswith("lr: ")
