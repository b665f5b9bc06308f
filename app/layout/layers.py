"""A network in layers: each node below all that feed it, with room kept for long edges.

Layers by longest path. An edge over several layers gets a dummy in each, so that the order within
the layers and the places across leave a lane for its wire. Edges from one port share their lane,
as their wires run together: without that, a node that feeds hundreds of others would have hundreds
of lanes. And there are at most so many dummies for each node and edge: what a graph of many long
edges would take beyond that, its longest edges do without, for they are a tangle either way
(Eiglsperger, Siebenhaller and Kaufmann 2005, "An efficient implementation of Sugiyama's
algorithm", bound the same by other means).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final, NamedTuple

_DUMMIES_PER_PART: Final = 1.0
"""How many dummies there may be for each node and each edge of a large network."""
_ALWAYS: Final = 2000
"""How many there may be in any network."""
_MIDDLE: Final = 0.5


class Link(NamedTuple):
    """An edge between numbered nodes; ``leaves`` and ``enters`` tell where on their sides.

    Both lie between 0 and 1, from the left end of the side to its right one.
    """

    source: int
    leaves: float
    target: int
    enters: float


class Layered:
    """Nodes, and dummies after them, in layers, linked from each layer to the next.

    ``above[v]`` are the nodes that feed ``v`` from the layer before, ``above_at[v]`` where the link
    leaves each of them and ``enters[v]`` where it enters ``v``; ``below[u]`` are those that ``u``
    feeds in the next layer, ``below_at[u]`` where the link enters each of them. ``constants`` are
    nodes that no input leads to.
    """

    def __init__(
        self, layers: Sequence[int], links: Sequence[Link], constants: Collection[int] = ()
    ) -> None:
        count = self.count = len(layers)
        self._constants = frozenset(constants)
        self.layer = list(layers)
        self.above: list[list[int]] = [[] for _ in range(count)]
        self.above_at: list[list[float]] = [[] for _ in range(count)]
        self.enters: list[list[float]] = [[] for _ in range(count)]
        self.below: list[list[int]] = [[] for _ in range(count)]
        self.below_at: list[list[float]] = [[] for _ in range(count)]
        self._lanes: dict[tuple[int, float], list[int]] = {}
        spare = max(_ALWAYS, int(_DUMMIES_PER_PART * (count + len(links))))
        layer = self.layer
        forward = [each for each in links if layer[each.source] < layer[each.target]]
        # The shortest first: they say most about what lies beside what, and cost least.
        forward.sort(key=lambda each: layer[each.target] - layer[each.source])
        for link in forward:
            needed = self._missing(link)
            if needed <= spare:
                spare -= needed
                self._lay(link)

    @property
    def size(self) -> int:
        """How many nodes and dummies there are."""
        return len(self.layer)

    def is_dummy(self, node: int) -> bool:
        """Whether a node only keeps room for a long edge."""
        return node >= self.count

    def is_aside(self, node: int) -> bool:
        """Whether a node is none that others are to stand in line with: a dummy or a constant."""
        return node >= self.count or node in self._constants

    def _missing(self, link: Link) -> int:
        """Return how many dummies the lane of a link lacks."""
        lane = self._lanes.get((link.source, link.leaves), ())
        between = self.layer[link.target] - self.layer[link.source] - 1
        return max(0, between - len(lane))

    def _lay(self, link: Link) -> None:
        lane = self._lanes.setdefault((link.source, link.leaves), [])
        layer = self.layer[link.source]
        between = self.layer[link.target] - layer - 1
        while len(lane) < between:
            dummy = len(self.layer)
            self.layer.append(layer + len(lane) + 1)
            for each in (self.above, self.below):
                each.append([])
            for each_at in (self.above_at, self.enters, self.below_at):
                each_at.append([])
            self._join(link, lane, len(lane), dummy, _MIDDLE)
            lane.append(dummy)
        self._join(link, lane, between, link.target, link.enters)

    def _join(self, link: Link, lane: list[int], index: int, lower: int, enters: float) -> None:
        """Join the last dummy before ``index``, or else the source, to a node below."""
        upper = lane[index - 1] if index else link.source
        self.above[lower].append(upper)
        self.above_at[lower].append(_MIDDLE if index else link.leaves)
        self.enters[lower].append(enters)
        self.below[upper].append(lower)
        self.below_at[upper].append(enters)


def layers_of(count: int, links: Sequence[Link], constants: Collection[int] = ()) -> list[int]:
    """Return the layer of each node.

    Below all that feed it, and as high as can be; but what follows from ``constants`` alone as low
    as can be, so that it stands beside what it feeds, and not above the inputs.
    """
    below: list[list[int]] = [[] for _ in range(count)]
    waiting = [0] * count
    depends = [False] * count
    for link in links:
        below[link.source].append(link.target)
        waiting[link.target] += 1
    order = [node for node in range(count) if not waiting[node]]
    for node in order:
        depends[node] = node not in constants
    layer = [0] * count
    for node in order:
        for target in below[node]:
            layer[target] = max(layer[target], layer[node] + 1)
            depends[target] = depends[target] or depends[node]
            waiting[target] -= 1
            if not waiting[target]:
                order.append(target)
    for node in reversed(order):
        if below[node] and not depends[node]:
            layer[node] = max(layer[node], min(layer[target] for target in below[node]) - 1)
    return layer
