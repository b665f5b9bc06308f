"""Reads formulas as they are shown, by Python's own arithmetic, and holds them to a result."""

from __future__ import annotations

import ast
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, Final

from graph_model.dims import Expression, data_symbols
from graph_model.explain import DimensionOf, Explanation, ParametersOf, explain, plain
from graph_model.inference.infer import infer
from graph_model.layers.kind import LayerKind
from graph_model.layers.weight import Weight
from graph_model.tensors import TensorSpec
from graph_model.values import Arguments
from tests.graph_model.layers.single import NODE, network

_SIGNS: Final = {
    "⌊": "floor(", "⌋": ")", "⌈": "ceil(", "⌉": ")", "·": "*", "×": "*", "−": "-", "^": "**",
    ",": "",
}  # fmt: skip
_FUNCTIONS: Final = {"floor": math.floor, "ceil": math.ceil}
_OPERATORS: Final[Mapping[type[ast.operator], Any]] = {
    ast.Add: lambda a, b: a + b,
    ast.Sub: lambda a, b: a - b,
    ast.Mult: lambda a, b: a * b,
    ast.Div: lambda a, b: a / b,
    ast.Pow: lambda a, b: a**b,
}


def read(shown: str, symbols: Mapping[str, int] | None = None) -> Any:
    """Work out what a formula says; divisions are exact."""
    for sign, written in _SIGNS.items():
        shown = shown.replace(sign, written)
    return _value(ast.parse(shown, mode="eval").body, symbols or {})


def _value(node: ast.expr, symbols: Mapping[str, int]) -> Any:
    match node:
        case ast.Constant(value=int(value)):
            return Fraction(value)
        case ast.Constant(value=value):
            return value
        case ast.Name(id=name):
            return Fraction(symbols[name])
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_value(operand, symbols)
        case ast.BinOp(left=left, op=operator, right=right):
            return _OPERATORS[type(operator)](_value(left, symbols), _value(right, symbols))
        case ast.Call(func=ast.Name(id=function), args=[within]):
            return Fraction(_FUNCTIONS[function](_value(within, symbols)))
        case _:
            raise AssertionError(ast.dump(node))


def assert_explained(
    kind: LayerKind,
    arguments: Arguments,
    inputs: Mapping[str, TensorSpec],
    outputs: Sequence[TensorSpec],
    weights: Sequence[Weight],
) -> None:
    """Hold the explanations of one layer to what torch gives."""
    inference = infer(network(kind, arguments, inputs))
    for (port, _), spec in zip(inference.nodes[NODE].outputs.items(), outputs, strict=True):
        for index, size in enumerate(spec.shape):
            asked = DimensionOf((), NODE, port, index)
            assert_right(explain(inference, asked), size, f"{kind.name} {port} {index}")
    trained = [weight for weight in weights if not weight.is_buffer]
    explained = explain(inference, ParametersOf((), NODE))
    assert explained is not None
    assert explained.result == sum(weight.count for weight in trained)
    sizes: Counter[int] = Counter()
    for part in explained.parts:
        assert read(plain(part.filled)) == part.value, plain(part.filled)
        sizes[part.value] += len(part.names)
    assert sizes == Counter(weight.count for weight in trained)


def assert_right(explained: Explanation | None, size: object, place: str) -> None:
    """Hold an explanation to a size: the sum as it is shown, and that no variable is made up."""
    assert explained is not None, place
    if isinstance(explained.result, Expression) and data_symbols(explained.result):
        assert str(explained.why).startswith("Only the data tell"), place
        return
    assert explained.result == size, place
    if not explained.filled:
        assert size == 1, f"{place} has no formula"
    else:
        assert read(plain(explained.filled)) == size, f"{place}: {plain(explained.filled)}"
        values = {piece.variable: piece.text for piece in explained.filled if piece.variable}
        assert values.keys() == {each.key for each in explained.variables}
