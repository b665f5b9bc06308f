"""Explanations say what a student would write down, and lead upstream through blocks."""

from __future__ import annotations

from graph_model.custom import Answer, Known, digest, open_questions
from graph_model.dims import symbol
from graph_model.explain import (
    ArgumentOf,
    DimensionOf,
    Explanation,
    ParametersOf,
    Question,
    explain,
    input_dimension,
    plain,
    size_text,
)
from graph_model.formula_parser import parse_formula
from graph_model.infer import Inference, infer, infer_project
from graph_model.layers import LAYERS
from graph_model.layers.use import Weight
from graph_model.network import Edge, Network, Node, Port, use_kind
from graph_model.tensors import TensorSpec
from graph_model.values import Value, boolean, integer
from tests.codegen.blocks import resnet
from tests.custom_layers import LINEAR, project_with
from tests.graph_model.explain.reading import read
from tests.graph_model.layers.single import NODE, network
from tools.mistakes import drawn

N, H = symbol("N"), symbol("H")


def _layer(kind: str, **given: Value | TensorSpec) -> Inference:
    inputs = {name: each for name, each in given.items() if isinstance(each, TensorSpec)}
    arguments = {name: each for name, each in given.items() if not isinstance(each, TensorSpec)}
    return infer(network(LAYERS[kind], arguments, inputs))


def _explained(inference: Inference, question: Question) -> Explanation:
    found = explain(inference, question)
    assert found is not None
    return found


def _dimension(inference: Inference, index: int, port: str = "output") -> Explanation:
    return _explained(inference, DimensionOf((), NODE, port, index))


def _count(inference: Inference) -> Explanation:
    return _explained(inference, ParametersOf((), NODE))


def _text(explained: Explanation) -> tuple[str, str, str, str]:
    return (
        str(explained.title),
        plain(explained.formula),
        plain(explained.filled),
        str(explained.result),
    )


def test_the_height_of_a_convolution() -> None:
    image = TensorSpec((N, 3, 32, 32))
    explained = _dimension(_layer("Conv2d", input=image, stride=2, padding=1), 2)
    assert _text(explained) == (
        "height of layer’s output",
        "⌊(H + 2·padding − dilation·(kernel_size − 1) − 1) / stride⌋ + 1",
        "⌊(32 + 2·1 − 1·(3 − 1) − 1) / 2⌋ + 1",
        "16",
    )
    assert [(each.label, each.value, str(each.source)) for each in explained.variables] == [
        ("H", 32, "height of the input x_input"),
        ("padding", 1, "set by you"),
        ("dilation", 1, "the default"),
        ("kernel_size", 3, "the default"),
        ("stride", 2, "set by you"),
    ]


def test_a_symbolic_size_is_filled_in_as_it_is() -> None:
    image = TensorSpec((N, 3, H, 7))
    explained = _dimension(_layer("Conv2d", input=image, stride=2, padding=1), 2)
    filled = plain(explained.filled)
    assert filled == "⌊(H + 2·1 − 1·(3 − 1) − 1) / 2⌋ + 1"
    assert {height: read(filled, {"H": height}) for height in (5, 8)} == {5: 3, 8: 4}
    pooled = Network(
        "main",
        "Net",
        {
            "x": Node("x", "Input", "x", {"shape": ("N", 3, "H", 8)}),
            "pool": Node("pool", "MaxPool2d", "pool"),
            NODE: Node(NODE, "Upsample", "up"),
        },
        _line(("x", "output"), "pool", NODE),
    )
    assert plain(_dimension(infer(pooled), 2).filled) == "⌊H / 2⌋ · 2"


def test_kernels_of_several_sizes_are_told_apart() -> None:
    image = TensorSpec((N, 3, 32, 32))
    explained = _dimension(_layer("Conv2d", input=image, kernel_size=(3, 5)), 3)
    assert "dilation·(kernel_size[1] − 1)" in plain(explained.formula)


