"""The automatic layout: layers along the flow, order within them, places across, columns.

Each step is a module of its own: :mod:`layers`, :mod:`branch_rows`, :mod:`ordering`,
:mod:`coordinates`, :mod:`columns` and :mod:`u_shape`. Together they are the method of Sugiyama,
Tagawa and Toda 1981, "Methods for visual understanding of hierarchical system structures".
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import product
from typing import Final, NamedTuple

from app.layout.branch_grid import grid_of, laid
from app.layout.branch_rows import wrapped
from app.layout.columns import (
    COLUMN_GAP,
    READABLE_ALONE,
    Column,
    Extent,
    columns_of,
    folded,
    wires_over,
    zoom_in,
    zoom_of,
)
from app.layout.constants import brought_over, constants_of
from app.layout.coordinates import across
from app.layout.layers import Layered, Link, layers_of
from app.layout.measures import Size, card_size, snapped, turned
from app.layout.ordering import ordered
from app.layout.ports import Wired, wired
from app.layout.u_shape import arms
from graph_model.network import Direction, Layout, Network, NetworkId, Position

Progress = Callable[[float], None]
"""Told from time to time which part of the work is done; to end it, it raises."""

_NO_BLOCKS: Final[Mapping[NetworkId, Network]] = {}
_TRIED: Final = 500
"""In networks of how many nodes it is tried which grid of branches is best."""
_MOST_ROWS: Final = 9
"""How many rows a grid of branches has at most."""
_TIGHT: Final = 24
"""The room along the flow between the cards of a grid whose names could not be read otherwise."""
_WORTH: Final = 0.95
"""Fewer rows are read better, where the zoom is nearly the same."""
_KEPT: Final = 9
"""Stands for a wire of a constant: more than may go over from column to column."""
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
    known = wired(network, blocks, direction)
    inputs = [index for index, id in enumerate(ids) if network.nodes[id].kind == "Input"]
    constants = constants_of(len(ids), known.links, inputs)
    layers = layers_of(len(ids), known.links, constants)
    places = _in_grid(layers, known, size, constants) if len(ids) <= _TRIED else None
    if places is None:
        layers = wrapped(layers, known.links, size)
        places = _places(layers, known, size, constants, progress)
    return {id: snapped(turned(place, direction)) for id, place in zip(ids, places, strict=True)}


def _in_grid(
    layers: list[int], wired: Wired, size: Size, constants: Collection[int]
) -> list[Position] | None:
    """Return the places of a network with many parallel branches, in as many rows as suit it best.

    ``None`` where there are not that many.
    """
    grid = grid_of(layers, wired.links)
    if grid is None:
        return None
    best: list[Position] | None = None
    best_zoom = 0.0
    for tried, rows in product((size, size._replace(gap=_TIGHT)), range(1, _MOST_ROWS + 1)):
        if tried is not size and best_zoom >= READABLE_ALONE:
            break
        made = laid(grid, rows, wired, frozenset(constants), tried)
        found = _places(made.layers, made.wired, tried, made.constants, lambda _: None)
        places = made.places(found, len(layers))
        xs, ys = [each.x for each in places], [each.y for each in places]
        zoom = zoom_of(max(xs) - min(xs) + size.across, max(ys) - min(ys) + size.along, size)
        if zoom * _WORTH > best_zoom:
            best, best_zoom = places, zoom
    return best


class _Drawing:
    """Nodes in order within their layers, and where each lies across the flow."""

    def __init__(
        self, layers: list[int], wired: Wired, constants: Collection[int], progress: Progress
    ) -> None:
        self._lengths = wired.lengths
        self._graph = Layered(layers, wired.links, constants)
        self._rows = ordered(self._graph, progress)
        self.across = across(self._graph, self._rows, wired.lengths)

    def extents(self) -> list[Extent]:
        """Return how far each layer reaches across, lanes included."""
        return [Extent(self._side(row[0], -1), self._side(row[-1], 1)) for row in self._rows]

    def _side(self, node: int, sign: int) -> float:
        half = 0 if self._graph.is_dummy(node) else self._lengths[node] / 2
        return self.across[node] + sign * half


def _places(
    layers: list[int], wired: Wired, size: Size, constants: Collection[int], progress: Progress
) -> list[Position]:
    """Return where each node lies in a network that flows down."""
    drawing = _Drawing(layers, wired, constants, lambda part: progress(_WHOLE * part))
    progress(_WHOLE)
    layers, drawing, columns, rows = _folds(layers, wired, drawing, size, constants)
    number = [index for index, each in enumerate(columns) for _ in range(each.first, each.end)]
    inner = [
        each for each in wired.links if number[layers[each.source]] == number[layers[each.target]]
    ]
    # Within a column, what runs over to others needs no lane.
    if _lanes(layers, inner) < _lanes(layers, wired.links):
        rest = 1 - _WHOLE
        wired = wired._replace(links=inner)
        drawing = _Drawing(layers, wired, constants, lambda part: progress(_WHOLE + rest * part))
        columns = columns_of(drawing.extents(), [0, *(each.end for each in columns)])
    shifts = _shifts(columns)
    xs = [x + shifts[layer] for x, layer in zip(drawing.across, layers, strict=False)]
    left = min(xs)
    return [
        Position(x - left, rows[layer] * size.step) for x, layer in zip(xs, layers, strict=True)
    ]


class _Folds(NamedTuple):
    """Layers in columns; ``rows`` is in which row of its column each layer lies."""

    layers: list[int]
    drawing: _Drawing
    columns: list[Column]
    rows: list[int]


def _folds(
    layers: list[int], wired: Wired, drawing: _Drawing, size: Size, constants: Collection[int]
) -> _Folds:
    """Return the network in columns: as a U, in one, or in as many as make it the largest."""
    extents = drawing.extents()
    u = arms(layers, wired.links)
    if u is not None:
        columns = columns_of(extents, (0, u.bottom, len(extents)))
        return _Folds(layers, drawing, columns, u.rows)
    over = wires_over(layers, [each for each in wired.links if each.source not in constants])
    if not constants:
        columns = folded(extents, over, size)
        return _Folds(layers, drawing, columns, _rows_of(columns))
    feeding = wires_over(layers, [each for each in wired.links if each.source in constants])
    kept = [wires + _KEPT * each for wires, each in zip(over, feeding, strict=True)]
    whole, cut = (
        _brought(layers, wired, drawing, folded(extents, wires, size), constants)
        for wires in (kept, over)
    )
    return cut if zoom_in(cut.columns, size) * _WORTH > zoom_in(whole.columns, size) else whole


def _brought(
    layers: list[int],
    wired: Wired,
    drawing: _Drawing,
    columns: list[Column],
    constants: Collection[int],
) -> _Folds:
    """Return the network in these columns, each constant brought to that of what it feeds."""
    bounds = [0, *(each.end for each in columns)]
    moved, bounds = brought_over(layers, wired.links, bounds, constants)
    if moved != layers:
        drawing = _Drawing(moved, wired, constants, lambda _: None)
        columns = columns_of(drawing.extents(), bounds)
    return _Folds(moved, drawing, columns, _rows_of(columns))


def _rows_of(columns: Sequence[Column]) -> list[int]:
    """Return in which row of its column each layer lies, where they follow one another."""
    return [row for each in columns for row in range(each.end - each.first)]


def _lanes(layers: Sequence[int], links: Sequence[Link]) -> int:
    """Return how many links pass over a layer."""
    return sum(layers[each.target] - layers[each.source] > 1 for each in links)


def _shifts(columns: Sequence[Column]) -> list[float]:
    """Return how far each layer is shifted across, so that columns lie beside one another."""
    shifts: list[float] = []
    left = 0.0
    for column in columns:
        shifts += [left - column.left] * (column.end - column.first)
        left += column.right - column.left + COLUMN_GAP
    return shifts
