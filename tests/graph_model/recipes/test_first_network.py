"""A first network for data: it takes them, gives what their target asks for, and is no bend."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from app.data.reading import load
from codegen.build import build_network
from graph_model.inference.infer import infer
from graph_model.network import Network, Node
from graph_model.recipe import Choice, Recipe
from graph_model.recipes.binding import bind
from graph_model.recipes.check import recipe_problems
from graph_model.recipes.facts import (
    ArrayFacts,
    ColumnFacts,
    DataFacts,
    Task,
    classification,
    regression,
)
from graph_model.recipes.first_network import first_network

EMPTY = Network("main", "Network")
SOURCES = ("digits", "diabetes", "moons", "sunspots", "co2", "emoji", "sequence", "penguins")
TEXTS = ("shakespeare", "shakespeare_kinds")


@pytest.mark.parametrize("source", [*SOURCES, *TEXTS])
def test_it_takes_real_samples_and_answers_in_the_form_of_their_target(source: str) -> None:
    recipe = Recipe(Choice(source))
    data = load(recipe.data)
    drawn = first_network(EMPTY, recipe, data.facts)
    assert drawn is not None
    assert recipe_problems(recipe, infer(drawn), data.facts) == ()
    gives = build_network(drawn).make()(torch.from_numpy(np.array(data.features[:3])))
    target, classes = data.target[:3], len(data.facts.class_names)
    if classes:
        assert gives.shape == (3, classes, *target.shape[1:])
        torch.nn.functional.cross_entropy(gives, torch.from_numpy(np.array(target)))
    elif source == "shakespeare":
        torch.nn.functional.cross_entropy(gives, torch.from_numpy(np.array(target)))
    else:
        assert gives.shape == target.shape


@pytest.mark.parametrize("side", [1, 4, 9, 17, 64, 300])
def test_pictures_of_any_size_are_halved_no_further_than_they_are_large(side: int) -> None:
    facts = classification(20, (3, side, side + 3), ("a", "b", "c"))
    drawn = first_network(EMPTY, Recipe(), facts)
    assert drawn is not None
    gives = build_network(drawn).make()(torch.randn(2, 3, side, side + 3))
    assert gives.shape == (2, 3)


@pytest.mark.parametrize("target", [((8, 6), "int64", 4), ((3, 8, 6), "float32", 0)])
def test_masks_and_pictures_are_made_of_pictures_of_their_size(
    target: tuple[tuple[int, ...], str, int],
) -> None:
    arrays = {"x": ArrayFacts("x", (1, 8, 6)), "y": ArrayFacts("y", *target)}
    names = tuple("abcd")[: target[2]]
    task: Task = "classification" if names else "regression"
    drawn = first_network(EMPTY, Recipe(), DataFacts(20, arrays, "x", "y", task, names))
    assert drawn is not None
    gives = build_network(drawn).make()(torch.randn(2, 1, 8, 6))
    assert gives.shape == (2, target[2] or 3, 8, 6)


def test_each_of_several_arrays_that_enter_has_an_input(tmp_path: Path) -> None:
    random, path = np.random.default_rng(0), tmp_path / "pairs.npz"
    left, right = random.normal(size=(2, 30, 5)).astype(np.float32)
    np.savez(path, left=left, right=right[:, :3], y=np.arange(30) % 2)
    recipe = Recipe(Choice("npz", {"path": str(path)}))
    data = load(recipe.data)
    drawn = first_network(EMPTY, recipe, data.facts)
    assert drawn is not None
    binding = bind(recipe, infer(drawn), data.facts)
    assert [(drawn.nodes[id].name, array) for id, array in binding.inputs] == [
        ("left", "left"),
        ("right", "right"),
    ]
    gives = build_network(drawn).make()(torch.from_numpy(left), torch.from_numpy(right[:, :3]))
    assert gives.shape == (30, 2)


def test_what_is_drawn_already_stays() -> None:
    network = replace(EMPTY, nodes={"a": Node("a", "ReLU", "relu1")})
    assert first_network(network, Recipe(), regression(20, (4,))) is None


@pytest.mark.parametrize(
    ("features", "target"),
    [
        (ArrayFacts("x", (3, 8, 8)), ArrayFacts("y", (3, 16, 16))),
        (ArrayFacts("x", (3, 8, 8)), ArrayFacts("y", (5, 2))),
        (ArrayFacts("x", (2, 3, 8, 8)), ArrayFacts("y", (), "int64", 4)),
        (ArrayFacts("x", ()), ArrayFacts("y", (1,))),
    ],
)
def test_other_forms_have_none(features: ArrayFacts, target: ArrayFacts) -> None:
    task: Task = "classification" if target.classes else "regression"
    names = tuple("abcd") if target.classes else ()
    facts = DataFacts(20, {"x": features, "y": target}, "x", "y", task, names)
    assert first_network(EMPTY, Recipe(), facts) is None


def _of_a_table(target: ArrayFacts, *own: str) -> DataFacts:
    arrays = {
        "features": ArrayFacts("features", (3,)),
        "review": ArrayFacts("review", (9,), "int64", 40),
        "photo": ArrayFacts("photo", (3, 16, 16)),
        "target": target,
    }
    roles = {"review": "text", "photo": "picture"}
    columns = tuple(ColumnFacts(name, roles[name], "text") for name in own)
    kept = {name: each for name, each in arrays.items() if name not in {*roles} - {*own}}
    names = ("a", "b") if target.classes else ()
    return DataFacts(30, kept, class_names=names, columns=columns)


@pytest.mark.parametrize("own", [("review",), ("photo",), ("review", "photo")])
@pytest.mark.parametrize(
    "target",
    [ArrayFacts("target", (), "int64", 2), ArrayFacts("target", (1,)),
     ArrayFacts("target", (2,), "float32", 2)],
)  # fmt: skip
def test_numbers_texts_and_pictures_of_a_table_each_have_an_input(
    own: tuple[str, ...], target: ArrayFacts
) -> None:
    facts = _of_a_table(target, *own)
    recipe = Recipe(Choice("csv", {"path": "t.csv"}))
    drawn = first_network(Network("main", "New"), recipe, facts)
    assert drawn is not None
    inference = infer(drawn)
    assert [array for _, array in bind(recipe, inference, facts).inputs] == ["features", *own]
    assert [each.name for each in inference.of_kind("Input")] == ["features", *own]
    module = build_network(drawn).make()
    shapes = [facts.arrays[name].shape for name in ("features", *own)]
    dtypes = [facts.arrays[name].dtype for name in ("features", *own)]
    given = [torch.ones(2, *shape, dtype=getattr(torch, dtype))
             for shape, dtype in zip(shapes, dtypes, strict=True)]  # fmt: skip
    assert module(*given).shape == (2, target.classes or 1)
