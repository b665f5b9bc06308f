"""Fixes for tensors whose features stand in another dimension than a layer takes them in."""

from __future__ import annotations

from typing import Final

from graph_model.dims import Shape
from graph_model.layers import LAYERS
from graph_model.problems import Fix, InsertAround, InsertBefore
from graph_model.values import Arguments

_CHANNELS: Final = (1, 3, 4)
"""How many channels images have as they are read."""
_MOST_FEATURES: Final = 32
_STEPS_TO_FEATURES: Final = 4
"""A series has at most so many features, and is at least so many times longer than that."""


def channels_first(shape: Shape) -> InsertBefore | None:
    """Return what brings the channels to the front that seem to stand behind pixels or steps."""
    rank = len(shape)
    if rank == 3:
        return InsertBefore("input", "Transpose", _TO_FRONT) if _is_series(shape) else None
    if rank < 3 or shape[-1] not in _CHANNELS:
        return None
    if any(isinstance(dim, int) and dim <= max(_CHANNELS) for dim in shape[1:-1]):
        return None
    return InsertBefore("input", "Permute", {"dims": (0, rank - 1, *range(1, rank - 1))})


_TO_FRONT: Final[Arguments] = {"dim0": 1, "dim1": 2}


def _is_series(shape: Shape) -> bool:
    """Tell whether a tensor looks like samples of some steps, with a few features at each."""
    steps, features = shape[1:]
    if not isinstance(features, int) or features > _MOST_FEATURES:
        return False
    return not isinstance(steps, int) or steps >= _STEPS_TO_FEATURES * features


def features_swapped(node: str, kind: str, port: str, rank: int) -> tuple[Fix, ...]:
    """Return the fixes that let a layer see the last dimension as the second, or the reverse.

    What normalises gives it back as it came, so that what follows reads what it has read.
    """
    arguments: Arguments = {"dim0": 1, "dim1": rank - 1}
    values = {"kind": "Transpose"}
    inserted = InsertBefore(port, "Transpose", arguments, all_uses=True)
    around = Fix("insert_around", InsertAround(port, "Transpose", arguments), values, node)
    before = Fix("insert_layer", inserted, values, node)
    return (around,) if LAYERS[kind].family == "normalisation" else (before, around)
