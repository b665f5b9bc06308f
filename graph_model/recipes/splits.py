"""How many samples train, validate and test, and how many steps that makes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from graph_model.phrases import phrase
from graph_model.problems import ChooseInRecipe, Fix, Problem
from graph_model.recipe import Recipe
from graph_model.recipes.facts import DataFacts
from graph_model.recipes.options import OPTIONS
from graph_model.recipes.splitting import SPLITS
from graph_model.values import Value


def split_argument(recipe: Recipe, name: str) -> Value:
    """Return an argument of the way in which a recipe splits, ``None`` where that has none such."""
    kind = SPLITS.get(recipe.split.kind)
    return kind.complete(recipe.split.arguments).get(name) if kind else None


def keeps_own(recipe: Recipe, facts: DataFacts) -> bool:
    """Tell whether the data's own split is kept, which they have then."""
    has_own = bool(facts.own_test or facts.own_split)
    is_kept = recipe.split.kind == "own" or split_argument(recipe, "keep_own") is True
    return has_own and is_kept


def in_order_of_time(recipe: Recipe) -> bool:
    """Tell whether the parts of a split follow each other in time."""
    return recipe.split.kind == "time" or split_argument(recipe, "by") == "order"


def tested_by_own(facts: DataFacts) -> int:
    """Return how many samples the data's own test split has."""
    return facts.own_split[2] if facts.own_split else facts.own_test


def split_sizes(recipe: Recipe, facts: DataFacts) -> tuple[int, int, int]:
    """Return how many samples train, validate and test; of groups, how many are wanted.

    A split of the data's own counts where it is kept; what that lacks is a share of all samples.
    """
    validation, test = _wanted(recipe, facts.samples)
    if recipe.split.kind == "folds":
        folds, test = split_argument(recipe, "folds"), tested_by_own(facts) or test
        validation = round((facts.samples - test) / (folds if isinstance(folds, int) else 1))
    if not keeps_own(recipe, facts):
        return facts.samples - validation - test, validation, test
    if not facts.own_split:
        return facts.samples - facts.own_test - validation, validation, facts.own_test
    _, own_validation, own_test = facts.own_split
    validation, test = own_validation or validation, own_test or test
    return facts.samples - validation - test, validation, test


def _wanted(recipe: Recipe, samples: int) -> tuple[int, int]:
    """Return how many samples are to validate and to test."""
    if recipe.split.kind == "counts":
        counts = split_argument(recipe, "validation"), split_argument(recipe, "test")
        validation, test = (each if isinstance(each, int) else 0 for each in counts)
        return validation, test
    return round(samples * recipe.validation_fraction), round(samples * recipe.test_fraction)


def split_problems(recipe: Recipe, facts: DataFacts) -> Iterator[Problem]:
    """Find ways to split that these data do not admit, and splits without samples."""
    found = [*way_problems(recipe, facts)]
    yield from found
    if found:
        return
    train, validation, test = split_sizes(recipe, facts)
    counts = {"training": train, "validation": validation, "test": test}
    wanted = {"training": True, "validation": True, "test": _tests(recipe)}
    for name, count in counts.items():
        if count < 1 and wanted[name]:
            values = {"split": phrase(name), "samples": str(facts.samples)}
            yield Problem("empty_split", values, parameter=_parameter(recipe, name))
    rare = [
        name
        for name, count in zip(facts.class_names, facts.class_counts, strict=False)
        if count == 1
    ]
    if rare:
        yield Problem("split_single_class", {"classes": ", ".join(rare[:_NAMED])})
    if facts.reach and not keeps_own(recipe, facts):
        yield _overlapping(recipe, facts)
    if facts.ordered_by and recipe.split.kind in _BY_CHANCE and not keeps_own(recipe, facts):
        by_time = Fix("split_by_time", ChooseInRecipe("split", "time"))
        values = {"column": facts.ordered_by}
        yield Problem("split_ignores_time", values, parameter="split", fixes=(by_time,))


