"""The learning rate that is drawn before a run is the one that torch gives in it."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch
from torch import nn
from torch.optim import lr_scheduler

from graph_model.complaints import complaint
from graph_model.editing.project_edits import fix_project
from graph_model.network import Network, Project
from graph_model.problems import LeaveOutOption
from graph_model.recipe import Choice, Phase, Recipe
from graph_model.recipes.option_checks import combination_problems
from graph_model.recipes.rates import rates
from graph_model.recipes.schedules import SCHEDULES, Pace

STEPS = 7
RECIPE = Recipe(optimizer=Choice("SGD", {"lr": 0.3}), epochs=12)
ARGUMENTS = {
    "StepLR": {"step_size": 3},
    "CosineAnnealingWarmRestarts": {"T_0": 2, "T_mult": 2, "eta_min": 0.01},
    "CosineAnnealingLR": {"eta_min": 0.01},
    "PolynomialLR": {"power": 2.0},
    "OneCycleLR": {"anneal_strategy": "linear", "pct_start": 0.4},
}


def by_torch(recipe: Recipe, warm_up: int = 0) -> list[float]:
    optimizer = torch.optim.SGD([nn.Parameter(torch.ones(1))], lr=0.3, momentum=0.5)
    kind = SCHEDULES[recipe.schedule.kind]
    moves = recipe.epochs * (STEPS if kind.pace is Pace.STEP else 1)
    schedule = None
    if kind.pace is not Pace.NEVER:
        given = kind.torch_arguments(recipe.schedule.arguments, recipe.epochs - warm_up, STEPS)
        schedule = getattr(lr_scheduler, kind.name)(optimizer, **given)
    if warm_up:
        rise = lr_scheduler.LinearLR(optimizer, 0.1, total_iters=warm_up)
        schedule = lr_scheduler.SequentialLR(optimizer, [rise, schedule], [warm_up])
    found = []
    for _ in range(moves):
        found.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        if schedule is not None and kind.pace is not Pace.VALIDATION:
            schedule.step()
    return found


@pytest.mark.parametrize("name", SCHEDULES)
def test_they_are_those_of_torch(name: str) -> None:
    recipe = replace(RECIPE, schedule=Choice(name, ARGUMENTS.get(name, {})))
    assert rates(recipe, STEPS) == pytest.approx(by_torch(recipe), rel=1e-6)


def test_a_cycle_along_cosines() -> None:
    recipe = replace(RECIPE, schedule=Choice("OneCycleLR"))
    assert rates(recipe, STEPS) == pytest.approx(by_torch(recipe), rel=1e-6)


@pytest.mark.parametrize("name", ["CosineAnnealingLR", "PolynomialLR", "ExponentialLR"])
@pytest.mark.filterwarnings("ignore:The epoch parameter")
def test_a_warm_up_comes_first(name: str) -> None:
    recipe = replace(RECIPE, schedule=Choice(name), options=(Choice("warm_up", {"epochs": 3}),))
    assert rates(recipe) == pytest.approx(by_torch(recipe, 3), rel=1e-6)


OF_EPOCHS = [name for name, kind in SCHEDULES.items() if kind.pace is Pace.EPOCH]


@pytest.mark.parametrize("name", OF_EPOCHS)
def test_by_step_they_pass_the_same_rates_at_the_same_time(name: str) -> None:
    recipe = replace(RECIPE, schedule=Choice(name, ARGUMENTS.get(name, {})))
    by_epoch = rates(recipe)
    by_step = rates(replace(recipe, options=(Choice("by_step"),)), STEPS)
    assert len(by_step) == STEPS * len(by_epoch)
    assert by_step[::STEPS] == pytest.approx(by_epoch)


@pytest.mark.parametrize("name", SCHEDULES)
def test_a_recipe_of_a_hostile_file_costs_no_more_than_another(name: str) -> None:
    long = replace(RECIPE, epochs=2**62, schedule=Choice(name))
    assert 1 < len(rates(long, 40, most=50)) <= 50
    for parameter in SCHEDULES[name].parameters:
        for value in (0, -1, ("a", "b"), "", None, float("nan")):
            wrong = Choice(name, {parameter.name: value})
            found = rates(replace(RECIPE, schedule=wrong))
            assert found == () or complaint(parameter, value) is None, (parameter.name, value)
    for start in (-1, 1, 2**62):
        rates(replace(RECIPE, schedule=Choice(name), phases=(Phase(start, Choice(name)),)))
    assert rates(replace(RECIPE, schedule=Choice("none such"))) == ()


@pytest.mark.parametrize(
    ("recipe", "is_told"),
    [
        (Recipe(), True),
        (Recipe(schedule=Choice("StepLR")), False),
        (Recipe(phases=(Phase(3, Choice("ExponentialLR")),)), False),
        (Recipe(options=(Choice("warm_up"),)), False),
    ],
)
def test_a_rate_that_never_moves_cannot_move_by_step(recipe: Recipe, is_told: bool) -> None:
    by_step = replace(recipe, options=(*recipe.options, Choice("by_step")))
    told = [each for each in combination_problems(by_step) if each.code == "rate_never_moves"]
    assert len(told) == is_told
    assert not any(each.is_error for each in told)
    assert [each.fixes[0].change for each in told] == [LeaveOutOption("by_step")] * is_told


@pytest.mark.parametrize("name", ["OneCycleLR", "CyclicLR"])
def test_a_rate_that_no_schedule_heeds_is_told_and_mended(name: str) -> None:
    recipe = replace(RECIPE, schedule=Choice(name))
    assert rates(recipe) == rates(replace(recipe, optimizer=Choice("SGD", {"lr": 3.0})))
    (told,) = combination_problems(recipe)
    assert (told.code, told.is_error, told.parameter) == ("rate_not_heeded", False, "optimizer.lr")
    project = Project({"main": Network("main", "net")}, "main", recipe=recipe)
    raised, constant = (fix_project(project, "main", fix).recipe for fix in told.fixes)
    assert max(rates(raised, 1000)) == pytest.approx(0.3, rel=0.01)
    assert set(rates(constant)) == {0.3}
    assert not [*combination_problems(raised), *combination_problems(constant)]


def test_a_rate_that_nobody_chose_needs_not_be_heeded() -> None:
    assert not [*combination_problems(Recipe(schedule=Choice("OneCycleLR")))]
