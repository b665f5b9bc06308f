"""Explanations lead upstream, through blocks, to where a size is given."""

from __future__ import annotations

from dataclasses import replace

from graph_model.arrangement import Arrangement
from graph_model.dims import symbol
from graph_model.editing.repeating import arrange
from graph_model.explain import (
    ArgumentOf,
    DimensionOf,
    Explanation,
    ParametersOf,
    Question,
    input_dimension,
    plain,
)
from graph_model.formula_parser import parse_formula
from graph_model.inference.infer import Inference, infer
from graph_model.network import Network, Node, remove_nodes, set_formula, use_kind
from graph_model.tensors import TensorSpec
from graph_model.values import boolean, integer
from tests.codegen.blocks import resnet
from tests.graph_model.explain.asking import explained_by, layer_of, line_of, told
from tests.graph_model.explain.reading import read
from tests.graph_model.layers.single import NODE

N = symbol("N")


def with_block(repeat: int) -> Inference:
    """Return a network with a block that halves channels, repeated."""
    block = Network(
        "b",
        "Half",
        {
            "in": Node("in", "Input", "input", {"shape": ("N", 64)}),
            "fc": Node(
                "fc",
                "Linear",
                "fc",
                {"bias": False},
                {"out_features": parse_formula("size * 4 // 8")},
            ),
            "out": Node("out", "Output", "output"),
        },
        line_of(("in", "output"), "fc", "out"),
        parameters=(integer("size", 64),),
    )
    main = Network(
        "main",
        "Net",
        {
            "x": Node("x", "Input", "x", {"shape": ("N", 40)}),
            "halves": Node("halves", use_kind("b"), "halves", {"size": 16}, repeat=repeat),
            "again": Node("again", use_kind("b"), "again", shares="halves"),
        },
        line_of(("x", "output"), "halves", "again"),
    )
    return infer(main, blocks={"b": block})


def test_a_chain_leads_through_blocks_and_repeats_to_the_input() -> None:
    inference = with_block(repeat=3)
    asked: Question | None = DimensionOf((), "halves", "output", 0)
    seen = []
    while asked is not None:
        explained = explained_by(inference, asked)
        seen.append(str(explained.title))
        asked = explained.variables[0].question if explained.variables else None
    inner = ["dimension 0 of fc’s output", "dimension 0 of the input input"]
    assert seen == ["dimension 0 of halves’s output", *3 * inner, "dimension 0 of the input x"]


def test_a_formula_of_a_block_leads_to_the_argument_of_its_use() -> None:
    inference = with_block(repeat=3)
    inner = explained_by(inference, DimensionOf((("halves", 1),), "fc", "output", 1))
    (features,) = inner.variables
    assert str(features.source) == "the formula size * 4 // 8"
    assert features.question is not None
    formula = explained_by(inference, features.question)
    assert told(formula) == ("out_features of fc", "⌊size·4 / 8⌋", "⌊16·4 / 8⌋", "8")
    (size,) = formula.variables
    assert size.question is not None
    outer = explained_by(inference, size.question)
    assert (str(outer.title), outer.result, str(outer.why)) == ("size of halves", 16, "set by you")


def test_repeats_add_up_and_shared_weights_count_once() -> None:
    inference = with_block(repeat=3)
    whole = explained_by(inference, ParametersOf(()))
    assert whole.result == inference.parameter_count == 40 * 8 + 2 * 8 * 8
    assert [each.label for each in whole.variables] == ["halves"]
    assert str(whole.why).endswith("shared weights count once.")
    block = explained_by(inference, ParametersOf((), "halves"))
    assert told(block)[1:] == ("halves[0] + 2·halves[1]", "320 + 2·64", "448")
    second = block.variables[1].question
    assert second is not None
    assert explained_by(inference, second).result == 64
    once = with_block(repeat=1)
    assert explained_by(once, ParametersOf((), "halves")).variables[0].label == "fc"


def test_a_layer_tells_whose_weights_it_shares() -> None:
    given = Network(
        "main",
        "Net",
        {
            "x": Node("x", "Input", "x", {"shape": ("N", 8)}),
            "own": Node("own", "Linear", "own", {"out_features": 8}),
            "same": Node("same", "Linear", "same", shares="own"),
        },
        line_of(("x", "output"), "own", "same"),
    )
    explained = explained_by(infer(given), ParametersOf((), "same"))
    assert (explained.result, str(explained.why)) == (
        72,
        "These weights are those of own, and counted there.",
    )


def test_what_comes_in_is_asked_for_where_it_is_given() -> None:
    inference = layer_of("Linear", input=TensorSpec((N, 8)))
    assert input_dimension(inference, (), NODE, "input", 1) == DimensionOf((), "input", "output", 1)
    assert input_dimension(inference, (), NODE, "other", 1) is None
    assert input_dimension(inference, (), "gone", "input", 1) is None


