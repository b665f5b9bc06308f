"""How a part of the scene is shown as large as there is room for it, below nothing that floats."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, QSizeF

from app.canvas.hits import nodes_in, wire_through

if TYPE_CHECKING:
    from app.canvas.surface import Surface

FARTHEST: Final = 0.04
"""The smallest zoom there is."""
NEAR: Final = 0.8
"""The zoom at which all that a card says is read."""
_CLOSER: Final = 0.98
"""How much smaller each further try is to show all beside what floats in a corner."""


def show_rect(view: Surface, rect: QRectF) -> None:
    """Show a part of the scene as large as can be, no card or wire of it under what floats."""
    if rect.isEmpty():
        view.look_at(1.0, QPointF(0, 0))
        return
    for room in _rooms(view, rect):
        _fill(view, room, rect)
        if not _hides_something(view):
            break


def show_start(view: Surface) -> None:
    """Show what the network begins with, near enough to read."""
    rect, room = view.canvas.contents_rect(), _room(view)
    size = QSizeF(room.width(), room.height()) / NEAR
    start = QRectF(rect.topLeft(), size)
    if view.canvas.card_style.direction == "down" and rect.width() <= size.width():
        start.moveCenter(QPointF(rect.center().x(), start.center().y()))
    if view.canvas.card_style.direction == "right" and rect.height() <= size.height():
        start.moveCenter(QPointF(start.center().x(), rect.center().y()))
    view.look_at(NEAR, start.center() - QPointF(0, view.top() / 2 / NEAR))


def _room(view: Surface) -> QRectF:
    """Return the viewport without what is taken of its top."""
    return QRectF(view.viewport().rect()).adjusted(0, view.top(), 0, 0)


def _rooms(view: Surface, rect: QRectF) -> Iterator[QRectF]:
    """Yield the parts of the viewport to show something in, those where it is largest first.

    They are all of it, its upper left, smaller and smaller, and what is clear of what floats at the
    bottom. What floats at the top is left out of all of them.
    """
    whole = _room(view)
    yield whole
    corner = _corner(view)
    clear = [
        QRectF(whole.topLeft(), QPointF(whole.right(), corner.top())),
        QRectF(whole.topLeft(), QPointF(corner.left(), whole.bottom())),
    ]
    last = max(clear, key=lambda room: _zoom_into(room, rect))
    zoom, least = _zoom_into(whole, rect), _zoom_into(last, rect)
    while zoom > least:
        yield QRectF(whole.topLeft(), rect.size() * zoom)
        zoom *= _CLOSER
    yield last


def _corner(view: Surface) -> QRectF:
    """Return what floats above the lower half of the viewport."""
    middle = view.viewport().height() / 2
    corner = QRectF()
    for rect in view.covered():  # type: ignore[attr-defined]  # missing from the stubs
        if rect.center().y() > middle:
            corner = corner.united(QRectF(rect))
    return corner


def _hides_something(view: Surface) -> bool:
    corner = _corner(view)
    if corner.isEmpty():
        return False
    area = view.mapToScene(corner.toRect()).boundingRect()
    return bool(nodes_in(view.canvas, area)) or wire_through(view.canvas, area) is not None


def _fill(view: Surface, room: QRectF, rect: QRectF) -> None:
    """Show a part of the scene in a part of the viewport."""
    zoom = max(FARTHEST, _zoom_into(room, rect))
    off = room.center() - QRectF(view.viewport().rect()).center()
    view.look_at(zoom, rect.center() - off / zoom)


def _zoom_into(room: QRectF, rect: QRectF) -> float:
    """Return the zoom at which a part of the scene fits into a part of the viewport, 1 at most."""
    return min(room.width() / rect.width(), room.height() / rect.height(), 1.0)
