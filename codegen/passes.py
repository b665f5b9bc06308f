"""Every use of every block in a program, gathered so that one class can serve them all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from graph_model.blocks import Block
from graph_model.inference.infer import Inference
from graph_model.network import Network, NetworkId, used_network
from graph_model.values import Value

Quantity: TypeAlias = Callable[[Inference], Value]
"""Reads a size from what is known of one pass; raises ``LookupError`` where it has none."""

MISSING: Final = ("missing",)
"""Stands for a size in a pass that does not have it, such as that of a second repeat."""


@dataclass(frozen=True, slots=True)
class Uses:
    """A network, and what is known within it each time that it is gone through differently."""

    network: Network
    passes: list[Inference] = field(default_factory=list)


def all_uses(inference: Inference) -> Mapping[NetworkId, Uses]:
    """Return the uses of each block, each block after those within it, at last the network."""
    found: dict[NetworkId, Uses] = {}
    seen = {inference}

    def visit(inference: Inference) -> None:
        network = inference.network
        found.setdefault(network.id, Uses(network)).passes.append(inference)
        for id in network.nodes:
            for each in inference.nodes[id].passes:
                if each.inference not in seen:
                    seen.add(each.inference)
                    visit(each.inference)

    visit(inference)
    order: dict[NetworkId, None] = {}
    _order_bottom_up(inference.block, order)
    return {id: found[id] for id in order if id in found}


def _order_bottom_up(block: Block, order: dict[NetworkId, None]) -> None:
    """Add the blocks within a block, each after those within it, at last itself."""
    for kind in dict.fromkeys(node.kind for node in block.network.nodes.values()):
        if kind in block.within and used_network(kind) not in order:
            _order_bottom_up(block.within[kind], order)
    order[block.network.id] = None


def read(quantity: Quantity, inference: Inference) -> Value:
    """Return a size in one pass, or ``MISSING``."""
    try:
        return quantity(inference)
    except LookupError:
        return MISSING
