"""The structure of a network: order, consumers, cycles and names, without any shapes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property
from itertools import compress
from operator import attrgetter

from graph_model.mappings import in_order
from graph_model.network import Edge, Network, NodeId, Port
from graph_model.problems import Problem
from graph_model.structure_problems import Census, Ways, census, recounted, structure_problems


@dataclass(frozen=True)
class Structure:
    """What follows from the nodes' names and kinds and the edges alone.

    ``consumers`` lists the edges that leave each node, ``feeders`` those that enter it. ``ranks``
    has a number for each node, higher than those of the nodes that feed it, but none for the nodes
    on or after a cycle.
    """

    network: Network = field(compare=False, repr=False)
    consumers: Ways
    feeders: Ways
    problems: tuple[Problem, ...]
    ranks: Mapping[NodeId, float] = field(compare=False, repr=False)
    counted: Census

    @property
    def is_cyclic(self) -> bool:
        """Whether some nodes lie on or after a cycle."""
        return len(self.ranks) < len(self.consumers)

    @cached_property
    def places(self) -> Mapping[NodeId, int]:
        """How many nodes stand before each of them in the network."""
        nodes = self.network.nodes
        return dict(zip(nodes, range(len(nodes)), strict=True))

    @cached_property
    def loose_ends(self) -> Sequence[NodeId]:
        """The nodes that nothing reads, without the Outputs, as they stand in the network."""
        return list(in_order(self.network.nodes, self.counted.loose))

    @property
    def inputs(self) -> Sequence[NodeId]:
        """The Inputs, as they stand in the network."""
        return self.of_kind("Input")

    def touching(self, ids: Iterable[NodeId]) -> Sequence[Port]:
        """Return where the edges end that touch any of these nodes, as far as they are there."""
        ways = (self.feeders, self.consumers)
        edges = (edge for id in ids for way in ways for edge in way.get(id, ()))
        return list(dict.fromkeys(edge.target for edge in edges))

    def of_kind(self, kind: str) -> Sequence[NodeId]:
        """Return the nodes of one kind, as they stand in the network; looked for once."""
        if kind not in self.counted.kinds:
            return ()
        if kind not in self._by_kind:
            nodes = self.network.nodes
            is_wanted = map(kind.__eq__, map(attrgetter("kind"), nodes.values()))
            self._by_kind[kind] = list(compress(nodes, is_wanted))
        return self._by_kind[kind]

    @cached_property
    def _by_kind(self) -> dict[str, Sequence[NodeId]]:
        """What was asked for of the nodes by kind."""
        return {}

    def fed_by(self, ids: frozenset[NodeId]) -> Set[NodeId]:
        """Return these nodes and all that they feed, directly or not; looked for once."""
        if ids not in self._fed:
            self._fed[ids] = set().union(*(reached(self, id, forwards=True) for id in ids))
        return self._fed[ids]

    @cached_property
    def _fed(self) -> dict[frozenset[NodeId], Set[NodeId]]:
        """What was asked for of what is fed."""
        return {}

    @cached_property
    def order(self) -> tuple[NodeId, ...]:
        """Each node after those that feed it, without the nodes on or after a cycle.

        It follows from the order of the network, and not from how that was edited.
        """
        return tuple(_order(self.network, self.consumers, self.feeders))


def structure(network: Network) -> Structure:
    """Work out the structure of a network and what is wrong with it."""
    consumers: dict[NodeId, list[Edge]] = {id: [] for id in network.nodes}
    feeders: dict[NodeId, list[Edge]] = {id: [] for id in network.nodes}
    for edge in network.edges.values():
        consumers[edge.source.node].append(edge)
        feeders[edge.target.node].append(edge)
    ranks = {id: float(rank) for rank, id in enumerate(_order(network, consumers, feeders))}
    is_cyclic = len(ranks) < len(network.nodes)
    counted = census(network, consumers, feeders, is_cyclic=is_cyclic)
    return _with_problems(network, consumers, feeders, ranks, counted)


def _with_problems(
    network: Network, consumers: Ways, feeders: Ways, ranks: Mapping[NodeId, float], counted: Census
) -> Structure:
    is_cyclic = len(ranks) < len(network.nodes)
    problems = structure_problems(network, feeders, counted, is_cyclic=is_cyclic)
    return Structure(network, consumers, feeders, problems, ranks, counted)


def _order(network: Network, consumers: Ways, feeders: Ways) -> list[NodeId]:
    """Return each node after those that feed it, by Kahn's algorithm."""
    waiting = {id: len(feeders[id]) for id in network.nodes}
    order = [id for id, count in waiting.items() if not count]
    for id in order:
        for edge in consumers[id]:
            target = edge.target.node
            waiting[target] -= 1
            if not waiting[target]:
                order.append(target)
    return order


