"""Comparisons, whose results are truth values, and what is chosen by them."""

from __future__ import annotations

from dataclasses import replace
from functools import partial, reduce
from typing import Final

from graph_model.layers.arithmetic import elementwise
from graph_model.layers.broadcasting import broadcast
from graph_model.layers.kind import (
    Function,
    LayerKind,
    Method,
    Operator,
    Pattern,
    Rule,
)
from graph_model.layers.operation import operation
from graph_model.layers.use import Use
from graph_model.tensors import TensorSpec
from graph_model.values import number


def compared(use: Use) -> TensorSpec:
    """Tell for each pair of elements, or each element and a number, whether it holds."""
    return replace(elementwise(use), dtype="bool")


def ordered(use: Use) -> TensorSpec:
    """Compare by size, which truth values have none of."""
    use.need_numbers()
    return compared(use)


def truth_values(use: Use) -> TensorSpec:
    """Combine truth values."""
    for port in use.inputs:
        use.need_truth_values(port)
    return elementwise(use)


def told(use: Use) -> TensorSpec:
    """Tell something of each element."""
    return replace(use.input(), dtype="bool")


def where(use: Use) -> TensorSpec:
    """Take each element from one tensor or the other; all three shapes are broadcast."""
    use.need_truth_values("condition")
    first, second = use.input("input"), use.input("other")
    if first.dtype != second.dtype:
        use.refuse("different_dtypes", port="other", a=first.dtype, b=second.dtype)
    specs = (use.input("condition"), first, second)
    return reduce(lambda a, b: first.with_shape(*broadcast(use, a, b)), specs)


def masked_fill(use: Use) -> TensorSpec:
    """Put a number where the mask holds; among whole numbers a whole one."""
    use.need_truth_values("mask")
    use.need_numbers("input")
    x, value = use.input(), use.number("value")
    if not (x.has_fractions or float(value).is_integer()):
        use.refuse("fraction_of_whole", parameter="value", got=value, dtype=x.dtype)
    return x.with_shape(*broadcast(use, x, use.input("mask")))


def close(use: Use) -> TensorSpec:
    """Compare two tensors up to a tolerance."""
    return compared(use)


_kind: Final = partial(operation, "comparison")


def _comparison(
    name: str, symbol: str, function: str, words: str, *keywords: str, rule: Rule = ordered
) -> LayerKind:
    return _kind(
        name,
        f"Tells where elements {words} a number, or those of a second tensor.",
        Operator(symbol, "value"),
        rule,
        function,
        symbol,
        *keywords,
        parameters=(number("value", 0.0, "The number, without a second tensor."),),
        inputs=("input", "other"),
        optional=("other",),
        card=(f"!{symbol} {{value}}",),
    )


_BOTH: Final = ("input1", "input2")

KINDS: Final = (
    _comparison("Equal", "==", "eq", "equal", "same", rule=compared),
    _comparison("NotEqual", "!=", "ne", "differ from", "other", "padding", rule=compared),
    _comparison("Greater", ">", "gt", "are above", "larger", "threshold"),
    _comparison("GreaterEqual", ">=", "ge", "are at least", "larger", "threshold"),
    _comparison("Less", "<", "lt", "are below", "smaller", "threshold"),
    _comparison("LessEqual", "<=", "le", "are at most", "smaller", "threshold"),
    _kind("IsClose", "Tells where two tensors agree up to a tolerance.",
          Function("torch.isclose"), close, "isclose", "equal", "tolerance",
          parameters=(number("rtol", 1e-5, "The tolerance, as part of the second.", minimum=0),
                      number("atol", 1e-8, "The tolerance.", minimum=0)),
          inputs=("input", "other")),
    _kind("IsNaN", "Tells where elements are not a number.", Function("torch.isnan"), told,
          "isnan", "nan"),
    _kind("IsFinite", "Tells where elements are finite numbers.", Function("torch.isfinite"), told,
          "isfinite", "nan", "infinity"),
    _kind("LogicalAnd", "Tells where both hold.", Operator("&"), truth_values, "logical_and", "and",
          "mask", inputs=_BOTH),
    _kind("LogicalOr", "Tells where at least one holds.", Operator("|"), truth_values, "logical_or",
          "or", "mask", inputs=_BOTH),
    _kind("LogicalXor", "Tells where exactly one holds.", Operator("^"), truth_values,
          "logical_xor", "xor", "differ", inputs=_BOTH),
    _kind("LogicalNot", "Tells where something does not hold.", Pattern("~{input}"), truth_values,
          "logical_not", "not", "invert", "mask"),
    _kind("Where", "Takes elements of one tensor where the condition holds, else of the other.",
          Function("torch.where"), where, "where", "if", "choose", "mask", "select",
          inputs=("condition", "input", "other")),
    _kind("MaskedFill", "Puts a number where the mask holds, as attention hides what comes later.",
          Method("masked_fill", positional=("value",)), masked_fill, "Tensor.masked_fill",
          "attention", "hide",
          parameters=(number("value", float("-inf"), "The number that is put there."),),
          inputs=("input", "mask"), card=("!{value}",)),
)  # fmt: skip
