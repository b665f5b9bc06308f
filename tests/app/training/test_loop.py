"""The loop against one written by hand, and what happens when a run goes wrong."""

from __future__ import annotations

import json
import shutil
import threading
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import load_file
from sklearn import metrics
from torch import nn

from app.training import checkpoint, loop
from app.training.checkpoint import BEST, LAST, METRICS, PREPROCESSING, PROJECT
from app.training.control import Control
from app.training.data import load
from app.training.data.prepare import split_samples
from app.training.devices import device_title, devices, free_memory
from app.training.events import EpochEnded, Event, Failed, Finished, Started, Steps, as_json
from app.training.headless import run_headless
from app.training.job import Job, spare_threads
from app.training.loop import train
from app.training.predict import Predictor
from codegen.build import build_network
from graph_model.edits import new_node
from graph_model.network import Network, Port, add_nodes, connect
from graph_model.recipe import Choice, Objective, Recipe
from graph_model.recipes.schedules import SCHEDULES
from graph_model.storage import load as load_project
from tests.app.training.networks import chain, mlp, project

IRIS = Recipe(
    Choice("iris"), epochs=4, batch_size=16, optimizer=Choice("Adam", {"lr": 0.01}), seed=3
)


def job(network: Network, recipe: Recipe, **more: object) -> Job:
    return Job(project(network, recipe), threads=1, **more)  # type: ignore[arg-type]


def run(network: Network, recipe: Recipe, **more: object) -> list[Event]:
    return list(train(job(network, recipe, **more)))


def losses(events: list[Event]) -> list[float]:
    return [loss for event in events if isinstance(event, Steps) for loss in event.losses]


def epochs(events: list[Event]) -> list[EpochEnded]:
    return [event for event in events if isinstance(event, EpochEnded)]


def failure(events: list[Event]) -> Failed:
    failed = events[-1]
    assert isinstance(failed, Failed)
    return failed


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
    shuffling = torch.Generator().manual_seed(3)
    by_hand, validation, rights = [], [], []
    for _ in range(4):
        model.train()
        right = 0
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


@pytest.mark.parametrize("name", SCHEDULES)
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
        "LinearLR": lambda: torch.optim.lr_scheduler.LinearLR(optimizer, 0.1),
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


# The folder of a run


def test_the_folder_holds_all_that_is_needed_again(tmp_path: Path) -> None:
    here = job(mlp(4, 16, 3), IRIS, folder=tmp_path / "run")
    events = list(train(here))
    folder = tmp_path / "run"
    assert {file.name for file in folder.iterdir()} == {
        PROJECT,
        METRICS,
        PREPROCESSING,
        BEST,
        LAST,
    }
    assert load_project(folder / PROJECT) == here.project
    lines = [json.loads(line) for line in (folder / METRICS).read_text().splitlines()]
    assert lines == [as_json(event) for event in events]
    done = json.loads((folder / PREPROCESSING).read_text())
    assert done["outputs"][0]["class_names"] == ["setosa", "versicolor", "virginica"]
    data = load(IRIS.data)
    mean = data.features[split_samples(data, IRIS).train].mean(0)
    assert done["inputs"][0]["mean"] == pytest.approx(mean.tolist())


def test_best_and_last_weights_are_those_of_their_epochs(tmp_path: Path) -> None:
    recipe = replace(IRIS, optimizer=Choice("Adam", {"lr": 0.3}), epochs=8)
    here = job(mlp(4, 16, 3), recipe, folder=tmp_path)
    last = list(train(here))[-1]
    assert isinstance(last, Finished)
    assert last.best_epoch < 8, "the case is chosen so that the last epoch is not the best"
    (found,) = Predictor(here, tmp_path / BEST).split("validation")
    assert found.losses.mean() == pytest.approx(last.validation["loss"], rel=1e-5)
    (test,) = Predictor(here, tmp_path / BEST).split("test")
    expected = metrics.accuracy_score(test.true, test.predicted)
    assert last.test["accuracy"] == pytest.approx(expected)
    best, final = load_file(tmp_path / BEST), load_file(tmp_path / LAST)
    assert any(not torch.equal(best[name], final[name]) for name in best)


