"""What has to hold for the symbols of the Inputs, so that a network works for sizes not yet known.

A shape rule states a constraint where sizes agree, or suffice, for some values of a symbol only.
What follows for each symbol is worked out exactly: an expression with floor divisions repeats
with a period, so its remainders by that period tell all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from math import gcd, lcm
from typing import Final, TypeAlias

from graph_model.dims import (
    Dim,
    Expression,
    FloorDivision,
    data_symbols,
    evaluate,
    is_symbol,
    period_of,
    symbols,
)
from graph_model.frozen import frozen
from graph_model.phrases import Phrase, phrase

BATCH: Final = frozenset({"N", "B"})
"""What one calls the batch, of which any size must do."""
_LONGEST_PERIOD: Final = 1 << 12
_LARGEST: Final = 1 << 20
"""The largest minimum that is looked for."""


@frozen
class Equal:
    """Two sizes that are the same."""

    left: Expression
    right: Expression


@frozen
class AtLeast:
    """A size that is large enough."""

    dim: Expression
    bound: int


Constraint: TypeAlias = Equal | AtLeast


@frozen
class Requirement:
    """What has to hold for ``symbols``, and the words for it: ``H divisible by 32``."""

    symbols: frozenset[str]
    words: Phrase


def holds(constraint: Constraint, values: Mapping[str, int]) -> bool:
    """Tell whether a constraint holds for these sizes; so it does where one is not given."""
    if not _symbols(constraint) <= values.keys():
        return True
    if isinstance(constraint, AtLeast):
        return evaluate(constraint.dim, values) >= constraint.bound
    return evaluate(constraint.left, values) == evaluate(constraint.right, values)


def agreeing(left: Dim, right: Dim) -> Equal | None:
    """Return the constraint with which two different sizes agree, ``None`` where they never do.

    That a symbol were a single number is no constraint, nor anything of the batch, or of a size
    that only the data tell.
    """
    if isinstance(left, int) or isinstance(right, int):
        return None
    found = sorted(symbols(left) | symbols(right))
    if BATCH & set(found) or data_symbols(left) | data_symbols(right):
        return None
    equal = Equal(left, right)
    if len(found) == 1:
        return equal if _remainders([equal], found[0]) else None
    if len(found) == 2 and symbols(left).isdisjoint(symbols(right)):
        return equal if is_symbol(str(left)) and is_symbol(str(right)) else None
    return None


def simpler(left: Dim, right: Dim) -> Dim:
    """Return the one of two sizes that is written more briefly."""
    return min(left, right, key=lambda dim: len(str(dim)))


def is_always(dim: Expression, bound: int) -> bool:
    """Tell whether a size is at least ``bound`` however small its symbols are."""
    grows = all(coefficient > 0 for monomial, coefficient in dim.terms if monomial)
    return grows and evaluate(dim, dict.fromkeys(symbols(dim), 1)) >= bound


@lru_cache(maxsize=64)
def requirements(constraints: tuple[Constraint, ...]) -> tuple[Requirement, ...]:
    """Work out what has to hold, symbol by symbol, and say it."""
    symbols_of = ((each, _symbols(each)) for each in constraints)
    found = [Requirement(names, _words(each)) for each, names in symbols_of if len(names) > 1]
    for name, stated in _alone(constraints).items():
        found += (Requirement(frozenset({name}), words) for words in _said(name, stated))
    return tuple(found)


def multiple(symbol: str, divisor: int) -> Equal:
    """Return the constraint that a symbol is a multiple of a number."""
    whole = Expression((((symbol,), 1),))
    left = whole // divisor * divisor
    assert isinstance(left, Expression)
    return Equal(left, whole)


@lru_cache(maxsize=64)
def multiples(constraints: tuple[Constraint, ...]) -> Mapping[str, int]:
    """Return the symbols that have to be multiples of a number above one, with that number."""
    found: dict[str, int] = {}
    for name, stated in _alone(constraints).items():
        fitting = _remainders(stated, name)
        if fitting and (divisor := gcd(_period(stated), *fitting)) > 1:
            found[name] = divisor
    return found


@lru_cache(maxsize=64)
def contradicted(constraints: tuple[Constraint, ...]) -> tuple[str, ...]:
    """Return the symbols that no size fits."""
    alone = sorted(_alone(constraints).items())
    return tuple(name for name, stated in alone if not _fits(stated, name))


def _alone(constraints: Iterable[Constraint]) -> Mapping[str, list[Constraint]]:
    """Return the constraints of a single symbol, by that symbol."""
    found: dict[str, list[Constraint]] = {}
    for each in constraints:
        names = _symbols(each)
        if len(names) == 1:
            found.setdefault(next(iter(names)), []).append(each)
    return found


def _fits(stated: list[Constraint], symbol: str) -> bool:
    """Tell whether some size fits; also where that would take too long to find out."""
    return _period(stated) > _LONGEST_PERIOD or bool(_remainders(stated, symbol))


def smallest(constraints: Iterable[Constraint], symbol: str, start: int = 1) -> int | None:
    """Return the smallest size from ``start`` on that meets all constraints of this symbol alone.

    ``None`` stands for none.
    """
    stated = _alone(constraints).get(symbol, [])
    fitting = _remainders(stated, symbol)
    if not fitting:
        return None
    period = _period(stated)
    low = max(start, _minimum(stated, symbol))
    return next(size for size in range(low, low + period) if size % period in fitting)


def _said(symbol: str, stated: list[Constraint]) -> Iterator[Phrase]:
    fitting, period = _remainders(stated, symbol), _period(stated)
    if period > _LONGEST_PERIOD:
        yield from map(_words, stated)
        return
    if not fitting:
        yield phrase("no {symbol} fits", symbol=symbol)
        return
    modulus, left_over = _reduced(fitting, period)
    if modulus > 1 and left_over == [0]:
        yield phrase("{symbol} divisible by {divisor}", symbol=symbol, divisor=modulus)
    elif (modulus, left_over) == (2, [1]):
        yield phrase("{symbol} odd", symbol=symbol)
    elif modulus > 1:
        named = ", ".join(map(str, left_over))
        yield phrase(
            "{symbol} divided by {divisor} leaves {remainders}",
            symbol=symbol,
            divisor=modulus,
            remainders=named,
        )
    least = smallest(stated, symbol)
    if least and least > _first(fitting, period):
        yield phrase("{symbol} at least {minimum}", symbol=symbol, minimum=least)


def _first(fitting: set[int], period: int) -> int:
    return next(size for size in range(1, period + 1) if size % period in fitting)


def _reduced(fitting: set[int], period: int) -> tuple[int, list[int]]:
    """Return the smallest modulus whose remainders say the same, and those remainders."""
    modulus = next(
        each
        for each in range(1, period + 1)
        if period % each == 0
        and len(fitting) == len({remainder % each for remainder in fitting}) * (period // each)
    )
    return modulus, sorted({remainder % modulus for remainder in fitting})


def _remainders(stated: Iterable[Constraint], symbol: str) -> set[int]:
    """Return the remainders by the period of those sizes for which all that is equal is so."""
    equals = [each for each in stated if isinstance(each, Equal)]
    period = _period(equals)
    if period > _LONGEST_PERIOD:
        return set()
    return {
        remainder
        for remainder in range(period)
        if all(_is_equal(each, symbol, remainder, period) for each in equals)
    }


def _is_equal(equal: Equal, symbol: str, remainder: int, period: int) -> bool:
    """Tell whether two sizes agree wherever a symbol leaves this remainder.

    There they are polynomials, which agree everywhere if they do at more places than their degree.
    """
    degree = max(_degree(equal.left), _degree(equal.right))
    return all(
        evaluate(equal.left, {symbol: size}) == evaluate(equal.right, {symbol: size})
        for size in range(remainder, remainder + (degree + 1) * period, period)
    )


def _degree(dim: Expression) -> int:
    return max(
        sum(_degree(atom.numerator) if isinstance(atom, FloorDivision) else 1 for atom in monomial)
        for monomial, _ in dim.terms
    )


def _minimum(stated: list[Constraint], symbol: str) -> int:
    """Return from which size on all is large enough, by halving: larger sizes give no less."""
    bounds = [each for each in stated if isinstance(each, AtLeast)]

    def suffices(size: int) -> bool:
        return all(evaluate(each.dim, {symbol: size}) >= each.bound for each in bounds)

    high = 1
    while not suffices(high) and high < _LARGEST:
        high *= 2
    low = high // 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if suffices(middle) else (middle, high)
    return high


def _period(constraints: Iterable[Constraint]) -> int:
    dims = (
        dim for each in constraints if isinstance(each, Equal) for dim in (each.left, each.right)
    )
    return lcm(1, *(period_of(dim) for dim in dims))


def _symbols(constraint: Constraint) -> frozenset[str]:
    if isinstance(constraint, AtLeast):
        return symbols(constraint.dim)
    return symbols(constraint.left) | symbols(constraint.right)


def _words(constraint: Constraint) -> Phrase:
    if isinstance(constraint, AtLeast):
        return phrase(
            "{symbol} at least {minimum}", symbol=constraint.dim, minimum=constraint.bound
        )
    return phrase("{left} equal to {right}", left=constraint.left, right=constraint.right)
