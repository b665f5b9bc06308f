"""A node among its neighbours, as an adviser looks at it: across the edges of blocks as well."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from graph_model.findings.results import NodeResult
from graph_model.layers.weight import Weight
from graph_model.network import Edge, Network, NodeId, Port
from graph_model.parametrizations.tensors import without_norm
from graph_model.problems import Bypass, Fix, InsertBefore, Problem, SetArguments
from graph_model.tensors import TensorSpec
from graph_model.validate import Structure
from graph_model.values import Arguments, Value


class Level(NamedTuple):
    """A network and what is known of its nodes.

    ``use`` is the node through which one looks into it, where it is a block, and ``turn`` at which
    of its repeats.
    """

    network: Network
    structure: Structure
    results: Mapping[NodeId, NodeResult]
    use: Spot | None = None
    turn: int = 0

    def inside(self, id: NodeId, turn: int) -> Level | None:
        """Return what is within a node at one of its repeats, ``None`` where it has no such."""
        left = turn
        for each in self.results[id].passes if turn >= 0 else ():
            if left < each.times:
                found = each.inference
                return Level(found.network, found.structure, found.nodes, Spot(self, id), turn)
            left -= each.times
        return None

    def kinds_around(self, id: NodeId) -> tuple[str, str, str]:
        """Return the kinds of what feeds a node first, of the node, and of its only reader.

        They are empty where there is no such.
        """
        nodes, feeder = self.network.nodes, self.first_feeder(id)
        readers = self.structure.consumers[id]
        before = nodes[feeder.source.node].kind if feeder else ""
        after = nodes[readers[0].target.node].kind if len(readers) == 1 else ""
        return before, nodes[id].kind, after

    def first_feeder(self, id: NodeId) -> Edge | None:
        """Return the edge into the first port of a node, whichever was drawn first."""
        feeders = self.structure.feeders[id]
        if len(feeders) < 2:
            return feeders[0] if feeders else None
        first = next(iter(self.results[id].inputs), "")
        return next((edge for edge in feeders if edge.target.name == first), feeders[0])

    def ports(self, kind: str) -> list[NodeId]:
        """Return the Inputs or Outputs in their order."""
        return [id for id, node in self.network.nodes.items() if node.kind == kind]

    def port(self, kind: str, name: str) -> NodeId | None:
        """Return the Input or Output of this name, where an edge names one that there is."""
        nodes = self.network.nodes
        return next((id for id in self.ports(kind) if nodes[id].name == name), None)


class Spot(NamedTuple):
    """One node, which may lie within the block that another uses."""

    level: Level
    id: NodeId

    @property
    def kind(self) -> str:
        """Its kind."""
        return self.level.network.nodes[self.id].kind

    @property
    def name(self) -> str:
        """Its name, behind those of the blocks around it."""
        name, use = self.level.network.nodes[self.id].name, self.level.use
        return f"{use.name}.{name}" if use else name

    @property
    def title(self) -> str:
        """What it is called in a sentence at its own card: its kind, within a block its name."""
        return f"{self.kind} {self.name}" if self.level.use else self.kind

    @property
    def is_near(self) -> bool:
        """Whether it lies in the network that is advised on, rather than within a block of it."""
        return self.level.use is None

    @property
    def outermost(self) -> Spot:
        """The node of the network that is advised on: this one, or the block that it lies in."""
        return self.level.use.outermost if self.level.use else self

    @property
    def arguments(self) -> Arguments:
        """Its complete arguments."""
        return self.level.results[self.id].arguments

    @property
    def weights(self) -> tuple[Weight, ...]:
        """Its weights, as they would be without a norm."""
        return without_norm(self.level.results[self.id].weights)

    @property
    def output(self) -> TensorSpec:
        """The first output."""
        return next(iter(self.level.results[self.id].outputs.values()))

    @property
    def input(self) -> TensorSpec:
        """The first input."""
        return next(iter(self.level.results[self.id].inputs.values()))

    @property
    def port(self) -> str:
        """The port of its first input."""
        return next(iter(self.level.results[self.id].inputs))

    @property
    def source(self) -> Spot | None:
        """What feeds its first input."""
        edge = self.level.first_feeder(self.id)
        return _source(self.level, edge.source) if edge else None

    @property
    def feeder(self) -> Spot | None:
        """What feeds its first input, where nothing else reads that."""
        edge = self.level.first_feeder(self.id)
        return _source(self.level, edge.source, is_alone=True) if edge else None

    @property
    def reader(self) -> Spot | None:
        """The only node that reads what it gives."""
        return _reader(self.level, self.level.structure.consumers[self.id])

    def within(self, level: Level) -> Spot:
        """Return the same node where the outermost level is the same one with more around it."""
        if self.level.use is None:
            return Spot(level, self.id)
        use = self.level.use.within(level)
        inside = use.level.inside(use.id, self.level.turn)
        assert inside is not None
        return Spot(inside, self.id)


def _source(level: Level, port: Port, *, is_alone: bool = False) -> Spot | None:
    """Return the layer that gives what comes out of a port; ``is_alone``, to one reader only."""
    if is_alone and len(_leaving(level, port)) != 1:
        return None
    result = level.results[port.node]
    if result.arrangement.is_parallel:
        return Spot(level, port.node)
    if within := level.inside(port.node, result.repeat - 1):
        output = within.port("Output", port.name)
        return _given_out(within, output, is_alone) if output else None
    spot = Spot(level, port.node)
    if spot.kind != "Input" or level.use is None:
        return spot
    outer, use = level.use
    is_parallel = outer.results[use].arrangement.is_parallel
    if not is_parallel and (before := outer.inside(use, level.turn - 1)):
        place, outputs = level.ports("Input").index(port.node), before.ports("Output")
        return _given_out(before, outputs[place], is_alone) if place < len(outputs) else None
    edge = outer.network.edges.get(Port(use, level.network.nodes[port.node].name))
    return _source(outer, edge.source, is_alone=is_alone) if edge else None


def _given_out(level: Level, output: NodeId, is_alone: bool) -> Spot | None:
    """Return the layer that feeds an Output of a block."""
    feeders = level.structure.feeders[output]
    return _source(level, feeders[0].source, is_alone=is_alone) if feeders else None


def _reader(level: Level, edges: Sequence[Edge]) -> Spot | None:
    """Return the layer at the end of an edge, where it is the only one."""
    if len(edges) != 1:
        return None
    target = edges[0].target
    is_parallel = level.results[target.node].arrangement.is_parallel
    if not is_parallel and (within := level.inside(target.node, 0)):
        input = within.port("Input", target.name)
        return _taker(within, input) if input else None
    spot = Spot(level, target.node)
    if spot.kind != "Output" or level.use is None:
        return spot
    outer, use = level.use
    if outer.results[use].arrangement.is_parallel:
        return spot
    if following := outer.inside(use, level.turn + 1):
        place, inputs = level.ports("Output").index(target.node), following.ports("Input")
        return _taker(following, inputs[place]) if place < len(inputs) else None
    return _reader(outer, _leaving(outer, Port(use, level.network.nodes[target.node].name)))


def _taker(level: Level, input: NodeId) -> Spot | None:
    """Return the only layer that reads an Input of a block."""
    return _reader(level, level.structure.consumers[input])


def _leaving(level: Level, port: Port) -> list[Edge]:
    return [edge for edge in level.structure.consumers[port.node] if edge.source == port]


Adviser: TypeAlias = Callable[[Spot], Problem | None]
"""Says what could be better at a node of which the outputs are known."""


class Neighbourly(NamedTuple):
    """An adviser on some kinds, which has nothing to say unless one of others is ``beside``."""

    kinds: Collection[str]
    beside: Collection[str]
    adviser: Adviser


def bypass(*spots: Spot) -> tuple[Fix, ...]:
    """Return the fixes that take a node out and close the gap; none for those within a block."""
    return tuple(
        Fix("bypass", Bypass(), {"name": spot.name}, spot.id) for spot in spots if spot.is_near
    )


def setting(spot: Spot, parameter: str, value: Value) -> tuple[Fix, ...]:
    """Return the fix that sets one argument of a node; none within a block, which has others."""
    values = {"parameter": parameter, "value": str(value)}
    fix = Fix("set_argument", SetArguments({parameter: value}), values, spot.id)
    return (fix,) if spot.is_near else ()


def insertion(spot: Spot, kind: str) -> tuple[Fix, ...]:
    """Return the fix that inserts a layer before a node, or before the block that begins with it.

    There is none before a block's second turn.
    """
    while spot.level.use is not None:
        if spot.level.turn:
            return ()
        spot = spot.level.use
    feeders = spot.level.structure.feeders[spot.id]
    if len(feeders) != 1:
        return ()
    change = InsertBefore(feeders[0].target.name, kind)
    return (Fix("insert_layer", change, {"kind": kind}, spot.id),)
