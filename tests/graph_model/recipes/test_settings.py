"""Settings by name: each changes what it names and nothing else, and says what it cannot."""

from __future__ import annotations

from dataclasses import replace

import pytest

from graph_model.network import Project
from graph_model.problems import Refusal
from graph_model.recipe import Choice, Recipe
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
        ("schedule", "StepLR", {"schedule": Choice("StepLR")}),
        ("data", "iris", {"data": Choice("iris")}),
        ("l2_penalty", "with", {"options": (Choice("l2_penalty"),)}),
        ("l2_penalty", "without", {}),
        ("clip_grad_norm.max_norm", "2", {"options": (Choice("clip_grad_norm", {"max_norm": 2}),)}),
    ],
)  # fmt: skip
def test_a_setting_of_the_recipe(name: str, text: str, changed: dict[str, object]) -> None:
    found = with_setting(PROJECT, name, text)
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
    ],
)
def test_what_cannot_be_set_is_said(name: str, text: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        with_setting(PROJECT, name, text)
    assert refused.value.problem.code == code
