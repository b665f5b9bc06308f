"""The structure of a network: order, consumers, cycles and names, without any shapes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from graph_model.layers import LAYERS
from graph_model.naming import as_name, name_complaint
from graph_model.network import Edge, Network, Node, NodeId, free_name, names
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


@dataclass(frozen=True, slots=True)
class Structure:
    """What follows from the nodes' names and kinds and the edges alone.

    ``order`` lists each node after those that feed it, without the nodes on or after a cycle;
    ``consumers`` lists the edges that leave each node, ``feeders`` those that enter it.
    """

    order: tuple[NodeId, ...]
    consumers: Mapping[NodeId, Sequence[Edge]]
    feeders: Mapping[NodeId, Sequence[Edge]]
    problems: tuple[Problem, ...]


def structure(network: Network) -> Structure:
    """Work out the structure of a network and what is wrong with it."""
    consumers: dict[NodeId, list[Edge]] = {id: [] for id in network.nodes}
    feeders: dict[NodeId, list[Edge]] = {id: [] for id in network.nodes}
    for edge in network.edges.values():
        consumers[edge.source.node].append(edge)
        feeders[edge.target.node].append(edge)
    waiting = {id: len(edges) for id, edges in feeders.items()}
    order = [id for id, count in waiting.items() if not count]
    for id in order:
        for edge in consumers[id]:
            target = edge.target.node
            waiting[target] -= 1
            if not waiting[target]:
                order.append(target)
    problems = (
        *_boundary_problems(network),
        *_name_problems(network),
        *_unused(network, consumers),
        *(_cycles(network) if len(order) < len(network.nodes) else ()),
    )
    return Structure(tuple(order), consumers, feeders, problems)


def reached(structure: Structure, id: NodeId, *, forwards: bool) -> set[NodeId]:
    """Return a node and all that it feeds, or else all that feed it, directly or not.

    An edge from any of the former to the node would close a circle, as would one from the node to
    any of the latter.
    """
    seen, waiting = {id}, [id]
    while waiting:
        at = waiting.pop()
        if forwards:
            found = {edge.target.node for edge in structure.consumers[at]} - seen
        else:
            found = {edge.source.node for edge in structure.feeders[at]} - seen
        seen |= found
        waiting.extend(found)
    return seen


def nodes_between(network: Network, ids: Collection[NodeId]) -> list[NodeId]:
    """Return the other nodes on ways from one of these to another.

    A block made without them would feed itself.
    """
    forwards: dict[NodeId, list[NodeId]] = {}
    backwards: dict[NodeId, list[NodeId]] = {}
    for edge in network.edges.values():
        forwards.setdefault(edge.source.node, []).append(edge.target.node)
        backwards.setdefault(edge.target.node, []).append(edge.source.node)
    found = _reached(ids, forwards) & _reached(ids, backwards)
    return [id for id in network.nodes if id in found and id not in ids]


def _reached(ids: Iterable[NodeId], ways: Mapping[NodeId, list[NodeId]]) -> set[NodeId]:
    seen: set[NodeId] = set()
    waiting = list(ids)
    while waiting:
        for id in ways.get(waiting.pop(), ()):
            if id not in seen:
                seen.add(id)
                waiting.append(id)
    return seen


def _boundary_problems(network: Network) -> Iterator[Problem]:
    if not network.nodes:
        yield Problem("empty_network")
        return
    kinds = {node.kind for node in network.nodes.values()}
    if "Input" not in kinds and network.role == "network":  # a block may make what it gives
        yield Problem("no_input")
    if "Output" not in kinds:
        yield Problem("no_output", fixes=tuple(_add_output(network)))


def _add_output(network: Network) -> Iterator[Fix]:
    """Offer an Output behind the node that was added last and that nothing reads."""
    read = {edge.source.node for edge in network.edges.values()}
    for id, node in reversed(list(network.nodes.items())):
        kind = LAYERS.get(node.kind)
        if kind and id not in read and node.kind != "Input" and kind.outputs(kind.defaults):
            yield Fix("add_output", AddOutput(), {"name": node.name}, id)
            return


def _name_problems(network: Network) -> Iterator[Problem]:
    uses = Counter(node.name for node in network.nodes.values())
    taken = names(network)
    for node in network.nodes.values():
        if complaint := name_complaint(node.name, is_attribute=is_attribute(node)):
            fallback = free_name(as_name(node.kind.lower(), "layer"), taken)
            better = as_name(node.name, fallback)
            better = fallback if better in uses else better
            yield Problem(
                "bad_name",
                {"name": node.name, "reason": phrase(complaint)},
                node=node.id,
                fixes=(_rename(node, better),),
            )
        elif uses[node.name] > 1:
            better = free_name(node.name, taken)
            yield Problem(
                "duplicate_name", {"name": node.name}, node=node.id, fixes=(_rename(node, better),)
            )


def is_attribute(node: Node) -> bool:
    """Tell whether a node may become an attribute of the module: Inputs and Outputs never do."""
    return node.kind not in ("Input", "Output")


def _rename(node: Node, name: str) -> Fix:
    return Fix("rename", Rename(name), {"name": name}, node=node.id)


def _unused(network: Network, consumers: Mapping[NodeId, Sequence[Edge]]) -> Iterable[Problem]:
    found = False
    for id, node in network.nodes.items():
        if not consumers[id] and node.kind != "Output":
            fix = Fix("remove_node", RemoveNode(), {"name": node.name}, node=id)
            yield Problem("unused_output", {"name": node.name}, node=id, fixes=(fix,))
            found = True
    if found:  # each branch that is dead ends in one
        yield from _dead_branches(network, consumers)


def _dead_branches(
    network: Network, consumers: Mapping[NodeId, Sequence[Edge]]
) -> Iterator[Problem]:
    """Find where a branch of several layers begins of which none reaches an Output."""
    outputs = [id for id, node in network.nodes.items() if node.kind == "Output"]
    alive, waiting = set(outputs), list(outputs)
    feeders: dict[NodeId, list[NodeId]] = {id: [] for id in network.nodes}
    for edge in network.edges.values():
        feeders[edge.target.node].append(edge.source.node)
    while waiting:
        found = set(feeders[waiting.pop()]) - alive
        alive |= found
        waiting.extend(found)
    for id, node in network.nodes.items() if outputs and len(alive) < len(network.nodes) else ():
        begins = id not in alive and all(source in alive for source in feeders[id])
        if begins and consumers[id]:
            fix = Fix("remove_branch", RemoveBranch(), {"name": node.name}, node=id)
            yield Problem("dead_branch", {"name": node.name}, node=id, fixes=(fix,))


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
