"""A few custom layers for random networks, with what is known of them, and the same by torch.

Their shapes are stated here by hand; that torch gives them is what the tests of networks find out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import torch
from torch import Tensor, nn

from graph_model.custom_layers.known import Answer, Known, Question, custom_kinds, digest
from graph_model.dims import product
from graph_model.layers import LAYERS
from graph_model.layers.kind import LayerKind
from graph_model.layers.weight import Weight
from graph_model.network import CustomLayer, Network, Project
from graph_model.problems import Problem
from graph_model.tensors import TensorSpec
from tests.custom_layers import LINEAR, SPLIT, STRAIGHT_THROUGH, SWISH

_REFUSED: Final = Answer(
    problem=Problem(
        "custom_failed", {"name": "a layer", "line": "1", "reason": "not what it takes"}
    )
)


def _like_input(_: Mapping[str, Any], x: TensorSpec, *__: TensorSpec) -> Answer:
    return Answer((x,)) if x.is_floating else _REFUSED


def _dense(arguments: Mapping[str, Any], x: TensorSpec) -> Answer:
    size, in_size = arguments["size"], arguments["in_size"]
    if x.dtype != "float32" or x.shape[-1:] != (in_size,) or size < 1:
        return _REFUSED
    weights = (
        Weight("weight", (size, in_size)),
        Weight("bias", (size,)),
        Weight("seen", (), is_buffer=True, dtype="int64"),
    )
    return Answer((x.with_shape(*x.shape[:-1], size),), weights)


def _halves(_: Mapping[str, Any], x: TensorSpec, shift: TensorSpec | None = None) -> Answer:
    if x.rank < 2 or (shift or x) != x or not x.is_floating:
        return _REFUSED
    batch, first, *rest = x.shape
    return Answer(
        (x.with_shape(batch, (first + 1) // 2, *rest), x.with_shape(batch, product(x.shape[1:])))
    )


_SHAPES: Final[Mapping[str, Callable[..., Answer]]] = {
    SWISH: _like_input,
    STRAIGHT_THROUGH: _like_input,
    LINEAR: _dense,
    SPLIT: _halves,
}


class _Answers(dict[Question, Answer]):
    """Answers any question, when it is asked."""

    def get(self, question: Question, _: object = None) -> Answer:  # type: ignore[override]
        specs = (spec for _, spec in question.inputs)
        return _SHAPES[question.text](dict(question.arguments), *specs)


LAYER_TEXTS: Final = {
    "swish": CustomLayer("swish", SWISH),
    "binarise": CustomLayer("binarise", STRAIGHT_THROUGH),
    "dense": CustomLayer("dense", LINEAR),
    "halves": CustomLayer("halves", SPLIT),
}
KNOWN: Final = Known(frozenset(map(digest, _SHAPES)), _Answers())
CUSTOM: Final = custom_kinds(LAYER_TEXTS, KNOWN)
KINDS: Final[Mapping[str, LayerKind]] = {**LAYERS, **CUSTOM}
"""All that random networks are drawn of, by the kind of the nodes."""


class _StraightThrough(torch.autograd.Function):
    @staticmethod
    def forward(ctx: Any, x: Tensor) -> Tensor:
        ctx.save_for_backward(x)
        return torch.sign(x)

    @staticmethod
    def backward(ctx: Any, gradient: Tensor) -> Tensor:  # type: ignore[override]
        return gradient.masked_fill(ctx.saved_tensors[0].abs() > 1, 0)


class _Dense(nn.Linear):
    def __init__(self, in_size: int, size: int, scale: float) -> None:
        super().__init__(in_size, size)
        self.scale = scale
        self.register_buffer("seen", torch.tensor(0))

    def forward(self, input: Tensor) -> Tensor:
        return nn.functional.linear(input, self.scale * self.weight, self.bias)


class _Halves(nn.Module):
    def forward(self, x: Tensor, shift: Tensor | None = None) -> tuple[Tensor, Tensor]:
        x = x if shift is None else torch.add(x, shift)
        even = torch.arange(0, x.shape[1], 2)
        return torch.index_select(x, 1, even), torch.reshape(x, (x.shape[0], -1))


PEERS: Final[Mapping[str, Callable[..., nn.Module]]] = {
    "custom:dense": _Dense,
    "custom:halves": _Halves,
}
"""Modules that compute the same as custom layers that are modules."""
PEER_FUNCTIONS: Final[Mapping[str, Callable[[Mapping[str, Tensor], Mapping[str, Any]], Tensor]]] = {
    "custom:swish": lambda x, a: x["x"] * torch.sigmoid(a["beta"] * x["x"]),
    "custom:binarise": lambda x, _: _StraightThrough.apply(x["x"]),
}
"""And functions."""


def alone(network: Network) -> Project:
    """Return a project of one network, which may use these custom layers."""
    return Project({network.id: network}, network.id, layers=LAYER_TEXTS)
