"""Edits of the networks of a project."""

from __future__ import annotations

from dataclasses import replace

from graph_model.editing.edits import apply_fix
from graph_model.editing.project_edits import (
    add_network,
    choose_data,
    choose_main,
    duplicate_network,
    fix_project,
    may_fix,
    remove_network,
)
from graph_model.files.project_format import dumps, loads
from graph_model.inference.infer import infer
from graph_model.network import Project, empty_project, used_network
from graph_model.problems import (
    AddOption,
    ChooseForPlayer,
    Fix,
    Rename,
    ReplaceKinds,
    SetDataArguments,
)
from graph_model.recipe import Choice, Player, Recipe
from tests.codegen.blocks import SAMPLES

RESNET = Project(SAMPLES["resnet18"], "main")


def test_a_network_is_added_under_a_free_name() -> None:
    project, id = add_network(empty_project("Generator"), "Generator")
    assert project.networks[id].name == "Generator 2"
    assert not project.networks[id].nodes
    assert project.main == "main"


def test_a_fix_of_the_data_changes_the_recipe_alone() -> None:
    recipe = Recipe(Choice("csv", {"path": "table.csv", "task": "regression"}), seed=5)
    project = replace(RESNET, recipe=recipe)
    fix = Fix("skip_rows", SetDataArguments({"missing": "skip"}))
    fixed = fix_project(project, "main", fix)
    arguments = {"path": "table.csv", "task": "regression", "missing": "skip"}
    assert fixed == replace(project, recipe=replace(recipe, data=Choice("csv", arguments)))
    assert loads(dumps(fixed)).recipe == fixed.recipe
    assert apply_fix(project.network, fix) is project.network


def test_a_fix_takes_an_option_into_the_recipe_in_place_of_its_kind() -> None:
    fix = Fix("add_option", AddOption("early_stopping", {"patience": 5}))
    fixed = fix_project(RESNET, "main", fix)
    assert fixed.recipe.options == (Choice("early_stopping", {"patience": 5}),)
    again = Fix("add_option", AddOption("early_stopping", {"patience": 9}))
    recipe = fix_project(fixed, "main", again).recipe
    assert recipe.options == (Choice("early_stopping", {"patience": 9}),)


def test_a_fix_gives_one_player_an_optimizer_of_its_own() -> None:
    recipe = replace(RESNET.recipe, players=(Player("real"), Player("fake", every=2)))
    fix = Fix("set_argument", ChooseForPlayer("fake", "SGD", {"lr": 0.1}))
    first, other = fix_project(replace(RESNET, recipe=recipe), "main", fix).recipe.players
    assert first == Player("real")
    assert other == Player("fake", optimizer=Choice("SGD", {"lr": 0.1}), every=2)


def test_a_fix_replaces_the_kinds_of_several_nodes() -> None:
    chosen = tuple(id for id, node in RESNET.network.nodes.items() if node.kind == "ReLU")
    fix = Fix("replace_kinds", ReplaceKinds(chosen, "GELU"), node=chosen[0])
    nodes = fix_project(RESNET, "main", fix).network.nodes
    assert {nodes[id].kind for id in chosen} == {"GELU"}
    assert not may_fix(RESNET, "main", replace(fix, change=ReplaceKinds(("gone",), "GELU")))


def test_a_fix_of_a_node_changes_its_network_alone() -> None:
    (entrance,) = infer(RESNET.network, blocks=RESNET.networks).of_kind("Input")
    fix = Fix("rename", Rename("picture"), node=entrance.id)
    fixed = fix_project(RESNET, "main", fix)
    assert fixed.network.nodes[entrance.id].name == "picture"
    assert replace(fixed, networks=RESNET.networks) == RESNET


def test_a_copy_computes_the_same_under_a_name_of_its_own() -> None:
    project, id = duplicate_network(RESNET, "main")
    copy = project.networks[id]
    assert copy.name == f"{RESNET.network.name} 2"
    assert infer(copy, blocks=project.networks).parameter_count == 11_689_512


def test_another_network_can_be_the_one_that_is_trained() -> None:
    project, id = add_network(RESNET, "Discriminator")
    assert choose_main(project, id).network.name == "Discriminator"


def test_where_the_main_network_is_removed_another_takes_its_place() -> None:
    project, id = add_network(RESNET, "Discriminator")
    left = remove_network(project, "main")
    assert left.main == id
    assert "main" not in left.networks
    assert remove_network(project, id).main == "main"


def test_the_last_network_stays() -> None:
    assert remove_network(RESNET, "main") is RESNET


def test_a_removed_block_is_missed_where_it_is_used() -> None:
    used = next(
        id for node in RESNET.network.nodes.values() if (id := used_network(node.kind)) is not None
    )
    left = remove_network(RESNET, used)
    problems = infer(left.network, blocks=left.networks).problems
    assert "unknown_block" in {problem.code for problem in problems}


def test_other_data_leave_nothing_of_what_was_said_of_the_former():
    recipe = Recipe(Choice("iris"), inputs={"x": "features"}, epochs=7)
    project = replace(empty_project(), recipe=recipe)
    data = Choice("csv", {"path": "table.csv"})
    assert choose_data(project, data).recipe == Recipe(data, epochs=7)
