"""The faults: each takes a healthy training and spoils it at a random place.

A fault says where a diagnosis has to point: to nodes, one of which is to be named, or to a setting.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

import numpy as np
import torch
from torch import nn

from app.observing.nodes import nodes_of
from app.project.examples import load_example
from app.training.samples import Samples
from codegen.build import build_project
from graph_model.editing.edits import apply_fix, set_init
from graph_model.frozen import frozen
from graph_model.inference.infer import Inference, infer_project
from graph_model.network import Network, NodeId, Project
from graph_model.problems import Fix, InsertBefore
from graph_model.recipe import BETWEEN, Choice
from graph_model.recipes.optimizers import OPTIMIZERS
from tools.fault_injection.bases import base, deep, drawn, large


@frozen
class Fault:
    """A training that was spoilt: ``healthy`` is what it was, ``codes`` what may be said of it.

    ``nodes`` are those one of which has to be named, where it is at a node. ``spoil`` changes the
    samples that are read, ``make_model`` stands in for the network. One that ``has_to_fail`` is
    harmful only where the run does. Of several players one is to be named; whether it does harm
    cannot be told by losses that work against each other.
    """

    healthy: Project
    project: Project
    codes: frozenset[str]
    nodes: frozenset[str] = frozenset()
    spoil: Callable[[Samples], Samples] | None = None
    make_model: Callable[[], nn.Module] | None = None
    has_to_fail: bool = False
    player: str = ""


_AT_NODES: Final = frozenset(
    {
        "weights_too_large",
        "units_dead",
        "units_dead_here",
        "units_saturated",
        "units_saturated_here",
    }
)


def nan_in_weight(chance: random.Random) -> Fault | None:
    """One number of one weight is NaN."""
    project = base(chance)
    built = build_project(project)
    weights = [name for name, _ in built.make().named_parameters()]
    name = chance.choice(weights)
    place = chance.random()

    def make_model() -> nn.Module:
        model = built.make()
        weight = model.get_parameter(name)
        with torch.no_grad():
            weight.view(-1)[int(place * weight.numel())] = float("nan")
        return model

    node = _owner(project, name)
    if node is None:
        return None
    codes = frozenset({"not_finite_weight"})
    return Fault(project, project, codes, frozenset({node}), make_model=make_model)


def nan_in_data(chance: random.Random) -> Fault:
    """One number of one training sample is NaN, or infinite."""
    project = base(chance)
    draw, value = chance.random(), chance.choice((np.nan, np.inf, -np.inf))

    def spoil(samples: Samples) -> Samples:
        first, *others = samples.prepared.inputs
        train = samples.prepared.split.train
        spoilt = np.array(first[:], copy=True)
        flat = spoilt[train[int(draw * len(train))]].reshape(-1)
        flat[int(draw * 977) % flat.size] = value
        spoilt[train[int(draw * len(train))]] = flat.reshape(spoilt.shape[1:])
        return replace(samples, prepared=replace(samples.prepared, inputs=(spoilt, *others)))

    codes = frozenset({"not_finite_data"})
    return Fault(project, project, codes, spoil=spoil)


_OPERATIONS: Final = (
    "Log",
    "Sqrt",
    "Rsqrt",
    "Acos",
    "Asin",
    "Log10",
    "Log2",
    "Power",
    "Reciprocal",
)


def nan_in_operation(chance: random.Random) -> Fault | None:
    """An operation is put where it is given numbers that it is not known for."""
    project = base(chance)
    network = project.networks[project.main]
    known = infer_project(project)
    edges = [
        edge
        for edge in network.edges.values()
        if _is_real(known, edge.source.node, edge.source.name)
        and network.nodes[edge.target.node].kind != "Output"
    ]
    if not edges:
        return None
    edge, kind = chance.choice(edges), chance.choice(_OPERATIONS)
    arguments = {"exponent": chance.choice((0.5, -0.5, 1.5, 200.0))} if kind == "Power" else {}
    fix = Fix("insert_layer", InsertBefore(edge.target.name, kind, arguments), {}, edge.target.node)
    spoilt = apply_fix(network, fix)
    (new,) = spoilt.nodes.keys() - network.nodes.keys()
    codes = frozenset(f"not_finite_{each}" for each in _REASONS) | _BEFORE
    spoilt_project = _with(project, spoilt)
    return Fault(project, spoilt_project, codes, frozenset({new}), has_to_fail=True)


_REASONS: Final = ("log", "root", "division", "power", "arc", "here", "gradient", "softmax")
_BEFORE: Final = frozenset({"values_too_large", "gradient_stops"})
"""What may be said of an operation before anything comes out that is no number."""


def large_weights(chance: random.Random) -> Fault | None:
    """A layer begins with weights that are far too large."""
    project = base(chance)
    node = _some_layer(project, chance)
    if node is None:
        return None
    spoilt = _with_init(project, node, "weight", chance.choice((20.0, 50.0, 100.0)))
    return Fault(project, spoilt, _AT_NODES, _around(project, node))


def dead_units(chance: random.Random) -> Fault | None:
    """A layer before a ReLU begins with biases far below zero."""
    project = base(chance)
    node = _some_layer(project, chance, ("ReLU",))
    if node is None or "bias" not in _tensors(project, node):
        return None
    network = set_init(
        project.networks[project.main],
        node,
        "bias",
        Choice("constant_", {"val": -chance.choice((20.0, 50.0, 100.0))}),
    )
    return Fault(project, _with(project, network), _AT_NODES, _around(project, node))


def saturated_units(chance: random.Random) -> Fault | None:
    """A layer before a squashing activation begins with weights that are far too large."""
    kind = chance.choice(("Tanh", "Sigmoid"))
    project = drawn(chance, kind, 0 if kind == "Sigmoid" else chance.randrange(1, 5))
    node = _some_layer(project, chance, (kind,))
    if node is None:
        return None
    spoilt = _with_init(project, node, "weight", chance.choice((20.0, 50.0, 100.0)))
    return Fault(project, spoilt, _AT_NODES, _around(project, node))


def vanishing(chance: random.Random) -> Fault:
    """A chain of many sigmoids."""
    project = deep(chance)
    shallow = drawn(random.Random(project.recipe.seed), "ReLU", 2, project.recipe.data.kind)
    shallow = replace(shallow, recipe=project.recipe)
    nodes = [
        id
        for id, node in project.networks["main"].nodes.items()
        if node.kind in ("Linear", "Conv2d", "Sigmoid")
    ]
    return Fault(shallow, project, frozenset({"gradients_vanish"}), frozenset(nodes[:-1]))


def high_rate(chance: random.Random) -> Fault:
    """The learning rate is a hundred times what it was, or more."""
    project = base(chance)
    factor = chance.choice((100.0, 300.0, 1000.0, 1e5))
    codes = frozenset({"rate_too_high", "not_finite_update"})
    return Fault(project, _with_rate(project, factor), codes)


def low_rate(chance: random.Random) -> Fault:
    """The learning rate is a thousandth of what it was, or less."""
    project = base(chance)
    factor = chance.choice((1e-3, 1e-4, 1e-5))
    return Fault(project, _with_rate(project, factor), frozenset({"rate_too_low"}))


def rate_of_a_player(chance: random.Random) -> Fault:
    """The learning rate of the generator or the discriminator is too high or too low."""
    project = load_example("digits-gan")
    recipe = replace(project.recipe, epochs=4, seed=chance.randrange(10_000))
    at, is_high = chance.randrange(len(recipe.players)), chance.random() < 0.5
    factor = chance.choice((100.0, 300.0, 1000.0) if is_high else (1e-3, 1e-4, 1e-5))
    optimizer = recipe.optimizer
    rate: Any = optimizer.arguments["lr"]
    own = Choice(optimizer.kind, {**optimizer.arguments, "lr": rate * factor})
    players = [*recipe.players]
    players[at] = replace(players[at], optimizer=own)
    spoilt = replace(project, recipe=replace(recipe, players=tuple(players)))
    codes = frozenset({"player_rate_too_high" if is_high else "player_rate_too_low"})
    name = project.network.nodes[players[at].output].name
    return Fault(project, spoilt, codes, player=name)


def shuffled_labels(chance: random.Random) -> Fault:
    """The labels are those of other samples."""
    project = base(chance)
    if project.recipe.data.kind == "sunspots":
        project = drawn(chance)  # a series has no labels
    project = replace(project, recipe=replace(project.recipe, epochs=3 * project.recipe.epochs))
    seed = chance.randrange(10_000)

    def spoil(samples: Samples) -> Samples:
        order = np.random.default_rng(seed).permutation(len(samples.prepared.targets[0]))
        targets = tuple(each[order] for each in samples.prepared.targets)
        return replace(samples, prepared=replace(samples.prepared, targets=targets))

    codes = frozenset({"labels_unrelated", "labels_tell_nothing"})
    return Fault(project, project, codes, spoil=spoil)


def unscaled_inputs(chance: random.Random) -> Fault:
    """The features enter as they are."""
    table = chance.choice(("wine", "breast_cancer", "diabetes"))
    project = drawn(chance, table=table)
    data = Choice(table, {"normalize": False})
    spoilt = replace(project, recipe=replace(project.recipe, data=data))
    return Fault(project, spoilt, frozenset({"inputs_unscaled"}))


def few_samples(chance: random.Random) -> Fault:
    """A large network has few samples, and all the time it wants."""
    project = large(chance)
    recipe = replace(project.recipe, validation_fraction=0.75, test_fraction=0.05)
    spoilt = replace(project, recipe=recipe)
    return Fault(project, spoilt, frozenset({"overfitting"}))


FAULTS: Final[Mapping[str, Callable[[random.Random], Fault | None]]] = {
    "NaN in a weight": nan_in_weight,
    "NaN in a sample": nan_in_data,
    "NaN by an operation": nan_in_operation,
    "weights too large": large_weights,
    "dead units": dead_units,
    "saturated units": saturated_units,
    "vanishing gradients": vanishing,
    "rate too high": high_rate,
    "rate too low": low_rate,
    "rate of a player": rate_of_a_player,
    "shuffled labels": shuffled_labels,
    "unscaled inputs": unscaled_inputs,
    "overfitting": few_samples,
}
"""All of them by what they are called."""


def _with(project: Project, network: Network) -> Project:
    return replace(project, networks={**project.networks, network.id: network})


def _with_rate(project: Project, factor: float) -> Project:
    optimizer = project.recipe.optimizer
    rate: Any = OPTIMIZERS[optimizer.kind].complete(optimizer.arguments)["lr"]
    chosen = Choice(optimizer.kind, {**optimizer.arguments, "lr": rate * factor})
    return replace(project, recipe=replace(project.recipe, optimizer=chosen))


def _is_real(known: Inference, node: NodeId, port: str) -> bool:
    return known.nodes[node].outputs[port].is_floating


def _owner(project: Project, name: str) -> str | None:
    """Return the node of a weight of the main network by its name, where it lies in no block."""
    found = nodes_of(project).find(name)
    return found.path if found is not None and BETWEEN not in found.path else None


def _tensors(project: Project, node: NodeId) -> list[str]:
    return [each.name for each in infer_project(project).nodes[node].weights if not each.is_buffer]


def _layers(project: Project, followed_by: tuple[str, ...]) -> Iterator[NodeId]:
    """Yield the layers with a matrix, those alone that lead straight to one of some kinds."""
    network = project.networks[project.main]
    for id, node in network.nodes.items():
        if node.kind not in ("Linear", "Conv2d", "Conv1d"):
            continue
        behind = [
            network.nodes[edge.target.node].kind
            for edge in network.edges.values()
            if edge.source.node == id
        ]
        if not followed_by or set(behind) & set(followed_by):
            yield id


def _some_layer(
    project: Project, chance: random.Random, followed_by: tuple[str, ...] = ()
) -> NodeId | None:
    found = [*_layers(project, followed_by)]
    return chance.choice(found) if found else None


def _with_init(project: Project, node: NodeId, group: str, gain: float) -> Project:
    """Return the project in which the weights of a layer are so many times what is usual."""
    weight = infer_project(project).nodes[node].weights[0]
    fan_in = float(np.prod([int(str(each)) for each in weight.shape[1:]]))
    init = Choice("normal_", {"std": gain / fan_in**0.5})
    return _with(project, set_init(project.networks[project.main], node, group, init))


def _around(project: Project, node: NodeId) -> frozenset[str]:
    """Return a layer and what reads it: either may be named."""
    edges = project.networks[project.main].edges.values()
    return frozenset({node, *(each.target.node for each in edges if each.source.node == node)})
