"""What differs between two versions of a project, as a run's record and the canvas."""

from __future__ import annotations

from dataclasses import replace

from graph_model.editing.block_edits import make_block
from graph_model.editing.differences import Change, Differences, differences
from graph_model.editing.edits import set_init
from graph_model.formula_parser import parse_formula
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
    freeze,
    remove_nodes,
    rename,
    set_arguments,
    set_formula,
    set_repeat,
    share_weights,
    with_layout,
    with_network,
)
from graph_model.recipe import Choice


def chain() -> Project:
    nodes = {
        "i": Node("i", "Input", "x", {"shape": ("N", 8)}),
        "l": Node("l", "Linear", "fc1", {"out_features": 4}),
        "m": Node("m", "Linear", "fc2", {"out_features": 4}),
        "o": Node("o", "Output", "y"),
    }
    ends = [("i", "l"), ("l", "m"), ("m", "o")]
    edges = {Port(b, "input"): Edge(Port(a, "output"), Port(b, "input")) for a, b in ends}
    return Project({"main": Network("main", "Net", nodes, edges)}, "main")


def edited(project: Project, network: Network) -> Differences:
    return differences(project, with_network(project, network))


def test_a_project_does_not_differ_from_itself_nor_by_where_its_nodes_lie():
    project = chain()
    assert not differences(project, project)
    moved = with_layout(project, "main", {"l": Position(8, 8)})
    assert not differences(project, replace(moved, recipe=project.recipe))


def test_nodes_that_came_and_went_are_named():
    project = chain()
    network = add_nodes(remove_nodes(project.network, ["m"]), [Node("r", "ReLU", "relu1")])
    found = edited(project, network)
    assert (found.added, found.removed, found.changed) == (("relu1",), ("fc2",), ())
    assert not found.is_rewired
    assert found


def test_changed_arguments_are_told_with_their_values():
    project = chain()
    network = set_arguments(project.network, "l", {"out_features": 16, "bias": False})
    assert edited(project, network).changed == (
        Change("fc1", "bias", None, False),
        Change("fc1", "out_features", 4, 16),
    )


def test_a_node_that_was_renamed_is_the_same():
    project = chain()
    found = edited(project, rename(project.network, "l", "hidden"))
    change = Change("fc1", "name", "fc1", "hidden")
    assert found == Differences(changed=(change,), where=(("main", "l"),))


def test_what_else_is_otherwise_about_a_node_is_told():
    project = chain()
    network = share_weights(freeze(project.network, "l", frozen=True), "m", "l")
    network = set_formula(network, "l", "out_features", parse_formula("2 * 4"))
    network = set_init(network, "l", "weight", Choice("normal_", {"std": 2.0}))
    network = set_repeat(set_repeat(network, "o", 3), "i", parse_formula("1 + 1"))
    found = {(each.node, each.what, each.after) for each in edited(project, network).changed}
    assert {
        ("fc1", "frozen", True),
        ("fc1", "out_features", "2 * 4"),
        ("fc1", "init.weight", "normal_(std=2.0)"),
        ("fc2", "shares", "fc1"),
        ("y", "repeat", 3),
        ("x", "repeat", "1 + 1"),
    } <= found


def test_edges_laid_otherwise_among_the_same_nodes_are_told():
    project = chain()
    network = connect(project.network, Port("i", "output"), Port("m", "input"))
    assert edited(project, network) == Differences(is_rewired=True)
    assert edited(project, disconnect(project.network, [Port("o", "input")])).is_rewired


def test_blocks_are_compared_as_well_and_named_before_their_nodes():
    project, use = make_block(chain(), "main", ["l", "m"], "Hidden")
    block = next(each for each in project.networks.values() if each.role == "block")
    changed = with_network(project, set_arguments(block, "l", {"out_features": 32}))
    assert differences(project, changed).changed == (Change("Hidden › fc1", "out_features", 4, 32),)
    found = differences(chain(), project)
    assert set(found.removed) == {"fc1", "fc2"}
    assert project.network.nodes[use].name in found.added
    assert {"Hidden › fc1", "Hidden › fc2"} <= set(found.added)
    back = differences(project, chain())
    assert {"Hidden › fc1", "Hidden › fc2"} <= set(back.removed)
