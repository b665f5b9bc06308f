"""The arrangement: layers along the flow, no card over another, chains straight, columns."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.canvas.geometry import port_offset
from app.layout.arrange import arrange
from app.layout.measures import GRID, PORT_RADIUS, WIDTH, card_size, turned
from app.layout.placed import placed
from app.layout.settle import settled
from graph_model.network import (
    Edge,
    Network,
    Node,
    Port,
    Position,
    Project,
    with_layout,
)
from tests.app.layout.graphs import DIRECTIONS, acyclic, network_of, overlaps


@given(acyclic(), st.sampled_from(DIRECTIONS))
def test_any_network_is_laid_out_along_the_flow_without_overlap(graph, direction):
    count, edges = graph
    layout = arrange(network_of(count, edges), direction=direction)
    assert set(layout) == {str(i) for i in range(count)}
    assert not overlaps(layout)
    assert all(at.x % GRID == at.y % GRID == 0 for at in layout.values())
    assert min(at.x for at in layout.values()) == min(at.y for at in layout.values()) == 0


@pytest.mark.parametrize("direction", DIRECTIONS)
def test_what_fits_is_not_folded_and_flows_one_way(direction):
    edges = [(0, 1), (1, 2), (1, 3), (2, 4), (3, 4)]
    layout = arrange(network_of(5, edges), direction=direction)
    along = {id: turned(at, direction).y for id, at in layout.items()}
    assert all(along[str(b)] - along[str(a)] >= card_size(direction).step for a, b in edges)


def test_the_same_network_is_laid_out_the_same():
    edges = [(0, 1), (0, 2), (1, 3), (2, 3), (0, 3), (3, 4)]
    assert arrange(network_of(5, edges)) == arrange(network_of(5, edges))


def test_a_short_chain_is_straight():
    layout = arrange(network_of(7, list(pairwise(range(7)))))
    assert len({at.x for at in layout.values()}) == 1


def test_a_long_chain_is_folded_into_straight_columns():
    layout = arrange(network_of(30, list(pairwise(range(30)))))
    columns = sorted({at.x for at in layout.values()})
    assert len(columns) > 1
    for x in columns:
        column = [layout[str(i)].y for i in range(30) if layout[str(i)].x == x]
        assert column == [128 * row for row in range(len(column))]


def test_the_trunk_of_a_residual_network_is_straight_and_its_skips_do_not_move_it():
    edges = [*pairwise(range(7)), (0, 3), (3, 6)]
    layout = arrange(network_of(7, edges))
    assert len({at.x for at in layout.values()}) == 1


def test_a_skip_lies_on_the_side_of_the_port_that_it_enters():
    """Both ways of writing ``x + f(x)``, where ``f`` is a card beside another."""
    for first, second in (("left", "right"), ("right", "left")):
        nodes = {
            name: Node(name, "Add" if name == "sum" else "ReLU", name)
            for name in ("x", "left", "right", "sum")
        }
        pairs = [("x", "left", "input"), ("x", "right", "input")]
        pairs += [(first, "sum", "a"), (second, "sum", "b")]
        edges = [Edge(Port(a, "output"), Port(b, port)) for a, b, port in pairs]
        layout = arrange(Network("main", "Net", nodes, {edge.target: edge for edge in edges}))
        assert layout[first].x < layout["sum"].x < layout[second].x


def test_constants_stand_beside_what_they_feed_and_not_above_the_input():
    nodes = {name: Node(name, "ReLU", name) for name in ("a", "b", "sum", "one", "two", "three")}
    nodes |= {"image": Node("image", "Input", "image"), "zero": Node("zero", "Parameter", "zero")}
    pairs = [("image", "a"), ("a", "b"), ("b", "sum"), ("zero", "sum")]
    pairs += [("one", "two"), ("two", "three"), ("three", "a")]
    edges = [Edge(Port(a, "output"), Port(b, f"from_{a}")) for a, b in pairs]
    layout = arrange(Network("main", "Net", nodes, {edge.target: edge for edge in edges}))
    assert layout["zero"].y == layout["b"].y
    assert layout["image"].y == min(at.y for at in layout.values())


@pytest.mark.parametrize("direction", DIRECTIONS)
def test_a_network_that_narrows_and_widens_again_is_a_u(direction):
    down, up = ["in", "d1", "d2", "d3", "deep"], ["u3", "u2", "u1", "out"]
    chain = list(pairwise([*down, *up]))
    skips = [("d1", "u1"), ("d2", "u2"), ("d3", "u3")]
    nodes = {name: Node(name, "Add", name) for name in (*down, *up)}
    edges = [Edge(Port(a, "output"), Port(b, f"from_{a}")) for a, b in chain + skips]
    network = Network("main", "Net", nodes, {edge.target: edge for edge in edges})
    layout = {
        name: turned(at, direction) for name, at in arrange(network, direction=direction).items()
    }
    assert all(layout[a].y == layout[b].y for a, b in skips)
    assert len({layout[name].x for name in down}) == len({layout[name].x for name in up}) == 1
    assert layout["in"].x < layout["out"].x
    assert [layout[name].y for name in down] == sorted(layout[name].y for name in down)
    assert [layout[name].y for name in up] == sorted((layout[n].y for n in up), reverse=True)


def test_edges_from_one_port_share_a_lane():
    """A node that feeds each of many others takes no more room than one that feeds the last."""
    chain = list(pairwise(range(7)))
    one = arrange(network_of(8, [*chain, (0, 6), (7, 0)]))
    all_of_them = arrange(network_of(8, [*chain, *((0, i) for i in range(2, 7)), (7, 0)]))
    assert one == all_of_them


def test_arranging_says_how_far_it_is_and_ends_where_it_is_told_to():
    class EnoughError(Exception):
        pass

    def stop(part: float) -> None:
        raise EnoughError

    told: list[float] = []
    edges = [(a, b) for b in range(12, 24) for a in range(12)]
    network = network_of(24, edges)
    arrange(network, progress=told.append)
    assert told == sorted(told)
    assert 0 <= told[0] <= told[-1] <= 1
    with pytest.raises(EnoughError):
        arrange(network, progress=stop)


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


def test_cards_keep_clear_of_one_with_many_ports():
    """Of 26 ports each has a room of its own, beyond the card where that is too short."""
    sources = [Node(f"s{i}", "Input", f"s{i}") for i in range(26)]
    nodes = {each.id: each for each in sources}
    nodes |= {name: Node(name, "Add", name) for name in ("wide", "beside")}
    edges = [
        Edge(Port(each.id, "output"), Port("wide", f"in{i}")) for i, each in enumerate(sources)
    ]
    edges.append(Edge(Port("s25", "output"), Port("beside", "a")))
    for direction in DIRECTIONS:
        network = Network("main", "Net", nodes, {edge.target: edge for edge in edges})
        layout = {
            id: turned(at, direction) for id, at in arrange(network, direction=direction).items()
        }
        apart = layout["beside"].x - layout["wide"].x
        places = [
            turned(
                Position(*port_offset(i, 28, is_input=True, direction=direction).toTuple()),
                direction,
            )
            for i in range(28)
        ]
        assert all(b.x - a.x >= 2 * PORT_RADIUS for a, b in pairwise(places))
        assert apart >= places[-1].x + card_size(direction).across / 2
        assert layout["s0"].x < layout["wide"].x < layout["s25"].x


def test_nodes_without_edges_lie_in_a_grid():
    places = set(arrange(network_of(400, [])).values())
    assert len(places) == 400
    wide, tall = (max(getattr(at, axis) for at in places) for axis in "xy")
    assert 1 < wide / tall < 3
    assert wide * tall < 1.2 * 400 * 248 * 128


def test_many_parallel_branches_lie_in_a_grid_in_the_order_of_their_ports():
    edges = [(0, i) for i in range(1, 21)] + [(i, 21) for i in range(1, 21)]
    layout = arrange(network_of(22, edges))
    branches = [layout[str(i)] for i in range(1, 21)]
    assert len({at.y for at in branches}) == 4
    assert len({at.x for at in branches}) == 5
    assert [at.x for at in branches] == sorted(at.x for at in branches)


@pytest.mark.parametrize("direction", DIRECTIONS)
@pytest.mark.parametrize("steps", [8, 12, 20, 31])
def test_constants_stand_above_what_they_feed_where_a_column_begins_as_well(steps, direction):
    kinds, pairs, last = {"x": "Input", "y": "Output"}, [], "x"
    for index in range(steps):
        add, value, weight = f"add{index}", f"v{index}", f"w{index}"
        kinds |= {add: "Add", value: "Parameter"}
        pairs += [(last, add, "input1"), (value, add, "input2")]
        if index % 6 == 5:
            kinds |= {value: "ReLU", weight: "Parameter"}
            pairs.append((weight, value, "input"))
        last = add
    pairs.append((last, "y", "input"))
    nodes = {id: Node(id, kind, id) for id, kind in kinds.items()}
    edges = {Port(b, port): Edge(Port(a, "output"), Port(b, port)) for a, b, port in pairs}
    found = arrange(Network("main", "Net", nodes, edges), direction=direction)
    assert not overlaps(found)
    size, layout = card_size(direction), {id: turned(at, direction) for id, at in found.items()}
    for source, target, _ in pairs:
        if source[0] in "vw":
            assert layout[target].y - layout[source].y == size.step
    rows = [layout[f"add{index}"].y for index in range(steps)]
    breaks = sum(later < earlier for earlier, later in pairwise(rows))
    assert (
        len({layout[f"add{index}"].x for index in range(steps)}) == breaks + 1
    )  # each is straight
    assert breaks or steps < 12
