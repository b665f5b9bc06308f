"""Settings by name: each changes what it names and nothing else, and says what it cannot."""

from __future__ import annotations

from dataclasses import replace

import pytest

from graph_model.network import Node, Project, add_nodes
from graph_model.problems import Refusal
from graph_model.recipe import Choice, Objective, Phase, Player, Recipe
from graph_model.recipes.settings import with_setting
from tests.codegen.samples import network

PROJECT = Project(
    {
        "main": network("Net", {
            "x": ("Input", {"shape": ("N", 4)}, ""),
            "first": ("Linear", {"out_features": 8}, "x"),
            "drop": ("Dropout", {}, "first"),
            "y": ("Output", {}, "drop"),
        }),
    },
    "main",
    recipe=Recipe(optimizer=Choice("SGD", {"lr": 0.1, "momentum": 0.9})),
)  # fmt: skip


USUAL = Objective("y", "target", Choice("MSELoss"))


@pytest.mark.parametrize(
    ("name", "text", "changed"),
    [
        ("epochs", "3", {"epochs": 3}),
        ("validation_fraction", "0.2", {"validation_fraction": 0.2}),
        ("lr", "1e-3", {"optimizer": Choice("SGD", {"lr": 0.001, "momentum": 0.9})}),
        ("optimizer.nesterov", "on", {
            "optimizer": Choice("SGD", {"lr": 0.1, "momentum": 0.9, "nesterov": True})
        }),
        ("optimizer", "Adam", {"optimizer": Choice("Adam", {"lr": 0.1})}),
        ("optimizer", "SGD momentum=0.5 nesterov=on", {
            "optimizer": Choice("SGD", {"lr": 0.1, "momentum": 0.5, "nesterov": True})
        }),
        ("schedule", "StepLR", {"schedule": Choice("StepLR")}),
        ("data", "iris", {"data": Choice("iris")}),
        ("l2_penalty", "with", {"options": (Choice("l2_penalty"),)}),
        ("l2_penalty", "without", {}),
        ("clip_grad_norm.max_norm", "2", {"options": (Choice("clip_grad_norm", {"max_norm": 2}),)}),
        ("best_by.figure", "accuracy", {"options": (Choice("best_by", {"figure": "accuracy"}),)}),
        ("thaw.first", "3", {"options": (Choice("thaw", {"epochs": ("first", 3)}),)}),
        ("thaw.in_eval", "off", {"options": (Choice("thaw", {"in_eval": False}),)}),
        ("checkpoint.first", "with", {"options": (Choice("checkpoint", {"layers": ("first",)}),)}),
        ("checkpoint.first", "without", {}),
        ("layer_rates.first", "0.1", {
            "options": (Choice("layer_rates", {"factors": ("first", 0.1)}),)
        }),
        ("transforms.noise", "with", {"transforms": (Choice("noise"),)}),
        ("transforms.noise", "without", {}),
        ("transforms.noise.deviation", "0.2", {
            "transforms": (Choice("noise", {"deviation": 0.2}),)
        }),
        ("inputs.x", "other", {"inputs": {"x": "other"}}),
        ("loss", "L1Loss", {"objectives": (Objective("y", "target", Choice("L1Loss")),)}),
        ("y.weight", "2", {"objectives": (replace(USUAL, weight=2),)}),
        ("y.target", "other", {"objectives": (replace(USUAL, target="other"),)}),
        ("players.y", "with", {"players": (Player("y"),)}),
        ("players.y", "without", {}),
        ("players.y.every", "3", {"players": (Player("y", every=3),)}),
        ("players.y.lr", "0.5", {
            "players": (Player("y", optimizer=Choice("SGD", {"lr": 0.5, "momentum": 0.9})),)
        }),
        ("players.y.optimizer", "Adam", {
            "players": (Player("y", optimizer=Choice("Adam", {"lr": 0.1})),)
        }),
    ],
)  # fmt: skip
def test_a_setting_of_the_recipe(name: str, text: str, changed: dict[str, object]) -> None:
    found = with_setting(PROJECT, name, text, (USUAL,))
    assert found.recipe == replace(PROJECT.recipe, **changed)  # type: ignore[arg-type]
    assert found.networks == PROJECT.networks


