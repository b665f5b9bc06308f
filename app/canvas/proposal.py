"""What a fix would change of the drawing, while one points at its button."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QPointF, Qt
from PySide6.QtGui import QColor, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsItem, QGraphicsPathItem, QGraphicsSimpleTextItem

from app.canvas.geometry import CARD
from graph_model.editing.differences import differences

if TYPE_CHECKING:
    from app.canvas.surface import Surface
    from graph_model.network import Network, NodeId, Project

_SPREAD: Final = 5
_ROOM: Final = 6
"""Pixels around the words of a label."""
_ABOVE: Final = 21


class Proposal(QObject):
    """Rings around cards that would change or go, and labels where others would be added."""

    def __init__(self, surface: Surface) -> None:
        super().__init__(surface)
        self._surface = surface
        self.items: list[QGraphicsItem] = []

    def show(self, proposed: Project | None) -> None:
        """Show what a project would change of the one there is; with ``None`` no more."""
        scene = self._surface.canvas
        for item in self.items:
            scene.removeItem(item)
        self.items = [*self._made(proposed)] if proposed is not None else []
        for item in self.items:
            item.setZValue(_ABOVE)
            item.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
            scene.addItem(item)

    def _made(self, proposed: Project) -> Iterator[QGraphicsItem]:
        """Yield what shows the changes of the network on the canvas."""
        document, theme = self._surface.document, self._surface.canvas.card_style.theme
        now = document.network
        then = proposed.networks.get(now.id)
        if then is None:
            return
        where = differences(document.project, proposed).where
        for node in (node for network, node in where if network == now.id):
            if node in now.nodes:
                yield self._ring(node, theme.color("accent"), Qt.PenStyle.SolidLine)
            elif (at := self._between(node, now, then)) is not None:
                yield from self._label(f"+ {then.nodes[node].name}", at)
        for node in now.nodes.keys() - then.nodes.keys():
            yield self._ring(node, theme.color("error"), Qt.PenStyle.DashLine)

    def _ring(self, node: NodeId, colour: QColor, line: Qt.PenStyle) -> QGraphicsPathItem:
        path = QPainterPath()
        path.addRoundedRect(CARD.adjusted(-_SPREAD, -_SPREAD, _SPREAD, _SPREAD), 12, 12)
        ring = QGraphicsPathItem(path)
        ring.setPen(QPen(colour, 3, line))
        ring.setPos(QPointF(*self._surface.canvas.centre(node)))
        return ring

    def _between(self, added: NodeId, now: Network, then: Network) -> QPointF | None:
        """Return the middle of the cards that a new one would lie between, as far as there are."""
        edges = then.edges.values()
        around = [each.source.node for each in edges if each.target.node == added]
        around += [each.target.node for each in edges if each.source.node == added]
        found = [self._surface.canvas.centre(each) for each in around if each in now.nodes]
        if not found:
            return None
        return QPointF(*(sum(axis) / len(found) for axis in zip(*found, strict=True)))

    def _label(self, words: str, at: QPointF) -> Iterator[QGraphicsItem]:
        """Yield a label that is as large at every zoom."""
        theme = self._surface.canvas.card_style.theme
        text = QGraphicsSimpleTextItem(words)
        text.setFont(self._surface.font())
        text.setBrush(theme.color("on_accent"))
        size = text.boundingRect().adjusted(-2 * _ROOM, -_ROOM, 2 * _ROOM, _ROOM)
        size.moveCenter(QPointF(0, 0))
        path = QPainterPath()
        path.addRoundedRect(size, _ROOM, _ROOM)
        label = QGraphicsPathItem(path)
        label.setPen(QPen(theme.color("accent"), 1))
        label.setBrush(theme.color("accent"))
        label.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIgnoresTransformations)
        label.setPos(at)
        text.setParentItem(label)
        text.setPos(-text.boundingRect().center())
        yield label
