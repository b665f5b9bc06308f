"""The network of a block as a use of it has it."""

from __future__ import annotations

from graph_model.blocks import Block
from graph_model.formulas import Scope
from graph_model.kind_parameters import layer_parameters, with_kinds
from graph_model.network import Network
from graph_model.open_inputs import without_inputs
from graph_model.remembered import with_its_owner
from graph_model.values import Value


def network_of(block: Block, scope: Scope, absent: frozenset[str] = frozenset()) -> Network:
    """Return the network of a block for a use, the same object for the same.

    ``scope`` says which kinds its nodes have; nothing is given to the Inputs ``absent``.
    """
    chosen = tuple((name, scope.get(name)) for name in layer_parameters(block.network))
    return _network_of(block, chosen, absent) if chosen or absent else block.network


@with_its_owner(256)
def _network_of(
    block: Block, chosen: tuple[tuple[str, Value], ...], absent: frozenset[str]
) -> Network:
    return without_inputs(with_kinds(block.network, dict(chosen)), absent)
