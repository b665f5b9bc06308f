"""The automatic layout: layers along the flow, order within them, places across, columns.

Each step is a module of its own: :mod:`layers`, :mod:`ordering`, :mod:`coordinates`,
:mod:`folding`. Together they are the method of Sugiyama, Tagawa and Toda 1981, "Methods for visual
understanding of hierarchical system structures".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from app.layout.coordinates import across
from app.layout.folding import COLUMN_GAP, Column, Extent, columns_of, folded, wires_over
from app.layout.layers import Layered, Link, layers_of
from app.layout.measures import Size, card_size, snapped, turned
from app.layout.ordering import ordered
from app.layout.ports import links_of
from app.layout.u_shape import arms
from graph_model.network import Direction, Layout, Network, NetworkId, Position, Project

Progress = Callable[[float], None]
"""Told from time to time which part of the work is done; to end it, it raises."""

_NO_BLOCKS: Final[Mapping[NetworkId, Network]] = {}
_WHOLE: Final = 0.8
"""The part of the work that is done once all is in order, before it is folded."""


def arrange(
    network: Network,
    blocks: Mapping[NetworkId, Network] = _NO_BLOCKS,
    direction: Direction = "down",
    progress: Progress = lambda _: None,
) -> Layout:
    """Return a place for every node, in a network that flows in ``direction``.

    ``blocks`` are those that it uses, for the order of their ports.
    """
    ids = list(network.nodes)
    if not ids:
        return {}
    size = card_size(direction)
    links = links_of(network, blocks)
    # Where nothing is an Input, no node is to stand beside another.
    inputs = [node.kind == "Input" for node in network.nodes.values()]
    constants = {index for index, each in enumerate(inputs) if not each} if any(inputs) else set()
    layers = layers_of(len(ids), links, constants)
    places = _places(layers, links, size, progress)
    return {id: snapped(turned(place, direction)) for id, place in zip(ids, places, strict=True)}


def placed(project: Project) -> Project:
    """Return the project with those networks arranged of whose nodes its file says no places.

    Such files are written by programs and by hand; all cards would lie upon one another.
    """
    layouts = dict(project.layouts)
    for id, network in project.networks.items():
        if len(network.nodes) > 1 and network.nodes.keys().isdisjoint(layouts.get(id, {})):
            layouts[id] = arrange(network, project.networks, project.direction)
    return project if layouts == project.layouts else replace(project, layouts=layouts)


class _Drawing:
    """Nodes in order within their layers, and where each lies across the flow."""

    def __init__(
        self, layers: list[int], links: Sequence[Link], size: Size, progress: Progress
    ) -> None:
        self._size = size
        self._graph = Layered(layers, links)
        self._rows = ordered(self._graph, progress)
        self.across = across(self._graph, self._rows, size.across)

    def extents(self) -> list[Extent]:
        """Return how far each layer reaches across, lanes included."""
        return [Extent(self._side(row[0], -1), self._side(row[-1], 1)) for row in self._rows]

    def _side(self, node: int, sign: int) -> float:
        half = 0 if self._graph.is_dummy(node) else self._size.across / 2
        return self.across[node] + sign * half


def _places(layers: list[int], links: list[Link], size: Size, progress: Progress) -> list[Position]:
    """Return where each node lies in a network that flows down."""
    drawing = _Drawing(layers, links, size, lambda part: progress(_WHOLE * part))
    progress(_WHOLE)
    extents = drawing.extents()
    u = arms(layers, links)
    columns = (
        columns_of(extents, (0, u.bottom, len(extents)))
        if u is not None
        else folded(extents, wires_over(layers, links), size)
    )
    if len(columns) > 1:  # within a column, what runs over to others needs no lane
        number = [index for index, each in enumerate(columns) for _ in range(*each[:2])]
        inner = [
            each for each in links if number[layers[each.source]] == number[layers[each.target]]
        ]
        drawing = _Drawing(layers, inner, size, lambda part: progress(_WHOLE + (1 - _WHOLE) * part))
        columns = columns_of(drawing.extents(), [0, *(each.end for each in columns)])
    rows = (
        u.rows if u is not None else [i for each in columns for i in range(each.end - each.first)]
    )
    shifts = _shifts(columns, size)
    return [
        Position(x + shifts[layer], rows[layer] * size.step)
        for x, layer in zip(drawing.across, layers, strict=False)
    ]


def _shifts(columns: Sequence[Column], size: Size) -> list[float]:
    """Return how far each layer is shifted across, so that columns lie beside one another."""
    shifts: list[float] = []
    left = -size.across / 2
    for column in columns:
        shifts += [left - column.left] * (column.end - column.first)
        left += column.right - column.left + COLUMN_GAP
    return shifts
