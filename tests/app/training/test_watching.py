"""A run that looks wrong is looked into, and comes out as it would have to the last bit."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import load_file

from app.diagnosis import signs
from app.diagnosis.origins import Began
from app.observing.tracing import Tracing
from app.runs.events import Event, Finished, Noticed
from app.runs.folder import CHECKPOINT, EVENTS, LAST, log_of
from app.runs.told import told_until
from app.training import engine, repeating
from app.training.engine import train
from app.training.repeating import repeated
from app.training.samples import Samples, read_samples
from graph_model.editing.edits import set_init
from graph_model.editing.project_edits import fix_project
from graph_model.network import Network
from graph_model.recipe import Choice, Recipe
from graph_model.values import Arguments
from tests.app.training.networks import chain, mlp, project
from tests.app.training.running import IRIS, failure, job, losses, run
from tests.codegen.training.cases import CASES

DIABETES = Recipe(Choice("diabetes"), epochs=5, batch_size=32)
INPUT: tuple[str, Arguments] = ("Input", {"shape": ("N", 10)})
OUTPUT: tuple[str, Arguments] = ("Output", {})


def linear(size: int) -> tuple[str, Arguments]:
    return ("Linear", {"out_features": size})


def noticed(events: list[Event]) -> list[Noticed]:
    return [event for event in events if isinstance(event, Noticed)]


def named(network: Network, event: Noticed) -> str:
    return network.nodes[event.path].name if event.path else ""


# Costs


def test_a_compiled_run_is_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each look would have torch make another program, which drops other numbers."""
    monkeypatch.setattr(torch.nn.Module, "compile", lambda *_, **__: None)  # which takes long
    monkeypatch.setattr(signs, "LARGE", 0.0)  # then every input is odd
    monkeypatch.setattr(Tracing, "__enter__", lambda _: pytest.fail("it is looked at"))
    network, recipe = CASES["constant"]
    made = job(network, replace(recipe, options=(Choice("compile"),)))
    assert isinstance([*train(made)][-1], Finished)


