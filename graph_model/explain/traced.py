"""Numbers that remember how they were worked out.

A shape rule that is given such numbers computes as it always does, and what it returns tells the
formula that it went by. So a formula that is shown is the rule itself and cannot disagree with it.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias

from graph_model.dims import Dim, Expression, FloorDivision, split_term, symbol
from graph_model.formulas import Binary, Call, Constant, Formula, Name, Unary

Number: TypeAlias = "Dim | float"

_OPERATORS: Final[Mapping[str, Callable[[Any, Any], Any]]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "//": operator.floordiv,
    "**": operator.pow,
}
_NEUTRAL: Final = {"+": 0, "-": 0, "*": 1, "/": 1, "//": 1}
"""What changes nothing on the right of an operator; of ``+`` and ``*``, on the left too."""


class Traced:
    """What is common to traced numbers of all types: operators that note themselves down."""

    __slots__ = ()
    tree: Formula

    def __add__(self, other: object) -> Any:
        return _combined("+", self, other)

    def __radd__(self, other: object) -> Any:
        return _combined("+", other, self)

    def __sub__(self, other: object) -> Any:
        return _combined("-", self, other)

    def __rsub__(self, other: object) -> Any:
        return _combined("-", other, self)

    def __mul__(self, other: object) -> Any:
        return _combined("*", self, other)

    def __rmul__(self, other: object) -> Any:
        return _combined("*", other, self)

    def __truediv__(self, other: object) -> Any:
        return _combined("/", self, other)

    def __floordiv__(self, other: object) -> Any:
        return _combined("//", self, other)

    def __rfloordiv__(self, other: object) -> Any:
        return _combined("//", other, self)

    def __pow__(self, other: object) -> Any:
        return _combined("**", self, other)

    def __neg__(self) -> Any:
        return traced(-bare(self), _negative(self.tree))

    def __floor__(self) -> Any:
        return _rounded("floor", math.floor(bare(self)), self)

    def __ceil__(self) -> Any:
        return _rounded("ceil", math.ceil(bare(self)), self)


class TracedInt(Traced, int):  # type: ignore[misc]  # the operators of int promise int
    """A whole number with the formula that it came from."""


class TracedFloat(Traced, float):  # type: ignore[misc]
    """A number with the formula that it came from."""


class TracedDim(Traced, Expression):
    """A symbolic dimension with the formula that it came from; equals the same without."""

    __slots__ = ("tree",)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Expression) and self.terms == other.terms

    def __hash__(self) -> int:
        return hash(bare(self))


def traced(value: Number, tree: Formula) -> Any:
    """Return the number with its formula."""
    made: TracedInt | TracedFloat | TracedDim
    if isinstance(value, Expression):
        made = TracedDim(value.terms)
        object.__setattr__(made, "tree", tree)
        return made
    made = TracedFloat(value) if isinstance(value, float) else TracedInt(value)
    made.tree = tree
    return made


def named(value: Number, name: str) -> Any:
    """Return the number as a variable of this name."""
    return traced(bare(value), Name(name))


def bare(value: Any) -> Any:
    """Return a number without the formula that it may have."""
    match value:
        case TracedInt() | bool():
            return int(value)
        case TracedFloat():
            return float(value)
        case TracedDim():
            return Expression(value.terms)
        case _:
            return value


def tree_of(value: Number) -> Formula:
    """Return the formula of a number, which is the number itself where none is known."""
    return value.tree if isinstance(value, Traced) else of_dim(value)


def of_dim(value: Number) -> Formula:
    """Return a number or symbolic dimension as a formula over its symbols."""
    if not isinstance(value, Expression):
        return Constant(int(value) if isinstance(value, bool) else value)
    total: Formula | None = None
    # The constant comes last, as people write it.
    for monomial, coefficient in sorted(value.terms, key=lambda term: not term[0]):
        times, atoms, divisor = split_term(monomial, abs(coefficient))
        factors: list[Formula] = [Constant(times)] if times != 1 or not atoms else []
        for atom in atoms:
            if isinstance(atom, FloorDivision):
                numerator, over = atom.without_quotients()
                factors.append(Binary("//", of_dim(numerator), Constant(over)))
            else:
                factors.append(Name(str(atom)))
        term = factors[0]
        for factor in factors[1:]:
            term = Binary("*", term, factor)
        if divisor > 1:
            term = Binary("/", term, Constant(divisor))
        if total is None:
            total = Unary("-", term) if coefficient < 0 else term
        else:
            total = Binary("-" if coefficient < 0 else "+", total, term)
    assert total is not None
    return total


def _rounded(function: str, whole: int, given: Any) -> Any:
    """Return a number made whole; one that is already keeps its formula."""
    match tree := tree_of(given):
        case _ if whole == bare(given):
            return traced(whole, tree)
        case Binary("/", left, right) if function == "floor":
            return traced(whole, Binary("//", left, right))
        case _:
            return traced(whole, Call(function, (tree,)))


def _combined(symbol: str, left: Any, right: Any) -> Any:
    if not all(isinstance(each, int | float | Expression) for each in (left, right)):
        return NotImplemented  # such as a list, which a number of times repeats
    value = _OPERATORS[symbol](bare(left), bare(right))
    return traced(value, _simplified(symbol, tree_of(left), tree_of(right)))


def _negative(tree: Formula) -> Formula:
    """Return the formula with the other sign; ``-(-a // b)`` is how Python rounds up."""
    match tree:
        case Binary("//", Unary("-", above), below):
            return Call("ceil", (Binary("/", above, below),))
        case _:
            return Unary("-", tree)


def worked_out(tree: Formula, values: Mapping[str, Number]) -> Any:
    """Return what a formula of traced numbers comes to with these values for its variables."""
    match tree:
        case Name(name):
            return values[name] if name in values else symbol(name)
        case Constant(value):
            return value
        case Unary(_, operand):
            return -worked_out(operand, values)
        case Binary(sign, left, right):
            return _OPERATORS[sign](worked_out(left, values), worked_out(right, values))
        case Call("ceil", (Binary("/", above, below),)):
            return -(-worked_out(above, values) // worked_out(below, values))
        case Call(function, (within,)):
            return {"floor": math.floor, "ceil": math.ceil}[function](worked_out(within, values))
        case _:
            raise TypeError(f"{tree} is no formula of traced numbers")


def _simplified(symbol: str, left: Formula, right: Formula) -> Formula:
    neutral = Constant(_NEUTRAL[symbol]) if symbol in _NEUTRAL else None
    if right == neutral:
        return left
    if left == neutral and symbol in "+*":
        return right
    return Binary(symbol, left, right)
