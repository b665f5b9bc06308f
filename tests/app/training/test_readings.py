"""Networks and pictures that do not go together: fixes that read the data otherwise come first."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from app.data.reading import load
from app.runs.events import Finished
from graph_model.editing.edits import apply_fix
from graph_model.inference.infer import infer
from graph_model.network import Network, Node, Port, add_nodes, connect
from graph_model.problems import OfRecipe, Problem, SetDataArguments
from graph_model.recipe import Choice, Recipe
from graph_model.recipes.check import recipe_problems
from tests.app.training.networks import chain
from tests.app.training.running import run

RANDOM = np.random.default_rng(4)
LABELS = np.arange(40) % 4


def rows(size: int) -> Network:
    return chain(
        ("Input", {"shape": ("N", size)}),
        ("Linear", {"out_features": 8}),
        ("ReLU", {}),
        ("Linear", {"out_features": 4}),
        ("Output", {}),
    )


def pictures(*shape: int) -> Network:
    return chain(
        ("Input", {"shape": ("N", *shape)}),
        ("Conv2d", {"out_channels": 4, "kernel_size": 3}),
        ("ReLU", {}),
        ("Flatten", {}),
        ("Linear", {"out_features": 4}),
        ("Output", {}),
    )


def channels_last(*shape: int) -> Network:
    return chain(
        ("Input", {"shape": ("N", *shape)}),
        ("Permute", {"dims": (0, 3, 1, 2)}),
        ("Flatten", {}),
        ("Linear", {"out_features": 4}),
        ("Output", {}),
    )


def errors(network: Network, recipe: Recipe) -> list[Problem]:
    inference = infer(network)
    problems = recipe_problems(recipe, inference, load(recipe.data).facts)
    return [each for each in (*inference.problems, *problems) if each.is_error]


CASES: dict[str, tuple[Network, tuple[int, ...], dict[str, object], str]] = {
    "pictures into rows": (rows(432), (3, 12, 12), {}, "take_through"),
    "grey pictures into rows": (rows(7), (12, 12), {}, "take_through"),
    "rows into pictures": (pictures(3, 12, 12), (432,), {}, "take_through"),
    "no channels": (pictures(1, 12, 12), (12, 12), {}, "read_one_channel"),
    "channels last are wanted": (channels_last(12, 12, 3), (12, 12, 3), {}, "read_as_it_lies"),
    "channels last were left": (
        pictures(3, 12, 12),
        (12, 12, 3),
        {"layout": "as_is"},
        "read_channels_last",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_the_first_fix_lets_arrays_train(tmp_path: Path, case: str) -> None:
    network, shape, more, code = CASES[case]
    path = tmp_path / "a.npz"
    np.savez(path, x=RANDOM.random((40, *shape)).astype(np.float32), y=LABELS)
    recipe = Recipe(Choice("npz", {"path": str(path), **more}), epochs=1, batch_size=8)  # type: ignore[dict-item]
    (problem,) = errors(network, recipe)
    fix = problem.fixes[0]
    assert (problem.code, fix.code) == ("input_shape", code)
    if isinstance(fix.change, SetDataArguments):
        changed = {**recipe.data.arguments, **fix.change.arguments}
        recipe = replace(recipe, data=Choice("npz", changed))
    else:
        network = apply_fix(network, fix)
    assert not errors(network, recipe)
    assert isinstance(run(network, recipe)[-1], Finished)


def test_what_reads_an_input_twice_reads_the_layer_behind_it(tmp_path: Path) -> None:
    network = rows(432)
    (source,) = infer(network).of_kind("Input")
    network = add_nodes(network, [Node("more", "Linear", "more", {"out_features": 4})])
    network = add_nodes(network, [Node("end", "Output", "end", {})])
    network = connect(network, Port(source.id, "output"), Port("more", "input"))
    network = connect(network, Port("more", "output"), Port("end", "input"))
    path = tmp_path / "a.npz"
    np.savez(path, x=RANDOM.random((40, 3, 12, 12)).astype(np.float32), y=LABELS)
    (problem,) = errors(network, Recipe(Choice("npz", {"path": str(path)})))
    fixed = apply_fix(network, problem.fixes[0])
    (flatten,) = infer(fixed).of_kind("Flatten")
    read = [each.target.node for each in fixed.edges.values() if each.source.node == source.id]
    assert read == [flatten.id]
    assert sum(each.source.node == flatten.id for each in fixed.edges.values()) == 2


def test_a_picture_that_a_linear_reads_by_its_last_dimension_is_flattened(tmp_path: Path) -> None:
    network = chain(
        ("Input", {"shape": ("N", 3, 8, 8)}),
        ("ReLU", {}),
        ("Linear", {"out_features": 8}),
        ("ReLU", {}),
        ("Linear", {"out_features": 4}),
        ("Output", {}),
    )
    path = tmp_path / "a.npz"
    np.savez(path, x=RANDOM.random((40, 3, 8, 8)).astype(np.float32), y=LABELS)
    recipe = Recipe(Choice("npz", {"path": str(path)}))
    (problem,) = errors(network, recipe)
    fix = problem.fixes[0]
    assert (fix.code, fix.values["kind"]) == ("insert_before", "Flatten")
    assert not errors(apply_fix(network, fix), recipe)


@pytest.mark.parametrize(("shape", "color"), [((3, 16, 16), "rgb"), ((1, 12, 12), "grey")])
def test_pictures_are_read_as_the_network_takes_them(
    tmp_path: Path, shape: tuple[int, ...], color: str
) -> None:
    for name in "ab":
        (tmp_path / name).mkdir()
        for number in range(3):
            picture = Image.fromarray(RANDOM.integers(0, 256, (8, 9, 3)).astype(np.uint8))
            picture.save(tmp_path / name / f"{number}.png")
    read = {"color": "grey" if color == "rgb" else "rgb", "size": 8}
    recipe = Recipe(Choice("image_folder", {"path": str(tmp_path), **read}))
    found = errors(pictures(*shape), recipe)
    fix = next(each for each in found if each.code == "input_shape").fixes[0]
    assert fix.code == "read_pictures_as"
    assert isinstance(fix.change, OfRecipe)
    assert fix.change == SetDataArguments({"size": shape[1], "color": color})
