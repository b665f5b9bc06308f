"""The tensors that a layer holds in place of its weight, as ``state_dict`` names them."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Final

from graph_model.layers import LAYERS
from graph_model.layers.kind import Module
from graph_model.layers.weight import Weight
from graph_model.values import Arguments

_PREFIX: Final = "parametrizations.weight."
_ORIGINALS: Final = (f"{_PREFIX}original", f"{_PREFIX}original1")
"""What has the shape of the weight."""
_MAGNITUDES: Final = f"{_PREFIX}original0"


def has_matrix(kind: str, weights: Iterable[Weight]) -> bool:
    """Tell whether a layer of torch has one matrix called ``weight``, as convolutions do."""
    entry = LAYERS.get(kind)
    is_matrix = any(each.name == "weight" and len(each.shape) > 1 for each in weights)
    return is_matrix and entry is not None and isinstance(entry.form, Module)


def _outputs(kind: str) -> int:
    """Return which dimension of the weight is that of the outputs, by which spectral norm goes."""
    return 1 if kind.startswith("ConvTranspose") else 0


def with_norm(
    norm: str, arguments: Arguments, kind: str, weights: Iterable[Weight]
) -> tuple[Weight, ...]:
    """Return what a layer of this kind holds with a norm; torch puts it behind all else.

    ``arguments`` are those of the norm, complete, whose ``dim`` the weight has.
    """
    weights = tuple(weights)
    (shape,) = (each.shape for each in weights if each.name == "weight")
    others = tuple(each for each in weights if each.name != "weight")
    dim = arguments["dim"]
    if norm == "weight_norm":
        each = (size if index == dim else 1 for index, size in enumerate(shape))
        return (
            *others,
            Weight(_MAGNITUDES, () if dim is None else (*each,)),
            Weight(f"{_PREFIX}original1", shape),
        )
    rows = dim if isinstance(dim, int) else _outputs(kind)
    columns = math.prod(shape[:rows] + shape[rows + 1 :])
    return (
        *others,
        Weight(f"{_PREFIX}original", shape),
        Weight(f"{_PREFIX}0._u", (shape[rows],), is_buffer=True),
        Weight(f"{_PREFIX}0._v", (columns,), is_buffer=True),
    )


def norm_of(weights: Iterable[Weight]) -> str:
    """Return the norm of a layer that holds these, "" where it has none."""
    norms = dict(zip(_ORIGINALS, ("spectral_norm", "weight_norm"), strict=True))
    return next((norms[each.name] for each in weights if each.name in norms), "")


def has_magnitude_each(weights: Iterable[Weight]) -> bool:
    """Tell whether a weight is divided by the sizes of its parts, none of which may be zeros."""
    return any(each.name == _MAGNITUDES and each.shape for each in weights)


def without_norm(weights: Iterable[Weight]) -> tuple[Weight, ...]:
    """Return the weights as they would be without a norm, ``weight`` first."""
    weights = tuple(weights)
    found = [Weight("weight", each.shape) for each in weights if each.name in _ORIGINALS]
    return (*found, *(each for each in weights if not each.name.startswith(_PREFIX)))
