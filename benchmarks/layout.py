"""How long it takes to arrange networks, sparse and dense, and to run their wires.

``python -m benchmarks.layout [PROTOTYPE]``. Networks of 1,000 to 10,000 nodes: a chain of residual
blocks of six layers, the sparse case; two to three edges into each node from among the fifty before
it; and from among all before it, which is a tangle. For each: processor time, its ratio to the
sparse case, whole and for each edge, and how it grows from the size before (1 is in proportion).
``PROTOTYPE`` is a file with a function ``layout(count, edges, widths, heights, across, along)`` to
compare with, on networks of 1,000 nodes.
"""

from __future__ import annotations

import importlib.util
import math
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from app.layout.arrange import arrange
from app.layout.measures import GAP_ACROSS, GAP_ALONG, HEIGHT, WIDTH
from app.layout.routing import CardRows, Router
from graph_model.network import Edge, Layout, Network, Node, Port, Position

SIZES = (1000, 5000, 10_000)
MOST = 3.0
"""How many times as long as for an edge of the sparse case one of a dense case may take."""
_NEAR = 50

Edges = list[tuple[int, int]]


class Times(NamedTuple):
    """Milliseconds to arrange a network and to run its wires, and how many edges it has."""

    arranged: float
    wired: float
    edges: int


def residual(count: int) -> Edges:
    """Return the edges of residual blocks of six layers, one after the other."""
    edges = [(node - 1, node) for node in range(1, count)]
    return edges + [(node, node + 6) for node in range(0, count - 6, 6)]


def near(count: int) -> Edges:
    """Return up to three edges into each node, from among the fifty before it."""
    dice = random.Random(1)
    chosen = {
        (dice.randrange(max(0, node - _NEAR), node), node)
        for node in range(1, count)
        for _ in "123"
    }
    return sorted(chosen)


def tangle(count: int) -> Edges:
    """Return up to two edges into each node, from among all before it."""
    dice = random.Random(1)
    return sorted({(dice.randrange(node), node) for node in range(1, count) for _ in "12"})


GRAPHS: dict[str, Callable[[int], Edges]] = {"residual": residual, "near": near, "tangle": tangle}


def network_of(count: int, edges: Edges) -> Network:
    """Return a network of these edges."""
    nodes = {str(i): Node(str(i), "Add", f"n{i}") for i in range(count)}
    laid = [Edge(Port(str(a), "output"), Port(str(b), f"from_{a}")) for a, b in edges]
    return Network("main", "Net", nodes, {edge.target: edge for edge in laid})


def run_wires(layout: Layout, edges: Edges) -> None:
    """Find a way for the wire of each edge."""
    cards, router = CardRows(layout.values()), Router()
    for a, b in edges:
        source, target = layout[str(a)], layout[str(b)]
        start = Position(source.x, source.y + HEIGHT / 2)
        end = Position(target.x, target.y - HEIGHT / 2)
        edge = Edge(Port(str(a), "output"), Port(str(b), f"from_{a}"))
        router.way(edge, (start, end), cards)


def measured(count: int, edges: Edges) -> Times:
    """Return how long a network takes."""
    network = network_of(count, edges)
    start = time.process_time()
    layout = arrange(network)
    arranged = time.process_time()
    run_wires(layout, edges)
    return Times(1000 * (arranged - start), 1000 * (time.process_time() - arranged), len(edges))


def main(prototype: Path | None = None) -> int:
    """Print a table; return 1 where a dense case takes too long."""
    print("graph     nodes   edges  arrange   ratio  per edge  grows    wires  prototype")
    before: dict[str, Times] = {}
    worst = 0.0
    for count in SIZES:
        sparse = measured(count, residual(count))
        for name, edges_of in GRAPHS.items():
            edges = edges_of(count)
            times = sparse if name == "residual" else measured(count, edges)
            ratio = times.arranged / sparse.arranged
            per_edge = ratio * sparse.edges / times.edges
            worst = max(worst, per_edge)
            growth = _growth(before.get(name), times)
            peer = _peer(prototype, count, edges) if prototype and count == SIZES[0] else ""
            print(
                f"{name:9}{count:6,}{times.edges:8,}{times.arranged:7.0f}ms{ratio:7.2f}×"
                f"{per_edge:8.2f}×{growth:>7}{times.wired:7.0f}ms{peer:>11}"
            )
            before[name] = times
    print(
        f"An edge of a dense network takes at most {worst:.1f} times as long; {MOST:.0f} is wanted."
    )
    return int(worst > MOST)


def _growth(before: Times | None, now: Times) -> str:
    """Return the exponent with which the time grows with the edges."""
    if before is None:
        return ""
    return f"{math.log(now.arranged / before.arranged) / math.log(now.edges / before.edges):.2f}"


def _peer(path: Path, count: int, edges: Edges) -> str:
    layout = _function(path)
    start = time.process_time()
    layout(count, edges, [WIDTH] * count, [HEIGHT] * count, GAP_ACROSS, GAP_ALONG)
    return f"{1000 * (time.process_time() - start):.0f}ms"


def _function(path: Path) -> Callable[..., Any]:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    function: Callable[..., Any] = module.layout
    return function


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else None))