def _overlapping(recipe: Recipe, facts: DataFacts) -> Problem:
    """Say what becomes of windows that overlap: some are left out, or they tell what is asked."""
    if in_order_of_time(recipe):
        return Problem("split_leaves_gap", {"reach": str(facts.reach)}, parameter="split")
    keep = Fix("split_in_time", ChooseInRecipe("split", "random"))
    return Problem("split_overlaps", {"reach": str(facts.reach)}, parameter="split", fixes=(keep,))


_BY_CHANCE: Final = ("random", "plain_random", "stratified", "counts")
_NAMED: Final = 5
"""How many classes are named at most."""


def _tests(recipe: Recipe) -> bool:
    if recipe.split.kind == "counts":
        return split_argument(recipe, "test") != 0
    return recipe.test_fraction > 0


def _parameter(recipe: Recipe, name: str) -> str:
    """Return the setting that says how many samples a split has."""
    name = "validation" if name == "training" else name
    return f"split.{name}" if recipe.split.kind == "counts" else f"{name}_fraction"


def way_problems(recipe: Recipe, facts: DataFacts) -> Iterator[Problem]:
    """Find why these data cannot be split in this way."""
    at_random = Fix("split_at_random", ChooseInRecipe("split", "random"))
    kind = recipe.split.kind
    by_group = kind == "group" or split_argument(recipe, "by") == "group"
    if kind == "own" and not (facts.own_split or facts.own_test):
        yield Problem("split_no_own", parameter="split", fixes=(at_random,))
    if by_group and not facts.groups:
        yield Problem("split_no_groups", parameter="split", fixes=(at_random,))
    elif by_group and facts.groups < (needed := _groups_needed(recipe)):
        values = {"groups": str(facts.groups), "needed": str(needed)}
        yield Problem("split_few_groups", values, parameter="split", fixes=(at_random,))
    if kind == "stratified":
        yield from _array_problems(recipe, facts)
    if kind == "folds":
        yield from _fold_problems(recipe, facts)


def _groups_needed(recipe: Recipe) -> int:
    folds = split_argument(recipe, "folds")
    return (folds if isinstance(folds, int) else 2) + (recipe.test_fraction > 0)


def _array_problems(recipe: Recipe, facts: DataFacts) -> Iterator[Problem]:
    name = str(split_argument(recipe, "array") or facts.target)
    array = facts.arrays.get(name)
    if array is None:
        values = {"array": name, "choices": ", ".join(facts.arrays)}
        yield Problem("unknown_array", values, parameter="split.array")
    elif array.shape not in {(), (1,)}:
        values = {"array": name, "shape": "×".join(map(str, array.shape))}
        yield Problem("split_no_column", values, parameter="split.array")


def _fold_problems(recipe: Recipe, facts: DataFacts) -> Iterator[Problem]:
    folds, fold = split_argument(recipe, "folds"), split_argument(recipe, "fold")
    if not isinstance(folds, int) or not isinstance(fold, int):
        return
    if fold > folds:
        values = {"fold": str(fold), "folds": str(folds)}
        yield Problem("split_no_fold", values, parameter="split.fold")
    elif folds > facts.samples - split_sizes(recipe, facts)[2]:
        values = {"folds": str(folds), "samples": str(facts.samples)}
        yield Problem("split_many_folds", values, parameter="split.folds")


def steps_per_epoch(recipe: Recipe, facts: DataFacts) -> int:
    """Return how many steps the optimizer takes in an epoch.

    A last batch of a single sample is left out, and several batches may make a step.
    """
    full, rest = divmod(max(0, split_sizes(recipe, facts)[0]), max(1, recipe.batch_size))
    chosen = recipe.option("accumulate")
    batches = OPTIONS["accumulate"].complete(chosen.arguments)["batches"] if chosen else 1
    several = batches if isinstance(batches, int) and batches > 0 else 1
    return -(-(full + (rest > 1) or 1) // several)
