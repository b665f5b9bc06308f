"""What a recipe adds: kept in files, checked, and each written in the script."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.data.reading import load
from codegen.training.options import FORMS
from codegen.training.plan import plan
from codegen.training.script import script
from graph_model.editing.block_edits import make_block
from graph_model.files.storage import dumps, loads
from graph_model.inference.infer import infer
from graph_model.network import Network, Project
from graph_model.problems import Problem, SetOptionArguments
from graph_model.recipe import Choice, Objective, Recipe
from graph_model.recipes.binding import Binding, bind
from graph_model.recipes.check import recipe_problems
from graph_model.recipes.option_checks import network_problems
from graph_model.recipes.options import OPTIONS, PARTING
from tests.codegen.samples import network
from tests.codegen.training.cases import IMAGES

DIGITS = Recipe(Choice("digits"))
ARGUMENTS = {
    "best_by": {"figure": "accuracy"},
    "layer_rates": {"factors": ("conv", 0.1)},
    "layer_weight_decays": {"factors": ("conv", 0.1)},
    "thaw": {"epochs": ("conv", 2)},
    "checkpoint": {"layers": ("conv",)},
}


def text(recipe: Recipe) -> str:
    inference = infer(IMAGES)
    return script(plan(inference, recipe, bind(recipe, inference, load(recipe.data).facts)))


def test_every_option_is_written() -> None:
    assert FORMS.keys() == OPTIONS.keys()


@pytest.mark.parametrize("kind", OPTIONS)
def test_an_option_changes_the_script_and_no_more_than_that(kind: str) -> None:
    option = Choice(kind, ARGUMENTS.get(kind, {}))
    recipe = replace(DIGITS, schedule=Choice("ExponentialLR"))  # or "by_step" had nothing to move
    plain, with_option = text(recipe), text(replace(recipe, options=(option,)))
    assert with_option != plain
    compile(with_option, "train.py", "exec")
    most = {"distributed": 55, "checkpoint": 40, "swa": 30}.get(kind, 24 if kind in PARTING else 14)
    assert len(with_option.splitlines()) < len(plain.splitlines()) + most


def test_options_survive_a_file() -> None:
    options = (Choice("clip_grad_norm", {"max_norm": 2.0}), Choice("compile"))
    project = Project({IMAGES.id: IMAGES}, IMAGES.id, recipe=replace(DIGITS, options=options))
    assert loads(dumps(project)).recipe.options == options


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ((Choice("ema"), Choice("swa")), "options_exclude"),
        ((Choice("ema"), Choice("ema")), "options_exclude"),
        ((Choice("magic"),), "unknown_choice"),
        ((Choice("clip_grad_norm", {"max_norm": -1.0}),), "not_above"),
    ],
)
def test_what_cannot_be_is_said(options: tuple[Choice, ...], code: str) -> None:
    recipe = replace(DIGITS, options=options)
    (problem,) = recipe_problems(recipe, infer(IMAGES), load(recipe.data).facts)
    assert (problem.code, problem.is_error) == (code, True)
    assert problem.parameter.startswith("options")


def test_a_loss_that_a_gpu_refuses_in_16_bits_is_said() -> None:
    """As torch does of CUDA: "binary_cross_entropy and BCELoss are unsafe to autocast"."""
    lines = {
        "x": ("Input", {"shape": ("N", 4)}, ""), "fc": ("Linear", {"out_features": 1}, "x"),
        "yes": ("Sigmoid", {}, "fc"), "y": ("Output", {}, "yes"),
    }  # fmt: skip
    drawn = {**lines, "t": ("Input", {"shape": ("N", 1)}, ""), "loss": ("BCELoss", {}, "yes t")}
    drawn["y"] = ("Output", {}, "loss")

    def said(network: Network, loss: str, **blocks: Network) -> bool:
        inference = infer(network, blocks=blocks)
        recipe = Recipe(options=(Choice("autocast"),))
        binding = Binding((), (Objective("y", "target", Choice(loss)),))
        problems = network_problems(recipe, inference, binding)
        return "loss_of_whole_precision" in [each.code for each in problems]

    assert said(network("P", lines), "BCELoss")
    assert not said(network("P", lines), "MSELoss")
    assert said(network("D", drawn), "Output")
    within, _ = make_block(Project({"main": network("D", drawn)}, "main"), "main", ["loss"], "B")
    assert said(within.network, "Output", **within.networks)


def test_an_average_that_never_leaves_the_beginning_is_told() -> None:
    def told(decay: float, epochs: int) -> list[Problem]:
        options = (Choice("ema", {"decay": decay}),)
        recipe = replace(DIGITS, epochs=epochs, batch_size=126, options=options)  # ten steps
        found = recipe_problems(recipe, infer(IMAGES), load(recipe.data).facts)
        return [each for each in found if each.code == "average_of_the_beginning"]

    (problem,) = told(0.99, 10)
    (fix,) = problem.fixes
    assert isinstance(fix.change, SetOptionArguments)
    assert told(fix.change.arguments["decay"], 10) == []
    assert told(0.99, 20) == []
