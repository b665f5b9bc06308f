"""Which epoch is the best: by the loss of validation, or the figure that a recipe names."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Literal

import pytest
import torch
from torch import nn

from graph_model.editing.project_edits import fix_project
from graph_model.network import Project
from graph_model.recipe import Choice, Objective
from graph_model.recipes.check import recipe_problems
from graph_model.recipes.judging import figures
from tests.codegen.training.test_options import FACTS, INFERENCE, MLP, RECIPE, numbers
from tests.codegen.training.tiny import TRAINED, VALIDATED, begun, run


@pytest.mark.parametrize("figure", ["loss", "accuracy", "calibration_error"])
def test_the_best_epoch_is_that_of_the_figure(figure: str) -> None:
    chosen = (Choice("best_by", {"figure": figure}), Choice("early_stopping", {"patience": 3}))
    metrics = (Choice("accuracy"), Choice("calibration_error"))
    objective = Objective("y", "target", Choice("CrossEntropyLoss"), metrics=metrics)
    recipe = replace(
        RECIPE, options=chosen, objectives=(objective,), epochs=30, seed=5,
        optimizer=Choice("SGD", {"lr": 0.5}),
    )  # fmt: skip
    ran = run(recipe, MLP, FACTS, *numbers())
    told = [each["validation"][figure] for each in ran.ends]
    best = told.index(max(told) if figure == "accuracy" else min(told)) + 1
    assert ran.finished["best_epoch"] == best
    assert len(told) == best + 3 < 30
    assert ran.finished["validation"][figure] == told[best - 1]


def test_the_newest_epoch_counts_while_the_deciding_figure_is_no_number() -> None:
    chosen = (Choice("best_by", {"figure": "roc_auc"}), Choice("early_stopping", {"patience": 1}))
    objective = Objective("y", "target", Choice("CrossEntropyLoss"), metrics=(Choice("roc_auc"),))
    recipe = replace(RECIPE, options=chosen, objectives=(objective,), epochs=4)
    features, _ = numbers()
    target = torch.arange(TRAINED + VALIDATED) % 3
    target[TRAINED:] = 1  # of one class there is no area
    ran = run(recipe, MLP, FACTS, features, target)
    assert all(math.isnan(each["validation"]["roc_auc"]) for each in ran.ends)
    assert [each["is_best"] for each in ran.ends] == [True] * 4
    assert ran.finished["best_epoch"] == 4
    training = begun(recipe, MLP, FACTS, features, target).training
    training.best_epoch, training.best_figures = 1, {"roc_auc": 0.25}  # as if a number came first
    for _ in training.train_epoch():
        pass
    (end,) = [each for each in training.end_epoch() if each]
    assert not end["is_best"]


@pytest.mark.parametrize(("figure", "mode"), [("accuracy", "max"), ("calibration_error", "min")])
def test_the_rate_falls_when_the_deciding_figure_no_longer_gets_better(
    figure: str, mode: Literal["min", "max"]
) -> None:
    metrics = (Choice("accuracy"), Choice("calibration_error"))
    recipe = replace(
        RECIPE, options=(Choice("best_by", {"figure": figure}),), epochs=12,
        schedule=Choice("ReduceLROnPlateau", {"patience": 1, "factor": 0.5}),
        optimizer=Choice("Adam", {"lr": 0.02}),
        objectives=(Objective("y", "target", Choice("CrossEntropyLoss"), metrics=metrics),),
    )  # fmt: skip
    features, _ = numbers()
    ran = run(recipe, MLP, FACTS, features, features[:, :3].argmax(dim=1))
    told = [each["validation"][figure] for each in ran.ends]
    assert ran.rates == _on_plateau(told, mode)
    assert ran.rates != _on_plateau(told, "min" if mode == "max" else "max")
    assert ran.rates != _on_plateau([each["validation"]["loss"] for each in ran.ends], "min")


def _on_plateau(figures: list[float], mode: Literal["min", "max"]) -> list[float]:
    """Return the rates of epochs of such figures by torch's own schedule."""
    optimizer = torch.optim.Adam([nn.Parameter(torch.ones(1))], lr=0.02)
    schedule = torch.optim.lr_scheduler.ReduceLROnPlateau(optimizer, mode, factor=0.5, patience=1)
    found = []
    for each in figures:
        found.append(optimizer.param_groups[0]["lr"])
        schedule.step(each)
    return found


def test_a_figure_that_is_not_told_cannot_decide() -> None:
    recipe = replace(RECIPE, options=(Choice("best_by", {"figure": "y.accuracy"}),))
    (problem,) = recipe_problems(recipe, INFERENCE, FACTS)
    assert problem.code == "unknown_figure"
    project = Project({MLP.id: MLP}, MLP.id, recipe=recipe)
    mended = fix_project(project, MLP.id, problem.fixes[0]).recipe
    assert mended.options == (Choice("best_by", {"figure": "accuracy"}),)
    per_class = Choice("f1", {"average": "per class"})
    objective = Objective("y", "target", Choice("CrossEntropyLoss"), metrics=(per_class,))
    assert [*figures((objective,), INFERENCE)] == ["loss"]
