"""Wide layers of parallel branches, such as one for each of 26 columns, wrapped into several rows.

Branches next to one another go to different rows, so that each wire passes the rows below through
a gap close to where it is wanted.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from app.layout.columns import zoom_of
from app.layout.layers import Link
from app.layout.measures import GAP_ACROSS, Size

_WIDEST: Final = 8
"""How many nodes side by side are no reason to wrap."""
_MOST: Final = 24
"""Into how many rows a layer is wrapped at most."""
_ALONE: Final = (0.0, 0.0)
"""What is known of a node without links."""
_WORTH: Final = 0.9
"""Fewer rows are read better, where the zoom is nearly the same."""


def wrapped(layers: Sequence[int], links: Sequence[Link], size: Size) -> list[int]:
    """Return the layers with the wide ones wrapped into several, and those below moved down."""
    members: list[list[int]] = [[] for _ in range(max(layers) + 1)]
    for node, layer in enumerate(layers):
        members[layer].append(node)
    if max(map(len, members)) <= _WIDEST:
        return list(layers)
    branches = _branches(len(layers), links)
    rows = _rows(members, branches, size)
    found = [0] * len(layers)
    below = 0
    for nodes, count in zip(members, rows, strict=True):
        nodes.sort(key=lambda node: branches[node] or _ALONE)
        for index, node in enumerate(nodes):
            found[node] = below + index % count
        below += count
    return found


def _branches(count: int, links: Sequence[Link]) -> list[tuple[float, float] | None]:
    """Return for each node with one link in and one out at most where it comes from and goes to.

    ``None`` for nodes at which branches part or meet.
    """
    leaves: list[list[float]] = [[] for _ in range(count)]
    enters: list[list[float]] = [[] for _ in range(count)]
    for link in links:
        leaves[link.target].append(link.leaves)
        enters[link.source].append(link.enters)
    return [
        (sum(into), sum(out)) if len(into) <= 1 and len(out) <= 1 else None
        for into, out in zip(leaves, enters, strict=True)
    ]


def _rows(
    members: Sequence[Sequence[int]],
    branches: Sequence[tuple[float, float] | None],
    size: Size,
) -> list[int]:
    """Return into how many rows each layer is wrapped: as many as make the whole largest."""
    wide = [
        len(nodes) > _WIDEST and all(branches[node] is not None for node in nodes)
        for nodes in members
    ]
    are_linked = [any(branches[node] != _ALONE for node in nodes) for nodes in members]

    def zoom(most: int) -> float:
        counts = [most if each else 1 for each in wide]
        widths = (
            _width(len(nodes), count, size, linked=linked)
            for nodes, count, linked in zip(members, counts, are_linked, strict=True)
        )
        return zoom_of(max(widths), sum(counts) * size.step, size)

    best = 1
    for count in range(2, _MOST + 1):
        if any(wide) and zoom(count) * _WORTH > zoom(best):
            best = count
    return [best if each else 1 for each in wide]


def _width(nodes: int, rows: int, size: Size, *, linked: bool) -> float:
    """Return about how wide a layer is.

    Where wires run straight past the cards of other rows, two rows take half as much as one, and
    more rows take no less.
    """
    step = size.across + GAP_ACROSS
    return nodes * step / min(rows, 2) if linked else -(-nodes // rows) * step
