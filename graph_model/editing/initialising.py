"""Choosing what weights begin with, for one layer or for a whole network."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from graph_model.network import Network, NodeId, add_nodes
from graph_model.recipe import Choice


def set_init(network: Network, id: NodeId, group: str, chosen: Choice | None) -> Network:
    """Let a group of tensors of a layer begin so, or as torch does where nothing is chosen.

    Without a layer, it goes for all layers of the network.
    """
    if not id:
        return replace(network, init=_with(network.init, group, chosen))
    node = network.nodes[id]
    return add_nodes(network, [replace(node, init=_with(node.init, group, chosen))])


def _with(init: Mapping[str, Choice], group: str, chosen: Choice | None) -> dict[str, Choice]:
    rest = {name: each for name, each in init.items() if name != group}
    return rest if chosen is None else {**rest, group: chosen}
