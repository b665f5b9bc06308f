"""Places for single nodes among others that stay where they are."""

from __future__ import annotations

from app.layout.measures import GAP_ALONG, GRID, HEIGHT, WIDTH, snapped
from graph_model.network import Edge, Layout, Network, NodeId, Position

STEP = HEIGHT + GAP_ALONG
"""How far below a card the next one lies."""


def settled(network: Network, layout: Layout) -> Layout:
    """Return the layout with a place for every node: one that has none comes in between its wires.

    What lies below moves down where there is no room for it.
    """
    for id in network.nodes:
        if id not in layout:
            layout = _settled(network, layout, id)
    return layout


def _settled(network: Network, layout: Layout, id: NodeId) -> Layout:
    """Return the layout with a place for one node."""
    edges = network.edges.values()
    before = [e for e in edges if e.target.node == id and e.source.node in layout]
    after = [e for e in edges if e.source.node == id and e.target.node in layout]
    if before and after:
        through = Edge(before[0].source, after[0].target)
        layout = with_room(layout, through)
        above, below = layout[through.source.node], layout[through.target.node]
        at = Position((above.x + below.x) / 2, (above.y + below.y) / 2)
        return {**layout, id: snapped(at)}
    if before:
        above = layout[before[0].source.node]
        at = Position(above.x, above.y + STEP)
    elif after:
        below = layout[after[0].target.node]
        at = Position(below.x, below.y - STEP)
    else:
        at = Position(0, 0)
    return {**layout, id: free_place(layout, at)}


def with_room(layout: Layout, edge: Edge) -> Layout:
    """Return the layout with room for a card between the ends of an edge."""
    source, target = layout[edge.source.node], layout[edge.target.node]
    missing = 2 * STEP - (target.y - source.y)
    if missing <= 0 or target.y < source.y:
        return layout
    down = -(-missing // GRID) * GRID
    return {
        id: Position(at.x, at.y + down) if at.y >= target.y else at for id, at in layout.items()
    }


def free_place(layout: Layout, wanted: Position) -> Position:
    """Return the nearest place to the right where no card lies yet."""
    taken = layout.values()
    while any(
        abs(wanted.x - at.x) < WIDTH + GRID and abs(wanted.y - at.y) < HEIGHT + GRID for at in taken
    ):
        wanted = Position(wanted.x + WIDTH + 4 * GRID, wanted.y)
    return wanted
