"""Which weights the gradient of an Output reaches, through blocks and out of them again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from graph_model.arrangement import Arrangement
from graph_model.findings.results import Inference
from graph_model.layers.gradient import WITHOUT_GRADIENT
from graph_model.network import Edge, NodeId, Port
from graph_model.recipe import NodePath
from graph_model.recipes.within import inside_of, join


def reached(output: NodeId, inference: Inference) -> frozenset[NodePath]:
    """Return the layers with weights that the gradient of an Output reaches, by their paths.

    Layers that share weights are told as the one that has them, and what is frozen is among them.
    """
    way = _Way()
    way.back(inference, "", [output])
    return frozenset(way.found)


@dataclass(eq=False, repr=False)
class _Way:
    """The way of a gradient; ``found`` are the layers with weights that it came to."""

    found: set[NodePath] = field(default_factory=set)

    def back(self, inference: Inference, around: NodePath, starts: Iterable[NodeId]) -> set[NodeId]:
        """Follow it from some nodes on; return those from which it goes no further."""
        seen: set[Port] = set()
        ends: set[NodeId] = set()
        waiting = [edge for id in starts for edge in _entering(inference, id)]
        while waiting:
            source = waiting.pop().source
            if source in seen or _is_cut(inference, source):
                continue
            seen.add(source)
            entering = _entering(inference, source.node)
            if not entering:
                ends.add(source.node)
            taken = self._through(inference, around, source)
            waiting += [each for each in entering if taken is None or each.target.name in taken]
        return ends

    def _through(self, inference: Inference, around: NodePath, source: Port) -> set[str] | None:
        """Return the inputs that a gradient gets to from an output; ``None`` stands for all."""
        nodes = inference.network.nodes
        node, result = nodes[source.node], inference.nodes[source.node]
        owner = nodes.get(node.shares, node)
        path, inside = join(around, owner.id), inside_of(result)
        if inside is None:
            if inference.nodes[owner.id].parameter_count:
                self.found.add(path)
            return None
        # What one repeat gives may be what any other takes, so of several no way is told apart.
        outputs, inputs = inside.of_kind("Output"), inside.of_kind("Input")
        is_once = result.repeat == 1 and result.arrangement is not Arrangement.STACKED
        starts = [each.id for each in outputs if not is_once or each.name == source.name]
        ends = self.back(inside, path, starts)
        return {each.name for each in inputs if each.id in ends} if is_once else None


def _entering(inference: Inference, id: NodeId) -> Sequence[Edge]:
    return inference.structure.feeders.get(id, ())


def _is_cut(inference: Inference, source: Port) -> bool:
    spec = inference.nodes[source.node].outputs.get(source.name)
    is_whole = spec is not None and not spec.has_fractions
    return is_whole or inference.network.nodes[source.node].kind in WITHOUT_GRADIENT
