"""A layer is repeated: as a block of its own, in its place, that can be dissolved again."""

from __future__ import annotations

import pytest
import torch

from codegen.build import build_network
from graph_model.custom_layers.known import NOTHING
from graph_model.editing.block_edits import make_block
from graph_model.editing.edits import new_node
from graph_model.editing.repeating import may_repeat_layer, repeat_layer
from graph_model.editing.ungrouping import ungroup
from graph_model.inference.infer import infer, infer_project
from graph_model.network import (
    Network,
    Node,
    Port,
    Position,
    Project,
    add_nodes,
    connect,
    set_repeat,
    share_weights,
    used_network,
    with_network,
)
from tests.codegen.blocks import SAMPLES
from tests.custom_layers import SWISH, project_with
from tools.mistakes import f32, row

PLAIN = row("", f32("N", 8), ("Linear", {"out_features": 6}), ("ReLU", {})).network
LINEAR = next(id for id, node in PLAIN.nodes.items() if node.kind == "Linear")


@pytest.fixture
def project() -> Project:
    layout = {id: Position(0, 100.0 * n) for n, id in enumerate(PLAIN.nodes)}
    return Project({PLAIN.id: PLAIN}, PLAIN.id, {PLAIN.id: layout})


def test_it_runs_that_many_times_with_weights_of_its_own(project: Project) -> None:
    repeated = repeat_layer(project, PLAIN.id, LINEAR, 3)
    inference = infer_project(repeated)
    assert not inference.has_errors
    assert inference.parameter_count == (8 + 1) * 6 + 2 * (6 + 1) * 6
    model = build_network(repeated.network, repeated.networks).make()
    assert sum(each.numel() for each in model.parameters()) == inference.parameter_count
    assert model(torch.zeros(2, 8)).shape == (2, 6)


def test_the_repeated_one_takes_the_place_of_the_layer(project: Project) -> None:
    repeated = repeat_layer(project, PLAIN.id, LINEAR, 3)
    before, after = PLAIN.nodes[LINEAR], repeated.network.nodes[LINEAR]
    assert (after.id, after.name, after.repeat) == (before.id, before.name, 3)
    ends = {(each.source.node, each.target.node) for each in PLAIN.edges.values()}
    now = {(each.source.node, each.target.node) for each in repeated.network.edges.values()}
    assert now == ends
    assert repeated.network.nodes.keys() == PLAIN.nodes.keys()
    assert repeated.layout[LINEAR] == project.layout[LINEAR]
    block = repeated.networks[used_network(after.kind) or ""]
    assert block.name == "Linear block"


def test_dissolving_gives_the_layer_back(project: Project) -> None:
    repeated = repeat_layer(project, PLAIN.id, LINEAR, 3)
    once = with_network(repeated, set_repeat(repeated.network, LINEAR, 1))
    back = ungroup(once, PLAIN.id, LINEAR).network
    described = sorted((node.kind, node.name, dict(node.arguments)) for node in back.nodes.values())
    assert described == sorted(
        (node.kind, node.name, dict(node.arguments)) for node in PLAIN.nodes.values()
    )
    assert infer(back).parameter_count == infer(PLAIN).parameter_count


def test_a_layer_that_nothing_feeds_yet_can_be_repeated_and_connected(project: Project) -> None:
    node = new_node(PLAIN, "Linear")
    loose = with_network(project, add_nodes(PLAIN, [node]))
    repeated = repeat_layer(loose, PLAIN.id, node.id, 2)
    codes = {each.code for each in infer_project(repeated).problems if each.node == node.id}
    assert codes == {"missing_input", "unused_output"}
    fed = connect(repeated.network, Port(LINEAR, "output"), Port(node.id, "x"))
    result = infer_project(with_network(repeated, fed)).nodes[node.id]
    assert (list(result.outputs), result.repeat, result.problems) == (["y"], 2, ())


def test_only_layers_with_inputs_and_weights_of_their_own_can_be_repeated(project: Project) -> None:
    def may(network: Network, id: str) -> bool:
        changed = with_network(project, network)
        return may_repeat_layer(changed, network.id, id, NOTHING)

    kinds = {node.kind: may(PLAIN, id) for id, node in PLAIN.nodes.items()}
    assert kinds == {"Input": False, "Linear": True, "ReLU": True, "Output": False}
    twin, constant = new_node(PLAIN, "Linear"), new_node(PLAIN, "Parameter")
    network = add_nodes(PLAIN, [twin, constant])
    assert may(network, twin.id)
    assert not may(network, constant.id)
    shared = share_weights(network, twin.id, LINEAR)
    assert not may(shared, twin.id)
    assert not may(shared, LINEAR)
    blocks = Project(SAMPLES["resnet18"], "main")
    assert not may_repeat_layer(blocks, "main", "layer1", NOTHING)


def test_a_custom_layer_with_a_repeat_of_its_own_keeps_that() -> None:
    assert may_repeat_layer(project_with(SWISH)[0], "main", "node0", NOTHING)
    text = SWISH.replace("beta: float = 1.0", "repeat: int = 2").replace("beta", "repeat")
    assert not may_repeat_layer(project_with(text)[0], "main", "node0", NOTHING)


def test_what_no_version_knows_is_moved_into_a_block_as_it_is() -> None:
    odd = add_nodes(PLAIN, [Node("odd", "FromTomorrow", "odd")])
    made, use = make_block(Project({PLAIN.id: odd}, PLAIN.id), PLAIN.id, [LINEAR, "odd"], "Part")
    block = made.networks[used_network(made.network.nodes[use].kind) or ""]
    assert block.nodes["odd"] == odd.nodes["odd"]
    assert [node.name for node in block.nodes.values() if node.kind == "Input"] == ["x"]
