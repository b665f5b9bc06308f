"""The arrangement: layers from top to bottom, no card over another, chains straight."""

from __future__ import annotations

from itertools import pairwise

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF

from app.canvas.geometry import wire_path
from app.canvas.routing import Heights, Router
from app.layout.arrange import arrange, placed
from app.layout.measures import GRID, HEIGHT, WIDTH
from app.layout.settle import settled
from graph_model.network import Edge, Layout, Network, Node, Port, Position, Project, with_layout


def network_of(count: int, edges: list[tuple[int, int]]) -> Network:
    nodes = {str(i): Node(str(i), "Add", f"n{i}") for i in range(count)}
    laid = [Edge(Port(str(a), "output"), Port(str(b), f"input{a}")) for a, b in edges]
    return Network("main", "Net", nodes, {edge.target: edge for edge in laid})


@st.composite
def acyclic(draw) -> tuple[int, list[tuple[int, int]]]:
    count = draw(st.integers(1, 24))
    pairs = [(a, b) for b in range(count) for a in range(b)]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=40)) if pairs else []
    return count, chosen


def overlaps(layout: Layout) -> list[tuple[str, str]]:
    return [
        (a, b)
        for a, at in layout.items()
        for b, other in layout.items()
        if a < b and abs(at.x - other.x) < WIDTH and abs(at.y - other.y) < HEIGHT
    ]


@given(acyclic())
def test_any_network_is_laid_out_downwards_without_overlap(graph):
    count, edges = graph
    layout = arrange(network_of(count, edges))
    assert set(layout) == {str(i) for i in range(count)}
    assert not overlaps(layout)
    assert all(layout[str(a)].y < layout[str(b)].y for a, b in edges)
    assert all(at.x % GRID == at.y % GRID == 0 for at in layout.values())


@given(acyclic())
def test_no_layer_lies_deeper_than_the_longest_path_needs(graph):
    count, edges = graph
    layout = arrange(network_of(count, edges))
    dag = nx.DiGraph(edges)
    dag.add_nodes_from(range(count))
    assert len({at.y for at in layout.values()}) <= nx.dag_longest_path_length(dag) + 1


def test_the_same_network_is_laid_out_the_same():
    edges = [(0, 1), (0, 2), (1, 3), (2, 3), (0, 3), (3, 4)]
    assert arrange(network_of(5, edges)) == arrange(network_of(5, edges))


def test_a_chain_is_straight():
    layout = arrange(network_of(30, list(pairwise(range(30)))))
    assert len({at.x for at in layout.values()}) == 1


def test_branches_lie_beside_each_other():
    layout = arrange(network_of(4, [(0, 1), (0, 2), (1, 3), (2, 3)]))
    assert layout["1"].y == layout["2"].y
    assert layout["1"].x != layout["2"].x
    middle = (layout["1"].x + layout["2"].x) / 2
    assert abs(layout["0"].x - middle) <= WIDTH / 2


def test_circles_and_self_loops_do_no_harm():
    layout = arrange(network_of(4, [(0, 1), (1, 2), (2, 0), (3, 3)]))
    assert len(layout) == 4
    assert not overlaps(layout)
    assert arrange(Network("main", "Empty")) == {}


def test_long_edges_leave_room_and_their_wires_cross_no_card():
    edges = [*pairwise(range(12)), (0, 4), (2, 9), (5, 11), (0, 11), (6, 8)]
    layout = arrange(network_of(12, edges))
    router, centres = Router(), Heights(layout.values())
    for a, b in edges:
        start, end = layout[str(a)], layout[str(b)]
        start = Position(start.x, start.y + HEIGHT / 2)
        end = Position(end.x, end.y - HEIGHT / 2)
        edge = Edge(Port(str(a), "output"), Port(str(b), f"input{a}"))
        path = wire_path(point(start), point(end), router.channel(edge, start, end, centres))
        for percent in range(1, 100):
            at = path.pointAtPercent(percent / 100)
            for id, card in layout.items():
                if id not in (str(a), str(b)):
                    inside = abs(at.x() - card.x) < WIDTH / 2 and abs(at.y() - card.y) < HEIGHT / 2
                    assert not inside, (a, b, id)


def test_wires_side_by_side_keep_apart_and_those_of_one_port_run_together():
    centres = Heights(Position(0, 128 * i) for i in range(8))
    router = Router()

    def run(source: str, target: str) -> float | None:
        edge = Edge(Port(source, "output"), Port(target, "input"))
        return router.channel(edge, Position(0, 40), Position(0, 128 * 7 - 40), centres)

    first, second, again = run("a", "x"), run("b", "y"), run("a", "z")
    assert first is not None
    assert second is not None
    assert abs(first - second) >= 12
    assert again == first
    router.forget(Port("x", "input"))
    router.forget(Port("z", "input"))
    assert run("c", "w") == first


def point(at: Position) -> QPointF:
    return QPointF(at.x, at.y)


def test_a_file_without_places_is_arranged_and_others_are_left_alone():
    network = network_of(3, [(0, 1), (1, 2)])
    bare = Project({"main": network}, "main")
    assert placed(bare).layout == arrange(network)
    mine = with_layout(bare, "main", {"1": Position(7, 7)})
    assert placed(mine) is mine


def test_a_layer_that_comes_in_between_lies_between_its_wires_and_on_no_card():
    network = network_of(4, [(0, 3), (3, 1), (1, 2), (0, 2)])
    layout = {"0": Position(0, 0), "1": Position(0, 88), "2": Position(0, 216)}
    found = settled(network, layout, "down")
    assert found["0"].y < found["3"].y < found["1"].y < found["2"].y
    assert found["3"].x == 0
    assert not overlaps(found)
    assert found["2"].y - found["1"].y == 128  # what lies below moved down together


@given(acyclic(), st.data())
def test_layers_without_places_get_some_and_those_with_them_keep_their_order(graph, data):
    network = network_of(*graph)
    whole = arrange(network)
    kept = data.draw(st.sets(st.sampled_from(sorted(whole)), min_size=1))
    found = settled(network, {id: whole[id] for id in kept}, "down")
    assert found.keys() == network.nodes.keys()
    assert all(found[id].x == whole[id].x for id in kept)
    by_height = sorted(kept, key=lambda id: whole[id].y)
    assert all(found[a].y <= found[b].y for a, b in pairwise(by_height))
