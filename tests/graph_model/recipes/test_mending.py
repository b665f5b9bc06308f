"""Fixes with which an output takes the shape of its target: steps, pixels, sizes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from graph_model.editing.edits import apply_fix
from graph_model.inference.infer import infer
from graph_model.recipe import Choice, Objective, Recipe
from graph_model.recipes.check import recipe_problems
from graph_model.recipes.facts import ArrayFacts, classification, regression
from graph_model.values import Arguments
from tests.app.training.networks import chain
from tests.graph_model.recipes.test_recipe import problems
from tools.mistakes import drawn

WINDOWS = classification(100, (24, 2), ("up", "down"))
LAST, MEAN = "Take the last step before linear1", "Take the mean over the steps before linear1"


@pytest.mark.parametrize(
    ("layers", "fixes"),
    [
        ([("LSTM", {}), ("Linear", {"out_features": 2})], [LAST, MEAN]),
        ([("GRU", {}), ("ReLU", {}), ("Linear", {"out_features": 5})],
            [LAST.replace("linear", "relu"), MEAN.replace("linear", "relu")]),
        ([("Linear", {"out_features": 8}), ("TransformerEncoderLayer", {"nhead": 2}),
            ("Linear", {"out_features": 2})], [MEAN.replace("1", "2")]),
        ([("Transpose", {"dim0": 1, "dim1": 2}), ("Conv1d", {"out_channels": 2})],
            ["Insert a mean over all pixels before it"]),
        ([("LSTM", {}), ("Flip", {"dims": (1,)}), ("Linear", {"out_features": 2})], []),
    ],
    ids=lambda each: " ".join(str(part[0]) for part in each),
)  # fmt: skip
def test_an_answer_for_each_step_becomes_one_for_the_sample(
    layers: list[tuple[str, Arguments]], fixes: list[str]
) -> None:
    network = chain(("Input", {"shape": ("N", 24, 2)}), *layers, ("Output", {}))
    (problem,) = recipe_problems(Recipe(), infer(network), WINDOWS)
    assert problem.code == "output_shape"
    assert [fix.message for fix in problem.fixes] == fixes
    for fix in problem.fixes:
        left = recipe_problems(Recipe(), infer(apply_fix(network, fix)), WINDOWS)
        assert [each.message for each in left if "×24" in each.message] == []
        for more in left:  # the number of classes is another mistake
            assert not problems(
                Recipe(), apply_fix(apply_fix(network, fix), more.fixes[0]), WINDOWS
            )


def test_nothing_is_offered_that_does_not_help() -> None:
    shape = ("N", 24, 2)
    twice = drawn(
        ("x", "Input", {"shape": shape}),
        ("lstm", "LSTM", {}),
        ("sum", "Add", {}, "lstm lstm"),
        ("y", "Output", {}),
    )
    once = chain(("Input", {"shape": shape}), ("LSTM", {}), ("Output", {}))
    cubes = regression(60, (24, 2))
    cubes = replace(cubes, arrays={**cubes.arrays, "target": ArrayFacts("target", (3, 3, 3))})
    for network in (twice, once):
        (problem,) = recipe_problems(Recipe(), infer(network), cubes)
        assert (problem.code, problem.fixes) == ("output_shape", ())


def test_the_last_step_is_that_of_steps_which_come_first() -> None:
    network = chain(
        ("Input", {"shape": ("N", 24, 2)}),
        ("Transpose", {"dim0": 0, "dim1": 1}),
        ("LSTM", {"batch_first": False}),
        ("Linear", {"out_features": 2}),
        ("Output", {}),
    )
    (problem,) = recipe_problems(Recipe(), infer(network), WINDOWS)
    for fix in problem.fixes:
        assert not problems(Recipe(), apply_fix(network, fix), WINDOWS)


SMALL = {"kernel_size": 3, "stride": 2, "padding": 1}


@pytest.mark.parametrize(
    ("ups", "fix"),
    [
        ([SMALL, SMALL], "Set output_padding to 1 in up1, up2"),
        ([{**SMALL, "output_padding": 1}, SMALL], "Set output_padding of up2 to 1"),
        ([{**SMALL, "stride": 1}, SMALL], ""),
    ],
)
def test_pictures_grow_back_to_the_size_they_had(ups: list[Arguments], fix: str) -> None:
    downs = [("Conv2d", {**SMALL, "out_channels": 8})] * 2
    up = [("ConvTranspose2d", {"out_channels": 1, **each}) for each in ups]
    network = chain(("Input", {"shape": ("N", 1, 28, 28)}), *downs, *up, ("Output", {}))
    output = next(node.id for node in network.nodes.values() if node.kind == "Output")
    recipe = Recipe(objectives=(Objective(output, "features", Choice("MSELoss")),))
    pictures = regression(60, (1, 28, 28))
    (problem,) = recipe_problems(recipe, infer(network), pictures)
    assert [each.message for each in problem.fixes] == ([fix] if fix else [])
    for each in problem.fixes:
        assert not problems(recipe, apply_fix(network, each), pictures)
