"""Operations of torch that are several of the catalogue, or another one by what they are given."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import numpy as np

from codegen.archives.aten_step import AtenStep
from codegen.archives.graph import Filled


def _joined(step: AtenStep, tensors: Sequence[Any], dim: int = 0) -> Any:
    if len(tensors) != 1:
        return NotImplemented
    if step.kind != "stack":
        return tensors[0]
    return step.one("Unsqueeze", {"dim": dim}, input=step.tensor(tensors[0]))


def _norm(
    step: AtenStep, x: Any, p: Any = 2, dim: Any = None, keepdim: bool = False, **named: Any
) -> Any:
    dims = [dim] if isinstance(dim, int) else dim
    if dims is None:
        dims = [*range(step.rank(x))]
    if step.kind == "linalg_norm" and (p is not None or len(dims) != 1):
        raise step.unfit("it is the norm of a matrix")
    arguments = {"p": 2 if p is None else p, "dim": tuple(dims), "keepdim": keepdim}
    return step.one("Norm", arguments, input=step.tensor(x))


def _bounded(name: str) -> Callable[..., Any]:
    def draw(step: AtenStep, x: Any, bound: Any) -> Any:
        if not isinstance(bound, int | float):
            raise step.unfit("its bound is computed")
        low, high = (bound, None) if name == "min" else (None, bound)
        return step.one("Clamp", {"min": low, "max": high}, input=step.tensor(x))

    return draw


def _like(step: AtenStep, x: Any, other: Any) -> Any:
    """Draw a tensor as large as another, which may have more dimensions before."""
    found = step.tensor(x)
    for _ in range(step.rank(other) - step.rank(x)):
        found = step.one("Unsqueeze", {"dim": 0}, input=found)
    if step.spec(found).shape == step.spec(other).shape:
        return found
    return step.one("ExpandLike", {}, input=found, like=step.tensor(other))


def _scaled(step: AtenStep, x: Any, factor: Any) -> Any:
    return step.tensor(x) if factor == 1 else step.sign("*", step.tensor(x), factor)


def _product_added(step: AtenStep, x: Any, one: Any, other: Any, *, value: Any = 1) -> Any:
    sign = "*" if step.kind == "addcmul" else "/"
    product = step.sign(sign, step.tensor(one), step.tensor(other))
    return step.sign("+", step.tensor(x), _scaled(step, product, value))


def _batch_product_added(
    step: AtenStep, x: Any, one: Any, other: Any, *, beta: Any = 1, alpha: Any = 1
) -> Any:
    product = step.sign("@", step.tensor(one), step.tensor(other))
    return step.sign("+", _scaled(step, x, beta), _scaled(step, product, alpha))


def _deviation_and_mean(
    step: AtenStep,
    x: Any,
    dim: Any = None,
    unbiased: bool = True,
    keepdim: bool = False,
    *,
    correction: Any = None,
) -> Any:
    if isinstance(dim, bool):
        dim, unbiased = None, dim
    if correction is None:
        correction = int(unbiased)
    dims = tuple(dim) if dim else tuple(range(step.rank(x)))
    kind = "Std" if step.kind == "std_mean" else "Var"
    arguments = {"dim": dims, "keepdim": keepdim, "correction": correction}
    spread = step.one(kind, arguments, input=step.tensor(x))
    return [spread, step.one("Mean", {"dim": dims, "keepdim": keepdim}, input=step.tensor(x))]


def _windows(
    step: AtenStep, x: Any, kernel_size: Any, dilation: Any, padding: Any, stride: Any
) -> Any:
    arguments = {
        "kernel_size": tuple(kernel_size), "dilation": tuple(dilation),
        "padding": tuple(padding), "stride": tuple(stride),
    }  # fmt: skip
    return step.one("Unfold", arguments, input=step.tensor(x))


def _folded(step: AtenStep, x: Any, output_size: Any, *rest: Any) -> Any:
    names = ("kernel_size", "dilation", "padding", "stride")
    arguments = {name: tuple(each) for name, each in zip(names, rest, strict=True)}
    return step.one("Fold", {"output_size": tuple(output_size), **arguments}, input=step.tensor(x))


def _by_bits(sign: str) -> Callable[..., Any]:
    """Return what draws an operation on bits, which is one of logic where they are of bool."""

    def draw(step: AtenStep, *given: Any) -> Any:
        if any(step.spec(each).dtype != "bool" for each in given):
            raise step.unfit("it computes with bits")
        return step.sign(sign, *(step.tensor(each) for each in given))

    return draw


def _detached(step: AtenStep, x: Any) -> Any:
    return x if isinstance(x, np.ndarray | Filled) else NotImplemented


def _filled(step: AtenStep, x: Any, value: Any = 0) -> Any:
    value = step.operand(value)
    if not isinstance(value, int | float):
        raise step.unfit("what it is filled with is computed")
    spec = step.spec(x)
    return Filled(value, spec.shape, spec.dtype)


def _copied(step: AtenStep, x: Any, source: Any, *rest: Any) -> Any:
    value = step.operand(source)
    if isinstance(value, int | float):
        return _filled(step, x, value)
    if step.spec(source).dtype != step.spec(x).dtype:
        raise step.unfit("it copies what is of another dtype")
    return _like(step, source, x)


def _named(kind: str, *names: str) -> Callable[..., Any]:
    """Return what draws an operation of the catalogue with these arguments by place."""

    def draw(step: AtenStep, x: Any, *given: Any, **named: Any) -> Any:
        arguments = dict(zip(names, given, strict=False))
        return step.one(kind, arguments, input=step.tensor(x))

    return draw


COMPOSED: Final[Mapping[str, Callable[..., Any]]] = {
    **dict.fromkeys(("cat", "concat", "concatenate", "stack"), _joined),
    **dict.fromkeys(("linalg_vector_norm", "linalg_norm"), _norm),
    "clamp_min": _bounded("min"),
    "clamp_max": _bounded("max"),
    "expand_as": _like,
    "addcmul": _product_added,
    "addcdiv": _product_added,
    "baddbmm": _batch_product_added,
    "var_mean": _deviation_and_mean,
    "std_mean": _deviation_and_mean,
    "im2col": _windows,
    "col2im": _folded,
    **dict.fromkeys(("__and__", "bitwise_and"), _by_bits("&")),
    **dict.fromkeys(("__or__", "bitwise_or"), _by_bits("|")),
    **dict.fromkeys(("__xor__", "bitwise_xor"), _by_bits("^")),
    **dict.fromkeys(("bitwise_not", "logical_not"), _by_bits("~")),
    "detach": _detached,
    "fill": _filled,
    "zero": _filled,
    "copy": _copied,
    "neg": lambda step, x: step.sign("-", step.tensor(x)),
    "log_sigmoid": _named("LogSigmoid"),
    "hardshrink": _named("Hardshrink", "lambd"),
    "rrelu": _named("RReLU", "lower", "upper"),
}
"""What draws each operation; ``NotImplemented`` where it is drawn as usual."""
