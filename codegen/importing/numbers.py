"""Arithmetic and comparison of what is known while source is read; formulas go along."""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from codegen.importing.values import Tagged, unread
from graph_model.dims import Expression
from graph_model.formulas import Binary, Constant, Formula, Sequence, Unary

_OPERATORS: Final[Mapping[type[ast.operator], tuple[str, Callable[[Any, Any], Any]]]] = {
    ast.Add: ("+", operator.add),
    ast.Sub: ("-", operator.sub),
    ast.Mult: ("*", operator.mul),
    ast.Div: ("/", operator.truediv),
    ast.FloorDiv: ("//", operator.floordiv),
    ast.Mod: ("%", operator.mod),
    ast.Pow: ("**", operator.pow),
    ast.BitAnd: ("&", operator.and_),
    ast.BitOr: ("|", operator.or_),
    ast.BitXor: ("^", operator.xor),
    ast.LShift: ("<<", operator.lshift),
    ast.RShift: (">>", operator.rshift),
    ast.MatMult: ("@", operator.matmul),
}
_COMPARISONS: Final[Mapping[type[ast.cmpop], tuple[str, Callable[[Any, Any], bool]]]] = {
    ast.Eq: ("==", operator.eq),
    ast.NotEq: ("!=", operator.ne),
    ast.Lt: ("<", operator.lt),
    ast.LtE: ("<=", operator.le),
    ast.Gt: (">", operator.gt),
    ast.GtE: (">=", operator.ge),
    ast.Is: ("is", operator.is_),
    ast.IsNot: ("is not", operator.is_not),
    ast.In: ("in", lambda one, many: one in many),
    ast.NotIn: ("not in", lambda one, many: one not in many),
}
_FORMULAS: Final = frozenset(
    {"+", "-", "*", "/", "//", "%", "**", "==", "!=", "<", "<=", ">", ">="}
)
_LARGEST: Final = 1 << 62
_LONGEST: Final = 100_000
"""The bounds of numbers, and of texts and lists: what is larger is no network."""
_SHORT_MARK: Final = re.compile(r"%(?:%|0?\d?[sdi])")
_SHORT_FIELD: Final = re.compile(r"\{\{|\}\}|\{\w*(?::0?\d?[sd]?)?\}")
"""What texts are filled in with: nothing wide, and no member of anything."""
_NESTED: Final = 2
_MOST_SIZES: Final = 256
"""How deep and how long lists are whose numbers are arguments."""


def symbol(node: ast.operator) -> str:
    """Return the sign of an operator."""
    return _OPERATORS[type(node)][0]


def comparison(node: ast.cmpop) -> str:
    """Return the sign of a comparison."""
    return _COMPARISONS[type(node)][0]


def plain(value: Any, depth: int = 0) -> Any:
    """Return a value without what it follows from."""
    if isinstance(value, Tagged):
        return value.value
    if type(value) not in (tuple, list) or depth > _NESTED or len(value) > _MOST_SIZES:
        return value
    found = [plain(each, depth + 1) for each in value]
    return tuple(found) if isinstance(value, tuple) else found


def formula_of(value: Any) -> Formula | None:
    """Return the formula of a value, of several where any has one; ``None`` for what is fixed."""
    if isinstance(value, Tagged):
        return value.formula
    if isinstance(value, tuple | list) and any(isinstance(each, Tagged) for each in value):
        return Sequence(tuple(_as_formula(each) for each in value))
    return None


def _as_formula(value: Any) -> Formula:
    return value.formula if isinstance(value, Tagged) else Constant(value)


def binary(node: ast.BinOp, left: Any, right: Any) -> Any:
    """Work out ``left + right`` and its like."""
    sign, work = _OPERATORS[type(node.op)]
    one, other = plain(left), plain(right)
    _bound(node, sign, one, other)
    try:
        result = work(one, other)
    except (TypeError, ValueError, ZeroDivisionError, OverflowError) as error:
        raise unread(node, "import_cannot_compute", reason=str(error)) from None
    _limit(node, result)
    tagged = isinstance(left, Tagged) or isinstance(right, Tagged)
    is_number = isinstance(result, int | float) and not isinstance(one, str)
    if tagged and is_number and sign in _FORMULAS:
        return Tagged(result, Binary(sign, _as_formula(left), _as_formula(right)))
    return result


