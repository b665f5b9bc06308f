"""Blocks: inferred through, counted with repeats and sharing, refused where they cannot be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from graph_model.blocks import (
    DEEPEST,
    LARGEST,
    as_kind,
    block_of,
    find_kind,
    parameter_name_complaint,
    uses,
)
from graph_model.formula_parser import parse_formula
from graph_model.inference.infer import infer
from graph_model.layers.use import Use
from graph_model.network import (
    Network,
    Node,
    Port,
    add_nodes,
    connect,
    disconnect,
    remove_nodes,
    rename,
    reset_argument,
    set_arguments,
    set_formula,
    set_repeat,
    share_weights,
    use_kind,
)
from graph_model.problems import GraphError
from graph_model.values import choice, integer, number
from tests.codegen.blocks import SAMPLES, network, resnet
from tests.graph_model.small_blocks import BLOCKS, FEATURES, LAYER, codes, main, used

Networks = Mapping[str, Network]


@pytest.mark.parametrize(
    ("depths", "width", "count"),
    [
        ((2, 2, 2, 2), 1, 11_689_512),
        ((3, 4, 6, 3), 4, 25_557_032),
        ((3, 8, 36, 3), 4, 60_192_808),
    ],
)
def test_resnets_have_the_published_counts(
    depths: tuple[int, int, int, int], width: int, count: int
) -> None:
    networks = resnet("ResNet", width, depths)
    inference = infer(networks["main"], blocks=networks)
    assert codes(inference) == []
    assert inference.parameter_count == count
    trained = (many * weight.count for weight, many in inference.weights() if not weight.is_buffer)
    assert sum(trained) == count


def test_a_block_has_the_defaults_of_its_parameters_when_it_is_open() -> None:
    inference = infer(LAYER)
    assert codes(inference) == []
    assert inference.scope == {"features": 8}
    assert inference.parameter_count == 5 * 8


def test_a_block_is_inferred_for_the_arguments_and_inputs_of_its_use() -> None:
    inference = infer(used(features=3), blocks=BLOCKS)
    assert str(inference.spec(Port("part", "y"))) == "N×3"
    assert inference.nodes["part"].repeat == 1
    within = inference.inside("part")
    assert within is not None
    assert within.nodes["fc"].arguments["in_features"] == 4
    assert inference.inside("part", 1) is None
    assert inference.size == 3 + 4


def test_repeats_are_told_apart_only_where_they_differ() -> None:
    inference = infer(used("[layer] x 5"), blocks=BLOCKS)
    result = inference.nodes["part"]
    assert [each.times for each in result.passes] == [1, 4]
    assert result.repeat == 5
    assert result.parameter_count == 5 * 8 + 4 * 9 * 8
    first, last = inference.inside("part", 0), inference.inside("part", 4)
    assert first is not None
    assert last is not None
    assert first.nodes["fc"].arguments["in_features"] == 4
    assert last.nodes["fc"].arguments["in_features"] == 8


def test_an_error_within_is_told_at_the_use_and_where_it_is() -> None:
    inference = infer(used(features=0), blocks=BLOCKS)
    (problem,) = inference.problems
    assert problem.node == "part"
    assert problem.message == "In Layer, fc: out_features must be at least 1, not 0."
    assert problem.cause is not None
    assert (problem.cause.node, problem.cause.code) == ("fc", "below_minimum")


def test_an_error_of_a_block_as_a_whole_is_told_at_the_use() -> None:
    empty = replace(LAYER, nodes={}, edges={})
    alone = main({"part": ("[layer]", {}, ""), "output": ("Output", {}, "input")})
    inference = infer(alone, blocks={"layer": empty})
    assert "In Layer: The network is empty" in inference.problems[0].message


def test_errors_of_nested_blocks_are_told_on_every_level() -> None:
    outer = network(BLOCKS, "outer", "Outer", {
        "x": ("Input", {"shape": ("N", 4)}, ""),
        "inner": ("[layer]", {"features": "=size - 2"}, "x"),
        "y": ("Output", {}, "inner"),
    }, integer("size", 4))  # fmt: skip
    blocks = {**BLOCKS, "outer": outer}
    drawn = network(blocks, "main", "Main", {
        "input": ("Input", {"shape": ("N", 4)}, ""),
        "part": ("[outer]", {"size": 2}, "input"),
        "output": ("Output", {}, "part"),
    })  # fmt: skip
    (problem,) = infer(drawn, blocks=blocks).problems
    assert problem.message.startswith("In Outer, inner: In Layer, fc: out_features must")
    assert problem.cause is not None
    assert problem.cause.cause is not None
    assert problem.cause.cause.node == "fc"


def test_formulas_are_checked_where_they_stand() -> None:
    drawn = set_formula(used(), "part", "features", parse_formula("depth"))
    assert codes(infer(drawn, blocks=BLOCKS)) == ["formula_unknown_name"]
    drawn = set_formula(used(), "part", "nothing", parse_formula("1"))
    assert codes(infer(drawn, blocks=BLOCKS)) == ["unknown_parameter"]


@pytest.mark.parametrize(
    ("kind", "arguments", "parameter"),
    [
        ("Add", {}, "inputs"),
        ("Chunk", {}, "chunks"),
        ("Unbind", {}, "outputs"),
        ("MaxPool2d", {}, "return_indices"),
        ("Cast", {}, "dtype"),
        ("Select", {}, "dim"),
        ("Input", {}, "shape"),
    ],
)
def test_what_decides_on_ports_and_dtypes_is_no_formula(
    kind: str, arguments: Mapping[str, object], parameter: str
) -> None:
    lines = {"odd": (kind, arguments, "input input"), "output": ("Output", {}, "odd")}
    drawn = set_formula(main(lines), "odd", parameter, parse_formula("2"))
    assert "formula_not_here" in codes(infer(drawn))


@pytest.mark.parametrize(
    ("repeat", "code"),
    [
        ("features", "formula_unknown_name"),
        ("0", "below_minimum"),
        ("1 / 2", "wrong_type"),
    ],
)
def test_repeats_are_whole_numbers(repeat: str, code: str) -> None:
    drawn = set_repeat(used(), "part", parse_formula(repeat))
    assert codes(infer(drawn, blocks=BLOCKS)) == [code]


def test_only_blocks_are_repeated() -> None:
    lines = {"act": ("ReLU", {}, "input"), "output": ("Output", {}, "act")}
    drawn = set_repeat(main(lines), "act", 2)
    assert codes(infer(drawn)) == ["repeat_needs_block"]


def test_what_comes_out_of_a_repeat_must_go_in() -> None:
    two = network({}, "two", "Two", {
        "x": ("Input", {"shape": ("N", 4)}, ""),
        "y": ("Output", {}, "x"),
        "z": ("Output", {}, "x"),
    })  # fmt: skip
    for repeat in ("2", "times"):  # a formula is another number next time
        drawn = network({"two": two}, "main", "Main", {
            "input": ("Input", {"shape": ("N", 4)}, ""),
            "part": (f"[two] x {repeat}", {}, "input"),
            "output": ("Output", {}, "part"),
        }, integer("times", 1))  # fmt: skip
        (problem,) = infer(drawn, blocks={"two": two}).problems
        assert problem.message.endswith("become its inputs: x cannot take y, z.")


def test_a_block_cannot_contain_itself() -> None:
    inner = network(BLOCKS, "outer", "Outer", {
        "x": ("Input", {"shape": ("N", 4)}, ""),
        "inner": ("[layer]", {}, "x"),
        "y": ("Output", {}, "inner"),
    })  # fmt: skip
    looped = add_nodes(LAYER, [Node("again", use_kind("outer"), "again")])
    blocks = {"layer": looped, "outer": inner}
    block = block_of(inner, blocks)
    assert block.recursive == {use_kind("layer")}
    assert codes(infer(inner, blocks=blocks)) == ["recursive_block"]
    found = infer(used(), blocks=blocks).problems
    assert {problem.code for problem in found} == {"inside_block_node"}
    assert "would contain itself" in found[0].message


def test_a_block_that_is_not_there_is_told() -> None:
    assert codes(infer(used())) == ["unknown_block"]
    assert find_kind(use_kind("layer"), {}) is None
    assert find_kind("Linear", {}) is not None


def test_an_edge_to_a_port_that_a_block_does_not_have_is_told() -> None:
    drawn = connect(used(), Port("input", "output"), Port("part", "z"))
    drawn = connect(drawn, Port("part", "w"), Port("output", "input"))
    messages = [problem.message for problem in infer(drawn, blocks=BLOCKS).problems]
    assert messages == ["Layer has no input called “z”.", "Layer has no output called “w”."]


def test_blocks_are_not_nested_endlessly() -> None:
    blocks = dict(BLOCKS)
    last = "layer"
    for level in range(DEEPEST):
        blocks[f"b{level}"] = network(blocks, f"b{level}", "Level", {
            "x": ("Input", {"shape": ("N", 4)}, ""),
            "inner": (f"[{last}]", {}, "x"),
            "y": ("Output", {}, "inner"),
        })  # fmt: skip
        last = f"b{level}"

    def using(id: str) -> Network:
        return network(blocks, "main", "Main", {
            "input": ("Input", {"shape": ("N", 4)}, ""),
            "part": (f"[{id}]", {}, "input"),
            "output": ("Output", {}, "part"),
        })  # fmt: skip

    assert codes(infer(using(f"b{DEEPEST - 2}"), blocks=blocks)) == []
    assert codes(infer(using(last), blocks=blocks)) == ["blocks_too_deep"]


def test_a_thousand_levels_of_blocks_are_refused_as_soon_as_seventy() -> None:
    blocks: dict[str, Network] = {"b0": replace(LAYER, id="b0")}
    for level in range(1, 1000):
        use = Node("inner", use_kind(f"b{level - 1}"), "inner")
        blocks[f"b{level}"] = add_nodes(replace(LAYER, id=f"b{level}"), [use])
    block = block_of(blocks["b999"], blocks)
    assert (block.depth, block.layers_in_reach) == (1000, {})
    assert "blocks_too_deep" not in codes(infer(blocks["b999"], blocks=blocks))  # nothing feeds it


def test_a_thousand_blocks_in_a_circle_contain_themselves() -> None:
    blocks = {
        f"b{place}": add_nodes(
            replace(LAYER, id=f"b{place}"),
            [Node("inner", use_kind(f"b{(place + 1) % 1000}"), "inner")],
        )
        for place in range(1000)
    }
    assert block_of(blocks["b0"], blocks).recursive == {use_kind("b1")}


def test_blocks_of_ever_other_arguments_are_counted_before_they_are_worked_out() -> None:
    blocks: dict[str, Network] = {"b0": replace(LAYER, id="b0")}
    for level in range(1, 40):
        blocks[f"b{level}"] = network(blocks, f"b{level}", "Level", {
            "x": ("Input", {"shape": ("N", 4)}, ""),
            "one": (f"[b{level - 1}]", {"features": "=features + 1"}, "x"),
            "two": (f"[b{level - 1}]", {"features": "=features * 2"}, "x"),
            "sum": ("Add", {}, "one two"),
            "y": ("Output", {}, "sum"),
        }, FEATURES)  # fmt: skip
    drawn = network(blocks, "main", "Main", {
        "input": ("Input", {"shape": ("N", 4)}, ""),
        "part": ("[b39]", {}, "input"),
        "output": ("Output", {}, "part"),
    })  # fmt: skip
    assert codes(infer(drawn, blocks=blocks)) == ["blocks_too_large"]
    assert block_of(drawn, blocks).least_size > LARGEST


def test_a_bad_name_in_a_block_is_told_once_however_often_that_is_used() -> None:
    lines = {
        "one": ("[layer]", {}, "input"),
        "two": ("[layer]", {}, "input"),
        "output": ("Output", {}, "one"),
        "other": ("Output", {}, "two"),
    }
    for bad in ("class", "y"):  # the second one twice
        blocks = {"layer": rename(LAYER, "fc", bad)}
        found = [each for each in infer(main(lines), blocks=blocks).problems if each.is_error]
        assert {each.node for each in found} == {"one"}
        assert len({each.cause.node for each in found if each.cause}) == len(found)


def test_blocks_do_not_unfold_without_limit() -> None:
    blocks = dict(BLOCKS)
    last = "layer"
    for level in range(8):
        blocks[f"b{level}"] = network(blocks, f"b{level}", "Level", {
            "x": ("Input", {"shape": ("N", 4)}, ""),
            "inner": (f"[{last}] x 1000", {}, "x"),
            "more": (f"[{last}] x 1000", {}, "inner"),
            "y": ("Output", {}, "more"),
        })  # fmt: skip
        last = f"b{level}"
    drawn = network(blocks, "main", "Main", {
        "input": ("Input", {"shape": ("N", 4)}, ""),
        "part": (f"[{last}]", {}, "input"),
        "output": ("Output", {}, "part"),
    })  # fmt: skip
    (problem, *_) = infer(drawn, blocks=blocks).problems
    assert f"more than {LARGEST:,} layers" in problem.message


def test_editing_a_block_asks_its_uses_again_and_nothing_else() -> None:
    lines = {
        "first": ("Linear", {"out_features": 4}, "input"),
        "part": ("[layer]", {}, "first"),
        "output": ("Output", {}, "part"),
    }
    before = infer(main(lines), blocks=BLOCKS)
    wider = replace(LAYER, parameters=(integer("features", 16),))
    after = infer(before.network, before, {"layer": wider})
    assert after.nodes["first"] is before.nodes["first"]
    assert str(after.spec(Port("part", "y"))) == "N×16"
    unchanged = infer(before.network, before)
    assert unchanged.nodes["part"] is before.nodes["part"]
    assert unchanged.networks is before.networks


def test_the_outcome_of_edits_is_that_of_a_fresh_start() -> None:
    networks = SAMPLES["resnet18"]
    inference = infer(networks["main"], blocks=networks)
    edits = [
        set_arguments(inference.network, "down2", {"channels": 96}),
        set_repeat(inference.network, "layer1", 3),
        share_weights(inference.network, "layer3", "layer2"),
        rename(inference.network, "layer3", "stage3"),
        disconnect(inference.network, [Port("down3", "x")]),
        remove_nodes(inference.network, ["layer2"]),
        add_nodes(inference.network, [replace(inference.network.nodes["conv1"], shares="gone")]),
    ]
    for edited in edits:
        fresh = infer(edited, blocks=networks)
        after = infer(edited, inference)
        assert after.nodes == fresh.nodes
        assert after.problems == fresh.problems


def test_a_block_is_a_layer_kind_to_its_users() -> None:
    kind = as_kind(replace(LAYER, name="Conv-BN ReLU6"))
    assert (kind.name, kind.code_stem, kind.family) == ("Conv-BN ReLU6", "conv_bn_relu6", "block")
    assert (kind.inputs({}), kind.outputs({})) == (("x",), ("y",))
    assert as_kind(replace(LAYER, name="…")).code_stem == "block"
    with pytest.raises(GraphError):
        kind.rule(Use("Layer", {}, {}))
    main_network = used()
    networks = {**BLOCKS, "main": main_network}
    assert uses(networks, "layer") == [("main", main_network.nodes["part"])]


@pytest.mark.parametrize(
    ("name", "reason"),
    [("max", "function"), ("repeat", "sequence"), ("class", "keyword"), ("depth", "")],
)
def test_names_of_parameters(name: str, reason: str) -> None:
    assert reason in parameter_name_complaint(name)
    assert bool(reason) == bool(parameter_name_complaint(name))


def test_what_is_wrong_with_parameters_is_told() -> None:
    parameters = (integer("max", 1), FEATURES, FEATURES, choice("mode", ("a", "b"), "c"))
    inference = infer(replace(LAYER, parameters=parameters))
    assert codes(inference) == ["bad_parameter_name", "duplicate_parameter", "not_a_choice"]


def test_whole_numbers_are_numbers_where_those_are_taken() -> None:
    """``1`` and ``1.0`` are the same to a memory, but not to a formula."""
    halves = replace(
        set_formula(LAYER, "fc", "out_features", parse_formula("scale * 2")),
        parameters=(number("scale", 1),),
    )
    for scale in (3.0, 3):
        inference = infer(used(scale=scale), blocks={"layer": halves})
        assert codes(inference) == ["inside_block_node"]


def test_formulas_give_way_to_arguments_and_back() -> None:
    drawn = set_arguments(LAYER, "fc", {"out_features": 3})
    assert (drawn.nodes["fc"].arguments, drawn.nodes["fc"].formulas) == ({"out_features": 3}, {})
    assert reset_argument(LAYER, "fc", "out_features").nodes["fc"].formulas == {}
    assert reset_argument(LAYER, "fc", "bias").nodes["fc"].formulas is LAYER.nodes["fc"].formulas


def test_a_block_is_worked_out_by_itself_with_the_arguments_of_one_use() -> None:
    inside = infer(LAYER, blocks=BLOCKS, scope={"features": 16})
    assert str(inside.nodes["fc"].outputs["output"]) == "N×16"
    renamed = infer(rename(LAYER, "act", "relu"), inside, scope=inside.scope)
    assert renamed.nodes["fc"] is inside.nodes["fc"]
    assert str(infer(LAYER, blocks=BLOCKS).nodes["fc"].outputs["output"]) == "N×8"
