"""Operators of ONNX on each element, and those that reduce."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import reduce
from typing import Any, Final

import numpy as np

from codegen.archives.folding import axes_of
from codegen.archives.graph import Filled
from codegen.archives.onnx_file import DTYPES
from codegen.archives.step import Step

_CLOSE: Final = 1e-4
_NAMES: Final[Mapping[str, str]] = {
    "Relu": "relu", "Sigmoid": "sigmoid", "Tanh": "tanh", "Erf": "erf", "Exp": "exp",
    "Log": "log", "Sqrt": "sqrt", "Abs": "abs", "Reciprocal": "reciprocal", "Floor": "floor",
    "Ceil": "ceil", "Round": "round", "Sign": "sign", "Sin": "sin", "Cos": "cos", "Tan": "tan",
    "Asin": "asin", "Acos": "acos", "Atan": "atan", "Sinh": "sinh", "Cosh": "cosh",
    "Softsign": "softsign", "HardSwish": "hardswish", "Mish": "mish", "Softplus": "softplus",
    "IsNaN": "isnan", "Det": "det",
}  # fmt: skip
"""Operators that torch has a function for."""
_SIGNS: Final[Mapping[str, str]] = {
    "Add": "+", "Sub": "-", "Mul": "*", "Div": "/", "Pow": "**", "Mod": "%", "Equal": "==",
    "Less": "<", "LessOrEqual": "<=", "Greater": ">", "GreaterOrEqual": ">=", "And": "&",
    "Or": "|", "Xor": "^",
}  # fmt: skip
_REDUCTIONS: Final[Mapping[str, str]] = {
    "ReduceMean": "Mean", "ReduceSum": "Sum", "ReduceMax": "Max", "ReduceMin": "Min",
    "ReduceLogSumExp": "LogSumExp", "ReduceL2": "Norm", "ReduceProd": "Prod",
}  # fmt: skip


def _function(name: str) -> Callable[[Step], Any]:
    return lambda step: step.call(name, step.x)


def _operator(sign: str) -> Callable[[Step], Any]:
    def draw(step: Step) -> Any:
        one, other = step.operand(0), step.operand(1)
        if sign == "/" and not step.spec(0).has_fractions:
            sign_here = "//"  # equal where neither is negative, as sizes and indices are
        elif sign == "-" and not isinstance(other, int | float) and isinstance(one, int | float):
            return step.one("SubtractFrom", {"value": one}, input=other)
        else:
            sign_here = sign
        return step.sign(sign_here, one, other)

    return draw


def _activation(name: str, **defaults: float) -> Callable[[Step], Any]:
    """Return what draws a function whose attributes torch calls otherwise: ``ours_theirs``."""

    def draw(step: Step) -> Any:
        values = {}
        for pair, default in defaults.items():
            ours, _, theirs = pair.rpartition("__")
            values[ours] = float(f"{step.attribute(theirs, default):.7g}")
        return step.call(name, step.x, **values)

    return draw


def _selu(step: Step) -> Any:
    alpha, gamma = step.attribute("alpha", 1.67326), step.attribute("gamma", 1.0507)
    if abs(alpha - 1.67326) > _CLOSE or abs(gamma - 1.0507) > _CLOSE:
        raise step.unfit("its numbers are not those of SELU")
    return step.call("selu", step.x)


def _hard_sigmoid(step: Step) -> Any:
    alpha, beta = step.attribute("alpha", 0.2), step.attribute("beta", 0.5)
    if abs(alpha - 1 / 6) < _CLOSE and abs(beta - 0.5) < _CLOSE:
        return step.call("hardsigmoid", step.x)
    line = step.sign("+", step.sign("*", step.x, alpha), beta)
    return step.one("Clamp", {"min": 0.0, "max": 1.0}, input=line)


def _clip(step: Step) -> Any:
    low = step.number(1, step.attribute("min"))
    high = step.number(2, step.attribute("max"))
    low = None if low is not None and low <= -3.4e38 else low
    high = None if high is not None and high >= 3.4e38 else high
    if (low, high) == (0, 6):
        return step.call("relu6", step.x)
    if low is None and high is None:
        return step.x
    return step.one("Clamp", {"min": low, "max": high}, input=step.x)


def _gelu(step: Step) -> Any:
    return step.call("gelu", step.x, approximate=step.attribute("approximate", "none"))


def _softmax(name: str) -> Callable[[Step], Any]:
    def draw(step: Step) -> Any:
        axis = step.axis(-1 if step.version >= 13 else 1)
        if step.version < 13 and any(each != 1 for each in step.spec(0).shape[axis + 1 :]):
            raise step.unfit("it is over several dimensions at once")
        return step.call(name, step.x, dim=axis - step.rank if axis == step.rank - 1 else axis)

    return draw


def _many(kind: str, sign: str) -> Callable[[Step], Any]:
    """Return what draws an operation on any number of inputs, from the first two on."""

    def draw(step: Step) -> Any:
        operands = [step.operand(place) for place in range(len(step.given))]
        return reduce(lambda one, other: _paired(step, kind, sign, one, other), operands)

    return draw


def _paired(step: Step, kind: str, sign: str, one: Any, other: Any) -> Any:
    if sign:
        return step.sign(sign, one, other)
    for number, tensor in ((one, other), (other, one)):
        if isinstance(number, int | float):
            bounds = {"min": number if kind == "Maximum" else None,
                      "max": number if kind == "Minimum" else None}  # fmt: skip
            return step.one("Clamp", bounds, input=tensor)
    return step.calls.two(kind, one, other)


def _reduction(step: Step) -> Any:
    kind = _REDUCTIONS[step.operation.kind]
    axes = axes_of(step.operation, step.given)
    keepdim = bool(step.attribute("keepdims", 1))
    if not axes:
        if step.attribute("noop_with_empty_axes", 0):
            return step.x
        axes = [*range(step.rank)]
    dims = tuple(sorted(each % max(step.rank, 1) for each in axes))
    if dims == tuple(range(step.rank - len(dims), step.rank)):
        dims = tuple(each - step.rank for each in dims)
    if kind == "Prod":
        if len(dims) != 1:
            raise step.unfit("it multiplies over several dimensions")
        return step.one(kind, {"dim": dims[0], "keepdim": keepdim}, input=step.x)
    return step.one(kind, {"dim": dims, "keepdim": keepdim}, input=step.x)


def _sum_of(name: str) -> Callable[[Step], Any]:
    """Return what draws a sum of absolute values or of squares."""

    def draw(step: Step) -> Any:
        made = step.call(name, step.x)
        step.operation.kind = "ReduceSum"
        step.given[0] = made
        return _reduction(step)

    return draw


def _place_of(kind: str) -> Callable[[Step], Any]:
    def draw(step: Step) -> Any:
        if step.attribute("select_last_index", 0):
            raise step.unfit("it takes the last of several")
        arguments = {"dim": step.axis(0), "keepdim": bool(step.attribute("keepdims", 1))}
        return step.one(kind, arguments, input=step.x)

    return draw


def _cast(step: Step) -> Any:
    dtype = DTYPES.get(int(step.attribute("to", 0)), "")
    usual = {"float16": "float32", "bfloat16": "float32", "float64": "float32",
             "uint16": "int32", "uint32": "int64", "uint64": "int64"}  # fmt: skip
    value = step.given[0]
    if isinstance(value, Filled):
        return Filled(value.value, value.shape, usual.get(dtype, dtype))
    return step.calls.cast(step.x, usual.get(dtype, dtype))


def _where(step: Step) -> Any:
    condition, one, other = (step.given[place] for place in range(3))
    numbers = [_number_of(step, each) for each in (one, other)]
    if isinstance(condition, np.ndarray) and condition.dtype != object and condition.size == 1:
        return one if bool(condition.reshape(-1)[0]) else other
    mask = step.tensor(0)
    if numbers[0] is not None and numbers[1] is not None:
        return _chosen(step, mask, *numbers)
    if numbers[0] is not None:
        return _filled_in(step, step.held(2), mask, numbers[0])
    if numbers[1] is not None:
        opposite = step.one("LogicalNot", {}, input=mask)
        return _filled_in(step, step.held(1), opposite, numbers[1])
    return step.call("where", mask, step.held(1), step.held(2))


def _number_of(step: Step, value: Any) -> Any:
    if isinstance(value, np.ndarray) and value.size == 1 and value.dtype != object:
        return value.reshape(-1)[0].item()
    return value.value if isinstance(value, Filled) and not value.shape else None


def _filled_in(step: Step, x: Any, mask: Any, value: Any) -> Any:
    """Draw a tensor with a number where the mask is true; a wider mask widens the tensor."""
    own, wide = step.calls.known(None, x), step.calls.known(None, mask)  # type: ignore[arg-type]
    if wide.rank > own.rank or any(
        mine == 1 != theirs for mine, theirs in zip(own.shape[::-1], wide.shape[::-1], strict=False)
    ):
        raise step.unfit("its condition has more elements than what it chooses from")
    return step.one("MaskedFill", {"value": value}, input=x, mask=mask)


def _chosen(step: Step, mask: Any, one: Any, other: Any) -> Any:
    """Draw one number where the mask is true, and another elsewhere."""
    zeros = step.calls.cast(step.one("ZerosLike", {}, input=mask), "float32")
    base = zeros if other == 0 else step.sign("+", zeros, other)
    return step.one("MaskedFill", {"value": one}, input=base, mask=mask)


def _infinite(step: Step) -> Any:
    return step.sign("==", step.call("abs", step.x), math.inf)


def _cumulated(step: Step) -> Any:
    if step.attribute("exclusive", 0) or step.attribute("reverse", 0):
        raise step.unfit("it sums in another order")
    return step.one("CumSum", {"dim": int(step.number(1))}, input=step.x)


def _best(step: Step) -> Any:
    arguments = {
        "k": int(step.number(1, step.attribute("k", 1))),
        "dim": step.axis(-1),
        "largest": bool(step.attribute("largest", 1)),
        "sorted": bool(step.attribute("sorted", 1)),
    }
    return [*step.calls.several("TopK", arguments, input=step.x).values()]


def _noise(kind: str) -> Callable[[Step], Any]:
    """Return what draws random numbers in the shape of the input, or in one that is told."""

    def draw(step: Step) -> Any:
        if step.operation.kind.endswith("Like") and not isinstance(step.given[0], Filled):
            found = step.one(f"{kind}Like", {}, input=step.x)
        else:
            shape = step.spec(0).shape if step.given else tuple(step.attribute("shape"))
            sizes = tuple(each if isinstance(each, int) else str(each) for each in shape)
            found = step.one(kind, {"shape": sizes})
        if kind == "Rand":
            low, high = step.attribute("low", 0.0), step.attribute("high", 1.0)
            factor, added = high - low, low
        else:
            factor, added = step.attribute("scale", 1.0), step.attribute("mean", 0.0)
        found = found if factor == 1 else step.sign("*", found, factor)
        return step.sign("+", found, added) if added else found

    return draw


ELEMENTWISE: Final[Mapping[str, Callable[[Step], Any]]] = {
    **{kind: _function(name) for kind, name in _NAMES.items()},
    **{kind: _operator(sign) for kind, sign in _SIGNS.items()},
    **dict.fromkeys(_REDUCTIONS, _reduction),
    "Neg": lambda step: step.sign("-", step.x),
    "Not": lambda step: step.sign("~", step.x),
    "LeakyRelu": _activation("leaky_relu", negative_slope__alpha=0.01),
    "Elu": _activation("elu", alpha__alpha=1.0),
    "Celu": _activation("celu", alpha__alpha=1.0),
    "ThresholdedRelu": lambda step: step.one(
        "Threshold", {"threshold": step.attribute("alpha", 1.0), "value": 0.0}, input=step.x
    ),
    "Selu": _selu,
    "HardSigmoid": _hard_sigmoid,
    "Clip": _clip,
    "Gelu": _gelu,
    "Silu": _function("silu"),
    "Swish": _function("silu"),
    "Softmax": _softmax("softmax"),
    "LogSoftmax": _softmax("log_softmax"),
    "Min": _many("Minimum", ""),
    "Max": _many("Maximum", ""),
    "Sum": _many("", "+"),
    "ReduceL1": _sum_of("abs"),
    "ReduceSumSquare": _sum_of("square"),
    "ArgMax": _place_of("ArgMax"),
    "ArgMin": _place_of("ArgMin"),
    "Cast": _cast,
    "CastLike": lambda step: step.calls.cast(step.x, step.spec(1).dtype),
    "Where": _where,
    "IsInf": _infinite,
    "CumSum": _cumulated,
    "TopK": _best,
    "RandomNormal": _noise("Randn"),
    "RandomNormalLike": _noise("Randn"),
    "RandomUniform": _noise("Rand"),
    "RandomUniformLike": _noise("Rand"),
}  # fmt: skip
"""What draws each operator."""
