"""Uses of a layer kind drawn at random: arguments and inputs that fit, and that nearly do."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import torch
from hypothesis import strategies as st

from graph_model.layers import LAYERS
from graph_model.layers.kind import LayerKind
from graph_model.tensors import DTYPES, TensorSpec
from graph_model.values import Arguments, Parameter, Type, Value
from tests.graph_model.layers.operation_draws import (
    EQUATIONS,
    FURTHER,
    OPERATION_RANKS,
    PORT_DTYPES,
    USUAL_DTYPES,
    lists_for,
)

Sizes = tuple[int, ...]

_LARGE: Final = 16
"""Integer defaults above this are never drawn, which keeps torch quick."""
_MOST: Final = 6
_RANKS: Final = {
    **{f"{name}{rank}d": rank + 2 for name in ("", "Transpose") for rank in (1, 2, 3)},
    **dict.fromkeys(("RNN", "LSTM", "GRU", "MultiheadAttention", "Fold", "CTCLoss"), 3),
    **{name: 3 for name in LAYERS if name.startswith("Transformer")},
    **dict.fromkeys(("PixelShuffle", "PixelUnshuffle", "Unfold", "ChannelShuffle"), 4),
    **dict.fromkeys(("LocalResponseNorm", "Softmax2d", "CrossMapLRN2d"), 4),
    **dict.fromkeys(("RNNCell", "LSTMCell", "GRUCell", "CosineEmbeddingLoss"), 2),
    **dict.fromkeys(("Bilinear", "MultiLabelMarginLoss", "AdaptiveLogSoftmaxWithLoss"), 2),
    **dict.fromkeys(("CrossEntropyLoss", "NLLLoss", "MultiMarginLoss"), 2),
    **dict.fromkeys(("GaussianNLLLoss", "TripletMarginLoss", "PairwiseDistance"), 2),
    **OPERATION_RANKS,
}
_INDICES: Final = {"Embedding", "EmbeddingBag"}


@dataclass(frozen=True)
class Drawn:
    """One use of a kind: the arguments given, and a spec for each connected input."""

    kind: LayerKind
    arguments: Arguments
    inputs: Mapping[str, TensorSpec]


@st.composite
def uses(draw: st.DrawFn, kind: LayerKind) -> Drawn:
    """Draw arguments of the right types and bounds, and inputs of nearby shapes."""
    first = draw(_shapes(_rank(kind)))
    arguments: dict[str, Value] = {}
    for parameter in kind.parameters:
        is_always = _is_large(parameter.default) or parameter.type is Type.TEXT
        if is_always or draw(st.integers(0, 2)) == 0:
            arguments[parameter.name] = draw(_values(parameter, first))
    complete = kind.complete(arguments)
    if kind.name == "Fold":
        first = _unfolded(complete, first)
    if kind.name == "AffineGrid":
        first = (*first[:1], 2, 3)
    if kind.name == "ViewAsComplex" and draw(st.integers(0, 3)):
        first = (*first[:-1], 2)
    if kind.name == "EmbeddingBag":
        first = first[: draw(st.integers(1, 2))]
    dtype = draw(_dtypes(kind))
    inputs: dict[str, TensorSpec] = {}
    with_optional = draw(st.integers(0, 2)) == 0
    for port in kind.inputs(complete):
        needed = port not in kind.optional_inputs or (port == "offsets" and len(first) == 1)
        if not needed and not (with_optional and draw(st.integers(0, 9))):
            continue
        shape = _expected(kind, port, complete, first, inputs) if inputs else first
        if draw(st.integers(0, 5)) == 0:
            near = draw(_near(shape))
            # targets in one row are as many as the values of their lengths add up to
            shape = shape if port == "targets" and len(near) == 1 else near
        other = (
            draw(_dtypes(kind)) if draw(st.integers(0, 9)) == 0 else PORT_DTYPES.get(port, dtype)
        )
        if port.endswith("mask") and kind.family == "attention":
            other = draw(st.sampled_from(("bool", "bool", "float32")))
        else:
            other = _usual_dtype(kind, port) or other
        inputs[port] = TensorSpec(shape, other)
    return Drawn(kind, arguments, inputs)


_OF_CLASSES: Final = {"CrossEntropyLoss", "NLLLoss", "MultiMarginLoss"}
_WHOLE_TARGETS: Final = {"AdaptiveLogSoftmaxWithLoss", "MultiLabelMarginLoss", *_OF_CLASSES}


def _usual_dtype(kind: LayerKind, port: str) -> str:
    """Return the dtype of an input that differs from that of the first."""
    if port.endswith("mask"):
        return "bool"
    if port in _WHOLE or (port == "target" and kind.name in _WHOLE_TARGETS):
        return "int64"
    return "float32" if port == "per_sample_weights" else ""


def _unfolded(arguments: Mapping[str, Any], first: Sizes) -> Sizes:
    """Return the shape of columns that images of the wanted size give, else any."""
    size, given = arguments["output_size"], dict(arguments)
    given.pop("output_size")
    images = torch.zeros(
        2, first[0] if first else 1, *((size, size) if isinstance(size, int) else size)
    )
    try:
        return tuple(torch.nn.Unfold(**given)(images).shape)
    except RuntimeError:
        return first


def _is_large(default: Value) -> bool:
    entries = default if isinstance(default, tuple) else (default,)
    return any(isinstance(entry, int) and entry > _LARGE for entry in entries)


def _rank(kind: LayerKind) -> int | None:
    if kind.name in _RANKS:
        return _RANKS[kind.name]
    return _RANKS.get(kind.name[-2:]) if kind.name[-1] == "d" else None


def _shapes(rank: int | None) -> st.SearchStrategy[Sizes]:
    lengths = st.integers(0, 5).flatmap(
        lambda choice: st.integers(0, _MOST) if rank is None or not choice else st.just(rank)
    )
    sizes = st.integers(1, _MOST) | st.just(4)
    return lengths.flatmap(lambda length: st.tuples(*[sizes] * length))


def _dtypes(kind: LayerKind) -> st.SearchStrategy[str]:
    usual = "int64" if kind.name in _INDICES else USUAL_DTYPES.get(kind.name, "float32")
    return st.integers(0, 11).flatmap(
        lambda choice: st.just(usual) if choice else st.sampled_from(DTYPES)
    )


@st.composite
def _near(draw: st.DrawFn, shape: Sizes) -> Sizes:
    """Change one size, leave a leading dimension out, or add one."""
    change = draw(st.integers(0, 3)) if shape else 3
    index = draw(st.integers(0, max(len(shape) - 1, 0)))
    match change:
        case 0:
            return (*shape[:index], draw(st.integers(1, _MOST)), *shape[index + 1 :])
        case 1:
            return (*shape[:index], 1, *shape[index + 1 :])
        case 2:
            return shape[1:]
        case _:
            return (draw(st.integers(1, 3)), *shape)


def _expected(
    kind: LayerKind,
    port: str,
    arguments: Mapping[str, Any],
    first: Sizes,
    inputs: Mapping[str, TensorSpec],
) -> Sizes:
    """Return a shape that a further input may well have, by torch's documentation."""
    if (kind.name, port) in FURTHER:
        return FURTHER[kind.name, port](first)
    if port in _FURTHER:
        return _FURTHER[port](arguments, first)
    if port == "target" and kind.name in {"CosineEmbeddingLoss", "AdaptiveLogSoftmaxWithLoss"}:
        return first[:1]
    if port == "target" and kind.name in _OF_CLASSES:
        return first[:1] + first[2:]
    if kind.name == "MatMul" and len(first) >= 2:
        return (*first[:-2], first[-1], first[-2])
    return first


