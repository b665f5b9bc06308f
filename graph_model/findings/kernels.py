"""Fixes for a window that is larger than what it slides over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from graph_model.findings.axes import channels_first
from graph_model.layers import LAYERS
from graph_model.layers.use import Use
from graph_model.network import Edge, Network, Node, NodeId, Port
from graph_model.problems import Bypass, Fix, Problem, Refusal, SetArguments
from graph_model.tensors import TensorSpec
from graph_model.values import Arguments, Value

_LARGEST: Final = {"kernel_size": 11, "stride": 4, "dilation": 32}
"""The largest that published networks have, by parameter."""


def smaller_windows(
    network: Network, node: Node, problem: Problem, inputs: Mapping[str, TensorSpec]
) -> Iterator[Fix]:
    """Yield what makes a window fit, the likeliest first.

    A kernel as large as the picture leaves a single pixel, with which the layers behind it can do
    nothing. It is offered only where neither the usual kernel fits nor one without gaps. What has
    left so little of the picture before comes first, and where that is a single pixel, alone.
    """
    if change := channels_first(inputs["input"].shape):
        yield Fix("insert_layer", change, {"kind": change.kind}, node.id)
    causes = list(_causes(network, node))
    yield from causes
    if all(size == 1 for size in inputs["input"].shape[2:]):
        pool = next(filter(_is_pool, (node, *_before(network, node))), None)
        if pool is not None and not causes:
            yield Fix("bypass", Bypass(), {"name": pool.name}, pool.id)
        if pool is not None or causes:
            return
    usual = list(_usual(network.nodes.get(node.shares, node), node.id, inputs))
    yield from usual
    for fix in problem.fixes:
        sets = fix.change.arguments if isinstance(fix.change, SetArguments) else {}
        if "padding" in sets or not usual:
            yield fix


def _causes(network: Network, node: Node) -> Iterator[Fix]:
    """Yield what mends a window before this one that is larger than anybody chooses.

    One that goes on by its own size, and so cuts a picture into patches, may be.
    """
    for each in _before(network, node):
        kind = LAYERS[each.kind]
        given = kind.complete(each.arguments)
        for name, most in (
            _LARGEST.items() if given.get("kernel_size") != given.get("stride") else ()
        ):
            value = given.get(name)
            if isinstance(value, int) and value > most and name not in each.formulas:
                usual = kind.by_name[name].default
                values = {"node": each.name, "parameter": name, "value": str(usual)}
                yield Fix("set_layer_size", SetArguments({name: usual}), values, each.id)
                return


def _before(network: Network, node: Node) -> Iterator[Node]:
    """Yield the layers that lead to a node, the nearest first, as far as each takes one input."""
    seen = {node.id}
    while edge := _edge_into(network, node):
        node = network.nodes[edge.source.node]
        if node.id in seen:
            return
        seen.add(node.id)
        if node.kind in LAYERS:  # nothing is mended within a block from without
            yield node


def _edge_into(network: Network, node: Node) -> Edge | None:
    """Return the edge into the input of a layer, or into one that a block has."""
    if node.kind in LAYERS:
        return network.edges.get(Port(node.id, "input"))
    return next((edge for port, edge in network.edges.items() if port.node == node.id), None)


def _is_pool(node: Node) -> bool:
    return LAYERS[node.kind].family == "pooling" and not node.kind.startswith("Adaptive")


def _usual(owner: Node, at: NodeId, inputs: Mapping[str, TensorSpec]) -> Iterator[Fix]:
    """Yield the window's usual size, or one without gaps, where that fits what comes in.

    ``owner`` has the arguments of the layer at fault, which may be another use of it.
    """
    kind = LAYERS[owner.kind]
    arguments = kind.complete(owner.arguments)
    usual = {"kernel_size": kind.by_name["kernel_size"].default, "dilation": 1}
    for name, value in sorted(usual.items(), key=lambda each: _times(arguments, *each)):
        if name in owner.formulas or arguments.get(name, value) == value:
            continue
        if works(owner.kind, {**arguments, name: value}, inputs):
            values = {"parameter": name, "value": str(value)}
            yield Fix("set_argument", SetArguments({name: value}), values, at)


def _times(arguments: Arguments, name: str, usual: Value) -> float:
    """Return minus how many times as large as usual an argument is, 0 where that is not told."""
    value = arguments.get(name)
    return -value / usual if isinstance(value, int) and isinstance(usual, int) else 0.0


def works(kind: str, arguments: Arguments, inputs: Mapping[str, TensorSpec]) -> bool:
    """Tell whether a layer takes its inputs with other arguments."""
    try:
        LAYERS[kind].rule(Use(kind, arguments, inputs))
    except Refusal:
        return False
    return True
