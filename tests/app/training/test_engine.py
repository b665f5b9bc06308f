"""A training against one written by hand, for every kind of task and schedule."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import load_file
from sklearn import metrics
from torch import nn

from app.data.reading import load
from app.data.splitting import split_samples
from app.runs.events import EpochEnded, Event, Finished, Started, Steps, as_json
from app.runs.folder import BEST
from app.runs.job import spare_threads
from app.training.devices import device_title, devices
from app.training.engine import train
from app.training.free_memory import free_on
from app.training.headless import run_headless
from app.training.predict import Predictor
from codegen.build import build_network
from graph_model.editing.edits import new_node
from graph_model.network import Network, Port, add_nodes, connect
from graph_model.recipe import Choice, Objective, Recipe
from graph_model.recipes.schedules import SCHEDULES
from tests.app.training.networks import chain, mlp
from tests.app.training.running import IRIS, epochs, job, losses, run


def test_it_is_the_loop_one_would_write_by_hand() -> None:
    """Iris by hand, from scikit-learn's arrays on: every loss is the same number."""
    network = mlp(4, 16, 3)
    events = run(network, IRIS)

    data = load(Choice("iris"))
    split = split_samples(data, IRIS)
    mean, deviation = data.features[split.train].mean(0), data.features[split.train].std(0)
    x = torch.from_numpy(((data.features - mean) / deviation).astype(np.float32))
    y = torch.from_numpy(np.array(data.target))
    torch.manual_seed(3)
    model = nn.Sequential(nn.Linear(4, 16), nn.ReLU(), nn.Linear(16, 3))
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    by_hand, validation, rights = [], [], []
    for epoch in range(4):
        model.train()
        right = 0
        shuffling = torch.Generator().manual_seed(3 + epoch)
        for index in torch.randperm(len(split.train), generator=shuffling).split(16):
            batch = torch.from_numpy(split.train)[index]
            optimizer.zero_grad()
            output = model(x[batch])
            loss = nn.functional.cross_entropy(output, y[batch])
            loss.backward()
            optimizer.step()
            by_hand.append(loss.item())
            right += int((output.argmax(1) == y[batch]).sum())
        rights.append(right / len(split.train))
        with torch.no_grad():
            output = model(x[split.validation])
            validation.append(nn.functional.cross_entropy(output, y[split.validation]).item())

    np.testing.assert_allclose(losses(events), by_hand, rtol=1e-5)
    assert [each.train["accuracy"] for each in epochs(events)] == rights
    found = [each.validation["loss"] for each in epochs(events)]
    np.testing.assert_allclose(found, validation, rtol=1e-5)


def test_the_same_seed_gives_the_same_run_to_the_last_bit() -> None:
    network = chain(
        ("Input", {"shape": ("N", 1, 8, 8)}),
        ("Conv2d", {"out_channels": 4, "kernel_size": 3}),
        ("BatchNorm2d", {}),
        ("ReLU", {}),
        ("Dropout", {"p": 0.3}),
        ("Flatten", {}),
        ("Linear", {"out_features": 10}),
        ("Output", {}),
    )
    recipe = Recipe(Choice("digits"), epochs=2, batch_size=128)
    first, again = run(network, recipe), run(network, recipe)
    assert losses(first) == losses(again)
    assert isinstance(first[-1], Finished)
    assert isinstance(again[-1], Finished)
    assert first[-1].test == again[-1].test
    assert losses(run(network, replace(recipe, seed=1))) != losses(first)


def test_the_events_tell_the_whole_run() -> None:
    events = run(mlp(4, 16, 3), IRIS)
    assert events[0] == Started("cpu", 4 * 16 + 16 + 16 * 3 + 3, 4, 7, 106, 22, 22)
    assert len(losses(events)) == 4 * 7
    assert [each.epoch for each in epochs(events)] == [1, 2, 3, 4]
    assert [each.step for each in epochs(events)] == [7, 14, 21, 28]
    last = events[-1]
    assert isinstance(last, Finished)
    assert not last.stopped
    best = min(epochs(events), key=lambda each: each.validation["loss"])
    assert (last.best_epoch, last.validation) == (best.epoch, best.validation)
    for event in events:
        json.loads(json.dumps(as_json(event), allow_nan=False))


def test_the_mean_loss_of_an_epoch_counts_samples_not_batches() -> None:
    events = run(mlp(4, 8, 3), IRIS)
    sizes = [16] * 6 + [106 - 96]
    expected = np.average(losses(events)[:7], weights=sizes)
    assert epochs(events)[0].train["loss"] == pytest.approx(expected)


