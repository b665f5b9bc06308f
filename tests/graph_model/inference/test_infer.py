"""Inference: what it knows, what it says is wrong, and that only what changed is asked again."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_model import blocks as blocks_module
from graph_model.dims import symbol
from graph_model.editing.edits import apply_fix
from graph_model.inference import answers as answers_module
from graph_model.inference.infer import infer, tried
from graph_model.layers import LAYERS
from graph_model.layers.kind import LayerKind, Operator
from graph_model.network import (
    Edge,
    Network,
    Node,
    Port,
    add_nodes,
    connect,
    disconnect,
    remove_nodes,
    rename,
    set_arguments,
)
from graph_model.problems import GraphError
from graph_model.tensors import TensorSpec
from graph_model.validate import reached
from graph_model.values import Value
from tests.graph_model.random_edits import random_edit

N = symbol("N")


def network_of(*nodes: Node, edges: str = "") -> Network:
    """Return a network with edges written as ``a>b`` or ``a.port>b.port``."""
    network = add_nodes(Network("main", "Test"), nodes)
    for edge in edges.split():
        source, _, target = edge.partition(">")
        left, _, out = source.partition(".")
        right, _, into = target.partition(".")
        network = connect(network, Port(left, out or "output"), Port(right, into or "input"))
    return network


def chain() -> Network:
    return network_of(
        Node("x", "Input", "x", {"shape": ("N", 4)}),
        Node("fc", "Linear", "fc", {"out_features": 3}),
        Node("act", "ReLU", "act"),
        Node("y", "Output", "y"),
        edges="x>fc fc>act act>y",
    )


def codes(network: Network) -> set[str]:
    return {problem.code for problem in infer(network).problems}


@given(st.integers(0, 2**32 - 1))
def test_what_is_worked_out_step_by_step_is_what_is_worked_out_at_once(seed: int) -> None:
    rng = random.Random(seed)
    network = Network("main", "Random")
    inference = infer(network)
    for _ in range(rng.randint(1, 25)):
        network = random_edit(rng, network, inference)
        inference = infer(network, inference)
        anew = infer(network)
        assert inference.nodes == anew.nodes
        assert inference.structure == anew.structure
        assert inference.structure.order == anew.structure.order
        assert inference.problems == anew.problems
        assert inference.problems_by_node == anew.problems_by_node
        assert inference.constraints == anew.constraints
        assert inference.totals == anew.totals
        ranks = inference.structure.ranks
        assert ranks.keys() == set(anew.structure.order)
        for edge in network.edges.values():
            if edge.target.node in ranks:
                assert ranks[edge.source.node] < ranks[edge.target.node]


@given(st.integers(0, 2**32 - 1))
def test_what_is_asked_seldom_and_of_one_node_first_is_what_is_worked_out_at_once(
    seed: int,
) -> None:
    rng = random.Random(seed)
    network = Network("main", "Random")
    inference = anew = infer(network)
    for _ in range(rng.randint(1, 25)):
        network = random_edit(rng, network, anew)
        inference, anew = infer(network, inference), infer(network)
        if rng.random() < 0.5:
            continue  # nobody looks until the next edits are done
        errors = tuple(problem for problem in anew.problems if problem.is_error)
        assert inference.errors == errors
        assert inference.has_errors == bool(errors)
        for id in ("", *network.nodes):
            assert inference.problems_of(id) == anew.problems_by_node.get(id, ())
        if rng.random() < 0.5:
            assert inference.problems == anew.problems
            assert inference.problems_by_node == anew.problems_by_node


def test_what_sizes_need_is_known_though_nobody_asked_after_the_edit_that_changed_it() -> None:
    network = network_of(
        Node("x", "Input", "x", {"shape": ("N", 3, "H", "W")}),
        Node("down", "PixelUnshuffle", "down", {"downscale_factor": 2}),
        Node("act", "ReLU", "act"),
        edges="x>down down>act",
    )
    asked = infer(network)
    assert asked.multiples == {"H": 2, "W": 2}
    assert asked.problems
    for edits in (["act", "down"], ["down", "act"]):
        edited, known = network, asked
        for id in edits:
            change: dict[str, Value] = {"inplace": True} if id == "act" else {"downscale_factor": 3}
            edited = set_arguments(edited, id, change)
            known = infer(edited, known)
        assert known.multiples == {"H": 3, "W": 3}


@given(st.integers(0, 2**32 - 1))
def test_what_an_edge_would_lead_to_is_what_it_leads_to(seed: int) -> None:
    rng = random.Random(seed)
    network = Network("main", "Random")
    for _ in range(rng.randint(5, 25)):
        network = random_edit(rng, network, infer(network))
    inference = infer(network)
    ids = inference.structure.order  # without those on or after a cycle, of which nothing is known
    for source, target in zip(rng.sample(ids, len(ids)), rng.sample(ids, len(ids)), strict=True):
        kind = LAYERS[network.nodes[target].kind]
        ports = kind.inputs(kind.complete(network.nodes[target].arguments))
        if ports and source not in reached(inference.structure, target, forwards=True):
            edge = Edge(Port(source, "output"), Port(target, rng.choice(ports)))
            laid = infer(connect(network, edge.source, edge.target), inference)
            assert tried(inference, [edge]) == laid.nodes[target]


def test_what_is_known_of_a_chain() -> None:
    found = infer(chain())
    assert found.problems == ()
    assert not found.has_errors
    assert found.parameter_count == 4 * 3 + 3
    assert found.nodes["fc"].arguments["in_features"] == 4
    assert found.nodes["fc"].inputs == {"input": TensorSpec((N, 4))}
    assert found.spec(Port("act", "output")) == TensorSpec((N, 3))
    assert found.spec(Port("act", "nothing")) is None
    assert found.spec(Port("gone", "output")) is None
    assert [node.id for node in found.of_kind("Input")] == ["x"]


def test_only_what_lies_downstream_is_asked_again() -> None:
    network = chain()
    before = infer(network)
    after = infer(set_arguments(network, "fc", {"out_features": 5}), before)
    assert after.nodes["x"] is before.nodes["x"]
    assert after.spec(Port("act", "output")) == TensorSpec((N, 5))
    renamed = infer(rename(network, "fc", "first"), before)
    for id in network.nodes:
        assert renamed.nodes[id] is before.nodes[id]


def test_an_edit_that_changes_no_output_stops_there() -> None:
    network = chain()
    before = infer(network)
    after = infer(set_arguments(network, "fc", {"bias": False}), before)
    assert after.parameter_count == 12
    assert after.nodes["act"] is before.nodes["act"]
    assert after.structure is before.structure


def test_an_edit_that_says_nothing_else_keeps_every_word() -> None:
    network = connect(chain(), Port("x", "output"), Port("act", "input"))  # nothing reads fc
    before = infer(network)
    assert before.problems
    after = infer(set_arguments(network, "act", {"inplace": True}), before)
    assert "overwrites_shared" in {problem.code for problem in after.problems_by_node["act"]}
    back = infer(network, after)
    assert back.problems == before.problems
    again = infer(set_arguments(network, "fc", {"bias": False}), back)
    assert again.problems is back.problems


def test_what_leads_against_the_ranks_is_found_in_order_all_the_same() -> None:
    network = network_of(*(Node(id, "Identity", f"same_{id}") for id in "abc"))
    inference = infer(network)
    for source, target in ("cb", "ba"):  # each from one that was added later
        network = connect(network, Port(source, "output"), Port(target, "input"))
        inference = infer(network, inference)
    assert inference.structure.order == ("c", "b", "a")
    network = connect(network, Port("a", "output"), Port("c", "input"))
    inference = infer(network, inference)
    assert inference.structure.order == ()
    assert inference.structure.is_cyclic


def test_a_node_that_comes_between_two_has_a_rank_between_theirs() -> None:
    network = chain()
    inference = infer(network)
    for number in range(80):  # more often than numbers can be halved
        network = add_nodes(network, [Node(f"n{number}", "Identity", f"same{number}")])
        network = connect(network, Port("x", "output"), Port(f"n{number}", "input"))
        after = "fc" if not number else f"n{number - 1}"
        network = connect(network, Port(f"n{number}", "output"), Port(after, "input"))
        inference = infer(network, inference)
    order = [f"n{number}" for number in reversed(range(80))]
    assert inference.structure.order == ("x", *order, "fc", "act", "y")
    assert not inference.problems


def test_a_number_written_otherwise_is_another_argument() -> None:
    network = add_nodes(chain(), [Node("act", "LeakyReLU", "act", {"negative_slope": 1})])
    before = infer(network)
    after = infer(set_arguments(network, "act", {"negative_slope": 1.0}), before)
    assert repr(after.nodes["act"].arguments["negative_slope"]) == "1.0"


def test_each_problem_stands_at_its_node() -> None:
    network = set_arguments(chain(), "fc", {"in_features": 7, "nonsense": 1})
    assert {p.code for p in infer(network).problems_by_node["fc"]} == {"unknown_parameter"}
    network = set_arguments(chain(), "fc", {"in_features": 7})
    (problem,) = infer(network).problems_by_node["fc"]
    assert (problem.code, problem.port, problem.parameter) == (
        "pinned_size",
        "input",
        "in_features",
    )
    assert infer(apply_fix(network, problem.fixes[0])).problems == ()


def test_errors_come_before_warnings() -> None:
    network = add_nodes(chain(), [Node("z", "ReLU", "z"), Node("w", "Linear", "w", {"bias": 3})])
    severities = [problem.is_error for problem in infer(network).problems]
    assert severities == sorted(severities, reverse=True)
    assert set(severities) == {True, False}


def test_wrong_arguments_are_told_and_mended() -> None:
    network = set_arguments(chain(), "fc", {"out_features": -3})
    (problem,) = infer(network).problems
    assert problem.code == "below_minimum"
    mended = apply_fix(network, problem.fixes[0])
    assert mended.nodes["fc"].arguments == {"out_features": 128}


def test_nothing_is_said_downstream_of_what_is_wrong() -> None:
    found = infer(set_arguments(chain(), "fc", {"out_features": 0}))
    assert set(found.problems_by_node) == {"fc"}
    assert found.nodes["act"].outputs == {}


def test_edges_at_ports_that_do_not_exist() -> None:
    into = connect(chain(), Port("x", "output"), Port("act", "mask"))
    (problem,) = infer(into).problems
    assert (problem.code, problem.node, problem.port) == ("unknown_port", "act", "mask")
    assert infer(apply_fix(into, problem.fixes[0])).problems == ()
    out = connect(chain(), Port("fc", "weight"), Port("act", "input"))
    assert codes(out) == {"unknown_port"}


def test_a_node_that_loses_an_output_is_told_to_those_it_fed() -> None:
    network = network_of(
        Node("x", "Input", "x", {"shape": (3,)}),
        Node("rnn", "LSTM", "rnn"),
        Node("y", "Output", "y"),
        edges="x>rnn rnn.c_n>y",
    )
    before = infer(network)
    network = add_nodes(network, [Node("rnn", "GRU", "rnn")])
    after = infer(network, before)
    assert "unknown_port" in {problem.code for problem in after.problems_by_node["y"]}
    assert after.problems == infer(network).problems


def test_an_unknown_kind_keeps_its_place() -> None:
    network = add_nodes(chain(), [Node("fc", "Linaer", "fc")])
    found = infer(network)
    assert [problem.code for problem in found.problems] == ["unknown_kind"]
    assert found.nodes["fc"].outputs == {}
    assert infer(chain(), found).problems == ()


def test_a_missing_input_is_told() -> None:
    network = disconnect(chain(), [Port("fc", "input")])
    problems = infer(network).problems_by_node["fc"]
    assert [(problem.code, problem.port) for problem in problems] == [("missing_input", "input")]


def test_a_cycle_is_told_once_and_mended_by_removing_an_edge() -> None:
    network = network_of(
        Node("x", "Input", "x", {"shape": ("N", 4)}),
        Node("add", "Add", "add"),
        Node("act", "ReLU", "act"),
        Node("y", "Output", "y"),
        edges="x>add.input1 act>add.input2 add>act act>y",
    )
    before = infer(network)
    assert [problem.code for problem in before.problems] == ["cycle"]
    assert before.nodes["y"].inputs == {}
    mended = connect(network, Port("x", "output"), Port("add", "input2"))
    after = infer(mended, before)
    assert after.problems == ()
    assert after.nodes == infer(mended).nodes
    assert after.nodes["y"].inputs == {"input": TensorSpec((N, 4))}
    assert infer(network, after).problems == before.problems


def test_removing_a_node_forgets_it() -> None:
    after = infer(remove_nodes(chain(), ["fc"]), infer(chain()))
    assert set(after.nodes) == {"x", "act", "y"}
    assert {problem.code for problem in after.problems} == {"unused_output", "missing_input"}


def test_a_rule_that_contradicts_its_ports_is_a_bug(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = LayerKind("Broken", "shape", "", Operator("+"), lambda _: ())
    for module in (blocks_module, answers_module):
        monkeypatch.setattr(module, "LAYERS", {**LAYERS, "Broken": broken})
    with pytest.raises(GraphError, match="Broken"):
        infer(add_nodes(chain(), [Node("fc", "Broken", "fc")]))


def test_layers_that_are_alike_are_worked_out_once() -> None:
    linear = {"out_features": 4}
    found = infer(
        network_of(
            Node("x", "Input", "x", {"shape": ("N", 4)}),
            Node("fc1", "Linear", "fc1", linear),
            Node("fc2", "Linear", "fc2", dict(linear)),
            Node("fc3", "Linear", "fc3", {"out_features": 5}),
            edges="x>fc1 fc1>fc2 fc2>fc3",
        )
    )
    assert found.nodes["fc1"] is found.nodes["fc2"]
    assert found.parameter_count == 2 * (4 * 4 + 4) + 4 * 5 + 5


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        ("Linear", {"bias": True}, {"bias": 1}),
        ("Linear", {"out_features": 1}, {"out_features": True}),
        ("Linear", {"out_features": 3}, {"out_features": 3.0}),
    ],
)
def test_equal_values_of_other_types_are_not_alike(
    kind: str, good: dict[str, Value], bad: dict[str, Value]
) -> None:
    found = infer(
        network_of(
            Node("x", "Input", "x", {"shape": ("N", 4)}),
            Node("good", kind, "good", good),
            Node("bad", kind, "bad", bad),
            edges="x>good x>bad",
        )
    )
    assert found.nodes["good"].problems == ()
    assert [problem.code for problem in found.nodes["bad"].problems] == ["wrong_type"]


def test_what_is_wrong_with_layers_that_are_alike_is_told_at_each() -> None:
    found = infer(
        network_of(
            Node("x", "Input", "x", {"shape": ("N", 3, 8, 8)}),
            Node("fc1", "Linear", "fc1"),
            Node("fc2", "Linear", "fc2"),
            Node("wrong", "Linear", "wrong", {"out_features": 0}),
            Node("act1", "ReLU", "act1"),
            Node("act2", "ReLU", "act2"),
            edges="x>fc1 x>fc2 x>wrong wrong>act1 x.other>act2",
        )
    )
    for id in ("fc1", "fc2"):
        assert [(each.code, each.node) for each in found.nodes[id].problems] == [
            ("linear_on_image", id)
        ]
    assert found.nodes["act1"].problems == ()
    assert [each.code for each in found.nodes["act2"].problems] == ["unknown_port"]
