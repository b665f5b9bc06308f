"""Advice on sizes that torch takes without a word."""

from __future__ import annotations

from math import prod
from typing import Final

from graph_model.advice.order import CONVOLUTIONS
from graph_model.advice.surroundings import Adviser, Surroundings, bypass, setting
from graph_model.dims import Dim
from graph_model.layers.convolution import LAYOUTS
from graph_model.network import NodeId, Port
from graph_model.problems import Fix, InsertBefore, Problem, ReplaceKind, SetArguments
from graph_model.tensors import TensorSpec
from graph_model.values import Arguments

_SEQUENCE_KINDS: Final = (
    "RNN", "LSTM", "GRU", "MultiheadAttention", "TransformerEncoderLayer", "TransformerEncoder",
    "TransformerDecoderLayer", "TransformerDecoder", "Transformer",
)  # fmt: skip
_POOLS: Final = tuple(f"{what}Pool{rank}d" for what in ("Max", "Avg", "LP") for rank in (1, 2, 3))
_LARGE: Final = 100_000_000
"""How many weights of one Linear are too many."""
_ENOUGH_PIXELS: Final = 7 * 7
"""As many as VGG-16 and AlexNet keep before their first Linear, about."""
_CHANNELS_OF_IMAGES: Final = (1, 3, 4)


def _first_input(around: Surroundings, id: NodeId) -> TensorSpec:
    return next(iter(around.results[id].inputs.values()))


def is_batch(dim: Dim) -> bool:
    """Tell whether a dimension is called as one calls the batch."""
    return str(dim) in ("N", "B")


def _softmax(around: Surroundings, id: NodeId) -> Problem | None:
    spec, kind = _first_input(around, id), around.kind(id)
    dim = around.results[id].arguments["dim"]
    assert isinstance(dim, int)
    dim %= spec.rank
    if spec.shape[dim] == 1:
        result, better = ("0", "LogSigmoid") if kind == "LogSoftmax" else ("1", "Sigmoid")
        values = {"dim": str(dim), "shape": str(spec), "kind": kind, "result": result}
        fix = Fix("replace_kind", ReplaceKind(better), {"kind": better}, id)
        return Problem("softmax_of_one", values, node=id, port="input", fixes=(fix,))
    if dim == 0 and spec.rank > 1 and is_batch(spec.shape[0]):
        values = {"kind": kind, "shape": str(spec)}
        fixes = (setting(id, "dim", 1 if spec.rank > 3 else -1),)
        return Problem("softmax_over_batch", values, node=id, parameter="dim", fixes=fixes)
    return None


def _normalises_one(around: Surroundings, id: NodeId) -> Problem | None:
    sizes = around.results[id].arguments["normalized_shape"]
    assert isinstance(sizes, tuple)
    if any(size != 1 for size in sizes):
        return None
    values = {"kind": around.kind(id), "shape": str(_first_input(around, id))}
    return Problem("normalises_one", values, node=id, port="input", fixes=(bypass(around, id),))


def _dropout_all(around: Surroundings, id: NodeId) -> Problem | None:
    if around.results[id].arguments["p"] != 1:
        return None
    return Problem("dropout_all", node=id, parameter="p", fixes=(setting(id, "p", 0.5),))


def _flatten_mixes_batch(around: Surroundings, id: NodeId) -> Problem | None:
    spec, start = _first_input(around, id), around.results[id].arguments["start_dim"]
    if start not in (0, -spec.rank) or spec.rank < 2 or not is_batch(spec.shape[0]):
        return None
    return Problem(
        "flatten_mixes_batch",
        {"start": str(start)},
        node=id,
        parameter="start_dim",
        fixes=(setting(id, "start_dim", 1),),
    )


def _sequence(around: Surroundings, id: NodeId) -> Problem | None:
    spec, kind = _first_input(around, id), around.kind(id)
    first = around.results[id].arguments["batch_first"] is True
    steps, batch = spec.shape[1 if first else 0], spec.shape[0 if first else 1]
    if is_batch(steps) and not is_batch(batch):
        values = {
            "got": str(first),
            "kind": kind,
            "layout": "N×T×C" if first else "T×N×C",
            "batch": str(steps),
            "shape": str(spec),
        }
        fixes = (setting(id, "batch_first", not first),)
        return Problem("sequence_order", values, node=id, parameter="batch_first", fixes=fixes)
    if steps == 1 and kind in ("RNN", "LSTM", "GRU") and spec.shape[2] != 1:
        dims: Arguments = {"dim0": 1 if first else 0, "dim1": 2}
        change = InsertBefore("input", "Transpose", dims)
        fix = Fix("insert_layer", change, {"kind": "Transpose"}, id)
        values = {"shape": str(spec), "kind": kind}
        return Problem("sequence_of_one", values, node=id, port="input", fixes=(fix,))
    return None


