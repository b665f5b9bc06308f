"""How a size follows from symbolic dimensions, told from the sizes seen in several trials."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations_with_replacement
from typing import Final, TypeAlias

from graph_model.dims import Dim

Seen: TypeAlias = tuple[Dim, tuple[int, ...]]
"""A dimension, and the size that it had in each trial."""

_DIVISORS: Final = range(1, 5)


def with_combinations(known: Sequence[Seen]) -> list[Seen]:
    """Return dimensions with the sums and products of any two."""
    found = list(known)
    for (one, sizes), (other, others) in combinations_with_replacement(known, 2):
        pairs = list(zip(sizes, others, strict=True))
        found.append((one * other, tuple(a * b for a, b in pairs)))
        found.append((one + other, tuple(a + b for a, b in pairs)))
    return found


def fitted(seen: tuple[int, ...], known: Sequence[Seen]) -> Dim | None:
    """Return the dimension of the form ``(p*known + c)//q`` that had these sizes in every trial."""
    if len(set(seen)) == 1:
        return seen[0]
    for dim, sizes in known:
        for p, c, q in _lines_through(sizes, seen):
            if all((p * size + c) // q == each for size, each in zip(sizes, seen, strict=True)):
                return (dim * p + c) // q
    return None


def _lines_through(sizes: tuple[int, ...], seen: tuple[int, ...]) -> Iterator[tuple[int, int, int]]:
    """Yield ``p``, ``c`` and ``q`` that fit the smallest and the largest size."""
    first, last = sizes.index(min(sizes)), sizes.index(max(sizes))
    run, rise = sizes[last] - sizes[first], seen[last] - seen[first]
    for q in _DIVISORS if run else ():
        p = round(q * rise / run)
        least = q * seen[first] - p * sizes[first]
        yield from ((p, c, q) for c in range(least, least + q))
