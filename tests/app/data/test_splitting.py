"""Every way to split samples, held to what scikit-learn's splitters promise."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from sklearn.model_selection import (
    GroupKFold,
    StratifiedKFold,
    StratifiedShuffleSplit,
    TimeSeriesSplit,
)

from app.data.dataset import Dataset, classified, measured, with_sample_facts
from app.data.splitting import Split, split_json, split_samples
from graph_model.problems import Refusal
from graph_model.recipe import Choice, Recipe
from graph_model.recipes.splits import split_problems, split_sizes
from graph_model.recipes.splitting import SPLITS

RANDOM = np.random.default_rng(1)
COUNT = 120
GROUPS = RANDOM.integers(0, 17, COUNT)
TIMES = RANDOM.permutation(COUNT) // 2
CLASSES = RANDOM.choice(3, COUNT, p=[0.7, 0.2, 0.1])
OWN = RANDOM.choice(3, COUNT, p=[0.6, 0.2, 0.2])


def data(*, own: bool = True) -> Dataset:
    made = classified(RANDOM.normal(size=(COUNT, 4)), CLASSES, ("a", "b", "c"))
    made = replace(made, groups=GROUPS, times=TIMES, own_split=OWN if own else None)
    return with_sample_facts(made)


def split(kind: str, of: Dataset | None = None, seed: int = 0, **arguments: object) -> Split:
    choice = Choice(kind, arguments)  # type: ignore[arg-type]
    return split_samples(of or data(own=kind == "own"), Recipe(split=choice, seed=seed))


def parts(split: Split) -> tuple[np.ndarray, ...]:
    return split.train, split.validation, split.test


EVERY = [
    *((kind, {"validation": 20, "test": 30} if kind == "counts" else {}) for kind in SPLITS),
    *(("folds", {"by": by, "folds": 4, "fold": 2}) for by in ("chance", "group", "order")),
]


@pytest.mark.parametrize(("kind", "arguments"), EVERY)
def test_every_way_is_a_partition_that_follows_the_seed(
    kind: str, arguments: dict[str, object]
) -> None:
    found = split(kind, seed=3, **arguments)
    together = np.concatenate(parts(found))
    np.testing.assert_array_equal(np.sort(together), np.arange(COUNT))
    assert all(len(each) for each in parts(found))
    for one, other in zip(parts(found), parts(split(kind, seed=3, **arguments)), strict=True):
        np.testing.assert_array_equal(one, other)
    is_in_order = kind == "time" or kind == "own" or arguments.get("by") == "order"
    others = split(kind, seed=4, **arguments)
    assert is_in_order or any(map(lambda a, b: list(a) != list(b), parts(found), parts(others)))


@pytest.mark.parametrize(("kind", "arguments"), EVERY)
def test_sizes_are_those_foretold(kind: str, arguments: dict[str, object]) -> None:
    recipe = Recipe(split=Choice(kind, arguments))  # type: ignore[arg-type]
    found = data(own=kind == "own")
    told = split_sizes(recipe, found.facts)
    made = [len(each) for each in parts(split_samples(found, recipe))]
    slack = 8 if kind == "group" or arguments.get("by") == "group" else 1
    assert np.abs(np.subtract(told, made)).max() <= slack


def shares(classes: np.ndarray) -> np.ndarray:
    return np.bincount(classes, minlength=3) / len(classes)


@pytest.mark.parametrize("kind", ["random", "stratified", "counts", "folds"])
def test_classes_are_spread_as_by_scikit_learn(kind: str) -> None:
    arguments = {"validation": 18, "test": 18} if kind == "counts" else {}
    found = split(kind, **arguments)
    for part in parts(found):
        off = np.abs(shares(CLASSES[part]) - shares(CLASSES)).max() * len(part)
        by_sklearn = StratifiedShuffleSplit(1, test_size=len(part), random_state=0)
        _, theirs = next(by_sklearn.split(CLASSES, CLASSES))
        theirs_off = np.abs(shares(CLASSES[theirs]) - shares(CLASSES)).max() * len(part)
        assert off <= max(2.0, theirs_off + 1)


def test_chance_alone_spreads_no_classes() -> None:
    """Over many seeds the shares vary as chance has them, and not as when they are spread."""
    rare = [np.mean(CLASSES[split("plain_random", seed=seed).test] == 2) for seed in range(60)]
    spread = [np.mean(CLASSES[split("random", seed=seed).test] == 2) for seed in range(60)]
    assert np.std(rare) > 3 * np.std(spread)


def test_numbers_are_spread_by_their_size() -> None:
    values = RANDOM.lognormal(size=COUNT)
    made = with_sample_facts(measured(RANDOM.normal(size=(COUNT, 2)), values))
    found = split("stratified", made, parts=6)
    fifths = np.searchsorted(np.quantile(values, np.arange(1, 6) / 6), values, side="right")
    for part in parts(found):
        counts = np.bincount(fifths[part], minlength=6)
        assert np.abs(counts - len(part) / 6).max() <= 2


@pytest.mark.parametrize(
    ("kind", "arguments"), [("group", {}), ("folds", {"by": "group", "folds": 4})]
)
def test_no_group_is_parted(kind: str, arguments: dict[str, object]) -> None:
    for seed in range(20):
        found = [set(GROUPS[each]) for each in parts(split(kind, seed=seed, **arguments))]
        assert all(found)
        assert sum(map(len, found)) == len(set().union(*found))


def test_few_groups_give_one_to_each_split() -> None:
    for groups in ([0] * 100 + [1] * 10 + [2] * 10, [7, 8, 9] * 40):
        made = with_sample_facts(replace(data(own=False), groups=np.array(groups)))
        found = split("group", made)
        assert sorted(len(set(np.array(groups)[each])) for each in parts(found)) == [1, 1, 1]


def test_the_last_test_and_those_before_them_validate() -> None:
    found = split("time")
    assert TIMES[found.train].max() <= TIMES[found.validation].min()
    assert TIMES[found.validation].max() <= TIMES[found.test].min()
    in_file = split("time", with_sample_facts(replace(data(own=False), times=None)))
    np.testing.assert_array_equal(np.concatenate(parts(in_file)), np.arange(COUNT))
    *_, (train, test) = TimeSeriesSplit(2, test_size=len(in_file.test)).split(np.arange(COUNT))
    np.testing.assert_array_equal(in_file.test, test)
    np.testing.assert_array_equal(np.concatenate((in_file.train, in_file.validation)), train)


@pytest.mark.parametrize("by", ["class", "chance", "group", "order"])
def test_folds_are_a_partition_of_what_does_not_test(by: str) -> None:
    folds = [split("folds", folds=5, fold=fold, by=by) for fold in range(1, 6)]
    for each in folds:
        np.testing.assert_array_equal(each.test, folds[0].test)
    validated = np.concatenate([each.validation for each in folds])
    rest = np.setdiff1d(np.arange(COUNT), folds[0].test)
    np.testing.assert_array_equal(np.sort(validated), rest)
    sizes = [len(each.validation) for each in folds]
    if by == "group":
        theirs = [len(test) for _, test in GroupKFold(5).split(rest, groups=GROUPS[rest])]
        assert sorted(sizes) == sorted(theirs)
    else:
        assert max(sizes) - min(sizes) <= 1
    if by == "class":
        theirs = StratifiedKFold(5).split(rest, CLASSES[rest])
        counts = sorted(tuple(np.bincount(CLASSES[rest][test], minlength=3)) for _, test in theirs)
        mine = sorted(tuple(np.bincount(CLASSES[e.validation], minlength=3)) for e in folds)
        assert np.abs(np.subtract(counts, mine)).max() <= 1


def test_the_own_split_is_kept_unless_another_is_chosen() -> None:
    for choice in (Choice("random"), Choice("own")):
        found = split_samples(data(), Recipe(split=choice))
        for part, mine in enumerate(parts(found)):
            np.testing.assert_array_equal(mine, np.flatnonzero(part == OWN))
    for choice in (Choice("random", {"keep_own": False}), Choice("plain_random"), Choice("time")):
        found = split_samples(data(), Recipe(split=choice))
        assert (OWN[found.test] != 2).any()
    folded = split("folds", data())
    np.testing.assert_array_equal(folded.test, np.flatnonzero(OWN == 2))


def test_what_the_own_split_lacks_is_taken_from_what_trains() -> None:
    own = np.where(OWN == 1, 0, OWN)
    found = split("own", with_sample_facts(replace(data(), own_split=own)))
    np.testing.assert_array_equal(found.test, np.flatnonzero(own == 2))
    assert len(found.validation) == round(0.15 * COUNT)
    assert (own[found.validation] == 0).all()


@pytest.mark.parametrize(
    ("choice", "recipe", "code"),
    [
        (Choice("own"), {}, "split_no_own"),
        (Choice("group"), {}, "split_no_groups"),
        (Choice("folds", {"by": "group"}), {}, "split_no_groups"),
        (Choice("folds", {"fold": 6}), {}, "split_no_fold"),
        (Choice("folds", {"folds": 500}), {}, "split_many_folds"),
        (Choice("stratified", {"array": "nobody"}), {}, "unknown_array"),
        (Choice("stratified", {"array": "features"}), {}, "split_no_column"),
        (Choice("counts", {"validation": 100, "test": 100}), {}, "empty_split"),
        (Choice("random"), {"validation_fraction": 0.6, "test_fraction": 0.5}, "empty_split"),
    ],
)
def test_what_cannot_be_split_so_is_a_sentence(
    choice: Choice, recipe: dict[str, float], code: str
) -> None:
    plain = with_sample_facts(classified(np.zeros((COUNT, 4)), CLASSES, ("a", "b", "c")))
    made = Recipe(split=choice, **recipe)  # type: ignore[arg-type]
    (problem,) = split_problems(made, plain.facts)
    assert problem.code == code
    assert "{" not in problem.message
    with pytest.raises(Refusal):
        split_samples(plain, made)


def test_groups_that_are_too_few_and_single_classes_are_told() -> None:
    made = with_sample_facts(replace(data(own=False), groups=np.arange(COUNT) % 2))
    (problem,) = split_problems(Recipe(split=Choice("group")), made.facts)
    assert (problem.code, problem.values) == ("split_few_groups", {"groups": "2", "needed": "3"})
    lone = replace(made.facts, class_counts=(100, 19, 1))
    (problem,) = split_problems(Recipe(), lone)
    assert (problem.code, problem.is_error) == ("split_single_class", False)
    assert problem.values == {"classes": "c"}


def test_a_split_is_written_down_as_it_is() -> None:
    recipe = Recipe(split=Choice("plain_random"), seed=8)
    found = split_samples(data(own=False), recipe)
    told = split_json(recipe, found)

    def read(text: str) -> list[int]:
        ends = [[int(end) for end in part.split("-")] for part in text.split(", ")]
        return [number for each in ends for number in range(each[0], each[-1] + 1)]

    assert read(told["validation"]) == found.validation.tolist()
    assert read(told["test"]) == found.test.tolist()
    assert (told["kind"], told["seed"], told["train"]) == ("plain_random", 8, len(found.train))
