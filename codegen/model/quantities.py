"""Where a size is read in each pass through a block."""

from __future__ import annotations

from codegen.model.block_uses import MISSING, Quantity
from graph_model.inference.infer import Inference
from graph_model.layers import LAYERS
from graph_model.network import Node, NodeId
from graph_model.values import Value


def argument(node: Node, name: str) -> Quantity:
    """Return what reads an argument of a node; a size goes by its place if the kind may differ."""
    if not node.kind_from:
        return lambda inference: inference.nodes[node.id].arguments[name]
    place = _inferred(node.kind).index(name) if name in _inferred(node.kind) else None

    def read(inference: Inference) -> Value:
        kind = inference.network.nodes[node.id].kind
        own = name if place is None else _inferred(kind)[place]
        return inference.nodes[node.id].arguments[own]

    return read


def _inferred(kind: str) -> list[str]:
    return [each.name for each in LAYERS[kind].parameters if each.inferred]


def dim_of(id: NodeId, at: int) -> Quantity:
    """Return what reads a dimension of an Input."""

    def read(inference: Inference) -> Value:
        dim = inference.nodes[id].outputs["output"].shape[at]
        return dim if isinstance(dim, int) else MISSING

    return read


def entry_of(quantity: Quantity, index: int) -> Quantity:
    """Return what reads one entry of a size that is a tuple."""

    def read(inference: Inference) -> Value:
        value = quantity(inference)
        assert isinstance(value, tuple)
        return value[index]

    return read
