"""How recipes name what lies within blocks: ids of nodes from the outermost on, as in ``a/b``.

A path goes by the uses of blocks, so two uses of a block are told apart, and all repeats of one use
are meant together. See decision 0068.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from graph_model.findings.results import Inference, NodeResult
from graph_model.frozen import frozen
from graph_model.network import Node
from graph_model.recipe import BETWEEN, NodePath


class Inner(NamedTuple):
    """A node with weights of its own, wherever it lies; ``title`` names it after what is around it.

    It ``is_frozen`` where it is so itself or something around it is.
    """

    path: NodePath
    title: str
    node: Node
    result: NodeResult
    is_frozen: bool
    is_leaf: bool


@frozen
class _Around:
    """What an inner node lies in; ``as_drawn`` has nodes in the order of the file, not of use."""

    path: str = ""
    title: str = ""
    is_frozen: bool = False
    as_drawn: bool = False


def join(*parts: str) -> NodePath:
    """Return the path of these ids, each within the one before it; empty ones are left out."""
    return BETWEEN.join(filter(None, parts))


def everything(inference: Inference, *, as_drawn: bool = False) -> Iterator[Inner]:
    """Yield every node that has weights of its own, each block before what is in it.

    The order is that of use; ``as_drawn`` that of the file.
    """
    yield from _within(inference, _Around(as_drawn=as_drawn))


def _within(inference: Inference, around: _Around) -> Iterator[Inner]:
    nodes = inference.network.nodes
    for id in nodes if around.as_drawn else inference.structure.order:
        if id in inference.nodes and not nodes[id].shares:
            yield from _at(inference, nodes[id], around)


def _at(inference: Inference, node: Node, around: _Around) -> Iterator[Inner]:
    result = inference.nodes[node.id]
    if not result.parameter_count:
        return
    here = _Around(
        join(around.path, node.id),
        f"{around.title}.{node.name}" if around.title else node.name,
        around.is_frozen or node.frozen,
        around.as_drawn,
    )
    inside = inside_of(result)
    yield Inner(here.path, here.title, node, result, here.is_frozen, inside is None)
    if inside is not None:
        yield from _within(inside, here)


def inside_of(result: NodeResult) -> Inference | None:
    """Return what is known within a block; of repeats that differ, within the one with most."""
    copies = [each for each, _ in result.copies]
    return max(copies, key=lambda each: each.parameter_count, default=None)


def find(path: NodePath, inference: Inference) -> Inner | None:
    """Return what a path leads to, ``None`` where it leads to nothing that has weights.

    What shares weights is told as what it shares them with.
    """
    around, found = _Around(), None
    within: Inference | None = inference
    for id in path.split(BETWEEN):
        if within is None or id not in within.network.nodes:
            return None
        node = within.network.nodes[id]
        node = within.network.nodes.get(node.shares, node)
        found = next(_at(within, node, around), None) if node.id in within.nodes else None
        if found is None:
            return None
        around = _Around(found.path, found.title, found.is_frozen)
        within = inside_of(found.result)
    return found


def title(path: NodePath, inference: Inference) -> str:
    """Return the names along a path, as in ``encoder.head``."""
    found = find(path, inference)
    if found is not None:
        return found.title
    node = inference.network.nodes.get(path.partition(BETWEEN)[0])
    return node.name if node else path


def depth(path: NodePath) -> int:
    """Return how many blocks there are around what a path leads to."""
    return path.count(BETWEEN)


def outer_paths(path: NodePath) -> tuple[NodePath, ...]:
    """Return the paths of the blocks around what a path leads to, the innermost first."""
    ids = path.split(BETWEEN)
    return tuple(join(*ids[:count]) for count in range(len(ids) - 1, 0, -1))


def is_at_or_within(path: NodePath, outer: NodePath) -> bool:
    """Tell whether a path leads to a node or into it."""
    return f"{path}{BETWEEN}".startswith(f"{outer}{BETWEEN}")


def trainable(inference: Inference) -> tuple[NodePath, ...]:
    """Return the layers with weights that are not frozen, those within blocks by their paths."""
    found = everything(inference, as_drawn=True)
    return tuple(each.path for each in found if each.is_leaf and not each.is_frozen)


def opened(path: NodePath, leaves: Collection[NodePath]) -> frozenset[NodePath]:
    """Return those of some layers that a path means: itself, or what is in it."""
    return frozenset(leaf for leaf in leaves if is_at_or_within(leaf, path))


def closed(chosen: Collection[NodePath], leaves: Collection[NodePath]) -> tuple[NodePath, ...]:
    """Return the fewest paths that mean these layers and no others, in order.

    ``leaves`` are all layers there are; a block of which all are chosen stands for them.
    """
    return tuple(_closed(frozenset(chosen), tuple(leaves), 0))


def _closed(
    chosen: frozenset[NodePath], leaves: tuple[NodePath, ...], depth: int
) -> Iterator[NodePath]:
    groups: dict[str, list[NodePath]] = {}
    for leaf in leaves:
        groups.setdefault(BETWEEN.join(leaf.split(BETWEEN)[: depth + 1]), []).append(leaf)
    for outer, members in groups.items():
        if chosen.issuperset(members):
            yield outer
        elif not chosen.isdisjoint(members):
            yield from _closed(chosen, tuple(members), depth + 1)
