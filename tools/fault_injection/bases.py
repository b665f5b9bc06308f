"""Healthy trainings to put faults into: examples of the application, and small ones drawn."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from app.project.examples import load_example
from graph_model.editing.edits import new_node
from graph_model.network import Network, Port, Project, add_nodes, connect
from graph_model.recipe import Choice, Recipe
from graph_model.values import Arguments

Layer = tuple[str, Arguments]
EXAMPLES: Final[dict[str, int]] = {
    "iris-mlp": 20,
    "penguins": 10,
    "perceptron": 8,
    "linear-regression": 8,
    "digits-resnet": 3,
    "sunspots": 20,
}
"""Examples that train in a second or two, and for how many epochs they are trained here."""
_TABLES: Final[dict[str, tuple[int, int, int]]] = {
    "iris": (4, 3, 20),
    "wine": (13, 3, 20),
    "breast_cancer": (30, 2, 8),
    "diabetes": (10, 1, 12),
    "digits": (64, 10, 4),
}
"""How many features each has, how many outputs, and for how many epochs it is trained here."""
ACTIVATIONS: Final = ("ReLU", "Tanh", "Sigmoid", "GELU", "LeakyReLU", "ELU")


def base(chance: random.Random) -> Project:
    """Draw a healthy training: one of the examples in a third of all cases."""
    if chance.random() < 1 / 3:
        return example(chance.choice([*EXAMPLES]))
    return drawn(chance)


def example(name: str) -> Project:
    """Return an example, trained for fewer epochs."""
    project = load_example(name)
    return replace(project, recipe=replace(project.recipe, epochs=EXAMPLES[name]))


def drawn(
    chance: random.Random,
    activation: str = "",
    depth: int = 0,
    table: str = "",
    norms: float = 0.25,
) -> Project:
    """Draw a small network for a table, or one with convolutions for digits.

    ``norms`` is how often it has a norm behind each Linear.
    """
    table = table or chance.choice([*_TABLES])
    features, outputs, epochs = _TABLES[table]
    activation = activation or chance.choice(ACTIVATIONS[:1] * 3 + ACTIVATIONS)
    if activation == "Sigmoid" and not depth:
        depth = 1  # two of them are learnt already a good deal more slowly
    depth = depth or chance.randrange(1, 5)
    layers: list[Layer] = []
    if table == "digits":
        layers.append(("Input", {"shape": ("N", 1, 8, 8)}))
        if chance.random() < 0.5:
            layers += _convolutions(chance, activation)
        layers.append(("Flatten", {}))
    else:
        layers.append(("Input", {"shape": ("N", features)}))
    has_norms = chance.random() < norms
    for _ in range(depth):
        layers.append(("Linear", {"out_features": chance.choice((16, 32, 64))}))
        layers += [("BatchNorm1d", {})] * has_norms
        layers.append((activation, {}))
    layers += [("Linear", {"out_features": outputs}), ("Output", {})]
    recipe = Recipe(
        Choice(table),
        optimizer=Choice("Adam", {"lr": chance.choice((0.003, 0.005, 0.01))}),
        epochs=epochs,
        batch_size=chance.choice((16, 32)),
        seed=chance.randrange(10_000),
    )
    return _project(layers, recipe)


def deep(chance: random.Random) -> Project:
    """Draw a deep chain of a function that squashes, whose first layers learn nothing."""
    table = chance.choice(("iris", "wine", "digits"))
    return drawn(chance, "Sigmoid", chance.randrange(6, 13), table, norms=0)


def large(chance: random.Random) -> Project:
    """Draw a large network that is trained for long on few samples."""
    project = drawn(chance, chance.choice(("ReLU", "Tanh", "GELU")), chance.randrange(2, 4))
    wide = {
        id: replace(node, arguments={"out_features": 128})
        if node.kind == "Linear" and node.arguments["out_features"] in (16, 32, 64)
        else node
        for id, node in project.networks["main"].nodes.items()
    }
    network = replace(project.networks["main"], nodes=wide)
    recipe = replace(project.recipe, epochs=60)
    return replace(project, networks={"main": network}, recipe=recipe)


def _convolutions(chance: random.Random, activation: str) -> Sequence[Layer]:
    found: list[Layer] = []
    for _ in range(chance.randrange(1, 3)):
        channels = chance.choice((8, 16))
        found.append(
            ("Conv2d", {"out_channels": channels, "kernel_size": (3, 3), "padding": (1, 1)})
        )
        found.append((activation, {}))
    return [*found, ("MaxPool2d", {"kernel_size": (2, 2)})]


def _project(layers: Sequence[Layer], recipe: Recipe) -> Project:
    network, last = Network("main", "Drawn"), None
    for kind, arguments in layers:
        node = new_node(network, kind, arguments)
        network = add_nodes(network, [node])
        if last is not None:
            network = connect(network, last, Port(node.id, "input"))
        last = Port(node.id, "output")
    return Project({"main": network}, "main", recipe=recipe)
