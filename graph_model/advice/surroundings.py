"""A node among its neighbours, as an adviser looks at it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from graph_model.network import Network, NodeId
from graph_model.problems import Bypass, Fix, Problem, SetArguments
from graph_model.validate import Structure
from graph_model.values import Value

if TYPE_CHECKING:
    from graph_model.results import NodeResult


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A network and what is known of its nodes."""

    network: Network
    structure: Structure
    results: Mapping[NodeId, NodeResult]

    def kind(self, id: NodeId) -> str:
        """Return the kind of a node."""
        return self.network.nodes[id].kind

    def name(self, id: NodeId) -> str:
        """Return the name of a node."""
        return self.network.nodes[id].name

    def feeder(self, id: NodeId) -> NodeId | None:
        """Return the node that feeds one of a single input, where nothing else reads it."""
        source = self.structure.feeders[id][0].source.node
        return source if len(self.structure.consumers[source]) == 1 else None

    def reader(self, id: NodeId) -> NodeId | None:
        """Return the only node that reads what another gives."""
        readers = self.structure.consumers[id]
        return readers[0].target.node if len(readers) == 1 else None


Adviser: TypeAlias = Callable[[Surroundings, NodeId], Problem | None]
"""Says what could be better at a node of which the outputs are known."""


def bypass(around: Surroundings, id: NodeId) -> Fix:
    """Return the fix that takes a node out and closes the gap."""
    return Fix("bypass", Bypass(), {"name": around.name(id)}, id)


def setting(id: NodeId, parameter: str, value: Value) -> Fix:
    """Return the fix that sets one argument of a node."""
    values = {"parameter": parameter, "value": str(value)}
    return Fix("set_argument", SetArguments({parameter: value}), values, id)