def _state(arguments: Mapping[str, Any], first: Sizes, size: int) -> Sizes:
    if "num_layers" not in arguments:  # of a cell
        return (*first[:-1], size)
    batch = first[0 if arguments["batch_first"] else 1] if len(first) > 1 else 1
    return (arguments["num_layers"] * (2 if arguments["bidirectional"] else 1), batch, size)


def _mask(arguments: Mapping[str, Any], first: Sizes) -> Sizes:
    if "batch_first" not in arguments:  # as of MaskedFill
        return first
    return first[:2] if arguments["batch_first"] else first[1::-1]


_FURTHER: Final[Mapping[str, Callable[[Mapping[str, Any], Sizes], Sizes]]] = {
    "hx": lambda a, first: (*first[:-1], a["hidden_size"]),
    "h_0": lambda a, first: _state(a, first, a.get("proj_size") or a["hidden_size"]),
    "c_0": lambda a, first: _state(a, first, a["hidden_size"]),
    "key_padding_mask": _mask,
    "src_key_padding_mask": _mask,
    **dict.fromkeys(("tgt_key_padding_mask", "memory_key_padding_mask"), _mask),
    **dict.fromkeys(
        ("attn_mask", "mask", "src_mask", "tgt_mask", "memory_mask"),
        lambda a, first: _mask(a, first)[1:] * 2,
    ),
    "offsets": lambda _, first: tuple(max(size // 2, 1) for size in first[:1]),
    "targets": lambda _, first: (*first[1:2], 3),
    "input_lengths": lambda _, first: first[1:2],
    "target_lengths": lambda _, first: first[1:2],
    "var": lambda _, first: (*first[:-1], 1),
}
_WHOLE: Final = {"indices", "offsets", "targets", "input_lengths", "target_lengths"}


def _values(parameter: Parameter, shape: Sizes) -> st.SearchStrategy[Value]:
    """Draw values that suit a parameter by itself, for an input of this shape."""
    none: st.SearchStrategy[Value] = st.none() if parameter.accepts_none else st.nothing()
    return none | _FOR_TYPE[parameter.type](parameter, shape)


def _integer(parameter: Parameter, shape: Sizes) -> st.SearchStrategy[Value]:
    if parameter.name in {"num_heads", "nhead"}:
        return st.sampled_from((1, 1, 2, 3, *shape[-1:]))
    if parameter.name == "outputs":
        return st.sampled_from([size for size in shape if size > 1] or [2])
    if parameter.inferred:
        return st.nothing() if parameter.name == "normalized_shape" else st.none() | st.just(4)
    if parameter.minimum is None:
        return st.integers(-5, 5)
    low = int(parameter.minimum)
    return st.integers(
        low, low + (2 if parameter.name in {"num_layers", "groups", "inputs"} else 7)
    )


def _number(parameter: Parameter, _: Sizes) -> st.SearchStrategy[Value]:
    low = -1.0 if parameter.minimum is None else max(parameter.minimum, -2.0)
    if parameter.above is not None:
        low = parameter.above + 0.25
    high = min(low + 3, math.inf if parameter.maximum is None else parameter.maximum)
    return st.floats(low, high, width=16).map(lambda value: round(value, 2))


def _sizes(parameter: Parameter, _: Sizes) -> st.SearchStrategy[Value]:
    low = -1 if parameter.minimum is None else int(parameter.minimum)
    one = st.integers(low, low + 2)
    words = st.sampled_from(parameter.choices) if parameter.choices else st.nothing()
    return one | st.tuples(*[one] * parameter.length) | words


def _integers(parameter: Parameter, shape: Sizes) -> st.SearchStrategy[Value]:
    if parameter.inferred:
        return st.none() | st.just(shape[-1:] or (1,)) | st.just((4,))
    rank = len(shape)
    within = st.integers(-rank, max(rank - 1, 0))
    lists = {
        "dim": st.lists(within, min_size=1, max_size=2),
        "shape": st.permutations(shape)
        | st.permutations((-1, *shape[:-1]))
        | st.lists(st.sampled_from((-1, 1, 2, 3, 4, 6, 12)), max_size=3),
        "cutoffs": st.lists(st.integers(1, 6), min_size=1, max_size=2, unique=True).map(sorted),
        "unflattened_size": st.lists(st.sampled_from((-1, 1, 2, 3)), max_size=3),
        **lists_for(shape),
    }[parameter.name]
    return lists.map(tuple) | st.lists(st.integers(-5, 5), max_size=4).map(tuple)


def _numbers(_: Parameter, shape: Sizes) -> st.SearchStrategy[Value]:
    lengths = st.sampled_from((*shape[1:2], *shape[-1:], 3))
    return lengths.flatmap(lambda length: st.tuples(*[st.floats(0, 3, width=16)] * length))


_FOR_TYPE: Final[Mapping[Type, Callable[[Parameter, Sizes], st.SearchStrategy[Value]]]] = {
    Type.INTEGER: _integer,
    Type.NUMBER: _number,
    Type.BOOLEAN: lambda *_: st.booleans(),
    Type.CHOICE: lambda parameter, _: st.sampled_from(parameter.choices),
    Type.SIZES: _sizes,
    Type.INTEGERS: _integers,
    Type.NUMBERS: _numbers,
    Type.TEXT: lambda *_: st.sampled_from(EQUATIONS),
}

COMPUTING: Final = tuple(kind for kind in LAYERS.values() if kind.family != "input_output")
"""The kinds that compute something."""
BY_THE_DATA: Final = frozenset({"Nonzero", "MaskedSelect"})
"""Those whose sizes only the data tell, and no rule of shapes."""
