"""Where ports lie on a card, and the curves of wires: points and paths, without items."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath

from app.layout.measures import HEIGHT, WIDTH, card_size, side_length, turned
from graph_model.network import Direction, Position

_SHORTEST_HANDLE: Final = 20.0
_ROUND: Final = 12.0
_MARGIN: Final = 40

CARD: Final = QRectF(-WIDTH / 2, -HEIGHT / 2, WIDTH, HEIGHT)
"""A card around its own centre."""


@lru_cache(maxsize=1 << 10)
def port_offset(
    index: int, count: int, *, is_input: bool, direction: Direction, is_turned: bool = False
) -> QPointF:
    """Return where a port lies, from the centre of its card.

    Inputs lie on the side that the flow comes from, outputs on the other; those of a card that is
    turned where half a turn brings them.
    """
    size = card_size(direction)
    length = side_length(count, direction)
    across = (index + 1) * length / (count + 1) - length / 2
    along = -size.along / 2 if is_input else size.along / 2
    if is_turned:
        across, along = -across, -along
    return QPointF(*turned(Position(across, along), direction))


@lru_cache(maxsize=1 << 10)
def beyond(inputs: int, outputs: int, direction: Direction) -> QPointF:
    """Return how far bars with many ports reach beyond a card, to each side along each axis."""
    length = side_length(max(inputs, outputs), direction)
    return QPointF(*turned(Position((length - card_size(direction).across) / 2, 0), direction))


def wire_path(
    start: QPointF,
    end: QPointF,
    direction: Direction,
    way: Sequence[Position] = (),
    headings: tuple[int, int] = (1, 1),
) -> QPainterPath:
    """Return the curve from an output to an input, by way of the corners in between.

    Stretches along or across the flow are straight, with round corners; all others are curves that
    begin and end along it. ``headings`` tell whether it leaves and arrives with the flow (1) or
    against it (-1).
    """
    if not way and _is_straight(start, end):
        path = QPainterPath(start)
        path.lineTo(end)
        return path
    points = [QPointF(start), *(QPointF(*corner) for corner in way), QPointF(end)]
    along = QPointF(0, 1) if direction == "down" else QPointF(1, 0)
    path = QPainterPath(start)
    for index, (here, there) in enumerate(pairwise(points)):
        if _is_straight(here, there):
            following = points[index + 2] if index + 2 < len(points) else None
            _straight(path, there, following)
        else:
            leaves = headings[0 if index == 0 else 1]
            arrives = headings[1 if index == len(points) - 2 else 0]
            _curve(path, here, there, (along * leaves, along * arrives))
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


def _is_straight(here: QPointF, there: QPointF) -> bool:
    return here.x() == there.x() or here.y() == there.y()


def _straight(path: QPainterPath, corner: QPointF, following: QPointF | None) -> None:
    """Run straight to a corner, and round it where the next stretch is straight as well."""
    if following is None or not _is_straight(corner, following):
        path.lineTo(corner)
        return
    before, after = corner - path.currentPosition(), following - corner
    radius = min(_ROUND, before.manhattanLength(), after.manhattanLength() / 2)
    path.lineTo(corner - _shortened(before, radius))
    path.quadTo(corner, corner + _shortened(after, radius))


def _shortened(vector: QPointF, length: float) -> QPointF:
    whole = vector.manhattanLength()
    return vector * (length / whole) if whole else vector


def _curve(
    path: QPainterPath, start: QPointF, end: QPointF, along: tuple[QPointF, QPointF]
) -> None:
    """Run in a curve that leaves and arrives along two directions."""
    leaves, arrives = along
    ahead = QPointF.dotProduct(end - start, leaves)
    handle = max(_SHORTEST_HANDLE, ahead / 2 if ahead > 0 else min(160.0, 40 - ahead / 2))
    path.cubicTo(start + leaves * handle, end - arrives * handle, end)
