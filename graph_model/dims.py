"""Dimensions of tensors: an ``int``, or a small symbolic expression such as ``N`` or ``4*H + 1``.

An expression is kept in one canonical form, a sum of products, so that two expressions which are
equal as polynomials compare equal and hash equal. Symbols stand for integers of at least one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import reduce
from math import gcd, lcm, prod
from operator import mul
from typing import Final, TypeAlias

from graph_model.frozen import frozen

_TOLD: Final = "?"
"""Ends the name of a size that only the data tell."""
_SYMBOL: Final = re.compile(r"[A-Z][A-Za-z0-9_]*")


@frozen
class FloorDivision:
    """The floor of ``numerator / denominator``, where the denominator is an integer above one."""

    numerator: Expression
    denominator: int

    def without_quotients(self) -> tuple[Dim, int]:
        """Return the numerator and the denominator, multiplied until no quotient is left within."""
        divisors = (split_term(*term)[2] for term in self.numerator.terms)
        scale = lcm(*divisors)
        return self.numerator * scale, self.denominator * scale

    def __str__(self) -> str:
        numerator, denominator = self.without_quotients()
        text = str(numerator)
        return f"{text if text.isidentifier() else f'({text})'}//{denominator}"


@frozen
class Quotient:
    """A symbol over a number that is known to divide it."""

    symbol: str
    divisor: int

    def __str__(self) -> str:
        return f"{self.symbol}/{self.divisor}"


Atom: TypeAlias = "str | FloorDivision | Quotient"
Monomial: TypeAlias = tuple[Atom, ...]
Terms: TypeAlias = dict[Monomial, int]


@frozen
class Expression:
    """A polynomial over symbols, quotients and floor divisions that is not a plain integer.

    ``terms`` maps products of atoms to integer coefficients; the empty product is the constant.
    """

    terms: tuple[tuple[Monomial, int], ...]

    def __add__(self, other: Dim) -> Dim:
        terms = dict(self.terms)
        for monomial, coefficient in _terms(other).items():
            terms[monomial] = terms.get(monomial, 0) + coefficient
        return _from_terms(terms)

    __radd__ = __add__

    def __neg__(self) -> Dim:
        return self * -1

    def __sub__(self, other: Dim) -> Dim:
        return self + other * -1

    def __rsub__(self, other: Dim) -> Dim:
        return self * -1 + other

    def __mul__(self, other: Dim) -> Dim:
        terms: Terms = {}
        for left, a in self.terms:
            for right, b in _terms(other).items():
                monomial = tuple(sorted(left + right, key=str))
                terms[monomial] = terms.get(monomial, 0) + a * b
        return _from_terms(terms)

    __rmul__ = __mul__

    def __floordiv__(self, divisor: int) -> Dim:
        """Return the floor of this expression over a positive integer, simplified where exact."""
        whole: Terms = {}
        rest: Terms = {}
        for monomial, coefficient in self.terms:
            whole[monomial], rest[monomial] = divmod(coefficient, divisor)
        shared = gcd(divisor, *(rest[monomial] for monomial in rest if monomial))
        if shared > 1:  # (2*a + 1)//4 is a//2
            rest = {monomial: coefficient // shared for monomial, coefficient in rest.items()}
            divisor //= shared
        remaining = _from_terms(rest)
        if isinstance(remaining, int):
            return _from_terms(whole) + remaining // divisor
        return _from_terms(whole) + _floor_atom(remaining, divisor)

    def __str__(self) -> str:
        """Write it as Python would: ``4*H + 1``, ``(H + 1)//2`` rounded down, ``H/2`` exact."""
        text = ""
        for monomial, coefficient in sorted(self.terms, key=lambda term: not term[0]):
            sign = "-" if coefficient < 0 else "+"
            term = _format_term(monomial, abs(coefficient))
            if text:
                text += f" {sign} {term}"
            else:  # Python reads -H//2 as (-H)//2
                text = term if coefficient > 0 else f"-({term})" if "//" in term else f"-{term}"
        return text

    def __repr__(self) -> str:
        return f"Expression({self})"


Dim: TypeAlias = int | Expression
Shape: TypeAlias = tuple[Dim, ...]


