"""Operations of torch that are layers of the catalogue, with their weights."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import numpy as np

from codegen.archives.aten_step import AtenStep
from codegen.archives.graph import Filled
from codegen.importing.values import Tensor


def _few(values: Any, rank: int) -> Any:
    """Return one number for several equal ones."""
    several = list(values) if isinstance(values, list | tuple) else [values]
    several = several * rank if len(several) == 1 else several
    return several[0] if len(set(several)) == 1 else tuple(several)


def _convolution(
    step: AtenStep,
    input: Any,
    weight: Any,
    bias: Any = None,
    stride: Any = 1,
    padding: Any = 0,
    dilation: Any = 1,
    groups: int = 1,
) -> Any:
    array = step.fixed(weight)
    rank = array.ndim - 2
    arguments = {
        "out_channels": array.shape[0],
        "kernel_size": _few(array.shape[2:], rank),
        "stride": _few(stride, rank),
        "padding": padding if isinstance(padding, str) else _few(padding, rank),
        "dilation": _few(dilation, rank),
        "groups": groups,
        "bias": bias is not None,
    }
    return step.layer(f"Conv{rank}d", arguments, input, weight=weight, bias=bias)


def _transposed(
    step: AtenStep,
    input: Any,
    weight: Any,
    bias: Any = None,
    stride: Any = 1,
    padding: Any = 0,
    output_padding: Any = 0,
    groups: int = 1,
    dilation: Any = 1,
) -> Any:
    array = step.fixed(weight)
    rank = array.ndim - 2
    arguments = {
        "out_channels": array.shape[1] * groups,
        "kernel_size": _few(array.shape[2:], rank),
        "stride": _few(stride, rank),
        "padding": _few(padding, rank),
        "output_padding": _few(output_padding, rank),
        "dilation": _few(dilation, rank),
        "groups": groups,
        "bias": bias is not None,
    }
    return step.layer(f"ConvTranspose{rank}d", arguments, input, weight=weight, bias=bias)


def _any_convolution(
    step: AtenStep,
    input: Any,
    weight: Any,
    bias: Any,
    stride: Any,
    padding: Any,
    dilation: Any,
    transposed: bool,
    output_padding: Any,
    groups: int,
    *rest: Any,
) -> Any:
    if transposed:
        return _transposed(
            step, input, weight, bias, stride, padding, output_padding, groups, dilation
        )
    return _convolution(step, input, weight, bias, stride, padding, dilation, groups)


def _linear(step: AtenStep, input: Any, weight: Any, bias: Any = None) -> Any:
    if not isinstance(weight, np.ndarray):
        turned = step.one("Transpose", {"dim0": -2, "dim1": -1}, input=step.tensor(weight))
        product = step.sign("@", step.tensor(input), turned)
        return product if bias is None else step.sign("+", product, step.tensor(bias))
    arguments = {"out_features": weight.shape[0], "bias": bias is not None}
    return step.layer("Linear", arguments, input, weight=weight, bias=bias)


def _sum_and_product(
    step: AtenStep, bias: Any, input: Any, weight: Any, *, beta: Any = 1, alpha: Any = 1
) -> Any:
    if (beta, alpha) != (1, 1):
        raise step.unfit("it has factors")
    if not isinstance(weight, np.ndarray):
        product = step.sign("@", step.tensor(input), step.tensor(weight))
        return step.sign("+", step.tensor(bias), product)
    return _linear(step, input, step.turned(weight), bias)


def _product(step: AtenStep, input: Any, other: Any) -> Any:
    if isinstance(other, np.ndarray) and other.ndim == 2 and not isinstance(input, np.ndarray):
        return _linear(step, input, step.turned(other))
    return step.sign("@", step.tensor(input), step.tensor(other))


def _embedding(
    step: AtenStep,
    weight: Any,
    indices: Any,
    padding_idx: int = -1,
    scale_grad_by_freq: bool = False,
    sparse: bool = False,
) -> Any:
    if not isinstance(weight, np.ndarray):
        return step.one("Lookup", {}, input=step.tensor(weight), index=step.tensor(indices))
    arguments: dict[str, Any] = {
        "num_embeddings": weight.shape[0],
        "embedding_dim": weight.shape[1],
    }
    if padding_idx >= 0:
        arguments["padding_idx"] = padding_idx
    return step.layer("Embedding", arguments, indices, weight=weight)


def _layer_norm(
    step: AtenStep,
    input: Any,
    normalized_shape: Sequence[int],
    weight: Any = None,
    bias: Any = None,
    eps: float = 1e-5,
    cudnn_enable: bool = True,
) -> Any:
    arguments: dict[str, Any] = {"dims": len(normalized_shape), "eps": eps}
    if weight is None:
        arguments["elementwise_affine"] = False
    elif bias is None:
        arguments["bias"] = False
    return step.layer("LayerNorm", arguments, input, weight=weight, bias=bias)


def _rms_norm(
    step: AtenStep,
    input: Any,
    normalized_shape: Sequence[int],
    weight: Any = None,
    eps: float | None = None,
) -> Any:
    arguments: dict[str, Any] = {"dims": len(normalized_shape), "eps": eps}
    if weight is None:
        arguments["elementwise_affine"] = False
    return step.layer("RMSNorm", arguments, input, weight=weight)


def _batch_norm(
    step: AtenStep,
    input: Any,
    weight: Any,
    bias: Any,
    running_mean: Any,
    running_var: Any,
    training: bool,
    momentum: float,
    eps: float,
    cudnn_enabled: bool = True,
) -> Any:
    kinds = {2: "BatchNorm1d", 3: "BatchNorm1d", 4: "BatchNorm2d", 5: "BatchNorm3d"}
    kind = kinds.get(step.rank(input))
    if kind is None or running_mean is None:
        raise step.unfit("it keeps no statistics")
    arguments = {"eps": eps, "momentum": momentum, "affine": weight is not None}
    counted = np.zeros((), np.int64)
    return step.layer(
        kind,
        arguments,
        input,
        weight=weight,
        bias=bias,
        running_mean=running_mean,
        running_var=running_var,
        num_batches_tracked=counted,
    )


def _instance_norm(
    step: AtenStep,
    input: Any,
    weight: Any,
    bias: Any,
    running_mean: Any,
    running_var: Any,
    use_input_stats: bool,
    momentum: float,
    eps: float,
    cudnn_enabled: bool = True,
) -> Any:
    kind = {3: "InstanceNorm1d", 4: "InstanceNorm2d", 5: "InstanceNorm3d"}.get(step.rank(input))
    if kind is None or not use_input_stats or running_mean is not None:
        raise step.unfit("it keeps statistics")
    arguments = {"eps": eps, "affine": weight is not None}
    return step.layer(kind, arguments, input, weight=weight, bias=bias)


def _group_norm(
    step: AtenStep,
    input: Any,
    num_groups: int,
    weight: Any = None,
    bias: Any = None,
    eps: float = 1e-5,
    cudnn_enabled: bool = True,
) -> Any:
    is_affine = weight is not None and bias is not None
    arguments = {"num_groups": num_groups, "eps": eps, "affine": is_affine}
    if is_affine or (weight is None and bias is None):
        return step.layer("GroupNorm", arguments, input, weight=weight, bias=bias)
    found = step.layer("GroupNorm", arguments, input)
    sign, learned = ("*", weight) if bias is None else ("+", bias)
    shape = (step.spec(learned).shape[0], *[1] * (step.rank(input) - 2))
    each = step.calls.call(None, "reshape", [step.tensor(learned), shape], {})  # type: ignore[arg-type]
    return step.sign(sign, found, each)


def _prelu(step: AtenStep, input: Any, weight: Any) -> Any:
    arguments = {"num_parameters": step.fixed(weight).size}
    return step.layer("PReLU", arguments, input, weight=weight)


def _bilinear(step: AtenStep, input1: Any, input2: Any, weight: Any, bias: Any = None) -> Any:
    arguments = {"out_features": step.fixed(weight).shape[0], "bias": bias is not None}
    inputs = {"input1": input1, "input2": input2}
    return step.layer("Bilinear", arguments, inputs, weight=weight, bias=bias)


def _recurrent(kind: str, **always: str) -> Callable[..., Any]:
    """Return what draws a recurrent layer."""

    def draw(
        step: AtenStep,
        input: Any,
        states: Any,
        params: Sequence[Any],
        has_biases: bool,
        num_layers: int,
        dropout: float,
        train: bool,
        bidirectional: bool,
        batch_first: bool,
    ) -> Any:
        suffixes = [
            f"_l{layer}{end}"
            for layer in range(num_layers)
            for end in (("", "_reverse") if bidirectional else ("",))
        ]
        parts = ("weight_ih", "weight_hh", *(("bias_ih", "bias_hh") if has_biases else ()))
        names = [f"{part}{suffix}" for suffix in suffixes for part in parts]
        if len(params) != len(names):
            raise step.unfit("it has a projection")
        arguments = {
            "hidden_size": step.fixed(params[1]).shape[1],
            "num_layers": num_layers,
            "bias": has_biases,
            "batch_first": batch_first,
            "dropout": dropout,
            "bidirectional": bidirectional,
            **always,
        }
        inputs: dict[str, Any] = {"input": input}
        given = [*states] if isinstance(states, list | tuple) else [states]
        if not all(_is_zero(each) for each in given):
            inputs |= dict(zip(("h_0", "c_0"), given, strict=False))
        weights = dict(zip(names, params, strict=True))
        return [*step.several_of_layer(kind, arguments, inputs, weights).values()]

    return draw


def _is_zero(value: Any) -> bool:
    return isinstance(value, Filled) and value.value == 0


def _dropout(step: AtenStep, input: Any, p: float, train: bool = False) -> Tensor:
    kind = {"alpha_dropout": "AlphaDropout"}.get(step.kind, "Dropout")
    found: Tensor = step.one(kind, {"p": p}, input=step.tensor(input))
    return found


def _self_attention(
    step: AtenStep,
    query: Any,
    key: Any,
    value: Any,
    embed_dim: int,
    num_heads: int,
    in_weight: Any,
    in_bias: Any,
    out_weight: Any,
    out_bias: Any,
    mask: Any = None,
    need_weights: bool = True,
    average: bool = True,
    mask_type: int | None = None,
) -> Any:
    """Draw what torch does at once for MultiheadAttention in evaluation."""
    weights = {
        "in_proj_weight": in_weight,
        "in_proj_bias": in_bias,
        "out_proj.weight": out_weight,
        "out_proj.bias": out_bias,
    }
    inputs = {"query": query, "key": key, "value": value}
    if mask is not None:
        if mask_type not in (0, 1):
            raise step.unfit("it has two masks in one")
        inputs["key_padding_mask" if mask_type else "attn_mask"] = mask
    arguments = {"num_heads": num_heads, "batch_first": True}
    found = step.several_of_layer("MultiheadAttention", arguments, inputs, weights)
    return [next(iter(found.values())), None]


LAYERS: Final[Mapping[str, Callable[..., Any]]] = {
    **dict.fromkeys(("conv1d", "conv2d", "conv3d"), _convolution),
    **dict.fromkeys(("conv_transpose1d", "conv_transpose2d", "conv_transpose3d"), _transposed),
    "convolution": _any_convolution,
    "_convolution": _any_convolution,
    "linear": _linear,
    "addmm": _sum_and_product,
    "matmul": _product,
    "mm": _product,
    "embedding": _embedding,
    "layer_norm": _layer_norm,
    "rms_norm": _rms_norm,
    "batch_norm": _batch_norm,
    "instance_norm": _instance_norm,
    "group_norm": _group_norm,
    "_native_multi_head_attention": _self_attention,
    "prelu": _prelu,
    "bilinear": _bilinear,
    "lstm": _recurrent("LSTM"),
    "gru": _recurrent("GRU"),
    "rnn_tanh": _recurrent("RNN", nonlinearity="tanh"),
    "rnn_relu": _recurrent("RNN", nonlinearity="relu"),
    "dropout": _dropout,
    "feature_dropout": _dropout,
    "alpha_dropout": _dropout,
}
"""What draws each operation, called with the arguments that torch gives it."""
