"""What a network has to train: the nodes with weights, and what kind of weights these are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from graph_model.findings.results import Inference, NodeResult
from graph_model.frozen import frozen
from graph_model.inference.arguments import as_owner
from graph_model.layers import LAYERS
from graph_model.network import Node, NodeId
from graph_model.recipe import NodePath
from graph_model.recipes.within import Inner, everything, find, outer_paths
from graph_model.values import Value


@frozen
class Kinds:
    """Which kinds of weights there are.

    ``matrices`` have two dimensions; ``sparse`` ones are of embeddings whose gradients are, and
    ``wide_norms`` those of norms over several dimensions. ``wide_biases`` have several, though they
    are biases: those that attention adds to its keys and values.
    """

    matrices: bool
    others: bool
    sparse: bool
    dense: bool
    wide_norms: bool = False
    wide_biases: bool = False


_SPECTRAL: Final = "spectral_norm"
NONE: Final = Kinds(matrices=False, others=False, sparse=False, dense=False)


def parts(inference: Inference) -> tuple[Node, ...]:
    """Return the layers and blocks that have weights of their own, from the first to the last."""
    nodes = inference.network.nodes
    return tuple(
        nodes[id]
        for id in inference.structure.order
        if id in inference.nodes and inference.nodes[id].parameter_count and not nodes[id].shares
    )


def is_called(each: Inner) -> bool:
    """Tell whether it is a module that is called, unlike a tensor that is read."""
    return each.node.kind not in LAYERS or LAYERS[each.node.kind].family != "constant"


def named(value: Value) -> dict[NodePath, float]:
    """Return what an option says of nodes by their ids, or by paths where they lie within blocks.

    ``value`` is a tuple of these, or of these each of which a number follows.
    """
    found: dict[NodePath, float] = {}
    for entry in value if isinstance(value, tuple) else ():
        if isinstance(entry, str):
            found[entry] = 0.0
        elif found:
            found[next(reversed(found))] = entry
    return found


def kinds(inference: Inference) -> Kinds:
    """Tell which kinds of weights a network has, those within its blocks included."""
    found = [*_weights(inference)]
    return Kinds(
        any(rank == 2 for rank, _ in found),
        any(rank != 2 for rank, _ in found),
        any(is_sparse for _, is_sparse in found),
        any(not is_sparse for _, is_sparse in found),
        any(_wide_norms(inference)),
        any(_wide_biases(inference)),
    )


def sparse_nodes(inference: Inference) -> tuple[NodeId, ...]:
    """Return the nodes of the network itself that have or hold weights with sparse gradients."""
    sparing = {name for name in inference.structure.counted.kinds if _may_be_sparse(name)}
    if not sparing:
        return ()
    nodes = inference.network.nodes
    return tuple(
        id
        for id, result in inference.nodes.items()
        if nodes[id].kind in sparing and any(is_sparse for _, is_sparse in _weights_of(result))
    )


def _may_be_sparse(kind: str) -> bool:
    """Tell whether gradients of a layer may be sparse, or those of a layer within a block."""
    return kind not in LAYERS or "sparse" in LAYERS[kind].by_name


_WITH_MODES: Final = frozenset({"normalisation", "dropout", "attention"})
"""Families of layers that may do something else in training than in evaluation."""


def frozen_with_modes(inference: Inference, *, is_within: bool = False) -> bool:
    """Tell whether what is frozen may be another in training: statistics move, numbers drop.

    ``is_within`` says that all of it is, being within a frozen block.
    """
    for id, result in inference.nodes.items():
        node = inference.network.nodes[id]
        is_frozen = is_within or _is_frozen(inference, node)
        blocks = [within for within, _ in result.copies]
        if any(frozen_with_modes(each, is_within=is_frozen) for each in blocks):
            return True
        if is_frozen and not blocks and _has_modes(node):
            return True
    return False


def has_batch_norms(inference: Inference) -> bool:
    """Tell whether there are batch norms, within blocks too; a custom layer may have some."""
    for id, result in inference.nodes.items():
        kind = inference.network.nodes[id].kind
        within = [each for each, _ in result.copies]
        if any(map(has_batch_norms, within)) or kind.startswith("BatchNorm"):
            return True
        if kind not in LAYERS and not within:
            return True
    return False


def changes_by_itself(inference: Inference) -> bool:
    """Tell whether a layer may change as it computes: statistics of norms, estimates of them."""
    for id, result in inference.nodes.items():
        node = inference.network.nodes[id]
        within = [each for each, _ in result.copies]
        is_norm = node.kind.startswith(("BatchNorm", "InstanceNorm"))
        is_estimated = node.parametrization is not None and node.parametrization.kind == _SPECTRAL
        is_own = node.kind not in LAYERS and not within
        if is_norm or is_estimated or is_own or any(map(changes_by_itself, within)):
            return True
    return False


def frozen_within(inference: Inference) -> frozenset[NodePath]:
    """Return the blocks that are not frozen, but of which something within is."""
    found = [*everything(inference)]
    frozen = [each.path for each in found if each.is_frozen]
    around = {path for each in frozen for path in outer_paths(each)}
    return frozenset(around.difference(frozen))


def _has_modes(node: Node) -> bool:
    kind = LAYERS.get(node.kind)
    return kind is None or kind.family in _WITH_MODES


def trained_from_the_start(inference: Inference, thawing: Mapping[NodePath, float]) -> bool:
    """Tell whether anything is trained in the first epoch, where some nodes wait for theirs.

    What is said of a layer goes before what is said of a block around it.
    """
    epochs: dict[NodePath, float] = {}
    for path, epoch in thawing.items():
        found = find(path, inference)
        if found is not None:
            epochs[found.path] = epoch
    for each in everything(inference) if inference.parameter_count else ():
        said = [epochs[path] for path in (each.path, *outer_paths(each.path)) if path in epochs]
        if each.is_leaf and (said[0] <= 1 if said else not each.is_frozen):
            return True
    return False


def _is_frozen(inference: Inference, node: Node) -> bool:
    return as_owner(inference.network, node).frozen


def _wide_norms(inference: Inference) -> Iterator[bool]:
    """Tell of each node, those within blocks too, whether it is a norm over several dimensions."""
    for id, result in inference.nodes.items():
        kind = LAYERS.get(inference.network.nodes[id].kind)
        if kind is not None and kind.family == "normalisation":
            yield any(len(weight.shape) > 1 for weight in result.weights)
        for within, _ in result.copies:
            yield from _wide_norms(within)


def _wide_biases(inference: Inference) -> Iterator[bool]:
    """Tell of each weight, those within blocks too, whether it is a bias of several dimensions."""
    for result in inference.nodes.values():
        for weight in result.weights:
            yield len(weight.shape) > 1 and weight.name.rpartition(".")[2].startswith("bias")
        for within, _ in result.copies:
            yield from _wide_biases(within)


def _weights(inference: Inference) -> Iterator[tuple[int, bool]]:
    """Yield the rank of each weight, and whether its gradient is sparse."""
    for id, result in inference.nodes.items():
        if not inference.network.nodes[id].shares:
            yield from _weights_of(result)


def _weights_of(result: NodeResult) -> Iterator[tuple[int, bool]]:
    is_sparse = result.arguments.get("sparse") is True
    for weight in result.weights:
        if not weight.is_buffer:
            yield len(weight.shape), is_sparse
    for within, _ in result.copies:
        yield from _weights(within)
