"""Operators of ONNX that are layers of the catalogue, with their weights as torch has them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import numpy as np

from codegen.archives.graph import Array
from codegen.archives.step import Step
from codegen.importing.values import Tensor


def _few(values: Sequence[int]) -> Any:
    """Return one number for several equal ones."""
    return values[0] if len(set(values)) == 1 else tuple(values)


class Window:
    """The sizes of a kernel that moves: as one number where they are equal on all axes."""

    def __init__(self, step: Step, kernel: Sequence[int]) -> None:
        rank = len(kernel)
        self.kernel = [int(each) for each in kernel]
        self.stride = [int(each) for each in step.attribute("strides") or [1] * rank]
        self.dilation = [int(each) for each in step.attribute("dilations") or [1] * rank]
        pads = [int(each) for each in step.attribute("pads") or [0] * (2 * rank)]
        auto = step.attribute("auto_pad", "NOTSET")
        if auto in ("SAME_UPPER", "SAME_LOWER"):
            pads = self._same(step, is_upper=auto == "SAME_UPPER")
        elif auto == "VALID":
            pads = [0] * (2 * rank)
        self.before, self.after = pads[:rank], pads[rank:]

    def _same(self, step: Step, *, is_upper: bool) -> list[int]:
        """Return paddings that give the size of the input over the stride, rounded up."""
        totals = []
        sizes = step.spec(0).shape[2:]
        for size, kernel, stride, dilation in zip(
            sizes, self.kernel, self.stride, self.dilation, strict=True
        ):
            reach = (kernel - 1) * dilation + 1
            if stride == 1:
                totals.append(reach - 1)
            elif isinstance(size, int):
                totals.append(max((-(-size // stride) - 1) * stride + reach - size, 0))
            else:
                raise step.unfit("its padding depends on a size that is not known")
        less = [each // 2 for each in totals]
        more = [total - each for total, each in zip(totals, less, strict=True)]
        return [*less, *more] if is_upper else [*more, *less]

    @property
    def is_even(self) -> bool:
        """Whether as much is added before as behind."""
        return self.before == self.after

    def padded(self, step: Step, x: Tensor, value: float) -> Tensor:
        """Draw what is added around the input, where that is not the same before and behind."""
        pairs = [*zip(self.before, self.after, strict=True)]
        flat = tuple(each for pair in reversed(pairs) for each in pair)
        self.before = self.after = [0] * len(pairs)
        found: Tensor = step.one("Pad", {"pad": flat, "value": value}, input=x)
        return found


def _conv(step: Step) -> Any:
    weight, bias = step.fixed(1), step.weight(2)
    rank = weight.ndim - 2
    if rank not in (1, 2, 3):
        raise step.unfit(f"a kernel of {rank} dimensions is none")
    window = Window(step, weight.shape[2:])
    x = step.x if window.is_even else window.padded(step, step.x, 0.0)
    arguments = {
        "out_channels": weight.shape[0],
        "kernel_size": _few(weight.shape[2:]),
        "stride": _few(window.stride),
        "padding": _few(window.before),
        "dilation": _few(window.dilation),
        "groups": int(step.attribute("group", 1)),
        "bias": bias is not None,
    }
    return _with_weights(step, f"Conv{rank}d", arguments, x, weight, bias)


def _conv_transposed(step: Step) -> Any:
    weight, bias = step.fixed(1), step.weight(2)
    rank = weight.ndim - 2
    window = Window(step, weight.shape[2:])
    groups = int(step.attribute("group", 1))
    if rank not in (1, 2, 3) or not window.is_even or step.attribute("output_shape"):
        raise step.unfit("its padding is not the same on both sides")
    if step.attribute("auto_pad", "NOTSET").startswith("SAME"):
        raise step.unfit("its padding follows from its output")
    arguments = {
        "out_channels": weight.shape[1] * groups,
        "kernel_size": _few(weight.shape[2:]),
        "stride": _few(window.stride),
        "padding": _few(window.before),
        "output_padding": _few(step.attribute("output_padding") or [0] * rank),
        "dilation": _few(window.dilation),
        "groups": groups,
        "bias": bias is not None,
    }
    return _with_weights(step, f"ConvTranspose{rank}d", arguments, step.x, weight, bias)


def _with_weights(
    step: Step, kind: str, arguments: dict[str, Any], x: Tensor, weight: Array, bias: Array | None
) -> Tensor:
    weights = {"weight": weight} if bias is None else {"weight": weight, "bias": bias.reshape(-1)}
    names = step.names(1, 2)
    return step.sketch.layer(kind, arguments, {"input": x}, weights, names)["output"]


def _gemm(step: Step) -> Any:
    weight, bias = step.given[1], step.given[2] if step.has(2) else None
    x = step.x
    if step.attribute("transA", 0):
        x = step.one("Transpose", {"dim0": 0, "dim1": 1}, input=x)
    alpha, beta = step.attribute("alpha", 1.0), step.attribute("beta", 1.0)
    is_row = bias is None or (isinstance(bias, np.ndarray) and bias.shape[:-1].count(1) + 1
                              >= bias.ndim)  # fmt: skip
    if not isinstance(weight, np.ndarray) or not is_row:
        return _product(step, x, alpha, beta)
    turned = weight if step.attribute("transB", 0) else weight.T
    if bias is not None:
        bias = np.broadcast_to(bias.reshape(-1), turned.shape[:1]) * np.float32(beta)
    return _linear_of(step, x, turned * np.float32(alpha) if alpha != 1 else turned, bias)


def _product(step: Step, x: Tensor, alpha: float, beta: float) -> Any:
    """Draw a Gemm of tensors as what it is made of."""
    other = step.tensor(1)
    if step.attribute("transB", 0):
        other = step.one("Transpose", {"dim0": 0, "dim1": 1}, input=other)
    found = step.sign("@", x, other)
    found = found if alpha == 1 else step.sign("*", found, alpha)
    if not step.has(2):
        return found
    added = step.operand(2)
    return step.sign("+", found, added if beta == 1 else step.sign("*", added, beta))


def _linear_of(step: Step, x: Tensor, weight: Array, bias: Array | None) -> Any:
    arguments = {"out_features": weight.shape[0], "bias": bias is not None}
    weights = {"weight": weight} if bias is None else {"weight": weight, "bias": bias}
    names = step.names(1, 2)
    return step.sketch.layer("Linear", arguments, {"input": x}, weights, names)["output"]


def _matmul(step: Step) -> Any:
    one, other = step.given
    if isinstance(other, np.ndarray) and other.ndim == 2 and not isinstance(one, np.ndarray):
        return _linear_of(step, step.x, other.T, step.weight(2) if step.has(2) else None)
    return step.sign("@", step.held(0), step.held(1))


def _linear(step: Step) -> Any:
    """Draw a product and a sum that were found to be one layer."""
    return _linear_of(step, step.x, step.fixed(1).T, step.fixed(2).reshape(-1))


def _batch_norm(step: Step) -> Any:
    kind = {2: "BatchNorm1d", 3: "BatchNorm1d", 4: "BatchNorm2d", 5: "BatchNorm3d"}.get(step.rank)
    if kind is None:
        raise step.unfit("its input has too many dimensions")
    names = ("weight", "bias", "running_mean", "running_var")
    weights = {name: step.fixed(place) for place, name in enumerate(names, 1)}
    weights["num_batches_tracked"] = np.zeros((), np.int64)
    arguments = {
        "eps": _short(step.attribute("epsilon", 1e-5)),
        "momentum": _short(1 - step.attribute("momentum", 0.9)),
    }
    named = step.names(1, 2, 3, 4)
    return step.sketch.layer(kind, arguments, {"input": step.x}, weights, named)["output"]


def _short(value: float) -> float:
    """Return a number of 32 bits with the digits that it was written with."""
    return float(f"{value:.7g}")


def _instance_norm(step: Step) -> Any:
    weight, bias = step.fixed(1), step.fixed(2)
    kind = {3: "InstanceNorm1d", 4: "InstanceNorm2d", 5: "InstanceNorm3d"}.get(step.rank)
    if kind is None:
        raise step.unfit("its input has too many dimensions")
    is_plain = bool((weight == 1).all() and (bias == 0).all())
    arguments = {"eps": _short(step.attribute("epsilon", 1e-5)), "affine": not is_plain}
    weights = {} if is_plain else {"weight": weight, "bias": bias}
    names = [] if is_plain else step.names(1, 2)
    return step.sketch.layer(kind, arguments, {"input": step.x}, weights, names)["output"]


def _group_norm(step: Step) -> Any:
    groups, channels = int(step.attribute("num_groups")), step.spec(0).shape[1]
    weight, bias = step.fixed(1), step.fixed(2)
    if step.version < 21 and isinstance(channels, int):
        weight, bias = (np.repeat(each, channels // len(each)) for each in (weight, bias))
    arguments = {"num_groups": groups, "eps": _short(step.attribute("epsilon", 1e-5))}
    weights = {"weight": weight, "bias": bias}
    found = step.sketch.layer("GroupNorm", arguments, {"input": step.x}, weights, step.names(1, 2))
    return found["output"]


def _layer_norm(step: Step) -> Any:
    kind = "RMSNorm" if step.operation.kind != "LayerNormalization" else "LayerNorm"
    dims = step.rank - step.axis(-1)
    weight, bias = step.weight(1), step.weight(2) if kind == "LayerNorm" else None
    shape = step.spec(0).shape[step.rank - dims :]
    arguments: dict[str, Any] = {"dims": dims, "eps": _short(step.attribute("epsilon", 1e-5))}
    weights: dict[str, Array] = {}
    if weight is None:
        arguments["elementwise_affine"] = False
    else:
        weights["weight"] = np.broadcast_to(weight, [int(str(each)) for each in shape])
    if bias is not None:
        weights["bias"] = np.broadcast_to(bias, [int(str(each)) for each in shape])
    elif kind == "LayerNorm" and weight is not None:
        arguments["bias"] = False
    names = step.names(1, 2)
    return step.sketch.layer(kind, arguments, {"input": step.x}, weights, names)["output"]


def _pool(name: str) -> Callable[[Step], Any]:
    """Return what draws a pool over windows."""

    def draw(step: Step) -> Any:
        window = Window(step, step.attribute("kernel_shape"))
        rank, x, is_max = len(window.kernel), step.x, name == "Max"
        counts = bool(step.attribute("count_include_pad", 0))
        if not window.is_even or any(
            2 * pad > kernel for pad, kernel in zip(window.before, window.kernel, strict=True)
        ):
            if not is_max and not counts:
                raise step.unfit("its padding is not the same on both sides and not counted")
            x = window.padded(step, x, float("-inf") if is_max else 0.0)
        if any(size != 1 for size in window.dilation) and not is_max:
            raise step.unfit("its windows have holes")
        arguments = {
            "kernel_size": _few(window.kernel),
            "stride": _few(window.stride),
            "padding": _few(window.before),
            "ceil_mode": bool(step.attribute("ceil_mode", 0)),
        }
        if is_max:
            arguments["dilation"] = _few(window.dilation)
            arguments["return_indices"] = len([*filter(None, step.operation.outputs)]) > 1
        else:
            arguments["count_include_pad"] = counts or not any(window.before)
        found = step.calls.several(f"{name}Pool{rank}d", arguments, input=x)
        return [*found.values()] if len(found) > 1 else next(iter(found.values()))

    return draw


def _global_pool(name: str) -> Callable[[Step], Any]:
    """Return what draws a pool over all that there is."""
    return lambda step: step.one(
        f"Adaptive{name}Pool{step.rank - 2}d", {"output_size": 1}, input=step.x
    )


def _local_norm(step: Step) -> Any:
    arguments = {
        "size": int(step.attribute("size")),
        "alpha": _short(step.attribute("alpha", 1e-4)),
        "beta": _short(step.attribute("beta", 0.75)),
        "k": _short(step.attribute("bias", 1.0)),
    }
    return step.one("LocalResponseNorm", arguments, input=step.x)


def _prelu(step: Step) -> Any:
    slope = step.fixed(1)
    is_of_channels = slope.size == 1 or (slope.ndim and slope.shape[0] == slope.size)
    if not is_of_channels:
        raise step.unfit("its slopes are not one for each channel")
    arguments = {"num_parameters": slope.size}
    weights = {"weight": slope.reshape(-1)}
    found = step.sketch.layer("PReLU", arguments, {"input": step.x}, weights, step.names(1))
    return found["output"]


def _dropout(step: Step) -> Any:
    ratio = step.number(1, step.attribute("ratio", 0.5))
    return step.one("Dropout", {"p": _short(ratio)}, input=step.x)


def embedding(step: Step, table: Array, index: Tensor) -> Any:
    """Draw rows of a table that indices choose."""
    arguments = {"num_embeddings": table.shape[0], "embedding_dim": table.shape[1]}
    weights = {"weight": table}
    found = step.sketch.layer("Embedding", arguments, {"input": index}, weights, step.names(0))
    return found["output"]


LAYERS: Final[Mapping[str, Callable[[Step], Any]]] = {
    "Conv": _conv,
    "ConvTranspose": _conv_transposed,
    "Gemm": _gemm,
    "MatMul": _matmul,
    "Linear": _linear,
    "BatchNormalization": _batch_norm,
    "InstanceNormalization": _instance_norm,
    "GroupNormalization": _group_norm,
    "LayerNormalization": _layer_norm,
    "RMSNormalization": _layer_norm,
    "SimplifiedLayerNormalization": _layer_norm,
    "MaxPool": _pool("Max"),
    "AveragePool": _pool("Avg"),
    "GlobalAveragePool": _global_pool("Avg"),
    "GlobalMaxPool": _global_pool("Max"),
    "LRN": _local_norm,
    "PRelu": _prelu,
    "Dropout": _dropout,
}
"""What draws each operator."""
