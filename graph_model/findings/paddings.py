"""Fixes with which a convolution gives as many pixels as another tensor has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, cast

from graph_model.dims import Shape
from graph_model.findings.around import Around
from graph_model.layers import LAYERS
from graph_model.network import Node, Port
from graph_model.problems import Fix, SetArguments
from graph_model.validate import reached
from graph_model.values import Value

_KEEP_SIZES: Final = frozenset(("activation", "normalisation", "dropout"))
KEEP_CHANNELS: Final = _KEEP_SIZES | {"pooling", "padding"}
"""The families of layers that give as many channels as they take."""


def padding_of_feeder(around: Around, at: Port, wanted: Shape, got: Shape) -> Iterator[Fix]:
    """Offer the padding with which the convolution before a port gives the pixels it should."""
    feeder = around.feeder(*at)
    while feeder and feeder.kind in LAYERS and LAYERS[feeder.kind].family in _KEEP_SIZES:
        feeder = around.feeder(feeder.id, "input")
    if feeder is None or feeder.formulas or wanted[:2] != got[:2]:
        return
    lost = [
        a - b if isinstance(a, int) and isinstance(b, int) else 0 if a == b else -1
        for a, b in zip(wanted[2:], got[2:], strict=True)
    ]
    found: tuple[str, list[int]] | None = None
    if feeder.kind in ("Conv1d", "Conv2d", "Conv3d"):
        found = _unshrunk(feeder, lost)
    elif feeder.kind.startswith("ConvTranspose"):
        found = _widened(feeder, lost)
    if found and not _feeds_others(around, feeder, at):
        parameter, sizes = found
        value: Value = sizes[0] if len(set(sizes)) == 1 else tuple(sizes)
        values = {"node": feeder.name, "parameter": parameter, "value": str(value)}
        yield Fix("set_layer_size", SetArguments({parameter: value}), values, feeder.id)


def _feeds_others(around: Around, feeder: Node, at: Port) -> bool:
    """Tell whether another tensor that the node takes would change along with this one."""
    after = reached(around.structure, feeder.id, forwards=True)
    return sum(edge.source.node in after for edge in around.structure.feeders[at.node]) > 1


def _unshrunk(convolution: Node, lost: list[int]) -> tuple[str, list[int]] | None:
    """Return the padding with which a convolution keeps the pixels that it has lost."""
    if isinstance(convolution.arguments.get("padding"), str):
        return None  # a word that says how much is added
    padding, strides = (_each(convolution, name, len(lost)) for name in ("padding", "stride"))
    if not all(each >= 0 and each % 2 == 0 for each in lost) or set(strides) != {1}:
        return None
    return "padding", [old + each // 2 for old, each in zip(padding, lost, strict=True)]


def _widened(transposed: Node, lost: list[int]) -> tuple[str, list[int]] | None:
    """Return the output_padding with which pixels come back that a stride had skipped."""
    old, strides = (_each(transposed, name, len(lost)) for name in ("output_padding", "stride"))
    wider = [mine + each for mine, each in zip(old, lost, strict=True)]
    if any(each < 0 for each in lost):
        return None
    fits = all(size < stride for size, stride in zip(wider, strides, strict=True))
    return ("output_padding", wider) if fits else None


def _each(convolution: Node, parameter: str, dims: int) -> Sequence[int]:
    """Return an argument's number for each of so many dimensions."""
    value = LAYERS[convolution.kind].complete(convolution.arguments)[parameter]
    return cast("Sequence[int]", value if isinstance(value, tuple) else (value,) * dims)