def test_arguments_of_nodes_and_nodes_themselves() -> None:
    nodes = with_setting(PROJECT, "first.out_features", "16").network.nodes
    (first,) = (each for each in nodes.values() if each.name == "first")
    assert first.arguments["out_features"] == 16
    assert with_setting(PROJECT, "drop", "with") == PROJECT
    bare = with_setting(PROJECT, "drop", "without").network
    assert [each.name for each in bare.nodes.values()] == ["x", "first", "y"]
    assert len(bare.edges) == 2
    repeated = with_setting(PROJECT, "first.repeat", "3").network.nodes
    assert [each.repeat for each in repeated.values() if each.name == "first"] == [3]


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("epochs", "many", "wrong_type"),
        ("epochs", "0", "below_minimum"),
        ("learning", "1", "unknown_setting"),
        ("optimizer", "Adamant", "not_a_choice"),
        ("optimizer.gamma", "1", "unknown_setting"),
        ("first.kernel_size", "1", "unknown_setting"),
        ("first.out_features", "wide", "wrong_type"),
        ("drop", "maybe", "not_a_choice"),
        ("ema", "maybe", "not_a_choice"),
        ("transforms.tint", "with", "unknown_setting"),
        ("transforms.noise", "maybe", "not_a_choice"),
        ("transforms.noise.deviation", "loud", "wrong_type"),
        ("loss", "Loss", "not_a_choice"),
        ("loss.gamma", "1", "unknown_setting"),
        ("y.weight", "-1", "below_minimum"),
        ("y.weight.more", "1", "unknown_setting"),
        ("inputs.z", "features", "unknown_setting"),
        ("players.z", "with", "unknown_setting"),
        ("players.y.trains", "first", "unknown_setting"),
        ("players.y.every", "0", "below_minimum"),
        ("phases.1.start", "3", "unknown_setting"),
        ("thaw.nobody", "3", "unknown_setting"),
        ("thaw.first.weight", "3", "unknown_setting"),
        ("thaw.first", "0", "below_minimum"),
        ("thaw.first", "late", "wrong_type"),
        ("checkpoint.first", "maybe", "not_a_choice"),
    ],
)
def test_what_cannot_be_set_is_said(name: str, text: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        with_setting(PROJECT, name, text)
    assert refused.value.problem.code == code


def test_what_a_recipe_has_already_changes_in_its_place() -> None:
    crop, noise = Choice("crop", {"padding": 2}), Choice("noise")
    phases = (Phase(3, Choice("StepLR")), Phase(6, Choice("constant")))
    focal = Objective("y", "target", Choice("FocalLoss", {"gamma": 1.0}), 0.5)
    players = (Player("other"), Player("y", ("first",)))
    recipe = replace(
        PROJECT.recipe, transforms=(crop, noise), phases=phases, objectives=(focal,),
        players=players, options=(Choice("thaw", {"epochs": ("drop", 2, "first", 4)}),),
    )  # fmt: skip
    project = replace(PROJECT, recipe=recipe)

    def found(name: str, text: str) -> Recipe:
        return with_setting(project, name, text).recipe

    assert found("transforms.crop.padding", "4").transforms == (
        Choice("crop", {"padding": 4}), noise)  # fmt: skip
    assert found("transforms.crop", "without").transforms == (noise,)
    assert found("phases.2.start", "8").phases == (phases[0], replace(phases[1], start=8))
    assert found("phases.1.schedule.step_size", "2").phases[0].schedule.arguments == {
        "step_size": 2
    }
    assert found("phases.1.schedule", "CosineAnnealingLR").phases[0].schedule.kind != "StepLR"
    assert found("loss.gamma", "3").objectives[0].loss.arguments == {"gamma": 3}
    assert found("loss", "CrossEntropyLoss").objectives == (
        replace(focal, loss=Choice("CrossEntropyLoss")),)  # fmt: skip
    assert found("players.y.every", "2").players == (players[0], replace(players[1], every=2))
    assert found("players.y", "without").players == players[:1]
    assert found("thaw.first", "9").options[0].arguments["epochs"] == ("drop", 2, "first", 9)
    assert found("thaw.first", "without").options[0].arguments["epochs"] == ("drop", 2)


def test_of_several_outputs_one_is_named() -> None:
    drawn = network("Two", {
        "x": ("Input", {"shape": ("N", 4)}, ""),
        "fc": ("Linear", {"out_features": 3}, "x"),
        "a": ("Output", {}, "fc"),
        "loss": ("Output", {}, "fc"),
    })  # fmt: skip
    project = Project({"main": drawn}, "main")
    usual = tuple(Objective(each, "target", Choice("CrossEntropyLoss")) for each in ("a", "loss"))
    with pytest.raises(Refusal) as refused:
        with_setting(project, "loss", "NLLLoss", usual)
    assert refused.value.problem.values["choices"] == "a.loss, loss.loss"
    (a,) = with_setting(project, "a.loss.label_smoothing", "0.1", usual).recipe.objectives
    assert a == replace(usual[0], loss=Choice("CrossEntropyLoss", {"label_smoothing": 0.1}))
    (other,) = with_setting(project, "loss.weight", "0", usual).recipe.objectives
    assert other == replace(usual[1], weight=0)
    one = (replace(usual[0], weight=0.0), usual[1])
    (only,) = with_setting(project, "loss", "NLLLoss", one).recipe.objectives
    assert only == replace(usual[1], loss=Choice("NLLLoss"))


def test_layers_within_blocks_are_named_from_the_outside() -> None:
    inner = network("Inner", {
        "in": ("Input", {"shape": ("N", 4)}, ""),
        "head": ("Linear", {"out_features": 4}, "in"),
        "out": ("Output", {}, "head"),
    })  # fmt: skip
    main = network("Main", {
        "x": ("Input", {"shape": ("N", 4)}, ""),
        "block": ("Linear", {"out_features": 4}, "x"),
        "y": ("Output", {}, "block"),
    })  # fmt: skip
    main = add_nodes(main, [Node("block", "inner", "block")])
    project = Project({"main": main, "inner": replace(inner, id="inner")}, "main")
    (option,) = with_setting(project, "layer_rates.block.head", "0.5").recipe.options
    assert option.arguments == {"factors": ("block/head", 0.5)}


def test_a_kind_of_layers_is_changed_or_bridged_wherever_it_is() -> None:
    inner = network("Inner", {
        "a": ("Input", {}, ""),
        "drop": ("Dropout", {"p": 0.1}, "a"),
        "b": ("Output", {}, "drop"),
    })  # fmt: skip
    project = replace(PROJECT, networks={**PROJECT.networks, "inner": inner})
    changed = with_setting(project, "Dropout.p", "0.3")
    for each in changed.networks.values():
        assert each.nodes["drop"].arguments["p"] == 0.3
    bridged = with_setting(project, "Dropout", "without")
    assert not any(
        node.kind == "Dropout" for each in bridged.networks.values() for node in each.nodes.values()
    )
    (edge,) = bridged.networks["inner"].edges.values()
    assert (edge.source.node, edge.target.node) == ("a", "b")
    assert with_setting(project, "Dropout", "with") == project
    for name, text in (("Conv2d", "without"), ("Dropout.q", "1"), ("Dropout.p", "2")):
        with pytest.raises(Refusal):
            with_setting(project, name, text)


def test_all_transforms_are_left_out_together() -> None:
    recipe = replace(PROJECT.recipe, transforms=(Choice("noise"), Choice("flip")))
    project = replace(PROJECT, recipe=recipe)
    assert with_setting(project, "transforms", "with") == project
    assert with_setting(project, "transforms", "without").recipe.transforms == ()
