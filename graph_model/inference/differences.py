"""What of an earlier inference no longer holds once a network was edited."""

from __future__ import annotations

from graph_model.blocks import Block
from graph_model.findings.results import Inference
from graph_model.network import Network, Node, NodeId
from graph_model.validate import Structure, structure


def structure_after(network: Network, previous: Inference, edited: set[NodeId]) -> Structure:
    """Return the structure, that of before where no edge, name or kind differs."""
    old = previous.network
    if network.edges is not old.edges or network.nodes.keys() != old.nodes.keys():
        return structure(network)
    for id in edited:
        node, before = network.nodes[id], old.nodes[id]
        if (node.name, node.kind) != (before.name, before.kind):
            return structure(network)
    return previous.structure


def to_be_asked(block: Block, previous: Inference, edited: set[NodeId]) -> set[NodeId]:
    """Return the nodes to work out again: edited themselves or in their edges, or on a cycle.

    So are those whose blocks were edited, and those that share weights with them.
    """
    network, old = block.network, previous.network
    dirty = set(edited)
    changed = _changed_kinds(block, previous.block)
    if changed:
        dirty.update(id for id, node in network.nodes.items() if node.kind in changed)
    reshaped = {
        id
        for id in dirty & old.nodes.keys()
        if _from_outside(block, network.nodes[id]) != _from_outside(previous.block, old.nodes[id])
    }
    if reshaped:
        dirty.update(
            edge.target.node for edge in network.edges.values() if edge.source.node in reshaped
        )
    if network.edges is not old.edges:
        for port in network.edges.keys() | old.edges.keys():
            if network.edges.get(port) is not old.edges.get(port) and port.node in network.nodes:
                dirty.add(port.node)
    if len(previous.structure.order) < len(old.nodes):
        dirty |= network.nodes.keys() - set(previous.structure.order)
    dirty.update(
        id
        for id, node in network.nodes.items()
        if node.shares and (node.shares in dirty or node.shares not in network.nodes)
    )
    return dirty


def _from_outside(block: Block, node: Node) -> tuple[str, tuple[str, ...] | None]:
    """Return what the problem of an edge to a missing port tells of the node that it leaves."""
    kind = block.find(node.kind)
    return kind.name if kind else "", block.output_ports(node)


def _changed_kinds(block: Block, old: Block) -> set[str]:
    """Return the kinds whose blocks or custom layers are not those of before."""
    changed = set(block.recursive ^ old.recursive)
    return changed | {
        kind
        for mine, before in ((block.within, old.within), (block.layers, old.layers))
        for kind in mine.keys() | before.keys()
        if mine.get(kind) is not before.get(kind)
    }