# Kinds of tasks


def test_numbers_are_scored_in_their_own_units(tmp_path: Path) -> None:
    recipe = Recipe(Choice("diabetes"), epochs=3)
    here = job(mlp(10, 8, 1), recipe, folder=tmp_path)
    events = list(train(here))
    last = events[-1]
    assert isinstance(last, Finished)
    (found,) = Predictor(here, tmp_path / BEST).split("test")
    assert last.test["r2"] == pytest.approx(metrics.r2_score(found.true, found.predicted), abs=1e-5)
    expected = metrics.mean_absolute_error(found.true, found.predicted)
    assert last.test["mae"] == pytest.approx(expected, rel=1e-4)
    assert 20 < found.true.min() < 346


@pytest.mark.parametrize(
    ("loss", "layers"),
    [
        ("BCEWithLogitsLoss", [("Linear", {"out_features": 1})]),
        ("BCELoss", [("Linear", {"out_features": 1}), ("Sigmoid", {})]),
        ("NLLLoss", [("Linear", {"out_features": 2}), ("LogSoftmax", {"dim": 1})]),
        ("MultiMarginLoss", [("Linear", {"out_features": 2})]),
        ("MSELoss", [("Linear", {"out_features": 1})]),
        ("HuberLoss", [("Linear", {"out_features": 1})]),
    ],
)
def test_two_classes_can_be_told_apart_by_many_losses(
    loss: str, layers: list[tuple[str, dict[str, object]]]
) -> None:
    network = chain(("Input", {"shape": ("N", 30)}), *layers, ("Output", {}))
    output = next(node.id for node in network.nodes.values() if node.kind == "Output")
    recipe = Recipe(
        Choice("breast_cancer"),
        objectives=(Objective(output, "target", Choice(loss)),),
        optimizer=Choice("Adam", {"lr": 0.02}),
        epochs=8,
    )
    last = run(network, recipe)[-1]
    assert isinstance(last, Finished), last
    figure, least = ("r2", 0.4) if loss in {"MSELoss", "HuberLoss"} else ("accuracy", 0.9)
    assert last.validation[figure] > least


def two_headed() -> tuple[Network, Recipe]:
    """Return a network of two inputs and two outputs, bound to columns of the iris table."""
    network = Network("main", "Two heads")
    nodes = {}
    for name, kind, arguments in (
        ("a", "Input", {"shape": ("N", 1)}),
        ("b", "Input", {"shape": ("N", 4)}),
        ("join", "Concatenate", {"dim": 1}),
        ("hidden", "Linear", {"out_features": 8}),
        ("classes", "Linear", {"out_features": 3}),
        ("width", "Linear", {"out_features": 1}),
        ("species", "Output", {}),
        ("petal", "Output", {}),
    ):
        node = replace(new_node(network, kind, arguments), id=name, name=name)
        network = add_nodes(network, [node])
        nodes[name] = node
    for source, target, port in (
        ("a", "join", "input1"),
        ("b", "join", "input2"),
        ("join", "hidden", "input"),
        ("hidden", "classes", "input"),
        ("hidden", "width", "input"),
        ("classes", "species", "input"),
        ("width", "petal", "input"),
    ):
        network = connect(network, Port(source, "output"), Port(target, port))
    recipe = Recipe(
        Choice("iris"),
        inputs={"a": "sepal width", "b": "features"},
        objectives=(
            Objective("species", "target", Choice("CrossEntropyLoss")),
            Objective("petal", "petal width", Choice("MSELoss"), weight=0.5),
        ),
        optimizer=Choice("Adam", {"lr": 0.02}),
        epochs=10,
        batch_size=16,
    )
    return network, recipe


def test_several_inputs_and_outputs(tmp_path: Path) -> None:
    network, recipe = two_headed()
    here = job(network, recipe, folder=tmp_path)
    last = list(train(here))[-1]
    assert isinstance(last, Finished), last
    assert set(last.validation) == {"loss", "species.accuracy", "petal.r2", "petal.mae"}
    assert last.validation["petal.r2"] > 0.8
    species, petal = Predictor(here, tmp_path / BEST).split("validation")
    assert (species.output, petal.output) == ("species", "petal")
    expected = species.losses.mean() + 0.5 * petal.losses.mean()
    assert last.validation["loss"] == pytest.approx(expected, rel=1e-4)


