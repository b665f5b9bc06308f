"""Where things are: a node inside blocks, and where what reaches it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from graph_model.arrangement import Arrangement
from graph_model.explain.traced import tree_of
from graph_model.explain.values import DimensionOf, Steps
from graph_model.explain.watched import InputKey, Trace, trace
from graph_model.findings.results import Inference, NodeResult
from graph_model.formulas import Formula, Name, names_in
from graph_model.inference.arguments import as_owner
from graph_model.layers import LAYERS
from graph_model.layers.kind import Composite, LayerKind
from graph_model.network import Node, NodeId, Port


def inside(root: Inference, steps: Steps) -> Inference | None:
    """Return what is known of the network that one is in after these steps into blocks."""
    found: Inference | None = root
    for node, turn in steps:
        found = found.inside(node, turn) if found and node in found.nodes else None
    return found


@dataclass(frozen=True)
class Spot:
    """A node of a network, and the way to it from the ``root``."""

    root: Inference
    steps: Steps
    inference: Inference
    node: Node
    kind: LayerKind

    @property
    def result(self) -> NodeResult:
        """What is known of the node."""
        return self.inference.nodes[self.node.id]

    @property
    def is_block(self) -> bool:
        """Whether the node is the use of a block."""
        return isinstance(self.kind.form, Composite)

    @cached_property
    def trace(self) -> Trace:
        """What the rule of the node, a layer that gives something, states in traced numbers."""
        return trace(self.inference, self.kind, self.node.id)

    def feeder(self, port: str, index: int) -> DimensionOf:
        """Ask for a dimension of what reaches a connected input port."""
        source = self.inference.network.edges[Port(self.node.id, port)].source
        return DimensionOf(self.steps, source.node, source.name, index)

    def within(self, turn: int) -> Steps:
        """Return the steps into one repeat of the block."""
        return (*self.steps, (self.node.id, turn))


def spot(root: Inference, steps: Steps, id: NodeId | None) -> Spot | None:
    """Return the place of a node, ``None`` where there is no such node or of no known kind."""
    inference = inside(root, steps)
    node = inference.network.nodes.get(id or "") if inference else None
    if inference is None or node is None:
        return None
    kind = kind_of(inference, node)
    return Spot(root, steps, inference, node, kind) if kind else None


def kind_of(inference: Inference, node: Node) -> LayerKind | None:
    """Return the kind of a node: a layer, a block, or a layer of the user's own."""
    block = inference.block.within.get(node.kind)
    if block is not None:
        return block.kind
    return LAYERS.get(node.kind) or inference.block.layers.get(node.kind)


def origin(at: Spot, port: str, index: int) -> DimensionOf | None:
    """Return which dimension this one of an output is, unchanged; ``None`` where it is new."""
    if at.is_block:
        if at.result.arrangement.is_parallel:
            return _of_parallel(at, port, index)
        if at.result.repeat:
            return _inner(at, at.result.repeat - 1, port, index)
        given = dict(zip(at.kind.outputs({}), at.kind.inputs({}), strict=False))
        return at.feeder(given[port], index)  # left out, it gives what it is given
    if at.node.kind == "Input" and at.steps:
        return _outside(at, index)
    tree = tree_of(at.trace.outputs[port].shape[index])
    keys = input_keys(at.trace, tree)
    return at.feeder(keys[0].port, keys[0].index) if isinstance(tree, Name) and keys else None


def _of_parallel(at: Spot, port: str, index: int) -> DimensionOf | None:
    """Return which dimension within a block this is, ``None`` for that along which it is joined."""
    node = as_owner(at.inference.network, at.node)
    rank = at.result.outputs[port].rank
    if not at.result.arrangement.has_dimension or index < node.along % rank:
        return _inner(at, 0, port, index)
    if index == node.along % rank:
        return None
    return _inner(at, 0, port, index - (at.result.arrangement is Arrangement.STACKED))


def alike(at: Spot, port: str, index: int) -> DimensionOf | None:
    """Return a dimension of an input that stands in the same place as this one that it makes."""
    spec = at.trace.outputs[port]
    for key in input_keys(at.trace, tree_of(spec.shape[index])):
        if key.index == index and at.result.inputs[key.port].rank == spec.rank:
            return at.feeder(key.port, key.index)
    return None


def input_keys(trace: Trace, tree: Formula) -> list[InputKey]:
    """Return the dimensions of inputs in a formula."""
    keys = (trace.named[name][0] for name in names_in(tree) if name in trace.named)
    return [key for key in keys if isinstance(key, InputKey)]


def _outside(at: Spot, index: int) -> DimensionOf:
    """Return what is given to an Input of a block.

    From its second repeat on, a block is given what it gave the time before.
    """
    *before, (id, turn) = at.steps
    user = spot(at.root, tuple(before), id)
    assert user is not None
    returned = dict(zip(user.kind.inputs({}), user.kind.outputs({}), strict=False))
    if turn and at.node.name in returned and not user.result.arrangement.is_parallel:
        return _inner(user, turn - 1, returned[at.node.name], index)
    return user.feeder(at.node.name, index)


def _inner(user: Spot, turn: int, output: str, index: int) -> DimensionOf:
    """Return what reaches an Output of a block at one of its repeats."""
    steps = user.within(turn)
    within = inside(user.root, steps)
    assert within is not None
    (node,) = (node for node in within.of_kind("Output") if node.name == output)
    found = spot(user.root, steps, node.id)
    assert found is not None
    return found.feeder("input", index)
