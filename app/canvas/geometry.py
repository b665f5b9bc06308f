"""Where things lie on a card, and how wires run: numbers and paths, without items."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath

from graph_model.network import Position

WIDTH: Final = 208
HEIGHT: Final = 80
GRID: Final = 8
PORT_RADIUS: Final = 5
GAP_ACROSS: Final = 40
"""The room between neighbouring cards that the arrangement leaves."""
GAP_ALONG: Final = 48
"""The room between one layer of cards and the next."""
_CLEARANCE: Final = 14
_SHORTEST_HANDLE: Final = 20.0

CARD: Final = QRectF(-WIDTH / 2, -HEIGHT / 2, WIDTH, HEIGHT)
"""A card around its own centre."""


def snapped(position: Position) -> Position:
    """Return the nearest position on the grid."""
    return Position(round(position.x / GRID) * GRID, round(position.y / GRID) * GRID)


def port_offset(index: int, count: int, *, is_input: bool) -> QPointF:
    """Return where a port lies, from the centre of its card; inputs above, outputs below."""
    x = (index + 1) * WIDTH / (count + 1) - WIDTH / 2
    return QPointF(x, -HEIGHT / 2 if is_input else HEIGHT / 2)


def wire_path(start: QPointF, end: QPointF, channel: float | None = None) -> QPainterPath:
    """Return the curve from an output down to an input.

    With a ``channel`` it runs straight down at that abscissa, past the cards in between.
    """
    path = QPainterPath(start)
    if channel is None:
        _curve(path, start, end)
        return path
    top = QPointF(channel, start.y() + GAP_ALONG)
    bottom = QPointF(channel, end.y() - GAP_ALONG)
    _curve(path, start, top)
    path.lineTo(bottom)
    _curve(path, bottom, end)
    return path


def _curve(path: QPainterPath, start: QPointF, end: QPointF) -> None:
    down = end.y() - start.y()
    handle = max(_SHORTEST_HANDLE, down / 2 if down > 0 else min(160.0, 40 - down / 2))
    path.cubicTo(start.x(), start.y() + handle, end.x(), end.y() - handle, end.x(), end.y())


def channel(start: QPointF, end: QPointF, centres: NDArray[np.float64]) -> float | None:
    """Return the abscissa at which a long wire passes the cards between its ends.

    ``centres`` has a row for each card. ``None`` where no card stands in the way.
    """
    top, bottom = start.y() + GAP_ALONG / 2, end.y() - GAP_ALONG / 2
    if bottom - top < HEIGHT or len(centres) == 0:
        return None
    y = centres[:, 1]
    between = centres[(y + HEIGHT / 2 > top) & (y - HEIGHT / 2 < bottom), 0]
    reach = WIDTH / 2 + _CLEARANCE
    low, high = min(start.x(), end.x()), max(start.x(), end.x())
    if not np.any((between + reach > low) & (between - reach < high)):
        return None
    wanted = (start.x() + end.x()) / 2
    return min(_free(sorted(between.tolist()), reach), key=lambda x: abs(x - wanted), default=None)


def _free(centres: Sequence[float], reach: float) -> Iterable[float]:
    """Yield the abscissae at the edges of the gaps between cards."""
    end = None
    for centre in centres:
        if end is None or centre - reach > end:
            if end is not None:
                yield end
            yield centre - reach
        end = max(end if end is not None else centre + reach, centre + reach)
    if end is not None:
        yield end


def bounds(positions: Iterable[Position]) -> QRectF:
    """Return the rectangle around cards at these positions, with a margin."""
    points = list(positions)
    if not points:
        return QRectF()
    left, right = min(p.x for p in points), max(p.x for p in points)
    top, bottom = min(p.y for p in points), max(p.y for p in points)
    around = QRectF(left, top, right - left, bottom - top)
    return around.adjusted(-WIDTH / 2 - 40, -HEIGHT / 2 - 40, WIDTH / 2 + 40, HEIGHT / 2 + 40)
