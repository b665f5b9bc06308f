"""Blocks across projects, and nodes with the blocks that they use."""

from __future__ import annotations

import pytest

from graph_model.blocks import as_kind, find_kind
from graph_model.editing.block_library import copy_nodes, paste_nodes
from graph_model.editing.block_parameters import rename_network
from graph_model.editing.edits import insert_on_edge, new_node
from graph_model.network import Network, Port, Position, Project, use_kind
from tests.codegen.blocks import SAMPLES


def project_of(name: str) -> Project:
    return Project(SAMPLES[name], "main")


def test_copied_nodes_bring_their_blocks_along_once() -> None:
    from_there, to = project_of("dense"), Project({"main": Network("main", "Net")}, "main")
    copied = copy_nodes(from_there, "main", ["stage1", "stage2"])
    assert set(copied.networks) == {copied.main, "stage", "layer"}
    once, fresh = paste_nodes(to, "main", copied, Position(5, 6), is_same=False)
    assert set(once.networks) == {"main", "stage", "layer"}
    assert once.network.nodes.keys() == set(fresh.values())
    assert once.networks["stage"].nodes == from_there.networks["stage"].nodes
    twice, _ = paste_nodes(once, "main", copied, Position(5, 6), is_same=False)
    assert set(twice.networks) == set(once.networks)
    assert len(twice.network.nodes) == 4


def test_a_block_that_was_changed_since_is_used_as_it_is_in_its_own_project() -> None:
    project = project_of("dense")
    copied = copy_nodes(project, "main", ["stage1"])
    edited = rename_network(project, "stage", "Other stage")
    here, fresh = paste_nodes(edited, "main", copied, Position(0, 0), is_same=True)
    assert here.networks.keys() == edited.networks.keys()
    assert here.network.nodes[fresh["stage1"]].kind == use_kind("stage")
    there, fresh = paste_nodes(edited, "main", copied, Position(0, 0), is_same=False)
    used = there.network.nodes[fresh["stage1"]].kind
    assert used != use_kind("stage")
    assert there.networks[used.removeprefix("block:")].name == "Dense stage"


def test_what_is_pasted_cannot_take_a_network_of_the_project_away() -> None:
    project = project_of("dense")
    pasted, _ = paste_nodes(project, "main", project, Position(0, 0), is_same=False)
    assert pasted.networks.keys() == project.networks.keys()
    assert len(pasted.network.nodes) == 2 * len(project.network.nodes)


def test_a_block_is_added_and_inserted_as_a_layer_is() -> None:
    project = project_of("resnet18")
    network, kind = project.network, use_kind("plain")
    known = find_kind(kind, project.networks)
    node = new_node(network, kind, {"channels": 64}, known)
    assert node.name == "basic_block1"
    edge = network.edges[Port("bn1", "input")]
    inserted = insert_on_edge(network, node, edge, known)
    assert inserted.edges[Port(node.id, "x")].source == edge.source
    assert inserted.edges[Port("bn1", "input")].source == Port(node.id, "y")


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("Conv BN ReLU", "conv_bn_relu"),
        ("U-Net down", "u_net_down"),
        ("SelfAttention", "self_attention"),
        ("Layer", "layer"),
        ("2 × 2", "block_2_2"),
        ("??", "block"),
    ],
)
def test_a_use_is_named_after_the_words_of_its_block(name: str, stem: str) -> None:
    assert as_kind(Network("id", name)).code_stem == stem
