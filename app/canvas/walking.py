"""Going from what is selected along the edges: from a node to an edge, from there to a node."""

from __future__ import annotations

from app.project.document import Document, Selection
from graph_model.network import Edge, NodeId, Port


def walk(document: Document, selection: Selection, *, forwards: bool) -> None:
    """Select what comes next; with nothing selected, the first node or the last."""
    edge, node = selection.single_edge, selection.single
    if edge is not None:
        selection.set([(edge.target if forwards else edge.source).node])
    elif node is not None:
        beside = edges_at(document, node, forwards=forwards)
        if beside:
            selection.set((), [beside[0].target])
    elif selection.is_empty and document.network.nodes:
        order = document.inference.structure.order or tuple(document.network.nodes)
        selection.set([order[0 if forwards else -1]])


def walk_across(document: Document, selection: Selection, *, forwards: bool) -> None:
    """Select the next edge that leaves the same node; where it is the only one, of those into the
    node at its other end."""
    edge = selection.single_edge
    if edge is None:
        return
    beside = edges_at(document, edge.source.node, forwards=True)
    if len(beside) == 1:
        beside = edges_at(document, edge.target.node, forwards=False)
    place = beside.index(edge) + (1 if forwards else -1)
    selection.set((), [beside[place % len(beside)].target])


def edges_at(document: Document, node: NodeId, *, forwards: bool) -> list[Edge]:
    """Return the edges that leave a node, or those into it, in the order of its ports."""
    structure, state = document.inference.structure, document.state
    found = (structure.consumers if forwards else structure.feeders).get(node, ())
    kind = state.kind(document.network.nodes[node].kind)
    if kind is None:
        return list(found)
    arguments = kind.complete(document.network.nodes[node].arguments)
    names = kind.outputs(arguments) if forwards else kind.inputs(arguments)
    place = {name: index for index, name in enumerate(names)}

    def rank(edge: Edge) -> int:
        port: Port = edge.source if forwards else edge.target
        return place.get(port.name, len(place))

    return sorted(found, key=rank)
