"""How many samples train, validate and test, and how many steps that makes."""

from __future__ import annotations

from collections.abc import Iterator

from graph_model.phrases import phrase
from graph_model.problems import Problem
from graph_model.recipe import Recipe
from graph_model.recipes.facts import DataFacts
from graph_model.recipes.options import OPTIONS


def split_sizes(recipe: Recipe, facts: DataFacts) -> tuple[int, int, int]:
    """Return how many samples train, validate and test; a test split of the data's own counts."""
    own = facts.samples - facts.own_test
    test = facts.own_test or round(facts.samples * recipe.test_fraction)
    validation = round(facts.samples * recipe.validation_fraction)
    train = (own if facts.own_test else facts.samples - test) - validation
    return train, validation, test


def split_problems(recipe: Recipe, facts: DataFacts) -> Iterator[Problem]:
    """Find splits without samples."""
    train, validation, test = split_sizes(recipe, facts)
    counts = {"training": train, "validation": validation, "test": test}
    wanted = {"training": True, "validation": True, "test": recipe.test_fraction > 0}
    for name, count in counts.items():
        if count < 1 and wanted[name]:
            parameter = "validation_fraction" if name == "training" else f"{name}_fraction"
            values = {"split": phrase(name), "samples": str(facts.samples)}
            yield Problem("empty_split", values, parameter=parameter)


def steps_per_epoch(recipe: Recipe, facts: DataFacts) -> int:
    """Return how many steps the optimizer takes in an epoch.

    A last batch of a single sample is left out, and several batches may make a step.
    """
    full, rest = divmod(max(0, split_sizes(recipe, facts)[0]), max(1, recipe.batch_size))
    chosen = recipe.option("accumulate")
    batches = OPTIONS["accumulate"].complete(chosen.arguments)["batches"] if chosen else 1
    several = batches if isinstance(batches, int) and batches > 0 else 1
    return -(-(full + (rest > 1) or 1) // several)
