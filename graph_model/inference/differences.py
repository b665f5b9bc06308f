"""What of an earlier inference no longer holds once a network was edited."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from graph_model.blocks import Block
from graph_model.findings.results import Inference
from graph_model.inference.arguments import as_owner
from graph_model.inference.named_sizes import may_name_sizes
from graph_model.mappings import differing, is_continued
from graph_model.network import Network, Node, NodeId, Port
from graph_model.networks_of_blocks import network_of
from graph_model.validate import Structure, restructured, structure


class Differences(NamedTuple):
    """The nodes and the input ports at which two versions of a network are not the same.

    The edges into the ports, or their nodes, may be in one of the two alone.
    """

    nodes: Sequence[NodeId]
    ports: Sequence[Port]


def differences(network: Network, old: Network) -> Differences:
    """Compare a network with an earlier version of it."""
    return Differences(differing(network.nodes, old.nodes), differing(network.edges, old.edges))


def sources(network: Network, old: Network, edited: Differences) -> set[NodeId]:
    """Return the nodes that edges were taken from or led from, as far as they are still there."""
    edges = (each.edges.get(port) for each in (network, old) for port in edited.ports)
    return {edge.source.node for edge in edges if edge and edge.source.node in network.nodes}


def sharing_after(
    network: Network, previous: Inference | None, edited: Differences
) -> Mapping[NodeId, NodeId]:
    """Return the nodes that share the weights of another one, with that one."""
    found = dict(previous.sharing) if previous else {}
    for id in edited.nodes:
        if id in network.nodes and network.nodes[id].shares:
            found[id] = network.nodes[id].shares
        else:
            found.pop(id, None)
    return found


def structure_after(network: Network, previous: Inference, edited: Differences) -> Structure:
    """Return the structure, that of before where no edge, name or kind differs."""
    before, old = previous.structure, previous.network
    if not is_continued(network.nodes, old.nodes) or not is_continued(network.edges, old.edges):
        return structure(network)
    ids = [id for id in edited.nodes if _name_and_kind(network, id) != _name_and_kind(old, id)]
    return restructured(before, network, ids, edited.ports) if ids or edited.ports else before


def _name_and_kind(network: Network, id: NodeId) -> tuple[str, str] | None:
    node = network.nodes.get(id)
    return (node.name, node.kind) if node else None


def to_be_asked(
    block: Block, structure: Structure, previous: Inference, edited: Differences
) -> set[NodeId]:
    """Return the nodes to work out again: edited themselves or in their edges, or on a cycle.

    So are those whose blocks were edited, and those that share weights with them.
    """
    network, old = network_of(block, previous.scope), previous.network
    dirty = {id for id in edited.nodes if id in network.nodes}
    changed = _changed_kinds(block, previous.block)
    if changed:
        dirty.update(id for id, node in network.nodes.items() if node.kind in changed)
    reshaped = {
        id
        for id in dirty & old.nodes.keys()
        if _from_outside(block, network.nodes[id]) != _from_outside(previous.block, old.nodes[id])
    }
    dirty.update(edge.target.node for id in reshaped for edge in structure.consumers[id])
    dirty.update(port.node for port in edited.ports if port.node in network.nodes)
    if any(_is_input(each, id) for each in (network, old) for id in edited.nodes):
        dirty.update(_naming_sizes(block))
    if previous.structure.is_cyclic:
        dirty |= network.nodes.keys() - previous.structure.ranks.keys()
    dirty.update(_sharing(network, {*previous.sharing, *edited.nodes}, dirty))
    return dirty


def _is_input(network: Network, id: NodeId) -> bool:
    return id in network.nodes and network.nodes[id].kind == "Input"


def _naming_sizes(block: Block) -> Iterator[NodeId]:
    """Yield the nodes whose arguments name sizes of Inputs."""
    nodes = block.network.nodes
    found = {name: block.find(name) for name in {node.kind for node in nodes.values()}}
    naming = {name: kind for name, kind in found.items() if kind and kind.symbolic}
    for id, node in nodes.items():
        kind = naming.get(node.kind)
        if kind is not None and may_name_sizes(kind, as_owner(block.network, node)):
            yield id


def _sharing(
    network: Network, candidates: Iterable[NodeId], dirty: Collection[NodeId]
) -> Iterator[NodeId]:
    """Yield the nodes that share weights with one of the dirty ones, or with one that is gone."""
    for id in candidates:
        owner = network.nodes[id].shares if id in network.nodes else ""
        if owner and (owner in dirty or owner not in network.nodes):
            yield id


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
