"""Small networks and projects to train in tests."""

from __future__ import annotations

from dataclasses import replace

from graph_model.editing.edits import new_node
from graph_model.network import Network, Port, Project, add_nodes, connect
from graph_model.recipe import Recipe
from graph_model.values import Arguments


def chain(*layers: tuple[str, Arguments]) -> Network:
    """Return the network of these layers, one after the other."""
    network = Network("main", "Example")
    last: Port | None = None
    for kind, arguments in layers:
        node = new_node(network, kind, arguments)
        network = add_nodes(network, [node])
        if last is not None:
            network = connect(network, last, Port(node.id, "input"))
        last = Port(node.id, "output")
    return network


def graph(*layers: tuple[str, str, Arguments, tuple[str, ...]]) -> Network:
    """Return the network of these layers: each with its name, kind, arguments and those before."""
    network = Network("main", "Example")
    for name, kind, arguments, before in layers:
        node = replace(new_node(network, kind, arguments), id=name, name=name)
        network = add_nodes(network, [node])
        for place, source in enumerate(before, 1):
            port = "input" if len(before) == 1 else f"input{place}"
            network = connect(network, Port(source, "output"), Port(name, port))
    return network


def mlp(features: int, hidden: int, outputs: int) -> Network:
    """Return a network with one hidden layer."""
    return chain(
        ("Input", {"shape": ("N", features)}),
        ("Linear", {"out_features": hidden}),
        ("ReLU", {}),
        ("Linear", {"out_features": outputs}),
        ("Output", {}),
    )


def project(network: Network, recipe: Recipe) -> Project:
    """Return a project of one network."""
    return Project({"main": network}, "main", recipe=recipe)
