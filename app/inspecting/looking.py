"""Looks at one node or wire for one sample: its tensors, and what is drawn of its own kind."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Final

import torch
from torch import Tensor, nn

from app.inspecting.reducing import (
    attention,
    cloud,
    facts,
    filters,
    head,
    heat,
    histogram,
    maps,
)
from app.inspecting.seen import Look, Seen, Tiles
from app.inspecting.watch import Spot
from app.inspecting.watched import Watched
from graph_model.frozen import frozen
from graph_model.inference.infer import Inference
from graph_model.network import Node, NodeId, Port
from graph_model.recipe import BETWEEN
from graph_model.recipes.within import join
from graph_model.values import Arguments

_TABLES: Final = frozenset({"Embedding", "EmbeddingBag"})
_CONVOLUTIONS: Final = "Conv"


@frozen
class _Asked:
    """A node, what it lies in, and where it is."""

    spot: Spot
    node: Node
    within: Inference

    @property
    def arguments(self) -> Arguments:
        """Its arguments, complete."""
        return self.within.nodes[self.node.id].arguments

    def source(self, port: str) -> tuple[Spot, str] | None:
        """Return where the value comes from that it takes at a port."""
        edge = self.within.network.edges.get(Port(self.node.id, port))
        return None if edge is None else self.at(edge.source)

    def at(self, port: Port) -> tuple[Spot, str]:
        """Return a port of a node beside it."""
        around = self.spot.path.rpartition(BETWEEN)[0]
        return Spot(join(around, port.node), self.spot.turns), port.name


def look(watched: Watched, sample: int, spot: Spot, port: str = "") -> Look:
    """Return what is seen of a node for a sample of the data, at all its ports or at one.

    An Output gives what comes to it. Raises ``KeyError`` where there is no such node.
    """
    asked = _find(watched.inference, spot)
    given = {asked.at(Port(asked.node.id, each)): each for each in _ports(asked, port)}
    if asked.node.kind == "Output" and (source := asked.source("input")) is not None:
        given = {source: "input"}
    taking = _ATTENTIONS.get(asked.node.kind)
    taken = {each: asked.source(each) for each in asked.within.nodes[asked.node.id].inputs}
    wanted = {*given, *(each for each in taken.values() if taking and each)}
    found: dict[tuple[Spot, str], Tensor] = {}

    def keep(spot: Spot, port: str, value: Tensor) -> None:
        if (spot, port) in wanted:
            found[spot, port] = value.clone()

    watched.see([sample], keep)
    values = tuple(_seen(name, found[key]) for key, name in given.items() if key in found)
    if port or asked.node.kind == "Output":
        return Look(values)
    inputs = {name: found[key] for name, key in taken.items() if key in found}
    module = watched.module(spot)
    return Look(
        values,
        _filters(asked.node, module),
        taking(inputs, asked.arguments, module) if taking and inputs else None,
        cloud(module.weight, watched.words(len(module.weight)))
        if asked.node.kind in _TABLES and isinstance(module, nn.Embedding | nn.EmbeddingBag)
        else None,
    )


def _find(inference: Inference, spot: Spot) -> _Asked:
    """Return a node by its place; raises ``KeyError`` where there is none."""
    within: Inference | None = inference
    *around, last = spot.path.split(BETWEEN)
    for id, turn in zip(around, spot.turns, strict=True):
        assert within is not None
        within = within.inside(id, turn)
        if within is None:
            raise KeyError(spot)
    assert within is not None
    return _Asked(spot, within.network.nodes[NodeId(last)], within)


def _ports(asked: _Asked, port: str) -> tuple[str, ...]:
    return (port,) if port else tuple(asked.within.nodes[asked.node.id].outputs)


def _seen(port: str, value: Tensor) -> Seen:
    one = value[0] if value.ndim > 1 and len(value) == 1 else value
    return Seen(port, facts(value), head(one), histogram(value), heat(one), maps(one))


def _filters(node: Node, module: nn.Module | None) -> Tiles | None:
    weight = getattr(module, "weight", None)
    if not node.kind.startswith(_CONVOLUTIONS) or not isinstance(weight, Tensor):
        return None
    return filters(weight.transpose(0, 1) if "Transpose" in node.kind else weight)


def _of_module(
    inputs: Mapping[str, Tensor], arguments: Arguments, module: nn.Module | None
) -> Tiles | None:
    """Return the weights of each head of a ``MultiheadAttention``, by calling it for them."""
    if not isinstance(module, nn.MultiheadAttention) or not {*inputs} >= {"query", "key", "value"}:
        return None
    with torch.no_grad():
        _, weights = module(**inputs, need_weights=True, average_attn_weights=False)
    return attention(weights[0])


def _of_function(
    inputs: Mapping[str, Tensor], arguments: Arguments, module: nn.Module | None
) -> Tiles | None:
    """Return the weights of ``scaled_dot_product_attention`` as torch's documentation has them."""
    if not {*inputs} >= {"query", "key"}:
        return None
    query, key, mask = inputs["query"], inputs["key"], inputs.get("attn_mask")
    if arguments.get("enable_gqa"):
        key = key.repeat_interleave(query.shape[-3] // key.shape[-3], -3)
    scale = arguments.get("scale")
    factor = scale if isinstance(scale, int | float) else 1 / math.sqrt(query.shape[-1])
    scores = query @ key.transpose(-2, -1) * factor
    if arguments.get("is_causal"):
        scores = scores.masked_fill(torch.ones(scores.shape[-2:]).tril() == 0, -math.inf)
    if mask is not None:
        is_truth = mask.dtype == torch.bool
        scores = scores.masked_fill(~mask, -math.inf) if is_truth else scores + mask
    weights = scores.softmax(dim=-1)
    return attention(weights.reshape(-1, *weights.shape[-2:])[: _heads(weights)])


def _heads(weights: Tensor) -> int:
    """Return how many maps there are of the first sample."""
    return weights.shape[1] if weights.ndim == 4 else 1


_ATTENTIONS: Final[
    Mapping[str, Callable[[Mapping[str, Tensor], Arguments, nn.Module | None], Tiles | None]]
] = {"MultiheadAttention": _of_module, "ScaledDotProductAttention": _of_function}
