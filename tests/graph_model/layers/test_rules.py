"""What users read about their mistakes, and what is offered to mend them."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from graph_model.dims import Dim, symbol
from graph_model.editing.edits import apply_fix
from graph_model.inference.infer import Inference, infer
from graph_model.layers import LAYERS
from graph_model.layers.kind import numbered_inputs
from graph_model.tensors import TensorSpec
from graph_model.values import Arguments
from tests.graph_model.layers.single import NODE, network, refusal, result, shapes

N, T, H = symbol("N"), symbol("T"), symbol("H")


def _spec(*shape: Dim, dtype: str = "float32") -> TensorSpec:
    return TensorSpec(shape, dtype)


def _ask(kind: str, arguments: Arguments, *specs: TensorSpec) -> Inference:
    ports = LAYERS[kind].inputs(LAYERS[kind].complete(arguments))
    return infer(network(LAYERS[kind], arguments, dict(zip(ports, specs, strict=False))))


@pytest.mark.parametrize(
    ("kind", "arguments", "specs", "message", "fixes"),
    [
        (
            "Linear", {}, [_spec(N, T)],
            "in_features follows from the input, so it needs a number there, but N×T has T.", [],
        ),
        (
            "Linear", {"in_features": 5}, [_spec(N, 4)],
            "in_features is set to 5, but the input N×4 has 4 there.",
            ["Let in_features follow the input"],
        ),
        (
            "Linear", {}, [_spec(N, 4, dtype="int64")],
            "Linear takes real numbers (float32), but “input” is int64.", ["Insert Cast before it"],
        ),
        (
            "Linear", {}, [_spec(N, 4, dtype="float64")],
            "The weights of Linear are float32, but “input” is float64.",
            ["Insert Cast before it"],
        ),
        (
            "Conv2d", {}, [_spec(N, 28, 28)],
            "Conv2d takes 4 dimensions (N×C×H×W), but N×28×28 has 3.", [],
        ),
        (
            "Conv2d", {"kernel_size": (5, 3)}, [_spec(N, 1, 4, 2)],
            "A kernel that spans 5 is larger than the padded input of 4 in N×1×4×2.",
            ["Set padding to 1", "Set kernel_size to (4, 2)"],
        ),
        (
            "Conv2d", {"groups": 3, "out_channels": 6}, [_spec(N, 4, 8, 8)],
            "in_channels = 4 must be divisible by groups = 3.", ["Set groups to 1"],
        ),
        (
            "MaxPool2d", {"padding": 2}, [_spec(N, 1, 8, 8)],
            "padding = 2 must be at most half of kernel_size = 2.", ["Set padding to 1"],
        ),
        (
            "MaxPool1d", {"stride": 3, "ceil_mode": True}, [_spec(N, 4, T)],
            "MaxPool1d cannot work this out for any T, as N×4×T has it. It needs a number there.",
            [],
        ),
        (
            "ConvTranspose1d", {"output_padding": 1}, [_spec(N, 4, 8)],
            "output_padding = 1 must be smaller than stride = 1 or dilation = 1.",
            ["Set output_padding to 0"],
        ),
        (
            "Conv1d", {"padding": 3, "padding_mode": "reflect"}, [_spec(N, 4, 3)],
            "padding_mode = reflect fills the padding from the input, so padding = 3 must be at "
            "most 2 for dimension 2 of N×4×3.",
            ["Set padding_mode to zeros"],
        ),
        (
            "BatchNorm1d", {}, [_spec(1, 4)],
            "Each channel of 1×4 has a single value, so there is nothing to normalise over.", [],
        ),
        (
            "GroupNorm", {}, [_spec(N, 4)],
            "Each group of N×4 has a single value, so there is nothing to normalise over.",
            ["Set num_groups to 1"],
        ),
        (
            "GroupNorm", {"num_groups": 1}, [_spec(N, 1)],
            "Each group of N×1 has a single value, so there is nothing to normalise over.", [],
        ),
        (
            "Hardtanh", {"min_val": 1.0, "max_val": -1.0}, [_spec(N, 4)],
            "max_val = -1 must be above min_val = 1.", ["Swap the bounds"],
        ),
        (
            "LSTM", {"proj_size": 8, "hidden_size": 8}, [_spec(N, T, 4)],
            "proj_size = 8 must be smaller than hidden_size = 8.", ["Set proj_size to 0"],
        ),
        (
            "LSTM", {}, [_spec(N, T, 4), _spec(1, N, 64)],
            "h_0 and c_0 go together, but only one of them is connected.", [],
        ),
        (
            "GRU", {}, [_spec(N, T, 4), _spec(2, N, 64)],
            "The shape of “h_0” must be 1×N×64, but is 2×N×64.", [],
        ),
        (
            "MultiheadAttention", {"num_heads": 5}, [_spec(N, T, 8)] * 3,
            "embed_dim = 8 must be divisible by num_heads = 5.", ["Set num_heads to 4"],
        ),
        (
            "MultiheadAttention", {}, [_spec(N, T, 8), _spec(N, 5, 8), _spec(N, T, 8)],
            "Dimension 1 of N×T×8 must be 5, but is T.", [],
        ),
        (
            "TransformerEncoderLayer", {}, [_spec(N, T, 8), _spec(N, T, dtype="int64")],
            "“src_key_padding_mask” takes truth values (bool), but is int64.",
            ["Insert Cast before it"],
        ),
        (
            "Embedding", {}, [_spec(N, T)],
            "Embedding takes whole-number indices (int64), but “input” is float32.",
            ["Insert Cast before it"],
        ),
        (
            "Embedding", {"padding_idx": 1000}, [_spec(N, dtype="int64")],
            "padding_idx = 1000 is outside the 1000 entries of the table.",
            ["Set padding_idx to None"],
        ),
        ("Softmax", {}, [_spec()], "Softmax needs a dimension to work along, but its input is a "
            "single number.", []),
        ("Softmax", {"dim": 2}, [_spec(N, 4)],
            "dim = 2 is not a dimension of N×4, which are -2 to 1.", ["Set dim to -1"]),
        ("GLU", {}, [_spec(N, 5)], "Dimension 1 of N×5 is 5, but must be divisible by 2.", []),
        ("GLU", {}, [_spec(T, N)], "GLU cannot work this out for any N, as T×N has it. It needs a "
            "number there.", []),
        ("Reshape", {"shape": (5, -1)}, [_spec(N, 4)],
            "N×4 has 4*N elements, which do not fill 5×-1.", ["Set shape to (-1, 4)"]),
        ("Reshape", {"shape": (7, 4)}, [_spec(N, 4)],
            "N×4 has 4*N elements, which do not fill 7×4.", ["Set shape to (-1, 4)"]),
        ("Reshape", {"shape": (-1, -1)}, [_spec(N, 4)],
            "shape takes sizes of at least 1, one of which may be −1 for what is left.", []),
        ("Permute", {"dims": (0, 0)}, [_spec(N, 4)],
            "dims must name each of the 2 dimensions once.", ["Set dims to (0, 1)"]),
        ("Flatten", {"start_dim": 2, "end_dim": 1}, [_spec(N, 4, 4)],
            "start_dim = 2 must not come after end_dim = 1.", ["Set end_dim to -1"]),
        ("Squeeze", {}, [_spec(N, 4)], "Dimension 1 of N×4 must be 1, but is 4.", []),
        ("Slice", {"end": 9}, [_spec(N, 4)],
            "end = 9 is outside the dimension of size 4 in N×4.", ["Set end to 4"]),
        ("Slice", {"start": 2, "end": 2}, [_spec(N, 4)],
            "Dimension 1 would become 0. It must be at least 1.", ["Set end to None"]),
        ("Upsample", {"align_corners": True}, [_spec(N, 3, H, H)],
            "align_corners goes with the modes that interpolate, not with nearest.",
            ["Set align_corners to False"]),
        ("Upsample", {"scale_factor": 1.5}, [_spec(N, 3, H, H)],
            "Upsample cannot work this out for any H, as N×3×H×H has it. It needs a number there.",
            []),
        ("Add", {}, [_spec(N, 3), _spec(N, 4)],
            "N×3 and N×4 do not fit together: dimension -1 is 3 in one and 4 in the other. They "
            "must be equal, or one of them 1.", []),
        ("Add", {}, [_spec(N, 3), _spec(N, 3, dtype="int64")],
            "The inputs must have the same dtype, but are float32 and int64.",
            ["Insert Cast before it"]),
        ("Subtract", {}, [_spec(N, dtype="bool")] * 2,
            "Subtract takes numbers, but “input1” holds truth values (bool).",
            ["Insert Cast before it"]),
        ("MatMul", {}, [_spec(N, 3, 4), _spec(N, 3, 4)],
            "N×3×4 times N×3×4 does not work: the last dimension of the first, 4, must equal "
            "dimension −2 of the second, 3.", []),
        ("MatMul", {}, [_spec(), _spec(4, 5)],
            "MatMul needs a dimension to work along, but its input is a single number.", []),
        ("Concatenate", {}, [_spec(N, 3, 8), _spec(N, 3, 9)],
            "N×3×8 and N×3×9 cannot be joined along dimension 1: they differ in dimension 2, 8 "
            "against 9.", ["Set dim to 2"]),
        ("Bilinear", {}, [_spec(N, 3), _spec(T, 3)],
            "N×3 and T×3 must agree in all dimensions but the last.", []),
        ("Mean", {"dim": ()}, [_spec(N, 3)], "dim must name at least one dimension.",
            ["Set dim to (-1,)"]),
        ("Mean", {"dim": (1, -1)}, [_spec(N, 3)], "dim names a dimension twice.",
            ["Set dim to (1,)"]),
        ("ReflectionPad2d", {"padding": 4}, [_spec(N, 3, 8, 4)],
            "ReflectionPad2d fills the padding from the input, so padding = 4 must be at most 3 "
            "for dimension 3 of N×3×8×4.", ["Set padding to 3"]),
        ("CircularPad1d", {"padding": (0, 5)}, [_spec(N, 3, 4)],
            "CircularPad1d fills the padding from the input, so padding = 5 must be at most 4 for "
            "dimension 2 of N×3×4.", ["Set padding to 4"]),
        ("FractionalMaxPool2d", {"output_size": 4}, [_spec(N, 3, 8, 8)],
            "Exactly one of output_size and output_ratio must be given.",
            ["Set output_size to None", "Set output_ratio to None"]),
        ("FractionalMaxPool2d", {"output_ratio": None}, [_spec(N, 3, 8, 8)],
            "Exactly one of output_size and output_ratio must be given.",
            ["Set output_ratio to 0.5"]),
        ("FractionalMaxPool2d", {"output_size": 8, "output_ratio": None}, [_spec(N, 3, 8, 8)],
            "8 windows of kernel_size = 2 need more than the 8 in N×3×8×8.", []),
        ("FractionalMaxPool2d", {"output_ratio": 0.3}, [_spec(N, 3, H, 8)],
            "FractionalMaxPool2d cannot work this out for any H, as N×3×H×8 has it. It needs a "
            "number there.", []),
        ("MaxUnpool2d", {"output_size": 10}, [_spec(N, 3, 4, 4), _spec(N, 3, 4, 4, dtype="int64")],
            "output_size = 10 for dimension 2 must be above 6 and below 10, from which the pooling "
            "would have come.", ["Set output_size to None"]),
        ("MaxUnpool1d", {"output_size": 10}, [_spec(N, 3, T), _spec(N, 3, T, dtype="int64")],
            "MaxUnpool1d cannot work this out for any 2*T, as N×3×T has it. It needs a number "
            "there.", []),
        ("MaxUnpool1d", {}, [_spec(N, 3, 4), _spec(N, 3, 4)],
            "MaxUnpool1d takes whole-number indices (int64), but “indices” is float32.",
            ["Insert Cast before it"]),
        ("RReLU", {"lower": 0.5}, [_spec(N, 3)],
            "lower = 0.5 must not be above upper = 0.333333.",
            ["Set lower to 0.3333333333333333"]),
        ("EmbeddingBag", {}, [_spec(T, dtype="int64")],
            "Indices in one row need “offsets” to say where each bag begins. Connect them, or give "
            "one row for each bag.", []),
        ("EmbeddingBag", {}, [_spec(N, T, dtype="int64"), _spec(N, dtype="int64")],
            "“offsets” go with indices in one row, but N×T has one row for each bag.", []),
        ("EmbeddingBag", {}, [_spec(T, dtype="int64"), _spec(N, dtype="int64"), _spec(T)],
            "“per_sample_weights” go with mode = sum, not with mean.", ["Set mode to sum"]),
        ("EmbeddingBag", {"mode": "max", "sparse": True}, [_spec(N, T, dtype="int64")],
            "mode = max does not go with sparse.", ["Set sparse to False"]),
        ("LSTMCell", {}, [_spec(N, 8), _spec(N, 64)],
            "h_0 and c_0 go together, but only one of them is connected.", []),
        ("TransformerDecoderLayer", {}, [_spec(N, T, 8), _spec(N, T, 16)],
            "Dimension 2 of N×T×16 must be 8, but is 16.", []),
        ("TransformerEncoder", {"nhead": 3}, [_spec(N, T, 8)],
            "d_model = 8 must be divisible by nhead = 3.", ["Set nhead to 2"]),
        ("Fold", {"output_size": 2}, [_spec(N, 9, 4)],
            "A kernel that spans 3×3 is larger than the padded output_size of 2×2.", []),
        ("Fold", {"output_size": 4}, [_spec(N, 9, 5)],
            "Dimension 2 of N×9×5 must be 4, but is 5.", []),
        ("CTCLoss", {"blank": 9},
            [_spec(T, N, 9), _spec(N, H, dtype="int64"), *[_spec(N, dtype="int64")] * 2],
            "blank = 9 is none of the 9 classes.", ["Set blank to 0"]),
        ("AdaptiveLogSoftmaxWithLoss", {"cutoffs": (5, 1000)},
            [_spec(N, 8), _spec(N, dtype="int64")],
            "cutoffs must increase, from 1 on and below n_classes = 1000.",
            ["Set cutoffs to (100,)"]),
        ("AdaptiveLogSoftmaxWithLoss", {"cutoffs": (5, 9)}, [_spec(N, 8), _spec(N, dtype="int64")],
            "Divided by div_value so often, cluster 2 has no features left.",
            ["Set div_value to 1.0"]),
        ("GaussianNLLLoss", {}, [_spec(N, 3), _spec(N, 3), _spec(N, 3, dtype="float64")],
            "The inputs must have the same dtype, but are float32 and float64.", []),
    ],
)  # fmt: skip
def test_a_mistake_is_explained(
    kind: str, arguments: Arguments, specs: list[TensorSpec], message: str, fixes: list[str]
) -> None:
    problem = refusal(_ask(kind, arguments, *specs))
    assert problem is not None
    assert problem.message == message
    assert [fix.message for fix in problem.fixes] == fixes


def test_flatten_is_offered_where_features_are_joined() -> None:
    problem = refusal(_ask("Concatenate", {}, _spec(N, 3), _spec(N, 4, 8, 8)))
    assert problem is not None
    assert [fix.message for fix in problem.fixes] == ["Insert Flatten before it"]


def test_linear_on_images_is_advised_against_and_flatten_mends_it() -> None:
    found = _ask("Linear", {}, _spec(N, 16, 4, 4))
    (problem,) = found.nodes[NODE].problems
    assert (problem.code, problem.is_error) == ("linear_on_image", False)
    mended = infer(apply_fix(found.network, problem.fixes[0])).nodes[NODE]
    assert mended.problems == ()
    assert mended.arguments["in_features"] == 256


@pytest.mark.parametrize(
    ("kind", "specs", "dtype"),
    [("Linear", [_spec(N, 4, dtype="int64")], "float32"), ("Embedding", [_spec(N)], "int64")],
)
def test_a_cast_mends_a_dtype(kind: str, specs: list[TensorSpec], dtype: str) -> None:
    found = _ask(kind, {}, *specs)
    problem = refusal(found)
    assert problem is not None
    mended = infer(apply_fix(found.network, problem.fixes[0]))
    assert refusal(mended) is None
    assert mended.nodes[NODE].inputs["input"].dtype == dtype


@pytest.mark.parametrize(
    ("kind", "arguments", "specs", "code"),
    [
        ("Add", {}, [_spec(N), _spec(N, 1)], "broadcasts_batch"),
        ("GRU", {"dropout": 0.5}, [_spec(N, T, 4)], "dropout_does_nothing"),
    ],
)
def test_what_is_hardly_meant_is_a_warning(
    kind: str, arguments: Arguments, specs: list[TensorSpec], code: str
) -> None:
    found = _ask(kind, arguments, *specs)
    assert [problem.code for problem in found.nodes[NODE].problems] == [code]
    assert not refusal(found)
    assert found.nodes[NODE].problems[0].message


@pytest.mark.parametrize(
    ("left", "right"),
    [((N, T), (N, T)), ((N, 1), (N, 4)), ((N, T, 1), (N, 1, T)), ((N, 4), (4,)), ((), (N,))],
)
def test_broadcasting_that_is_meant_is_no_warning(
    left: tuple[Dim, ...], right: tuple[Dim, ...]
) -> None:
    assert _ask("Add", {}, _spec(*left), _spec(*right)).nodes[NODE].problems == ()


@pytest.mark.parametrize(
    ("kind", "arguments", "shape", "expected"),
    [
        ("Conv2d", {"stride": 2, "padding": 1}, (N, 3, H, H), "N×32×(H + 1)//2×(H + 1)//2"),
        ("MaxPool2d", {}, (N, 3, H, T), "N×3×H//2×T//2"),
        ("ConvTranspose1d", {"stride": 2, "kernel_size": 2}, (N, 3, T), "N×32×2*T"),
        ("Flatten", {}, (N, 3, H, 4), "N×12*H"),
        ("Reshape", {"shape": (-1, 8)}, (N, T, 8), "N*T×8"),
        ("Slice", {"start": 1}, (N, T), "N×(T - 1)"),
        ("Slice", {"start": -3}, (N, T), "N×3"),
        ("Slice", {"end": -1, "step": 2}, (N, T), "N×T//2"),
        ("Select", {"index": -1}, (N, T, 8), "N×8"),
        ("PixelShuffle", {}, (N, 12, H, 5), "N×3×2*H×10"),
        ("Embedding", {}, (N, T), "N×T×64"),
        ("FractionalMaxPool2d", {"output_ratio": 0.75}, (N, 3, H, 8), "N×3×(3*H)//4×6"),
        ("ZeroPad2d", {"padding": (1, 2, 0, 3)}, (N, 3, H, T), "N×3×(H + 3)×(T + 3)"),
        ("Unfold", {"stride": 3}, (N, 3, H, H), "N×27×(H//3)*(H//3)"),
        ("TransformerEncoder", {}, (N, T, 8), "N×T×8"),
    ],
)  # fmt: skip
def test_symbols_are_carried_through(
    kind: str, arguments: Arguments, shape: tuple[Dim, ...], expected: str
) -> None:
    spec = _spec(*shape, dtype="int64" if kind == "Embedding" else "float32")
    found, problem = result(LAYERS[kind], arguments, {"input": spec})
    assert problem is None
    assert str(TensorSpec(shapes(found)[0])) == expected


@pytest.mark.parametrize(
    ("kind", "arguments", "specs", "count"),
    [  # published in the papers, or in every tutorial
        ("Linear", {"out_features": 1000}, {"input": _spec(N, 4096)}, 4_097_000),  # VGG's last
        ("Conv2d", {"out_channels": 64, "kernel_size": 7, "bias": False},
            {"input": _spec(N, 3, 224, 224)}, 9408),  # ResNet's first
        ("TransformerEncoderLayer", {"nhead": 12, "dim_feedforward": 3072},
            {"input": _spec(N, T, 768)}, 7_087_872),  # BERT base, a twelfth of 85,054,464
        ("LSTM", {"hidden_size": 128}, {"input": _spec(N, T, 28)}, 4 * (28 + 128 + 2) * 128),
    ],
)  # fmt: skip
def test_counts_are_those_published(
    kind: str, arguments: Arguments, specs: Mapping[str, TensorSpec], count: int
) -> None:
    found, problem = result(LAYERS[kind], arguments, specs)
    assert problem is None
    assert found.parameter_count == count


def test_an_output_takes_anything_and_gives_nothing() -> None:
    found, problem = result(LAYERS["Output"], {}, {"input": _spec(N, 4)})
    assert problem is None
    assert found.outputs == {}


def test_the_number_of_inputs_follows_the_argument() -> None:
    assert numbered_inputs({"inputs": 3}) == ("input1", "input2", "input3")
    assert len(numbered_inputs({"inputs": 10**9})) == 64
    assert numbered_inputs({"inputs": "many"}) == ("input1", "input2")


def test_a_pinned_normalized_shape_says_how_many_dimensions() -> None:
    pinned = {"normalized_shape": (8, 4)}
    found, problem = result(LAYERS["LayerNorm"], pinned, {"input": _spec(N, 8, 4)})
    assert problem is None
    assert [weight.shape for weight in found.weights] == [(8, 4), (8, 4)]
    _, problem = result(LAYERS["LayerNorm"], pinned, {"input": _spec(N, 4, 8)})
    assert problem is not None
    assert problem.code == "pinned_size"
