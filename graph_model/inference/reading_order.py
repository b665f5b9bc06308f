"""The order in which nodes are computed and their statements are read."""

from __future__ import annotations

from graph_model.findings.results import Inference
from graph_model.network import NodeId


def reading_order(inference: Inference) -> list[NodeId]:
    """Return the nodes, each after those that feed it, one branch to its end before the next.

    Among several branches the one whose node was added first begins, whatever the order of edges.
    """
    feeders, consumers = inference.structure.feeders, inference.structure.consumers
    waiting = {id: len(feeders[id]) for id in inference.network.nodes}
    place = {id: number for number, id in enumerate(waiting)}
    ready = [id for id in reversed(waiting) if not waiting[id]]
    order: list[NodeId] = []
    while ready:
        order.append(ready.pop())
        freed: list[NodeId] = []
        for edge in consumers[order[-1]]:
            waiting[edge.target.node] -= 1
            if not waiting[edge.target.node]:
                freed.append(edge.target.node)
        ready.extend(sorted(freed, key=place.__getitem__, reverse=True))
    return order
