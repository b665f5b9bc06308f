"""How a number follows from symbolic dimensions, told from what it was in several trials."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations_with_replacement, product
from math import lcm
from typing import Final, TypeAlias

from graph_model.dims import Dim, Expression, FloorDivision, evaluate, symbol, symbols
from graph_model.frozen import frozen

Sizes: TypeAlias = Mapping[str, int]
"""A number for each symbol."""

LARGEST_DIVISOR: Final = 128
_AT_ONCE: Final = 48
"""How many lines are doubted at once."""
DEGREES: Final = 3
"""How many powers of a symbol a count may have, from that of zero on."""


@frozen
class Line:
    """The size ``(p*dim + c)//q``, where ``c`` is at least ``low`` and at most ``high``."""

    dim: Dim
    p: int
    q: int
    low: int
    high: int

    @property
    def size(self) -> Dim:
        """The size as it follows from the dimension."""
        return (self.dim * self.p + self._c) // self.q

    @property
    def is_exact(self) -> bool:
        """Whether all sizes that were tried lie on it without being rounded."""
        return self.high - self.low == self.q - 1

    def at(self, size: int) -> int:
        """Return the size where the dimension has this one."""
        return (self.p * size + self._c) // self.q

    @property
    def _c(self) -> int:
        """The simplest ``c``."""
        return sorted((self.low, 0, self.high))[1]


def with_combinations(dims: Sequence[Dim]) -> list[Dim]:
    """Return dimensions with the sums and products of any two."""
    pairs = combinations_with_replacement(dims, 2)
    return [*dims, *(each for a, b in pairs for each in (a * b, a + b))]


def lines(seen: Sequence[int], trials: Sequence[Sizes], dims: Sequence[Dim]) -> Iterator[Line]:
    """Yield what a size that was ``seen`` in these trials may be, the simplest first."""
    if len(set(seen)) == 1:
        yield Line(seen[0], 1, 1, 0, 0)
        return
    for dim in dims:
        pairs = sorted(
            {(evaluate(dim, sizes), was) for sizes, was in zip(trials, seen, strict=True)}
        )
        (first, start), (last, end) = pairs[0], pairs[-1]
        if len({size for size, _ in pairs}) < len(pairs):
            continue  # something else has changed it
        run, rise = last - first, end - start
        for q in range(1, LARGEST_DIVISOR + 1):
            for p in range(q * (rise - 1) // run + 1, -(q * (rise + 1) // -run)):
                low = max(q * was - p * size for size, was in pairs)
                high = min(q * was - p * size for size, was in pairs) + q - 1
                if low <= high:
                    yield Line(dim, p, q, low, high)


def doubts(found: Sequence[Line], possible: Sequence[Sizes]) -> Iterator[Sizes]:
    """Yield sizes of which the output would tell lines apart, halving what they may be.

    An exact line is taken for true: where sizes are rounded, some would show it.
    """
    first = found[0]
    if first.is_exact:
        return
    seen = {
        dim: [evaluate(dim, sizes) for sizes in possible] for dim in {each.dim for each in found}
    }
    expected = [first.at(size) for size in seen[first.dim]]
    for line in found[:_AT_ONCE]:
        middle = (line.low + line.high) // 2
        for sizes, size, mine in zip(possible, seen[line.dim], expected, strict=True):
            is_halved = line.low < line.high and (line.p * size + middle + 1) % line.q == 0
            if is_halved or (first.low == first.high and line.at(size) != mine):
                yield sizes
                break


def atoms(dims: Sequence[Dim], name: str) -> list[Dim]:
    """Return what a count may be a polynomial of as for one symbol: it, and what it is cut into."""
    alone = dict.fromkeys(each for each in dims if symbols(each) == {name})
    return [symbol(name), *(each for each in alone if denominator([each], name) > 1)]


def denominator(dims: Iterable[Dim], name: str) -> int:
    """Return the least common multiple of what a symbol is divided by within dimensions."""
    found = 1
    for monomial in (each for dim in dims if isinstance(dim, Expression) for each, _ in dim.terms):
        for atom in monomial:
            if isinstance(atom, FloorDivision) and name in symbols(atom.numerator):
                found = lcm(found, atom.denominator * denominator([atom.numerator], name))
    return found


def polynomial(
    counts: Sequence[int], axes: Sequence[Sequence[int]], of: Sequence[Dim]
) -> Dim | None:
    """Return the polynomial of these dimensions that gives ``counts``, ``None`` for none.

    ``axes`` holds :data:`DEGREES` sizes of each dimension; the counts are those of their product,
    in its order.
    """
    if any(len(set(axis)) < DEGREES for axis in axes):
        return None
    terms = _coefficients([Fraction(each) for each in counts], axes)
    common = lcm(*(each.denominator for each in terms.values()))
    total: Dim = 0
    for powers, coefficient in terms.items():
        factors = (dim for dim, power in zip(of, powers, strict=True) for _ in range(power))
        total = _product(factors) * int(coefficient * common) + total
    return total // common


def _product(factors: Iterator[Dim]) -> Dim:
    result: Dim = 1
    for each in factors:
        result = result * each
    return result


def _coefficients(
    counts: Sequence[Fraction], axes: Sequence[Sequence[int]]
) -> Mapping[tuple[int, ...], Fraction]:
    """Return the coefficients of a polynomial by the powers of its variables."""
    if not axes:
        return {(): counts[0]}
    (x, y, z), *rest = axes
    size = len(counts) // DEGREES
    at_x, at_y, at_z = (
        _coefficients(counts[n * size : (n + 1) * size], rest) for n in range(DEGREES)
    )
    found: dict[tuple[int, ...], Fraction] = {}
    for powers in product(range(DEGREES), repeat=len(rest)):
        first = (at_y[powers] - at_x[powers]) / (y - x)
        second = ((at_z[powers] - at_y[powers]) / (z - y) - first) / (z - x)
        found[0, *powers] = at_x[powers] - first * x + second * x * y
        found[1, *powers] = first - second * (x + y)
        found[2, *powers] = second
    return found