def test_a_target_of_single_numbers_is_scored_in_its_own_units(tmp_path: Path) -> None:
    features = np.random.default_rng(0).normal(size=(200, 2)).astype(np.float32)
    target = 50 + 10 * features.sum(axis=1)
    np.savez(tmp_path / "sums.npz", x=features, y=target)
    network = chain(
        ("Input", {"shape": ("N", 2)}),
        ("Linear", {"out_features": 1}),
        ("Squeeze", {"dim": 1}),
        ("Output", {}),
    )
    path = str(tmp_path / "sums.npz")
    recipe = Recipe(Choice("npz", {"path": path}), optimizer=Choice("Adam", {"lr": 0.1}))
    ended = run(network, recipe)[-1]
    assert isinstance(ended, Finished)
    assert ended.validation["mae"] < 1  # the target is a sum, which one layer can tell


@pytest.mark.parametrize("name", [each for each in SCHEDULES if each != "CyclicLR"])  # by step
def test_the_learning_rate_is_the_one_of_torch(name: str) -> None:
    recipe = replace(IRIS, schedule=Choice(name, {"step_size": 2} if name == "StepLR" else {}))
    found = [each.learning_rate for each in epochs(run(mlp(4, 8, 3), recipe))]
    weight = nn.Parameter(torch.ones(1))
    weight.grad = torch.ones(1)
    optimizer = torch.optim.Adam([weight], lr=0.01)
    by_epoch = {
        "StepLR": lambda: torch.optim.lr_scheduler.StepLR(optimizer, 2),
        "ExponentialLR": lambda: torch.optim.lr_scheduler.ExponentialLR(optimizer, 0.95),
        "CosineAnnealingLR": lambda: torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, 4),
        "ConstantLR": lambda: torch.optim.lr_scheduler.ConstantLR(optimizer, 0.1),
        "LinearLR": lambda: torch.optim.lr_scheduler.LinearLR(optimizer, 0.1),
        "PolynomialLR": lambda: torch.optim.lr_scheduler.PolynomialLR(optimizer, 4),
        "CosineAnnealingWarmRestarts": lambda: torch.optim.lr_scheduler.CosineAnnealingWarmRestarts(
            optimizer, 5
        ),
    }
    expected = []
    if name in by_epoch:
        scheduler = by_epoch[name]()
        for _ in range(4):
            expected.append(optimizer.param_groups[0]["lr"])
            optimizer.step()
            scheduler.step()
    elif name == "OneCycleLR":
        scheduler = torch.optim.lr_scheduler.OneCycleLR(optimizer, 0.01, total_steps=28)
        for step in range(28):
            if step % 7 == 6:
                expected.append(optimizer.param_groups[0]["lr"])
            optimizer.step()
            scheduler.step()
    else:
        expected = [0.01] * 4
    assert found == pytest.approx(expected)


def test_a_last_batch_of_one_sample_is_left_out() -> None:
    """Batch norm is not defined for it: 106 samples in batches of 35 leave one over."""
    network = chain(
        ("Input", {"shape": ("N", 4)}),
        ("BatchNorm1d", {}),
        ("Linear", {"out_features": 3}),
        ("Output", {}),
    )
    events = run(network, replace(IRIS, batch_size=35))
    assert isinstance(events[-1], Finished)
    assert len(losses(events)) == 4 * 3


def test_a_run_without_a_window_hands_on_every_event() -> None:
    seen: list[Event] = []
    here = job(mlp(4, 16, 3), IRIS)
    last = run_headless(here, seen.append)
    assert isinstance(last, Finished)
    assert seen[-1] is last
    assert [type(event) for event in seen if not isinstance(event, Steps)] == [
        Started,
        *[EpochEnded] * 4,
        Finished,
    ]


def test_the_model_that_is_trained_is_the_exported_text(tmp_path: Path) -> None:
    network = mlp(4, 16, 3)
    run(network, IRIS, folder=tmp_path)
    namespace: dict[str, object] = {"__name__": "exported"}
    built = build_network(network)
    exec(built.source.text, namespace)
    module_class = namespace[built.source.class_name]
    assert isinstance(module_class, type)
    module = module_class()
    module.load_state_dict(load_file(tmp_path / BEST))


def test_a_thread_is_left_for_the_window() -> None:
    assert spare_threads() >= 1


def test_devices_are_named_and_have_memory() -> None:
    assert devices()[0] == "cpu"
    for name in devices():
        assert device_title(name).lower().startswith(name)
        assert free_on(name) > 0
