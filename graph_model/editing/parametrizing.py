"""Choosing the norm that a layer computes its weight with."""

from __future__ import annotations

from dataclasses import replace

from graph_model.network import Network, NodeId, add_nodes
from graph_model.recipe import Choice


def set_parametrization(network: Network, id: NodeId, chosen: Choice | None) -> Network:
    """Let a layer compute its weight so, or hold it as it is where nothing is chosen."""
    return add_nodes(network, [replace(network.nodes[id], parametrization=chosen)])
