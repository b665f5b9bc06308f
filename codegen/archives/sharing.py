"""Which weights of a graph no layer can have for its own, since something else uses them too."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from codegen.archives.aten_layers import LAYERS
from codegen.archives.pt2_file import Call, CallGraph, Ref

_TURNING: Final = frozenset({"t", "transpose", "numpy_T", "mT", "permute"})
_PRODUCTS: Final = frozenset({"matmul", "mm", "addmm", "linear"})
_FREE: Final = frozenset({"matmul", "mm", "addmm", "linear", "embedding"})
"""Layers that are drawn as operations where their weights are tensors of the drawing."""
_IDLE: Final = frozenset({"sym_size", "size"})


def used_in_several_ways(graph: CallGraph) -> tuple[list[str], list[str]]:
    """Return the names of learned tensors that are to be drawn for themselves.

    The others that are returned cannot be: layers have copies of them.
    """
    users: dict[str, list[Call]] = {}
    for call in graph.calls:
        for name in dict.fromkeys(_names([call.given, [*call.named.values()]])):
            if call.kind not in _IDLE:
                users.setdefault(name, []).append(call)
    several = [each for each in sorted(graph.parameters) if not _is_of_one_use(each, users)]
    copied = [each for each in several if _keeps(users[each])]
    return [each for each in several if each not in copied], copied


def _is_of_one_use(name: str, users: dict[str, list[Call]]) -> bool:
    """Tell whether a layer can have a tensor for its weight, or nothing has it in part."""
    calls = users.get(name, [])
    if any(call.kind == "slice" for call in calls):
        return False
    if len(calls) > 1:
        return _are_alike(calls)
    turned = [call for call in calls if call.kind in _TURNING]
    behind = [user for call in turned for output in call.outputs for user in users.get(output, ())]
    return not turned or (len(behind) == 1 and behind[0].kind in _PRODUCTS)


def _are_alike(calls: list[Call]) -> bool:
    """Tell whether all are layers that can have the same weights, or none is a layer."""
    own = [call.kind for call in calls if call.kind in LAYERS]
    shares = not any(each in ("matmul", "mm", "addmm") for each in own)
    turning = any(call.kind in _TURNING for call in calls)
    return (len(own) == len(calls) and shares) or (not own and not turning)


def _keeps(calls: list[Call]) -> bool:
    """Tell whether some layer needs the weights for its own."""
    return any(call.kind in LAYERS and call.kind not in _FREE for call in calls)


def _names(value: Any) -> Iterator[str]:
    if isinstance(value, Ref):
        yield value.name
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _names(each)
