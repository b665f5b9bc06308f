"""Wires run past the cards between their ends, and beside one another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.layout.arrange import arrange
from app.layout.measures import GRID, HEIGHT, WIDTH
from app.layout.routing import CardRows, End, Router, _reach
from graph_model.network import Edge, Port, Position
from tests.app.layout.graphs import DIRECTIONS, acyclic, crossed, network_of, wires


@st.composite
def scattered(draw):
    """Cards put down by hand, not all too near to one another, and edges in any direction."""
    places: dict[str, Position] = {}
    steps = st.tuples(st.integers(0, 200), st.integers(0, 170))
    for across, down in draw(st.lists(steps, min_size=2, max_size=16)):
        at = Position(across * GRID, down * GRID)
        others = places.values()
        if all(abs(at.x - o.x) >= WIDTH + 32 or abs(at.y - o.y) >= HEIGHT + 32 for o in others):
            places[str(len(places))] = at
    pairs = [(a, b) for a in range(len(places)) for b in range(len(places)) if a != b]
    if not pairs:
        return places, []
    return places, draw(st.lists(st.sampled_from(pairs), unique=True, max_size=12))


@given(acyclic(), st.sampled_from(DIRECTIONS))
def test_no_wire_of_an_arranged_network_runs_under_a_card(graph, direction):
    count, edges = graph
    layout = arrange(network_of(count, edges), direction=direction)
    for a, b, path in wires(layout, edges, direction):
        assert not crossed(layout, path), (a, b)


@given(scattered(), st.sampled_from(DIRECTIONS))
def test_no_wire_between_cards_that_lie_anyhow_runs_under_a_card(drawn, direction):
    layout, edges = drawn
    for a, b, path in wires(layout, edges, direction):
        assert not crossed(layout, path), (a, b)


def test_wires_side_by_side_keep_apart_and_those_of_one_port_run_together():
    centres = CardRows(Position(0, 128 * i) for i in range(8))
    router = Router()

    def lane(source: str, target: str) -> float:
        edge = Edge(Port(source, "output"), Port(target, "input"))
        ends = (Position(0, 40), Position(0, 128 * 7 - 40))
        return router.way(edge, ends, centres)[0].x

    first, second, again = lane("a", "x"), lane("b", "y"), lane("a", "z")
    assert abs(first - second) >= 12
    assert again == first
    router.forget(Port("x", "input"))
    router.forget(Port("z", "input"))
    assert lane("c", "w") == first


@pytest.mark.parametrize("direction", DIRECTIONS)
def test_a_wire_back_runs_between_the_columns(direction):
    places = [Position(280 * column, 128 * row) for column in range(2) for row in range(4)]
    if direction == "right":
        places = [Position(264 * row, 152 * column) for column in range(2) for row in range(4)]
    layout = {str(index): at for index, at in enumerate(places)}
    edges = [(0, 1), (1, 2), (2, 3), (3, 4), (4, 5), (5, 6), (6, 7)]
    for a, b, path in wires(layout, edges, direction):
        assert not crossed(layout, path), (a, b)
        assert (path.length() > 600) is ((a, b) == (3, 4))


@given(scattered(), st.integers(0, 1700), st.integers(0, 1400), st.integers(0, 1400), st.data())
def test_a_lane_is_reached_if_no_card_lies_before_it(drawn, across, along, to, data):
    """Asked of each card, instead of the nearest on both sides."""
    layout, _ = drawn
    low, high = _reach(End(across, along), to, CardRows(layout.values()))
    lane = data.draw(st.integers(-300, 2000))
    left, right = sorted((across, lane))
    top, bottom = sorted((along, to))
    barred = any(
        left - WIDTH / 2 < at.x < right + WIDTH / 2
        and top - HEIGHT / 2 < at.y < bottom + HEIGHT / 2
        for at in layout.values()
    )
    assert (low <= lane <= high) is not barred
