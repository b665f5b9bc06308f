"""What recipes are told about the tables they train on, and the fixes for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from graph_model.editing.project_edits import fix_project
from graph_model.inference.infer import infer
from graph_model.problems import Problem
from graph_model.recipe import Choice, Objective, Recipe
from graph_model.recipes.check import recipe_problems
from tests.app.data.reading import facts_of
from tests.app.training.networks import mlp, project


def problems(network: object, recipe: Recipe) -> dict[str, Problem]:
    found = recipe_problems(recipe, infer(network), facts_of(recipe.data))  # type: ignore[arg-type]
    return {each.code: each for each in found}


def table(csv: Callable[[str], str], last: list[int]) -> str:
    a, b = np.random.default_rng(0).normal(size=(2, len(last))).round(3)
    lines = [f"{x},{z},{y}" for x, z, y in zip(a, b, last, strict=True)]
    return csv("\n".join(["a,b,y", *lines]))


def test_uneven_classes_are_told_with_a_fix_that_weighs_them(csv: Callable[[str], str]) -> None:
    network = mlp(2, 4, 2)
    recipe = Recipe(Choice("csv", {"path": table(csv, [0] * 95 + [1] * 5)}))
    (fix,) = problems(network, recipe)["table_classes_uneven"].fixes
    mended = fix_project(project(network, recipe), "main", fix).recipe
    assert mended.objectives[0].loss == Choice("CrossEntropyLoss", {"balanced": True})
    assert "table_classes_uneven" not in problems(network, mended)
    even = Recipe(Choice("csv", {"path": table(csv, [0, 1] * 50)}))
    assert "table_classes_uneven" not in problems(network, even)


def test_a_feature_that_is_a_target_is_told_with_a_fix(csv: Callable[[str], str]) -> None:
    network = mlp(2, 4, 1)
    recipe = Recipe(Choice("csv", {"path": table(csv, list(range(50)))}))
    output = next(node.id for node in network.nodes.values() if node.kind == "Output")
    leaking = replace(recipe, objectives=(Objective(output, "b", Choice("MSELoss")),))
    (fix,) = problems(network, leaking)["table_input_is_target"].fixes
    mended = fix_project(project(network, leaking), "main", fix).recipe
    assert mended.data.arguments["roles"] == ("b", "target")
    entrance = next(node.id for node in network.nodes.values() if node.kind == "Input")
    direct = replace(recipe, inputs={entrance: "target"})
    one = mlp(1, 4, 1)
    entrance = next(node.id for node in one.nodes.values() if node.kind == "Input")
    assert "table_input_is_target" in problems(one, replace(direct, inputs={entrance: "target"}))
    assert "table_input_is_target" not in problems(network, recipe)


def test_a_table_with_nothing_to_learn_from_is_no_reason_to_change_a_network(
    csv: Callable[[str], str],
) -> None:
    path = csv("\n".join(["file,label", *(f"{n}.png,{'ab'[n % 2]}" for n in range(20))]))
    found = problems(mlp(2, 4, 2), Recipe(Choice("csv", {"path": path})))
    assert set(found) == {"table_no_features"}
    assert found["table_no_features"].is_error