def _channels_last(around: Surroundings, id: NodeId) -> Problem | None:
    edge = around.network.edges[Port(id, "input")]
    spec = _first_input(around, id)
    last = spec.shape[-1]
    if around.kind(edge.source.node) != "Input" or last not in _CHANNELS_OF_IMAGES:
        return None
    if any(isinstance(dim, int) and dim <= max(_CHANNELS_OF_IMAGES) for dim in spec.shape[1:-1]):
        return None
    order = (0, spec.rank - 1, *range(1, spec.rank - 1))
    change = InsertBefore("input", "Permute", {"dims": order})
    values = {
        "kind": around.kind(id),
        "layout": LAYOUTS[spec.rank - 2],
        "shape": str(spec),
        "got": str(spec.shape[1]),
        "channels": str(last),
    }
    fix = Fix("insert_layer", change, {"kind": "Permute"}, id)
    return Problem("channels_last", values, node=id, port="input", fixes=(fix,))


def _sizes(arguments: Arguments, name: str, rank: int) -> tuple[int, ...]:
    """Return one integer for each spatial dimension."""
    value = arguments.get(name, 1)
    if value is None:
        value = arguments["kernel_size"]
    sizes = value if isinstance(value, tuple) else (value,) * rank
    return tuple(size for size in sizes if isinstance(size, int))


def _window(around: Surroundings, id: NodeId) -> Problem | None:
    spec, arguments = _first_input(around, id), around.results[id].arguments
    rank = spec.rank - 2
    kernel, stride = _sizes(arguments, "kernel_size", rank), _sizes(arguments, "stride", rank)
    dilation = _sizes(arguments, "dilation", rank)
    spans = [d * (k - 1) + 1 for k, d in zip(kernel, dilation, strict=True)]
    if any(step > span > 1 for step, span in zip(stride, spans, strict=True)):
        values = {"stride": _brief(stride), "span": _brief(tuple(spans))}
        fixes = (setting(id, "stride", arguments["kernel_size"]),)
        return Problem("stride_skips", values, node=id, parameter="stride", fixes=fixes)
    if around.kind(id) in CONVOLUTIONS and set(spec.shape[2:]) == {1} and min(kernel) > 1:
        values = {"shape": str(spec), "span": _brief(tuple(spans))}
        change = SetArguments({"kernel_size": 1, "padding": 0})
        fix = Fix("kernel_of_one", change, node=id)
        return Problem("kernel_sees_padding", values, node=id, port="input", fixes=(fix,))
    return None


def _brief(sizes: tuple[int, ...]) -> str:
    return str(sizes[0]) if len(set(sizes)) == 1 else "×".join(map(str, sizes))


def _uneven_overlap(around: Surroundings, id: NodeId) -> Problem | None:
    """Find kernels whose size no stride divides (Odena et al. 2016, distill.pub)."""
    arguments = around.results[id].arguments
    rank = _first_input(around, id).rank - 2
    made = {
        name: _sizes(arguments, name, rank)
        for name in ("kernel_size", "stride", "padding", "output_padding", "dilation")
    }
    usual = {"kernel_size": 3, "stride": 2, "padding": 1, "output_padding": 1, "dilation": 1}
    if any(set(made[name]) != {value} for name, value in usual.items()):
        return None
    change = SetArguments({"kernel_size": 4, "output_padding": 0})
    return Problem(
        "uneven_overlap",
        {"kernel": "3", "stride": "2", "better": "4"},
        node=id,
        parameter="kernel_size",
        fixes=(Fix("even_kernel", change, {"value": "4"}, id),),
    )


def _large_linear(around: Surroundings, id: NodeId) -> Problem | None:
    count = around.results[id].weights[0].count
    if count <= _LARGE:
        return None
    flatten = around.feeder(id)
    if flatten is None or around.kind(flatten) != "Flatten":
        return None
    spec = _first_input(around, flatten)
    pixels = [dim for dim in spec.shape[2:] if isinstance(dim, int)]
    if spec.rank != 4 or prod(pixels) <= _ENOUGH_PIXELS:
        return None
    change = InsertBefore("input", "AdaptiveAvgPool2d", {"output_size": 1})
    return Problem(
        "large_linear",
        {"name": around.name(id), "count": f"{count:,}", "shape": str(spec)},
        node=id,
        port="input",
        fixes=(Fix("insert_pooling", change, {"name": around.name(flatten)}, flatten),),
    )


ADVISERS: Final[tuple[tuple[tuple[str, ...], Adviser], ...]] = (
    (("Softmax", "LogSoftmax", "Softmin"), _softmax),
    (("LayerNorm", "RMSNorm"), _normalises_one),
    (("Dropout", "Dropout1d", "Dropout2d", "Dropout3d", "AlphaDropout"), _dropout_all),
    (("Flatten",), _flatten_mixes_batch),
    (_SEQUENCE_KINDS, _sequence),
    (CONVOLUTIONS, _channels_last),
    ((*CONVOLUTIONS, *_POOLS), _window),
    (("ConvTranspose1d", "ConvTranspose2d", "ConvTranspose3d"), _uneven_overlap),
    (("Linear",), _large_linear),
)
"""Which kinds each adviser looks at."""
