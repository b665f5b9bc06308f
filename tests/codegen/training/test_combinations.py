"""Every two things that a recipe can hold, together for a few steps; or it is said why not."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from itertools import combinations
from typing import Final

import torch

from graph_model.editing.project_edits import fix_project
from graph_model.network import Project
from graph_model.problems import Problem
from graph_model.recipe import Choice, Recipe
from graph_model.recipes.check import recipe_problems
from graph_model.recipes.optimizers import OPTIMIZERS
from graph_model.recipes.options import OPTIONS
from graph_model.recipes.schedules import SCHEDULES, Pace
from tests.codegen.training.test_options import (
    FACTS,
    INFERENCE,
    MLP,
    RECIPE,
    numbers,
    options,
)
from tests.codegen.training.tiny import run

Item = tuple[str, str]
"""A place of a recipe, and what stands there."""

ITEMS: Final = (
    *(("optimizer", kind) for kind in OPTIMIZERS),
    *(("schedule", kind) for kind in SCHEDULES),
    *(("option", kind) for kind in OPTIONS if kind != "compile"),  # which takes long
)


def composed(items: Iterable[Item]) -> Recipe:
    """Return the recipe of some items."""
    recipe = RECIPE
    for place, kind in items:
        if place == "option":
            recipe = replace(recipe, options=(*recipe.options, *options(kind)))
        elif place == "schedule":
            recipe = replace(recipe, schedule=Choice(kind))
        else:
            recipe = replace(recipe, optimizer=Choice(kind))
    return recipe


def found(items: Iterable[Item]) -> tuple[Problem, ...]:
    """Return what keeps some items from going together; one place has one of them."""
    return tuple(
        each for each in recipe_problems(composed(items), INFERENCE, FACTS) if each.is_error
    )


def are_of_one_place(first: Item, second: Item) -> bool:
    return first[0] == second[0] != "option"


@cache
def pairs() -> tuple[frozenset[frozenset[Item]], frozenset[frozenset[Item]]]:
    """Return the pairs that go together, and those of which it is said why not."""
    both = [pair for pair in combinations(ITEMS, 2) if not are_of_one_place(*pair)]
    barred = {frozenset(pair) for pair in both if found(pair)}
    return frozenset(map(frozenset, both)) - barred, frozenset(barred)


def is_of_consequence(first: Item, second: Item) -> bool:
    """Tell whether two may know of each other, as optimizers do of cycles of their momentum."""
    is_schedule = (first[0], second[0]) == ("optimizer", "schedule")
    return not is_schedule or SCHEDULES[second[1]].pace is Pace.STEP


def covering() -> Iterator[tuple[Item, ...]]:
    """Yield few recipes that hold all pairs between them."""
    left = {pair for pair in pairs()[0] if is_of_consequence(*sorted(pair))}
    while left:
        chosen = sorted(min(left, key=sorted))
        for item in ITEMS:
            new = [each for each in chosen if frozenset({each, item}) in left]
            fits = item not in chosen and not any(are_of_one_place(item, each) for each in chosen)
            if fits and new and not found([*chosen, item]):
                chosen.append(item)
        left -= {frozenset(pair) for pair in combinations(chosen, 2)}
        yield tuple(chosen)


def test_every_two_of_a_recipe_go_together_or_it_is_said_why_not() -> None:
    torch.set_num_threads(1)
    for items in covering():
        try:
            ran = run(composed(items), MLP, FACTS, *numbers())
        except Exception as error:
            error.add_note(str(items))
            raise
        assert len(ran.losses) == 2 * RECIPE.epochs
        assert all(map(math.isfinite, ran.losses)), items
        assert all(torch.isfinite(each).all() for each in ran.training.model.parameters()), items


def test_what_does_not_go_together_can_be_mended() -> None:
    barred = pairs()[1]
    assert len(barred) > 20
    for pair in barred:
        project = Project({MLP.id: MLP}, MLP.id, recipe=composed(sorted(pair)))
        before = recipe_problems(project.recipe, INFERENCE, FACTS)
        errors = [each for each in before if each.is_error]
        for problem in errors:
            assert problem.fixes, (problem.code, pair)
            recipe = fix_project(project, MLP.id, problem.fixes[0]).recipe
            assert problem not in recipe_problems(recipe, INFERENCE, FACTS), problem.message
