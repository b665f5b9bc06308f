"""What is told of an output: usual for what it is, kept in files, checked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.data.reading import load
from graph_model.files.storage import dumps, loads
from graph_model.inference.infer import infer
from graph_model.network import Project
from graph_model.recipe import Choice, Objective, Recipe
from graph_model.recipes.check import recipe_problems
from graph_model.recipes.facts import ArrayFacts
from graph_model.recipes.metric_checks import metric_problems
from graph_model.recipes.metrics import (
    METRICS,
    classes_of,
    figure,
    metrics_of,
    suiting,
    variants,
    with_loss,
)
from graph_model.tensors import TensorSpec
from tests.codegen.training.cases import IMAGES

ACCURATE = Objective("logits", "target", Choice("CrossEntropyLoss"))


def telling(*metrics: Choice) -> Project:
    objective = replace(ACCURATE, metrics=metrics)
    recipe = Recipe(Choice("digits"), objectives=(objective,))
    return Project({IMAGES.id: IMAGES}, IMAGES.id, recipe=recipe)


@pytest.mark.parametrize(
    ("loss", "shape", "names"),
    [
        ("CrossEntropyLoss", ("N", 10), ["accuracy"]),
        ("CrossEntropyLoss", ("N", 10, "T"), ["accuracy", "perplexity"]),
        ("CrossEntropyLoss", ("N", 10, 8, 8), ["accuracy", "iou"]),
        ("BCEWithLogitsLoss", ("N", 1), ["accuracy"]),
        ("BCELoss", ("N", 1, 8, 8), ["accuracy", "iou"]),
        ("MSELoss", ("N", 3), ["r2", "mae"]),
        ("Output", (), []),
    ],
)
def test_what_is_usual_follows_from_what_it_is(
    loss: str, shape: tuple[int | str, ...], names: list[str]
) -> None:
    objective = replace(ACCURATE, loss=Choice(loss))
    found = metrics_of(objective, TensorSpec(shape))
    assert [figure(each) for each in found] == names
    assert {each.kind for each in found} <= suiting(objective).keys()


def test_no_figure_is_told_twice() -> None:
    twice = (Choice("f1"), Choice("f1", {"average": "macro"}), Choice("f1", {"average": "micro"}))
    found = metrics_of(replace(ACCURATE, metrics=twice), None)
    assert [figure(each) for each in found] == ["f1", "f1_micro"]


def test_metrics_survive_a_file_and_leave_one_without_them_as_it_was() -> None:
    metrics = (Choice("top", {"k": 3}), Choice("f1", {"average": "per class"}))
    assert loads(dumps(telling(*metrics))).recipe.objectives[0].metrics == metrics
    assert "metrics" not in dumps(telling())
    assert loads(dumps(telling())).recipe.objectives[0].metrics == ()


@pytest.mark.parametrize(
    ("metric", "code"),
    [
        (Choice("magic"), "unknown_choice"),
        (Choice("top", {"k": 0}), "below_minimum"),
        (Choice("top", {"k": 11}), "metric_of_fewer"),
        (Choice("rmse"), "metric_unsuited"),
    ],
)
def test_what_cannot_be_is_said(metric: Choice, code: str) -> None:
    project = telling(metric)
    (problem,) = recipe_problems(project.recipe, infer(IMAGES), load(Choice("digits")).facts)
    assert (problem.code, problem.is_error, problem.node) == (code, True, "logits")


def test_metrics_of_many_classes_and_many_scores() -> None:
    array, spec = ArrayFacts("target", (), "int64", 5000), TensorSpec(("N", 5000))
    told = replace(ACCURATE, metrics=(Choice("confusion"), Choice("roc_auc"), Choice("f1")))
    few = list(metric_problems(told, array, spec, 1000))
    assert [each.code for each in few] == ["metric_of_many"]
    many = list(metric_problems(told, array, spec, 200_000))
    assert [(each.code, each.is_error) for each in many] == [
        ("metric_of_many", True),
        ("metric_of_all_scores", False),
    ]
    assert many[1].values["size"] == f"{200_000 * 5000 * 4 / 2**30:.1f}"


def test_another_loss_leaves_only_the_metrics_that_suit_it() -> None:
    told = replace(ACCURATE, metrics=(Choice("f1"), Choice("perplexity")))
    assert with_loss(told, Choice("BCELoss")).metrics == (Choice("f1"),)
    assert with_loss(told, Choice("MSELoss")).metrics == ()


def test_what_is_offered_follows_from_the_classes() -> None:
    binary = replace(ACCURATE, loss=Choice("BCELoss"))
    assert classes_of(ACCURATE, TensorSpec(("N", 7)), 7) == 7
    assert classes_of(binary, TensorSpec(("N", 1)), 2) == 1
    assert classes_of(binary, TensorSpec(("N", 4)), 0) == 4
    assert classes_of(binary, TensorSpec(("N", 8, 8)), 0) == 1
    assert [figure(each) for each in variants(METRICS["f1"], 1, ())] == ["f1"]
    assert len(variants(METRICS["f1"], 4, ())) == 3
    chosen = (Choice("top", {"k": 4}), Choice("f1"))
    assert [figure(each) for each in variants(METRICS["top"], 5, chosen)] == [
        "top_2",
        "top_3",
        "top_4",
    ]
