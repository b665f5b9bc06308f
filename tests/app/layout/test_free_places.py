"""A new card never lies on another: free places, and others moved out of the way."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.layout.free_places import free_place, free_shift, place_between, room_around, room_between
from app.layout.measures import GRID, HEIGHT, WIDTH
from app.layout.routing import CardRows, Router
from app.layout.settle import beside, settled
from graph_model.network import Edge, Layout, Network, Node, Port, Position

DIRECTIONS = ["down", "right"]
places = st.builds(
    lambda x, y: Position(GRID * x, GRID * y), st.integers(-90, 90), st.integers(-60, 60)
)


def lie_apart(one: Position, other: Position) -> bool:
    return abs(one.x - other.x) >= WIDTH or abs(one.y - other.y) >= HEIGHT


def overlaps(layout: Layout) -> list[tuple[str, str]]:
    ids = sorted(layout)
    return [
        (a, b)
        for place, a in enumerate(ids)
        for b in ids[:place]
        if not lie_apart(layout[a], layout[b])
    ]


def network_of(layout: Layout, *edges: tuple[int, int]) -> Network:
    """Return a network of these nodes, with edges between those that there are."""
    laid = [
        Edge(Port(f"n{a}", "output"), Port(f"n{b}", f"input{a}"))
        for a, b in edges
        if {f"n{a}", f"n{b}"} <= layout.keys()
    ]
    nodes = {id: Node(id, "Add", id) for id in layout}
    return Network("main", "Net", nodes, {edge.target: edge for edge in laid})


@st.composite
def apart(draw, most: int = 14) -> dict[str, Position]:
    """Return cards of which none lies on another."""
    found: dict[str, Position] = {}
    for place in draw(st.lists(places, max_size=most)):
        if all(lie_apart(place, other) for other in found.values()):
            found[f"n{len(found)}"] = place
    return found


@given(apart(), places)
def test_a_free_place_lies_on_no_card(layout, wanted):
    place = free_place(layout, wanted)
    assert all(lie_apart(place, other) for other in layout.values())
    assert place.x % GRID == place.y % GRID == 0


@given(places)
def test_where_nothing_lies_the_wanted_place_is_free(wanted):
    far = Position(wanted.x + WIDTH + 3 * GRID, wanted.y)
    assert free_place({"a": far}, wanted) == wanted


@given(places)
def test_beside_a_free_place_wires_reach_all_ports(wanted):
    layout = {"n0": Position(-1000, 600), "n1": Position(0, 0)}
    layout["n2"] = free_place(layout, wanted)
    ends = (Position(-1000, 640), Position(0, -HEIGHT / 2))
    (edge,) = network_of(layout, (0, 1)).edges.values()
    way = Router().way(edge, ends, CardRows(layout.values()))
    assert way  # past the card that it leaves and the one it leads to, and the new one as well


@given(apart(), apart(5))
def test_a_group_keeps_its_form_and_comes_to_lie_free(layout, group):
    shift = free_shift(layout, group.values())
    moved = {f"new {id}": Position(at.x + shift.x, at.y + shift.y) for id, at in group.items()}
    assert not overlaps({**layout, **moved})


@given(apart(), apart(5))
def test_no_shorter_shift_in_the_same_way_would_do(layout, group):
    shift = free_shift(layout, group.values())
    way = [(each > 0) - (each < 0) for each in shift]
    shorter = Position(shift.x - GRID * way[0], shift.y - GRID * way[1])
    moved = [Position(at.x + shorter.x, at.y + shorter.y) for at in group.values()]
    near = any(
        abs(a.x - b.x) < WIDTH + 3 * GRID and abs(a.y - b.y) < HEIGHT + 3 * GRID
        for a in moved
        for b in layout.values()
    )
    assert near or shift == (0, 0)


@pytest.mark.parametrize("direction", DIRECTIONS)
@given(layout=apart(), at=places, edges=st.lists(st.tuples(st.integers(0, 13), st.integers(0, 13))))
def test_a_splice_lies_on_no_card_and_moves_none_onto_another(direction, layout, at, edges):
    if len(layout) < 2:
        return
    edge = Edge(Port("n0", "output"), Port("n1", "input"))
    layout = room_between(network_of(layout, *edges), layout, edge, direction)
    assert not overlaps(layout)
    assert not overlaps({**layout, "new": place_between(layout, edge, at, direction)})


@pytest.mark.parametrize(
    ("direction", "end", "new", "moved"),
    [
        ("down", Position(0, 128), Position(0, 128), Position(0, 256)),
        ("right", Position(248, 0), Position(248, 0), Position(496, 0)),
    ],
)
def test_a_splice_stands_between_its_ends(direction, end, new, moved):
    edge = Edge(Port("a", "output"), Port("b", "input"))
    layout = {"a": Position(0, 0), "b": end}
    layout = room_between(network_of(layout), layout, edge, direction)
    assert layout["b"] == moved
    assert place_between(layout, edge, Position(0, 0), direction) == new


@pytest.mark.parametrize("direction", DIRECTIONS)
@given(layout=apart(), group=apart(5))
def test_what_comes_in_place_of_a_block_is_clear_of_the_others(direction, layout, group):
    """The block lay clear of the others; what is put around its place lies clear of itself."""
    centre = Position(0, 0)
    others = {
        id: at
        for id, at in layout.items()
        if abs(at.x - centre.x) >= WIDTH + GRID or abs(at.y - centre.y) >= HEIGHT + GRID
    }
    if not group:
        return
    middle_x = sum(at.x for at in group.values()) / len(group)
    middle_y = sum(at.y for at in group.values()) / len(group)
    fresh = {f"new {id}": Position(a.x - middle_x, a.y - middle_y) for id, a in group.items()}
    layout = room_around({**others, **fresh}, fresh, centre, direction)
    assert not overlaps(layout)
    assert {id: layout[id] for id in fresh} == fresh


@pytest.mark.parametrize("direction", DIRECTIONS)
@given(layout=apart(), steps=st.sampled_from([-1, 1]))
def test_a_place_beside_a_card_is_free(direction, layout, steps):
    for id in layout:
        place = beside(layout, id, direction, steps=steps)
        assert not overlaps({**layout, "new": place})


@pytest.mark.parametrize("direction", DIRECTIONS)
@given(layout=apart(), data=st.data())
def test_what_a_fix_inserts_lies_on_no_card(direction, layout, data):
    ids = [*layout, "new"]
    pairs = st.tuples(st.sampled_from(ids), st.sampled_from(ids))
    edges = {
        Port(b, f"input{a}"): Edge(Port(a, "output"), Port(b, f"input{a}"))
        for a, b in data.draw(st.lists(pairs, max_size=6))
        if a != b
    }
    network = Network("main", "Net", {id: Node(id, "Add", id) for id in ids}, edges)
    found = settled(network, layout, direction)
    assert found.keys() == network.nodes.keys()
    assert not overlaps(found)


def test_a_splice_moves_what_it_leads_to_and_leaves_other_columns_alone():
    """Two columns: a → b → c, and from c back up to d → e; something beside lies below b."""
    layout = {
        "n0": Position(0, 0),
        "n1": Position(0, 128),
        "n2": Position(0, 256),
        "n3": Position(280, 0),
        "n4": Position(280, 128),
        "n5": Position(100, 384),
    }
    network = network_of(layout, (0, 1), (1, 2), (2, 3), (3, 4))
    edge = Edge(Port("n0", "output"), Port("n1", "input0"))
    moved = room_between(network, layout, edge, "down")
    assert {id for id in layout if moved[id] != layout[id]} == {"n1", "n2", "n5"}
    assert not overlaps(moved)
