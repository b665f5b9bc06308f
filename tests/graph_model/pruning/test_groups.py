"""What can go of a network, against counts worked out by hand and by published rules."""

from __future__ import annotations

import pytest

from app.project.examples import load_example
from graph_model.inference.infer import infer_project
from graph_model.network import Project, set_arguments, with_network
from graph_model.pruning.groups import Group, prunable
from graph_model.pruning.shrinking import without_units


def halved(project: Project) -> Project:
    """Return a project without the first half of all units that can go."""
    inference = infer_project(project)
    found = prunable(inference)
    units = [
        unit
        for group in found.groups
        for strand in group.strands
        for unit in strand.units[: group.count // 2]
    ]
    return without_units(project, inference, found, units).project


def by_path(project: Project) -> dict[str, Group]:
    return {group.path: group for group in prunable(infer_project(project)).groups}


def count(project: Project) -> int:
    return infer_project(project).parameter_count


def resnet_18(width: int) -> int:
    """Return the parameters of ResNet-18 (He et al., 2016, table 1) beginning with ``width``."""
    norm = 2
    total = 3 * width * 49 + norm * width
    before = width
    for stage in range(4):
        wide = width * 2**stage
        total += 9 * before * wide + 9 * wide * wide * 3 + 4 * norm * wide
        total += before * wide + norm * wide if stage else 0
        before = wide
    return total + before * 1000 + 1000


def test_resnet_18_becomes_one_of_half_the_width() -> None:
    project = load_example("resnet-18")
    assert count(project) == resnet_18(64) == 11_689_512
    small = halved(project)
    assert count(small) == resnet_18(32)
    assert len(small.networks) == len(project.networks)
    stages = [node for node in small.network.nodes.values() if node.kind == "block:stage"]
    assert [node.arguments.get("channels", 64) for node in stages] == [32, 64, 128, 256]


def test_a_transformer_loses_heads_and_neurons() -> None:
    groups = by_path(load_example("vit-b-16"))
    heads, neurons = groups["encoder/attention/qkv"], groups["encoder/mlp/fc1"]
    assert (heads.count, len(heads.strands), heads.is_exact) == (12, 12, True)
    assert (neurons.count, len(neurons.strands), neurons.is_exact) == (3072, 12, True)
    assert not groups["class_token"].is_exact  # layer norms measure what is left


def test_what_the_outputs_give_and_what_an_attention_needs_stays() -> None:
    fixed = prunable(infer_project(load_example("bert-base"))).fixed
    assert fixed == {"encoder/mlp/fc2": "encoder/attention", "pooler": ""}


def test_layers_that_are_added_up_lose_the_same() -> None:
    groups = by_path(load_example("resnet-18"))
    stream = groups["conv1"].strands[0]
    makers = {axis.key.path for axis in stream.axes if not axis.reads and axis.key.name == "weight"}
    assert {"conv1", "bn1", "layer1/first/conv2", "layer1/second/conv2"} <= makers


def test_a_depthwise_convolution_loses_what_it_is_given() -> None:
    small = halved(load_example("mobilenet-v2"))
    inference = infer_project(small)
    assert not inference.errors
    for path in ("bottleneck2", "bottleneck4"):
        inside = inference.inside(path)
        assert inside is not None
        depthwise = next(
            result.arguments
            for result in inside.nodes.values()
            if result.arguments.get("groups", 1) != 1
        )
        assert depthwise["groups"] == depthwise["out_channels"] == depthwise["in_channels"]


@pytest.mark.parametrize(
    "name",
    ["densenet-121", "googlenet", "efficientnet-b0", "u-net", "gpt-2", "seq2seq-transformer"],
)
def test_examples_without_half_their_units_fit_together(name: str) -> None:
    project = load_example(name)
    whole, small = infer_project(project), infer_project(halved(project))
    assert not small.errors
    assert small.parameter_count < 0.9 * whole.parameter_count
    for id in whole.structure.of_kind("Output"):
        ends = (each.nodes[id].inputs["input"].shape for each in (whole, small))
        assert next(ends) == next(ends)


def test_uses_of_a_block_that_come_to_differ_use_different_blocks() -> None:
    project = load_example("resnet-18")
    inference = infer_project(project)
    found = prunable(inference)
    group = next(each for each in found.groups if each.path == "layer1/first/conv1")
    small = without_units(project, inference, found, group.strands[0].units[:10]).project
    assert not infer_project(small).errors
    stage = infer_project(small).inside("layer1")
    assert stage is not None
    kinds = {node.name: node.kind for node in stage.network.nodes.values()}
    assert kinds["first"] != kinds["second"] == "block:basic-block"
    assert count(project) - count(small) == 10 * (64 * 9 * 2 + 2)


def test_an_argument_that_is_written_out_follows() -> None:
    project = load_example("lenet-5")
    conv = next(node for node in project.network.nodes.values() if node.name == "conv2")
    given = with_network(project, set_arguments(project.network, conv.id, {"in_channels": 6}))
    assert not infer_project(halved(given)).errors
