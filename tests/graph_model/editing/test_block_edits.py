"""Edits with blocks: what a network computes stays the same, and undo is the value before."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_model.blocks import REPEAT
from graph_model.editing.block_edits import detach, free_block_name, make_block, may_use, new_use
from graph_model.editing.block_library import extract, insert
from graph_model.editing.block_parameters import (
    add_parameter,
    alter_parameter,
    make_parameter,
    move_parameter,
    nodes_naming,
    remove_parameter,
    rename_network,
)
from graph_model.editing.edits import apply_fix, cut_out, paste
from graph_model.editing.ungrouping import ungroup
from graph_model.files.project_format import dumps, loads
from graph_model.formula_parser import parse_formula
from graph_model.formulas import Name, write
from graph_model.inference.infer import infer, infer_project
from graph_model.layers import LAYERS
from graph_model.network import (
    Network,
    Position,
    Project,
    add_nodes,
    rename,
    set_arguments,
    set_repeat,
    share_weights,
    use_kind,
    with_network,
)
from graph_model.problems import Fix, GraphError, StopSharing
from graph_model.validate import structure
from graph_model.values import integer
from tests.codegen.blocks import SAMPLES
from tests.codegen.samples import RESIDUAL
from tests.random_layers import CUSTOM, KNOWN, alone
from tests.strategies import networks


def project_of(name: str) -> Project:
    return Project(SAMPLES[name], "main")


def count(project: Project) -> int:
    inference = infer(project.network, blocks=project.networks)
    assert not inference.has_errors, inference.problems
    return inference.parameter_count


RESIDUAL_PROJECT = Project(
    {"main": RESIDUAL},
    "main",
    {"main": {id: Position(0.0, 100.0 * n) for n, id in enumerate(RESIDUAL.nodes)}},
)
PART = ["conv1", "bn1", "add1", "relu1"]


def test_nodes_become_a_block_in_one_step() -> None:
    project, id = make_block(RESIDUAL_PROJECT, "main", PART, "Residual block")
    use = project.network.nodes[id]
    block = project.networks[use.kind.removeprefix("block:")]
    assert (block.name, block.role, use.name) == ("Residual block", "block", "residual_block1")
    assert [(node.kind, node.name) for node in block.nodes.values()] == [
        ("Conv2d", "conv1"), ("BatchNorm2d", "bn1"), ("Add", "add1"), ("ReLU", "relu1"),
        ("Input", "x"), ("Output", "y"),
    ]  # fmt: skip
    entry = next(node for node in block.nodes.values() if node.kind == "Input")
    assert entry.arguments == {"shape": ("N", 16, "H", "W"), "dtype": "float32"}
    assert count(project) == count(RESIDUAL_PROJECT)
    assert not infer(block).has_errors
    assert project.layout[id] == Position(0, 350)
    assert project.layouts[block.id][entry.id].y == 200 - 120
    assert "conv1" not in project.layout


def test_the_ports_of_a_block_lie_along_the_flow() -> None:
    places = {id: Position(at.y, at.x) for id, at in RESIDUAL_PROJECT.layout.items()}
    project = replace(RESIDUAL_PROJECT, layouts={"main": places}, direction="right")
    project, id = make_block(project, "main", PART, "Residual block")
    block = project.networks[project.network.nodes[id].kind.removeprefix("block:")]
    layout = project.layouts[block.id]
    into, out = (
        next(layout[node.id] for node in block.nodes.values() if node.kind == kind)
        for kind in ("Input", "Output")
    )
    inner = [layout[id] for id in PART]
    assert into.x < min(at.x for at in inner) - 208
    assert out.x > max(at.x for at in inner) + 208
    assert into.y == out.y == 0


def test_inputs_and_outputs_do_not_move_into_a_block() -> None:
    project, id = make_block(RESIDUAL_PROJECT, "main", ["image", "stem", "logits"], "Stem")
    assert {"image", "logits"} <= project.network.nodes.keys()
    with pytest.raises(GraphError):
        make_block(RESIDUAL_PROJECT, "main", ["image"], "Nothing")
    assert count(ungroup(project, "main", id)) == count(RESIDUAL_PROJECT)


@settings(max_examples=40)
@given(networks(), st.randoms(use_true_random=False))
def test_a_block_made_and_dissolved_leaves_what_was(network: Network, rng: object) -> None:
    project = alone(network)
    order = [
        id for id in structure(network).order if network.nodes[id].kind not in {"Input", "Output"}
    ]
    start = rng.randrange(len(order))  # type: ignore[attr-defined]
    made, id = make_block(project, "main", order[start : start + 4], "Part", KNOWN)
    before, within = infer_project(project, KNOWN), infer_project(made, KNOWN)
    assert not within.has_errors, within.problems
    assert within.parameter_count == before.parameter_count
    dissolved = ungroup(made, "main", id).network
    after = infer(dissolved, layers=CUSTOM)
    for each in before.of_kind("Output"):
        assert after.nodes[each.id].inputs == before.nodes[each.id].inputs
    kinds = sorted(node.kind for node in network.nodes.values())
    assert sorted(node.kind for node in dissolved.nodes.values()) == kinds
    assert len(dissolved.edges) == len(network.edges)


def test_what_is_not_known_yet_becomes_an_input_as_well() -> None:
    broken = set_arguments(RESIDUAL, "conv1", {"out_channels": 0})
    project = with_network(RESIDUAL_PROJECT, broken)
    project, id = make_block(project, "main", ["bn1", "add1"], "Part")
    assert {"stem", "conv1"} == {port.name for port in project.network.edges if port.node == id}


def test_parameters_named_within_become_those_of_the_new_block() -> None:
    project = project_of("resnet18")
    made, id = make_block(project, "down", ["conv1", "bn1"], "Conv BN")
    use = made.networks["down"].nodes[id]
    assert {name: write(each) for name, each in use.formulas.items()} == {
        "channels": "channels",
        "stride": "stride",
    }
    assert count(made) == 11_689_512
    assert count(ungroup(made, "down", id)) == 11_689_512
    repeated = set_repeat(project.networks["down"], "bn1", parse_formula("stride"))
    nested, id = make_block(with_network(project, repeated), "down", ["bn1"], "BN")
    assert list(nested.networks["down"].nodes[id].formulas) == ["stride"]


def test_a_copy_of_ones_own_changes_alone() -> None:
    project = detach(project_of("resnet18"), "main", "layer2")
    kind = project.network.nodes["layer2"].kind
    copy = project.networks[kind.removeprefix("block:")]
    assert (copy.name, kind) != ("Basic block", use_kind("plain"))
    changed = set_arguments(copy, "conv1", {"bias": True})
    assert count(with_network(project, changed)) == 11_689_512 + 128


def test_names_of_blocks_are_numbered() -> None:
    project = project_of("resnet18")
    assert free_block_name(project, "New") == "New"
    again = detach(detach(project, "main", "layer2"), "main", "layer3")
    assert {network.name for network in again.networks.values()} >= {"Basic block 3"}


def test_a_block_cannot_be_used_within_itself() -> None:
    project = project_of("dense")
    assert may_use(project, "main", "stage")
    assert may_use(project, "stage", "layer")
    assert not may_use(project, "layer", "stage")
    assert not may_use(project, "layer", "layer")


def test_parameters_are_added_altered_and_removed() -> None:
    project = add_parameter(project_of("resnet18"), "plain", integer("depth", 2))
    assert [each.name for each in project.networks["plain"].parameters] == ["channels", "depth"]
    altered = alter_parameter(project, "plain", "channels", integer("width", 64))
    assert write(altered.networks["plain"].nodes["conv1"].formulas["out_channels"]) == "width"
    assert altered.network.nodes["layer2"].arguments == {"width": 128}
    assert count(altered) == 11_689_512
    same = alter_parameter(altered, "plain", "width", integer("width", 32))
    assert same.network.nodes["layer2"].arguments == {"width": 128}
    removed = remove_parameter(project, "plain", "channels")
    assert removed.networks["plain"].nodes["conv1"].arguments["out_channels"] == 64
    assert removed.network.nodes["layer2"].arguments == {}
    assert rename_network(project, "plain", "Residual").networks["plain"].name == "Residual"


def test_parameters_can_stand_in_another_order() -> None:
    project = add_parameter(project_of("resnet18"), "plain", integer("depth", 2))
    moved = move_parameter(project, "plain", "depth", 0)
    assert [each.name for each in moved.networks["plain"].parameters] == ["depth", "channels"]
    assert count(moved) == 11_689_512


def test_an_argument_becomes_a_parameter_of_its_block() -> None:
    project = project_of("resnet18")
    padding = LAYERS["Conv2d"].by_name["padding"]
    made = make_parameter(project, "plain", "conv1", padding, 1)
    assert made.networks["plain"].parameters[-1] == replace(padding, default=1)
    assert made.networks["plain"].nodes["conv1"].formulas["padding"] == Name("padding")
    assert nodes_naming(made.networks["plain"], "padding") == [
        made.networks["plain"].nodes["conv1"]
    ]
    assert count(made) == 11_689_512
    again = make_parameter(made, "plain", "conv2", padding, 1)
    assert again.networks["plain"].parameters[-1].name == "conv2_padding"
    third = make_parameter(again, "plain", "conv2", padding, 1)
    assert third.networks["plain"].parameters[-1].name == "conv2_padding1"
    repeated = make_parameter(project_of("dense"), "stage", "layers", REPEAT, 2)
    assert repeated.networks["stage"].parameters[-1].name == "layers_repeat"
    assert repeated.networks["stage"].nodes["layers"].repeat == Name("layers_repeat")
    assert count(third) == 11_689_512


def test_edges_follow_when_an_input_or_output_is_renamed() -> None:
    project = project_of("resnet18")
    block = rename(rename(project.networks["plain"], "x", "features"), "y", "sum")
    assert count(with_network(project, block)) == 11_689_512


def test_a_block_is_carried_to_another_project_with_what_it_needs() -> None:
    carried = loads(dumps(extract(project_of("dense"), "stage")))
    assert list(carried.networks) == ["layer", "stage"]
    project, id = insert(RESIDUAL_PROJECT, carried)
    assert id == "stage"
    use = new_use(project.network, project.networks[id])
    assert not infer(project.networks[id], blocks=project.networks).has_errors
    assert use.name == "dense_stage1"
    same, id = insert(project, carried)
    assert (same.networks.keys(), id) == (project.networks.keys(), "stage")


def test_what_two_blocks_need_is_carried_once() -> None:
    project = project_of("dense")
    both = project.networks["stage"]
    twice = add_nodes(both, [new_use(both, project.networks["layer"])])
    third = replace(add_nodes(twice, [new_use(twice, both)]), id="third", name="Third")
    assert list(extract(with_network(project, third), "third").networks) == [
        "layer",
        "stage",
        "third",
    ]


def test_blocks_of_the_same_id_that_differ_are_both_kept() -> None:
    carried = extract(project_of("dense"), "stage")
    project, _ = insert(RESIDUAL_PROJECT, carried)
    mine = set_arguments(project.networks["layer"], "conv", {"bias": True})
    project, id = insert(with_network(project, mine), carried)
    assert id != "stage"
    kinds = {node.kind for node in project.networks[id].nodes.values()}
    assert use_kind("layer") not in kinds
    names = [network.name for network in project.networks.values()]
    assert names == ["Residual net", "Dense stage", "Dense layer", "Dense stage 2", "Dense layer 2"]


def test_what_shares_goes_along_with_its_owner_or_stands_alone() -> None:
    network = share_weights(SAMPLES["resnet18"]["main"], "layer3", "layer2")
    both, _, fresh = paste(network, {}, cut_out(network, {}, ["layer2", "layer3"]), Position(0, 0))
    assert both.nodes[fresh["layer3"]].shares == fresh["layer2"]
    alone, _, fresh = paste(network, {}, cut_out(network, {}, ["layer3"]), Position(0, 0))
    assert alone.nodes[fresh["layer3"]].arguments == {"channels": 128}
    assert alone.nodes[fresh["layer3"]].shares == ""
    mended = apply_fix(network, Fix("stop_sharing", StopSharing(), node="layer3"))
    assert mended.nodes["layer3"].arguments == {"channels": 128}
