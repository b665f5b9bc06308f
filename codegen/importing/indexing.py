"""What an index takes: of lists and sizes a part, of tensors an operation."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from codegen.importing.numbers import plain
from codegen.importing.tensor_calls import TensorCalls
from codegen.importing.values import Made, Sizes, Tensor, unread
from graph_model.dims import Expression

if TYPE_CHECKING:
    pass


def at(node: ast.AST, several: Any, index: Any) -> Any:
    """Return an item; raises where there is none."""
    try:
        return several[index]
    except (IndexError, KeyError, TypeError) as error:
        raise unread(node, "import_cannot_compute", reason=str(error)) from None


def of_sizes(node: ast.AST, sizes: Sizes, index: Any) -> Any:
    """Return one size, or some of them, which remember whose they are."""
    found = at(node, tuple(sizes), index)
    if not isinstance(index, slice):
        return found
    part = Sizes(found)
    part.of = sizes.of
    part.first = index.indices(len(sizes))[0]
    return part


def indexed(calls: TensorCalls, node: ast.AST, x: Any, index: Any) -> Any:
    """Draw ``x[…]``."""
    items = [*index] if isinstance(index, tuple) else [index]
    if any(each is Ellipsis for each in items):
        place = next(number for number, each in enumerate(items) if each is Ellipsis)
        taken = sum(each is not None for each in items) - 1
        whole = [slice(None)] * (calls.rank(node, x) - taken)
        items = [*items[:place], *whole, *items[place + 1 :]]
    dim = 0
    for each in items:
        found = plain(each)
        if isinstance(found, list) and found and all(isinstance(n, int) for n in found):
            found = _row(node, found)
        if found is None:
            x = calls.one("Unsqueeze", {"dim": dim}, input=x)
            dim += 1
        elif isinstance(found, slice):
            x = _sliced(calls, node, x, dim, found)
            dim += 1
        elif isinstance(found, int | Expression) and not isinstance(found, bool):
            x = calls.one("Select", {"dim": dim, "index": found}, input=x)
        elif isinstance(found, Tensor | Made):
            x = _looked_up(calls, node, x, dim, found)
            dim += 1
        else:
            raise unread(node, "import_unknown_call", name="[]")
    return x


def _row(node: ast.AST, numbers: list[int]) -> slice:
    """Return a list of indices that follow each other as a slice."""
    first, last = numbers[0], numbers[-1]
    if numbers != [*range(first, first + len(numbers))]:
        raise unread(node, "import_unknown_call", name="[]")
    return slice(first, last + 1 or None)


def _sliced(calls: TensorCalls, node: ast.AST, x: Any, dim: int, part: slice) -> Any:
    start, end, step = part.start or 0, part.stop, part.step or 1
    if start == 0 and end is None and step == 1:
        return x
    spec = calls.known(node, x)
    if end is not None and end == spec.shape[dim] and start == 0 and step == 1:
        return x
    return calls.one("Slice", {"dim": dim, "start": start, "end": end, "step": step}, input=x)


def _looked_up(calls: TensorCalls, node: ast.AST, x: Any, dim: int, index: Any) -> Any:
    spec = calls.known(node, index)
    if spec.dtype == "bool":
        return calls.one("MaskedSelect", {}, input=x, mask=index)
    if dim == 0:
        return calls.one("Lookup", {}, input=x, index=index)
    if spec.rank == 1:
        return calls.one("IndexSelect", {"dim": dim}, input=x, index=index)
    raise unread(node, "import_unknown_call", name="[]")
