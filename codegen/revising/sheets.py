"""Drawings with their text, all under the ids of one project, so that they can be compared."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import field, replace

from codegen.emit import Source
from codegen.importing.marks import Mark, Marks
from codegen.importing.source import Imported
from codegen.names import class_name
from codegen.revising.pairing import Pairing
from graph_model.frozen import frozen
from graph_model.network import (
    CustomLayer,
    Edge,
    LayerId,
    Network,
    NetworkId,
    Node,
    NodeId,
    Port,
    Project,
    custom_kind,
    new_id,
    use_kind,
    used_layer,
    used_network,
)
from graph_model.values import Value


@frozen
class Sheet:
    """Networks, and where each node stands in a text.

    A port of a block is called after the id of the Input or Output within, whose name may change;
    ``places`` are the lines of each node, from 1 on.
    """

    main: NetworkId
    networks: Mapping[NetworkId, Network]
    layers: Mapping[LayerId, CustomLayer]
    marks: Mapping[NetworkId, Marks]
    places: Mapping[NetworkId, Mapping[NodeId, frozenset[int]]] = field(default_factory=dict)


def sheet_of_project(project: Project, source: Source) -> Sheet:
    """Return a project as its text shows it: all names are known, and the lines of all nodes."""
    networks = {id: project.networks[id] for id in within(project.networks, project.main)}
    lines: dict[NetworkId, dict[NodeId, set[int]]] = {id: {} for id in networks}
    for line, origins in source.origins.items():
        for each in origins:
            lines[each.network].setdefault(each.node, set()).add(line)
    return Sheet(
        project.main,
        {id: _by_ids(each, networks) for id, each in networks.items()},
        project.layers,
        {
            id: Marks(
                source.class_name if id == project.main else class_name(each.name),
                nodes={node.id: Mark(node.name) for node in each.nodes.values()},
            )
            for id, each in networks.items()
        },
        {
            id: {node: frozenset(found) for node, found in each.items()}
            for id, each in lines.items()
        },
    )


def sheet_of_text(found: Imported) -> Sheet:
    """Return what a text draws, under the ids that it was drawn with."""
    networks = found.project.networks
    return Sheet(
        found.project.main,
        {id: _by_ids(each, networks) for id, each in networks.items()},
        found.project.layers,
        {id: found.marks[id] for id in networks},
        {
            id: {
                node: frozenset({mark.line, mark.made} - {0})
                for node, mark in found.marks[id].nodes.items()
            }
            for id in networks
        },
    )


def within(networks: Mapping[NetworkId, Network], main: NetworkId) -> list[NetworkId]:
    """Return the ids of a network and of all blocks within, in the order in which they are met."""
    found = [main]
    for id in found:
        used = (used_network(node.kind) or "" for node in networks[id].nodes.values())
        found += [each for each in dict.fromkeys(used) if each in networks and each not in found]
    return found


def _by_ids(network: Network, networks: Mapping[NetworkId, Network]) -> Network:
    """Return a network whose edges call ports of blocks after the ids of what lies within."""

    def named(port: Port, kind: str) -> Port:
        block = networks.get(used_network(network.nodes[port.node].kind) or "")
        inner = block.nodes.values() if block is not None else ()
        found = (each.id for each in inner if each.kind == kind and each.name == port.name)
        return Port(port.node, next(found, port.name))

    edges = {
        named(edge.target, "Input"): Edge(named(edge.source, "Output"), named(edge.target, "Input"))
        for edge in network.edges.values()
    }
    return replace(network, edges=edges)


def port_name(networks: Mapping[NetworkId, Network], kind: str, port: Port) -> Port:
    """Return a port under its name, where it is called after what lies within a block."""
    block = networks.get(used_network(kind) or "")
    inner = block.nodes.get(port.name) if block is not None else None
    return Port(port.node, inner.name) if inner is not None else port


def translated(sheet: Sheet, pairing: Pairing, taken: Collection[str]) -> Sheet:
    """Return a sheet under the ids that the pairing gives, and fresh ones for all that is new."""
    ids = _Ids(sheet, pairing, taken)
    networks = {ids.networks[id]: ids.network(each) for id, each in sheet.networks.items()}
    return Sheet(
        ids.networks[sheet.main],
        networks,
        {ids.layers[id]: replace(each, id=ids.layers[id]) for id, each in sheet.layers.items()},
        {
            ids.networks[id]: replace(
                each, nodes={ids.nodes[id][node]: mark for node, mark in each.nodes.items()}
            )
            for id, each in sheet.marks.items()
        },
        {
            ids.networks[id]: {ids.nodes[id][node]: lines for node, lines in each.items()}
            for id, each in sheet.places.items()
        },
    )


class _Ids:
    """The ids that a sheet is to have."""

    def __init__(self, sheet: Sheet, pairing: Pairing, taken: Iterable[str]) -> None:
        self._sheet = sheet
        used = set(taken)

        def fresh() -> str:
            used.add(made := new_id(used))
            return made

        self.networks = {id: pairing.networks.get(id) or fresh() for id in sheet.networks}
        self.layers = {id: pairing.layers.get(id) or fresh() for id in sheet.layers}
        self.nodes = {
            id: {node: pairing.nodes.get(id, {}).get(node) or fresh() for node in each.nodes}
            for id, each in sheet.networks.items()
        }

    def network(self, network: Network) -> Network:
        nodes = [self._node(network, each) for each in network.nodes.values()]
        ports = [
            Edge(self._port(network, edge.source), self._port(network, edge.target))
            for edge in network.edges.values()
        ]
        return replace(
            network,
            id=self.networks[network.id],
            nodes={each.id: each for each in nodes},
            edges={each.target: each for each in ports},
        )

    def _node(self, network: Network, node: Node) -> Node:
        own = self.nodes[network.id]
        block, layer = used_network(node.kind), used_layer(node.kind)
        kind = (
            use_kind(self.networks[block])
            if block is not None
            else custom_kind(self.layers[layer])
            if layer is not None
            else node.kind
        )
        arguments = node.arguments
        if block is not None and not node.shares:
            arguments = complete(self._sheet.networks[block], node)
        shares = own[node.shares] if node.shares else ""
        return replace(node, id=own[node.id], kind=kind, shares=shares, arguments=arguments)

    def _port(self, network: Network, port: Port) -> Port:
        block = used_network(network.nodes[port.node].kind)
        inner = self.nodes[block] if block is not None else {}
        return Port(self.nodes[network.id][port.node], inner.get(port.name, port.name))


def complete(block: Network, node: Node) -> Mapping[str, Value]:
    """Return all arguments of the use of a block, those as usual included."""
    usual = {each.name: each.default for each in block.parameters if each.name not in node.formulas}
    return {**usual, **node.arguments}


def is_same_drawing(one: Sheet, other: Sheet) -> bool:
    """Tell whether two drawings are the same but for their names."""
    return one.networks.keys() >= other.networks.keys() and all(
        _is_same_network(one.networks[id], each, id == one.main)
        for id, each in other.networks.items()
    )


def _is_same_network(one: Network, other: Network, is_main: bool) -> bool:
    if one.nodes.keys() != other.nodes.keys() or one.edges != other.edges:
        return False
    return all(
        _told(each, is_main) == _told(other.nodes[id], is_main) for id, each in one.nodes.items()
    )


def _told(node: Node, is_main: bool) -> object:
    arguments = {} if node.kind == "Input" and not is_main else node.arguments
    return replace(node, name="", arguments=arguments, init={})
