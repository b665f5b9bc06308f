"""Looks at one node or wire for one sample: its tensors, and what is drawn of its own kind."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, Final

import torch
from torch import Tensor, nn
from torch.utils.hooks import RemovableHandle

from app.inspecting.places import find
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
from graph_model.network import Node, Port
from graph_model.values import Arguments

_FUNCTION: Final = "ScaledDotProductAttention"
_CONVOLUTIONS: Final = "Conv"


def look(watched: Watched, sample: int, spot: Spot, port: str = "") -> Look:
    """Return what is seen of a node for a sample of the data, at all its ports or at one.

    An Output gives what comes to it; of what is left out nothing is seen.
    """
    asked = find(watched.inference, spot)
    if asked is None:
        return Look()
    given = {
        asked.at(Port(asked.node.id, each)): each for each in ((port,) if port else asked.outputs)
    }
    if asked.node.kind == "Output" and (source := asked.source("input")) is not None:
        given = {source: "input"}
    module = watched.module(spot)
    attending = _Attending(module)
    taken = {each: asked.source(each) for each in asked.inputs}
    is_function = asked.node.kind == _FUNCTION
    wanted = {*given, *(each for each in taken.values() if is_function and each)}
    found: dict[tuple[Spot, str], Tensor] = {}

    def keep(at: Spot, port: str, value: Tensor) -> None:
        attending.take(is_it=at == spot)
        if (at, port) in wanted:
            found[at, port] = value.clone()

    with attending:
        watched.see([sample], keep, records=attending.is_hidden)
    values = tuple(_seen(name, found[key]) for key, name in given.items() if key in found)
    if port or asked.node.kind == "Output":
        return Look(values)
    inputs = {name: found[key] for name, key in taken.items() if key in found}
    weights = _of_function(inputs, asked.arguments) if is_function else attending.weights
    return Look(
        values,
        _filters(asked.node, module),
        attention(weights) if weights else None,
        cloud(module.weight, watched.words(len(module.weight)))
        if isinstance(module, nn.Embedding | nn.EmbeddingBag)
        else None,
    )


def _seen(port: str, value: Tensor) -> Seen:
    one = value[0] if value.ndim > 1 and len(value) == 1 else value
    return Seen(port, facts(value), head(one), histogram(value), heat(one), maps(one))


def _filters(node: Node, module: nn.Module | None) -> Tiles | None:
    weight = getattr(module, "weight", None)
    if not node.kind.startswith(_CONVOLUTIONS) or not isinstance(weight, Tensor):
        return None
    return filters(weight.transpose(0, 1) if "Transpose" in node.kind else weight)


class _Attending:
    """Has the attention within a module tell its weights while it is computed, ``(heads, L, S)``.

    It ``is_hidden`` where the module is more than the attention itself.
    """

    def __init__(self, module: nn.Module | None) -> None:
        within = [] if module is None else [*module.modules()]
        self._modules = [each for each in within if isinstance(each, nn.MultiheadAttention)]
        self.is_hidden = bool(self._modules) and self._modules[0] is not module
        self._handles: list[RemovableHandle] = []
        self._last: list[Tensor] = []
        self.weights: list[Tensor] = []

    def __enter__(self) -> None:
        for each in self._modules:
            self._handles.append(each.register_forward_pre_hook(self._look, with_kwargs=True))

    def __exit__(self, *_: object) -> None:
        for handle in self._handles:
            handle.remove()

    def take(self, *, is_it: bool) -> None:
        """Keep the weights since the last node was computed, if this one is the one."""
        if is_it and self._last:
            self.weights = self._last
        self._last = []

    def _look(self, module: nn.Module, given: tuple[Any, ...], named: dict[str, Any]) -> None:
        """Compute the same for the weights, which the call itself may leave out."""
        assert isinstance(module, nn.MultiheadAttention)
        named = {**named, "need_weights": True, "average_attn_weights": False}
        _, weights = module.forward(*given, **named)
        assert weights is not None
        self._last.append(weights[0].detach())


def _of_function(inputs: Mapping[str, Tensor], arguments: Arguments) -> list[Tensor]:
    """Return the weights of ``scaled_dot_product_attention`` as torch's documentation has them."""
    if not {*inputs} >= {"query", "key"}:
        return []
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
    heads = weights.shape[1] if weights.ndim == 4 else 1
    return [weights.reshape(-1, *weights.shape[-2:])[:heads]]
