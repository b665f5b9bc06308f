"""Layers that overwrite a tensor which others read as well."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from graph_model.network import Network
from graph_model.problems import Fix, Problem, SetArguments
from graph_model.validate import Structure

_NOT_OVERWRITTEN: Final = {
    **dict.fromkeys(("Parameter", "Buffer", "Constant", "Linspace", "Eye"), "overwrites_held"),
    **dict.fromkeys(
        ("Expand", "ExpandLike", "Windows", "Split", "Chunk", "Unbind"), "overwrites_view"
    ),
}
"""Kinds whose result no layer may overwrite, and the problem that it is.

Of windows torch does not notice that they overlap.
"""


def overwritten_while_shared(network: Network, structure: Structure) -> Iterator[Problem]:
    """Yield a warning for each ``inplace`` layer whose input feeds another node too.

    What the other node then reads depends on which of them is computed first. An error is what
    overwrites a tensor that the network holds, or one that torch does not let be overwritten.
    """
    for id, node in network.nodes.items():
        if node.arguments.get("inplace") is not True:
            continue
        change = SetArguments({"inplace": False})
        values = {"parameter": "inplace", "value": "False"}
        fix = Fix("set_argument", change, values, id)
        for edge in structure.feeders[id]:
            source = network.nodes[edge.source.node]
            if code := _NOT_OVERWRITTEN.get(source.kind):
                named = {"name": source.name}
                yield Problem(code, named, node=id, parameter="inplace", fixes=(fix,))
            others = [
                network.nodes[other.target.node].name
                for other in structure.consumers[edge.source.node]
                if other.source == edge.source and other.target.node != id
            ]
            if others:
                yield Problem(
                    "overwrites_shared",
                    {"others": ", ".join(others)},
                    node=id,
                    parameter="inplace",
                    fixes=(fix,),
                )
