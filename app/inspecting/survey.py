"""Figures of every node for some samples: the same that observers tell of a step of a training."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

from torch import Tensor

from app.inspecting.places import find
from app.inspecting.reducing import facts
from app.inspecting.watch import Spot
from app.inspecting.watched import Watched
from app.observing.bounded import BOUNDS
from app.observing.shares import dead_units, saturation
from graph_model.inference.infer import Inference
from graph_model.network import used_network
from graph_model.recipe import NodePath

_MOST_NUMBERS: Final = 2**26
"""How many numbers are looked at: of a very large network it is one sample alone."""
ByNode = Mapping[str, Mapping[NodePath, Sequence[float]]]
"""Numbers by what they are, then by the node: one for each port and each repeat around it."""


def some(watched: Watched, places: Sequence[int]) -> Sequence[int]:
    """Return as many samples as give :data:`_MOST_NUMBERS` in all nodes together, one at least."""
    count = 0

    def add(_: Spot, __: str, value: Tensor) -> None:
        nonlocal count
        count += value.numel()

    watched.see(places[:1], add)
    return places[: max(1, _MOST_NUMBERS // max(1, count))]


def survey(watched: Watched, chosen: Sequence[int]) -> ByNode:
    """Return the figures of all nodes but blocks, whose are those of what is within them.

    ``forward_seconds`` and ``output_bytes`` are for all of the samples together.
    """
    found: defaultdict[str, defaultdict[NodePath, list[float]]]
    found = defaultdict(lambda: defaultdict(list))
    kinds: dict[NodePath, str] = {}

    def tell(spot: Spot, port: str, value: Tensor) -> None:
        kind = kinds.setdefault(spot.path, _kind(watched.inference, spot))
        if used_network(kind) is not None:
            return
        found["output_bytes"][spot.path].append(value.numel() * value.element_size())
        if not value.is_floating_point() or not value.numel():
            return
        told = facts(value)
        if not math.isnan(told.mean):
            found["activation_mean"][spot.path].append(told.mean)
            found["activation_deviation"][spot.path].append(told.deviation)
            found["activation_zeros"][spot.path].append(told.zeros)
        found["dead_units"][spot.path].append(dead_units(value).item())
        if kind in BOUNDS:
            found["activation_saturation"][spot.path].append(saturation(value, BOUNDS[kind]).item())

    watched.see(chosen, tell)
    for spot, seconds in watched.seconds(chosen).items():
        if used_network(kinds.get(spot.path, "")) is None:
            found["forward_seconds"][spot.path].append(seconds)
    return found


def _kind(inference: Inference, spot: Spot) -> str:
    """Return the kind of a node by its place."""
    placed = find(inference, spot)
    assert placed is not None, "what is computed is not left out"
    return placed.node.kind
