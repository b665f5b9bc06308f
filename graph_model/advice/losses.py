"""Advice on what a loss is given: raw scores, probabilities, or the logarithms of those."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from graph_model.advice.surroundings import Neighbourly, Spot, bypass
from graph_model.layers import LAYERS
from graph_model.phrases import phrase
from graph_model.problems import Connect, Fix, InsertBefore, Problem, ReplaceKind

EXPECTED: Final[Mapping[str, str]] = {
    "CrossEntropyLoss": "raw scores",
    "NLLLoss": "log-probabilities",
    "MultiMarginLoss": "raw scores",
    "BCEWithLogitsLoss": "raw scores",
    "BCELoss": "probabilities",
    "MultiLabelSoftMarginLoss": "raw scores",
    "SoftMarginLoss": "raw scores",
    "KLDivLoss": "log-probabilities",
}
"""What some losses of ``torch.nn`` take for their first input."""

_LAID_OUT: Final = frozenset((
    "Flatten", "Identity", "MoveDim", "Permute", "Reshape", "Select", "Slice", "Squeeze",
    "Transpose", "Unflatten", "Unsqueeze",
))  # fmt: skip
"""Kinds that leave the numbers as they are."""
_FARTHEST: Final = 2
"""How many of them are looked through."""
_OF_ANY_SIZE: Final = frozenset(
    kind.name
    for kind in LAYERS.values()
    if kind.family in ("activation", "convolution", "linear", "normalisation", "recurrent")
)
_POOLS: Final = frozenset(kind.name for kind in LAYERS.values() if kind.family == "pooling")
_UNSUITED: Final[Mapping[str, frozenset[str]]] = {
    "raw scores": frozenset(
        (
            "Softmax",
            "Softmax2d",
            "LogSoftmax",
            "Sigmoid",
            "LogSigmoid",
            "Hardsigmoid",
            "ReLU",
            "ReLU6",
            "Tanh",
            "Hardtanh",
        )
    ),
    "probabilities": _OF_ANY_SIZE - {"Sigmoid", "Hardsigmoid", "Softmax", "Softmax2d", "Softmin"},
    "log-probabilities": (_OF_ANY_SIZE | _POOLS) - {"LogSoftmax", "LogSigmoid"},
}
"""Which kinds give something else."""
_INSTEAD: Final[Mapping[str, Mapping[str, str]]] = {
    "probabilities": dict.fromkeys(("Tanh", "Hardtanh", "ReLU", "ReLU6", "LogSigmoid"), "Sigmoid"),
    "log-probabilities": {"Softmax": "LogSoftmax", "Sigmoid": "LogSigmoid"},
}
"""Which layer in its place would suit."""


def unsuited(taker: Spot, expects: str) -> Spot | None:
    """Return the layer that a loss or an Output has its values from, where it gives others."""
    maker = taker.source
    for _ in range(_FARTHEST):
        if maker is None or maker.kind not in _LAID_OUT:
            break
        maker = maker.source
    return maker if maker and maker.kind in _UNSUITED.get(expects, ()) else None


def suiting(taker: Spot, maker: Spot, expects: str) -> tuple[Fix, ...]:
    """Return the fix that gives a loss or an Output what the loss expects.

    What is within a block is left as it is, for that may be used elsewhere.
    """
    is_alone = len(maker.level.structure.consumers[maker.id]) == 1
    if expects == "raw scores":
        return bypass(maker) if is_alone else _past(taker, maker)
    if not taker.is_near:
        return ()
    instead = _INSTEAD[expects].get(maker.kind)
    if instead and is_alone and maker.is_near:
        return (Fix("replace_kind", ReplaceKind(instead), {"kind": instead}, maker.id),)
    if expects == "probabilities":
        insert = InsertBefore(taker.port, "Sigmoid")
    elif maker.kind not in ("Softmax", "Sigmoid"):
        insert = InsertBefore(taker.port, "LogSoftmax", {"dim": 1})
    else:
        insert = InsertBefore(taker.port, "Log")
    return (Fix("insert_layer", insert, {"kind": insert.kind}, taker.id),)


def _past(taker: Spot, maker: Spot) -> tuple[Fix, ...]:
    """Return the fix that takes what feeds ``maker``, where it is next and others read it too."""
    feeders = maker.level.structure.feeders[maker.id]
    if not maker.is_near or not taker.is_near or taker.source != maker:
        return ()
    source = feeders[0].source
    name = maker.level.network.nodes[source.node].name
    change = Connect(source.node, source.name, taker.port)
    return (Fix("connect", change, {"name": name}, taker.id),)


def _given_otherwise(spot: Spot) -> Problem | None:
    expects = EXPECTED[spot.kind]
    maker = unsuited(spot, expects)
    if maker is None:
        return None
    values = {"kind": spot.title, "expects": phrase(expects), "before": maker.name}
    fixes = suiting(spot, maker, expects)
    return Problem("loss_given_otherwise", values, node=spot.id, port=spot.port, fixes=fixes)


LOOKING_BACK: Final = (Neighbourly(EXPECTED, _OF_ANY_SIZE | _POOLS | _LAID_OUT, _given_otherwise),)
