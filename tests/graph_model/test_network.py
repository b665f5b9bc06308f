"""The values and their pure edits: what is given stays as it was, what did not change is shared."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_model import network as network_module
from graph_model.files.storage import dumps
from graph_model.inference.infer import infer
from graph_model.naming import free_names
from graph_model.network import (
    Edge,
    Network,
    Node,
    Port,
    Position,
    Project,
    add_nodes,
    connect,
    disconnect,
    edges_of,
    empty_project,
    free_name,
    names,
    new_id,
    remove_nodes,
    rename,
    reset_argument,
    set_arguments,
    with_layout,
    with_network,
)
from tests.graph_model.random_edits import random_edit


def snapshot(network: Network) -> str:
    return dumps(Project({network.id: network}, network.id))


@given(st.integers(0, 2**32 - 1))
def test_holding_the_old_value_is_undo(seed: int) -> None:
    rng = random.Random(seed)
    network = Network("main", "Random")
    history = [(network, snapshot(network))]
    for _ in range(rng.randint(1, 25)):
        network = random_edit(rng, network, infer(network))
        history.append((network, snapshot(network)))
    for held, before in history:
        assert snapshot(held) == before


@given(st.integers(0, 2**32 - 1))
def test_what_holds_of_every_network(seed: int) -> None:
    rng = random.Random(seed)
    network = Network("main", "Random")
    for _ in range(rng.randint(1, 25)):
        old = network
        network = random_edit(rng, network, infer(network))
        assert all(node.id == id for id, node in network.nodes.items())
        touched = [id for id, node in network.nodes.items() if old.nodes.get(id, node) is not node]
        assert len(touched) <= 1  # all others are shared
        for target, edge in network.edges.items():
            assert edge.target == target
            assert edge.source.node in network.nodes
            assert edge.target.node in network.nodes


A, B, C = (Node(id, "ReLU", f"relu_{id}", {"inplace": True}) for id in "abc")
A_OUT, B_IN, B_OUT, C_IN = (
    Port("a", "output"),
    Port("b", "input"),
    Port("b", "output"),
    Port("c", "input"),
)


def three() -> Network:
    network = add_nodes(Network("main", "Three"), [A, B, C])
    return connect(connect(network, A_OUT, B_IN), B_OUT, C_IN)


def test_an_input_takes_one_edge() -> None:
    network = connect(three(), A_OUT, C_IN)
    assert network.edges == {B_IN: Edge(A_OUT, B_IN), C_IN: Edge(A_OUT, C_IN)}


def test_removing_takes_the_edges_along() -> None:
    network = remove_nodes(three(), ["b"])
    assert list(network.nodes) == ["a", "c"]
    assert network.edges == {}


def test_disconnecting() -> None:
    assert disconnect(three(), [B_IN]).edges == {C_IN: Edge(B_OUT, C_IN)}
    assert disconnect(three(), [Port("c", "mask")]) == three()


def test_edges_of_nodes() -> None:
    assert edges_of(three(), ["a"]) == [Edge(A_OUT, B_IN)]
    assert edges_of(three(), ["b"]) == list(three().edges.values())


def test_arguments() -> None:
    changed = set_arguments(three(), "a", {"slope": 1.0})
    assert changed.nodes["a"].arguments == {"inplace": True, "slope": 1.0}
    assert changed.nodes["b"] is B
    assert reset_argument(changed, "a", "slope") == three()
    assert reset_argument(three(), "a", "slope") == three()


def test_renaming_keeps_the_id_and_the_edges() -> None:
    network = rename(three(), "b", "middle")
    assert network.nodes["b"].name == "middle"
    assert network.edges is not None
    assert network.edges == three().edges
    assert names(network) == {"relu_a", "middle", "relu_c"}


@pytest.mark.parametrize(
    ("stem", "taken", "expected"),
    [
        ("conv", (), "conv1"),
        ("conv", ("conv1", "conv3"), "conv2"),
        ("conv7", ("conv1",), "conv2"),
        ("7", (), "71"),
    ],
)
def test_free_names(stem: str, taken: tuple[str, ...], expected: str) -> None:
    assert free_name(stem, taken) == expected


def test_ids_are_fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter(["aaaaaaaa", "aaaaaaaa", "bbbbbbbb"])
    monkeypatch.setattr(network_module.os, "urandom", lambda _: bytes.fromhex(next(drawn)))
    assert new_id(["aaaaaaaa"]) == "bbbbbbbb"


def test_projects() -> None:
    project = empty_project("Mine")
    assert (project.network.name, project.layout, project.main) == ("Mine", {}, "main")
    layout = {"a": Position(8, 16)}
    changed = with_layout(with_network(project, three()), "main", layout)
    assert changed.network == three()
    assert changed.layout == layout
    assert project == empty_project("Mine")
    block = Network("block", "Block", role="block")
    assert list(with_network(changed, block).networks) == ["main", "block"]
    assert with_network(changed, block).network is changed.network


@given(
    st.lists(st.sampled_from(["relu", "relu1", "relu2", "relu12", "2", "x_1"]), max_size=12),
    st.sets(st.sampled_from(["relu", "relu1", "relu3", "x_1", "21"])),
)
def test_names_given_together_are_those_given_one_after_another(
    wanted: list[str], taken: set[str]
) -> None:
    expected: list[str] = []
    used = set(taken)
    for name in wanted:
        expected.append(free_name(name, used) if name in used else name)
        used.add(expected[-1])
    assert free_names(wanted, taken) == expected
