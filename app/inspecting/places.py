"""A node by its place: within which blocks it lies, and what is known of it there."""

from __future__ import annotations

from app.inspecting.watch import Spot
from graph_model.frozen import frozen
from graph_model.inference.infer import Inference
from graph_model.network import Node, Port
from graph_model.recipe import BETWEEN
from graph_model.recipes.within import join
from graph_model.values import Arguments


@frozen
class Placed:
    """A node, what it lies in, and where it is."""

    spot: Spot
    node: Node
    within: Inference

    @property
    def arguments(self) -> Arguments:
        """Its arguments, complete."""
        return self.within.nodes[self.node.id].arguments

    @property
    def inputs(self) -> tuple[str, ...]:
        """The ports that something comes to."""
        return tuple(self.within.nodes[self.node.id].inputs)

    @property
    def outputs(self) -> tuple[str, ...]:
        """The ports at which it gives something."""
        return tuple(self.within.nodes[self.node.id].outputs)

    def source(self, port: str) -> tuple[Spot, str] | None:
        """Return where the value comes from that it takes at a port."""
        edge = self.within.network.edges.get(Port(self.node.id, port))
        return None if edge is None else self.at(edge.source)

    def at(self, port: Port) -> tuple[Spot, str]:
        """Return a port of a node beside it."""
        around = self.spot.path.rpartition(BETWEEN)[0]
        return Spot(join(around, port.node), self.spot.turns), port.name


def find(inference: Inference, spot: Spot) -> Placed | None:
    """Return a node by its place, ``None`` where it is in a block that is left out."""
    within: Inference | None = inference
    *around, last = spot.path.split(BETWEEN)
    for id, turn in zip(around, spot.turns, strict=True):
        assert within is not None
        within = within.inside(id, turn)
        if within is None:
            return None
    assert within is not None
    return Placed(spot, within.network.nodes[last], within)
