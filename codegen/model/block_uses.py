"""Every use of every block in a program, gathered so that one class can serve them all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from codegen.model.variations import Variation, promised, variations
from graph_model.blocks import Block
from graph_model.inference.infer import Inference
from graph_model.network import Network, NetworkId, used_network
from graph_model.networks_of_blocks import network_of
from graph_model.values import Value

Quantity: TypeAlias = Callable[[Inference], Value]
"""Reads a size from what is known of one pass; raises ``LookupError`` where it has none."""

MISSING: Final = ("missing",)
"""Stands for a size in a pass that does not have it, such as that of a second repeat."""


@dataclass(slots=True)
class Uses:
    """A network, and what is known within it each time that it is gone through differently.

    ``passes`` are those that occur, ``counts`` in how many uses. Those ``implied`` would occur if a
    block around this one were used with another value for a parameter of its class, and those
    ``promised`` if this one were; all other ``variations`` only tell what follows from what.
    """

    network: Network
    passes: list[Inference] = field(default_factory=list)
    counts: Counter[Inference] = field(default_factory=Counter)
    implied: dict[Inference, None] = field(default_factory=dict)
    variations: list[Variation] = field(default_factory=list)
    promised: list[Variation] = field(default_factory=list)

    @property
    def given(self) -> list[Inference]:
        """The passes that occur, and those that would within other blocks."""
        return [*self.passes, *self.implied]

    def values(self, parameter: str) -> list[Value]:
        """Return what a parameter is given, once for each different pass."""
        return [each.scope[parameter] for each in self.given]


def all_uses(inference: Inference, unmet: Collection[Inference] = ()) -> Mapping[NetworkId, Uses]:
    """Return the uses of each block, each block after those within it, at last the network.

    No class has to work in a variation that is ``unmet``.
    """
    order = networks_within(inference)
    found: dict[NetworkId, Uses] = {}
    _gather(found, inference, 1)
    for id in reversed(order):  # each block after all those that use it
        if id not in found:
            continue
        uses = found[id]
        for each in uses.passes:
            for within in _within([each]):
                _gather(found, within, uses.counts[each])
        uses.variations = variations(uses.network, uses.passes)
        uses.promised = promised(uses.network.parameters, uses.variations, uses.given, unmet)
        for within in _within([*uses.implied, *(each.inference for each in uses.promised)]):
            _imply(found, within)
    return {id: found[id] for id in order if id in found and found[id].passes}


def _gather(found: dict[NetworkId, Uses], within: Inference, times: int) -> None:
    uses = found.setdefault(within.network.id, Uses(_whole(within)))
    if within not in uses.counts:
        uses.passes.append(within)
    uses.counts[within] += times


def _imply(found: dict[NetworkId, Uses], within: Inference) -> None:
    uses = found.setdefault(within.network.id, Uses(_whole(within)))
    if within not in uses.counts:
        uses.implied[within] = None


def _whole(within: Inference) -> Network:
    """Return a network with what its Inputs give, be they left open or not."""
    return network_of(within.block, within.scope)


def _within(passes: Iterable[Inference]) -> Iterator[Inference]:
    """Yield what is gone through within each of these, repeats that are alike once."""
    for each in passes:
        for id in each.network.nodes:
            for within in each.nodes[id].passes:
                yield within.inference


def networks_within(inference: Inference) -> dict[NetworkId, Network]:
    """Return the blocks in use, each after those within it, at last the network itself."""
    order: dict[NetworkId, Network] = {}
    _order_bottom_up(inference.block, order)
    return {**order, inference.network.id: inference.network}


def _order_bottom_up(block: Block, order: dict[NetworkId, Network]) -> None:
    """Add the blocks within a block, each after those within it, at last itself."""
    for kind in dict.fromkeys(node.kind for node in block.network.nodes.values()):
        if kind in block.within and used_network(kind) not in order:
            _order_bottom_up(block.within[kind], order)
    order[block.network.id] = block.network


def read(quantity: Quantity, inference: Inference) -> Value:
    """Return a size in one pass, or ``MISSING``."""
    try:
        return quantity(inference)
    except LookupError:
        return MISSING
