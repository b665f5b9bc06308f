"""Advice on layers that take the features in another dimension than they stand in."""

from __future__ import annotations

from typing import Final

from graph_model.advice.surroundings import Adviser, Neighbourly, Spot, setting
from graph_model.dims import Shape, format_shape
from graph_model.findings.axes import channels_first, features_swapped
from graph_model.layers import LAYERS
from graph_model.layers.convolution import LAYOUTS
from graph_model.layers.samples import batch_of, kept_apart, mixed_dimension
from graph_model.problems import Fix, InsertBefore, Problem

CONVOLUTIONS: Final = ("Conv1d", "Conv2d", "Conv3d")
SEQUENCE_KINDS: Final = (
    "RNN", "LSTM", "GRU", "MultiheadAttention", "TransformerEncoderLayer", "TransformerEncoder",
    "TransformerDecoderLayer", "TransformerDecoder", "Transformer",
)  # fmt: skip
_POOLS: Final = ("Max", "Avg", "LP", "AdaptiveMax", "AdaptiveAvg")
SPATIAL: Final = tuple(
    f"{what}{rank}d"
    for what in (
        "Conv",
        "ConvTranspose",
        "BatchNorm",
        "InstanceNorm",
        *(f"{p}Pool" for p in _POOLS),
    )
    for rank in (1, 2, 3)
)
"""Kinds that take and give the features in dimension 1."""
_ALONG_STEPS: Final = tuple(kind for kind in SPATIAL if kind.endswith("1d"))
_LAST: Final = ("LayerNorm", "RMSNorm")
BY_FEATURE: Final = ("Embedding", *SEQUENCE_KINDS)
"""Kinds that give N×T×C, or T×N×C."""
KEEPING: Final = frozenset(
    kind.name for kind in LAYERS.values() if kind.family in ("activation", "dropout")
) | {"Identity", "Add", "Multiply", *_LAST}
"""Kinds that leave the dimensions as they are."""
_FARTHEST: Final = 2
"""How many of them are looked through."""


def _maker(spot: Spot, *through: str) -> Spot | None:
    """Return the layer that has laid out the dimensions of what comes in."""
    maker = spot.source
    for _ in range(_FARTHEST):
        if maker is None or (maker.kind not in KEEPING and maker.kind not in through):
            break
        maker = maker.source
    return maker


def _features_last(spot: Spot) -> Problem | None:
    maker = _maker(spot, "BatchNorm1d")
    if maker is None or maker.kind not in BY_FEATURE or spot.input.rank != 3:
        return None
    return _elsewhere(spot, maker, "features_last", LAYOUTS[1])


def _features_first(spot: Spot) -> Problem | None:
    maker = _maker(spot)
    if maker is None or maker.kind not in _ALONG_STEPS or spot.arguments["batch_first"] is not True:
        return None
    return _elsewhere(spot, maker, "features_first", "N×T×C")


def _elsewhere(spot: Spot, maker: Spot, code: str, layout: str) -> Problem:
    shape = spot.input.shape
    values = {
        "kind": spot.title,
        "layout": layout,
        "before": maker.name,
        "shape": format_shape(shape),
        "got": str(shape[1 if code == "features_last" else 2]),
    }
    return Problem(code, values, node=spot.id, port=spot.port, fixes=_swapping(spot))


def _swapping(spot: Spot) -> tuple[Fix, ...]:
    if not spot.is_near:
        return ()
    return features_swapped(spot.id, spot.kind, spot.port, spot.input.rank)


def _normalises_places(spot: Spot) -> Problem | None:
    maker, shape = _maker(spot), spot.input.shape
    sizes = spot.arguments["normalized_shape"]
    assert isinstance(sizes, tuple)
    if maker is None or maker.kind not in SPATIAL or len(sizes) >= len(shape) - 1:
        return None
    values = {
        "kind": spot.title,
        "got": format_shape(shape[-len(sizes) :]),
        "shape": format_shape(shape),
        "before": maker.name,
    }
    is_known = all(isinstance(dim, int) for dim in shape[1:])
    all_of_it = setting(spot, "dims", len(shape) - 1) if is_known else ()
    fixes = (*_swapping(spot), *all_of_it)
    return Problem("normalises_places", values, node=spot.id, port="input", fixes=fixes)


def _channels_last(spot: Spot) -> Problem | None:
    spec, source = spot.input, spot.source
    change = channels_first(spec.shape)
    if change is None or source is None or source.kind != "Input":
        return None
    values = {
        "kind": spot.kind,
        "layout": LAYOUTS[spec.rank - 2],
        "shape": str(spec),
        "got": str(spec.shape[1]),
        "channels": str(spec.shape[-1]),
    }
    fix = Fix("insert_layer", change, {"kind": change.kind}, spot.id)
    if spec.rank > 3:
        return Problem("channels_last", values, node=spot.id, port="input", fixes=(fix,))
    return Problem("steps_first", values, node=spot.id, port="input", fixes=_swapping(spot))


def _samples_mixed(spot: Spot) -> Problem | None:
    before, after = spot.input.shape, spot.output.shape
    if mixed_dimension(before, after) is None:
        return None
    batch = batch_of(before)
    assert batch is not None
    values = {"shape": str(spot.input), "got": str(spot.output), "batch": str(before[batch])}
    return Problem(
        "samples_mixed",
        values,
        node=spot.id,
        parameter="shape",
        fixes=_apart(spot, before, after, batch),
    )


def _apart(spot: Spot, before: Shape, after: Shape, batch: int) -> tuple[Fix, ...]:
    """Return the fix that keeps samples apart: −1 for the batch, or the batch to the front."""
    sizes = spot.arguments["shape"]
    assert isinstance(sizes, tuple)
    if batch == 0:
        kept = kept_apart(before, tuple(size for size in sizes if isinstance(size, int)))
        return setting(spot, "shape", kept) if kept else ()
    order = list(before)
    order[0], order[batch] = order[batch], order[0]
    if mixed_dimension(tuple(order), after) is not None or not spot.is_near:
        return ()
    change = InsertBefore("input", "Transpose", {"dim0": 0, "dim1": batch})
    return (Fix("insert_layer", change, {"kind": "Transpose"}, spot.id),)


_TAKING_FIRST: Final = (*_ALONG_STEPS, "GroupNorm")

LOOKING_BACK: Final = (
    Neighbourly(_TAKING_FIRST, {*BY_FEATURE, *KEEPING, "BatchNorm1d"}, _features_last),
    Neighbourly(SEQUENCE_KINDS, {*_ALONG_STEPS, *KEEPING}, _features_first),
    Neighbourly(_LAST, {*SPATIAL, *KEEPING}, _normalises_places),
)
"""Those that ask what has laid out the dimensions."""

ADVISERS: Final[tuple[tuple[tuple[str, ...], Adviser], ...]] = (
    ((*SPATIAL, "GroupNorm", "Dropout2d"), _channels_last),
    (("Reshape",), _samples_mixed),
)
"""Which kinds each of the others looks at."""
