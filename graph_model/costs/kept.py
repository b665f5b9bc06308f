"""What autograd keeps of one call until the gradients come back, by torch's own formulas.

The facts are those of torch on the CPU. On a GPU some differ in detail: the mask of a dropout
takes a quarter there. Source: ``derivatives.yaml`` in PyTorch, and what
``torch.autograd.graph.saved_tensors_hooks`` shows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from graph_model.costs.kept_attention import (
    attention,
    decoder,
    encoder,
    scaled_attention,
    transformer,
)
from graph_model.costs.kept_value import Kept
from graph_model.costs.sizes import elements, size_of
from graph_model.layers.call import Call
from graph_model.layers.convolution import SAME, added_padding
from graph_model.tensors import TensorSpec

_FLOAT: Final = 4
_INDEX: Final = 8


def kept(call: Call) -> Kept:
    """Return what autograd keeps of a call that takes part in the gradient."""
    return _RULES.get(call.kind, _nothing)(call)


def shares_memory(call: Call) -> bool:
    """Tell whether the outputs are the first input seen in another way, or written over it."""
    if call.flag("inplace"):
        return True
    if call.kind in ("Cast", "CastLike"):
        return call.output.dtype == call.inputs["input"].dtype
    return call.kind in _VIEWS or (call.kind in _DROPOUTS and call.arguments["p"] == 0)


def has_gradient(call: Call, port: str) -> bool:
    """Tell whether gradients flow back through an output."""
    return call.outputs[port].has_fractions and call.kind not in _NO_GRADIENT


def _names(*listed: str) -> frozenset[str]:
    return frozenset(name for each in listed for name in each.split())


def _for_ranks(*names: str) -> frozenset[str]:
    return frozenset(f"{name}{rank}d" for name in names for rank in (1, 2, 3))


def _floating(call: Call) -> tuple[str, ...]:
    return tuple(port for port, spec in call.inputs.items() if spec.has_fractions)


def _first(call: Call) -> TensorSpec:
    return next(iter(call.inputs.values()))


# Rules


def _nothing(_: Call) -> Kept:
    return Kept()


def _inputs(call: Call) -> Kept:
    return Kept(_floating(call))


def _output(call: Call) -> Kept:
    return Kept(outputs=tuple(call.outputs)[:1])


def _both(call: Call) -> Kept:
    return Kept(_floating(call), tuple(call.outputs)[:1])


def _crosswise(call: Call) -> Kept:
    return Kept(_floating(call), crosswise=True)


def _indices(call: Call) -> Kept:
    """Keep where the values were taken from, an output or not, and not the input."""
    return Kept(outputs=("indices",))


def _input_and_indices(call: Call) -> Kept:
    return Kept(("input",), ("indices",))


def _whole_numbers(call: Call) -> Kept:
    """Keep the inputs that are no real numbers: indices, and conditions."""
    return Kept(tuple(port for port, spec in call.inputs.items() if not spec.has_fractions))


def _added_rows(_: Call) -> Kept:
    """Keep what was added, for its shape, and where."""
    return Kept(("index", "source"))


def _real_inputs(call: Call) -> Kept:
    """Keep the inputs that are no complex numbers, which the gradient is to be like."""
    return Kept(tuple(port for port, spec in call.inputs.items() if spec.is_floating))


def _transformed(call: Call) -> Kept:
    """Keep real numbers, which the gradient is to be like, or what zeros were added to."""
    x, dims = _first(call), call.arguments["dim"]
    asked = call.arguments["n"] if "n" in call.arguments else call.arguments["s"]
    places = dims if isinstance(dims, tuple) else (dims,)
    sizes = asked if isinstance(asked, tuple) else () if asked is None else (asked,)
    made = x
    for dim, size in zip(places, sizes, strict=False):
        assert isinstance(dim, int)
        assert isinstance(size, int)
        made = made.with_dim(dim, size)
    is_longer = any(
        not isinstance(was, int) or not isinstance(now, int) or now > was
        for was, now in zip(x.shape, made.shape, strict=True)
    )
    return Kept(extra=size_of(made)) if is_longer and x.is_floating else _real_inputs(call)


def _everything(call: Call) -> Kept:
    return Kept(tuple(call.inputs))


def _places(call: Call) -> Kept:
    """Keep the input, and where in it each value of the output is."""
    if "indices" in call.outputs:
        return Kept(("input",), ("indices",))
    return Kept(("input",), extra=elements(call.output.shape) * _INDEX)


def _windows_of_any_size(call: Call) -> Kept:
    is_mean = all(size == 1 for size in call.output.shape[2:])
    return Kept() if is_mean else Kept(("input",))


def _resized(call: Call) -> Kept:
    return _windows_of_any_size(call) if call.arguments["mode"] == "area" else Kept()


def _powers(call: Call) -> Kept:
    """Keep the powers, their means and what is made of these."""
    return Kept(("input",), extra=size_of(_first(call)) + 4 * size_of(call.output))


def _window(call: Call) -> Kept:
    """Keep the input, or what padding that is not zeros made of it; some keep both."""
    mode = call.arguments["padding_mode"]
    x = call.inputs["input"]
    added = added_padding(call.arguments, x.rank - 2)
    if mode == "zeros" and call.arguments["padding"] == SAME:
        added = tuple(each % 2 for each in added)  # what is more on one side, torch adds itself
        mode = "zeros" if not any(added) else "circular"
    if mode == "zeros":
        return Kept(("input",))
    padded = (size + more for size, more in zip(x.shape[2:], added, strict=True))
    made = size_of(x.with_shape(*x.shape[:2], *padded))
    return Kept(() if mode == "circular" else ("input",), extra=made)


def _multiplied(call: Call) -> Kept:
    """Keep the inputs, and the products on the way where there are more than two."""
    between = max(0, len(call.inputs) - 2) * size_of(call.output)
    return Kept(_floating(call), extra=between, crosswise=True)


def _statistics(groups: Callable[[Call], int]) -> Callable[[Call], Kept]:
    """Keep the input, and a mean and a deviation for each group."""
    return lambda call: Kept(("input",), extra=2 * _FLOAT * groups(call))


def _channels(call: Call) -> int:
    return elements(_first(call).shape[1:2])


def _instances(call: Call) -> Kept:
    """Keep statistics for each channel of each sample; what is one for all samples is repeated."""
    repeated = call.flag("affine") + 2 * call.flag("track_running_stats")
    each = elements(_first(call).shape[:2])
    return Kept(("input",), extra=(2 + repeated) * _FLOAT * each)


def _groups(call: Call) -> int:
    return elements(_first(call).shape[:1]) * call.integer("num_groups")


def _rows(call: Call) -> int:
    shape, normalized = _first(call).shape, call.arguments["normalized_shape"]
    assert isinstance(normalized, tuple)
    return elements(shape[: len(shape) - len(normalized)])


def _root_mean_square(call: Call) -> Kept:
    normalised = size_of(_first(call)) if call.weights else 0
    return Kept(("input",), extra=_FLOAT * _rows(call) + normalised)


def _neighbours(call: Call) -> Kept:
    """Keep squares with padding, their means, and the powers of these."""
    x, size = _first(call), call.integer("size")
    padded = elements((x.shape[0], x.shape[1] + size - 1, *x.shape[2:]))
    return Kept(("input",), extra=padded * _FLOAT + 2 * size_of(x))


def _input_and_one_more(call: Call) -> Kept:
    return Kept(_floating(call), extra=size_of(call.output))


def _inputs_twice(call: Call) -> Kept:
    """Keep the inputs, and as much again of what is made of them on the way."""
    return Kept(tuple(call.inputs), extra=sum(map(size_of, call.inputs.values())))


def _one_more(call: Call) -> Kept:
    return Kept(extra=size_of(call.output))


def _mask(call: Call) -> Kept:
    return Kept(extra=size_of(_first(call)) if call.arguments["p"] else 0)


def _mask_of_channels(call: Call) -> Kept:
    x = _first(call)
    return Kept(extra=size_of(x.with_shape(*x.shape[:2])) if call.arguments["p"] else 0)


def _mask_of_samples(call: Call) -> Kept:
    """Keep a number for each sample, which the input is multiplied with."""
    return Kept(extra=size_of(_first(call).with_shape(_first(call).shape[0])))


def _power(call: Call) -> Kept:
    return _both(call) if "other" in call.inputs else Kept(("input",))


def _remainder(call: Call) -> Kept:
    return _inputs(call) if "other" in call.inputs else Kept()


def _norms(call: Call) -> Kept:
    """Keep the input, its norm, and what it is divided by."""
    x = _first(call)
    return Kept(("input",), extra=2 * size_of(x) // max(1, _size_along(call)))


def _size_along(call: Call) -> int:
    return elements((_first(call).shape[call.integer("dim")],))


def _states(call: Call) -> Kept:
    """Keep gates and states of each step, and the sequences between layers."""
    steps, hidden = elements(_first(call).shape[:-1]), call.integer("hidden_size")
    layers = call.integer("num_layers") if "num_layers" in call.arguments else 1
    directions = 2 if call.flag("bidirectional") else 1
    numbers = layers * directions * _OF_EACH_STEP[call.kind]
    drops = call.arguments.get("dropout", 0) != 0
    numbers += (layers - 1) * directions * (1 + drops)
    turned_round = size_of(_first(call)) if directions == 2 else 0
    return Kept(_floating(call), extra=steps * hidden * numbers * _FLOAT + turned_round)


_OF_EACH_STEP: Final = {"RNN": 1, "LSTM": 17, "GRU": 7, "RNNCell": 2, "LSTMCell": 6, "GRUCell": 7}
"""How many numbers are kept for each feature of the state.

