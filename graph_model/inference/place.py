"""A network while it is worked out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from graph_model.blocks import LARGEST, Block
from graph_model.dims import Dim
from graph_model.findings.results import Asking, Likeness, NodeResult, Specs
from graph_model.formulas import Scope
from graph_model.inference.exchanges import Exchanges
from graph_model.inference.named_sizes import sizes_given
from graph_model.network import Network, NodeId
from graph_model.networks_of_blocks import network_of
from graph_model.open_inputs import left_out
from graph_model.tensors import TensorSpec
from graph_model.validate import Structure

Question: TypeAlias = tuple[Likeness | int, ...]
"""The likeness of a node, then the identity of each spec that arrives."""


@dataclass(slots=True, eq=False, repr=False)
class Place:
    """A network while it is worked out: its blocks, its parameters, what its Inputs are given.

    ``inputs`` is ``None`` where the Inputs give what they declare; ``left`` is how many nodes its
    blocks may still have. ``answers`` holds what was found out already, for layers that are alike:
    those of the same likeness that are given the same ``specs``, of which each is kept once.
    ``exchanges`` tell what came of it.
    """

    block: Block
    scope: Scope
    inputs: Specs | None
    structure: Structure
    left: int = LARGEST
    askings: dict[NodeId, Asking] = field(default_factory=dict)
    answers: dict[Question, NodeResult] = field(default_factory=dict)
    exchanges: Exchanges = field(default_factory=Exchanges)
    specs: dict[TensorSpec, TensorSpec] = field(default_factory=dict)
    usual_outputs: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """The outputs of kinds of which all nodes have the same ones."""

    network: Network = field(init=False)
    """The network itself, of the kinds that its parameters say."""
    _sizes: Mapping[str, Dim] | None = None

    def __post_init__(self) -> None:
        given = self.inputs
        absent = frozenset() if given is None else left_out(self.block.network, given)
        self.network = network_of(self.block, self.scope, absent)

    @property
    def sizes(self) -> Mapping[str, Dim]:
        """The sizes of the Inputs by the names that arguments may give; found when asked for."""
        if self._sizes is None:
            self._sizes = sizes_given(self.network, self.inputs)
        return self._sizes
