"""Networks made of numbers, and the wires that the canvas would draw between their cards."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hypothesis import strategies as st
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath

from app.canvas.geometry import port_offset, wire_path
from app.layout.facing import is_turned
from app.layout.measures import HEIGHT, WIDTH
from app.layout.routing import CardRows, Router
from graph_model.network import Direction, Edge, Layout, Network, Node, Port, Position

DIRECTIONS: tuple[Direction, ...] = ("down", "right")
Edges = Sequence[tuple[int, int]]


def network_of(count: int, edges: Edges) -> Network:
    nodes = {str(i): Node(str(i), "Add", f"n{i}") for i in range(count)}
    laid = [Edge(Port(str(a), "output"), Port(str(b), f"input{a}")) for a, b in edges]
    return Network("main", "Net", nodes, {edge.target: edge for edge in laid})


@st.composite
def acyclic(draw, most_edges: int = 40) -> tuple[int, list[tuple[int, int]]]:
    count = draw(st.integers(1, 24))
    pairs = [(a, b) for b in range(count) for a in range(b)]
    chosen = (
        draw(st.lists(st.sampled_from(pairs), unique=True, max_size=most_edges)) if pairs else []
    )
    return count, chosen


def overlaps(layout: Layout) -> list[tuple[str, str]]:
    return [
        (a, b)
        for a, at in layout.items()
        for b, other in layout.items()
        if a < b and abs(at.x - other.x) < WIDTH and abs(at.y - other.y) < HEIGHT
    ]


def wires(
    layout: Layout, edges: Edges, direction: Direction = "down"
) -> Iterator[tuple[int, int, QPainterPath]]:
    """Yield each edge with its path, its ports in the order of the edges."""
    router, rows = Router(direction), CardRows(layout.values(), direction)
    back = {
        id: is_turned(
            at,
            [layout[str(a)] for a, b in edges if str(b) == id],
            [layout[str(b)] for a, b in edges if str(a) == id],
            direction,
        )
        for id, at in layout.items()
    }
    for a, b in edges:
        sources = [each for each, to in edges if to == b]
        start = _port(layout, str(a), 0, 1, direction, back, is_input=False)
        end = _port(layout, str(b), sources.index(a), len(sources), direction, back, is_input=True)
        headings = (-1 if back[str(a)] else 1, -1 if back[str(b)] else 1)
        edge = Edge(Port(str(a), "output"), Port(str(b), f"input{a}"))
        ends = (Position(start.x(), start.y()), Position(end.x(), end.y()))
        way = router.way(edge, ends, rows, headings)
        yield a, b, wire_path(start, end, direction, way, headings)


def _port(layout, id, index, count, direction, back, *, is_input) -> QPointF:
    offset = port_offset(index, count, is_input=is_input, direction=direction, is_turned=back[id])
    return QPointF(*layout[id]) + offset


def crossed(layout: Layout, path: QPainterPath) -> list[str]:
    """Return the cards that a path runs under."""
    steps = max(40, int(path.length() / 4))
    points = [path.pointAtPercent(step / steps) for step in range(1, steps)]
    return [
        id
        for id, at in layout.items()
        if any(
            abs(each.x() - at.x) < WIDTH / 2 and abs(each.y() - at.y) < HEIGHT / 2
            for each in points
        )
    ]
