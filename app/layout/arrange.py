"""Automatic layout in layers from top to bottom.

Layers by longest path; the order within each by sweeps of medians (Gansner et al. 1993, "A
technique for drawing directed graphs"); the abscissae by Brandes and Köpf 2002, "Fast and simple
horizontal coordinate assignment", which keeps chains straight. Edges over several layers get a
dummy in each, so that room is kept for their wires.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from app.layout.measures import GAP_ACROSS, GAP_ALONG, GRID, HEIGHT, WIDTH, snapped
from graph_model.network import Layout, Network, Position, Project, with_layout

_SWEEPS: Final = 8
_DUMMY_WIDTH: Final = 3 * GRID

Rows = list[list[int]]


def arrange(network: Network) -> Layout:
    """Return a place for every node."""
    ids = list(network.nodes)
    place = {id: index for index, id in enumerate(ids)}
    edges = sorted(
        {
            (place[edge.source.node], place[edge.target.node])
            for edge in network.edges.values()
            if edge.source.node != edge.target.node
        }
    )
    if not ids:
        return {}
    graph = _Layered(len(ids), edges)
    graph.order()
    across = graph.abscissae()
    left = min(across[: len(ids)])
    return {
        id: snapped(Position(across[index] - left, graph.layer[index] * (HEIGHT + GAP_ALONG)))
        for id, index in place.items()
    }


def placed(project: Project) -> Project:
    """Return the project with those networks arranged of whose nodes its file says no places.

    Such files are written by programs and by hand; all cards would lie upon one another.
    """
    for id, network in project.networks.items():
        if len(network.nodes) > 1 and network.nodes.keys().isdisjoint(project.layouts.get(id, {})):
            project = with_layout(project, id, arrange(network))
    return project


class _Layered:
    """A graph in layers, with dummies on its long edges; nodes are numbers."""

    def __init__(self, count: int, edges: Sequence[tuple[int, int]]) -> None:
        self.layer = _layers(count, edges)
        self.widths = [float(WIDTH)] * count
        self.above: list[list[int]] = [[] for _ in range(count)]
        self.below: list[list[int]] = [[] for _ in range(count)]
        self._count = count
        for source, target in edges:
            if self.layer[source] < self.layer[target]:
                self._lay(source, target)
        self.rows = self._first_order()

    def is_dummy(self, node: int) -> bool:
        """Whether a node only keeps room for a long edge."""
        return node >= self._count

    def _lay(self, source: int, target: int) -> None:
        """Lay an edge, with a dummy in each layer between its ends."""
        previous = source
        for layer in range(self.layer[source] + 1, self.layer[target]):
            dummy = len(self.layer)
            self.layer.append(layer)
            self.widths.append(_DUMMY_WIDTH)
            self.above.append([previous])
            self.below.append([])
            self.below[previous].append(dummy)
            previous = dummy
        self.below[previous].append(target)
        self.above[target].append(previous)

    def _first_order(self) -> Rows:
        """Return the layers in the order of a depth-first walk, which keeps branches together."""
        rows: Rows = [[] for _ in range(max(self.layer) + 1)]
        seen = [False] * len(self.layer)
        for root in range(self._count):
            stack = [root] if not self.above[root] else []
            while stack:
                node = stack.pop()
                if seen[node]:
                    continue
                seen[node] = True
                rows[self.layer[node]].append(node)
                stack.extend(reversed(self.below[node]))
        for node, was_seen in enumerate(seen):
            if not was_seen:
                rows[self.layer[node]].append(node)
        return rows

    def order(self) -> None:
        """Reorder the layers so that few edges cross."""
        best, crossings = self.rows, self._crossings(self.rows)
        rows = [list(row) for row in self.rows]
        for sweep in range(_SWEEPS):
            if not crossings:
                break
            downward = sweep % 2 == 0
            neighbours = self.above if downward else self.below
            for row in rows[1:] if downward else rows[-2::-1]:
                _sort_by_median(row, neighbours, _places(rows))
            count = self._crossings(rows)
            if count < crossings:
                best, crossings = [list(row) for row in rows], count
        self.rows = best

    def _crossings(self, rows: Rows) -> int:
        place = _places(rows)
        return sum(
            _inversions(
                [
                    upper
                    for node in row
                    for upper in sorted(place[each] for each in self.above[node])
                ]
            )
            for row in rows[1:]
        )

    def abscissae(self) -> list[float]:
        """Return the abscissa of each node: the mean of the middle two of four alignments."""
        conflicts = self._conflicts()
        found: list[list[float]] = []
        for upward in (False, True):
            rows = self.rows[::-1] if upward else self.rows
            neighbours = self.below if upward else self.above
            for leftward in (False, True):
                turned = [row[::-1] for row in rows] if leftward else rows
                root, align = _align(turned, neighbours, conflicts, len(self.layer))
                x = self._compact(turned, root, align)
                found.append([-each for each in x] if leftward else x)
        narrowest = min(found, key=lambda x: max(x) - min(x))
        for index, x in enumerate(found):
            shift = (max(narrowest) - max(x)) if index % 2 else (min(narrowest) - min(x))
            found[index] = [each + shift for each in x]
        return [sum(sorted(four)[1:3]) / 2 for four in zip(*found, strict=True)]

    def _conflicts(self) -> set[tuple[int, int]]:
        """Return the edges that cross one between two dummies, which is to stay straight."""
        conflicts: set[tuple[int, int]] = set()
        place = _places(self.rows)
        for row in self.rows[1:]:
            low = 0
            start = 0
            for index, node in enumerate(row):
                inner = (
                    next((each for each in self.above[node] if self.is_dummy(each)), None)
                    if self.is_dummy(node)
                    else None
                )
                if inner is None and index < len(row) - 1:
                    continue
                high = place[inner] if inner is not None else 1 << 60
                for other in row[start : index + 1]:
                    for upper in self.above[other]:
                        crosses = place[upper] < low or place[upper] > high
                        both_dummies = self.is_dummy(upper) and self.is_dummy(other)
                        if crosses and not both_dummies:
                            conflicts.add((upper, other))
                start, low = index + 1, high
        return conflicts

    def _compact(self, rows: Rows, root: list[int], align: list[int]) -> list[float]:
        """Place the blocks of aligned nodes as near to the left as their widths allow."""
        place = _places(rows)
        row_of = {node: row for row in rows for node in row}
        x: dict[int, float] = {}
        sink = list(range(len(root)))
        shift = [float("inf")] * len(root)
        for start in range(len(root)):
            stack = [root[start]]
            while stack:
                block = stack[-1]
                if block in x:
                    stack.pop()
                    continue
                waiting = [
                    root[row_of[node][place[node] - 1]]
                    for node in _members(block, align)
                    if place[node] and root[row_of[node][place[node] - 1]] not in x
                ]
                if waiting:
                    stack.extend(waiting)
                    continue
                stack.pop()
                self._place_block(block, align, root, place, row_of, x, sink, shift)
        result = [x[root[node]] for node in range(len(root))]
        return [
            at + (shift[sink[root[node]]] if shift[sink[root[node]]] != float("inf") else 0)
            for node, at in enumerate(result)
        ]

    def _place_block(
        self,
        block: int,
        align: list[int],
        root: list[int],
        place: list[int],
        row_of: dict[int, list[int]],
        x: dict[int, float],
        sink: list[int],
        shift: list[float],
    ) -> None:
        at = 0.0
        bounded = False
        for node in _members(block, align):
            if not place[node]:
                continue
            left = row_of[node][place[node] - 1]
            distance = (self.widths[left] + self.widths[node]) / 2 + GAP_ACROSS
            if sink[block] == block:
                sink[block] = sink[root[left]]
            if sink[block] != sink[root[left]]:
                wanted = at - x[root[left]] - distance
                shift[sink[root[left]]] = min(shift[sink[root[left]]], wanted)
            else:
                at = max(at, x[root[left]] + distance) if bounded else x[root[left]] + distance
                bounded = True
        x[block] = at


def _layers(count: int, edges: Iterable[tuple[int, int]]) -> list[int]:
    """Return the layer of each node: below all that feed it, and near to what it feeds."""
    below: list[list[int]] = [[] for _ in range(count)]
    above: list[list[int]] = [[] for _ in range(count)]
    for source, target in edges:
        below[source].append(target)
        above[target].append(source)
    waiting = [len(each) for each in above]
    order = [node for node in range(count) if not waiting[node]]
    layer = [0] * count
    for node in order:
        for target in below[node]:
            layer[target] = max(layer[target], layer[node] + 1)
            waiting[target] -= 1
            if not waiting[target]:
                order.append(target)
    for node in reversed(order):
        if below[node] and len(above[node]) <= len(below[node]):
            layer[node] = max(layer[node], min(layer[target] for target in below[node]) - 1)
    return layer


def _places(rows: Rows) -> list[int]:
    """Return the place of each node within its row."""
    place = [0] * sum(map(len, rows))
    for row in rows:
        for index, node in enumerate(row):
            place[node] = index
    return place


def _sort_by_median(row: list[int], neighbours: list[list[int]], place: list[int]) -> None:
    """Sort a row by the medians of the neighbours' places; nodes without keep theirs."""
    medians = {}
    for index, node in enumerate(row):
        places = sorted(place[each] for each in neighbours[node])
        if places:
            middle = len(places) // 2
            even = len(places) % 2 == 0
            medians[node] = (places[middle - 1] + places[middle]) / 2 if even else places[middle]
        else:
            medians[node] = float(index)
    row.sort(key=medians.__getitem__)


