"""The links between nodes that share weights: dashed curves beside the cards."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen
from PySide6.QtWidgets import (
    QGraphicsPathItem,
    QGraphicsScene,
    QStyleOptionGraphicsItem,
    QWidget,
)

from app.canvas.card import CardItem
from app.canvas.card_style import CardStyle, faded
from app.layout.measures import card_size, turned
from app.look import icons
from app.project.state import State
from graph_model.network import Direction, NodeId, Position

_BULGE: Final = 64.0
_WIDEST_BULGE: Final = 160.0
_MARGIN: Final = 24.0
_RADIUS: Final = 10.0
_GLYPH: Final = 12
_DASHES: Final = [5.0, 4.0]


class SharingLinks:
    """One link for each node that shares weights, always in step with the ``cards`` of a scene.

    Of layers that have no weights to share it is shown only while one of the two is selected.
    """

    def __init__(
        self, scene: QGraphicsScene, cards: Mapping[NodeId, CardItem], style: CardStyle
    ) -> None:
        self._scene, self._cards, self._style = scene, cards, style
        self._links: dict[NodeId, LinkItem] = {}

    def __getitem__(self, sharer: NodeId) -> LinkItem:
        return self._links[sharer]

    def __contains__(self, sharer: NodeId) -> bool:
        return sharer in self._links

    def __len__(self) -> int:
        return len(self._links)

    def follow(self, state: State, selected: Collection[NodeId]) -> None:
        """Add and remove links, and run them to where the cards lie."""
        sharing = state.inference.sharing
        wanted = {id: owner for id, owner in sharing.items() if owner in state.network.nodes}
        for sharer in [id for id, link in self._links.items() if wanted.get(id) != link.owner]:
            self._scene.removeItem(self._links.pop(sharer))
        for sharer, owner in wanted.items():
            if sharer not in self._links:
                self._links[sharer] = LinkItem(owner, self._style)
                self._scene.addItem(self._links[sharer])
            self._links[sharer].has_weights = state.inference.nodes[owner].parameter_count > 0
        self.run(wanted)
        self.show_selection(selected)

    def run(self, nodes: Collection[NodeId]) -> None:
        """Run the links of these nodes to where their cards lie now."""
        for sharer, link in self._links.items():
            if sharer in nodes or link.owner in nodes:
                ends = (self._cards[link.owner].pos(), self._cards[sharer].pos())
                link.setPath(_curve(*ends, self._style.direction))

    def show_selection(self, selected: Collection[NodeId]) -> None:
        """Make the links of selected nodes stand out."""
        for sharer, link in self._links.items():
            link.set_strong(sharer in selected or link.owner in selected)

    def rect(self) -> QRectF:
        """Return the rectangle around the links of weights."""
        rect = QRectF()
        for link in self._links.values():
            if link.has_weights:
                rect = rect.united(link.boundingRect().adjusted(-_MARGIN, 0, 0, 0))
        return rect

    def clear(self) -> None:
        """Remove every link."""
        for link in self._links.values():
            self._scene.removeItem(link)
        self._links.clear()


class LinkItem(QGraphicsPathItem):
    """The link between a node and the ``owner`` of the weights that it shares."""

    def __init__(self, owner: NodeId, style: CardStyle) -> None:
        super().__init__()
        self.owner = owner
        self.has_weights = True
        self._is_strong = False
        self._style = style
        self.setZValue(-0.8)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)

    def set_strong(self, strong: bool) -> None:
        """Stand out, or recede."""
        self._is_strong = strong
        self.setVisible(strong or self.has_weights)
        self.update()

    def boundingRect(self) -> QRectF:
        """Return the rectangle around the curve and its glyph."""
        return self.path().boundingRect().adjusted(-_RADIUS, -_RADIUS, _RADIUS, _RADIUS)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Paint the curve, and a link upon its middle."""
        theme = self._style.theme
        colour = theme.color("accent_text")
        pen = QPen(colour if self._is_strong else faded(colour, 0.6), 2.5 if self._is_strong else 2)
        pen.setDashPattern(_DASHES)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(self.path())
        middle = self.path().pointAtPercent(0.5)
        painter.setPen(QPen(colour, 1))
        painter.setBrush(theme.color("raised"))
        painter.drawEllipse(middle, _RADIUS, _RADIUS)
        glyph = icons.pixmap("link", colour.name(), _GLYPH, self._style.scale)
        painter.drawPixmap(middle - QPointF(_GLYPH / 2, _GLYPH / 2), glyph)


def _curve(owner: QPointF, sharer: QPointF, direction: Direction) -> QPainterPath:
    """Return a curve between the edges of two cards on the side that has no ports, clear of both.

    The left one where the network flows down, the upper one where it flows to the right.
    """
    half = card_size(direction).across / 2
    start, end = (turned(Position(*each.toTuple()), direction) for each in (owner, sharer))
    bulge = min(_WIDEST_BULGE, _BULGE + abs(end.y - start.y) / 8)
    aside = min(start.x, end.x) - half - bulge
    places = (
        Position(start.x - half, start.y),
        Position(aside, start.y),
        Position(aside, end.y),
        Position(end.x - half, end.y),
    )
    points = [QPointF(*turned(each, direction)) for each in places]
    path = QPainterPath(points[0])
    path.cubicTo(*points[1:])
    return path
