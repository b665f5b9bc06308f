"""Tensors that show a part of others: what is written into one is seen in the other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from codegen.archives.aten_step import AtenStep
from codegen.archives.pt2_file import Call, Ref


class Views:
    """Which values of a graph show which others, by their names."""

    def __init__(self) -> None:
        self._calls: dict[str, Call] = {}
        self._stale: set[str] = set()

    def add(self, call: Call) -> None:
        """Note a call whose result shows what it is given."""
        if call.kind in SHOWING and call.given and isinstance(call.given[0], Ref):
            for name in call.outputs:
                self._calls[name] = call

    def bases(self, name: str) -> list[tuple[str, Call]]:
        """Return what a value shows, and what that shows, each with the call between."""
        found: list[tuple[str, Call]] = []
        while (call := self._calls.get(name)) is not None and len(found) < len(self._calls):
            name = call.given[0].name
            found.append((name, call))
        return found

    def written(self, name: str) -> None:
        """Note that something was written into a value: others that show the same are to be read
        anew."""
        own = {name, *(base for base, _ in self.bases(name))}
        for each in self._calls:
            if each not in own and own & {base for base, _ in self.bases(each)}:
                self._stale.add(each)

    def stale(self, name: str) -> Call | None:
        """Return the call to be done again for a value, which is not asked for twice."""
        if name not in self._stale:
            return None
        self._stale.discard(name)
        return self._calls[name]


def put_back(step: AtenStep, call: Call, base: Any, given: list[Any], part: Any) -> Any:
    """Return what a tensor is once this stands where the call showed a part of it.

    ``given`` are the other arguments of the call. Raises ``UnreadError`` where that has no drawing.
    """
    writer = _WRITERS.get(call.kind)
    if writer is None:
        raise step.unfit("it writes into a part of a tensor")
    return writer(step, base, part, *given)


def _in_slice(step: AtenStep, base: Any, part: Any, dim: int = 0, start: Any = None,
              end: Any = None, every: int = 1) -> Any:  # fmt: skip
    size = step.spec(base).shape[dim]
    first = start or 0
    is_to_end = end is None or end == size or (isinstance(end, int) and end >= 1 << 60)
    if isinstance(size, int) and isinstance(end, int) and end >= size:
        is_to_end = True
    if every != 1:
        raise step.unfit("it writes into every other part of a tensor")
    parts = [step.tensor(part)]
    if first != 0:
        before = {"dim": dim, "start": 0, "end": first, "step": 1}
        parts.insert(0, step.one("Slice", before, input=step.tensor(base)))
    if not is_to_end:
        after = {"dim": dim, "start": end, "end": None, "step": 1}
        parts.append(step.one("Slice", after, input=step.tensor(base)))
    if len(parts) == 1:
        return parts[0]
    return step.calls.call(None, "cat", [tuple(parts)], {"dim": dim})  # type: ignore[arg-type]


def _in_place(step: AtenStep, base: Any, part: Any, dim: int, index: Any) -> Any:
    row = step.one("Unsqueeze", {"dim": dim}, input=step.tensor(part))
    end = None if index == -1 else index + 1
    return _in_slice(step, base, row, dim, index, end)


def _reshaped(step: AtenStep, base: Any, part: Any, *rest: Any) -> Any:
    shape = step.spec(base).shape
    return step.calls.call(None, "reshape", [step.tensor(part), shape], {})  # type: ignore[arg-type]


def _transposed(step: AtenStep, base: Any, part: Any, dim0: int = 0, dim1: int = 1) -> Any:
    return step.one("Transpose", {"dim0": dim0, "dim1": dim1}, input=step.tensor(part))


def _permuted(step: AtenStep, base: Any, part: Any, dims: list[int]) -> Any:
    rank = len(dims)
    back = tuple([each % rank for each in dims].index(place) for place in range(rank))
    return step.one("Permute", {"dims": back}, input=step.tensor(part))


def _same(step: AtenStep, base: Any, part: Any, *rest: Any) -> Any:
    return part


_WRITERS: Final[Mapping[str, Callable[..., Any]]] = {
    "slice": _in_slice,
    "select": _in_place,
    **dict.fromkeys(("view", "reshape", "flatten", "unflatten", "squeeze", "unsqueeze"), _reshaped),
    **dict.fromkeys(("transpose", "t"), _transposed),
    "permute": _permuted,
    **dict.fromkeys(("alias", "detach", "contiguous", "view_as"), _same),
}
SHOWING: Final = frozenset({
    *_WRITERS, "expand", "expand_as", "narrow", "diagonal", "unbind", "split", "chunk", "unfold",
    "split_with_sizes", "movedim", "swapaxes", "real", "imag", "as_strided", "numpy_T", "mT",
})  # fmt: skip
"""Operations whose results may be seen as parts of what they are given."""
