"""Where ports lie on a card, and the curves of wires: points and paths, without items."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath

from app.layout.measures import GAP_ALONG, HEIGHT, WIDTH
from graph_model.network import Position

_SHORTEST_HANDLE: Final = 20.0
_MARGIN: Final = 40

CARD: Final = QRectF(-WIDTH / 2, -HEIGHT / 2, WIDTH, HEIGHT)
"""A card around its own centre."""


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


def bounds(positions: Iterable[Position]) -> QRectF:
    """Return the rectangle around cards at these positions, with a margin."""
    points = list(positions)
    if not points:
        return QRectF()
    left, right = min(p.x for p in points), max(p.x for p in points)
    top, bottom = min(p.y for p in points), max(p.y for p in points)
    across, along = WIDTH / 2 + _MARGIN, HEIGHT / 2 + _MARGIN
    return QRectF(left, top, right - left, bottom - top).adjusted(-across, -along, across, along)


def _curve(path: QPainterPath, start: QPointF, end: QPointF) -> None:
    down = end.y() - start.y()
    handle = max(_SHORTEST_HANDLE, down / 2 if down > 0 else min(160.0, 40 - down / 2))
    path.cubicTo(start.x(), start.y() + handle, end.x(), end.y() - handle, end.x(), end.y())