@pytest.mark.parametrize("name", ["accumulated", "halved", "steps", "thawed", "averaged"])
def test_a_run_that_is_looked_at_gives_the_same_weights(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    network, recipe = CASES[name]
    alone = list(train(job(network, recipe, folder=tmp_path / "alone")))
    looks: list[object] = []
    begin = Tracing.__enter__

    def enter(self: Tracing) -> Tracing:
        looks.append(self)
        return begin(self)

    monkeypatch.setattr(Tracing, "__enter__", enter)
    monkeypatch.setattr(signs, "LARGE", 0.0)  # then every input is odd
    monkeypatch.setattr(signs, "SMALL", 0.0)
    watched = list(train(job(network, recipe, folder=tmp_path / "watched")))
    assert len(looks) >= 3
    assert losses(watched) == losses(alone)
    last = [load_file(tmp_path / folder / LAST) for folder in ("watched", "alone")]
    assert all(torch.equal(last[0][key], last[1][key]) for key in last[1])


def test_with_nothing_wrong_there_is_no_look(monkeypatch: pytest.MonkeyPatch) -> None:
    def enter(_: Tracing) -> None:
        raise AssertionError("nothing is wrong")

    monkeypatch.setattr(Tracing, "__enter__", enter)
    assert not noticed(run(mlp(4, 16, 3), replace(IRIS, epochs=12)))


# What is noticed


def test_a_logarithm_of_nothing_is_named_with_its_fix() -> None:
    network = chain(INPUT, linear(8), ("Log", {}), linear(1), OUTPUT)
    events = run(network, DIABETES)
    (found,) = noticed(events)
    assert (found.problem.code, named(network, found)) == ("not_finite_log", "log1")
    assert float(found.problem.values["least"]) < 0
    (fix,) = found.problem.fixes
    mended = fix_project(project(network, DIABETES), "main", fix)
    assert not noticed(run(mended.networks["main"], DIABETES))
    assert failure(events).problem.code == "loss_not_finite_found"


def test_a_slope_that_is_infinite_is_found_on_the_way_back() -> None:
    """At 0 the slope of a root is infinite, and times the 0 before it that is NaN."""
    zero: tuple[str, Arguments] = ("MultiplyByNumber", {"value": 0.0})
    network = chain(INPUT, linear(8), zero, ("Sqrt", {}), linear(1), OUTPUT)
    (found,) = noticed(run(network, DIABETES))
    assert (found.problem.code, named(network, found)) == ("not_finite_gradient", "sqrt1")


def test_a_sample_that_is_no_number_is_told_with_its_column(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read: Callable[[object], Samples] = read_samples  # type: ignore[assignment]
    place: list[int] = []

    def spoilt(job: object) -> Samples:
        samples = read(job)
        first = np.array(samples.prepared.inputs[0])
        place[:] = [int(samples.prepared.split.train[40])]
        first[place[0], 2] = np.nan
        return replace(samples, prepared=replace(samples.prepared, inputs=(first,)))

    for module in (engine, repeating):
        monkeypatch.setattr(module, "read_samples", spoilt)
    (found,) = noticed(run(mlp(10, 8, 1), DIABETES))
    told = found.problem
    assert (told.code, told.values["place"]) == ("not_finite_data", "bmi")
    assert (int(told.values["sample"]), told.values["got"]) == (place[0], "NaN")


def test_a_loop_tells_its_turns_apart() -> None:
    """Layers alike are written as a list and a loop over it; each is a node all the same."""
    layers = [layer for _ in range(9) for layer in (linear(16), ("Sigmoid", {}))]
    network = chain(INPUT, *layers, linear(1), OUTPUT)
    (found,) = noticed(run(network, DIABETES))
    assert (found.problem.code, named(network, found)) == ("gradients_vanish", "linear1")
    assert found.problem.values["count"] == "9"


@pytest.mark.parametrize(
    ("rate", "code"), [(30.0, "rate_too_high"), (1e12, "rate_too_high"), (1e-7, "rate_too_low")]
)
def test_a_learning_rate_is_named_with_a_better_one(rate: float, code: str) -> None:
    recipe = replace(DIABETES, optimizer=Choice("Adam", {"lr": rate}))
    (found,) = noticed(run(mlp(10, 8, 1), recipe))
    assert found.problem.code == code
    (fix,) = found.problem.fixes
    mended = fix_project(project(mlp(10, 8, 1), recipe), "main", fix).recipe
    assert 1e-5 < mended.optimizer.arguments["lr"] < 0.2  # type: ignore[operator]
    assert not noticed(run(mlp(10, 8, 1), replace(mended, epochs=15)))


def test_what_a_layer_begins_with_is_named_and_put_back() -> None:
    network = mlp(10, 8, 1)
    layer = next(id for id, node in network.nodes.items() if node.kind == "Linear")
    dead = set_init(network, layer, "bias", Choice("constant_", {"val": -50.0}))
    (found,) = noticed(run(dead, DIABETES))
    assert (found.problem.code, found.path) == ("units_dead", layer)
    (fix,) = found.problem.fixes
    mended = fix_project(project(dead, DIABETES), "main", fix).networks["main"]
    assert mended == network


def test_features_as_they_are_in_the_table_are_noticed() -> None:
    wine = Recipe(Choice("wine", {"normalize": False}), epochs=5)
    (found,) = noticed(run(mlp(13, 8, 3), wine))
    assert found.problem.code == "inputs_unscaled"
    (fix,) = found.problem.fixes
    mended = fix_project(project(mlp(13, 8, 3), wine), "main", fix).recipe
    assert not noticed(run(mlp(13, 8, 3), mended))


# The step that is done again


def test_the_step_is_found_again_from_a_checkpoint(tmp_path: Path) -> None:
    """Plain descent that is a little too fast takes a few epochs until numbers do not suffice."""
    recipe = replace(DIABETES, optimizer=Choice("SGD", {"lr": 0.35}), epochs=60)
    here = job(chain(INPUT, linear(8), linear(1), OUTPUT), recipe, folder=tmp_path)
    step = int(failure(list(train(here))).problem.values["step"])
    found = repeated(here, step)
    assert found is not None
    assert found.origin.began in (Began.CALL, Began.UPDATE)
    if (tmp_path / CHECKPOINT).exists():
        (tmp_path / CHECKPOINT).unlink()
    again = repeated(here, step)
    assert again is not None
    assert (again.path, again.origin.began) == (found.path, found.origin.began)
    assert repeated(here, step - 2) is None  # which came out well


# What is kept of it


def test_what_was_noticed_is_kept_with_the_run(tmp_path: Path) -> None:
    recipe = replace(DIABETES, optimizer=Choice("Adam", {"lr": 1e-7}))
    (found,) = noticed(run(mlp(10, 8, 1), recipe, folder=tmp_path))
    lines = [json.loads(line) for line in (tmp_path / EVENTS).read_text().splitlines()]
    (line,) = [each for each in lines if each["event"] == "noticed"]
    assert line["message"] == found.problem.message
    assert line["fixes"] == [found.problem.fixes[0].message]
    (read,) = noticed(list(told_until(log_of(tmp_path), 5, 10_000).events))
    assert (read.step, read.problem.message) == (found.step, found.problem.message)