def test_the_features_after_a_flatten_lead_up_to_the_input() -> None:
    given = Network(
        "main",
        "Net",
        {
            "x": Node("x", "Input", "x", {"shape": ("N", 3, 8, 8)}),
            "pool": Node("pool", "MaxPool2d", "pool"),
            "flat": Node("flat", "Flatten", "flat"),
            "fc": Node("fc", "Linear", "fc", {"out_features": 10}),
        },
        _line(("x", "output"), "pool", "flat", "fc"),
    )
    inference = infer(given)
    features = _explained(inference, ArgumentOf((), "fc", "in_features"))
    assert _text(features) == ("in_features of fc", "input.shape[1]", "48", "48")
    (merged,) = features.variables
    assert merged.question == DimensionOf((), "flat", "output", 1)
    flat = _explained(inference, merged.question)
    assert plain(flat.filled) == "3 · 4 · 4"
    assert [str(each.source) for each in flat.variables] == [
        "channels of pool’s output",
        "height of pool’s output",
        "width of pool’s output",
    ]
    first = flat.variables[0].question
    assert first is not None
    same = _explained(inference, first)
    assert str(same.why) == "MaxPool2d leaves this dimension as it came."
    last = same.variables[0].question
    assert last is not None
    declared = _explained(inference, last)
    assert (declared.result, str(declared.why)) == (3, "You gave this size at the input.")
    batch = _explained(inference, DimensionOf((), "x", "output", 0))
    assert str(batch.why) == "You called this dimension N: it stands for any size."


def test_the_parameters_of_a_convolution() -> None:
    image = TensorSpec((N, 4, 32, 32))
    explained = _count(_layer("Conv2d", input=image, out_channels=64, groups=2))
    assert _text(explained)[1:] == ("weight + bias", "1,152 + 64", "1216")
    weight = explained.parts[0]
    assert (
        plain(weight.formula) == "out_channels · in_channels / groups · kernel_size · kernel_size"
    )
    assert plain(weight.filled) == "64 × 4 / 2 × 3 × 3"


def test_the_parameters_of_an_lstm_count_what_is_alike_once() -> None:
    steps = TensorSpec((N, symbol("T"), 30))
    explained = _count(_layer("LSTM", input=steps, num_layers=2, hidden_size=64))
    assert [(plain(part.formula), part.names) for part in explained.parts] == [
        ("gates · hidden_size · input_size", ("weight_ih_l0",)),
        (
            "gates · hidden_size · hidden_size",
            ("weight_hh_l0", "weight_ih_l1", "weight_hh_l1"),
        ),
        ("gates · hidden_size", ("bias_ih_l0", "bias_hh_l0", "bias_ih_l1", "bias_hh_l1")),
    ]
    # as torch.nn.LSTM(30, 64, 2) has them
    assert explained.result == 57_856


def test_what_is_joined_adds_up() -> None:
    explained = _dimension(
        _layer("Concatenate", input1=TensorSpec((N, 30)), input2=TensorSpec((N, 5))), 1
    )
    assert _text(explained)[1:] == ("input1.shape[1] + input2.shape[1]", "30 + 5", "35")
    assert str(explained.why) == "The tensors lie one after the other, so their sizes are added."
    images = {f"input{number}": TensorSpec((N, 3, 8, 8)) for number in (1, 2)}
    joined = _dimension(_layer("Concatenate", **images), 1)
    assert str(joined.title) == "channels of layer’s output"


def test_states_have_the_layers_and_directions() -> None:
    inference = _layer("LSTM", input=TensorSpec((N, 7, 30)), num_layers=2, bidirectional=True)
    states = _dimension(inference, 0, "h_n")
    assert _text(states)[:3] == (
        "dimension 0 of layer’s output h_n",
        "num_layers · directions",
        "2 · 2",
    )


def _line(first: tuple[str, str], *nodes: str) -> dict[Port, Edge]:
    edges = {}
    source = Port(*first)
    for node in nodes:
        target = Port(node, "input")
        edges[target] = Edge(source, target)
        source = Port(node, "output")
    return edges


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
        _line(("in", "output"), "fc", "out"),
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
        _line(("x", "output"), "halves", "again"),
    )
    return infer(main, blocks={"b": block})


