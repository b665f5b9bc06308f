"""How much each unit matters, told by its weights."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, TypeAlias

import torch
from torch import Tensor

from app.observing.nodes import Nodes
from app.pruning.weights import State, keyed
from graph_model.pruning.groups import Axis, Prunable, Strand, Unit

Criterion: TypeAlias = Literal["l1", "l2", "random"]
CRITERIA: Final[tuple[Criterion, ...]] = ("l1", "l2", "random")
Scores: TypeAlias = Mapping[Unit, float]
"""How much each unit matters: 1 is the mean of its strand."""


def scores(
    state: State, nodes: Nodes, found: Prunable, criterion: Criterion = "l2", seed: int = 0
) -> Scores:
    """Return how much every unit matters: the norm of all weights that make or read it.

    Norms as in Li et al., "Pruning Filters for Efficient ConvNets", 2017 (L1), over all that goes
    together as in Fang et al., 2023. ``random`` is what these should be better than.
    """
    names = keyed(state, nodes)
    draw = torch.Generator().manual_seed(seed)
    told: dict[Unit, float] = {}
    for group in found.groups:
        for strand in group.strands:
            if criterion == "random":
                sizes = torch.rand(len(strand.units), generator=draw)
            else:
                tensors = {axis: state[names[axis.key]] for axis in strand.axes}
                sizes = _norms(strand, tensors, 1 if criterion == "l1" else 2)
            sizes = sizes / sizes.mean().clamp_min(torch.finfo(sizes.dtype).tiny)
            told |= zip(strand.units, sizes.tolist(), strict=True)
    return told


def _norms(strand: Strand, tensors: Mapping[Axis, Tensor], power: int) -> Tensor:
    """Return the norm of all that belongs to each unit of a strand."""
    number = {unit: at for at, unit in enumerate(strand.units)}
    total = torch.zeros(len(number), dtype=torch.float64)
    for axis, tensor in tensors.items():
        if axis.key.name.startswith("running_"):
            continue  # what was measured of the samples, not learnt
        rows = tensor.detach().double().movedim(axis.at, 0).flatten(1 if tensor.dim() > 1 else 0)
        sizes = rows.abs().pow(power)
        sizes = sizes.sum(1) if sizes.dim() > 1 else sizes
        own = [(place, number[unit]) for place, unit in enumerate(axis.units) if unit in number]
        places, units = (torch.tensor(each) for each in zip(*own, strict=True))
        total.index_add_(0, units, sizes[places])
    return total.pow(1 / power)
