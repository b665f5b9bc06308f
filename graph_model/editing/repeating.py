"""Repeating a layer in sequence: a block of that layer alone is what is repeated."""

from __future__ import annotations

from dataclasses import replace
from operator import attrgetter

from graph_model.arrangement import Arrangement
from graph_model.blocks import REPEAT, find_kind
from graph_model.custom_layers.known import NOTHING, Known, custom_kinds
from graph_model.editing.block_edits import BOUNDARY, free_block_name, make_block
from graph_model.formulas import Formula
from graph_model.layers.kind import Composite
from graph_model.network import (
    Edge,
    Network,
    NetworkId,
    NodeId,
    Port,
    Project,
    add_nodes,
    with_layout,
    with_network,
)


def may_repeat_layer(project: Project, network: NetworkId, id: NodeId, known: Known) -> bool:
    """Tell whether a node is a layer that can be fed what it gives, and has its weights alone."""
    nodes = project.networks[network].nodes
    node = nodes[id]
    kind = find_kind(node.kind, project.networks, custom_kinds(project.layers, known))
    if kind is None or isinstance(kind.form, Composite) or node.kind in BOUNDARY:
        return False
    if REPEAT.name in kind.by_name:  # a custom layer's own
        return False
    is_shared = node.shares or id in map(attrgetter("shares"), nodes.values())
    return bool(kind.inputs(kind.complete(node.arguments))) and not is_shared


def repeat_layer(
    project: Project,
    network: NetworkId,
    id: NodeId,
    times: int | Formula,
    known: Known = NOTHING,
) -> Project:
    """Repeat a layer so many times in sequence: the use of the block has its id, name and place."""
    layer, recipe = project.networks[network].nodes[id], project.recipe
    kind = find_kind(layer.kind, project.networks, custom_kinds(project.layers, known))
    name = free_block_name(project, f"{kind.name if kind else layer.kind} block")
    project, use = make_block(project, network, [id], name, known)
    layout = dict(project.layouts.get(network, {}))
    if use in layout:
        layout[id] = layout.pop(use)
    outer = _with_id(project.networks[network], use, id)
    repeated = replace(outer.nodes[id], name=layer.name, repeat=times)
    outer = replace(outer, nodes={**outer.nodes, id: repeated})
    project = with_layout(with_network(project, outer), network, layout)
    return replace(project, recipe=recipe)  # whose paths mean all repeats now


def _with_id(network: Network, old: NodeId, new: NodeId) -> Network:
    """Return a network in which a node has another id."""
    nodes = {
        new if id == old else id: replace(node, id=new) if id == old else node
        for id, node in network.nodes.items()
    }
    edges = (
        Edge(_moved(each.source, old, new), _moved(each.target, old, new))
        for each in network.edges.values()
    )
    return replace(network, nodes=nodes, edges={each.target: each for each in edges})


def _moved(port: Port, old: NodeId, new: NodeId) -> Port:
    return Port(new, port.name) if port.node == old else port


def arrange(network: Network, id: NodeId, arrangement: Arrangement, along: int = 1) -> Network:
    """Let the repeats of a block lie so, where that needs a dimension ``along`` which."""
    node = replace(network.nodes[id], arrangement=arrangement, along=along)
    return add_nodes(network, [node])