def symbol(name: str) -> Expression:
    """Return the dimension called ``name``, such as ``N`` for the batch.

    Raises ``ValueError`` unless the name starts with a capital letter and is an ASCII identifier.
    """
    if not is_symbol(name):
        raise ValueError(f"{name!r} is not the name of a dimension")
    return Expression((((name,), 1),))


def is_symbol(name: str) -> bool:
    """Tell whether ``name`` may name a dimension: a capital letter, then letters and digits."""
    return _SYMBOL.fullmatch(name) is not None


def told_by_data(name: str) -> Expression:
    """Return a size that only the data tell, to be called ``K?``: no user can declare that."""
    return Expression((((f"{name}{2 * _TOLD}",), 1),))


def data_symbols(dim: Dim) -> frozenset[str]:
    """Return the symbols in a dimension that only the data tell."""
    if isinstance(dim, int):
        return frozenset()
    return frozenset(name for name in symbols(dim) if name.endswith(_TOLD))


def renamed(dim: Dim, names: Mapping[str, str]) -> Dim:
    """Return a dimension with other names for some of its symbols."""
    if isinstance(dim, int):
        return dim
    total: Dim = 0
    for monomial, coefficient in dim.terms:
        total = total + reduce(mul, (_renamed(atom, names) for atom in monomial), coefficient)
    return total


def _renamed(atom: Atom, names: Mapping[str, str]) -> Dim:
    match atom:
        case FloorDivision(numerator, denominator):
            return renamed(numerator, names) // denominator
        case Quotient(name, divisor):
            return Expression((((Quotient(names.get(name, name), divisor),), 1),))
        case name:
            return Expression((((names.get(name, name),), 1),))


def divide_exactly(dividend: Dim, divisor: Dim) -> Dim | None:
    """Return ``dividend / divisor`` where it is an integer for every value, else ``None``.

    The divisor must be a single product, such as ``8`` or ``4*T``.
    """
    if dividend == 0 and divisor != 0:
        return 0
    divisor_terms = _terms(divisor)
    if len(divisor_terms) != 1:
        return 1 if dividend == divisor else None
    ((divisor_atoms, divisor_coefficient),) = divisor_terms.items()
    if divisor_coefficient == 0:
        return None
    quotient: Terms = {}
    for monomial, coefficient in _terms(dividend).items():
        atoms = list(monomial)
        for atom in divisor_atoms:
            if atom not in atoms:
                return None
            atoms.remove(atom)
        if coefficient % divisor_coefficient:
            return None
        quotient[tuple(atoms)] = coefficient // divisor_coefficient
    return _from_terms(quotient)


def product(dims: Shape) -> Dim:
    """Return the number of elements of a tensor of these dimensions."""
    return reduce(mul, dims, 1)


def symbols(dim: Dim) -> frozenset[str]:
    """Return the names of all symbols within a dimension."""
    if isinstance(dim, int):
        return frozenset()
    found: set[str] = set()
    for monomial, _ in dim.terms:
        for atom in monomial:
            if isinstance(atom, FloorDivision):
                found |= symbols(atom.numerator)
            else:
                found.add(atom.symbol if isinstance(atom, Quotient) else atom)
    return frozenset(found)


def with_multiples(dim: Dim, multiples: Mapping[str, int]) -> Dim:
    """Return a dimension as people write it where symbols are known to be multiples of numbers.

    What does come out even is an exact quotient, ``H/2`` instead of ``H//2``. Where that would be
    no shorter, the dimension is left as it is.
    """
    if isinstance(dim, int):
        return dim
    period = period_of(dim)
    shared = {name: gcd(divisor, period) for name, divisor in multiples.items()}
    known = _divided(dim, {name: divisor for name, divisor in shared.items() if divisor > 1})
    return known if len(str(known)) < len(str(dim)) else dim


def in_parts(dim: Dim, multiples: Mapping[str, int]) -> Dim:
    """Return a dimension with exact quotients of the symbols known to be multiples of numbers."""
    return dim if isinstance(dim, int) else _divided(dim, multiples)


def parted(dim: Dim) -> Mapping[str, int]:
    """Return the symbols that a dimension has whole parts of, with the number of parts."""
    found: dict[str, int] = {}
    for monomial, _ in () if isinstance(dim, int) else dim.terms:
        for atom in monomial:
            if isinstance(atom, FloorDivision) and is_symbol(str(atom.numerator)):
                name = str(atom.numerator)
                found[name] = lcm(found.get(name, 1), atom.denominator)
    return found


