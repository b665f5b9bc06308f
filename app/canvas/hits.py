"""What lies at a place of the scene: a card, a port or a wire."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtWidgets import QGraphicsScene

from app.canvas.card import CardItem
from app.canvas.geometry import CARD
from app.canvas.wire import LabelItem, WireItem
from graph_model.network import NodeId, Port

_WIRE_REACH: Final = 8.0
_PORT_REACH: Final = 11.0
_ROUND: Final = 1.5
"""A reach counted along both axes, so that it covers the corners of the square around."""


class PortHit(NamedTuple):
    """A port, whether it is an input, and where it lies."""

    port: Port
    is_input: bool
    at: QPointF


def port_at(
    scene: QGraphicsScene, at: QPointF, zoom: float, reach: float = _PORT_REACH
) -> PortHit | None:
    """Return the nearest port within ``reach`` pixels on the screen."""
    return nearest_port(scene, at, reach / max(zoom, 0.5), (True, False))


def nearest_port(
    scene: QGraphicsScene, at: QPointF, reach: float, sides: tuple[bool, ...]
) -> PortHit | None:
    """Return the nearest port within ``reach``; ``sides`` admits inputs, outputs or both."""
    hits = (
        PortHit(Port(card.node, name), side, place)
        for card in _cards(scene, _around(at, reach))
        for side in sides
        for name, place in card.ports(inputs=side)
    )
    near = [(hit, (hit.at - at).manhattanLength()) for hit in hits]
    near = [each for each in near if each[1] <= _ROUND * reach]
    return min(near, key=lambda each: each[1])[0] if near else None


def card_at(scene: QGraphicsScene, at: QPointF) -> CardItem | None:
    """Return the topmost card at a point."""
    cards = _cards(scene, _around(at, 0.5))
    return next((card for card in cards if CARD.contains(at - card.pos())), None)


def wire_at(scene: QGraphicsScene, at: QPointF, zoom: float) -> WireItem | None:
    """Return the wire that runs near a point, where no card hides it."""
    if card_at(scene, at) is not None:
        return None
    return wire_through(scene, _around(at, _WIRE_REACH / zoom))


def wire_through(scene: QGraphicsScene, area: QRectF) -> WireItem | None:
    """Return a wire that runs through an area, also below cards."""
    found = (item for item in scene.items(area) if isinstance(item, WireItem))
    return next((wire for wire in found if wire.runs_through(area)), None)


def label_at(scene: QGraphicsScene, at: QPointF) -> LabelItem | None:
    """Return the label of a wire at a point, where no card hides it."""
    if card_at(scene, at) is not None:
        return None
    found = (item for item in scene.items(at) if isinstance(item, LabelItem))
    return next(found, None)


def nodes_in(scene: QGraphicsScene, rect: QRectF) -> frozenset[NodeId]:
    """Return the nodes whose cards touch a rectangle."""
    cards = _cards(scene, rect)
    return frozenset(card.node for card in cards if rect.intersects(CARD.translated(card.pos())))


def cards_in(scene: QGraphicsScene, rect: QRectF) -> list[CardItem]:
    """Return the cards that a rectangle touches, shadows and all."""
    return list(_cards(scene, rect))


def _cards(scene: QGraphicsScene, area: QRectF) -> Iterator[CardItem]:
    return (item for item in scene.items(area) if isinstance(item, CardItem))


def _around(at: QPointF, reach: float) -> QRectF:
    return QRectF(at.x() - reach, at.y() - reach, 2 * reach, 2 * reach)
