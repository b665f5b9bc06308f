"""Formulas over the parameters of a block, such as ``channels * 4``: a small tree, never code.

A formula is read by ``formula_parser``, kept as a value, worked out here, and written as Python.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final, NoReturn, TypeAlias

from graph_model.frozen import frozen
from graph_model.phrases import phrase
from graph_model.problems import Problem, Refusal
from graph_model.size_texts import is_size, read_size
from graph_model.values import LARGEST, Scalar, Value

Scope: TypeAlias = Mapping[str, Value]
"""The value of each parameter that a formula may name."""


@frozen
class Constant:
    """A number, a truth value, a text or ``None``."""

    value: Scalar | None


@frozen
class Name:
    """The value of a parameter of the block."""

    name: str


@frozen
class Unary:
    """``-a`` or ``not a``."""

    operator: str
    operand: Formula


@frozen
class Binary:
    """``a + b``, ``a == b``, ``a and b``."""

    operator: str
    left: Formula
    right: Formula


@frozen
class Conditional:
    """``value if condition else other``."""

    value: Formula
    condition: Formula
    other: Formula


@frozen
class Call:
    """``min(a, b)`` or ``max(a, b)``."""

    function: str
    arguments: tuple[Formula, ...]


@frozen
class Sequence:
    """Several values, such as ``(kernel_size, 1)``."""

    items: tuple[Formula, ...]


Formula: TypeAlias = Constant | Name | Unary | Binary | Conditional | Call | Sequence

PRECEDENCE: Final[Mapping[str, int]] = {
    "or": 1, "and": 2, "==": 4, "!=": 4, "<": 4, "<=": 4, ">": 4, ">=": 4,
    "+": 5, "-": 5, "*": 6, "/": 6, "//": 6, "%": 6, "**": 8,
}  # fmt: skip
"""How tightly each operator with two sides binds, as in Python."""
NOT: Final = 3
NEGATION: Final = 7
POWER: Final = 8
FUNCTIONS: Final[Mapping[str, Callable[..., float]]] = {"min": min, "max": max}

_ARITHMETIC: Final[Mapping[str, Callable[[float, float], float]]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "//": operator.floordiv,
    "%": operator.mod,
}
"""The operators of arithmetic but ``**``, whose result may be too large to be worked out."""
_OF_SIZES: Final = frozenset({"+", "-", "*", "//"})
_ORDER: Final[Mapping[str, Callable[[float, float], bool]]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def names_in(formula: Formula) -> Iterator[str]:
    """Yield the name of each parameter that a formula mentions, as often as it does."""
    match formula:
        case Name(name):
            yield name
        case _:
            for part in parts(formula):
                yield from names_in(part)


def parts(formula: Formula) -> tuple[Formula, ...]:
    """Return the formulas that a formula is made of."""
    match formula:
        case Unary(_, operand):
            return (operand,)
        case Binary(_, left, right):
            return left, right
        case Conditional(value, condition, other):
            return value, condition, other
        case Call(_, within) | Sequence(within):
            return within
        case _:
            return ()


def rebuilt(formula: Formula, within: Iterable[Formula]) -> Formula:
    """Return the formula with others in place of the ``parts`` that it is made of."""
    match formula:
        case Unary(symbol, _):
            return Unary(symbol, *within)
        case Binary(symbol, _, _):
            return Binary(symbol, *within)
        case Conditional():
            return Conditional(*within)
        case Call(function, _):
            return Call(function, tuple(within))
        case Sequence(_):
            return Sequence(tuple(within))
        case _:
            return formula


def substitute(formula: Formula, known: Mapping[str, Formula]) -> Formula:
    """Return the formula with others in place of the names that ``known`` has."""
    if isinstance(formula, Name):
        return known.get(formula.name, formula)
    return rebuilt(formula, (substitute(part, known) for part in parts(formula)))


def as_formula(value: Value) -> Formula:
    """Return the formula that is this value."""
    if isinstance(value, tuple):
        return Sequence(tuple(Constant(entry) for entry in value))
    return Constant(value)


def as_value(formula: Formula) -> Value | Formula:
    """Return the value of a formula without names, where it has one, else the formula."""
    if any(True for _ in names_in(formula)):
        return formula
    try:
        return evaluate(formula, {})
    except Refusal:
        return formula


def evaluate(formula: Formula, scope: Scope) -> Value:
    """Work out a formula.

    Raises ``Refusal`` for an unknown name, operands of the wrong type, a division by zero and
    numbers that are too large.
    """
    match formula:
        case Constant(value):
            return value
        case Name(name):
            if name not in scope:
                known = ", ".join(scope) or "none"
                _refuse("formula_unknown_name", name=name, known=known)
            return scope[name]
        case Unary("not", operand):
            return not _truth(operand, scope)
        case Unary(_, operand):
            return -_number(operand, scope)
        case Binary(symbol, left, right):
            return _binary(symbol, left, right, scope)
        case Conditional(chosen, condition, other):
            return evaluate(chosen if _truth(condition, scope) else other, scope)
        case Call(function, within):
            return FUNCTIONS[function](*(_number(each, scope) for each in within))
        case Sequence(items):  # pragma: no branch - it is the last
            return tuple(_entry(each, scope) for each in items)


def _binary(symbol: str, left: Formula, right: Formula, scope: Scope) -> Value:
    if symbol == "and":
        return _truth(left, scope) and _truth(right, scope)
    if symbol == "or":
        return _truth(left, scope) or _truth(right, scope)
    if symbol in {"==", "!="}:
        return (evaluate(left, scope) == evaluate(right, scope)) == (symbol == "==")
    if symbol in _OF_SIZES and (size := _size(symbol, left, right, scope)) is not None:
        return size
    a, b = _number(left, scope), _number(right, scope)
    if symbol in _ORDER:
        return _ORDER[symbol](a, b)
    formula = Binary(symbol, left, right)
    if (symbol in {"/", "//", "%"} and b == 0) or (symbol == "**" and a == 0 and b < 0):
        _refuse("formula_division_by_zero", formula=write(formula))
    result = _power(formula, a, b) if symbol == "**" else _ARITHMETIC[symbol](a, b)
    if not abs(result) <= LARGEST:
        _refuse("formula_too_large", formula=write(formula))
    return result


def _size(symbol: str, left: Formula, right: Formula, scope: Scope) -> Value:
    """Return what a size by name and another, or a number, come to; ``None`` for two numbers."""
    a, b = evaluate(left, scope), evaluate(right, scope)
    if not any(isinstance(each, str) and is_size(each) for each in (a, b)):
        return None
    try:
        size = read_size(f"({a}) {symbol} ({b})")
    except ValueError:
        return None
    return size if isinstance(size, int) else str(size)


def _power(formula: Formula, base: float, exponent: float) -> float:
    """Return a power, a whole number where Python gives one; the size is looked at beforehand."""
    if base < 0 and exponent % 1 != 0:
        _refuse("formula_not_real", formula=write(formula))
    try:
        size = float(abs(base)) ** exponent
    except OverflowError:
        size = math.inf
    if size > LARGEST:
        _refuse("formula_too_large", formula=write(formula))
    result: float = base**exponent
    return result


def _number(formula: Formula, scope: Scope) -> float:
    value = evaluate(formula, scope)
    if isinstance(value, bool) or not isinstance(value, int | float):
        _refuse_type(formula, "a number", value)
    return value


def _truth(formula: Formula, scope: Scope) -> bool:
    value = evaluate(formula, scope)
    if not isinstance(value, bool):
        _refuse_type(formula, "true or false", value)
    return value


def _entry(formula: Formula, scope: Scope) -> int | str:
    value = evaluate(formula, scope)
    if isinstance(value, bool) or not isinstance(value, int | str):
        _refuse_type(formula, "a whole number", value)
    return value


def _refuse_type(formula: Formula, expected: str, got: Value) -> NoReturn:
    _refuse("formula_wrong_type", formula=write(formula), expected=phrase(expected), got=repr(got))


def _refuse(code: str, **values: str) -> NoReturn:
    raise Refusal(Problem(code, values))


def write(formula: Formula, known: Mapping[str, str] | None = None) -> str:
    """Write a formula as Python, with no more parentheses than it needs.

    ``known`` gives other words for some names.
    """
    return _write(formula, 0, known or {})


def _write(formula: Formula, tightness: int, known: Mapping[str, str]) -> str:
    """Write a formula, in parentheses where it binds less than ``tightness``."""
    match formula:
        case Constant(value):
            text, mine = _constant(value), NEGATION if _is_negative(value) else 9
        case Name(name):
            text, mine = known.get(name, name), 9
        case Unary("not", operand):
            text, mine = f"not {_write(operand, NOT, known)}", NOT
        case Unary(_, operand):
            text, mine = f"-{_write(operand, NEGATION, known)}", NEGATION
        case Binary(symbol, left, right):
            mine = PRECEDENCE[symbol]
            is_power = mine == POWER  # which binds from the right, but less than a minus there
            before = _write(left, mine + (mine == PRECEDENCE["=="] or is_power), known)
            after = _write(right, NEGATION if is_power else mine + 1, known)
            text = f"{before} {symbol} {after}"
        case Conditional(chosen, condition, other):
            text = f"{_write(chosen, 1, known)} if {_write(condition, 1, known)} else "
            text, mine = text + _write(other, 0, known), 0
        case Call(function, within):
            text, mine = f"{function}({', '.join(_write(each, 0, known) for each in within)})", 9
        case Sequence(items):  # pragma: no branch - it is the last
            listed = ", ".join(_write(each, 0, known) for each in items)
            text, mine = f"({listed},)" if len(items) == 1 else f"({listed})", 9
    return f"({text})" if mine < tightness else text


def _is_negative(value: Scalar | None) -> bool:
    return not isinstance(value, bool | str | None) and str(value).startswith("-")


def _constant(value: Scalar | None) -> str:
    if isinstance(value, str):
        body = value.encode("unicode_escape").decode("ascii").replace('"', '\\"')
        return f'"{body}"'
    if isinstance(value, float) and value in (float("inf"), -float("inf")):
        return f'float("{value}")'
    return repr(value)