def period_of(dim: Expression) -> int:
    """Return after how much a size repeats, but for what it grows by.

    Of a symbol that is a multiple of it, no part of the size is rounded.
    """
    atoms = (atom for monomial, _ in dim.terms for atom in monomial)
    floors = (atom for atom in atoms if isinstance(atom, FloorDivision))
    return lcm(1, *(each.denominator * period_of(each.numerator) for each in floors))


def _divided(dim: Expression, multiples: Mapping[str, int]) -> Dim:
    total: Dim = 0
    for monomial, coefficient in dim.terms:
        factors = (_known_multiple(atom, multiples) for atom in monomial)
        total = total + reduce(mul, factors, coefficient)
    return total


def _known_multiple(atom: Atom, multiples: Mapping[str, int]) -> Dim:
    match atom:
        case FloorDivision(numerator, denominator):
            return _divided(numerator, multiples) // denominator
        case str(name) if name in multiples:
            return Expression((((Quotient(name, multiples[name]),), multiples[name]),))
        case _:
            return Expression((((atom,), 1),))


def evaluate(dim: Dim, values: Mapping[str, int]) -> int:
    """Return the number that a dimension becomes with these values for its symbols.

    Raises ``KeyError`` for a symbol without a value.
    """
    if isinstance(dim, int):
        return dim
    total = 0
    for monomial, coefficient in dim.terms:
        for atom in monomial:
            if isinstance(atom, str):
                coefficient *= values[atom]
            elif isinstance(atom, Quotient):
                coefficient *= values[atom.symbol] // atom.divisor
            else:
                coefficient *= evaluate(atom.numerator, values) // atom.denominator
        total += coefficient
    return total


def format_shape(shape: Shape, separator: str = "×") -> str:
    """Write a shape for people: ``N×64×28×28``, or ``scalar`` when it has no dimensions."""
    return separator.join(map(format_factor, shape)) if shape else "scalar"


def format_factor(dim: Dim) -> str:
    """Write a dimension, in parentheses where it is a sum."""
    is_sum = isinstance(dim, Expression) and len(dim.terms) > 1
    return f"({dim})" if is_sum else str(dim)


def _terms(dim: Dim) -> Terms:
    if isinstance(dim, int):
        return {(): dim}
    return dict(dim.terms)


def _from_terms(terms: Terms) -> Dim:
    kept = {monomial: coefficient for monomial, coefficient in terms.items() if coefficient}
    if not kept:
        return 0
    if set(kept) == {()}:
        return kept[()]
    return Expression(tuple(sorted(kept.items(), key=lambda term: tuple(map(str, term[0])))))


def _floor_atom(numerator: Expression, denominator: int) -> Dim:
    """Make the floor division, folding ``(x//a + c)//b`` into ``(x + a*c)//(a*b)``."""
    terms = dict(numerator.terms)
    constant = terms.pop((), 0)
    if len(terms) == 1:
        ((monomial, coefficient),) = terms.items()
        if coefficient == 1 and len(monomial) == 1 and isinstance(monomial[0], FloorDivision):
            inner = monomial[0]
            folded = inner.numerator + constant * inner.denominator
            return folded // (inner.denominator * denominator)
    return Expression((((FloorDivision(numerator, denominator),), 1),))


def split_term(monomial: Monomial, coefficient: int) -> tuple[int, Monomial, int]:
    """Return what a term multiplies, symbols in place of quotients, and what it is divided by."""
    divisor = prod(atom.divisor for atom in monomial if isinstance(atom, Quotient))
    shared = gcd(coefficient, divisor)
    atoms = tuple(atom.symbol if isinstance(atom, Quotient) else atom for atom in monomial)
    return coefficient // shared, atoms, divisor // shared


def _format_term(monomial: Monomial, coefficient: int) -> str:
    coefficient, monomial, divisor = split_term(monomial, coefficient)
    atoms = [str(atom) for atom in monomial]
    if coefficient != 1 or not atoms:
        atoms.insert(0, str(coefficient))
    if len(atoms) > 1:
        atoms = [f"({atom})" if "//" in atom else atom for atom in atoms]
    return "*".join(atoms) + (f"/{divisor}" if divisor > 1 else "")
