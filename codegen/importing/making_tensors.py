"""Tensors that are made: ``torch.zeros(…)``, ``nn.Parameter(…)``, ``torch.arange(…)``."""

from __future__ import annotations

import ast
import math
from collections.abc import Callable, Mapping
from typing import Any, Final

from codegen.importing.numbers import plain
from codegen.importing.shapes import spread
from codegen.importing.tensor_calls import TensorCalls, right_number
from codegen.importing.values import Held, Made, Name, unread
from graph_model.dims import Expression
from graph_model.tensors import DTYPES

_LONGEST: Final = 10_000
"""How long a row of numbers may be that is gone through."""
Given = list[Any]
Named = dict[str, Any]
_IDLE: Final = frozenset({"device", "requires_grad", "layout", "pin_memory", "out", "generator"})


def make(calls: TensorCalls, node: ast.AST, name: str, given: Given, named: Named) -> Any:
    """Make a tensor by the bare name of a function of ``torch``; ``None`` where it is no such."""
    work = _MAKERS.get(name)
    if work is None:
        return None
    return work(calls, node, given, {key: each for key, each in named.items() if key not in _IDLE})


def _shape(node: ast.AST, given: Given, named: Named) -> tuple[Any, ...]:
    sizes = spread(given) if given else spread([named.get("size", ())])
    if not all(isinstance(plain(each), int | Expression) for each in sizes):
        raise unread(node, "import_size_unknown")
    return tuple(sizes)


def _full(value: float | None) -> Callable[..., Any]:
    def full(calls: TensorCalls, node: ast.AST, given: Given, named: Named) -> Any:
        number: Any = value
        if value is None:
            sizes, number = given[0], given[1] if len(given) > 1 else named["fill_value"]
            given = [sizes]
            right_number(node, number)
        shape = _shape(node, given, named)
        return calls.one("Constant", {"shape": shape, "value": number, "dtype": _dtype(named)})

    return full


def _dtype(named: Mapping[str, Any], usual: str = "float32") -> str:
    found = named.get("dtype")
    return found.last if isinstance(found, Name) and found.last in DTYPES else usual


def _drawn(kind: str) -> Callable[..., Any]:
    def drawn(calls: TensorCalls, node: ast.AST, given: Given, named: Named) -> Any:
        return calls.one(kind, {"shape": _shape(node, given, named)})

    return drawn


def _whole_drawn(calls: TensorCalls, node: ast.AST, given: Given, named: Named) -> Any:
    low, high, size = given if len(given) == 3 else (0, *given)
    return calls.one("Randint", {"low": low, "high": high, "shape": tuple(size)})


def _arange(calls: TensorCalls, node: ast.AST, given: Given, named: Named) -> Any:
    values = {**dict(zip(("start", "end", "step"), given, strict=False))}
    if len(given) == 1:
        values = {"end": given[0]}
    values |= {key: each for key, each in named.items() if key != "dtype"}
    end = plain(values["end"])
    is_plain = not values.get("start") and values.get("step", 1) == 1
    if isinstance(end, Expression) and is_plain:
        like, dim = calls.like_size(node, end)
        found = calls.one("Positions", {"dim": dim}, input=like)
    else:
        whole = {key: _whole(node, each) for key, each in values.items()}
        found = calls.one("Arange", whole)
    dtype = _dtype(named, "int64")
    return found if dtype == "int64" else calls.cast(found, dtype)


def _whole(node: ast.AST, value: Any) -> Any:
    found = plain(value)
    if isinstance(found, float) and found.is_integer():
        return int(found)
    if not isinstance(found, int | Expression):
        raise unread(node, "import_unknown_call", name="arange")
    return value


def _linspace(calls: TensorCalls, node: ast.AST, given: Given, named: Named) -> Any:
    values = {**dict(zip(("start", "end", "steps"), given, strict=False)), **named}
    values.pop("dtype", None)
    return calls.one("Linspace", values)


def _eye(calls: TensorCalls, node: ast.AST, given: Given, named: Named) -> Any:
    return calls.one("Eye", {"n": given[0] if given else named["n"]})


def _frequencies(kind: str) -> Callable[..., Any]:
    def frequencies(calls: TensorCalls, node: ast.AST, given: Given, named: Named) -> Any:
        values = {**dict(zip(("n", "d"), given, strict=False)), **named}
        return calls.one(kind, values)

    return frequencies


