"""The weights of a smaller model: what stays of those of the whole one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

import torch
from torch import Tensor

from app.observing.nodes import Nodes
from graph_model.pruning.groups import Prunable, Unit
from graph_model.pruning.sheet import WeightKey
from graph_model.pruning.shrinking import Smaller

State = Mapping[str, Tensor]
"""The ``state_dict`` of a model."""


def keyed(names: Iterable[str], nodes: Nodes) -> dict[WeightKey, str]:
    """Return the names that weights have in a model, by where they stand in its drawing."""
    found: dict[WeightKey, str] = {}
    for name in names:
        node = nodes.find(name)
        if node is not None:
            found[WeightKey(node.path, node.turns, node.rest)] = name
    return found


def cut(state: State, before: Nodes, names: Iterable[str], after: Nodes, made: Smaller) -> State:
    """Return the weights of a smaller model, whose own have these ``names``."""
    whole = keyed(state, before)
    found: dict[str, Tensor] = {}
    for key, name in keyed(names, after).items():
        tensor = state[whole[key]]
        for at, places in enumerate(made.kept.get(key, ())):
            if places is not None:
                tensor = tensor.index_select(at, torch.tensor(places, dtype=torch.long))
        found[name] = tensor.clone()
    return found


def masked(state: State, nodes: Nodes, found: Prunable, units: Collection[Unit]) -> State:
    """Return weights with zeros where these units are read: the whole model as if without them."""
    gone, made = frozenset(units), dict(state)
    for key, name in keyed(state, nodes).items():
        held = found.weights.get(key)
        if held is None or held.reads is None or (line := held.axes[held.reads]) is None:
            continue
        places = [place for place, unit in enumerate(line) if unit in gone]
        if places:
            made[name] = state[name].index_fill(held.reads, torch.tensor(places), 0.0)
    return made
