"""The shape rules of Reshape and Unflatten: whether sizes are filled, and what −1 stands for."""

from __future__ import annotations

from collections.abc import Mapping
from math import gcd, lcm

from graph_model.dims import (
    Dim,
    Expression,
    Shape,
    divide_exactly,
    in_parts,
    parted,
    product,
    symbol,
    symbols,
)
from graph_model.layers.samples import kept_apart, need_samples_apart
from graph_model.layers.use import Use, set_argument
from graph_model.problems import Fix
from graph_model.tensors import TensorSpec


def _filled(use: Use, total: Dim, parameter: str, before: Shape = ()) -> Shape:
    """Return the sizes of a parameter, a −1 among them made what fills ``total`` elements.

    Where no other −1 would do, what keeps the samples of a shape ``before`` apart is offered.
    """
    sizes = use.shape(parameter)
    unknown = sizes.count(-1)
    if not sizes or unknown > 1 or not all(size == -1 or use.at_least(size, 1) for size in sizes):
        use.refuse("bad_sizes", parameter=parameter)
    known = product(tuple(size for size in sizes if size != -1))
    missing = _missing(use, total, known) if unknown else 1
    if missing is None or not (unknown or _are_same(use, total, known)):
        use.refuse(
            "cannot_reshape",
            *_fitting(use, total, parameter, before),
            port="input",
            parameter=parameter,
            shape=use.input(),
            elements=total,
            target="×".join(map(str, sizes)),
        )
    return tuple(missing if size == -1 else size for size in sizes)


def _missing(use: Use, total: Dim, known: Dim) -> Dim | None:
    """Return what −1 stands for where the other sizes are so many elements, ``None`` for none."""
    if isinstance(known, int):
        return total // known if use.divisible(total, known) else None
    rest, number = _factored(known)
    found = divide_exactly(total, rest)
    if found is not None and use.divisible(found, number):
        return found // number
    parts, total, known = _in_parts(total, known)
    found = divide_exactly(total, known) if parts else None
    is_whole = found is not None and symbols(found).isdisjoint(parts)
    return found if is_whole and _come_out_even(use, parts) else None


def _are_same(use: Use, total: Dim, known: Dim) -> bool:
    if isinstance(total, int) or isinstance(known, int):
        return total == known
    parts, total_in_parts, known_in_parts = _in_parts(total, known)
    if parts and total_in_parts == known_in_parts:
        return _come_out_even(use, parts)
    return use.same(total, known) is not None


def _factored(known: Dim) -> tuple[Dim, int]:
    """Return a size without the number that it is a multiple of, and that number."""
    numbers = [abs(number) for _, number in known.terms] if isinstance(known, Expression) else []
    shared = gcd(*numbers)
    return divide_exactly(known, shared) or known, shared


def _in_parts(total: Dim, known: Dim) -> tuple[Mapping[str, int], Dim, Dim]:
    """Return the symbols of which either has whole parts, and both as these parts."""
    one, other = parted(total), parted(known)
    parts = {name: lcm(one.get(name, 1), other.get(name, 1)) for name in {**one, **other}}
    return parts, in_parts(total, parts), in_parts(known, parts)


def _come_out_even(use: Use, parts: Mapping[str, int]) -> bool:
    """Tell whether sizes may be multiples of numbers, which become constraints."""
    return all(use.divisible(symbol(name), number) for name, number in parts.items())


def _fitting(use: Use, total: Dim, parameter: str, before: Shape) -> list[Fix]:
    """Offer sizes that fill ``total`` elements, where all that were given are numbers."""
    sizes = use.arguments[parameter]
    if not isinstance(sizes, tuple) or not all(isinstance(each, int) for each in sizes):
        return []
    numbers = use.integers(parameter)
    kept = kept_apart(before, numbers) or (-1,)
    return _reshape_fixes(total, numbers, parameter) or [set_argument(parameter, kept)]


def _reshape_fixes(total: Dim, sizes: tuple[int, ...], parameter: str) -> list[Fix]:
    """Offer −1 in place of each size where that would work."""
    fixes = []
    for index in range(len(sizes)):
        offered = (*sizes[:index], -1, *sizes[index + 1 :])
        rest = product(tuple(size for size in offered if size != -1))
        if offered.count(-1) == 1 and divide_exactly(total, rest) is not None:
            fixes.append(set_argument(parameter, offered))
    return fixes


def reshape(use: Use) -> TensorSpec:
    """Lay the same elements out in another shape, of which the batch stays a dimension."""
    before = use.input().shape
    after = _filled(use, product(before), "shape", before)
    need_samples_apart(use, after)
    return use.input().with_shape(*after)


def unflatten(use: Use) -> TensorSpec:
    """Part one dimension into several."""
    x = use.input()
    dim = use.dim("dim", x.rank)
    parts = _filled(use, x.shape[dim], "unflattened_size")
    return x.with_shape(*x.shape[:dim], *parts, *x.shape[dim + 1 :])
