"""Reshapes as the catalogue draws them, so that sizes which are not known stay open.

``x.view(b, -1)`` is a Flatten, ``x.view(b, t, heads, d)`` an Unflatten: what merges or parts
neighbouring dimensions needs no number for the others. The rest is a Reshape.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from codegen.importing.numbers import plain
from codegen.importing.values import Tagged, unread
from graph_model.dims import Dim, Expression, divide_exactly, product

if TYPE_CHECKING:
    from codegen.importing.tensor_calls import TensorCalls


def reshaped(calls: TensorCalls, node: ast.AST, x: Any, wanted: Sequence[Any]) -> Any:
    """Draw ``x.view(…)``."""
    shape = calls.known(node, x).shape
    sizes = _filled(node, shape, [plain(each) for each in wanted])
    same = _common(shape, sizes)
    tail = _common(shape[same:][::-1], sizes[same:][::-1])
    old, new = shape[same : len(shape) - tail], sizes[same : len(sizes) - tail]
    if not old and not new:
        return x
    if old and new and product(tuple(old)) != product(tuple(new)):
        raise unread(node, "import_cannot_reshape")
    if not new and same and all(size == 1 for size in old):  # (N, C, 1, 1) to (N, C)
        return calls.one(
            "Flatten", {"start_dim": same - 1, "end_dim": _end(same, old, tail)}, input=x
        )
    if not old and same and len(new) > 1 and all(size == 1 for size in new):
        return calls.one("Unflatten", {"dim": same - 1, "unflattened_size": (-1, *new)}, input=x)
    if len(new) == 1 and len(old) > 1:
        return calls.one("Flatten", {"start_dim": same, "end_dim": _end(same, old, tail)}, input=x)
    if len(old) == 1 and len(new) > 1:
        given = [*wanted][same : len(wanted) - tail]
        arguments = {
            "dim": same if tail else same - len(shape),
            "unflattened_size": _open(given, new),
        }
        return calls.one("Unflatten", arguments, input=x)
    if not old and len(new) == 1 and new[0] == 1:
        return calls.one("Unsqueeze", {"dim": same}, input=x)
    parted = _in_two(calls, x, same, old, new)
    if parted is not None:
        return parted
    return calls.one("Reshape", {"shape": _entries(node, wanted, sizes, shape)}, input=x)


def _filled(node: ast.AST, shape: Sequence[Dim], wanted: Sequence[Any]) -> list[Dim]:
    """Return the sizes with what a −1 stands for."""
    if any(not isinstance(each, int | Expression) for each in wanted):
        raise unread(node, "import_cannot_reshape")
    if -1 not in wanted:
        return [*wanted]
    total = product(tuple(shape))
    rest = product(tuple(each for each in wanted if each != -1))
    found = divide_exactly(total, rest)
    if found is None and isinstance(total, int) and isinstance(rest, int) and rest:
        raise unread(node, "import_cannot_reshape")
    if found is None:
        return [*wanted]
    return [found if each == -1 else each for each in wanted]


def _common(one: Sequence[Dim], other: Sequence[Dim]) -> int:
    """Return how many sizes are the same from the beginning on."""
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count


def _end(first: int, old: Sequence[Dim], tail: int) -> int:
    return -1 if not tail else first + len(old) - 1


def _open(wanted: Sequence[Any], sizes: Sequence[Dim]) -> tuple[Any, ...]:
    """Return the parts of a dimension, at most one of them left open where it is no number."""
    is_open = any(each == -1 for each in map(plain, wanted))
    found: list[Any] = []
    for given, size in zip(wanted, sizes, strict=True):
        if isinstance(given, Tagged):
            found.append(given)
        elif plain(given) == -1 or (isinstance(size, Expression) and not is_open):
            found.append(-1)
            is_open = True
        else:
            found.append(size)
    return tuple(found)


def _in_two(
    calls: TensorCalls, x: Any, same: int, old: Sequence[Dim], new: Sequence[Dim]
) -> Any | None:
    """Draw one dimension parted behind two that are merged, or the other way round, if it is."""
    if len(old) == 2 and len(new) == 2 and all(isinstance(each, int) for each in new):
        merged = calls.one("Flatten", {"start_dim": same, "end_dim": same + 1}, input=x)
        return calls.one("Unflatten", {"dim": same, "unflattened_size": tuple(new)}, input=merged)
    return None


def _entries(
    node: ast.AST, wanted: Sequence[Any], sizes: Sequence[Dim], shape: Sequence[Dim]
) -> tuple[Any, ...]:
    """Return the sizes for a Reshape, where what is no number is left open or named."""
    found: list[Any] = []
    for given, size in zip(wanted, sizes, strict=True):
        if isinstance(size, Expression) and not str(size).isidentifier():
            if -1 in found:
                raise unread(node, "import_size_unknown")
            found.append(-1)
        elif plain(given) == -1 and -1 not in found:
            found.append(-1)
        else:
            found.append(str(size) if isinstance(size, Expression) else given)
    return tuple(found)


def expanded(calls: TensorCalls, node: ast.AST, x: Any, sizes: Sequence[Any]) -> Any:
    """Draw ``x.expand(…)``; along sizes that are no numbers, like what has them."""
    found = [plain(each) for each in sizes]
    shape = calls.known(node, x).shape
    lead = len(found) - len(shape)
    open_at = [
        index
        for index, size in enumerate(found)
        if isinstance(size, Expression) and (index < lead or shape[index - lead] != size)
    ]
    if not open_at:
        fixed = tuple(-1 if isinstance(each, Expression) else each for each in found)
        return calls.one("Expand", {"sizes": fixed}, input=x)
    if lead:
        raise unread(node, "import_size_unknown")
    like, dim = calls.like_size(node, found[open_at[0]], len(found))
    if len(open_at) > 1 or dim != open_at[0]:
        raise unread(node, "import_size_unknown")
    return calls.one("ExpandLike", {"dims": (dim,)}, input=x, like=like)


def spread(values: Sequence[Any]) -> list[Any]:
    """Return sizes that stand side by side, or in one tuple."""
    if len(values) == 1 and isinstance(values[0], tuple | list):
        return [*values[0]]
    return [*values]