def _bound(node: ast.AST, sign: str, one: Any, other: Any) -> None:
    """Refuse what would take long to compute."""
    if sign in ("**", "<<") and isinstance(other, int | float) and abs(other) > 64:
        raise unread(node, "import_too_large")
    if sign == "*":
        for several, times in ((one, other), (other, one)):
            is_repeated = isinstance(several, str | tuple | list) and isinstance(times, int)
            if is_repeated and len(several) * times > _LONGEST:
                raise unread(node, "import_too_large")
    if sign == "%" and isinstance(one, str):
        parts = other if isinstance(other, tuple) else (other,)
        if not all(isinstance(each, str | int | float) for each in parts):
            raise unread(node, "import_unknown_call", name="%")
    if sign == "%" and isinstance(one, str) and "%" in _SHORT_MARK.sub("", one):
        raise unread(node, "import_unknown_call", name=one)


def _limit(node: ast.AST, value: Any) -> None:
    if isinstance(value, int) and abs(value) > _LARGEST:
        raise unread(node, "import_too_large")
    if isinstance(value, str | tuple | list) and len(value) > _LONGEST:
        raise unread(node, "import_too_large")


def filled(node: ast.AST, text: str, given: list[Any], named: dict[str, Any]) -> str:
    """Return ``text.format(…)`` of texts and numbers."""
    values, others = [*map(plain, given)], {key: plain(each) for key, each in named.items()}
    is_simple = not {"{", "}"} & {*_SHORT_FIELD.sub("", text)}
    if not is_simple or not all(
        isinstance(each, str | int | float) for each in (*values, *others.values())
    ):
        raise unread(node, "import_unknown_call", name="format")
    longest = max((len(str(each)) for each in (*values, *others.values())), default=0)
    if len(text) * (longest + 1) > _LONGEST:
        raise unread(node, "import_too_large")
    return text.format(*values, **others)


def negative(node: ast.UnaryOp, value: Any) -> Any:
    """Work out ``-value`` and its like."""
    known = plain(value)
    works: Mapping[type[ast.unaryop], Callable[[Any], Any]] = {
        ast.USub: operator.neg,
        ast.UAdd: operator.pos,
        ast.Invert: operator.invert,
    }
    try:
        result = works[type(node.op)](known)
    except TypeError as error:
        raise unread(node, "import_cannot_compute", reason=str(error)) from None
    if isinstance(value, Tagged) and isinstance(node.op, ast.USub):
        return Tagged(result, Unary("-", value.formula))
    return result


def opposite(value: Any, truth: bool) -> Any:
    """Return ``not value``."""
    return (
        Tagged(not truth, Unary("not", value.formula)) if isinstance(value, Tagged) else not truth
    )


def compared(node: ast.AST, sign: ast.cmpop, left: Any, right: Any) -> Any:
    """Work out one comparison."""
    word, work = _COMPARISONS[type(sign)]
    one, other = plain(left), plain(right)
    if isinstance(one, Expression) or isinstance(other, Expression):
        if word in ("==", "!=") and one != other:
            raise unread(node, "import_size_unknown")
        if word not in ("==", "!=", "is", "is not"):
            raise unread(node, "import_size_unknown")
    try:
        result = bool(work(one, other))
    except TypeError as error:
        raise unread(node, "import_cannot_compute", reason=str(error)) from None
    tagged = isinstance(left, Tagged) or isinstance(right, Tagged)
    are_numbers = isinstance(one, int | float) and isinstance(other, int | float)
    if tagged and are_numbers and word in _FORMULAS:
        return Tagged(result, Binary(word, _as_formula(left), _as_formula(right)))
    return result
