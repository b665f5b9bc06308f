"""Each loss and schedule of the catalogues, through the text, against torch and formulas."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch
from sklearn.utils.class_weight import compute_class_weight
from torch import Tensor, nn

from codegen.build import build_network
from graph_model.editing.edits import apply_fix
from graph_model.editing.project_edits import fix_project
from graph_model.files.storage import dumps, loads
from graph_model.network import Project
from graph_model.problems import Fix, InsertBefore
from graph_model.recipe import Choice, Objective, Phase, Recipe
from graph_model.recipes.check import recipe_problems
from graph_model.recipes.facts import classification, regression
from graph_model.recipes.losses import LOSSES, Target
from graph_model.recipes.rates import rates
from graph_model.recipes.schedules import SCHEDULES, WARMED, Pace
from tests.codegen.samples import network
from tests.codegen.training.test_options import (
    FACTS,
    INFERENCE,
    MLP,
    RECIPE,
    numbers,
)
from tests.codegen.training.tiny import TRAINED, begun, problems, run


@pytest.mark.parametrize(
    "name", [name for name, kind in SCHEDULES.items() if kind.pace is not Pace.VALIDATION]
)
def test_a_schedule_turns_the_rate_as_drawn(name: str) -> None:
    ran = run(replace(RECIPE, schedule=Choice(name), epochs=6), MLP, FACTS, *numbers())
    recipe = replace(RECIPE, schedule=Choice(name), epochs=6)
    drawn = rates(recipe, 2)
    assert ran.rates == pytest.approx(drawn[1::2] if len(drawn) > 6 else drawn, rel=1e-9)


PHASES = (
    Phase(4, Choice("ConstantLR", {"factor": 0.5})),
    Phase(6, Choice("constant")),
    Phase(8, Choice("MultiStepLR", {"milestones": (1, 2)})),
)


def test_schedules_follow_one_another() -> None:
    recipe = replace(
        RECIPE, schedule=Choice("CosineAnnealingLR"), phases=PHASES, epochs=11,
        options=(Choice("warm_up", {"epochs": 1}),), optimizer=Choice("SGD", {"lr": 1.0}),
    )  # fmt: skip
    assert problems(recipe, MLP, FACTS) == ()
    ran = run(recipe, MLP, FACTS, *numbers())
    by_hand = [0.1, 1.0, 0.5, 0.5, 0.5, 1.0, 1.0, 1.0, 0.1, 0.01, 0.01]
    assert ran.rates == pytest.approx(by_hand)
    assert rates(recipe) == pytest.approx(by_hand)


def rates_of_steps(recipe: Recipe) -> list[float]:
    """Train, and return the rate of every step."""
    training, found = begun(recipe, MLP, FACTS, *numbers()).training, {}
    for _ in training.events():
        if training.step:
            found[training.epoch, training.step] = training.learning_rate
    return [*found.values()]


BY_STEP = (Choice("by_step"),)


@pytest.mark.parametrize(
    "recipe",
    [
        *(
            replace(RECIPE, schedule=Choice(name), epochs=6, options=BY_STEP)
            for name, kind in SCHEDULES.items()
            if kind.pace in WARMED
        ),
        replace(
            RECIPE, schedule=Choice("CosineAnnealingLR"), phases=PHASES, epochs=11,
            options=(*BY_STEP, Choice("warm_up", {"epochs": 2})),
        ),
        replace(
            RECIPE, schedule=Choice("PolynomialLR"), phases=PHASES, epochs=11,
            options=(Choice("warm_up", {"steps": 3}),),
        ),
        replace(
            RECIPE, phases=PHASES, epochs=11,
            options=(Choice("warm_up", {"steps": 2}), Choice("accumulate")),
        ),
    ],
)  # fmt: skip
def test_what_moves_by_step_has_the_rates_that_are_drawn(recipe: Recipe) -> None:
    assert problems(recipe, MLP, FACTS) == ()
    drawn = rates(recipe, 1 if recipe.option("accumulate") else 2)
    found = rates_of_steps(recipe)
    assert found[:: len(found) // len(drawn)] == pytest.approx(drawn, rel=1e-9)


def test_a_warm_up_of_steps_before_a_cosine_is_that_of_transformers() -> None:
    """Their schedules are all of this form: a function of the step, by torch's LambdaLR."""
    recipe = replace(
        RECIPE, schedule=Choice("CosineAnnealingLR"), epochs=6,
        options=(Choice("warm_up", {"steps": 5, "start_factor": 0.2}),),
        optimizer=Choice("SGD", {"lr": 0.5}),
    )  # fmt: skip
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.ones(1))], lr=0.5)
    total = 12

    def factor(step: int) -> float:
        if step < 5:
            return 0.2 + 0.8 * step / 5
        return 0.5 * (1 + math.cos(math.pi * (step - 5) / (total - 5)))

    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, factor)
    by_torch = []
    for _ in range(total):
        by_torch.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        schedule.step()
    assert rates_of_steps(recipe) == pytest.approx(by_torch)


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"options": (Choice("warm_up", {"steps": 16}),)}, ["warm_up_never_ends"]),
        ({"options": (Choice("warm_up", {"epochs": 8}),)}, ["warm_up_never_ends"]),
        ({"options": (Choice("warm_up", {"steps": 15}),)}, []),
        ({"options": (Choice("warm_up", {"steps": 6}),),
          "phases": (Phase(4, Choice("constant")),)}, ["phase_too_early"]),
        ({"options": (Choice("warm_up", {"steps": 5}),),
          "phases": (Phase(4, Choice("constant")),)}, []),
        ({"options": BY_STEP, "schedule": Choice("OneCycleLR")}, ["options_exclude"]),
    ],
)  # fmt: skip
def test_a_warm_up_that_outlasts_what_follows_is_said(
    changes: dict[str, Any], codes: list[str]
) -> None:
    recipe = replace(RECIPE, epochs=8, **changes)
    assert [each.code for each in recipe_problems(recipe, INFERENCE, FACTS)] == codes


