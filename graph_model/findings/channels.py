"""Fixes for so many channels that a layer cannot part them as it has to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import lcm

from graph_model.findings.around import Around
from graph_model.findings.paddings import KEEP_CHANNELS
from graph_model.layers import LAYERS
from graph_model.network import Node, NodeId, Port
from graph_model.problems import Fix, InsertBefore, Problem, SetArguments
from graph_model.tensors import TensorSpec


def divisible_channels(
    around: Around, node: Node, problem: Problem, _: Mapping[str, TensorSpec]
) -> Iterator[Fix]:
    """Offer the nearest numbers of channels that PixelShuffle can part, else a convolution.

    They are set where the channels come from, if nothing else reads what lies between.
    """
    got, divisor = int(problem.values["got"]), int(problem.values["divisor"])
    if node.kind != "PixelShuffle" or problem.values["dim"] != "1":
        return
    source = _source(around, Port(node.id, problem.port))
    groups = source.arguments.get("groups", 1) if source else 1
    assert isinstance(groups, int)
    step = lcm(divisor, groups)
    below = got // step * step
    if source is not None:
        for channels in filter(None, (below + step, below)):
            values = {"node": source.name, "parameter": "out_channels", "value": str(channels)}
            change = SetArguments({"out_channels": channels})
            yield Fix("set_layer_size", change, values, source.id)
    more = -(-got // divisor) * divisor
    before = InsertBefore(problem.port, "Conv2d", {"out_channels": more, "kernel_size": 1})
    yield Fix("insert_layer", before, {"kind": "Conv2d"}, node.id)


def _source(around: Around, at: Port) -> Node | None:
    """Return the convolution whose channels reach a port, and nothing else on their way."""
    network, structure = around
    way: set[NodeId] = set()
    while (edge := network.edges.get(at)) is not None:
        node = network.nodes[edge.source.node]
        way.add(node.id)
        if len(structure.consumers[node.id]) > 1 or node.shares or node.repeat != 1:
            return None
        if "out_channels" in node.formulas or node.kind not in LAYERS:
            return None
        kind = LAYERS[node.kind]
        if "out_channels" in kind.by_name:
            is_shared = any(each.shares in way for each in network.nodes.values())
            return None if is_shared else node
        if kind.family not in KEEP_CHANNELS or node.arguments.get("num_features") is not None:
            return None
        at = Port(node.id, "input")
    return None
