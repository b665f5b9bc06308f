"""Nodes whose kind follows from a parameter of the block around them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from graph_model.formulas import Scope
from graph_model.layers.layer_text import Layer, made_differently, read_layer
from graph_model.network import Network, Node, add_nodes
from graph_model.problems import Problem
from graph_model.values import Parameter, Type


def layer_parameters(network: Network) -> dict[str, Parameter]:
    """Return the parameters whose values are layer kinds, by their names."""
    return {each.name: each for each in network.parameters if each.type is Type.LAYER}


def with_kinds(network: Network, scope: Scope) -> Network:
    """Return a network whose nodes have the kinds that its parameters say.

    The arguments that come with a kind stand in for those that a node has not.
    """
    chosen = {name: scope.get(name) for name in layer_parameters(network)}
    layers = {name: read_layer(value) for name, value in chosen.items() if isinstance(value, str)}
    changed = [
        of_kind(node, layer)
        for node in network.nodes.values()
        if node.kind_from and (layer := layers.get(node.kind_from)) is not None
    ]
    return add_nodes(network, changed) if changed else network


def of_kind(node: Node, layer: Layer) -> Node:
    """Return a node as the layer that a parameter says."""
    return replace(node, kind=layer.kind.name, arguments={**layer.arguments, **node.arguments})


def kind_problems(parameter: Parameter) -> Iterator[Problem]:
    """Yield what is wrong with the kinds that a parameter lists."""
    layers = [(text, read_layer(text)) for text in parameter.choices]
    if not layers:
        yield Problem("no_layer_kinds", {"parameter": parameter.name}, parameter=parameter.name)
    for text, layer in layers:
        if layer is None:
            values = {"parameter": parameter.name, "got": text}
            yield Problem("bad_layer_kind", values, parameter=parameter.name)
    if differing := made_differently(layer for _, layer in layers if layer is not None):
        one, other = differing
        values = {
            "parameter": parameter.name,
            "one": one.kind.name,
            "sizes": ", ".join(one.open_sizes) or "–",
            "other": other.kind.name,
            "others": ", ".join(other.open_sizes) or "–",
        }
        yield Problem("layer_kinds_differ", values, parameter=parameter.name)


def unknown_kind_from(network: Network, node: Node) -> Problem | None:
    """Return what is wrong where a node's kind follows from what is no such parameter."""
    known = layer_parameters(network)
    if node.kind_from in known:
        return None
    values = {"parameter": node.kind_from, "known": ", ".join(known) or "–"}
    return Problem("unknown_kind_parameter", values, node=node.id)
