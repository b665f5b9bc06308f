"""Functions of each element by itself, with or without a number."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Final

from graph_model.layers.arithmetic import elementwise
from graph_model.layers.kind import (
    Function,
    LayerKind,
    Method,
    Operator,
    Pattern,
)
from graph_model.layers.operation import operation
from graph_model.layers.use import Use, set_argument
from graph_model.tensors import TensorSpec
from graph_model.values import Parameter, Type, number

LARGEST_NUMBER: Final = 1e9
"""The bound of numbers that also whole numbers are combined with."""


def real(use: Use) -> TensorSpec:
    """Compute real numbers: float32 of whole numbers and truth values, as torch does."""
    x = use.input()
    return x if x.has_fractions else replace(x, dtype="float32")


def same_numbers(use: Use) -> TensorSpec:
    """Compute numbers of the same dtype, which truth values are not."""
    use.need_numbers()
    return use.input()


def magnitude(use: Use) -> TensorSpec:
    """Take each number without its sign, or the size of a complex one."""
    return same_numbers(use).real_numbers


def clamp(use: Use) -> TensorSpec:
    """Cut off at one bound or two, of which the lower must not be above the upper."""
    low, high = use.arguments["min"], use.arguments["max"]
    if low is None and high is None:
        use.refuse("bounds_missing", set_argument("min", 0.0), parameter="min")
    if low is not None and high is not None and use.number("min") > use.number("max"):
        use.refuse("min_above_max", set_argument("max", low), parameter="max", low=low, high=high)
    use.need_numbers()
    return real(use)


def _keeps_dtype(x: TensorSpec, value: float) -> bool:
    """Tell whether torch keeps the dtype: of real numbers, and where no fraction comes in."""
    return x.has_fractions or float(value).is_integer()


def with_number(use: Use) -> TensorSpec:
    """Combine numbers with a number, of which a fraction makes whole numbers float32."""
    use.need_numbers()
    return use.input() if _keeps_dtype(use.input(), use.number("value")) else real(use)


def divide_by_number(use: Use) -> TensorSpec:
    """Divide by a number, which gives float32 for whole numbers."""
    _need_divisor(use)
    use.need_numbers()
    return real(use)


def _need_divisor(use: Use) -> None:
    if use.number("value") == 0:
        use.refuse("zero_divisor", set_argument("value", 1.0), parameter="value")


def whole_quotient(use: Use) -> TensorSpec:
    """Divide whole numbers and round down; torch has no gradient of this for real numbers."""
    for port, spec in use.inputs.items():
        if spec.is_floating:
            use.refuse_dtype("needs_whole_numbers", port, "int64")
    return remainder(use)


def remainder(use: Use) -> TensorSpec:
    """Take what is left after division by another tensor or a number."""
    use.need_numbers()
    if use.has("other"):
        return elementwise(use)
    _need_divisor(use)
    return with_number(use)


def power(use: Use) -> TensorSpec:
    """Raise to a power; those below zero of whole numbers would not be whole."""
    use.need_numbers()
    if use.has("other"):
        use.need_floating()
        return elementwise(use)
    x, exponent = use.input(), use.number("exponent")
    if not _keeps_dtype(x, exponent):
        return real(use)
    if exponent < 0:
        use.need_floating()
    return x


def replaced(use: Use) -> TensorSpec:
    """Give the same shape and dtype."""
    return use.input()


def real_numbers(use: Use) -> TensorSpec:
    """Combine real numbers element by element."""
    use.need_floating()
    return elementwise(use)


_kind: Final = partial(operation, "arithmetic")


def _real(name: str, function: str, help: str, *keywords: str) -> LayerKind:
    return _kind(name, help, Function(f"torch.{function}"), real, function, *keywords)


def _whole(name: str, function: str, help: str, *keywords: str) -> LayerKind:
    return _kind(name, help, Function(f"torch.{function}"), same_numbers, function, *keywords)


def _value(default: float, help: str) -> tuple[Parameter, ...]:
    bound = LARGEST_NUMBER
    return (number("value", default, help, minimum=-bound, maximum=bound),)


_OTHER: Final = ("other",)

KINDS: Final = (
    _kind("AddNumber", "Adds a number to each element.", Operator("+", "value"), with_number, "add",
          "plus", "offset", "shift", "scalar",
          parameters=_value(1.0, "The number that is added."), card=("!+ {value}",), stem="add"),
    _kind("SubtractFrom", "Subtracts each element from a number: 1 − x.",
          Pattern("{value} - {input}"), with_number, "rsub", "minus", "complement", "scalar",
          parameters=_value(1.0, "The number to subtract from."),
          card=("!{value} −",), stem="complement"),
    _kind("MultiplyByNumber", "Multiplies each element by a number.",
          Operator("*", "value"), with_number, "mul",
          "times", "scale", "scalar",
          parameters=_value(0.5, "The factor."), card=("!× {value}",), stem="scale"),
    _kind("DivideByNumber", "Divides each element by a number.",
          Operator("/", "value"), divide_by_number, "div",
          "quotient", "scale", "temperature", "scalar",
          parameters=_value(2.0, "The divisor."), card=("!÷ {value}",), stem="scale"),
    _kind("FloorDivide", "Divides whole numbers by a number, or a second tensor, and rounds down.",
          Operator("//", "value"), whole_quotient, "floor_divide", "quotient", "integer division",
          parameters=_value(2.0, "The divisor, without a second tensor."),
          inputs=("input", "other"), optional=_OTHER, card=("//{value}",), stem="quotient"),
    _kind("Remainder", "Gives what is left after division by a number, or a second tensor.",
          Operator("%", "value"), remainder, "remainder", "modulo", "mod",
          parameters=_value(2.0, "The divisor, without a second tensor."),
          inputs=("input", "other"), optional=_OTHER, card=("%{value}",), stem="remainder"),
    _kind("Power", "Raises each element to a power, or to that of a second tensor.",
          Operator("**", "exponent"), power, "pow", "square", "exponent",
          parameters=(number("exponent", 2.0, "The power, without a second tensor.",
                             minimum=-1e6, maximum=1e6),),
          inputs=("input", "other"), optional=_OTHER, card=("!^{exponent}",)),
    _kind("Clamp", "Cuts each element off at a lower bound, an upper bound, or both.",
          Method("clamp", always=("min",)), clamp, "clamp", "clip", "limit", "bound",
          parameters=(Parameter("min", Type.NUMBER, 0.0, "The lower bound; empty for none.",
                                optional=True),
                      number("max", None, "The upper bound; empty for none.")),
          card=("from {min}", "to {max}")),
    _kind("Negative", "Turns the sign of each element.", Pattern("-{input}"), same_numbers, "neg",
          "minus", "sign", stem="negative"),
    _kind("Abs", "Takes each element without its sign, or the size of a complex number.",
          Function("torch.abs"), magnitude, "abs", "absolute", "magnitude", "complex"),
    _whole("Sign", "sign", "Gives −1, 0 or 1 by the sign of each element."),
    _whole("Square", "square", "Multiplies each element by itself.", "power"),
    _whole("Floor", "floor", "Rounds each element down.", "round"),
    _whole("Ceil", "ceil", "Rounds each element up.", "round"),
    _whole("Round", "round", "Rounds each element to the nearest whole number, halves to even."),
    _whole("Trunc", "trunc", "Rounds each element towards zero.", "round"),
    _real("Exp", "exp", "The exponential of each element.", "exponential"),
    _real("Expm1", "expm1", "The exponential less 1, exact near zero.", "exponential"),
    _real("Log", "log", "The natural logarithm of each element.", "ln"),
    _real("Log1p", "log1p", "The logarithm of 1 + x, exact near zero.", "logarithm"),
    _real("Log2", "log2", "The logarithm to base 2.", "logarithm"),
    _real("Log10", "log10", "The logarithm to base 10.", "logarithm", "decibel"),
    _real("Sqrt", "sqrt", "The square root of each element.", "root"),
    _real("Rsqrt", "rsqrt", "One over the square root of each element.", "root", "inverse"),
    _real("Reciprocal", "reciprocal", "One over each element.", "inverse"),
    _real("Sin", "sin", "The sine of each element, in radians.", "position", "fourier"),
    _real("Cos", "cos", "The cosine of each element, in radians.", "position", "fourier"),
    _real("Tan", "tan", "The tangent of each element, in radians."),
    _real("Asin", "asin", "The angle whose sine each element is.", "arcsin"),
    _real("Acos", "acos", "The angle whose cosine each element is.", "arccos"),
    _real("Atan", "atan", "The angle whose tangent each element is.", "arctan"),
    _real("Sinh", "sinh", "The hyperbolic sine of each element."),
    _real("Cosh", "cosh", "The hyperbolic cosine of each element."),
    _real("Erf", "erf", "The error function of each element.", "gauss", "normal"),
    _real("Erfc", "erfc", "One less the error function of each element.", "gauss", "normal"),
    _real("Lgamma", "lgamma", "The logarithm of the gamma function.", "factorial"),
    _kind("NanToNum", "Replaces what is not a number, and infinities, by numbers.",
          Function("torch.nan_to_num"), replaced, "nan_to_num", "infinity", "nan",
          parameters=(number("nan", 0.0, "What stands for not-a-number."),
                      number("posinf", None, "What stands for infinity; empty for the largest."),
                      number("neginf", None, "What stands for −infinity; empty for the least."))),
    _kind("Atan2", "The angle of the point whose coordinates are y and x.",
          Function("torch.atan2"), real_numbers, "atan2", "arctan", "angle",
          inputs=("y", "x")),
    _kind("LogAddExp", "Adds what two logarithms stand for, and takes the logarithm.",
          Function("torch.logaddexp"), real_numbers, "logaddexp", "logsumexp",
          inputs=("input1", "input2")),
    _kind("Hypot", "The length of the hypotenuse of two sides.", Function("torch.hypot"),
          real_numbers, "hypot", "distance", inputs=("input1", "input2")),
    _kind("Lerp", "Goes from the first tensor to the second by a part of the way.",
          Function("torch.lerp", positional=("weight",)), real_numbers, "lerp",
          "mix", "interpolate", "blend",
          parameters=(number("weight", 0.5, "How much of the way."),),
          inputs=("input", "end"), card=("!{weight}",)),
)  # fmt: skip
