"""Dimensions of tensors: an ``int``, or a small symbolic expression such as ``N`` or ``4*H + 1``.

An expression is kept in one canonical form, a sum of products, so that two expressions which are
equal as polynomials compare equal and hash equal. Symbols stand for integers of at least one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from operator import mul
from typing import Final, TypeAlias

_SYMBOL: Final = re.compile(r"[A-Z][A-Za-z0-9_]*")


@dataclass(frozen=True, slots=True)
class FloorDivision:
    """The floor of ``numerator / denominator``, where the denominator is an integer above one."""

    numerator: Expression
    denominator: int

    def __str__(self) -> str:
        text = str(self.numerator)
        return (
            f"{text}//{self.denominator}"
            if text.isidentifier()
            else f"({text})//{self.denominator}"
        )


Atom: TypeAlias = "str | FloorDivision"
Monomial: TypeAlias = tuple[Atom, ...]
Terms: TypeAlias = dict[Monomial, int]


@dataclass(frozen=True, slots=True)
class Expression:
    """A polynomial over symbols and floor divisions that is not a plain integer.

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
        remaining = _from_terms(rest)
        if isinstance(remaining, int):
            return _from_terms(whole) + remaining // divisor
        return _from_terms(whole) + _floor_atom(remaining, divisor)

    def __str__(self) -> str:
        """Write the expression as Python would: ``4*H + 1``, ``(H + 1)//2``."""
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
            found |= {atom} if isinstance(atom, str) else symbols(atom.numerator)
    return frozenset(found)


def evaluate(dim: Dim, values: Mapping[str, int]) -> int:
    """Return the number that a dimension becomes with these values for its symbols.

    Raises ``KeyError`` for a symbol without a value.
    """
    if isinstance(dim, int):
        return dim
    total = 0
    for monomial, coefficient in dim.terms:
        for atom in monomial:
            coefficient *= (
                values[atom]
                if isinstance(atom, str)
                else evaluate(atom.numerator, values) // atom.denominator
            )
        total += coefficient
    return total


def format_shape(shape: Shape, separator: str = "×") -> str:
    """Write a shape for people: ``N×64×28×28``, or ``scalar`` when it has no dimensions."""
    return separator.join(map(format_factor, shape)) if shape else "scalar"


def format_factor(dim: Dim) -> str:
    """Write a dimension, in parentheses where it is a sum."""
    text = str(dim)
    return f"({text})" if " + " in text or " - " in text else text


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


def _format_term(monomial: Monomial, coefficient: int) -> str:
    atoms = [str(atom) for atom in monomial]
    if coefficient != 1 or not atoms:
        atoms.insert(0, str(coefficient))
    if len(atoms) == 1:
        return atoms[0]
    return "*".join(f"({atom})" if "//" in atom else atom for atom in atoms)
