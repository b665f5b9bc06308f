"""What of the items on the canvas an edit concerns, worked out from two states without any item."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Final

from app.project.state import State
from graph_model.findings.unfinished import lacking
from graph_model.frozen import frozen
from graph_model.mappings import differing
from graph_model.network import NodeId, Port, used_layer, used_network

AT_ONCE: Final = 250
"""How many cards or wires follow an edit before it is painted, even those out of view."""


@frozen
class Changes:
    """What differs between two states of one network; ``told`` are the cards that say other words.

    Ids may be of nodes, ``wires`` and ``flows`` of edges, that are in one of the states alone:
    ``placed`` nodes lie elsewhere, ``ports`` have others, ``flows`` tell of other tensors.
    """

    nodes: Collection[NodeId]
    told: Collection[NodeId]
    ports: Collection[NodeId]
    placed: Collection[NodeId]
    wires: Collection[Port]
    flows: Collection[Port]


def everything(state: State) -> Changes:
    """Return all there is in a state that nothing was shown of yet."""
    nodes, edges = state.network.nodes, state.network.edges
    return Changes(nodes, (), (), nodes, edges, edges)


def are_many(old: State, new: State) -> bool:
    """Tell whether so much is known otherwise that at first only what is in view follows."""
    if new.inference is old.inference:
        return False
    return len(differing(new.inference.nodes, old.inference.nodes)) > AT_ONCE


def at_first(old: State, new: State) -> Changes:
    """Return what differs between two states, without what is merely told otherwise."""
    nodes = differing(new.network.nodes, old.network.nodes)
    placed = differing(new.layout, old.layout)
    wires = differing(new.network.edges, old.network.edges)
    reported: Collection[NodeId] = ()
    if new.inference is not old.inference:
        # Neither formulas nor sizes that follow from the input decide on ports.
        edited = {*nodes, *_of_other_kinds(old, new)}
        reported = [id for id in edited if ports(old, id) != ports(new, id)]
    return Changes(nodes, {*nodes, *reported}, reported, placed, wires, wires)


def changes(old: State, new: State) -> Changes:
    """Return what differs between two states of one network."""
    first = at_first(old, new)
    nodes, reported, placed, wires = first.nodes, first.ports, first.placed, first.wires
    told = {*nodes, *_dismissed(old, new), *_noticed(old, new)}
    if new.inference is old.inference:
        return Changes(nodes, told, (), placed, wires, wires)
    results = differing(new.inference.nodes, old.inference.nodes)
    problems = differing(new.inference.problems_by_node, old.inference.problems_by_node)
    edited = {*nodes, *_of_other_kinds(old, new)}
    told |= {*edited, *results, *problems, *_sharing_with(new, edited)}
    if new.inference.constraints != old.inference.constraints:
        told.update(node.id for node in new.inference.of_kind("Input"))
    flows = {*wires, *_leaving(new, results), *_entering(new, problems)}
    is_told_otherwise = bool(lacking(new.inference)) is not bool(lacking(old.inference))
    if new.levels[0].multiples != old.levels[0].multiples or is_told_otherwise:
        return Changes(nodes, new.network.nodes, reported, placed, wires, new.network.edges)
    return Changes(nodes, told, reported, placed, wires, flows)


def _dismissed(old: State, new: State) -> set[NodeId]:
    """Return the nodes of which something is told no more, or again."""
    return {each.node for each in old.project.dismissed ^ new.project.dismissed}


def _noticed(old: State, new: State) -> set[NodeId]:
    """Return the nodes of which something was noticed in a run, or is no more."""
    if old.noticed is new.noticed:
        return set()
    return {each.problem.node for each in (*old.noticed, *new.noticed)}


def _of_other_kinds(old: State, new: State) -> Iterable[NodeId]:
    """Return the nodes whose block or custom layer was edited."""
    networks = set(differing(new.project.networks, old.project.networks)) - {new.network.id}
    layers = set(differing(new.layers, old.layers))
    if not networks and not layers:
        return ()
    return (
        id
        for id, node in new.network.nodes.items()
        if used_network(node.kind) in networks or used_layer(node.kind) in layers
    )


def _sharing_with(state: State, owners: Collection[NodeId]) -> Iterable[NodeId]:
    """Return the nodes that share the weights of any of these."""
    return (id for id, owner in state.inference.sharing.items() if owner in owners)


def _leaving(state: State, nodes: Iterable[NodeId]) -> Iterator[Port]:
    """Yield where the edges end that leave these nodes, as far as they are there."""
    consumers = state.inference.structure.consumers
    return (edge.target for id in nodes for edge in consumers.get(id, ()))


def _entering(state: State, nodes: Iterable[NodeId]) -> Iterator[Port]:
    """Yield where the edges end that enter these nodes, as far as they are there."""
    feeders = state.inference.structure.feeders
    return (edge.target for id in nodes for edge in feeders.get(id, ()))


def ports(state: State, id: NodeId) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """Return the names of a node's inputs and outputs, ``None`` where there is no such node."""
    node = state.network.nodes.get(id)
    if node is None:
        return None
    kind = state.kind(node.kind)
    if kind is None:
        return (), ()
    arguments = state.inference.nodes[id].arguments or kind.complete(node.arguments)
    return kind.inputs(arguments), kind.outputs(arguments)
