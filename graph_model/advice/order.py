"""Advice on what follows what."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from graph_model.advice.axes import CONVOLUTIONS, KEEPING
from graph_model.advice.surroundings import Neighbourly, Spot, bypass, insertion, setting
from graph_model.problems import Fix, Problem, SwapWithFeeder

_TRANSPOSED: Final = ("ConvTranspose1d", "ConvTranspose2d", "ConvTranspose3d")
_BATCH_NORMS: Final = ("BatchNorm1d", "BatchNorm2d", "BatchNorm3d")
_INSTANCE_NORMS: Final = ("InstanceNorm1d", "InstanceNorm2d", "InstanceNorm3d")
_DROPOUTS: Final = ("Dropout", "Dropout1d", "Dropout2d", "Dropout3d", "AlphaDropout")
_SOFTMAXES: Final = ("Softmax", "LogSoftmax", "Softmin")
_RECURRENT: Final = ("RNN", "LSTM", "GRU")
_LIMITING: Final = ("ReLU", "ReLU6", "Sigmoid", "Hardsigmoid", "Tanh", "Hardtanh")
_ACTIVATIONS: Final = frozenset((
    *_LIMITING, "LeakyReLU", "PReLU", "RReLU", "ELU", "CELU", "SELU", "GELU", "SiLU", "Mish",
    "Hardswish", "Softplus", "Softsign", "LogSigmoid",
))  # fmt: skip
_STEPS: Final = frozenset(("Linear", *CONVOLUTIONS))
_NORMS: Final = frozenset((*_BATCH_NORMS, *_INSTANCE_NORMS))
_THROUGH: Final = frozenset((*_BATCH_NORMS, *_DROPOUTS, "Flatten", "Identity"))
"""Kinds that leave a linear step linear."""
_FARTHEST: Final = 2
"""How many of them are looked through."""


def looked_through(spot: Spot | None) -> Iterator[Spot]:
    """Yield a layer, and behind it those that are advised on by what is before it."""
    for _ in range(_FARTHEST + 1):
        if spot is not None:
            yield spot
            spot = spot.reader if spot.kind in _THROUGH | KEEPING else None


def _no_activation_between(spot: Spot) -> Problem | None:
    first = spot.feeder
    for _ in range(_FARTHEST):
        if first is None or first.kind not in _THROUGH:
            break
        first = first.feeder
    if first is None or first.kind not in _STEPS:
        return None
    if not _is_full(first, spot):
        return None
    return Problem(
        "no_activation_between",
        {"kind": spot.title, "before": first.name},
        node=spot.id,
        port="input",
        fixes=insertion(spot, "ReLU"),
    )


def _is_full(first: Spot, second: Spot) -> bool:
    """Tell whether two linear steps are neither separable ones nor a narrow one between two.

    A depthwise and a pointwise convolution, one along each dimension, a linear bottleneck
    (Sandler et al. 2018, arXiv:1801.04381), a patch embedding and a matrix of low rank are meant
    to have no activation between them.
    """
    before, after = first.arguments, second.arguments
    if first.kind == second.kind == "Linear":
        narrow = before["out_features"]
        sizes = (before["in_features"], after["out_features"])
        return not all(isinstance(size, int) and narrow < size for size in sizes)  # type: ignore[operator]
    for arguments in (before, after):
        kernel = arguments.get("kernel_size", 3)
        is_even = not isinstance(kernel, tuple) or len(set(kernel)) == 1
        if kernel in (1, arguments.get("stride")) or not is_even or arguments.get("groups", 1) != 1:
            return False
    return True


def _bias_before_norm(spot: Spot) -> Problem | None:
    if spot.arguments["bias"] is not True:
        return None
    reader = spot.reader
    if reader is None or reader.kind not in _NORMS:
        return None
    if spot.kind == "Linear" and spot.output.rank != 2:
        return None
    return Problem(
        "bias_before_norm",
        {"name": spot.name, "norm": reader.name},
        node=spot.id,
        parameter="bias",
        fixes=setting(spot, "bias", False),
    )


def _dropout_before_norm(spot: Spot) -> Problem | None:
    feeder = spot.feeder
    if feeder is None or feeder.kind not in _DROPOUTS:
        return None
    swap = Fix("swap", SwapWithFeeder("input"), {"name": feeder.name}, spot.id)
    return Problem(
        "dropout_before_norm",
        {"name": feeder.name, "norm": spot.title},
        node=spot.id,
        port="input",
        fixes=(*([swap] if spot.is_near and feeder.is_near else ()), *bypass(feeder)),
    )


def _activation_twice(spot: Spot) -> Problem | None:
    feeder = spot.feeder
    if feeder is None or feeder.kind not in _ACTIVATIONS:
        return None
    if (feeder.kind, spot.kind) == ("Softplus", "Tanh"):  # a part of Mish
        return None
    return Problem(
        "activation_twice",
        {"kind": spot.title, "before": feeder.name},
        node=spot.id,
        port="input",
        fixes=bypass(feeder, spot),
    )


def _before_softmax(spot: Spot) -> Problem | None:
    feeder = spot.feeder
    if feeder is None:
        return None
    if feeder.kind in _SOFTMAXES:
        code = "softmax_twice"
    elif feeder.kind in _LIMITING:
        code = "activation_before_softmax"
    else:
        return None
    values = {"kind": spot.title, "before": feeder.name}
    return Problem(code, values, node=spot.id, port="input", fixes=bypass(feeder))


def _dropout_last(spot: Spot) -> Problem | None:
    reader = spot.reader
    if reader is None or reader.kind != "Output" or reader.level.network.role == "block":
        return None
    return Problem("dropout_last", {"name": spot.name}, node=spot.id, fixes=bypass(spot))


def _first_step(spot: Spot) -> Problem | None:
    edge = spot.level.structure.feeders[spot.id][0]
    if spot.arguments["index"] != 0 or edge.source.name != "output":
        return None
    source = Spot(spot.level, edge.source.node)
    if source.kind not in _RECURRENT or source.arguments["bidirectional"]:
        return None
    steps = 1 if source.arguments["batch_first"] else 0
    if spot.arguments["dim"] not in (steps, steps - 3):
        return None
    return Problem(
        "first_step",
        {"before": source.name},
        node=spot.id,
        parameter="index",
        fixes=setting(spot, "index", -1),
    )


LOOKING_BACK: Final = (
    Neighbourly(("Linear", *CONVOLUTIONS), _STEPS | _THROUGH, _no_activation_between),
    Neighbourly(_BATCH_NORMS, _DROPOUTS, _dropout_before_norm),
    Neighbourly(_ACTIVATIONS, _ACTIVATIONS, _activation_twice),
    Neighbourly(_SOFTMAXES, (*_SOFTMAXES, *_LIMITING), _before_softmax),
    Neighbourly(("Select",), _RECURRENT, _first_step),
)
"""Those that ask what is before."""

LOOKING_AHEAD: Final = (
    Neighbourly(("Linear", *CONVOLUTIONS, *_TRANSPOSED), _NORMS, _bias_before_norm),
    Neighbourly(_DROPOUTS, ("Output",), _dropout_last),
)
"""Those that ask what is behind."""
