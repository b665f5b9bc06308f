"""Where a number that is none can come from: each source is named at its node or setting."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
from safetensors.torch import save_file

from app.runs.events import Event, Failed, Noticed
from app.runs.job import Beginning
from app.training import engine, repeating
from app.training.samples import Samples, read_samples
from codegen.build import build_project
from graph_model.editing.edits import set_init
from graph_model.editing.project_edits import fix_project
from graph_model.network import Network, Port, connect
from graph_model.recipe import Choice, Objective, Recipe
from graph_model.values import Arguments
from tests.app.training.networks import graph, project
from tests.app.training.running import run

Layer = tuple[str, str, Arguments, tuple[str, ...]]
DIABETES = Recipe(Choice("diabetes"), epochs=1, batch_size=64)
ENTRY: Layer = ("entry", "Input", {"shape": ("N", 10)}, ())
FIRST: Layer = ("first", "Linear", {"out_features": 8}, ("entry",))
LAST: Layer = ("last", "Linear", {"out_features": 1}, ("at",))
EXIT: Layer = ("exit", "Output", {}, ("last",))


def step(name: str, kind: str, *before: str, **arguments: object) -> Layer:
    return (name, kind, arguments, before)  # type: ignore[return-value]


def within(*layers: Layer) -> Network:
    """Return a network with these between its first and its last layer; ``at`` is the last."""
    return graph(ENTRY, FIRST, *layers, LAST, EXIT)


def joined(network: Network, node: str, **ports: str) -> Network:
    """Return a network in which these ports of a node are fed by other nodes."""
    for port, source in ports.items():
        network = connect(network, Port(source, "output"), Port(node, port))
    return network


ZERO = step("zero", "ReLU", "first")
"""Which is 0 for about half of all units."""
NOTHING = step("zero", "MultiplyByNumber", "first", value=0.0)


class Source(NamedTuple):
    layers: tuple[Layer, ...]
    code: str
    node: str = "at"


FORWARD: Mapping[str, Source] = {
    "log of 0": Source((ZERO, step("at", "Log", "zero")), "log"),
    "log1p of -1": Source(
        (NOTHING, step("less", "AddNumber", "zero", value=-1.0), step("at", "Log1p", "less")), "log"
    ),
    "log2 below 0": Source((step("at", "Log2", "first"),), "log"),
    "division by 0": Source((ZERO, step("at", "Divide", "first", "zero")), "division"),
    "0 over 0": Source((NOTHING, step("at", "Divide", "zero", "zero")), "division"),
    "one over 0": Source((ZERO, step("at", "Reciprocal", "zero")), "division"),
    "root below 0": Source((step("at", "Sqrt", "first"),), "root"),
    "one over the root of 0": Source((ZERO, step("at", "Rsqrt", "zero")), "root"),
    "exp of much": Source(
        (step("much", "MultiplyByNumber", "first", value=1e4), step("at", "Exp", "much")), "power"
    ),
    "a power of much": Source(
        (
            step("much", "MultiplyByNumber", "first", value=1e4),
            step("at", "Power", "much", exponent=12.0),
        ),
        "power",
    ),
    "a root as a power": Source((step("at", "Power", "first", exponent=0.5),), "power"),
    "acos beyond 1": Source(
        (step("much", "MultiplyByNumber", "first", value=9.0), step("at", "Acos", "much")), "arc"
    ),
    "a product of much": Source(
        (
            step("much", "MultiplyByNumber", "first", value=1e5),
            step("square", "Square", "much"),
            step("fourth", "Square", "square"),
            step("at", "Multiply", "fourth", "fourth"),
        ),
        "here",
    ),
    "the gamma function": Source((NOTHING, step("at", "Lgamma", "zero")), "here"),
    "infinity minus infinity": Source(
        (
            ZERO,
            step("log", "Log", "zero"),
            step("at", "Subtract", "log", "log"),
        ),
        "log",
        "log",
    ),
}
BACKWARD: Mapping[str, Source] = {
    "the slope of a root at 0": Source((NOTHING, step("at", "Sqrt", "zero")), "gradient"),
    "the slope of a power at 0": Source(
        (NOTHING, step("at", "Power", "zero", exponent=0.5)), "gradient"
    ),
    "the slope of acos at 1": Source(
        (
            NOTHING,
            step("one", "AddNumber", "zero", value=1.0),
            step("at", "Acos", "one"),
        ),
        "gradient",
    ),
}


def told(events: list[Event]) -> tuple[str, str]:
    """Return the code and the place of the first that was noticed, or why it failed."""
    found = [each for each in events if isinstance(each, Noticed)]
    if found:
        return (found[0].problem.code, found[0].path)
    last = events[-1]
    return (last.problem.code if isinstance(last, Failed) else type(last).__name__, "")


@pytest.mark.parametrize("name", [*FORWARD, *BACKWARD])
def test_what_a_node_makes_of_finite_numbers_is_told_at_the_node(name: str) -> None:
    source = {**FORWARD, **BACKWARD}[name]
    found = told(run(within(*source.layers), DIABETES))
    assert found == (f"not_finite_{source.code}", source.node)


PLAIN = graph(ENTRY, FIRST, step("at", "Tanh", "first"), LAST, EXIT)


def spoilt(monkeypatch: pytest.MonkeyPatch, part: str, value: float) -> None:
    """Have one number of the samples be another: of the ``inputs`` or the ``targets``."""

    def read(job: object) -> Samples:
        samples = read_samples(job)  # type: ignore[arg-type]
        first, *others = getattr(samples.prepared, part)
        numbers = np.array(first[:])
        numbers[int(samples.prepared.split.train[30])].reshape(-1)[-1:] = value
        return replace(samples, prepared=replace(samples.prepared, **{part: (numbers, *others)}))

    for module in (engine, repeating):
        monkeypatch.setattr(module, "read_samples", read)


@pytest.mark.parametrize(
    ("part", "value"), [("inputs", np.nan), ("inputs", np.inf), ("targets", np.nan)]
)
def test_what_the_data_have_is_told_with_its_sample(
    part: str, value: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoilt(monkeypatch, part, value)
    events = run(PLAIN, DIABETES)
    (noticed,) = (each.problem for each in events if isinstance(each, Noticed))
    assert noticed.code == "not_finite_data"
    assert noticed.values["array"] == ("features" if part == "inputs" else "target")
    assert noticed.node == ("entry" if part == "inputs" else "exit")


@pytest.mark.parametrize(("tensor", "group"), [("last.weight", "weight"), ("first.bias", "bias")])
def test_what_a_file_of_weights_has_is_told_with_the_file(
    tensor: str, group: str, tmp_path: Path
) -> None:
    weights = build_project(project(PLAIN, DIABETES)).make().state_dict()
    weights[tensor].view(-1)[1] = float("nan")
    save_file(weights, tmp_path / "weights.safetensors")
    events = run(PLAIN, DIABETES, weights=Beginning(tmp_path / "weights.safetensors"))
    assert told(events) == ("not_finite_weight", tensor.partition(".")[0])
    (noticed,) = (each.problem for each in events if isinstance(each, Noticed))
    assert noticed.values["weight"] == group


def test_what_half_precision_cannot_hold_is_told_with_another() -> None:
    halved = replace(DIABETES, options=(Choice("autocast", {"dtype": "float16"}),))
    network = set_init(PLAIN, "last", "bias", Choice("constant_", {"val": 7e4}))
    events = run(network, halved)
    assert told(events) == ("not_finite_half", "last")
    (noticed,) = (each.problem for each in events if isinstance(each, Noticed))
    mended = fix_project(project(network, halved), "main", noticed.fixes[0])
    assert not [each for each in run(network, mended.recipe) if isinstance(each, Failed)]


MUCH = (
    step("much", "MultiplyByNumber", "first", value=1e9),
    step("more", "MultiplyByNumber", "much", value=1e9),
    step("at", "MultiplyByNumber", "more", value=1e9),
)


def test_a_loss_that_is_drawn_is_told_at_its_node() -> None:
    network = graph(ENTRY, FIRST, *MUCH, step("loss", "MSELoss"), ("exit", "Output", {}, ("loss",)))
    network = joined(network, "loss", input="at", target="first")
    drawn = replace(DIABETES, objectives=(Objective("exit", "target", Choice("Output")),))
    assert told(run(network, drawn)) == ("not_finite_here", "loss")


def test_a_loss_of_the_recipe_is_told_as_a_setting() -> None:
    assert told(run(within(*MUCH), DIABETES)) == ("not_finite_loss", "")


def test_the_branch_that_is_not_chosen_has_a_slope_all_the_same() -> None:
    network = graph(
        ENTRY,
        FIRST,
        NOTHING,
        step("root", "Sqrt", "zero"),
        step("is_above", "Greater"),
        step("at", "Where"),
        LAST,
        EXIT,
    )
    network = joined(network, "is_above", input="first", other="first")
    network = joined(network, "at", condition="is_above", input="root", other="first")
    assert told(run(network, DIABETES)) == ("not_finite_gradient", "root")


def test_a_step_that_is_far_too_long_is_told_as_the_rate() -> None:
    recipe = replace(DIABETES, optimizer=Choice("SGD", {"lr": 1e30}))
    assert told(run(PLAIN, recipe)) in [
        ("rate_too_high", ""),
        ("not_finite_update", "first"),
        ("not_finite_update", "last"),
    ]


@pytest.mark.parametrize("option", ["accumulate", "clip_grad_norm", "ema", "by_step"])
def test_options_do_not_hide_where_it_began(option: str) -> None:
    source = BACKWARD["the slope of a root at 0"]
    recipe = replace(DIABETES, options=(Choice(option),))
    assert told(run(within(*source.layers), recipe)) == ("not_finite_gradient", "at")