def test_a_run_can_begin_with_saved_weights(tmp_path: Path) -> None:
    network = mlp(4, 16, 3)
    first = run(network, IRIS, folder=tmp_path)
    again = run(network, IRIS, weights=tmp_path / LAST)
    assert losses(again)[0] < losses(first)[0] / 2


def test_weights_of_another_network_are_refused(tmp_path: Path) -> None:
    run(mlp(4, 16, 3), IRIS, folder=tmp_path)
    failed = failure(run(mlp(4, 8, 3), IRIS, weights=tmp_path / LAST))
    assert failed.problem.code == "wrong_weights"
    (tmp_path / LAST).write_bytes(b"not weights")
    failed = failure(run(mlp(4, 16, 3), IRIS, weights=tmp_path / LAST))
    assert failed.problem.code == "wrong_weights"
    failed = failure(run(mlp(4, 16, 3), IRIS, weights=tmp_path / "none.safetensors"))
    assert failed.problem.code == "wrong_weights"


# Pause, step, stop


def test_a_stopped_run_keeps_its_weights(tmp_path: Path) -> None:
    control = Control()
    here = job(mlp(4, 16, 3), replace(IRIS, epochs=1000), folder=tmp_path)
    events: list[Event] = []
    for event in train(here, control):
        events.append(event)
        if isinstance(event, EpochEnded) and event.epoch == 3:
            control.stop()
    last = events[-1]
    assert isinstance(last, Finished)
    assert last.stopped
    assert last.epochs == 3
    assert last.test
    assert (tmp_path / BEST).exists()
    assert (tmp_path / LAST).exists()


def test_a_run_stopped_before_its_first_step_ends_well() -> None:
    control = Control()
    control.stop()
    last = list(train(job(mlp(4, 16, 3), IRIS), control))[-1]
    assert isinstance(last, Finished)
    assert (last.epochs, last.best_epoch, last.stopped) == (0, 0, True)


def test_single_steps_are_told_at_once() -> None:
    control = Control()
    control.step()
    events = train(job(mlp(4, 16, 3), replace(IRIS, epochs=1)), control)
    seen: list[tuple[float, ...]] = []
    for event in events:
        if isinstance(event, Steps):
            seen.append(event.losses)
            if len(seen) < 4:
                control.step()
            else:
                control.resume()
    assert [len(each) for each in seen[:4]] == [1, 1, 1, 1]
    assert sum(map(len, seen)) == 7


