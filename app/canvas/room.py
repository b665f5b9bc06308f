"""Room for nodes that came in place of a single one."""

from __future__ import annotations

from collections.abc import Collection

from app.layout.measures import GAP_ALONG, GRID, HEIGHT, WIDTH
from graph_model.network import Layout, NodeId, Position


def with_room(layout: Layout, fresh: Collection[NodeId], centre: Position) -> Layout:
    """Return the layout with all that lies above and below ``centre`` clear of the fresh nodes."""
    places = [layout[id] for id in fresh if id in layout]
    if not places:
        return layout
    left, right = min(at.x for at in places) - WIDTH, max(at.x for at in places) + WIDTH
    top, bottom = min(at.y for at in places), max(at.y for at in places)
    others = {id: at for id, at in layout.items() if id not in fresh}
    near = [at.y for at in others.values() if left < at.x < right]
    step = HEIGHT + GAP_ALONG
    up = _missing(max([y for y in near if y < centre.y], default=top - step), top - step)
    down = _missing(bottom + step, min([y for y in near if y > centre.y], default=bottom + step))
    return {
        **layout,
        **{
            id: Position(at.x, at.y - up if at.y < centre.y else at.y + down)
            for id, at in others.items()
            if at.y != centre.y
        },
    }


def _missing(farther: float, nearer: float) -> float:
    """Return by how much the first exceeds the second, in whole steps of the grid."""
    return max(0.0, -(-(farther - nearer) // GRID) * GRID)
