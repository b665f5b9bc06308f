"""The edges of a network as links between numbers, each with where it leaves and enters a card."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from app.layout.layers import Link
from app.layout.measures import side_length
from graph_model.blocks import find_kind
from graph_model.network import Direction, Network, NetworkId, Node, NodeId


class Wired(NamedTuple):
    """The links of a network, and how long the side of each node is that its ports lie on."""

    links: list[Link]
    lengths: list[int]


def wired(network: Network, blocks: Mapping[NetworkId, Network], direction: Direction) -> Wired:
    """Return a link for each edge between two nodes, in a stable order, and the nodes' lengths."""
    number = {id: index for index, id in enumerate(network.nodes)}
    leaving: dict[NodeId, dict[str, None]] = {}
    entering: dict[NodeId, dict[str, None]] = {}
    for edge in network.edges.values():
        leaving.setdefault(edge.source.node, {})[edge.source.name] = None
        entering.setdefault(edge.target.node, {})[edge.target.name] = None
    nodes = network.nodes
    leaves = {id: _places(names, nodes[id], blocks, inputs=False) for id, names in leaving.items()}
    enters = {id: _places(names, nodes[id], blocks, inputs=True) for id, names in entering.items()}
    links = sorted(
        Link(
            number[edge.source.node],
            leaves[edge.source.node][edge.source.name],
            number[edge.target.node],
            enters[edge.target.node][edge.target.name],
        )
        for edge in network.edges.values()
        if edge.source.node != edge.target.node
    )
    most = (max(len(leaves.get(id, ())), len(enters.get(id, ()))) for id in nodes)
    return Wired(links, [side_length(each, direction) for each in most])


def _places(
    used: Iterable[str], node: Node, blocks: Mapping[NetworkId, Network], *, inputs: bool
) -> dict[str, float]:
    """Return where on its side of the card each port lies, between 0 and 1.

    Ports that the kind of the node does not have, or whose kind is not known, come after those
    that it has, in the order of their edges.
    """
    known = _ports(node, blocks, inputs=inputs)
    names = list(dict.fromkeys((*known, *used)))
    return {name: (index + 1) / (len(names) + 1) for index, name in enumerate(names)}


def _ports(node: Node, blocks: Mapping[NetworkId, Network], *, inputs: bool) -> Sequence[str]:
    kind = find_kind(node.kind, blocks)
    if kind is None:
        return ()
    arguments = kind.complete(node.arguments)
    return kind.inputs(arguments) if inputs else kind.outputs(arguments)
