"""Networks of any size, for the benchmarks: a chain, residual blocks, one block used often."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise

from app.layout.measures import WIDTH
from graph_model.editing.block_edits import make_block
from graph_model.network import (
    Edge,
    Network,
    Node,
    Port,
    Position,
    Project,
    with_layout,
    with_network,
)

ACROSS = WIDTH + 96
"""From card to card across, with as much room for wires as an arranged network has."""
NEAR, FAR = 160, 260
"""From card to card downwards; the wires between those that lie far apart carry labels."""
_KINDS = ("Conv2d", "BatchNorm2d", "ReLU", "Add")


def places(count: int, down: int = NEAR) -> list[tuple[float, float]]:
    """Return a place for each node, in columns."""
    rows = math.ceil(math.sqrt(count))
    return [(index // rows * ACROSS, index % rows * down) for index in range(count)]


def edges(count: int) -> list[tuple[int, int]]:
    """Return a chain with an edge past every third node: residual blocks."""
    return [*pairwise(range(count)), *((index - 4, index) for index in range(8, count, 4))]


def residual(count: int, down: int = NEAR) -> Project:
    """Return a network of residual blocks; the node 0 is its input, the last its output."""
    nodes = {"0": Node("0", "Input", "image", {"shape": ("N", 16, 32, 32)})}
    for index in range(1, count):
        kind = _KINDS[(index - 1) % 4] if index != 4 else "ReLU"
        arguments = {"out_channels": 16, "padding": 1} if kind == "Conv2d" else {}
        nodes[str(index)] = Node(str(index), kind, f"layer{index}", arguments)
    last = str(count - 1)
    nodes[last] = Node(last, "Output", "features")
    laid = {}
    for source, target in edges(count):
        is_skip = target - source == 4
        if nodes[str(target)].kind != "Add" and is_skip:
            continue
        port = "input" if nodes[str(target)].kind != "Add" else "input2" if is_skip else "input1"
        laid[Port(str(target), port)] = Edge(Port(str(source), "output"), Port(str(target), port))
    return _laid_out(Network("main", "Residual", nodes, laid), down)


def chain(count: int) -> Project:
    """Return a chain of linear layers and activations by turns."""
    nodes = {"0": Node("0", "Input", "x", {"shape": ("N", 64)})}
    for index in range(1, count):
        kind, arguments = ("Linear", {"out_features": 64}) if index % 2 else ("ReLU", {})
        nodes[str(index)] = Node(str(index), kind, f"layer{index}", arguments)
    last = str(count - 1)
    nodes[last] = Node(last, "Output", "y")
    laid = {
        Port(after, "input"): Edge(Port(before, "output"), Port(after, "input"))
        for before, after in pairwise(nodes)
    }
    return _laid_out(Network("main", "Chain", nodes, laid), NEAR)


def blocks(count: int) -> Project:
    """Return a chain of uses of one block, each repeated; the node 0 is its input."""
    made, use = make_block(residual(6), "main", ["1", "2", "3"], "Stage")
    stage = made.network.nodes[use]
    nodes = {"0": made.network.nodes["0"]}
    laid = {}
    for index in range(1, count):
        id, before = str(index), Port(str(index - 1), "y" if index > 1 else "output")
        nodes[id] = replace(stage, id=id, name=f"stage{index}", repeat=3)
        laid[Port(id, "x")] = Edge(before, Port(id, "x"))
    network = replace(made.network, nodes=nodes, edges=laid)
    return with_layout(with_network(made, network), "main", _layout(count, NEAR))


def _laid_out(network: Network, down: int) -> Project:
    return Project({"main": network}, "main", {"main": _layout(len(network.nodes), down)})


def _layout(count: int, down: int) -> dict[str, Position]:
    return {str(index): Position(*at) for index, at in enumerate(places(count, down))}
