"""The catalogue: one entry for each layer kind, with its shape rule beside it."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from graph_model.layers import (
    activation,
    arithmetic,
    attention,
    comparison,
    complex_numbers,
    constant,
    convolution,
    distance,
    dropout,
    elementwise,
    embedding,
    fourier,
    gradient,
    indexing,
    input_output,
    linear,
    loss,
    matrices,
    normalisation,
    padding,
    pooling,
    rearranging,
    recurrent,
    reduction,
    resizing,
    scanning,
    shape,
    transformer,
    windows_and_shuffles,
)
from graph_model.layers.kind import LayerKind

_FAMILIES: Final = (
    input_output,
    linear,
    convolution,
    pooling,
    padding,
    normalisation,
    activation,
    dropout,
    recurrent,
    attention,
    transformer,
    embedding,
    shape,
    windows_and_shuffles,
    rearranging,
    resizing,
    indexing,
    arithmetic,
    elementwise,
    complex_numbers,
    fourier,
    gradient,
    matrices,
    comparison,
    reduction,
    scanning,
    distance,
    loss,
    constant,
)

LAYERS: Final[Mapping[str, LayerKind]] = MappingProxyType(
    {kind.name: kind for family in _FAMILIES for kind in family.KINDS}
)
"""Every layer kind by name, family by family in the order of the palette."""

FAMILIES: Final[tuple[str, ...]] = tuple(dict.fromkeys(kind.family for kind in LAYERS.values()))
"""The families in the order of the palette."""
