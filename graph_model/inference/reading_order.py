"""The order in which nodes are computed and their statements are read."""

from __future__ import annotations

from collections.abc import Collection

from graph_model.findings.results import Inference
from graph_model.network import NodeId
from graph_model.structure_problems import Ways


def reading_order(inference: Inference) -> list[NodeId]:
    """Return the nodes, each after those that feed it, one branch to its end before the next.

    Among several branches the one whose node was added first begins, whatever the order of edges.
    What follows from no Input, such as a table of positions, begins none: it stands just before
    what takes it first.
    """
    structure = inference.structure
    feeders, consumers, place = structure.feeders, structure.consumers, structure.places
    fed = structure.fed_by(frozenset(structure.inputs))
    waiting = {id: sum(edge.source.node in fed for edge in feeders[id]) for id in place}
    ready = [id for id in reversed(waiting) if id in fed and not waiting[id]]
    order: dict[NodeId, None] = {}
    while ready:
        last = ready.pop()
        _add(order, last, feeders, fed)
        freed: list[NodeId] = []
        for edge in consumers[last]:
            waiting[edge.target.node] -= 1
            if not waiting[edge.target.node]:
                freed.append(edge.target.node)
        ready.extend(sorted(freed, key=place.__getitem__, reverse=True))
    for id in structure.ranks:  # what leads to no node that is fed
        if id not in fed:
            _add(order, id, feeders, fed)
    return [*order]


def _add(order: dict[NodeId, None], last: NodeId, feeders: Ways, fed: Collection[NodeId]) -> None:
    """Add a node, after all that it takes and no Input leads to."""
    path = [last]
    while path:
        lacking = (
            edge.source.node
            for edge in feeders[path[-1]]
            if edge.source.node not in fed and edge.source.node not in order
        )
        following = next(lacking, None)
        if following is None:
            order[path.pop()] = None
        else:
            path.append(following)
