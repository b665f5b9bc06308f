"""Advice on what follows what."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from graph_model.advice.surroundings import Adviser, Surroundings, bypass, setting
from graph_model.network import NodeId, Port
from graph_model.problems import Fix, InsertBefore, Problem, SwapWithFeeder

CONVOLUTIONS: Final = ("Conv1d", "Conv2d", "Conv3d")
_TRANSPOSED: Final = ("ConvTranspose1d", "ConvTranspose2d", "ConvTranspose3d")
_BATCH_NORMS: Final = ("BatchNorm1d", "BatchNorm2d", "BatchNorm3d")
_INSTANCE_NORMS: Final = ("InstanceNorm1d", "InstanceNorm2d", "InstanceNorm3d")
_DROPOUTS: Final = ("Dropout", "Dropout1d", "Dropout2d", "Dropout3d", "AlphaDropout")
_SOFTMAXES: Final = ("Softmax", "LogSoftmax", "Softmin")
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


def _no_activation_between(around: Surroundings, id: NodeId) -> Problem | None:
    first = around.feeder(id)
    for _ in range(_FARTHEST):
        if first is None or around.kind(first) not in _THROUGH:
            break
        first = around.feeder(first)
    if first is None or around.kind(first) not in _STEPS:
        return None
    if not _is_full(around, first, id):
        return None
    return Problem(
        "no_activation_between",
        {"kind": around.kind(id), "before": around.name(first)},
        node=id,
        port="input",
        fixes=(Fix("insert_layer", InsertBefore("input", "ReLU"), {"kind": "ReLU"}, id),),
    )


def _is_full(around: Surroundings, first: NodeId, second: NodeId) -> bool:
    """Tell whether two linear steps are neither separable ones nor a narrow one between two.

    A depthwise and a pointwise convolution, one along each dimension, a linear bottleneck
    (Sandler et al. 2018, arXiv:1801.04381), a patch embedding and a matrix of low rank are meant
    to have no activation between them.
    """
    if around.kind(first) == around.kind(second) == "Linear":
        before, after = around.results[first].arguments, around.results[second].arguments
        narrow = before["out_features"]
        sizes = (before["in_features"], after["out_features"])
        return not all(isinstance(size, int) and narrow < size for size in sizes)  # type: ignore[operator]
    for id in (first, second):
        arguments = around.results[id].arguments
        kernel = arguments.get("kernel_size", 3)
        is_even = not isinstance(kernel, tuple) or len(set(kernel)) == 1
        if kernel in (1, arguments.get("stride")) or not is_even or arguments.get("groups", 1) != 1:
            return False
    return True


def _bias_before_norm(around: Surroundings, id: NodeId) -> Problem | None:
    if around.results[id].arguments["bias"] is not True:
        return None
    reader = around.reader(id)
    if reader is None or around.kind(reader) not in _NORMS:
        return None
    if around.kind(id) == "Linear" and around.results[id].outputs["output"].rank != 2:
        return None
    return Problem(
        "bias_before_norm",
        {"name": around.name(id), "norm": around.name(reader)},
        node=id,
        parameter="bias",
        fixes=(setting(id, "bias", False),),
    )


def _dropout_before_norm(around: Surroundings, id: NodeId) -> Problem | None:
    feeder = around.feeder(id)
    if feeder is None or around.kind(feeder) not in _DROPOUTS:
        return None
    return Problem(
        "dropout_before_norm",
        {"name": around.name(feeder), "norm": around.kind(id)},
        node=id,
        port="input",
        fixes=(
            Fix("swap", SwapWithFeeder("input"), {"name": around.name(feeder)}, id),
            bypass(around, feeder),
        ),
    )


def _activation_twice(around: Surroundings, id: NodeId) -> Problem | None:
    feeder = around.feeder(id)
    if feeder is None or around.kind(feeder) not in _ACTIVATIONS:
        return None
    if (around.kind(feeder), around.kind(id)) == ("Softplus", "Tanh"):  # a part of Mish
        return None
    return Problem(
        "activation_twice",
        {"kind": around.kind(id), "before": around.name(feeder)},
        node=id,
        port="input",
        fixes=(bypass(around, feeder), bypass(around, id)),
    )


def _before_softmax(around: Surroundings, id: NodeId) -> Problem | None:
    feeder = around.feeder(id)
    if feeder is None:
        return None
    before = around.kind(feeder)
    if before in _SOFTMAXES:
        code = "softmax_twice"
    elif before in _LIMITING:
        code = "activation_before_softmax"
    else:
        return None
    values = {"kind": around.kind(id), "before": around.name(feeder)}
    return Problem(code, values, node=id, port="input", fixes=(bypass(around, feeder),))


def _dropout_last(around: Surroundings, id: NodeId) -> Problem | None:
    reader = around.reader(id)
    if reader is None or around.kind(reader) != "Output" or around.network.role == "block":
        return None
    values = {"name": around.name(id)}
    return Problem("dropout_last", values, node=id, fixes=(bypass(around, id),))


def _first_step(around: Surroundings, id: NodeId) -> Problem | None:
    edge = around.network.edges.get(Port(id, "input"))
    arguments = around.results[id].arguments
    if edge is None or arguments["index"] != 0 or edge.source.name != "output":
        return None
    source = edge.source.node
    of_source = around.results[source].arguments
    if around.kind(source) not in ("RNN", "LSTM", "GRU") or of_source["bidirectional"]:
        return None
    steps = 1 if of_source["batch_first"] else 0
    if arguments["dim"] not in (steps, steps - 3):
        return None
    return Problem(
        "first_step",
        {"before": around.name(source)},
        node=id,
        parameter="index",
        fixes=(setting(id, "index", -1),),
    )


ADVISERS: Final[tuple[tuple[Iterable[str], Adviser], ...]] = (
    (("Linear", *CONVOLUTIONS), _no_activation_between),
    (("Linear", *CONVOLUTIONS, *_TRANSPOSED), _bias_before_norm),
    (_BATCH_NORMS, _dropout_before_norm),
    (_ACTIVATIONS, _activation_twice),
    (_SOFTMAXES, _before_softmax),
    (_DROPOUTS, _dropout_last),
    (("Select",), _first_step),
)
"""Which kinds each adviser looks at."""