They are those that torch 2.13 was seen to keep: what its fused kernels save as workspace stands in
no formula of ``derivatives.yaml``. The tests hold them to what the installed torch keeps.
"""


_VIEWS: Final = _names(
    "Real Imag ViewAsReal ViewAsComplex",
    "Flatten Unflatten Reshape Permute Transpose Squeeze Unsqueeze Select Slice Identity Expand",
    "ExpandLike MoveDim Split Chunk Unbind Windows Detach Diagonal ReshapeLike UnflattenLike",
)
_NO_GRADIENT: Final = _names(
    "Detach ZerosLike OnesLike FullLike RandnLike RandLike Bernoulli Normal Buffer Constant",
    "Rand Randn Randint",
)
_DROPOUTS: Final = _names("Dropout Dropout1d Dropout2d Dropout3d AlphaDropout FeatureAlphaDropout")

_RULES: Final[Mapping[str, Callable[[Call], Kept]]] = {
    **dict.fromkeys(_names("Linear Divide MatMul BatchMatMul Einsum Outer"), _crosswise),
    **dict.fromkeys(_names("Interpolate InterpolateLike"), _resized),
    "Multiply": _multiplied,
    **dict.fromkeys(_for_ranks("Conv"), _window),
    **dict.fromkeys(_for_ranks("ConvTranspose", "AvgPool"), _inputs),
    **dict.fromkeys(_for_ranks("ReflectionPad", "ReplicationPad"), _inputs),
    **dict.fromkeys(_for_ranks("MaxPool", "AdaptiveMaxPool", "FractionalMaxPool"), _places),
    **dict.fromkeys(_for_ranks("AdaptiveAvgPool"), _windows_of_any_size),
    **dict.fromkeys(_for_ranks("LPPool"), _powers),
    **dict.fromkeys(_for_ranks("MaxUnpool"), _whole_numbers),
    **dict.fromkeys(_for_ranks("BatchNorm"), _statistics(_channels)),
    **dict.fromkeys(_for_ranks("InstanceNorm"), _instances),
    "LayerNorm": _statistics(_rows),
    "GroupNorm": _statistics(_groups),
    "RMSNorm": _root_mean_square,
    "LocalResponseNorm": _neighbours,
    **dict.fromkeys(
        _names(
            "Bilinear LeakyReLU PReLU Threshold ReLU6 GELU SiLU Mish ELU CELU SELU Hardsigmoid",
            "Hardswish Hardtanh Softplus Softshrink Hardshrink GLU Abs Square Log Log1p Log2",
            "Log10 Sin Cos Asin Acos Atan Sinh Cosh Erf Erfc Lgamma NanToNum Atan2 LogAddExp",
            "Clamp Var Maximum Minimum GridSample Angle",
        ),
        _inputs,
    ),
    **dict.fromkeys(
        _names(
            "ReLU Sigmoid Tanh Softmax Softmin Softmax2d LogSoftmax Exp Expm1 Sqrt Rsqrt",
            "Reciprocal Tan Inverse",
        ),
        _output,
    ),
    **dict.fromkeys(
        _names(
            "Max Min Prod Std LogSumExp Norm CumProd LogCumSumExp Hypot PairwiseDistances",
            "CrossMapLRN2d",
        ),
        _both,
    ),
    **dict.fromkeys(_names("RReLU LogSigmoid Softsign"), _input_and_one_more),
    "Tanhshrink": _one_more,
    **dict.fromkeys(_names("Dropout AlphaDropout"), _mask),
    "DropPath": _mask_of_samples,
    **dict.fromkeys(_names("Dropout1d Dropout2d Dropout3d FeatureAlphaDropout"), _mask_of_channels),
    "Power": _power,
    "Remainder": _remainder,
    "Normalize": _norms,
    **dict.fromkeys(_names("Lookup IndexSelect ScatterAdd MaskedFill Where"), _whole_numbers),
    **dict.fromkeys(_names("Embedding Scatter"), _whole_numbers),
    **dict.fromkeys(_names("Gather TakeAlongDim"), _everything),
    "IndexAdd": _added_rows,
    **dict.fromkeys(_names("FFT IFFT RFFT RFFT2 RFFTN"), _transformed),
    "Complex": _real_inputs,
    "Polar": _output,
    **dict.fromkeys(_names("CumMax CumMin"), _input_and_indices),
    **dict.fromkeys(_names("Sort TopK KthValue Median MaxWithIndices MinWithIndices"), _indices),
    **dict.fromkeys(_names("RNN LSTM GRU RNNCell LSTMCell GRUCell"), _states),
    **dict.fromkeys(
        _names(
            "PairwiseDistance MarginRankingLoss TripletMarginLoss GaussianNLLLoss",
            "MultiLabelMarginLoss CTCLoss AdaptiveLogSoftmaxWithLoss",
        ),
        _everything,
    ),
    **dict.fromkeys(_names("CosineSimilarity CosineEmbeddingLoss EmbeddingBag"), _inputs_twice),
    "ScaledDotProductAttention": scaled_attention,
    "MultiheadAttention": attention,
    **dict.fromkeys(_names("TransformerEncoderLayer TransformerEncoder"), encoder),
    **dict.fromkeys(_names("TransformerDecoderLayer TransformerDecoder"), decoder),
    "Transformer": transformer,
}
