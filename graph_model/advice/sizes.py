"""Advice on sizes that torch takes without a word."""

from __future__ import annotations

from math import prod
from typing import Final, cast

from graph_model.advice.axes import CONVOLUTIONS, SEQUENCE_KINDS
from graph_model.advice.surroundings import Adviser, Spot, bypass, setting
from graph_model.layers.samples import is_batch
from graph_model.problems import Fix, InsertBefore, Problem, ReplaceKind, SetArguments
from graph_model.values import Arguments

_POOLS: Final = tuple(f"{what}Pool{rank}d" for what in ("Max", "Avg", "LP") for rank in (1, 2, 3))
_LARGE: Final = 100_000_000
"""How many weights of one Linear are too many."""
_ENOUGH_PIXELS: Final = 7 * 7
"""As many as VGG-16 and AlexNet keep before their first Linear, about."""


def _softmax(spot: Spot) -> Problem | None:
    spec, kind = spot.input, spot.kind
    dim = spot.arguments["dim"]
    assert isinstance(dim, int)
    dim %= spec.rank
    if spec.shape[dim] == 1:
        result, better = ("0", "LogSigmoid") if kind == "LogSoftmax" else ("1", "Sigmoid")
        values = {"dim": str(dim), "shape": str(spec), "kind": kind, "result": result}
        fix = Fix("replace_kind", ReplaceKind(better), {"kind": better}, spot.id)
        return Problem("softmax_of_one", values, node=spot.id, port="input", fixes=(fix,))
    if dim == 0 and spec.rank > 1 and is_batch(spec.shape[0]):
        values = {"kind": kind, "shape": str(spec)}
        fixes = setting(spot, "dim", 1 if spec.rank > 3 else -1)
        return Problem("softmax_over_batch", values, node=spot.id, parameter="dim", fixes=fixes)
    return None


def _normalises_one(spot: Spot) -> Problem | None:
    sizes = spot.arguments["normalized_shape"]
    assert isinstance(sizes, tuple)
    if any(size != 1 for size in sizes):
        return None
    values = {"kind": spot.kind, "shape": str(spot.input)}
    return Problem("normalises_one", values, node=spot.id, port="input", fixes=bypass(spot))


def _dropout_all(spot: Spot) -> Problem | None:
    if spot.arguments["p"] != 1:
        return None
    return Problem("dropout_all", node=spot.id, parameter="p", fixes=setting(spot, "p", 0.5))


def _flatten_mixes_batch(spot: Spot) -> Problem | None:
    spec, start = spot.input, spot.arguments["start_dim"]
    if start not in (0, -spec.rank) or spec.rank < 2 or not is_batch(spec.shape[0]):
        return None
    return Problem(
        "flatten_mixes_batch",
        {"start": str(start)},
        node=spot.id,
        parameter="start_dim",
        fixes=setting(spot, "start_dim", 1),
    )


def _sequence(spot: Spot) -> Problem | None:
    spec, kind = spot.input, spot.kind
    first = spot.arguments["batch_first"] is True
    steps, batch = spec.shape[1 if first else 0], spec.shape[0 if first else 1]
    if is_batch(steps) and not is_batch(batch):
        values = {
            "got": str(first),
            "kind": kind,
            "layout": "N×T×C" if first else "T×N×C",
            "batch": str(steps),
            "shape": str(spec),
        }
        fixes = setting(spot, "batch_first", not first)
        return Problem("sequence_order", values, node=spot.id, parameter="batch_first", fixes=fixes)
    if steps == 1 and kind in ("RNN", "LSTM", "GRU") and spec.shape[2] != 1:
        dims: Arguments = {"dim0": 1 if first else 0, "dim1": 2}
        change = InsertBefore("input", "Transpose", dims)
        fix = Fix("insert_layer", change, {"kind": "Transpose"}, spot.id)
        values = {"shape": str(spec), "kind": kind}
        return Problem("sequence_of_one", values, node=spot.id, port="input", fixes=(fix,))
    return None


def _sizes(arguments: Arguments, name: str, rank: int) -> tuple[int, ...]:
    """Return one integer for each spatial dimension."""
    value = arguments.get(name, 1)
    if value is None:
        value = arguments["kernel_size"]
    return cast("tuple[int, ...]", value if isinstance(value, tuple) else (value,) * rank)


def _window(spot: Spot) -> Problem | None:
    spec, arguments = spot.input, spot.arguments
    rank = spec.rank - 2
    kernel, stride = _sizes(arguments, "kernel_size", rank), _sizes(arguments, "stride", rank)
    is_of_one = set(spec.shape[2:]) == {1}
    if max(stride) <= 2 and not is_of_one:  # as nearly always
        return None
    dilation = _sizes(arguments, "dilation", rank)
    spans = [d * (k - 1) + 1 for k, d in zip(kernel, dilation, strict=True)]
    if any(step > span > 1 for step, span in zip(stride, spans, strict=True)):
        values = {"stride": _brief(stride), "span": _brief(tuple(spans))}
        fixes = setting(spot, "stride", arguments["kernel_size"])
        return Problem("stride_skips", values, node=spot.id, parameter="stride", fixes=fixes)
    if spot.kind in CONVOLUTIONS and is_of_one and min(kernel) > 1:
        values = {"shape": str(spec), "span": _brief(tuple(spans))}
        change = SetArguments({"kernel_size": 1, "padding": 0})
        fix = Fix("kernel_of_one", change, node=spot.id)
        return Problem("kernel_sees_padding", values, node=spot.id, port="input", fixes=(fix,))
    return None


def _brief(sizes: tuple[int, ...]) -> str:
    return str(sizes[0]) if len(set(sizes)) == 1 else "×".join(map(str, sizes))


def _uneven_overlap(spot: Spot) -> Problem | None:
    """Find kernels whose size no stride divides (Odena et al. 2016, distill.pub)."""
    arguments = spot.arguments
    rank = spot.input.rank - 2
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
        node=spot.id,
        parameter="kernel_size",
        fixes=(Fix("even_kernel", change, {"value": "4"}, spot.id),),
    )


def _large_linear(spot: Spot) -> Problem | None:
    count = spot.weights[0].count
    if count <= _LARGE:
        return None
    flatten = spot.feeder
    if flatten is None or flatten.kind != "Flatten":
        return None
    spec = flatten.input
    pixels = [dim for dim in spec.shape[2:] if isinstance(dim, int)]
    if spec.rank != 4 or prod(pixels) <= _ENOUGH_PIXELS:
        return None
    change = InsertBefore("input", "AdaptiveAvgPool2d", {"output_size": 1})
    fix = Fix("insert_before", change, {"kind": change.kind, "name": flatten.name}, flatten.id)
    return Problem(
        "large_linear",
        {"name": spot.name, "count": f"{count:,}", "shape": str(spec)},
        node=spot.id,
        port="input",
        fixes=(fix,) if flatten.is_near else (),
    )


ADVISERS: Final[tuple[tuple[tuple[str, ...], Adviser], ...]] = (
    (("Softmax", "LogSoftmax", "Softmin"), _softmax),
    (("LayerNorm", "RMSNorm"), _normalises_one),
    (("Dropout", "Dropout1d", "Dropout2d", "Dropout3d", "AlphaDropout"), _dropout_all),
    (("Flatten",), _flatten_mixes_batch),
    (SEQUENCE_KINDS, _sequence),
    ((*CONVOLUTIONS, *_POOLS), _window),
    (("ConvTranspose1d", "ConvTranspose2d", "ConvTranspose3d"), _uneven_overlap),
    (("Linear",), _large_linear),
)
"""Which kinds each adviser looks at."""