def _inversions(values: list[int]) -> int:
    """Count the pairs in the wrong order, by merging."""
    if len(values) < 2:
        return 0
    middle = len(values) // 2
    left, right = values[:middle], values[middle:]
    count = _inversions(left) + _inversions(right)
    left.sort()
    right.sort()
    smaller = 0
    for value in left:
        while smaller < len(right) and right[smaller] < value:
            smaller += 1
        count += smaller
    return count


def _align(
    rows: Rows, neighbours: list[list[int]], conflicts: set[tuple[int, int]], count: int
) -> tuple[list[int], list[int]]:
    """Align each node with a median neighbour in the row before, where nothing is in between."""
    place = _places(rows)
    root, align = list(range(count)), list(range(count))
    for row in rows[1:]:
        last = -1
        for node in row:
            feeders = sorted(neighbours[node], key=place.__getitem__)
            if not feeders:
                continue
            middle = (len(feeders) - 1) // 2
            for feeder in dict.fromkeys((feeders[middle], feeders[len(feeders) // 2])):
                barred = (feeder, node) in conflicts or (node, feeder) in conflicts
                if align[node] == node and not barred and place[feeder] > last:
                    align[feeder] = node
                    root[node] = root[feeder]
                    align[node] = root[node]
                    last = place[feeder]
    return root, align


def _members(block: int, align: list[int]) -> list[int]:
    """Return the nodes of a block, its root first."""
    members = [block]
    while align[members[-1]] != block:
        members.append(align[members[-1]])
    return members
