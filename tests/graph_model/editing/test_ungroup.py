"""Blocks are dissolved: formulas, repeats and shared weights come out as they were meant."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch

from codegen.build import build_network
from graph_model.editing.block_edits import make_block, new_use
from graph_model.editing.ungrouping import ungroup
from graph_model.formula_parser import parse_formula
from graph_model.formulas import Binary, Name
from graph_model.inference.infer import infer
from graph_model.network import (
    Network,
    Node,
    Port,
    Position,
    Project,
    add_nodes,
    connect,
    disconnect,
    set_formula,
    set_repeat,
    use_kind,
    with_network,
)
from graph_model.problems import GraphError, Refusal
from tests.codegen.blocks import SAMPLES, network
from tests.codegen.running import as_tuple, example_inputs


def project_of(name: str) -> Project:
    return Project(SAMPLES[name], "main")


def count(project: Project) -> int:
    return infer(project.network, blocks=project.networks).parameter_count


def test_dissolving_works_formulas_out() -> None:
    project = ungroup(project_of("resnet18"), "main", "down2")
    convs = [
        node.arguments
        for id, node in project.network.nodes.items()
        if node.kind == "Conv2d" and id not in SAMPLES["resnet18"]["main"].nodes
    ]
    assert [each["out_channels"] for each in convs] == [128, 128, 128]
    assert count(project) == 11_689_512


def test_dissolving_a_repeated_block_leaves_single_uses() -> None:
    project = ungroup(project_of("resnet50"), "main", "layer3")
    uses = [each for each in project.network.nodes.values() if each.arguments == {"channels": 256}]
    assert [node.repeat for node in uses] == [1] * 5
    assert count(project) == 25_557_032
    encoder = ungroup(project_of("encoder"), "main", "encoder")
    assert count(encoder) == count(project_of("encoder"))


def test_dissolving_a_repeat_keeps_its_place() -> None:
    project = project_of("encoder")
    project = replace(project, layouts={"main": {"encoder": Position(8, 16)}})
    layout = ungroup(project, "main", "encoder").layout
    assert [place.y for place in layout.values()] == [16 + 120.0 * n for n in range(6)]
    layout = ungroup(replace(project, direction="right"), "main", "encoder").layout
    assert {place.y for place in layout.values()} == {16}
    assert sorted(place.x for place in layout.values()) == [8 + 256.0 * n for n in range(6)]


def test_a_number_of_repeats_that_is_a_formula_is_that_of_the_defaults() -> None:
    project = project_of("dense")
    (depth,) = (each for each in project.networks["stage"].parameters if each.name == "depth")
    stage = ungroup(project, "stage", "layers").networks["stage"]
    assert [node.repeat for node in stage.nodes.values()] == [1] * len(stage.nodes)
    uses = [node for node in stage.nodes.values() if node.kind == use_kind("layer")]
    assert len(uses) == depth.default
    changed = set_repeat(
        project.networks["stage"], "layers", Binary("-", Name("depth"), Name("depth"))
    )
    with pytest.raises(Refusal, match="repeat"):
        ungroup(with_network(project, changed), "stage", "layers")


def test_the_number_of_repeats_within_is_worked_out_as_well() -> None:
    project = project_of("dense")
    dissolved = ungroup(project, "main", "stage2")
    repeats = [node.repeat for node in dissolved.network.nodes.values()]
    assert max(repeats, key=str) == 4
    assert count(dissolved) == count(project)
    made, id = make_block(project, "stage", ["layers"], "Layers")
    assert ungroup(made, "stage", id).networks["stage"].nodes.keys() != {id}
    repeats = [node.repeat for node in ungroup(made, "stage", id).networks["stage"].nodes.values()]
    assert Name("depth") in repeats


def test_inputs_that_repeats_share_may_be_missing() -> None:
    project = project_of("encoder")
    outer = disconnect(project.network, [Port("encoder", "padding")])
    dissolved = ungroup(with_network(project, outer), "main", "encoder").network
    uses = [id for id, node in dissolved.nodes.items() if node.arguments == {"width": 48}]
    assert len(uses) == 6
    assert not [port for port in dissolved.edges if port.node in uses and port.name == "padding"]


def test_a_formula_that_would_be_too_long_is_refused() -> None:
    project = project_of("resnet18")
    stage = project.networks["down"]
    made, id = make_block(project, "down", ["conv1"], "Conv")
    long = parse_formula(" + ".join(["stride"] * 20))
    stage = set_formula(made.networks["down"], id, "channels", long)
    inner = made.networks[stage.nodes[id].kind.removeprefix("block:")]
    much = parse_formula(" + ".join(["channels"] * 10))
    inner = set_formula(inner, "conv1", "out_channels", much)
    with pytest.raises(GraphError):
        ungroup(with_network(with_network(made, stage), inner), "down", id)


def test_dissolving_what_lets_its_input_through_or_is_not_connected() -> None:
    project = project_of("resnet18")
    through = Network("id", "Through", role="block")
    through = add_nodes(through, [Node("a", "Input", "x"), Node("b", "Output", "y")])
    through = connect(through, Port("a", "output"), Port("b", "input"))
    project = with_network(project, through)
    outer = project.network
    use = new_use(outer, through)
    outer = add_nodes(outer, [use])
    outer = connect(outer, Port("bn1", "output"), Port(use.id, "x"))
    outer = connect(outer, Port(use.id, "y"), Port("relu", "input"))
    after = ungroup(with_network(project, outer), "main", use.id)
    assert after.network.edges[Port("relu", "input")].source == Port("bn1", "output")
    loose = disconnect(outer, [Port(use.id, "x")])
    after = ungroup(with_network(project, loose), "main", use.id)
    assert Port("relu", "input") not in after.network.edges
    loose = disconnect(set_repeat(loose, use.id, 2), [Port("relu", "input")])
    assert (
        len(ungroup(with_network(project, loose), "main", use.id).network.nodes)
        == len(loose.nodes) + 1
    )


SHARED = {
    "layer": network({}, "layer", "Layer", {
        "x": ("Input", {"shape": ("N", 4)}, ""),
        "scale": ("Parameter", {"shape": (4,), "init": "normal"}, ""),
        "product": ("Multiply", {}, "x scale"),
        "fc": ("Linear", {"out_features": 4}, "product"),
        "act": ("ReLU", {}, "fc"),
        "again": ("fc again", {}, "act"),
        "y": ("Output", {}, "again"),
    }),
}  # fmt: skip


@pytest.mark.parametrize("repeat", [1, 3])
@pytest.mark.parametrize("chosen", ["first", "second"])
def test_uses_that_share_weights_go_on_sharing_them(repeat: int, chosen: str) -> None:
    main = network(SHARED, "main", "Main", {
        "a": ("Input", {"shape": ("N", 4)}, ""),
        "b": ("Input", {"shape": ("N", 4)}, ""),
        "first": (f"[layer] x {repeat}", {}, "a"),
        "second": ("first again", {}, "b"),
        "third": ("first again", {}, "second"),
        "y": ("Output", {}, "first"),
        "z": ("Output", {}, "third"),
    })  # fmt: skip
    before = Project({"main": main, **SHARED}, "main")
    after = ungroup(before, "main", chosen)
    inference = infer(after.network, blocks=after.networks)
    assert not inference.problems
    assert inference.parameter_count == count(before) == repeat * (4 + 4 * 4 + 4)
    assert not {"first", "second", "third"} & after.network.nodes.keys() or repeat > 1
    for mine, other in zip(outputs(before), outputs(after), strict=True):
        torch.testing.assert_close(mine, other)


def outputs(project: Project) -> tuple[torch.Tensor, ...]:
    """Return what a network computes, its weights the same numbers in the order of their making."""
    model = build_network(project.network, project.networks).make().eval()
    for number, parameter in enumerate(model.parameters()):
        torch.manual_seed(number)
        torch.nn.init.normal_(parameter)
    inputs = example_inputs(infer(project.network, blocks=project.networks))
    return as_tuple(model(*inputs.values()))


@pytest.mark.parametrize(("name", "node"), [("encoder", "encoder"), ("mlp", "narrow")])
def test_a_dissolved_block_computes_the_same(name: str, node: str) -> None:
    before = project_of(name)
    after = ungroup(before, "main", node)
    results = []
    for project in (before, after):
        torch.manual_seed(0)
        model = build_network(project.network, project.networks).make().eval()
        for parameter in model.parameters():
            torch.nn.init.constant_(parameter, 0.01)
        inputs = example_inputs(infer(project.network, blocks=project.networks))
        results.append(as_tuple(model(*inputs.values())))
    for mine, other in zip(*results, strict=True):
        torch.testing.assert_close(mine, other)


def test_edges_that_make_no_sense_come_to_nothing() -> None:
    through = network({}, "through", "Through", {
        "x": ("Input", {"shape": ("N", 4)}, ""),
        "y": ("Output", {}, "x"),
        "z": ("Output", {}, ""),
    })  # fmt: skip
    through = connect(through, Port("y", "output"), Port("z", "input"))
    blocks = {"through": through}
    drawn = network(blocks, "main", "Main", {
        "use": ("[through]", {}, ""),
        "first": ("Output", {}, "use.y"),
        "second": ("Output", {}, "use.z"),
    })  # fmt: skip
    drawn = connect(drawn, Port("use", "y"), Port("use", "x"))
    dissolved = ungroup(Project({"main": drawn, **blocks}, "main"), "main", "use").network
    assert dissolved.nodes.keys() == {"first", "second"}
    assert dissolved.edges == {}
