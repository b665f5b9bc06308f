"""Tensors and weights that several nodes share, and what is wrong with that."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Final

from graph_model.blocks import Block
from graph_model.layers.kind import Composite, Held, LayerKind
from graph_model.network import Network, Node, NodeId
from graph_model.parametrizations.tensors import without_norm
from graph_model.problems import Fix, Problem, SetArguments, StopSharing
from graph_model.validate import Structure

if TYPE_CHECKING:
    from graph_model.findings.results import NodeResult

_NOT_OVERWRITTEN: Final = {
    **dict.fromkeys(("Parameter", "Buffer", "Constant", "Linspace", "Eye"), "overwrites_held"),
    **dict.fromkeys(
        ("Expand", "ExpandLike", "Windows", "Split", "Chunk", "Unbind"), "overwrites_view"
    ),
}
"""Kinds whose result no layer may overwrite, and the problem that it is.

Of windows torch does not notice that they overlap.
"""


def overwrites(node: Node) -> bool:
    """Tell whether a layer writes its result over its input."""
    return node.arguments.get("inplace") is True


def overwritten_while_shared(
    network: Network, structure: Structure, id: NodeId
) -> Iterator[Problem]:
    """Yield a warning for an ``inplace`` layer whose input feeds another node too.

    What the other node then reads depends on which of them is computed first. An error is what
    overwrites a tensor that the network holds, or one that torch does not let be overwritten.
    """
    if not overwrites(network.nodes[id]):
        return
    change = SetArguments({"inplace": False})
    fix = Fix("set_argument", change, {"parameter": "inplace", "value": "False"}, id)
    for edge in structure.feeders[id]:
        source = network.nodes[edge.source.node]
        if code := _NOT_OVERWRITTEN.get(source.kind):
            named = {"name": source.name}
            yield Problem(code, named, node=id, parameter="inplace", fixes=(fix,))
        others = [
            network.nodes[other.target.node].name
            for other in structure.consumers[edge.source.node]
            if other.source == edge.source and other.target.node != id
        ]
        if others:
            yield Problem(
                "overwrites_shared",
                {"others": ", ".join(others)},
                node=id,
                parameter="inplace",
                fixes=(fix,),
            )


def has_weights_to_share(kind: LayerKind | None) -> bool:
    """Tell whether other nodes can use what one holds: a block, a module, a tensor."""
    return kind is None or kind.holds_module or isinstance(kind.form, Composite | Held)


def is_tied(node: Node, owner: Node) -> bool:
    """Tell whether a Linear uses the weights of an Embedding, such as for the logits of words."""
    return (node.kind, owner.kind) == ("Linear", "Embedding")


def not_shareable(
    block: Block, sharing: Iterable[NodeId], difference: Callable[[Node], str]
) -> Iterator[Problem]:
    """Yield an error for each of the nodes ``sharing`` weights that cannot share them.

    ``difference`` tells in which sizes a node differs from the one whose weights it shares.
    """
    network = block.network
    for id in sharing:
        node = network.nodes[id]
        owner = network.nodes.get(node.shares)
        values = {"name": node.name, "other": owner.name if owner else ""}
        fixes = (Fix("stop_sharing", StopSharing(), {"name": node.name}, id),)
        if owner is None or owner.shares:
            yield Problem("shares_with_nothing", values, node=id, fixes=fixes)
        elif owner.kind != node.kind and not is_tied(node, owner):
            yield Problem("shares_with_other_kind", values, node=id, fixes=fixes)
        elif not has_weights_to_share(block.find(node.kind)):
            yield Problem("shares_without_weights", values, node=id, fixes=fixes)
        elif sizes := difference(node):
            yield Problem("shares_other_sizes", {**values, "sizes": sizes}, node=id, fixes=fixes)


def differing_weights(owner: NodeResult, other: NodeResult) -> str:
    """Return the weights of a node where they are not those of the owner."""
    if not owner.outputs or not other.outputs or without_norm(owner.weights) == other.weights:
        return ""
    return ", ".join(f"{weight.name} {weight.shape}" for weight in other.weights)


def differing_size(owner: NodeResult, other: NodeResult) -> str:
    """Return a size in which two uses of the same weights differ, such as ``in_channels = 3``."""
    if not (owner.outputs or owner.passes) or not (other.outputs or other.passes):
        return ""  # one of them has a problem of its own
    for name, value in other.arguments.items():
        if owner.arguments.get(name) != value:
            return f"{name} = {value}"
    mine = [(each.inference, each.times) for each in owner.passes]
    theirs = [(each.inference, each.times) for each in other.passes]
    while mine and theirs:
        (first, many), (second, more) = mine.pop(), theirs.pop()
        if first is not second:
            for id in first.nodes:
                if found := differing_size(first.nodes[id], second.nodes[id]):
                    return f"{first.network.nodes[id].name}: {found}"
        times = min(many, more)
        if many > times:
            mine.append((first, many - times))
        if more > times:
            theirs.append((second, more - times))
    return ""
