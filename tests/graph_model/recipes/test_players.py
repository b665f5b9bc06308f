"""Who trains what: by default, by choice, and what is wrong with it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from graph_model.editing.project_edits import fix_project
from graph_model.files.project_format import dumps, loads
from graph_model.inference.infer import infer
from graph_model.network import Project, freeze
from graph_model.phrases import Title
from graph_model.problems import LeaveOutOption, Problem, SetOptionArguments
from graph_model.recipe import Choice, Objective, Player, Recipe
from graph_model.recipes.check import recipe_problems
from graph_model.recipes.players import turns, with_own_optimizers
from graph_model.recipes.sources import SOURCES
from tests.codegen.training.by_hand import CASES, DISTILLED, GAN, TASKS

MOONS = Recipe(Choice("moons"))
CRITIC, GENERATOR = ("d1", "d2"), ("g1", "g2")


def found(recipe: Recipe, network=GAN) -> tuple[Problem, ...]:
    kind = SOURCES[recipe.data.kind]
    assert kind.facts is not None
    return recipe_problems(recipe, infer(network), kind.facts(kind.complete(recipe.data.arguments)))


def codes(recipe: Recipe, network=GAN) -> list[str]:
    return [each.code for each in found(recipe, network)]


def trained(recipe: Recipe, network=GAN) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    return [(each.outputs, each.trains) for each in turns(recipe, infer(network))]


def test_without_players_one_optimizer_trains_all() -> None:
    assert trained(MOONS) == []
    assert codes(MOONS) == []


def test_a_player_trains_what_its_gradient_reaches() -> None:
    both = replace(MOONS, players=(Player("critic"), Player("generator")))
    assert trained(both) == [
        (("critic",), CRITIC),
        (("generator",), (*GENERATOR, *CRITIC)),
    ]


def test_what_no_player_trains_for_comes_last_and_trains_the_rest() -> None:
    assert trained(replace(MOONS, players=(Player("critic"),))) == [
        (("critic",), CRITIC),
        (("generator",), GENERATOR),
    ]


def test_each_block_goes_to_the_loss_that_reaches_fewest() -> None:
    own = with_own_optimizers(MOONS, infer(GAN))
    assert own.players == (Player("critic", CRITIC), Player("generator", GENERATOR))
    assert codes(own) == []
    teacher = with_own_optimizers(CASES["distilled"][1], infer(DISTILLED))
    assert {each.output: each.trains for each in teacher.players}["teacher"] == ("big", "top")


def test_what_two_train_is_told_and_mended() -> None:
    both = replace(MOONS, players=(Player("critic"), Player("generator")))
    (problem,) = found(both)
    assert problem.code == "trained_twice"
    assert problem.values == {"nodes": "d1, d2", "output": "critic", "other": "generator"}
    (fix,) = problem.fixes
    project = fix_project(Project({"main": GAN}, "main", recipe=both), "main", fix)
    assert project.recipe.players[1].trains == GENERATOR
    assert codes(project.recipe) == []


@pytest.mark.parametrize(
    ("players", "code"),
    [
        ((Player("critic", ("g1",)),), "player_does_not_reach"),
        ((Player("critic", ("d1", "d2", "g1")),), "player_does_not_reach"),
        ((Player("critic", ("t1",)),), "player_trains_nothing"),
        ((Player("critic"), Player("generator", ("g1",))), "trained_by_nobody"),
        ((Player("generator", GENERATOR, every=0),), "player_never"),
        ((Player("critic", ("d1",)), Player("critic", ("d2",))), "player_twice"),
        ((Player("critic", optimizer=Choice("SGD", {"nesterov": True})),), "nesterov_alone"),
        ((Player("critic", optimizer=Choice("Magic")),), "unknown_choice"),
        ((Player("critic", optimizer=Choice("LBFGS")),), "optimizer_of_one_player"),
        ((Player("critic", optimizer=Choice("Adam", {"lr": -1.0})),), "below_minimum"),
    ],
)
def test_what_cannot_be_is_told(players: tuple[Player, ...], code: str) -> None:
    assert code in codes(replace(MOONS, players=players))


def test_what_is_held_against_data_takes_each_step() -> None:
    recipe = CASES["tasks"][1]
    rare = Player("species", ("trunk", "kind"), every=2)
    assert codes(replace(recipe, players=(*recipe.players, rare)), TASKS) == ["player_rarely"]


@pytest.mark.parametrize("option", ["accumulate", "early_stopping", "compile"])
def test_what_several_players_cannot_have_is_told(option: str) -> None:
    recipe = with_own_optimizers(replace(MOONS, options=(Choice(option),)), infer(GAN))
    (problem,) = found(recipe)
    assert problem.code == "option_of_one_player"
    assert isinstance(problem.values["option"], Title), "it is translated as in the menus"
    (fix,) = problem.fixes
    assert fix.change == LeaveOutOption(option)
    assert codes(replace(recipe, players=())) == []


def test_no_loss_of_several_players_is_scaled() -> None:
    half = Choice("autocast", {"dtype": "float16"})
    recipe = with_own_optimizers(replace(MOONS, options=(half,)), infer(GAN))
    (problem,) = found(recipe)
    assert problem.code == "option_of_one_player"
    first, second = problem.fixes
    assert first.change == SetOptionArguments("autocast", {"dtype": "bfloat16"})
    assert second.change == LeaveOutOption("autocast")
    assert codes(replace(recipe, options=(Choice("autocast"),))) == []


def test_players_of_what_is_gone_or_not_trained_are_left_out() -> None:
    gone = Player("nowhere", ("d1",))
    assert trained(replace(MOONS, players=(gone,))) == []
    idle = (Objective("generator", "target", Choice("Output"), 0.0),)
    alone = replace(MOONS, objectives=idle, players=(Player("critic"), Player("generator")))
    assert trained(alone) == [(("critic",), CRITIC)]


def test_what_is_frozen_is_trained_by_nobody() -> None:
    network = freeze(freeze(GAN, "d1", frozen=True), "d2", frozen=True)
    assert trained(replace(MOONS, players=(Player("generator"),)), network)[0][1] == GENERATOR


def test_players_are_kept_in_the_project_file() -> None:
    players = (
        Player("critic", CRITIC, Choice("SGD", {"lr": 0.1})),
        Player("generator", every=5),
    )
    project = Project({"main": GAN}, "main", recipe=replace(MOONS, players=players))
    assert loads(dumps(project)).recipe == project.recipe
    assert "players" not in dumps(replace(project, recipe=MOONS))
