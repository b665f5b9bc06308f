"""Trainings on arrays in the forms that people have them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from app.data import reading
from app.data.reading import load
from app.runs.events import Finished
from app.runs.folder import BEST
from app.runs.job import Job
from app.training.engine import train
from app.training.predict import Predictor
from app.training.samples import plan_of, read_samples
from codegen.training.script import script
from graph_model.editing.edits import apply_fix
from graph_model.inference.infer import infer
from graph_model.network import Network, Node, Port, add_nodes, connect
from graph_model.problems import Problem
from graph_model.recipe import Choice, Objective, Recipe
from graph_model.recipes.binding import bind
from graph_model.recipes.check import recipe_problems
from tests.app.training.networks import chain, mlp
from tests.app.training.running import failure, job, losses, run
from tests.scripts import run_script

RANDOM = np.random.default_rng(1)


def saved(folder: Path, **arrays: object) -> Choice:
    path = folder / "arrays.npz"
    np.savez(path, **arrays)  # type: ignore[arg-type]
    return Choice("npz", {"path": str(path)})


def problems(network: Network, recipe: Recipe) -> list[Problem]:
    return [*recipe_problems(recipe, infer(network), load(recipe.data).facts)]


def pair() -> Network:
    network = Network("main", "Pair")
    network = add_nodes(
        network,
        [
            Node("a", "Input", "img_a", {"shape": ("N", 4)}),
            Node("b", "Input", "img_b", {"shape": ("N", 4)}),
            Node("c", "Concatenate", "c", {}),
            Node("fc", "Linear", "fc", {"out_features": 2}),
            Node("y", "Output", "y", {}),
        ],
    )
    for source, target, port in (
        ("a", "c", "input1"),
        ("b", "c", "input2"),
        ("c", "fc", "input"),
        ("fc", "y", "input"),
    ):
        network = connect(network, Port(source, "output"), Port(target, port))
    return network


def test_two_inputs_take_two_arrays_by_their_order(tmp_path: Path) -> None:
    left, right = RANDOM.normal(size=(2, 200, 4)).astype(np.float32)
    data = saved(tmp_path, left=left, right=right, y=(right[:, 0] > 0).astype(int))
    recipe = Recipe(data, epochs=20, optimizer=Choice("Adam", {"lr": 0.05}))
    network = pair()
    assert [array for _, array in bind(recipe, infer(network), load(recipe.data).facts).inputs] == [
        "left",
        "right",
    ]
    assert not problems(network, recipe)
    *_, finished = run(network, recipe)
    assert isinstance(finished, Finished)
    assert finished.validation["accuracy"] > 0.9
    alone = Recipe(saved(tmp_path, left=left, y=(right[:, 0] > 0).astype(int)))
    assert [each.code for each in problems(network, alone)] == ["array_feeds_several"]
    chosen = Recipe(alone.data, inputs={"a": "left", "b": "left"})
    assert not problems(network, chosen)


def convolution(channels: int) -> Network:
    return chain(
        ("Input", {"shape": ("N", 1, 8, 8)}),
        ("Conv2d", {"out_channels": channels, "kernel_size": 1}),
        ("Output", {}),
    )


def test_masks_train_with_cross_entropy(tmp_path: Path) -> None:
    x = RANDOM.random((60, 1, 8, 8)).astype(np.float32)
    mask = (3 * x[:, 0]).astype(np.int64)
    recipe = Recipe(saved(tmp_path, X=x, y=mask), epochs=30, optimizer=Choice("Adam", {"lr": 0.1}))
    assert not problems(convolution(3), recipe)
    *_, finished = run(convolution(3), recipe)
    assert isinstance(finished, Finished)
    assert finished.validation["accuracy"] > 0.8


def test_binary_masks_are_offered_what_binary_cross_entropy_takes(tmp_path: Path) -> None:
    x = RANDOM.random((60, 1, 8, 8)).astype(np.float32)
    data = saved(tmp_path, X=x, y=(x[:, 0] > 0.5).astype(np.uint8))
    network = convolution(1)
    (output,) = infer(network).of_kind("Output")
    objective = Objective(output.id, "y", Choice("BCEWithLogitsLoss"))
    recipe = Recipe(data, objectives=(objective,), epochs=30, optimizer=Choice("Adam", {"lr": 0.3}))
    (problem,) = problems(network, recipe)
    fix = next(each for each in problem.fixes if each.values.get("kind") == "Squeeze")
    network = apply_fix(network, fix)
    assert not problems(network, recipe)
    *_, finished = run(network, recipe)
    assert isinstance(finished, Finished)
    assert finished.validation["accuracy"] > 0.9


@pytest.mark.parametrize("kind", ["one_hot", "whole floats", "bytes"])
def test_labels_in_any_form_train_alike(tmp_path: Path, kind: str) -> None:
    x = RANDOM.normal(size=(60, 4))
    labels = np.argsort(x[:, :3], axis=1)[:, 0]
    forms = {
        "one_hot": np.eye(3, dtype=np.float32)[labels],
        "whole floats": labels.astype(np.float32),
        "bytes": np.array([b"a", b"b", b"c"])[labels],
    }
    expected = losses(run(mlp(4, 8, 3), Recipe(saved(tmp_path, X=x, y=labels), epochs=2)))
    data = saved(tmp_path, X=x, y=forms[kind])
    assert losses(run(mlp(4, 8, 3), Recipe(data, epochs=2))) == expected


def test_many_whole_numbers_train_as_numbers(tmp_path: Path) -> None:
    x = RANDOM.normal(size=(60, 4))
    data = saved(tmp_path, X=x, y=np.rint(3000 * x[:, 0] + 9000).astype(int))
    recipe = Recipe(data, epochs=60, optimizer=Choice("Adam", {"lr": 0.05}))
    *_, finished = run(mlp(4, 8, 1), recipe)
    assert isinstance(finished, Finished)
    assert finished.validation["r2"] > 0.8


def test_a_target_read_otherwise_than_the_loss_takes_is_offered_the_other_reading(
    tmp_path: Path,
) -> None:
    x = RANDOM.normal(size=(60, 4))
    data = saved(tmp_path, X=x, y=np.arange(60) % 5)
    network = mlp(4, 8, 1)
    (output,) = infer(network).of_kind("Output")
    recipe = Recipe(data, objectives=(Objective(output.id, "y", Choice("MSELoss")),))
    (problem,) = problems(network, recipe)
    assert problem.code == "loss_wants_numbers"
    change = problem.fixes[0].change
    arguments = {**data.arguments, **change.arguments}  # type: ignore[union-attr]
    read = Recipe(Choice("npz", arguments), objectives=recipe.objectives)
    assert not problems(network, read)


def test_class_probabilities_are_offered_as_classes(tmp_path: Path) -> None:
    shares = RANDOM.dirichlet(np.ones(3), 60)
    data = saved(tmp_path, X=RANDOM.normal(size=(60, 4)), y=shares)
    network = mlp(4, 8, 3)
    (output,) = infer(network).of_kind("Output")
    recipe = Recipe(data, objectives=(Objective(output.id, "y", Choice("CrossEntropyLoss")),))
    (problem,) = problems(network, recipe)
    change = problem.fixes[0].change
    arguments = {**data.arguments, **change.arguments}  # type: ignore[union-attr]
    read = Recipe(Choice("npz", arguments), objectives=recipe.objectives)
    assert not problems(network, read)
    assert load(read.data).target.tolist() == shares.argmax(axis=1).tolist()


def test_an_autoencoder_of_features_alone(tmp_path: Path) -> None:
    data = saved(tmp_path, X=RANDOM.normal(size=(60, 4)))
    recipe = Recipe(Choice("npz", {**data.arguments, "target": "X"}), epochs=2)
    assert isinstance(run(mlp(4, 8, 4), recipe)[-1], Finished)


def test_large_arrays_train_to_the_same_losses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    x = RANDOM.integers(0, 256, (60, 4)).astype(np.uint8)
    recipe = Recipe(saved(tmp_path, X=x, y=np.arange(60) % 3), epochs=2, test_fraction=0.2)
    expected = run(mlp(4, 8, 3), recipe)
    monkeypatch.setattr("app.data.arrays.loading.LARGE", 1)
    np.savez(tmp_path / "again.npz", X=x, y=np.arange(60) % 3)
    again = Recipe(
        Choice("npz", {"path": str(tmp_path / "again.npz")}), epochs=2, test_fraction=0.2
    )
    folder = tmp_path / "run"
    kept = job(mlp(4, 8, 3), again, folder=folder)
    assert "class Rows" in build_text(kept)
    found = [*train(kept)]
    np.testing.assert_allclose(losses(found), losses(expected), rtol=1e-6)
    printed = run_script(folder)
    told = [loss for each in printed for loss in each.get("losses", [])]
    np.testing.assert_allclose(told, losses(found), rtol=1e-5)


def build_text(job: Job) -> str:
    return script(plan_of(job, read_samples(job)))


def test_what_cannot_be_read_says_so(tmp_path: Path) -> None:
    data = saved(tmp_path, X=np.array([object()] * 4), y=np.arange(4))
    assert failure(run(mlp(4, 8, 3), Recipe(data))).problem.code == "data_of_objects"


@pytest.mark.parametrize("by", ["standard", "sample"])
def test_large_arrays_that_lack_values_train_as_those_that_are_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, by: str
) -> None:
    x = RANDOM.normal(size=(8, 9, 3, 60)).astype(np.float32) + 4  # the samples lie last
    x[:, 2, 1, 5] = np.nan
    x[0, 0, 0, 7] = np.inf
    data = saved(tmp_path, X=x, y=np.arange(60) % 3)
    network = chain(
        ("Input", {"shape": ("N", 3, 8, 9)}),
        ("Flatten", {}),
        ("Linear", {"out_features": 3}),
        ("Output", {}),
    )
    recipe = Recipe(data, epochs=2, batch_size=8, transforms=(Choice("scale", {"by": by}),))
    held = [*train(job(network, recipe, folder=tmp_path / "held"))]
    monkeypatch.setattr("app.data.arrays.loading.LARGE", 1)
    reading._load.cache_clear()
    large = job(network, recipe, folder=tmp_path / "large")
    text = script(plan_of(large, read_samples(large)))
    assert "class FilledRows" in text
    assert ("standardised(" in text) == (by == "sample")
    read = [*train(large)]
    np.testing.assert_allclose(losses(read), losses(held), rtol=1e-5)
    printed = run_script(tmp_path / "large")
    told = [loss for each in printed for loss in each.get("losses", [])]
    np.testing.assert_allclose(told, losses(read), rtol=1e-6)
    reading._load.cache_clear()
    new = tmp_path / "new.npz"
    np.savez(new, X=x[..., :9])
    (here,) = Predictor(large, tmp_path / "large" / BEST).file(new)
    command = [sys.executable, "predict.py", "--json", str(new)]
    done = subprocess.run(
        command, cwd=tmp_path / "large", capture_output=True, text=True, check=True
    )
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    found = [[*each["output1"]["probabilities"].values()] for each in answers]
    np.testing.assert_allclose(found, here.scores, atol=1e-5)
    (split,) = Predictor(large, tmp_path / "large" / BEST).at([*range(9)])
    np.testing.assert_allclose(split.scores, here.scores, atol=1e-5)
