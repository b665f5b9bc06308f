"""What a look at one step gives by nodes: from its calls and its weights, as plain numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from statistics import median
from typing import Final

from app.observing.trace import Call, Trace
from graph_model.frozen import frozen
from graph_model.recipe import NodePath

_USUAL: Final = 0.5
"""About the gain with which matrices begin."""
_NO_OUTPUT: Final = 0.0


@frozen
class WeightSeen:
    """One weight of the model at a step.

    ``size`` is the root of its mean square, ``fan_in`` how many inputs make one output; ``moved``
    is the norm of the change over the norm of the weight, where it was moved.
    """

    path: NodePath
    name: str
    size: float
    fan_in: int
    count: int
    gradient: float = 0.0
    moved: float | None = None

    @property
    def is_matrix(self) -> bool:
        """Whether it mixes inputs, as biases and scales do not."""
        return self.fan_in > 0

    @property
    def gain(self) -> float:
        """How much larger it makes what is not correlated; 0.58 as torch begins, 1.4 after He."""
        return self.size * self.fan_in**0.5


@frozen
class NodeSeen:
    """One node at a step: its place in the order, and the sizes of what it took and gave.

    ``dead``, ``flat`` and ``flat_above_zero`` are shares: see :class:`app.observing.trace.Seen`.
    """

    path: NodePath
    order: int
    functions: frozenset[str]
    took: float
    gave: float
    dead: float = 0.0
    flat: float = 0.0
    flat_above_zero: float = 0.0
    gradient: float = 0.0
    feeders: tuple[NodePath, ...] = ()

    @property
    def growth(self) -> float:
        """How many times larger it gives than it takes."""
        return self.gave / self.took if self.took else 0.0


@frozen
class Look:
    """One step, looked at closely; ``loss`` is NaN where that or an input is not finite."""

    nodes: Mapping[NodePath, NodeSeen] = field(default_factory=dict)
    weights: Sequence[WeightSeen] = ()
    loss: float = 0.0

    def weights_of(self, path: NodePath) -> list[WeightSeen]:
        """Return the weights of a node."""
        return [each for each in self.weights if each.path == path]

    @property
    def moved(self) -> float | None:
        """How far a step moves a matrix over its norm, the median of all that are moved.

        One that is nearly zero is measured by the size that it would usually have.
        """
        found = [
            each.moved * min(1.0, each.gain / _USUAL)
            for each in self.weights
            if each.is_matrix and each.moved is not None
        ]
        return median(found) if found else None

    @property
    def trained(self) -> list[NodeSeen]:
        """The nodes with matrices that are trained, in the order of use."""
        paths = {each.path for each in self.weights if each.is_matrix and each.moved is not None}
        found = [each for path, each in self.nodes.items() if path in paths]
        return sorted(found, key=lambda each: each.order)

    def pull(self, path: NodePath) -> float:
        """Return the gradient of a node's weights over their size: how strongly it is pulled."""
        held = self.weights_of(path)
        size = sum(each.count * each.size**2 for each in held) ** 0.5
        gradient = sum(each.count * each.gradient**2 for each in held) ** 0.5
        return gradient / size if size else 0.0


def nodes_seen(trace: Trace) -> dict[NodePath, NodeSeen]:
    """Gather the calls of a step by nodes; of one that is used more than once, its last use."""
    by_path: dict[NodePath, list[int]] = {}
    for number, call in enumerate(trace.calls):
        if call.path and call.gave:
            by_path.setdefault(call.path, []).append(number)
    return {path: _node(path, numbers, trace.calls) for path, numbers in by_path.items()}


def _node(path: NodePath, numbers: Sequence[int], calls: Sequence[Call]) -> NodeSeen:
    own = [calls[each] for each in numbers]
    gave = own[-1].gave[0]
    outer = [
        maker for number in numbers for maker in calls[number].fed if calls[maker].path != path
    ]
    took = next((seen.size for call in own for seen in call.took), _NO_OUTPUT)
    return NodeSeen(
        path,
        numbers[0],
        frozenset(each.function for each in own),
        took,
        gave.size,
        gave.dead,
        gave.flat,
        gave.flat_above_zero,
        max(each.gradient for each in own),
        tuple(dict.fromkeys(calls[maker].path for maker in outer)),
    )