def test_a_chain_leads_through_blocks_and_repeats_to_the_input() -> None:
    inference = with_block(repeat=3)
    asked: Question | None = DimensionOf((), "halves", "output", 0)
    seen = []
    while asked is not None:
        explained = _explained(inference, asked)
        seen.append(str(explained.title))
        asked = explained.variables[0].question if explained.variables else None
    inner = ["dimension 0 of fc’s output", "dimension 0 of the input input"]
    assert seen == ["dimension 0 of halves’s output", *3 * inner, "dimension 0 of the input x"]


def test_a_formula_of_a_block_leads_to_the_argument_of_its_use() -> None:
    inference = with_block(repeat=3)
    inner = _explained(inference, DimensionOf((("halves", 1),), "fc", "output", 1))
    (features,) = inner.variables
    assert str(features.source) == "the formula size * 4 // 8"
    assert features.question is not None
    formula = _explained(inference, features.question)
    assert _text(formula) == ("out_features of fc", "⌊size·4 / 8⌋", "⌊16·4 / 8⌋", "8")
    (size,) = formula.variables
    assert size.question is not None
    outer = _explained(inference, size.question)
    assert (str(outer.title), outer.result, str(outer.why)) == ("size of halves", 16, "set by you")


def test_repeats_add_up_and_shared_weights_count_once() -> None:
    inference = with_block(repeat=3)
    whole = _explained(inference, ParametersOf(()))
    assert whole.result == inference.parameter_count == 40 * 8 + 2 * 8 * 8
    assert [each.label for each in whole.variables] == ["halves"]
    assert str(whole.why).endswith("shared weights count once.")
    block = _explained(inference, ParametersOf((), "halves"))
    assert _text(block)[1:] == ("halves[0] + 2·halves[1]", "320 + 2·64", "448")
    second = block.variables[1].question
    assert second is not None
    assert _explained(inference, second).result == 64
    once = with_block(repeat=1)
    assert _explained(once, ParametersOf((), "halves")).variables[0].label == "fc"


def test_nothing_is_said_of_what_is_not_known() -> None:
    wrong = _layer("Conv2d", input=TensorSpec((N, 3)))
    nowhere = (
        DimensionOf((), NODE, "output", 0),
        DimensionOf((), "gone", "output", 0),
        DimensionOf((("gone", 0),), NODE, "output", 0),
        ParametersOf((), NODE),
        ParametersOf((), "gone"),
        ParametersOf((("gone", 0),)),
        ArgumentOf((), NODE, "gone"),
    )
    for question in nowhere:
        assert explain(wrong, question) is None


def test_a_layer_tells_whose_weights_it_shares() -> None:
    given = Network(
        "main",
        "Net",
        {
            "x": Node("x", "Input", "x", {"shape": ("N", 8)}),
            "own": Node("own", "Linear", "own", {"out_features": 8}),
            "same": Node("same", "Linear", "same", shares="own"),
        },
        _line(("x", "output"), "own", "same"),
    )
    explained = _explained(infer(given), ParametersOf((), "same"))
    assert (explained.result, str(explained.why)) == (
        72,
        "These weights are those of own, and counted there.",
    )


def test_what_comes_in_is_asked_for_where_it_is_given() -> None:
    inference = _layer("Linear", input=TensorSpec((N, 8)))
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
        _line(("in", "output"), "conv"),
        parameters=(integer("size", 1), boolean("wide", True)),
    )
    inference = infer(block)
    shown = [
        _text(_explained(inference, ArgumentOf((), "conv", "kernel_size", index)))
        for index in (0, 1)
    ]
    assert shown == [
        ("kernel_size of conv", "3 if wide else size", "3 if True else 1", "3"),
        ("kernel_size of conv", "−size + 4", "−1 + 4", "3"),
    ]


def test_powers_are_written_above() -> None:
    explained = _count(
        _layer(
            "AdaptiveLogSoftmaxWithLoss",
            input=TensorSpec((4, 16)),
            target=TensorSpec((4,), "int64"),
            n_classes=20,
            cutoffs=(5,),
        )
    )
    width = next(part for part in explained.parts if part.names == ("tail.0.0.weight",))
    assert plain(width.formula) == "⌊in_features / div_value^1⌋ · in_features"


