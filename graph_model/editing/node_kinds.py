"""Letting the kind of a node follow from a parameter of its block, and back."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from graph_model.editing.block_parameters import add_parameter
from graph_model.kind_parameters import layer_parameters
from graph_model.layers import LAYERS
from graph_model.layers.layer_text import CHOICES, Layer, read_layer
from graph_model.naming import as_name
from graph_model.network import (
    Network,
    NetworkId,
    Node,
    NodeId,
    Project,
    add_nodes,
    free_name,
    with_network,
)
from graph_model.values import layer

_CALLED: Final = {"activation": "activation", "normalisation": "norm", "dropout": "dropout"}
_BESIDE: Final = {"activation": ("ReLU", "GELU", "SiLU", "Hardswish")}
"""What is offered beside the kind that a card has, by its family."""


def may_follow(node: Node) -> bool:
    """Tell whether the kind of a node may follow from a parameter."""
    return node.kind in CHOICES and not node.shares


def follow_kind(network: Network, id: NodeId, parameter: str) -> Network:
    """Let the kind of a node follow from a parameter, or with "" be what it is by now.

    It keeps the arguments that every kind of the list has and none comes with.
    """
    node = network.nodes[id]
    if not parameter:
        return add_nodes(network, [replace(node, kind_from="")])
    declared = layer_parameters(network)[parameter]
    layers = [each for text in declared.choices if (each := read_layer(text)) is not None]
    first = read_layer(str(declared.default))
    kind = first.kind.name if first else node.kind
    kept = {
        name: value
        for name, value in node.arguments.items()
        if all(name in each.kind.by_name and name not in each.arguments for each in layers)
    }
    return add_nodes(network, [replace(node, kind=kind, arguments=kept, kind_from=parameter)])


def make_kind_parameter(project: Project, id: NetworkId, node: NodeId) -> Project:
    """Add a parameter that lists the kind of a node and some like it, which the node follows."""
    block = project.networks[id]
    kind = LAYERS[block.nodes[node].kind]
    given = {
        name: value
        for name, value in block.nodes[node].arguments.items()
        if name in kind.by_name and value != kind.by_name[name].default
    }
    text = Layer(kind, given).text
    own = text if read_layer(text) is not None else kind.name
    wish = as_name(_CALLED.get(kind.family, kind.code_stem), "layer")
    taken = {each.name for each in block.parameters}
    name = wish if wish not in taken else free_name(wish, taken)
    choices = dict.fromkeys((own, *_BESIDE.get(kind.family, ("Identity",))))
    project = add_parameter(project, id, layer(name, choices, own))
    return with_network(project, follow_kind(project.networks[id], node, name))