def test_a_formula_with_a_condition_is_shown_as_it_was_typed() -> None:
    block = Network(
        "b",
        "Pair",
        {
            "in": Node("in", "Input", "input", {"shape": ("N", 3, 9, 9)}),
            "conv": Node(
                "conv",
                "Conv2d",
                "conv",
                {},
                {"kernel_size": parse_formula("(3 if wide else size, -size + 4)")},
            ),
        },
        line_of(("in", "output"), "conv"),
        parameters=(integer("size", 1), boolean("wide", True)),
    )
    inference = infer(block)
    shown = [
        told(explained_by(inference, ArgumentOf((), "conv", "kernel_size", index)))
        for index in (0, 1)
    ]
    assert shown == [
        ("kernel_size of conv", "3 if wide else size", "3 if True else 1", "3"),
        ("kernel_size of conv", "−size + 4", "−1 + 4", "3"),
    ]


def test_the_parameters_of_resnet_18_lead_down_to_every_weight() -> None:
    networks = resnet("ResNet-18", 1, (2, 2, 2, 2))
    inference = infer(networks["main"], blocks=networks)
    whole = explained_by(inference, ParametersOf(()))
    assert whole.result == 11_689_512  # as torchvision has it
    assert _weights(inference, whole) == 11_689_512


def _weights(inference: Inference, explained: Explanation) -> int:
    """Add up all weights below an explanation, as their formulas are shown."""
    if explained.parts:
        return sum(int(read(plain(part.filled))) * len(part.names) for part in explained.parts)
    assert explained.result == read(plain(explained.filled))
    counts = {
        each.label: _weights(inference, explained_by(inference, each.question))
        for each in explained.variables
        if each.question
    }
    names = {label: f"v{number}" for number, label in enumerate(counts)}
    shown = "".join(
        names.get(piece.text, piece.text) if piece.variable else piece.text
        for piece in explained.formula
    )
    return int(read(shown, {names[label]: count for label, count in counts.items()}))


def test_an_argument_that_differs_by_repeat_is_explained_for_the_first() -> None:
    known = with_block(3)
    network = known.network
    formula = parse_formula("16 - i")
    varied = infer(set_formula(network, "halves", "size", formula), blocks=known.networks)
    found = explained_by(varied, ArgumentOf((), "halves", "size"))
    assert (plain(found.formula), plain(found.filled), found.result) == ("16 − i", "16 − 0", 16)
    (index,) = found.variables
    assert (index.label, index.value, index.question) == ("i", 0, None)
    assert "each repeat" in found.why


def arranged(how: Arrangement, along: int) -> Inference:
    known = with_block(3)
    main = arrange(known.network, "halves", how, along)
    main = remove_nodes(main, ["again"])
    return infer(set_formula(main, "halves", "size", parse_formula("8")), blocks=known.networks)


def test_a_dimension_along_which_repeats_lie_is_that_of_their_number() -> None:
    for how, index, result in (
        (Arrangement.CONCATENATED, 1, 12),
        (Arrangement.STACKED, 1, 3),
    ):
        found = explained_by(arranged(how, 1), DimensionOf((), "halves", "output", index))
        assert (found.result, found.variables) == (result, ())
        assert str(found.why) == "3 repeats lie side by side along this dimension."


def test_the_other_dimensions_lead_into_the_first_repeat_and_out_of_it() -> None:
    for how, index, inner in (
        (Arrangement.CONCATENATED, 0, 0),
        (Arrangement.SUMMED, 1, 1),
        (Arrangement.STACKED, 2, 1),
    ):
        known = arranged(how, 1)
        found = explained_by(known, DimensionOf((), "halves", "output", index))
        (variable,) = found.variables
        assert variable.question == DimensionOf((("halves", 0),), "fc", "output", inner)
        given = explained_by(known, DimensionOf((("halves", 2),), "in", "output", 1))
        assert given.variables[0].question == DimensionOf((), "x", "output", 1)


def test_weights_that_all_repeats_have_count_once() -> None:
    known = with_block(3)
    block = set_formula(known.networks["b"], "fc", "out_features", parse_formula("64"))
    main = arrange(known.network, "halves", Arrangement.SHARED)
    main = replace(main, nodes={
        **main.nodes, "x": replace(main.nodes["x"], arguments={"shape": ("N", 64)})
    })  # fmt: skip
    found = explained_by(infer(main, blocks={"b": block}), ParametersOf((), "halves"))
    assert found.result == 64 * 64
    assert str(found.why) == "All repeats of the block have the same weights, which count once."