def _number(calls: TensorCalls, node: ast.AST, given: Given, named: Named) -> Any:
    """Make ``torch.tensor(0.5)``: a tensor without dimensions; a list is one of numbers."""
    numbers = plain(given[0])
    if isinstance(numbers, list | tuple) and all(isinstance(each, int | float) for each in numbers):
        return tuple(numbers)  # such as the weights of classes
    value = right_number(node, given[0])
    is_whole = isinstance(value, int)
    dtype = _dtype(named, "int64" if is_whole else "float32")
    return calls.one("Constant", {"shape": (), "value": value, "dtype": dtype})


_MAKERS: Final[Mapping[str, Callable[..., Any]]] = {
    "zeros": _full(0.0),
    "ones": _full(1.0),
    "empty": _full(0.0),
    "full": _full(None),
    "randn": _drawn("Randn"),
    "rand": _drawn("Rand"),
    "randint": _whole_drawn,
    "arange": _arange,
    "linspace": _linspace,
    "eye": _eye,
    "tensor": _number,
    "fftfreq": _frequencies("FFTFreq"),
    "rfftfreq": _frequencies("RFFTFreq"),
}


def held(node: ast.AST, value: Any, kind: str) -> Any:
    """Return a tensor that a module holds, learned or not, for what it begins with."""
    if kind == "Buffer" and isinstance(value, Made) and not _is_simple(value):
        return Held(value)
    if not isinstance(value, Made):
        if kind == "Buffer" and not isinstance(value, Made):
            return value
        raise unread(node, "import_bad_parameter")
    arguments = _beginning(node, value)
    inner = value
    while inner.inputs:
        inner = inner.inputs[0][1]
    formulas = {"shape": inner.formulas["shape"]} if "shape" in inner.formulas else {}
    return Held(Made(kind, arguments, formulas))


_ON_NUMBERS: Final[Mapping[str, Callable[[float, float], float]]] = {
    "MultiplyByNumber": lambda each, value: each * value,
    "DivideByNumber": lambda each, value: each / value,
    "AddNumber": lambda each, value: each + value,
    "Exp": lambda each, _: math.exp(each),
}


def row_of(made: Made) -> list[float] | None:
    """Return the numbers of ``torch.linspace(…)`` and what is computed of it, where known."""
    values = {key: plain(each) for key, each in made.arguments.items()}
    if made.kind == "Linspace":
        start, end, steps = (values.get(each) for each in ("start", "end", "steps"))
        if not isinstance(start, int | float) or not isinstance(end, int | float):
            return None
        if not isinstance(steps, int) or not 0 <= steps <= _LONGEST:
            return None
        step = (end - start) / max(steps - 1, 1)
        return [float(start + step * index) for index in range(steps)]
    work = _ON_NUMBERS.get(made.kind)
    if work is None or not isinstance(made.inputs[0][1], Made):
        return None
    inner = row_of(made.inputs[0][1])
    return None if inner is None else [work(each, values.get("value", 0)) for each in inner]


def _is_simple(made: Made) -> bool:
    return made.kind in ("Constant", "Randn") and not made.inputs


def _beginning(node: ast.AST, made: Made, scale: Any = 1.0) -> dict[str, Any]:
    """Return the arguments of a Parameter that begins like a tensor which is made."""
    match made.kind:
        case "Constant":
            value = float(made.arguments.get("value", 0)) * float(plain(scale))  # type: ignore[arg-type]
            shape = made.arguments["shape"]
            if value in (0.0, 1.0):
                return {"shape": shape, "init": "ones" if value else "zeros"}
            return {"shape": shape, "init": "constant", "value": value}
        case "Randn":
            return {"shape": made.arguments["shape"], "init": "normal", "std": float(plain(scale))}
        case "MultiplyByNumber":
            factor = float(plain(scale)) * float(made.arguments["value"])  # type: ignore[arg-type]
            return _beginning(node, made.inputs[0][1], factor)
        case "DivideByNumber":
            factor = float(plain(scale)) / float(made.arguments["value"])  # type: ignore[arg-type]
            return _beginning(node, made.inputs[0][1], factor)
        case _:
            raise unread(node, "import_bad_parameter")
