"""What lies around a node at fault, found without going through the network."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from graph_model.network import Network, Node, NodeId, Port
from graph_model.validate import Structure


class Around(NamedTuple):
    """A network and its structure, which may be that of before an argument was edited."""

    network: Network
    structure: Structure

    def feeder(self, id: NodeId, port: str) -> Node | None:
        """Return the node that feeds a port, if any does."""
        edge = self.network.edges.get(Port(id, port))
        return self.network.nodes[edge.source.node] if edge else None

    def every_input(self) -> Iterator[Node]:
        """Yield the Inputs, also those of a block."""
        yield from map(self.network.nodes.__getitem__, self.structure.inputs)

    def inputs(self) -> Iterator[Node]:
        """Yield the Inputs that declare their sizes: none in a block, which is given its sizes."""
        if self.network.role == "network":
            yield from self.every_input()

    def feeding_input(self, id: NodeId, port: str) -> Node | None:
        """Return the Input that feeds a port, of a network that is no block."""
        source = self.feeder(id, port)
        is_own = source is not None and source.kind == "Input" and self.network.role == "network"
        return source if is_own else None