# After an edit


def restructured(
    before: Structure, network: Network, ids: Sequence[NodeId], ports: Sequence[Port]
) -> Structure:
    """Return the structure of an edited network, of which only these nodes and edges are others.

    ``before`` is what it was; what both have stands first, in the same order. All is worked out
    anew where a cycle is involved, or where an edge leads against the ranks that the nodes have.
    """
    old = before.network
    if before.is_cyclic:
        return structure(network)
    changed = [
        edge for edges in (old.edges, network.edges) for port in ports if (edge := edges.get(port))
    ]
    consumers = _rewired(before.consumers, network, ids, changed, _source)
    feeders = _rewired(before.feeders, network, ids, changed, _target)
    ranks = _ranked(before.ranks, network, ids, consumers, feeders)
    laid = (edge for edge in changed if network.edges.get(edge.target) is edge)
    if any(ranks[_source(edge)] >= ranks[_target(edge)] for edge in laid):
        return structure(network)
    concerned = {*ids, *map(_source, changed), *map(_target, changed)}
    counted = recounted(before.counted, old, network, concerned, consumers, feeders, ranks)
    return _with_problems(network, consumers, feeders, ranks, counted)


def _source(edge: Edge) -> NodeId:
    return edge.source.node


def _target(edge: Edge) -> NodeId:
    return edge.target.node


def _rewired(
    before: Ways,
    network: Network,
    ids: Sequence[NodeId],
    changed: Collection[Edge],
    end: Callable[[Edge], NodeId],
) -> Ways:
    """Return the edges at one end of each node, in the order in which they stand in the network."""
    ways = dict(before)
    for id in ids:
        if id not in network.nodes:
            del ways[id]
        elif id not in ways:
            ways[id] = []
    gained: dict[NodeId, list[Edge]] = {end(edge): [] for edge in changed if end(edge) in ways}
    for edge in changed:
        if network.edges.get(edge.target) is edge:
            gained[end(edge)].append(edge)
    mixed: list[list[Edge]] = []
    for id, new in gained.items():
        kept = [edge for edge in ways[id] if network.edges.get(edge.target) is edge]
        ways[id] = all_of = [*kept, *new]
        if new and len(all_of) > 1:
            mixed.append(all_of)
    ports = {edge.target for edges in mixed for edge in edges}
    places = {port: place for place, port in enumerate(in_order(network.edges, ports))}
    for edges in mixed:
        edges.sort(key=lambda edge: places[edge.target])
    return ways


def _ranked(
    before: Mapping[NodeId, float],
    network: Network,
    ids: Sequence[NodeId],
    consumers: Ways,
    feeders: Ways,
) -> Mapping[NodeId, float]:
    """Return the ranks with those of new nodes: between what feeds them and what they feed."""
    ranks = {**before}
    for id in ids:
        if id not in network.nodes:
            del ranks[id]
        elif id not in ranks:
            above = [ranks[_source(edge)] for edge in feeders[id] if _source(edge) in ranks]
            below = [ranks[_target(edge)] for edge in consumers[id] if _target(edge) in ranks]
            low, high = max(above, default=None), min(below, default=None)
            if low is None:
                low = 0.0 if high is None else high - 2
            ranks[id] = (low + (low + 2 if high is None else high)) / 2
    return ranks


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
