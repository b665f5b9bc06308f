"""Many parallel branches, such as one embedding for each of 26 columns, laid out as a grid.

In one row, or in rows each of whose cards leaves a lane for every branch above it, the names of so
many are too small to be read at a fit. In a grid the branches stand in columns, and what leaves the
upper ones runs down between the columns, where :mod:`routing` finds each wire a lane.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from app.layout.layers import Link, layers_of
from app.layout.measures import GAP_ACROSS, Size
from app.layout.ports import Wired
from graph_model.frozen import frozen
from graph_model.network import Position

_FEWEST: Final = 9
"""How many branches are laid out as a grid, not side by side."""
_BESIDE_CARDS: Final = 28
"""The room that the lanes between two columns need beside the cards."""
_LANE: Final = 12
"""From one lane to the next."""
_BUNDLE: Final = 5
"""Stands for the wires from one row to the next: more than may go over from column to column."""

Branch = tuple[int, ...]
"""Nodes that follow one another."""


@frozen
class Grid:
    """Branches in the order of the ports that they come from and go to; most are so ``deep``."""

    branches: tuple[Branch, ...]
    deep: int

    def cells(self, rows: int) -> list[list[Branch]]:
        """Return what stands in each column, from the top; a longer branch takes several cells."""
        columns: list[list[Branch]] = [[]]
        for branch in self.branches:
            pieces = [branch[at : at + self.deep] for at in range(0, len(branch), self.deep)]
            if columns[-1] and len(columns[-1]) + len(pieces) > rows:
                columns.append([])
            columns[-1] += pieces
        return columns


def grid_of(layers: Sequence[int], links: Sequence[Link]) -> Grid | None:
    """Return the branches that begin in the first wide layer, where it has nothing else."""
    counts = Counter(layers)
    if max(counts.values()) < _FEWEST:
        return None
    into, out = _only_links(len(layers), links)
    for layer in range(max(layers) + 1):
        heads = [node for node, at in enumerate(layers) if at == layer]
        if len(heads) >= _FEWEST and all(node in into and out.get(node) for node in heads):
            break
    else:
        return None
    branches = [_followed(head, into, out) for head in heads]
    branches.sort(key=lambda each: (_leaves(into[each[0]]), _enters(out[each[-1]])))
    (deep, many), *_ = Counter(map(len, branches)).most_common(1)
    return Grid(tuple(branches), deep) if many >= _FEWEST else None


_Links = dict[int, Link | None]


def _only_links(count: int, links: Sequence[Link]) -> tuple[_Links, _Links]:
    """Return what leads into and out of each node that has one link on that side, or none."""
    into: dict[int, list[Link]] = {node: [] for node in range(count)}
    out: dict[int, list[Link]] = {node: [] for node in range(count)}
    for link in links:
        into[link.target].append(link)
        out[link.source].append(link)
    one, other = (
        {node: next(iter(each), None) for node, each in found.items() if len(each) <= 1}
        for found in (into, out)
    )
    return one, other


def _followed(head: int, into: _Links, out: _Links) -> Branch:
    """Return the nodes from one on up to where branches meet or part."""
    branch = [head]
    while (link := out[branch[-1]]) and link.target in into and link.target in out:
        branch.append(link.target)
    return tuple(branch)


def _leaves(link: Link | None) -> float:
    return link.leaves if link else 0.0


def _enters(link: Link | None) -> float:
    return link.enters if link else 0.0


@frozen
class Laid:
    """A network with one wide node, a bar, in place of each row of a grid.

    The nodes outside of the grid come first, in their order, then the bars. ``columns`` are the
    cells of the grid, ``pitch`` how far apart they lie.
    """

    layers: list[int]
    wired: Wired
    constants: frozenset[int]
    outside: list[int]
    columns: list[list[Branch]]
    deep: int
    pitch: int

    def places(self, found: Sequence[Position], count: int) -> list[Position]:
        """Return the place of each of ``count`` nodes, given those of the nodes here."""
        places = [Position(0, 0)] * count
        for node, place in zip(self.outside, found, strict=False):
            places[node] = place
        bars = found[len(self.outside) :]
        for column, cells in enumerate(self.columns):
            across = (column - (len(self.columns) - 1) / 2) * self.pitch
            for row, cell in enumerate(cells):
                for index, node in enumerate(cell):
                    x, y = bars[row * self.deep + index]
                    places[node] = Position(x + across, y)
        return places


def laid(grid: Grid, rows: int, wired: Wired, constants: frozenset[int], size: Size) -> Laid:
    """Return the network with its branches in so many rows, or a few more for a long one."""
    columns = grid.cells(rows)
    rows = max(map(len, columns))
    within = {node for cells in columns for cell in cells for node in cell}
    outside = [node for node in range(len(wired.lengths)) if node not in within]
    number = {node: index for index, node in enumerate(outside)}
    bars = range(len(outside), len(outside) + rows * grid.deep)
    number |= dict.fromkeys(within, bars[-1])
    found = sorted([*_outside(wired.links, number, within, bars), *_between(bars)])
    gap = max(GAP_ACROSS, _BESIDE_CARDS + _LANE * (rows - 2))
    pitch = size.across + gap
    lengths = [wired.lengths[node] for node in outside]
    lengths += [len(columns) * pitch - gap] * len(bars)
    known = frozenset(number[node] for node in constants - within)
    layers = layers_of(len(lengths), found, known)
    return Laid(layers, Wired(found, lengths), known, outside, columns, grid.deep, pitch)


def _outside(
    links: Sequence[Link], number: dict[int, int], within: set[int], bars: range
) -> Iterator[Link]:
    """Yield the links between nodes outside, and those to the first bar and from the last."""
    joined: set[tuple[int, int]] = set()
    for link in links:
        leaves, enters = link.source in within, link.target in within
        source, target = number[link.source], bars[0] if enters else number[link.target]
        if not leaves and not enters:
            yield link._replace(source=source, target=target)
        elif leaves != enters and (source, target) not in joined:
            joined.add((source, target))
            yield from _bundle(source, target)


def _between(bars: range) -> Iterator[Link]:
    for upper, lower in pairwise(bars):
        yield from _bundle(upper, lower)


def _bundle(source: int, target: int) -> Iterator[Link]:
    for at in range(1, _BUNDLE + 1):
        yield Link(source, at / (_BUNDLE + 1), target, at / (_BUNDLE + 1))
