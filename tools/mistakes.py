"""The smallest network for each mistake, and what torch itself says of it.

``docs/problems.md`` shows them, and a test holds each against torch.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from graph_model.layers import LAYERS
from graph_model.network import Edge, Network, Node, Port, free_name
from graph_model.values import Arguments

Entry: TypeAlias = int | str
Layer: TypeAlias = tuple[str, Arguments]
Torch: TypeAlias = Literal["raises", "runs", "never asked"]
"""What torch does with it; it is never asked where there is nothing that could be run."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """A network with one mistake, the problem it has, and the node where that is.

    ``port`` or ``parameter`` is the exact place there, or neither.
    """

    code: str
    network: Network
    node: str = "layer"
    place: str = ""
    torch: Torch = "raises"


@dataclass(frozen=True, slots=True)
class Given:
    """A tensor that is given to a network: its declared shape and dtype."""

    shape: tuple[Entry, ...]
    dtype: str = "float32"


def f32(*shape: Entry) -> Given:
    """Return real numbers of a shape."""
    return Given(shape)


def i64(*shape: Entry) -> Given:
    """Return whole numbers of a shape."""
    return Given(shape, "int64")


def truth(*shape: Entry) -> Given:
    """Return truth values of a shape."""
    return Given(shape, "bool")


def drawn(*lines: str | tuple[str, str, Arguments] | tuple[str, str, Arguments, str]) -> Network:
    """Return a network of lines: a name, its kind, its arguments and what feeds it.

    A line takes what the line before gives, unless it names its sources.
    """
    nodes: dict[str, Node] = {}
    edges: dict[Port, Edge] = {}
    last = ""
    for line in lines:
        assert not isinstance(line, str)
        name, kind, arguments, *sources = line
        nodes[name] = Node(name, kind, name, arguments)
        ports = LAYERS[kind].inputs(LAYERS[kind].complete(arguments))
        for port, source in zip(ports, (sources[0] if sources else last).split(), strict=False):
            if source != "-":
                node, _, output = source.partition(".")
                source_port = Port(node, output or _first_output(nodes.get(node)))
                edges[Port(name, port)] = Edge(source_port, Port(name, port))
        last = name
    return Network("main", "Example", nodes, edges)


def _first_output(node: Node | None) -> str:
    if node is None:  # of a circle, not drawn yet
        return "output"
    kind = LAYERS[node.kind]
    return kind.outputs(kind.complete(node.arguments))[0]


def one(
    code: str,
    kind: str,
    arguments: Arguments,
    *given: Given,
    at: str = "",
    torch: Torch = "raises",
) -> Mistake:
    """Return the mistake of a single layer, its inputs given in the order of its ports."""
    inputs = [
        (f"x{number}" if len(given) > 1 else "x", "Input", _declared(each))
        for number, each in enumerate(given, start=1)
    ]
    layer = ("layer", kind, arguments, " ".join(name for name, _, _ in inputs))
    return Mistake(code, drawn(*inputs, layer, ("y", "Output", {})), "layer", at, torch)


def row(
    code: str, given: Given, *layers: Layer, at: str = "", node: str = "", torch: Torch = "runs"
) -> Mistake:
    """Return the mistake of layers one after the other, at the last of them unless said."""
    named: list[tuple[str, str, Arguments]] = []
    for kind, arguments in layers:
        stem = LAYERS[kind].code_stem
        named.append((free_name(stem, {name for name, _, _ in named}), kind, arguments))
    network = drawn(("x", "Input", _declared(given)), *named, ("y", "Output", {}))
    return Mistake(code, network, node or named[-1][0], at, torch)


def _declared(given: Given) -> Arguments:
    return {"shape": given.shape, "dtype": given.dtype}


_X: Final = ("x", "Input", {"shape": ("N", 8)})
_Y: Final = ("y", "Output", {})
_IMAGE: Final = f32("N", 3, 32, 32)

STRUCTURE: Final = (
    Mistake("empty_network", drawn(), "", torch="never asked"),
    Mistake("no_input", drawn(("noise", "Parameter", {}), _Y), "", torch="never asked"),
    Mistake("no_output", drawn(_X, ("layer", "ReLU", {})), "", torch="never asked"),
    Mistake(
        "missing_input",
        drawn(_X, ("layer", "ReLU", {}), ("sum", "Add", {}, "x"), _Y),
        "sum",
        "input2",
        "never asked",
    ),
    Mistake(
        "cycle",
        drawn(
            _X,
            ("layer", "Add", {}, "x back"),
            ("back", "ReLU", {}),
            ("y", "Output", {}, "layer"),
        ),
        torch="never asked",
    ),
    Mistake(
        "bad_name", drawn(_X, ("class", "ReLU", {}), _Y), "class", torch="never asked"
    ),
    Mistake(
        "unused_output",
        drawn(_X, ("layer", "ReLU", {}), ("y", "Output", {}, "x")),
        torch="runs",
    ),
    Mistake(
        "gradient_apart",
        drawn(
            _X,
            ("square", "Square", {}),
            ("detached", "Detach", {}),
            ("layer", "Gradient", {}, "detached x"),
            _Y,
        ),
        place="by",
        torch="never asked",
    ),
    Mistake(
        "dead_branch",
        drawn(
            _X,
            ("layer", "Linear", {}),
            ("behind", "ReLU", {}),
            ("y", "Output", {}, "x"),
        ),
        torch="runs",
    ),
    Mistake(
        "overwrites_shared",
        drawn(
            _X,
            ("before", "Linear", {}),
            ("layer", "ReLU", {"inplace": True}),
            ("sum", "Add", {}, "before layer"),
            _Y,
        ),
        place="inplace",
        torch="runs",
    ),
    Mistake(
        "overwrites_held",
        drawn(
            _X,
            ("noise", "Parameter", {"shape": (8,)}),
            ("layer", "ReLU", {"inplace": True}),
            ("sum", "Add", {}, "x layer"),
            _Y,
        ),
        place="inplace",
        torch="raises",
    ),
    one("unknown_parameter", "ReLU", {"speed": 3}, f32("N", 8), at="speed", torch="never asked"),
)  # fmt: skip

ARGUMENTS: Final = (
    one("wrong_type", "Linear", {"out_features": "many"}, f32("N", 8), at="out_features"),
    one("not_a_choice", "Upsample", {"mode": "cubic"}, _IMAGE, at="mode"),
    one("below_minimum", "Linear", {"out_features": -1}, f32("N", 8), at="out_features"),
    one("above_maximum", "Dropout", {"p": 1.5}, f32("N", 8), at="p"),
    one("not_above", "Upsample", {"scale_factor": 0.0}, _IMAGE, at="scale_factor"),
    one("output_padding_too_large", "ConvTranspose1d", {"output_padding": 1}, f32("N", 4, 8),
        at="output_padding"),
    one("proj_size_too_large", "LSTM", {"proj_size": 8, "hidden_size": 8}, f32("N", "T", 4),
        at="proj_size"),
    one("padding_idx_outside", "Embedding", {"padding_idx": 1000}, i64("N", "T"),
        at="padding_idx"),
    one("bounds_reversed", "Hardtanh", {"min_val": 1.0, "max_val": -1.0}, f32("N", 4),
        at="max_val"),
    one("bounds_missing", "Clamp", {"min": None}, f32("N", 4), at="min"),
    one("min_above_max", "Clamp", {"min": 1.0, "max": 0.0}, f32("N", 4), at="max", torch="runs"),
    one("zero_divisor", "DivideByNumber", {"value": 0.0}, f32("N", 4), at="value", torch="runs"),
    one("dims_reversed", "Flatten", {"start_dim": 2, "end_dim": 1}, f32("N", 3, 4),
        at="start_dim"),
    one("dims_missing", "Mean", {"dim": ()}, f32("N", 3), at="dim", torch="runs"),
    one("dims_repeated", "Mean", {"dim": (1, -1)}, f32("N", 3), at="dim"),
    one("dims_incomplete", "Permute", {"dims": (0, 0)}, f32("N", 4), at="dims"),
    one("bad_sizes", "Reshape", {"shape": (-1, -1)}, f32("N", 4), at="shape"),
    one("same_with_stride", "Conv2d", {"padding": "same", "stride": 2}, _IMAGE, at="padding"),
    one("size_or_ratio", "FractionalMaxPool2d", {"output_ratio": None}, _IMAGE,
        at="output_size"),
    one("lower_above_upper", "RReLU", {"lower": 0.5}, f32("N", 4), at="lower"),
    one("padding_too_large", "MaxPool2d", {"padding": 2}, _IMAGE, at="padding"),
    one("not_divisible", "Conv2d", {"groups": 2}, _IMAGE, at="groups"),
    one("not_divisible", "MultiheadAttention", {"num_heads": 5}, *[f32("N", "T", 8)] * 3,
        at="num_heads"),
    one("not_divisible", "GroupNorm", {"num_groups": 5}, f32("N", 8, 4, 4), at="num_groups"),
    one("mask_and_causal", "ScaledDotProductAttention", {"is_causal": True},
        *[f32("N", 5, 8)] * 3, truth(5, 5), at="is_causal"),
    one("fraction_of_whole", "FullLike", {"fill_value": 0.5}, i64("N", 4), torch="runs"),
    one("ignored_of_probabilities", "CrossEntropyLoss", {"ignore_index": 1},
        *[f32("N", 4)] * 2, at="ignore_index"),
    one("k_too_large", "TopK", {"k": 5}, f32("N", 4), at="k"),
    one("too_many_samples", "Multinomial", {"num_samples": 5}, f32("N", 4), at="num_samples"),
    one("corners_without_mode", "Upsample", {"align_corners": True}, _IMAGE,
        at="align_corners"),
    one("not_with_max", "EmbeddingBag", {"mode": "max", "sparse": True}, i64("N", "T"),
        at="sparse"),
    one("value_without_constant", "Pad", {"mode": "reflect", "value": 1.0}, f32("N", 2, 4)),
    one("pad_negative", "Pad", {"mode": "replicate", "pad": (-1, 4)}, f32("N", 2, 4),
        torch="runs"),
)  # fmt: skip

SHAPES: Final = (
    one("wrong_rank", "Conv2d", {"in_channels": 3}, f32(3, 32, 32), at="input", torch="runs"),
    one("wrong_rank", "Conv2d", {"in_channels": 1}, f32("N", 28, 28), at="input"),
    one("wrong_rank", "BatchNorm1d", {}, _IMAGE, at="input"),
    one("wrong_rank", "Conv2d", {}, f32("N", 3, 32, 32, 32), at="input"),
    one("wrong_rank", "LSTMCell", {}, _IMAGE, at="input"),
    one("rank_too_small", "FeatureAlphaDropout", {}, f32("N"), at="input"),
    one("pinned_size", "Linear", {"in_features": 5}, f32("N", 8), at="in_features"),
    one("pinned_size", "Conv2d", {"in_channels": 1}, _IMAGE, at="in_channels"),
    one("pinned_size", "BatchNorm2d", {"num_features": 64}, _IMAGE, at="num_features"),
    row("size_must_be_number", f32("N", 3, "H", "W"), ("Flatten", {}), ("Linear", {}),
        at="in_features", torch="never asked"),
    one("kernel_too_large", "Conv2d", {"kernel_size": 5}, f32("N", 3, 4, 4), at="kernel_size"),
    one("kernel_too_large", "MaxPool2d", {"kernel_size": 5}, f32("N", 3, 4, 4),
        at="kernel_size"),
    one("size_not_positive", "ConvTranspose1d", {"padding": 3}, f32("N", 4, 2), at="input"),
    one("size_not_positive", "Slice", {"start": 2, "end": 2}, f32("N", 4), at="input",
        torch="runs"),
    one("padding_exceeds_input", "Conv1d", {"padding": 3, "padding_mode": "reflect"},
        f32("N", 4, 3), at="padding"),
    one("dim_out_of_range", "Softmax", {"dim": 2}, f32("N", 4), at="dim"),
    one("index_out_of_range", "Select", {"index": 9}, f32("N", 4), at="index"),
    one("cannot_broadcast", "Add", {}, f32("N", 8), f32("N", 9), at="input2"),
    one("cannot_broadcast", "Add", {}, f32("N", 16, 32, 32), f32("N", 8, 32, 32), at="input2"),
    one("cannot_broadcast", "Add", {}, f32("N", "T", 8), f32("T", "N", 8), at="input2"),
    one("heads_differ", "ScaledDotProductAttention", {}, f32("N", 8, 5, 16),
        *[f32("N", 2, 5, 16)] * 2, at="key"),
    one("cannot_concatenate", "Concatenate", {}, f32("N", 8, 32, 32), f32("N", 8, 31, 31),
        at="input2"),
    one("cannot_concatenate", "Concatenate", {}, f32("N", 8, 3), f32("N", 8, 4), at="input2"),
    one("cannot_unflatten", "UnflattenLike", {}, f32("N", 60, 8), f32("N", 8, 8, 8), at="like"),
    one("bad_dims_of_other", "UnflattenLike", {}, f32("N", 64, 8), f32("N", 8, 64), at="end",
        torch="runs"),
    one("cannot_reshape", "Reshape", {"shape": (5, 4)}, f32("N", 4), at="shape"),
    one("cannot_reshape", "Reshape", {"shape": (-1, 3)}, f32("N", 4), at="shape"),
    one("batch_in_features", "Reshape", {"shape": (8, -1)}, f32("N", 8, 6), at="shape",
        torch="runs"),
    one("cannot_multiply", "MatMul", {}, f32("N", 5, 8), f32("N", 6, 8), at="input2"),
    one("cannot_expand", "Expand", {"sizes": (3, 5)}, f32(1, 4), at="input"),
    one("cannot_split", "Split", {"split_sizes": (1, 4)}, f32("N", 6), at="split_sizes"),
    one("cannot_unbind", "Unbind", {"outputs": 5}, f32("N", 3), at="outputs",
        torch="never asked"),
    one("wrong_shape", "Stack", {}, f32("N", 8), f32("N", 9), at="input2"),
    one("needs_indices", "Embedding", {}, f32("N", "T"), at="input"),
    one("needs_float32", "Linear", {}, Given(("N", 8), "float64"), at="input"),
    one("needs_real_numbers", "Conv2d", {}, i64("N", 3, 8, 8), at="input"),
    one("needs_real_numbers", "Softmax", {}, i64("N", 8), at="input"),
    one("needs_truth_values", "LogicalNot", {}, f32("N", 8), at="input", torch="runs"),
    one("different_dtypes", "Concatenate", {}, f32("N", 8), i64("N", 8), at="input2",
        torch="runs"),
    one("single_value_per_channel", "BatchNorm1d", {}, f32(1, 8), at="input"),
    one("single_value_per_channel", "InstanceNorm2d", {}, f32("N", 8, 1, 1), at="input"),
    one("single_value_per_group", "GroupNorm", {"num_groups": 1}, f32("N", 1), at="input",
        torch="runs"),
)  # fmt: skip

ADVICE: Final = (
    row("no_activation_between", f32("N", 8), ("Linear", {}), ("Linear", {}), at="input"),
    row("no_activation_between", _IMAGE, ("Conv2d", {"bias": False}), ("BatchNorm2d", {}),
        ("Conv2d", {}), at="input"),
    row("bias_before_norm", _IMAGE, ("Conv2d", {}), ("BatchNorm2d", {}), node="conv1",
        at="bias"),
    row("dropout_before_norm", f32("N", 8), ("Linear", {}), ("Dropout", {}),
        ("BatchNorm1d", {}), at="input"),
    row("activation_twice", f32("N", 8), ("ReLU", {}), ("Sigmoid", {}), at="input"),
    row("activation_before_softmax", f32("N", 8), ("ReLU", {}), ("Softmax", {}), at="input"),
    row("softmax_twice", f32("N", 8), ("Softmax", {}), ("LogSoftmax", {}), at="input"),
    row("dropout_last", f32("N", 8), ("Linear", {}), ("Dropout", {})),
    row("first_step", f32("N", "T", 8), ("LSTM", {}), ("Select", {"index": 0}), at="index"),
    Mistake("loss_given_otherwise", drawn(
        ("x", "Input", {"shape": ("N", 8)}), ("t", "Input", {"shape": ("N",), "dtype": "int64"}),
        ("fc", "Linear", {"out_features": 4}, "x"), ("loss", "NLLLoss", {}, "fc t"),
        ("y", "Output", {})), "loss", "input", "runs"),
    row("softmax_over_batch", f32("N", 8), ("Softmax", {"dim": 0}), at="dim"),
    row("softmax_of_one", f32("N", 8), ("Linear", {"out_features": 1}), ("Softmax", {}),
        at="input"),
    row("normalises_one", f32("N", "T", 1), ("LayerNorm", {}), at="input"),
    row("dropout_all", f32("N", 8), ("Dropout", {"p": 1.0}), ("Linear", {}), node="dropout1",
        at="p"),
    row("flatten_mixes_batch", _IMAGE, ("Flatten", {"start_dim": 0}), at="start_dim"),
    row("sequence_order", f32("N", "T", 8), ("LSTM", {"batch_first": False}), at="batch_first"),
    row("sequence_of_one", f32("N", 1, 28), ("GRU", {}), at="input"),
    row("channels_last", f32("N", 28, 28, 3), ("Conv2d", {}), at="input"),
    row("steps_first", f32("N", 128, 9), ("Conv1d", {}), at="input"),
    row("features_last", f32("N", 24, 8), ("LSTM", {}), ("BatchNorm1d", {}), at="input"),
    row("features_last", f32("N", 24, 8), ("GRU", {}), ("ReLU", {}), ("Conv1d", {}), at="input"),
    row("features_first", f32("N", 8, 24), ("Conv1d", {}), ("ReLU", {}), ("LSTM", {}),
        at="input"),
    row("normalises_places", _IMAGE, ("Conv2d", {}), ("LayerNorm", {}), at="input"),
    row("samples_mixed", f32(2, "N", 8), ("Reshape", {"shape": (-1, 16)}), at="shape"),
    row("kernel_sees_padding", f32("N", 8, 1, 1), ("Conv2d", {"padding": 1}), at="input"),
    row("stride_skips", _IMAGE, ("MaxPool2d", {"stride": 3}), at="stride"),
    row("uneven_overlap", f32("N", 8, 16, 16),
        ("ConvTranspose2d", {"stride": 2, "padding": 1, "output_padding": 1}),
        at="kernel_size"),
    row("large_linear", f32("N", 64, 112, 112), ("Flatten", {}), ("Linear", {}),
        at="input", torch="never asked"),
    row("linear_on_image", _IMAGE, ("Linear", {})),
    one("broadcasts_both", "Add", {}, f32("N", 5, 1), f32("N", 1, 7), torch="runs"),
    one("broadcasts_batch", "Subtract", {}, f32("N"), f32("N", 1), torch="runs"),
    one("mean_over_elements", "KLDivLoss", {"reduction": "mean"}, *[f32("N", 4)] * 2,
        torch="runs"),
    row("dropout_does_nothing", f32("N", "T", 8), ("GRU", {"dropout": 0.5})),
)  # fmt: skip

MISTAKES: Final = (*STRUCTURE, *ARGUMENTS, *SHAPES, *ADVICE)


def by_code() -> Iterator[tuple[str, Mistake]]:
    """Yield each code with its first example."""
    seen: set[str] = set()
    for mistake in MISTAKES:
        if mistake.code not in seen:
            seen.add(mistake.code)
            yield mistake.code, mistake
