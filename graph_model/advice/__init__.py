"""Advice: what a practitioner would say of a network that runs.

Each adviser looks at a node of certain kinds and its nearest neighbours.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from graph_model.advice import order, sizes
from graph_model.advice.surroundings import Adviser, Surroundings
from graph_model.network import NodeId
from graph_model.problems import Problem

if TYPE_CHECKING:
    from graph_model.results import Inference

__all__ = ["Surroundings", "advised"]

_REACH: Final = 3
"""How many edges away an adviser looks."""


def _by_kind() -> Mapping[str, tuple[Adviser, ...]]:
    found: dict[str, tuple[Adviser, ...]] = {}
    for kinds, adviser in (*order.ADVISERS, *sizes.ADVISERS):
        for kind in kinds:
            found[kind] = (*found.get(kind, ()), adviser)
    return MappingProxyType(found)


_ADVISERS: Final = _by_kind()


def advised(
    around: Surroundings, dirty: set[NodeId], previous: Inference | None
) -> dict[NodeId, tuple[Problem, ...]]:
    """Return the advice on each node, asked anew around those that are ``dirty``.

    There is none where the outputs of a node are not known yet.
    """
    network = around.network
    kept = previous.advice if previous else {}
    touched = _within_reach(around, dirty, previous) if previous else network.nodes.keys()
    found = {id: each for id, each in kept.items() if id in network.nodes and id not in touched}
    for id in touched:
        advisers = _ADVISERS.get(network.nodes[id].kind)
        if advisers and around.results[id].outputs:
            said = [problem for adviser in advisers if (problem := adviser(around, id))]
            if said:
                found[id] = tuple(said)
    return found


def _within_reach(around: Surroundings, dirty: set[NodeId], previous: Inference) -> set[NodeId]:
    """Return the nodes of which an adviser may see one that has changed."""
    structure, nodes = around.structure, around.network.nodes
    touched = dirty & nodes.keys()
    if structure is not previous.structure:
        mine, others = around.network.edges, previous.network.edges
        touched |= {
            edge.source.node
            for port in mine.keys() | others.keys()
            if mine.get(port) is not others.get(port)
            for edge in (mine.get(port), others.get(port))
            if edge and edge.source.node in nodes
        }
    edge_of = touched
    for _ in range(_REACH):
        edge_of = {
            id
            for near in edge_of
            for edges in (structure.consumers[near], structure.feeders[near])
            for edge in edges
            for id in (edge.source.node, edge.target.node)
        } - touched
        touched |= edge_of
    return touched
