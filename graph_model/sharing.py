"""Layers that overwrite a tensor which others read as well."""

from __future__ import annotations

from collections.abc import Iterator

from graph_model.network import Network
from graph_model.problems import Fix, Problem, SetArguments
from graph_model.validate import Structure


def overwritten_while_shared(network: Network, structure: Structure) -> Iterator[Problem]:
    """Yield a warning for each ``inplace`` layer whose input feeds another node too.

    What the other node then reads depends on which of them is computed first.
    """
    for id, node in network.nodes.items():
        if node.arguments.get("inplace") is not True:
            continue
        for edge in structure.feeders[id]:
            others = [
                network.nodes[other.target.node].name
                for other in structure.consumers[edge.source.node]
                if other.source == edge.source and other.target.node != id
            ]
            if others:
                change = SetArguments({"inplace": False})
                values = {"parameter": "inplace", "value": "False"}
                yield Problem(
                    "overwrites_shared",
                    {"others": ", ".join(others)},
                    node=id,
                    parameter="inplace",
                    fixes=(Fix("set_argument", change, values, id),),
                )
