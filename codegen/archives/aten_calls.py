"""Operations of torch whose arguments are not those of the functions that people call."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import numpy as np

from codegen.archives.aten_step import AtenStep
from codegen.archives.graph import Filled
from codegen.importing import making_tensors
from codegen.importing.values import Name, Sizes
from graph_model.dims import Expression


def _size(step: AtenStep, x: Any, dim: Any = None) -> Any:
    shape = step.spec(x).shape
    if dim is not None:
        return shape[dim]
    whole = Sizes(shape)
    whole.of, whole.is_whole = x, True
    return whole


def _filled(value: float | int | None) -> Callable[..., Any]:
    """Return what makes a tensor with one number everywhere, drawn where it is used."""

    def make(step: AtenStep, size: Any, *rest: Any, dtype: Any = None, **named: Any) -> Any:
        number = value if value is not None else rest[0] if rest else named["fill_value"]
        usual_one = "float32" if value is not None or isinstance(number, float) else "int64"
        told = next((each for each in (dtype, *rest) if isinstance(each, Name)), None)
        return Filled(number, tuple(size), told.last if told else usual_one)

    return make


def _filled_like(value: float | int | None) -> Callable[..., Any]:
    def make(step: AtenStep, x: Any, *rest: Any, dtype: Any = None, **named: Any) -> Any:
        spec = step.spec(x)
        number = value if value is not None else rest[0]
        return Filled(number, spec.shape, dtype.last if isinstance(dtype, Name) else spec.dtype)

    return make


def _turned(step: AtenStep, x: Any) -> Any:
    if isinstance(x, np.ndarray):
        return step.turned(x) if x.ndim > 1 else x
    return step.one("Transpose", {"dim0": -2, "dim1": -1}, input=step.tensor(x))


def _transposed(step: AtenStep, x: Any, dim0: int, dim1: int) -> Any:
    if isinstance(x, np.ndarray) and x.ndim == 2 and dim0 % 2 != dim1 % 2:
        return step.turned(x)
    return step.one("Transpose", {"dim0": dim0, "dim1": dim1}, input=step.tensor(x))


def _slice(step: AtenStep, x: Any, dim: int = 0, start: Any = None, end: Any = None,
           every: int = 1) -> Any:  # fmt: skip
    first = start or 0
    size = step.spec(x).shape[dim]
    is_whole = end is None or end == size or (isinstance(end, int) and end >= 1 << 60)
    if isinstance(size, int) and isinstance(end, int) and end > size:
        is_whole = True
    stop = None if is_whole else end
    if isinstance(x, np.ndarray) and all(isinstance(each, int | None) for each in (first, stop)):
        index = [slice(None)] * x.ndim
        index[dim] = slice(first, stop, every)
        return np.ascontiguousarray(x[tuple(index)])
    if first == 0 and stop is None and every == 1:
        return x
    arguments = {"dim": dim, "start": first, "end": stop, "step": every}
    return step.one("Slice", arguments, input=step.tensor(x))


def _selected(step: AtenStep, x: Any, dim: int, index: Any) -> Any:
    return step.one("Select", {"dim": dim, "index": index}, input=step.tensor(x))


def _index(step: AtenStep, x: Any, indices: Sequence[Any]) -> Any:
    placed = [(dim, each) for dim, each in enumerate(indices) if each is not None]
    if len(placed) != 1:
        raise step.unfit("it chooses along several dimensions at once")
    dim, index = placed[0]
    spec = step.spec(index)
    if spec.dtype == "bool":
        return step.one("MaskedSelect", {}, input=step.tensor(x), mask=step.tensor(index))
    kind, arguments = ("Lookup", {}) if dim == 0 else ("IndexSelect", {"dim": dim})
    if dim and spec.rank != 1:
        raise step.unfit("its indices have several dimensions")
    return step.one(kind, arguments, input=step.tensor(x), index=step.tensor(index))


def _mean_pool(step: AtenStep, x: Any, size: Sequence[int]) -> Any:
    kind = f"AdaptiveAvgPool{len(size)}d"
    few = size[0] if len(set(size)) == 1 else tuple(size)
    return step.one(kind, {"output_size": few}, input=step.tensor(x))


def _max_pool(step: AtenStep, x: Any, kernel_size: Any, stride: Any = None, padding: Any = 0,
              dilation: Any = 1, ceil_mode: bool = False) -> Any:  # fmt: skip
    rank = int(step.kind.partition("max_pool")[2][:1])
    arguments = {
        "kernel_size": tuple(kernel_size),
        "stride": tuple(stride) if stride else None,
        "padding": padding if isinstance(padding, int) else tuple(padding),
        "dilation": dilation if isinstance(dilation, int) else tuple(dilation),
        "ceil_mode": ceil_mode,
        "return_indices": "indices" in step.kind,
    }
    found = step.calls.several(f"MaxPool{rank}d", arguments, input=step.tensor(x))
    return [*found.values()] if len(found) > 1 else next(iter(found.values()))


def _average_pool(step: AtenStep, x: Any, kernel_size: Any, stride: Any = None, padding: Any = 0,
                  ceil_mode: bool = False, count_include_pad: bool = True,
                  divisor_override: Any = None) -> Any:  # fmt: skip
    arguments = {
        "kernel_size": tuple(kernel_size),
        "stride": tuple(stride) if stride else None,
        "padding": padding if isinstance(padding, int) else tuple(padding),
        "ceil_mode": ceil_mode,
        "count_include_pad": count_include_pad,
    }
    if divisor_override is not None:
        arguments["divisor_override"] = divisor_override
    return step.one(f"AvgPool{len(kernel_size)}d", arguments, input=step.tensor(x))


def _bounded(step: AtenStep, x: Any, low: float, high: float) -> Any:
    kind = "ReLU6" if (low, high) == (0, 6) else "Hardtanh"
    arguments = {} if kind == "ReLU6" else {"min_val": low, "max_val": high}
    return step.one(kind, arguments, input=step.tensor(x))


def _upsampled(mode: str) -> Callable[..., Any]:
    def draw(step: AtenStep, x: Any, size: Any = None, *rest: Any, scale_factors: Any = None,
             align_corners: bool = False) -> Any:  # fmt: skip
        values = [*rest]
        if mode != "nearest" and values and isinstance(values[0], bool):
            align_corners = values.pop(0)
        factors = scale_factors or next((each for each in values if each), None)
        several = [*factors] if isinstance(factors, list | tuple) else [factors]
        if factors and len(set(several)) == 1:
            arguments = {"scale_factor": several[0], "mode": mode, "align_corners": align_corners}
            return step.one("Upsample", arguments, input=step.tensor(x))
        if align_corners or not size or not all(isinstance(each, int) for each in size):
            raise step.unfit("its size is not known")
        return step.one("Interpolate", {"size": tuple(size), "mode": mode}, input=step.tensor(x))

    return draw


def _padded(mode: str) -> Callable[..., Any]:
    def draw(step: AtenStep, x: Any, pad: Any, *rest: Any, value: Any = None) -> Any:
        how, number = mode, value
        if step.kind == "pad" and rest:
            how, number = rest[0], rest[1] if len(rest) > 1 else value
        elif rest:
            number = rest[0]
        arguments: dict[str, Any] = {"pad": tuple(pad), "mode": how}
        if how == "constant":
            arguments["value"] = float(number or 0)
        return step.one("Pad", arguments, input=step.tensor(x))

    return draw


def _attention(step: AtenStep, query: Any, key: Any, value: Any, attn_mask: Any = None,
               dropout_p: float = 0.0, is_causal: bool = False, *, scale: Any = None,
               enable_gqa: bool = False) -> Any:  # fmt: skip
    inputs = {"query": step.tensor(query), "key": step.tensor(key), "value": step.tensor(value)}
    if attn_mask is not None:
        inputs["attn_mask"] = step.tensor(attn_mask)
    arguments: dict[str, Any] = {"is_causal": is_causal, "enable_gqa": enable_gqa}
    if scale is not None:
        arguments["scale"] = scale
    return step.one("ScaledDotProductAttention", arguments, **inputs)


def _reversed_difference(step: AtenStep, x: Any, other: Any, alpha: Any = 1) -> Any:
    scaled = step.tensor(x) if alpha == 1 else step.sign("*", step.tensor(x), alpha)
    return step.sign("-", step.operand(other), scaled)


def _count(step: AtenStep, *given: Any, dtype: Any = None) -> Any:
    numbers = [each for each in given if isinstance(each, int | float | Expression)]
    values = dict(zip(("end",) if len(numbers) == 1 else ("start", "end", "step"), numbers,
                      strict=False))  # fmt: skip
    named = {"dtype": dtype} if isinstance(dtype, Name) else {}
    return making_tensors.make(step.calls, None, "arange", [], {**values, **named})  # type: ignore[arg-type]


def _same_shapes(step: AtenStep, tensors: Sequence[Any]) -> Any:
    shapes = {step.spec(each).shape for each in tensors}
    if len(shapes) != 1:
        raise step.unfit("its tensors have different shapes")
    return [*tensors]


def _losses(reduction_at: int) -> Callable[..., Any]:
    """Return what makes the number of a reduction the word that functions take for it."""

    def draw(step: AtenStep, *given: Any, **named: Any) -> Any:
        values = [step.operand(each) for each in given]
        others: dict[str, Any] = {}
        if len(values) > reduction_at and isinstance(values[reduction_at], int):
            others["reduction"] = ("none", "mean", "sum")[values[reduction_at]]
        if step.kind == "kl_div" and named.get("log_target"):
            others["log_target"] = True
        tensors = [each for each in values[:reduction_at] if each is not None]
        return step.calls.call(None, step.kind, tensors, others)  # type: ignore[arg-type]

    return draw


CALLS: Final[Mapping[str, Callable[..., Any]]] = {
    "sym_size": _size,
    "size": _size,
    "zeros": _filled(0.0),
    "ones": _filled(1.0),
    "full": _filled(None),
    "zeros_like": _filled_like(0),
    "ones_like": _filled_like(1),
    "full_like": _filled_like(None),
    "new_zeros": lambda step, x, size, **named: Filled(0.0, tuple(size), step.spec(x).dtype),
    "new_ones": lambda step, x, size, **named: Filled(1.0, tuple(size), step.spec(x).dtype),
    "numpy_T": _turned,
    "t": _turned,
    "mT": _turned,
    "transpose": _transposed,
    "slice": _slice,
    "select": _selected,
    "index": _index,
    "adaptive_avg_pool1d": _mean_pool,
    "adaptive_avg_pool2d": _mean_pool,
    "_adaptive_avg_pool2d": _mean_pool,
    "adaptive_avg_pool3d": _mean_pool,
    **dict.fromkeys(("max_pool1d", "max_pool2d", "max_pool3d", "max_pool2d_with_indices",
                     "max_pool3d_with_indices"), _max_pool),
    **dict.fromkeys(("avg_pool1d", "avg_pool2d", "avg_pool3d"), _average_pool),
    "hardtanh": _bounded,
    "upsample_nearest1d": _upsampled("nearest"),
    "upsample_nearest2d": _upsampled("nearest"),
    "upsample_nearest3d": _upsampled("nearest"),
    "upsample_linear1d": _upsampled("linear"),
    "upsample_bilinear2d": _upsampled("bilinear"),
    "upsample_trilinear3d": _upsampled("trilinear"),
    "upsample_bicubic2d": _upsampled("bicubic"),
    "pad": _padded("constant"),
    "constant_pad_nd": _padded("constant"),
    **{f"reflection_pad{rank}d": _padded("reflect") for rank in (1, 2, 3)},
    **{f"replication_pad{rank}d": _padded("replicate") for rank in (1, 2, 3)},
    "scaled_dot_product_attention": _attention,
    "rsub": _reversed_difference,
    "arange": _count,
    "broadcast_tensors": _same_shapes,
    **dict.fromkeys(("mse_loss", "l1_loss", "smooth_l1_loss", "huber_loss", "kl_div"), _losses(2)),
    "binary_cross_entropy": _losses(3),
    "binary_cross_entropy_with_logits": _losses(4),
    "softmax": lambda step, x, dim, *rest, **named: step.one(
        "Softmax", {"dim": dim}, input=step.tensor(x)),
    "_softmax": lambda step, x, dim, *rest: step.one("Softmax", {"dim": dim}, input=step.tensor(x)),
    "log_softmax": lambda step, x, dim, *rest, **named: step.one(
        "LogSoftmax", {"dim": dim}, input=step.tensor(x)),
    "_log_softmax": lambda step, x, dim, *rest: step.one(
        "LogSoftmax", {"dim": dim}, input=step.tensor(x)),
}  # fmt: skip
"""What draws each operation, called with the arguments that torch gives it."""