@pytest.mark.parametrize(
    ("schedule", "phases", "code"),
    [
        ("OneCycleLR", (Phase(2, Choice("constant")),), "not_in_phases"),
        ("constant", (Phase(2, Choice("ReduceLROnPlateau")),), "not_in_phases"),
        ("constant", (Phase(1, Choice("constant")),), "phase_too_early"),
        (
            "constant",
            (Phase(3, Choice("constant")), Phase(2, Choice("constant"))),
            "phase_too_early",
        ),
        ("constant", (Phase(9, Choice("constant")),), "phase_never_begins"),
        ("constant", (Phase(2, Choice("magic")),), "unknown_choice"),
    ],
)
def test_what_cannot_follow_is_said(schedule: str, phases: tuple[Phase, ...], code: str) -> None:
    recipe = replace(RECIPE, schedule=Choice(schedule), phases=phases, epochs=8)
    project = Project({MLP.id: MLP}, MLP.id, recipe=recipe)
    assert loads(dumps(project)).recipe == recipe
    (problem,) = recipe_problems(recipe, INFERENCE, FACTS)
    assert problem.code == code
    for fix in problem.fixes:
        assert recipe_problems(fix_project(project, MLP.id, fix).recipe, INFERENCE, FACTS) == ()


OF_TWO = classification(12, (4,), ("no", "yes"))
SCORE = network("Score", {
    "x": ("Input", {"shape": ("N", 4)}, ""),
    "fc": ("Linear", {"out_features": 1}, "x"),
    "y": ("Output", {}, "fc"),
})  # fmt: skip
TRIED_LOSSES = [(name, False) for name, kind in LOSSES.items() if kind.takes_target]
TRIED_LOSSES += [(name, True) for name, kind in LOSSES.items() if kind.weighs]
LAST: Mapping[str, str] = {"probabilities": "Sigmoid", "log-probabilities": "LogSoftmax"}


def loss_by_hand(name: str, output: Tensor, target: Tensor, weight: Tensor | None) -> Tensor:
    """Return a loss as torch has it, or as its paper does."""
    if name == "FocalLoss":
        found = output.softmax(dim=1)[torch.arange(len(target)), target]
        shares = torch.ones(len(target)) if weight is None else weight[target]
        return -(shares * (1 - found) ** 2 * found.log()).sum() / shares.sum()
    if name == "BinaryFocalLoss":
        yes, no = output.sigmoid(), 1 - output.sigmoid()
        each = -0.25 * no**2 * yes.log() * target - 0.75 * yes**2 * no.log() * (1 - target)
        return each.mean()
    kind = LOSSES[name]
    given = {kind.weighs: weight} if weight is not None else {}
    made: Tensor = getattr(nn, name)(**kind.torch_arguments({}), **given)(output, target)
    return made


@pytest.mark.parametrize(("name", "is_balanced"), TRIED_LOSSES)
def test_a_loss_is_that_of_torch(name: str, is_balanced: bool) -> None:
    kind = LOSSES[name]
    x, classes = numbers()
    classes = (classes == 0).long() * torch.arange(12).lt(11)  # the second is rare
    is_of_classes = kind.target is Target.CLASSES
    drawn = MLP if is_of_classes else SCORE
    if kind.expects in LAST:
        drawn = apply_fix(
            drawn, Fix("insert_layer", InsertBefore("input", LAST[kind.expects]), node="y")
        )
    target = classes
    facts = FACTS if is_of_classes else OF_TWO
    if not is_of_classes:
        target = classes.float()[:, None] * (2 if kind.target is Target.SIGNS else 1)
        target = target - 1 if kind.target is Target.SIGNS else target
    if kind.target is Target.REAL:
        facts, target = regression(12, (4,)), x[:, :1].abs()
    choice = Choice(name, {"balanced": True} if is_balanced else {})
    recipe = replace(RECIPE, epochs=1, objectives=(Objective("y", "target", choice),))
    assert problems(recipe, drawn, facts) == ()
    ran = run(recipe, drawn, facts, x, target)
    torch.manual_seed(recipe.seed)
    model = build_network(drawn).make()
    shuffling = torch.Generator().manual_seed(recipe.seed)
    index = torch.randperm(TRAINED, generator=shuffling)[:4]
    weight = None
    if is_balanced:
        seen = classes[:TRAINED].numpy()
        shares = compute_class_weight("balanced", classes=np.unique(seen), y=seen)
        weight = torch.tensor(shares, dtype=torch.float32)
        weight = torch.cat([weight, torch.ones(1)]) if is_of_classes else weight[1:] / weight[:1]
    expected = loss_by_hand(name, model(x[index]), target[index], weight)
    assert ran.losses[0] == pytest.approx(expected.item(), rel=1e-6)