class Announced(Control):
    """Says when it is asked."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = threading.Event()

    def admit(self) -> bool:
        self.asked.set()
        return super().admit()


def test_a_paused_run_waits_for_another_thread() -> None:
    control = Announced()
    control.pause()
    told: list[Event] = []
    here = job(mlp(4, 16, 3), IRIS)
    thread = threading.Thread(target=lambda: told.extend(train(here, control)))
    thread.start()
    assert control.asked.wait(60)
    assert control.is_paused
    assert control.would_wait
    control.resume()
    thread.join(60)
    assert isinstance(told[-1], Finished)
    assert len(losses(told)) == 4 * 7


class Stopping(nn.Sequential):
    """A model that asks for the end of its run at its third batch."""

    def __init__(self, control: Control) -> None:
        super().__init__(nn.Linear(4, 3))
        self.control = control
        self.batches = 0

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        self.batches += 1
        if self.batches == 3:
            self.control.stop()
        return super().forward(x)


def test_stopping_within_an_epoch_loses_no_step() -> None:
    control = Control()
    events = list(train(job(mlp(4, 16, 3), IRIS), control, lambda: Stopping(control)))
    assert len(losses(events)) == 3
    assert epochs(events) == []
    assert isinstance(events[-1], Finished)
    assert control.is_stopped


def test_how_often_losses_are_read_changes_none(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = run(mlp(4, 16, 3), IRIS)
    monkeypatch.setattr(loop, "_SECONDS_BETWEEN_READS", -1.0)
    often = run(mlp(4, 16, 3), IRIS)
    assert sum(isinstance(event, Steps) for event in often) == 28
    assert losses(often) == losses(usual)
    assert [each.train for each in epochs(often)] == [each.train for each in epochs(usual)]


def test_closing_the_generator_saves_the_weights(tmp_path: Path) -> None:
    events = train(job(mlp(4, 16, 3), replace(IRIS, epochs=1000), folder=tmp_path))
    for event in events:
        if isinstance(event, EpochEnded):
            break
    events.close()  # type: ignore[attr-defined]
    assert (tmp_path / LAST).exists()
    assert (tmp_path / BEST).exists()


# What goes wrong


def test_a_loss_that_is_not_finite_ends_the_run(tmp_path: Path) -> None:
    recipe = Recipe(Choice("diabetes"), optimizer=Choice("SGD", {"lr": 1e12}), epochs=5)
    failed = failure(run(mlp(10, 8, 1), recipe, folder=tmp_path))
    assert failed.problem.code == "loss_not_finite"
    assert int(failed.problem.values["epoch"]) == 1
    line = (tmp_path / METRICS).read_text().splitlines()[-1]
    assert json.loads(line)["code"] == "loss_not_finite"


def test_what_does_not_fit_is_said_before_the_first_step() -> None:
    network = mlp(5, 8, 3)
    failed = failure(run(network, IRIS))
    assert failed.problem.code == "input_shape"
    assert network.nodes[failed.problem.node].kind == "Input"
    assert failure(run(Network("main", "Nothing"), IRIS)).problem.code == "empty_network"
    unread = replace(IRIS, data=Choice("csv", {"path": "/none.csv"}))
    assert failure(run(mlp(4, 8, 3), unread)).problem.code == "data_not_found"


def test_a_device_that_is_not_there_is_refused() -> None:
    failed = failure(run(mlp(4, 8, 3), IRIS, device="cuda:99"))
    assert failed.problem.code == "no_device"
    assert "cpu" in failed.problem.message


def test_an_error_within_a_layer_is_told_at_its_node(tmp_path: Path) -> None:
    """Indices beyond the embedding pass every check of shapes and fail in forward."""
    network = chain(
        ("Input", {"shape": ("N", 4), "dtype": "int64"}),
        ("Embedding", {"num_embeddings": 2, "embedding_dim": 3}),
        ("Flatten", {}),
        ("Linear", {"out_features": 3}),
        ("Output", {}),
    )
    np.savez(tmp_path / "a.npz", x=np.full((50, 4), 7), y=np.arange(50) % 3)
    recipe = replace(IRIS, data=Choice("npz", {"path": str(tmp_path / "a.npz")}))
    failed = failure(run(network, recipe))
    assert failed.problem.code == "training_failed"
    assert network.nodes[failed.problem.node].kind == "Embedding"
    assert "index out of range" in failed.problem.message
    assert "Traceback" in failed.details


class OutOfMemory(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(1))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return torch.empty(2**60)


def test_running_out_of_memory_is_said_so() -> None:
    """A real allocation of 4 EiB, which torch refuses on any machine."""
    here = job(mlp(4, 8, 3), IRIS)
    events = list(train(here, make_model=OutOfMemory))
    assert failure(events).problem.code == "out_of_memory"


# Drivers


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


def test_a_folder_that_cannot_be_written_ends_the_run_with_a_reason(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    failed = failure(run(mlp(4, 8, 3), IRIS, folder=tmp_path / "file"))
    assert failed.problem.code == "training_failed"
    assert str(tmp_path / "file") in failed.problem.message


def test_a_folder_that_vanishes_during_the_run_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "run"
    events: list[Event] = []
    for event in train(job(mlp(4, 8, 3), IRIS, folder=folder)):
        events.append(event)
        if isinstance(event, EpochEnded) and event.epoch == 2:
            shutil.rmtree(folder)
    assert failure(events).problem.code == "training_failed"


def test_devices_are_named_and_have_memory() -> None:
    assert devices()[0] == "cpu"
    for name in devices():
        assert device_title(name).startswith(name)
        assert free_memory(name) > 0


def test_weights_are_written_during_a_long_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checkpoint, "_SECONDS_BETWEEN_SAVES", -1.0)
    for event in train(job(mlp(4, 8, 3), IRIS, folder=tmp_path)):
        if isinstance(event, EpochEnded):
            assert load_file(tmp_path / LAST)
            assert load_file(tmp_path / BEST)
