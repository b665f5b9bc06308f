"""The structure of a network, held against networkx and worked out by hand."""

import random

import networkx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_model.editing.edits import apply_fix
from graph_model.naming import name_complaint
from graph_model.network import Network, Node, Port, add_nodes, connect, rename
from graph_model.problems import Problem, RemoveNode
from graph_model.validate import nodes_between, reached, structure
from tests.codegen.blocks import SAMPLES
from tests.graph_model.inference.test_infer import network_of


def random_graph(seed: int) -> Network:
    """Return a network of ReLU nodes with random edges, circles among them."""
    rng = random.Random(seed)
    ids = [f"n{index}" for index in range(rng.randint(1, 9))]
    network = add_nodes(Network("main", "Random"), [Node(id, "ReLU", id) for id in ids])
    for number in range(rng.randint(0, 12)):
        target = Port(rng.choice(ids), f"input{number}")
        network = connect(network, Port(rng.choice(ids), "output"), target)
    return network


def as_graph(network: Network) -> networkx.MultiDiGraph:
    graph = networkx.MultiDiGraph()
    graph.add_nodes_from(network.nodes)
    graph.add_edges_from((e.source.node, e.target.node) for e in network.edges.values())
    return graph


@given(st.integers(0, 2**32 - 1))
def test_the_order_is_one_of_those_of_networkx(seed: int) -> None:
    network = random_graph(seed)
    graph, found = as_graph(network), structure(network)
    stuck = {
        node
        for component in networkx.strongly_connected_components(graph)
        if len(component) > 1 or graph.has_edge(*[next(iter(component))] * 2)
        for start in component
        for node in {start} | networkx.descendants(graph, start)
    }
    assert set(found.order) == set(network.nodes) - stuck
    place = {id: index for index, id in enumerate(found.order)}
    for source, target in graph.subgraph(found.order).edges():
        assert place[source] < place[target]
    assert ("cycle" in {problem.code for problem in found.problems}) == bool(stuck)


@given(st.integers(0, 2**32 - 1))
def test_consumers_and_feeders_are_the_edges(seed: int) -> None:
    network = random_graph(seed)
    found = structure(network)
    for id in network.nodes:
        assert set(found.consumers[id]) == {
            edge for edge in network.edges.values() if edge.source.node == id
        }
        assert set(found.feeders[id]) == {
            edge for edge in network.edges.values() if edge.target.node == id
        }


@given(st.integers(0, 2**32 - 1))
def test_what_a_node_feeds_and_what_feeds_it_is_known(seed: int) -> None:
    network = random_graph(seed)
    graph, found = as_graph(network), structure(network)
    for id in network.nodes:
        assert reached(found, id, forwards=True) == {id} | networkx.descendants(graph, id)
        assert reached(found, id, forwards=False) == {id} | networkx.ancestors(graph, id)


def problems(network: Network) -> list[tuple[str, str]]:
    return [(problem.code, problem.node) for problem in structure(network).problems]


def test_an_empty_network_says_only_that() -> None:
    assert problems(Network("main", "Empty")) == [("empty_network", "")]


def test_a_network_needs_input_and_output() -> None:
    assert problems(network_of(Node("a", "ReLU", "a"))) == [
        ("no_input", ""),
        ("no_output", ""),
        ("unused_output", "a"),
    ]


def test_what_nothing_uses_can_be_removed() -> None:
    network = network_of(
        Node("x", "Input", "x"), Node("y", "Output", "y"), Node("a", "ReLU", "a"), edges="x>y x>a"
    )
    (problem,) = structure(network).problems
    assert (problem.code, problem.node, problem.is_error) == ("unused_output", "a", False)
    assert problem.fixes[0].change == RemoveNode()
    assert problems(apply_fix(network, problem.fixes[0])) == []


def named(*names: str) -> Network:
    nodes = [Node(f"n{index}", "ReLU", name) for index, name in enumerate(names)]
    edges = " ".join(f"n{index}>n{index + 1}" for index in range(len(nodes) - 1))
    return network_of(
        Node("x", "Input", "x"),
        *nodes,
        Node("y", "Output", "y"),
        edges=f"x>n0 n{len(nodes) - 1}>y {edges}",
    )


@pytest.mark.parametrize("bad", ["", "class", "forward", "_hidden", "2nd", "a b", "ﬁrst", "x" * 65])
def test_a_bad_name_is_mended(bad: str) -> None:
    network = named(bad, "relu1")
    (problem,) = structure(network).problems
    assert (problem.code, problem.node) == ("bad_name", "n0")
    mended = apply_fix(network, problem.fixes[0])
    assert problems(mended) == []
    assert not name_complaint(mended.nodes["n0"].name)


def test_a_name_that_two_have_is_mended_one_by_one() -> None:
    network = named("act", "act", "act1")
    found = [each for each in structure(network).problems if each.code == "duplicate_name"]
    assert [problem.node for problem in found] == ["n0", "n1"]
    mended = apply_fix(network, found[1].fixes[0])
    assert mended.nodes["n1"].name == "act2"
    assert problems(mended) == []


def test_a_bad_name_is_not_mended_into_one_that_is_taken() -> None:
    network = named("first layer", "first_layer")
    (problem,) = structure(network).problems
    assert problems(apply_fix(network, problem.fixes[0])) == []
    assert problems(rename(network, "n0", "other")) == []


def cycles(network: Network) -> list[Problem]:
    return [problem for problem in structure(network).problems if problem.code == "cycle"]


def test_each_circle_is_told_with_the_names_on_it() -> None:
    network = network_of(
        *(Node(id, "Add", f"node_{id}") for id in "abcde"),
        edges="a>b.input1 b>a.input1 c>c.input1 b>d.input1 d>e.input1",
    )
    found = cycles(network)
    assert [(problem.node, problem.values["names"]) for problem in found] == [
        ("a", "node_a, node_b"),
        ("c", "node_c"),
    ] or [problem.node for problem in found] == ["c", "a"]


def test_what_lies_between_nodes() -> None:
    network = SAMPLES["resnet18"]["down"]
    assert nodes_between(network, ["conv1", "conv2"]) == ["bn1", "relu"]
    assert nodes_between(network, ["conv1", "bn1"]) == []
    assert nodes_between(network, ["x", "add"]) == [
        "conv1", "bn1", "relu", "conv2", "bn2", "shortcut", "shortcut_bn"
    ]  # fmt: skip
