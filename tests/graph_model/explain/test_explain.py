"""Explanations say what a student would write down."""

from __future__ import annotations

from graph_model.custom_layers.known import Answer, Known, digest, open_questions
from graph_model.dims import symbol
from graph_model.explain import (
    ArgumentOf,
    DimensionOf,
    Explanation,
    ParametersOf,
    explain,
    plain,
    size_text,
)
from graph_model.inference.infer import Inference, infer, infer_project
from graph_model.layers.weight import Weight
from graph_model.network import Network, Node
from graph_model.tensors import TensorSpec
from tests.custom_layers import LINEAR, project_with
from tests.graph_model.explain.asking import explained_by, layer_of, line_of, told
from tests.graph_model.explain.reading import read
from tests.graph_model.layers.single import NODE
from tools.mistakes import drawn

N, H = symbol("N"), symbol("H")


def _dimension(inference: Inference, index: int, port: str = "output") -> Explanation:
    return explained_by(inference, DimensionOf((), NODE, port, index))


def _count(inference: Inference) -> Explanation:
    return explained_by(inference, ParametersOf((), NODE))


def test_the_height_of_a_convolution() -> None:
    image = TensorSpec((N, 3, 32, 32))
    explained = _dimension(layer_of("Conv2d", input=image, stride=2, padding=1), 2)
    assert told(explained) == (
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
    explained = _dimension(layer_of("Conv2d", input=image, stride=2, padding=1), 2)
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
        line_of(("x", "output"), "pool", NODE),
    )
    assert plain(_dimension(infer(pooled), 2).filled) == "⌊H / 2⌋ · 2"


def test_kernels_of_several_sizes_are_told_apart() -> None:
    image = TensorSpec((N, 3, 32, 32))
    explained = _dimension(layer_of("Conv2d", input=image, kernel_size=(3, 5)), 3)
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
        line_of(("x", "output"), "pool", "flat", "fc"),
    )
    inference = infer(given)
    features = explained_by(inference, ArgumentOf((), "fc", "in_features"))
    assert told(features) == ("in_features of fc", "input.shape[1]", "48", "48")
    (merged,) = features.variables
    assert merged.question == DimensionOf((), "flat", "output", 1)
    flat = explained_by(inference, merged.question)
    assert plain(flat.filled) == "3 · 4 · 4"
    assert [str(each.source) for each in flat.variables] == [
        "channels of pool’s output",
        "height of pool’s output",
        "width of pool’s output",
    ]
    first = flat.variables[0].question
    assert first is not None
    same = explained_by(inference, first)
    assert str(same.why) == "MaxPool2d leaves this dimension as it came."
    last = same.variables[0].question
    assert last is not None
    declared = explained_by(inference, last)
    assert (declared.result, str(declared.why)) == (3, "You gave this size at the input.")
    batch = explained_by(inference, DimensionOf((), "x", "output", 0))
    assert str(batch.why) == "You called this dimension N: it stands for any size."


def test_the_parameters_of_a_convolution() -> None:
    image = TensorSpec((N, 4, 32, 32))
    explained = _count(layer_of("Conv2d", input=image, out_channels=64, groups=2))
    assert told(explained)[1:] == ("weight + bias", "1,152 + 64", "1216")
    weight = explained.parts[0]
    assert (
        plain(weight.formula) == "out_channels · in_channels / groups · kernel_size · kernel_size"
    )
    assert plain(weight.filled) == "64 × 4 / 2 × 3 × 3"


def test_the_parameters_of_an_lstm_count_what_is_alike_once() -> None:
    steps = TensorSpec((N, symbol("T"), 30))
    explained = _count(layer_of("LSTM", input=steps, num_layers=2, hidden_size=64))
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
        layer_of("Concatenate", input1=TensorSpec((N, 30)), input2=TensorSpec((N, 5))), 1
    )
    assert told(explained)[1:] == ("input1.shape[1] + input2.shape[1]", "30 + 5", "35")
    assert str(explained.why) == "The tensors lie one after the other, so their sizes are added."
    images = {f"input{number}": TensorSpec((N, 3, 8, 8)) for number in (1, 2)}
    joined = _dimension(layer_of("Concatenate", **images), 1)
    assert str(joined.title) == "channels of layer’s output"


def test_states_have_the_layers_and_directions() -> None:
    inference = layer_of("LSTM", input=TensorSpec((N, 7, 30)), num_layers=2, bidirectional=True)
    states = _dimension(inference, 0, "h_n")
    assert told(states)[:3] == (
        "dimension 0 of layer’s output h_n",
        "num_layers · directions",
        "2 · 2",
    )


def test_nothing_is_said_of_what_is_not_known() -> None:
    wrong = layer_of("Conv2d", input=TensorSpec((N, 3)))
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


def test_powers_are_written_above() -> None:
    explained = _count(
        layer_of(
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
    explained = explained_by(inference, DimensionOf((), "node0", "output", 1))
    assert (explained.result, explained.formula) == (4, ())
    assert str(explained.why) == "Dense was run on a tensor without data, and gave it."
    assert told(explained_by(inference, ParametersOf((), "node0")))[1:] == (
        "weight + bias",
        "32 + 4",
        "36",
    )
    whole = explained_by(inference, ParametersOf(()))
    assert str(whole.variables[0].source) == "Dense"


def test_a_single_weight_is_the_whole_count() -> None:
    explained = _count(layer_of("Linear", input=TensorSpec((N, 8)), bias=False, out_features=3))
    assert told(explained)[1:] == ("out_features · in_features", "3 × 8", "24")
    nothing = _count(layer_of("ReLU", input=TensorSpec((N, 8))))
    assert (nothing.result, nothing.formula, nothing.parts) == (0, (), ())


def test_a_size_that_never_differs_has_no_formula() -> None:
    explained = _dimension(layer_of("Unsqueeze", input=TensorSpec((N, 8)), dim=1), 1)
    assert told(explained) == ("dimension 1 of layer’s output", "", "", "1")
    assert str(explained.why) == "Unsqueeze gives 1 here."


def test_rounded_divisors_are_worked_out() -> None:
    explained = _dimension(layer_of("Arange", end=10, step=3), 0)
    assert told(explained)[1:] == ("⌈(end − start) / step⌉", "⌈(10 − 0) / 3⌉", "4")


def test_what_is_stated_of_a_size_is_read_in_its_formula() -> None:
    drawing = drawn(
        ("x", "Input", {"shape": ("N", 3, "H", "W"), "multiples": ("H", 12)}),
        ("down", "Conv2d", {"out_channels": 4, "stride": 2, "padding": 1}),
        ("again", "MaxPool2d", {"kernel_size": 4}),
        ("y", "Output", {}),
    )
    inference = infer(drawing)
    given = explained_by(inference, DimensionOf((), "x", "output", 2))
    assert str(given.why) == "You called this dimension H: it stands for any multiple of 12."
    height = explained_by(inference, DimensionOf((), "down", "output", 2))
    assert size_text(height.result) == "H / 2"
    assert " × ".join(map(str, height.shape)) == "N × 4 × H/2 × (W + 1)//2"
    taken = explained_by(inference, DimensionOf((), "again", "output", 2))
    assert plain(taken.filled) == "⌊(H / 2 + 2·0 − 1·(4 − 1) − 1) / 4⌋ + 1"
    assert taken.variables[0].value == height.result
    assert size_text(taken.result) == "⌊H / 8⌋"
    width = explained_by(inference, DimensionOf((), "down", "output", 3))
    assert size_text(width.result) == "⌊(W + 1) / 2⌋"
