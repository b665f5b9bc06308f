"""What is wrong with the structure of a network: its ends, names, dead branches and circles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from heapq import heapify, heappop, heappush
from operator import attrgetter
from typing import NamedTuple, TypeAlias

from graph_model.layers import LAYERS
from graph_model.layers.gradient import BY, GRADIENT, OF, WITHOUT_GRADIENT
from graph_model.layers.kind import Composite, Held, Module, Script
from graph_model.mappings import in_order
from graph_model.naming import as_name, name_complaint
from graph_model.network import Edge, Network, Node, NodeId, Port, free_name
from graph_model.phrases import phrase
from graph_model.problems import (
    AddOutput,
    Disconnect,
    Fix,
    Problem,
    RemoveBranch,
    RemoveNode,
    Rename,
)

Ways: TypeAlias = Mapping[NodeId, Sequence[Edge]]
"""The edges that leave, or that enter, each node."""


class Census(NamedTuple):
    """What the problems follow from: how often each name and kind is there, and who is at fault.

    ``misnamed`` are the nodes whose names cannot be names, ``loose`` those that nothing reads,
    ``dead`` those from which no way leads to an Output; ``begins`` are where several of these do.
    """

    names: Mapping[str, int]
    kinds: Mapping[str, int]
    misnamed: frozenset[NodeId]
    loose: frozenset[NodeId]
    dead: frozenset[NodeId]
    begins: frozenset[NodeId]


def census(network: Network, consumers: Ways, feeders: Ways, *, is_cyclic: bool) -> Census:
    """Count through a whole network."""
    nodes = network.nodes
    loose = frozenset(_loose(nodes.values(), consumers))
    may_be_dead = loose or is_cyclic  # each branch that is dead ends loose, or turns in a circle
    dead = frozenset(_on_no_way(network, feeders) if may_be_dead else ())
    return Census(
        dict(Counter(map(attrgetter("name"), nodes.values()))),
        dict(Counter(map(attrgetter("kind"), nodes.values()))),
        frozenset(_misnamed(nodes.values())),
        loose,
        dead,
        frozenset(_begins(dead, dead, consumers, feeders)),
    )


def recounted(
    before: Census,
    old: Network,
    network: Network,
    ids: Collection[NodeId],
    consumers: Ways,
    feeders: Ways,
    ranks: Mapping[NodeId, float],
) -> Census:
    """Return the census after an edit without circles that concerned no nodes but these.

    They are those that are others, and those at either end of an edge that is.
    """
    names, kinds = dict(before.names), dict(before.kinds)
    for nodes, step in ((old.nodes, -1), (network.nodes, 1)):
        for node in (nodes[id] for id in ids if id in nodes):
            names[node.name] = names.get(node.name, 0) + step
            kinds[node.kind] = kinds.get(node.kind, 0) + step
            if not names[node.name]:
                del names[node.name]
            if not kinds[node.kind]:
                del kinds[node.kind]
    there = [network.nodes[id] for id in ids if id in network.nodes]
    dead = _dying(before.dead, network, ids, consumers, feeders, ranks)
    turned = dead ^ before.dead
    around = {*ids, *turned}
    around.update(each.target.node for id in turned for each in consumers.get(id, ()))
    return Census(
        names,
        kinds,
        before.misnamed.difference(ids).union(_misnamed(there)),
        before.loose.difference(ids).union(_loose(there, consumers)),
        dead,
        before.begins.difference(around).union(_begins(around, dead, consumers, feeders)),
    )


def _misnamed(nodes: Iterable[Node]) -> Iterator[NodeId]:
    return (node.id for node in nodes if name_complaint(node.name, is_attribute=is_attribute(node)))


def is_attribute(node: Node) -> bool:
    """Tell whether a node becomes an attribute of the module: ends and operations do not."""
    kind = LAYERS.get(node.kind)
    return kind is None or isinstance(kind.form, Module | Composite | Script | Held)


def _loose(nodes: Iterable[Node], consumers: Ways) -> Iterator[NodeId]:
    return (node.id for node in nodes if not consumers[node.id] and node.kind != "Output")


def structure_problems(
    network: Network, feeders: Ways, counted: Census, *, is_cyclic: bool
) -> tuple[Problem, ...]:
    """Return what is wrong with a structure, in the order of the nodes."""
    return (
        *_boundary_problems(network, counted),
        *_name_problems(network, counted),
        *_unused(network, counted),
        *_dead_branches(network, counted),
        *(_gradients(network, feeders) if GRADIENT.name in counted.kinds else ()),
        *(_cycles(network) if is_cyclic else ()),
    )


def _boundary_problems(network: Network, counted: Census) -> Iterator[Problem]:
    if not network.nodes:
        yield Problem("empty_network")
        return
    if "Input" not in counted.kinds and network.role == "network":  # a block may make what it gives
        yield Problem("no_input")
    if "Output" not in counted.kinds:
        yield Problem("no_output", fixes=tuple(_add_output(network)))


def _add_output(network: Network) -> Iterator[Fix]:
    """Offer an Output behind the node that was added last and that nothing reads."""
    read = {edge.source.node for edge in network.edges.values()}
    for id, node in reversed(list(network.nodes.items())):
        kind = LAYERS.get(node.kind)
        if kind and id not in read and node.kind != "Input" and kind.outputs(kind.defaults):
            yield Fix("add_output", AddOutput(), {"name": node.name}, id)
            return


def _name_problems(network: Network, counted: Census) -> Iterator[Problem]:
    nodes, uses = network.nodes, counted.names
    twice = {id for id, node in nodes.items() if uses[node.name] > 1} if _has_twins(counted) else ()
    for id in in_order(nodes, counted.misnamed.union(twice)):
        node = nodes[id]
        if complaint := name_complaint(node.name, is_attribute=is_attribute(node)):
            fallback = free_name(as_name(node.kind.lower(), "layer"), uses)
            better = as_name(node.name, fallback)
            better = fallback if better in uses else better
            yield Problem(
                "bad_name",
                {"name": node.name, "reason": phrase(complaint)},
                node=id,
                fixes=(_rename(node, better),),
            )
        else:
            better = free_name(node.name, uses)
            yield Problem(
                "duplicate_name", {"name": node.name}, node=id, fixes=(_rename(node, better),)
            )


def _has_twins(counted: Census) -> bool:
    return max(counted.names.values(), default=0) > 1


def _rename(node: Node, name: str) -> Fix:
    return Fix("rename", Rename(name), {"name": name}, node=node.id)


def _unused(network: Network, counted: Census) -> Iterator[Problem]:
    for id in in_order(network.nodes, counted.loose):
        name = network.nodes[id].name
        fix = Fix("remove_node", RemoveNode(), {"name": name}, node=id)
        yield Problem("unused_output", {"name": name}, node=id, fixes=(fix,))


def _dead_branches(network: Network, counted: Census) -> Iterator[Problem]:
    """Tell where a branch of several layers begins of which none reaches an Output."""
    if "Output" not in counted.kinds:
        return
    for id in in_order(network.nodes, counted.begins):
        name = network.nodes[id].name
        fix = Fix("remove_branch", RemoveBranch(), {"name": name}, node=id)
        yield Problem("dead_branch", {"name": name}, node=id, fixes=(fix,))


def _on_no_way(network: Network, feeders: Ways) -> set[NodeId]:
    """Return the nodes from which no way leads to an Output."""
    waiting = [id for id, node in network.nodes.items() if node.kind == "Output"]
    alive = set(waiting)
    while waiting:
        found = {edge.source.node for edge in feeders[waiting.pop()]} - alive
        alive |= found
        waiting.extend(found)
    return network.nodes.keys() - alive


def _dying(
    before: Set[NodeId],
    network: Network,
    ids: Collection[NodeId],
    consumers: Ways,
    feeders: Ways,
    ranks: Mapping[NodeId, float],
) -> frozenset[NodeId]:
    """Return the same after an edit, looking at no node but these and those that follow from them.

    Dead is what is no Output and all of whose readers are; these, of higher ranks, come first.
    """
    nodes = network.nodes
    dead = {*before}.difference(id for id in ids if id not in nodes)
    waiting = [(-ranks[id], id) for id in ids if id in nodes]
    heapify(waiting)
    while waiting:
        _, id = heappop(waiting)
        is_alive = nodes[id].kind == "Output" or any(
            edge.target.node not in dead for edge in consumers[id]
        )
        if is_alive is (id in dead):
            dead ^= {id}
            for edge in feeders[id]:
                heappush(waiting, (-ranks[edge.source.node], edge.source.node))
    return frozenset(dead)


def _begins(
    ids: Iterable[NodeId], dead: Set[NodeId], consumers: Ways, feeders: Ways
) -> Iterator[NodeId]:
    """Yield those of the nodes that are dead, are read, and are fed by nothing that is dead."""
    for id in ids:
        if id in dead and consumers[id] and all(x.source.node not in dead for x in feeders[id]):
            yield id


def _gradients(network: Network, feeders: Ways) -> Iterator[Problem]:
    """Find where one derives by what the other does not follow from."""
    for id, node in network.nodes.items():
        of, by = (network.edges.get(Port(id, name)) for name in (OF, BY))
        if node.kind == GRADIENT.name and of and by and not _leads(by.source, of, network, feeders):
            values = {"name": network.nodes[by.source.node].name}
            yield Problem("gradient_apart", values, node=id, port=BY)


def _leads(start: Port, end: Edge, network: Network, feeders: Ways) -> bool:
    """Tell whether a way that gradients take leads from an output to an edge."""
    waiting, seen = [end], set[NodeId]()
    while waiting:
        edge = waiting.pop()
        if edge.source == start:
            return True
        id = edge.source.node
        if id not in seen and network.nodes[id].kind not in WITHOUT_GRADIENT:
            seen.add(id)
            waiting.extend(feeders[id])
    return False


def _cycles(network: Network) -> Iterator[Problem]:
    import networkx  # a third of a second that only a cyclic network has to wait for

    graph = networkx.DiGraph(
        (edge.source.node, edge.target.node) for edge in network.edges.values()
    )
    place = {id: number for number, id in enumerate(network.nodes)}
    drawn = _drawn(network)
    for component in networkx.strongly_connected_components(graph):
        first = min(component, key=place.__getitem__)
        if len(component) > 1 or graph.has_edge(first, first):
            within = graph.subgraph(component)
            circle = [source for source, _ in networkx.find_cycle(within, first)]
            listed = ", ".join(network.nodes[id].name for id in circle)
            fix = _break_cycle(network, circle, drawn)
            yield Problem("cycle", {"names": listed}, node=first, fixes=(fix,))


def _drawn(network: Network) -> Mapping[tuple[NodeId, NodeId], tuple[int, Edge]]:
    """Return for two nodes the last edge between them, with its place among all."""
    edges = enumerate(network.edges.values())
    return {(edge.source.node, edge.target.node): (place, edge) for place, edge in edges}


def _break_cycle(
    network: Network,
    circle: list[NodeId],
    drawn: Mapping[tuple[NodeId, NodeId], tuple[int, Edge]],
) -> Fix:
    """Offer to remove an edge of a circle, the one that was drawn last."""
    around = zip(circle, [*circle[1:], *circle[:1]], strict=True)
    _, last = max(drawn[pair] for pair in around)
    source, target = network.nodes[last.source.node], network.nodes[last.target.node]
    values = {"source": source.name, "target": target.name}
    return Fix("break_cycle", Disconnect(last.target.name), values, target.id)
