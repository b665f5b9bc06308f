"""Parts of a tensor, as one writes them: ``x[:, -1]``, ``x[..., 2:5]``, ``x[:, 0, 1:]``."""

from __future__ import annotations

import re
from typing import Final

from codegen.literals import Written, literal
from graph_model.layers.kind import LayerKind
from graph_model.values import Arguments, Value

_WHOLE: Final = ":"
_SIMPLE: Final = re.compile(r"(?:(?<=\[)|(?<=, ))-?\w* : -?\w*(?: : -?\w+)?(?=[\],])")
"""A range of names and numbers alone."""


def index(variable: str, kind: LayerKind, arguments: Arguments) -> str:
    """Write ``x[:, -1]`` for Select, ``x[:, 2:5]`` for Slice, ``x[..., 2:5]`` from the end."""
    dim = arguments["dim"]
    assert isinstance(dim, int)
    if "index" in kind.by_name:
        wanted = literal(arguments["index"])
    else:
        wanted = _range(*(arguments[name] for name in ("start", "end", "step")))
    if dim >= 0:
        return _written(variable, [*[_WHOLE] * dim, wanted], [])
    return _written(variable, [], [wanted, *[_WHOLE] * (-1 - dim)])


def tightened(text: str) -> str:
    """Write ranges of names and numbers without spaces, ``x[n:4]``, as ruff formats them."""
    return _SIMPLE.sub(_without_spaces, text)


def _without_spaces(found: re.Match[str]) -> str:
    return found[0].replace(" ", "")


def indexed_at_once(inner: str, outer: str, value: str, rank: int) -> str:
    """Return one index for two, ``x[:, 0, 1:]`` for ``y = x[:, 0]`` and then ``y[:, 1:]``.

    ``outer`` takes parts of ``value``, which ``inner`` takes from a tensor of that ``rank``, 0 for
    one that is not known. It is "" where both take a range along the same dimension.
    """
    tensor, _, _ = inner.partition("[")
    (left, right), (further_left, further_right) = _sides(inner, tensor), _sides(outer, value)
    both = _both(left, further_left), _both(right[::-1], further_right[::-1])
    if both[0] is None or both[1] is None:
        return ""
    if both[0] and both[1] and len(both[0]) + len(both[1]) > rank:
        return ""  # they may mean the same dimension
    if both[1] and len(both[0]) + len(both[1]) == rank:
        return _written(tensor, [*both[0], *both[1][::-1]], [])
    return _written(tensor, both[0], both[1][::-1])


def _sides(text: str, tensor: str) -> tuple[list[str], list[str]]:
    """Return what is taken of the first dimensions, and of the last ones after ``...``."""
    entries = text[len(tensor) + 1 : -1].split(", ")
    at = entries.index("...") if "..." in entries else len(entries)
    return entries[:at], entries[at + 1 :]


def _both(first: list[str], then: list[str]) -> list[str] | None:
    """Return what is taken in all of dimensions, of which the first index may have ended some."""
    found, left = [], [*then]
    for entry in first:
        if ":" not in entry or not left:  # a single element, whose dimension is gone
            found.append(entry)
        elif entry == _WHOLE:
            found.append(left.pop(0))
        elif left.pop(0) == _WHOLE:
            found.append(entry)
        else:
            return None
    return [*found, *left]


def _written(tensor: str, left: list[str], right: list[str]) -> str:
    entries = [*left, *(["...", *right] if right else [])]
    return f"{tensor}[{', '.join(entries)}]"


def _range(start: Value, end: Value, step: Value) -> str:
    """Write ``2:5``, or ``self.start : 5``, with spaces beside what is more than a number."""
    first = literal(start) if start else ""
    last = "" if end is None else literal(end)
    space = " " if any(isinstance(bound, Written) for bound in (start, end)) else ""
    text = f"{first}{space if first else ''}:{space + last if last else ''}"
    if step == 1:
        return text
    return f"{text}{space if last else ''}:{space}{literal(step)}"
