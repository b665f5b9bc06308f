"""Edits made of several steps."""

from hypothesis import given
from hypothesis import strategies as st

from graph_model.editing.edits import (
    Fragment,
    apply_fix,
    cut_out,
    insert_on_edge,
    new_node,
    paste,
    remove_and_bridge,
)
from graph_model.inference.infer import infer
from graph_model.layers import LAYERS
from graph_model.naming import name_complaint
from graph_model.network import Edge, Network, Node, Port, Position, add_nodes, connect, names
from graph_model.problems import Disconnect, Fix, InsertBefore, RemoveNode, Rename, SetArguments
from tests.graph_model.inference.test_infer import network_of
from tests.graph_model.projects import fragments


def chain() -> Network:
    return network_of(
        Node("x", "Input", "x", {"shape": ("N", 2, 3)}),
        Node("fc", "Linear", "linear1"),
        Node("y", "Output", "y"),
        edges="x>fc fc>y",
    )


def test_every_kind_gets_a_name_that_it_may_have() -> None:
    network = Network("main", "All")
    for kind in LAYERS:
        for _ in range(2):
            network = add_nodes(network, [new_node(network, kind)])
    assert len(names(network)) == len(network.nodes)
    assert not [name for name in names(network) if name_complaint(name)]


def test_a_new_node_takes_the_next_free_name_and_its_own_arguments() -> None:
    given_arguments = {"out_features": 3}
    node = new_node(chain(), "Linear", given_arguments)
    assert node.name == "linear2"
    assert node.arguments == given_arguments
    assert node.arguments is not given_arguments


def test_inserting_keeps_the_way_through() -> None:
    network = chain()
    edge = network.edges[Port("fc", "input")]
    node = Node("act", "ReLU", "relu1")
    after = insert_on_edge(network, node, edge)
    assert after.edges[Port("fc", "input")] == Edge(Port("act", "output"), Port("fc", "input"))
    assert after.edges[Port("act", "input")] == Edge(Port("x", "output"), Port("act", "input"))
    assert infer(after).problems == ()
    assert {node.name for node in after.nodes.values()} == {"x", "linear1", "relu1", "y"}


def test_what_has_no_way_through_is_only_added() -> None:
    network = chain()
    edge = network.edges[Port("fc", "input")]
    after = insert_on_edge(network, Node("more", "Input", "more"), edge)
    assert after.edges == network.edges
    assert "more" in after.nodes


def test_removing_with_a_bridge() -> None:
    assert remove_and_bridge(chain(), ["fc"]).edges == {
        Port("y", "input"): Edge(Port("x", "output"), Port("y", "input"))
    }
    assert remove_and_bridge(chain(), ["x"]).edges == {
        Port("y", "input"): Edge(Port("fc", "output"), Port("y", "input"))
    }
    assert remove_and_bridge(chain(), ["x", "fc"]).edges == {}


def test_two_neighbours_are_bridged_at_once() -> None:
    network = insert_on_edge(
        chain(), Node("act", "ReLU", "relu1"), chain().edges[Port("y", "input")]
    )
    assert remove_and_bridge(network, ["fc", "act"]).edges == {
        Port("y", "input"): Edge(Port("x", "output"), Port("y", "input"))
    }


def test_what_has_several_feeders_or_feeds_itself_is_not_bridged() -> None:
    network = network_of(
        Node("x", "Input", "x"),
        Node("sum", "Add", "sum"),
        Node("y", "Output", "y"),
        edges="x>sum.input1 x>sum.input2 sum>y",
    )
    assert remove_and_bridge(network, ["sum"]).edges == {}
    loop = network_of(Node("a", "ReLU", "a"), Node("y", "Output", "y"), edges="a>a a>y")
    assert remove_and_bridge(loop, ["a"]).edges == {}


def test_a_fragment_holds_the_nodes_and_what_is_between_them() -> None:
    layout = {"fc": Position(1, 2), "x": Position(3, 4)}
    fragment = cut_out(chain(), layout, ["y", "fc"])
    assert [node.id for node in fragment.nodes] == ["fc", "y"]
    assert fragment.edges == (Edge(Port("fc", "output"), Port("y", "input")),)
    assert fragment.layout == {"fc": Position(1, 2)}


@given(fragments(), fragments(), st.integers(-64, 64))
def test_pasting_twice_gives_two_copies(here: Fragment, fragment: Fragment, by: int) -> None:
    network = Network(
        "main", "Here", {node.id: node for node in here.nodes}, {e.target: e for e in here.edges}
    )
    first, layout, fresh = paste(network, here.layout, fragment, Position(by, 0))
    second, layout, again = paste(first, layout, fragment, Position(by, 0))
    assert len(second.nodes) == len(network.nodes) + 2 * len(fragment.nodes)
    assert len(second.edges) == len(network.edges) + 2 * len(fragment.edges)
    assert not set(fresh.values()) & (set(again.values()) | set(network.nodes))
    for ids in (fresh, again):
        for node in fragment.nodes:
            copy = second.nodes[ids[node.id]]
            assert (copy.kind, copy.arguments) == (node.kind, node.arguments)
            if node.id in fragment.layout:
                x, y = fragment.layout[node.id]
                assert layout[copy.id] == Position(x + by, y)
        for edge in fragment.edges:
            target = Port(ids[edge.target.node], edge.target.name)
            source = Port(ids[edge.source.node], edge.source.name)
            assert second.edges[target] == Edge(source, target)
    for id, node in network.nodes.items():
        assert second.nodes[id] is node


def test_pasted_names_are_free() -> None:
    fragment = cut_out(chain(), {}, ["fc", "y"])
    after, _, fresh = paste(chain(), {}, fragment, Position(0, 0))
    assert after.nodes[fresh["fc"]].name == "linear2"
    assert after.nodes[fresh["y"]].name == "y1"
    empty, _, fresh = paste(Network("main", "Empty"), {}, fragment, Position(0, 0))
    assert empty.nodes[fresh["fc"]].name == "linear1"


def test_each_fix_does_what_it_says() -> None:
    network = chain()

    def after(change: SetArguments | InsertBefore | Rename | RemoveNode | Disconnect) -> Network:
        return apply_fix(network, Fix("set_argument", change, node="fc"))

    assert after(SetArguments({"bias": False})).nodes["fc"].arguments == {"bias": False}
    assert after(Rename("first")).nodes["fc"].name == "first"
    assert "fc" not in after(RemoveNode()).nodes
    assert Port("fc", "input") not in after(Disconnect("input")).edges
    flattened = after(InsertBefore("input", "Flatten"))
    assert [str(result.outputs.get("output")) for result in infer(flattened).nodes.values()] == [
        "N×2×3",
        "N×6",
        "N×128",
        "None",
    ]


def test_a_fix_at_an_unconnected_port_still_connects_nothing_else() -> None:
    network = connect(chain(), Port("x", "output"), Port("y", "input"))
    fix = Fix("insert_layer", InsertBefore("input", "ReLU"), {"kind": "ReLU"}, "y")
    after = apply_fix(network, fix)
    assert len(after.edges) == len(network.edges) + 1
    assert infer(after).nodes["y"].inputs == infer(network).nodes["y"].inputs