def test_a_layer_of_ones_own_has_sizes_without_formulas() -> None:
    project, _ = project_with(LINEAR)
    allowed = Known(frozenset({digest(LINEAR)}))
    (asked,) = open_questions(infer_project(project, allowed))
    answer = Answer((TensorSpec((N, 4)),), (Weight("weight", (4, 8)), Weight("bias", (4,))))
    inference = infer_project(project, allowed.with_answers({asked: answer}))
    explained = _explained(inference, DimensionOf((), "node0", "output", 1))
    assert (explained.result, explained.formula) == (4, ())
    assert str(explained.why) == "Dense was run on a tensor without data, and gave it."
    assert _text(_explained(inference, ParametersOf((), "node0")))[1:] == (
        "weight + bias",
        "32 + 4",
        "36",
    )
    whole = _explained(inference, ParametersOf(()))
    assert str(whole.variables[0].source) == "Dense"


def test_a_single_weight_is_the_whole_count() -> None:
    explained = _count(_layer("Linear", input=TensorSpec((N, 8)), bias=False, out_features=3))
    assert _text(explained)[1:] == ("out_features · in_features", "3 × 8", "24")
    nothing = _count(_layer("ReLU", input=TensorSpec((N, 8))))
    assert (nothing.result, nothing.formula, nothing.parts) == (0, (), ())


def test_a_size_that_never_differs_has_no_formula() -> None:
    explained = _dimension(_layer("Unsqueeze", input=TensorSpec((N, 8)), dim=1), 1)
    assert _text(explained) == ("dimension 1 of layer’s output", "", "", "1")
    assert str(explained.why) == "Unsqueeze gives 1 here."


def test_rounded_divisors_are_worked_out() -> None:
    explained = _dimension(_layer("Arange", end=10, step=3), 0)
    assert _text(explained)[1:] == ("⌈(end − start) / step⌉", "⌈(10 − 0) / 3⌉", "4")


def test_the_parameters_of_resnet_18_lead_down_to_every_weight() -> None:
    networks = resnet("ResNet-18", 1, (2, 2, 2, 2))
    inference = infer(networks["main"], blocks=networks)
    whole = _explained(inference, ParametersOf(()))
    assert whole.result == 11_689_512  # as torchvision has it
    assert _weights(inference, whole) == 11_689_512


def _weights(inference: Inference, explained: Explanation) -> int:
    """Add up all weights below an explanation, as their formulas are shown."""
    if explained.parts:
        return sum(int(read(plain(part.filled))) * len(part.names) for part in explained.parts)
    assert explained.result == read(plain(explained.filled))
    counts = {
        each.label: _weights(inference, _explained(inference, each.question))
        for each in explained.variables
        if each.question
    }
    names = {label: f"v{number}" for number, label in enumerate(counts)}
    shown = "".join(
        names.get(piece.text, piece.text) if piece.variable else piece.text
        for piece in explained.formula
    )
    return int(read(shown, {names[label]: count for label, count in counts.items()}))


def test_what_is_stated_of_a_size_is_read_in_its_formula() -> None:
    drawing = drawn(
        ("x", "Input", {"shape": ("N", 3, "H", "W"), "multiples": ("H", 12)}),
        ("down", "Conv2d", {"out_channels": 4, "stride": 2, "padding": 1}),
        ("again", "MaxPool2d", {"kernel_size": 4}),
        ("y", "Output", {}),
    )
    inference = infer(drawing)
    given = _explained(inference, DimensionOf((), "x", "output", 2))
    assert str(given.why) == "You called this dimension H: it stands for any multiple of 12."
    height = _explained(inference, DimensionOf((), "down", "output", 2))
    assert size_text(height.result) == "H / 2"
    assert " × ".join(map(str, height.shape)) == "N × 4 × H/2 × (W + 1)//2"
    taken = _explained(inference, DimensionOf((), "again", "output", 2))
    assert plain(taken.filled) == "⌊(H / 2 + 2·0 − 1·(4 − 1) − 1) / 4⌋ + 1"
    assert taken.variables[0].value == height.result
    assert size_text(taken.result) == "⌊H / 8⌋"
    width = _explained(inference, DimensionOf((), "down", "output", 3))
    assert size_text(width.result) == "⌊(W + 1) / 2⌋"
