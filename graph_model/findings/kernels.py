"""Fixes for a window that is larger than what it slides over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from graph_model.findings.axes import channels_first
from graph_model.layers import LAYERS
from graph_model.layers.use import Use
from graph_model.network import Network, Node, NodeId
from graph_model.problems import Bypass, Fix, Problem, Refusal, SetArguments
from graph_model.tensors import TensorSpec
from graph_model.values import Arguments


def smaller_windows(
    network: Network, node: Node, problem: Problem, inputs: Mapping[str, TensorSpec]
) -> Iterator[Fix]:
    """Yield what makes a window fit, the likeliest first.

    A kernel as large as the picture leaves a single pixel, with which the layers behind it can do
    nothing. It is offered only where neither the usual kernel fits nor one without gaps.
    """
    if change := channels_first(inputs["input"].shape):
        yield Fix("insert_layer", change, {"kind": change.kind}, node.id)
    usual = list(_usual(network.nodes.get(node.shares, node), node.id, inputs))
    yield from usual
    is_pixel = all(size == 1 for size in inputs["input"].shape[2:])
    if is_pixel and LAYERS[node.kind].family == "pooling":
        yield Fix("bypass", Bypass(), {"name": node.name}, node.id)
        return
    for fix in problem.fixes:
        sets = fix.change.arguments if isinstance(fix.change, SetArguments) else {}
        if "padding" in sets or not usual:
            yield fix


def _usual(owner: Node, at: NodeId, inputs: Mapping[str, TensorSpec]) -> Iterator[Fix]:
    """Yield the window's usual size, or one without gaps, where that fits what comes in.

    ``owner`` has the arguments of the layer at fault, which may be another use of it.
    """
    kind = LAYERS[owner.kind]
    arguments = kind.complete(owner.arguments)
    for name, value in (("kernel_size", kind.by_name["kernel_size"].default), ("dilation", 1)):
        if name in owner.formulas or arguments.get(name, value) == value:
            continue
        if works(owner.kind, {**arguments, name: value}, inputs):
            values = {"parameter": name, "value": str(value)}
            yield Fix("set_argument", SetArguments({name: value}), values, at)


def works(kind: str, arguments: Arguments, inputs: Mapping[str, TensorSpec]) -> bool:
    """Tell whether a layer takes its inputs with other arguments."""
    try:
        LAYERS[kind].rule(Use(kind, arguments, inputs))
    except Refusal:
        return False
    return True
