"""Inputs that the uses of a block may leave open, as ``forward(self, x, mask=None)`` has them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Final

from graph_model.layers.kind import Composite, Function, LayerKind, Module
from graph_model.network import Network, Node, disconnect

OF_BLOCKS: Final = frozenset({"optional", "default"})
"""The arguments of an Input that mean something within a block alone."""


def may_stay_open(node: Node) -> bool:
    """Tell whether an Input needs no tensor where it is that of a block."""
    return has_default(node) or (node.kind == "Input" and bool(node.arguments.get("optional")))


def has_default(node: Node) -> bool:
    """Tell whether a number stands in for an Input that is left open."""
    return node.kind == "Input" and node.arguments.get("default") is not None


def in_order(inputs: Iterable[Node]) -> list[Node]:
    """Return Inputs in the order of the arguments of ``forward``: what may stay open comes last."""
    return sorted(inputs, key=may_stay_open)


def defaults(network: Network) -> dict[str, float | None]:
    """Return the Inputs that may stay open, with the number that fills them or ``None``."""
    found: dict[str, float | None] = {}
    for node in network.nodes.values():
        if may_stay_open(node):
            default = node.arguments.get("default")
            found[node.name] = default if isinstance(default, int | float) else None
    return found


def optional_names(network: Network) -> frozenset[str]:
    """Return the names of the Inputs that uses of a block may leave open."""
    return frozenset(node.name for node in network.nodes.values() if may_stay_open(node))


def left_out(network: Network, given: Collection[str]) -> frozenset[str]:
    """Return the names of the Inputs that nothing stands in for where only these are given."""
    return frozenset(
        node.name
        for node in network.nodes.values()
        if node.kind == "Input" and not has_default(node) and node.name not in given
    )


def without_inputs(network: Network, names: frozenset[str]) -> Network:
    """Return a network without what these Inputs give."""
    ids = {
        node.id for node in network.nodes.values() if node.kind == "Input" and node.name in names
    }
    return disconnect(network, [p for p, edge in network.edges.items() if edge.source.node in ids])


def takes_none(kind: LayerKind, port: str) -> bool:
    """Tell whether the code of a layer takes ``None`` for what may stay open."""
    if port not in kind.optional_inputs:
        return False
    match kind.form:
        case Module(call=pattern):
            return "(" not in pattern  # not within a tuple, such as the states of an LSTM
        case Function(sized=sized):
            return not sized
        case form:
            return isinstance(form, Composite)


def must_be_given(kind: LayerKind, node: Node) -> Iterator[str]:
    """Yield the optional ports that a node needs after all: what a repeat hands on to the next."""
    if isinstance(kind.form, Composite) and node.repeat != 1:
        for port in kind.inputs({})[: len(kind.outputs({}))]:
            if port in kind.optional_inputs:
                yield port
