"""What the mouse does over time on the canvas: one object for each gesture.

A gesture is made at the press, told of every move, and then finished or cancelled. Only
finishing edits the document.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QGraphicsPathItem, QGraphicsRectItem, QToolTip

from app.canvas.card import CardItem
from app.canvas.card_style import faded
from app.canvas.connectable import FitProbe
from app.canvas.geometry import CARD, wire_path
from app.canvas.hits import PortHit, card_at, nearest_port, nodes_in, wire_through
from app.canvas.overview import BELOW
from app.canvas.surface import Surface
from app.canvas.wire import WireItem, wire_pen
from app.language.sentences import translate
from app.layout.measures import snapped
from graph_model.network import NodeId, Port, Position, connect, disconnect

SNAP: Final = 26.0
"""How near to a port, in pixels on the screen, a wire snaps to it."""
_HEART: Final = QRectF(CARD.topLeft() / 3, CARD.bottomRight() / 3)
"""The part of a card that has to lie on a wire to be put into it."""
_AROUND: Final = 64
"""How far around a port, in pixels on the screen, what is said of it stays."""


class Gesture:
    """The base of all gestures: does nothing."""

    def __init__(self, view: Surface) -> None:
        self.view = view

    def move(self, at: QPointF, screen: QPoint) -> None:
        """Follow the mouse to a point in the scene and on the screen."""

    def paint(self, painter: QPainter) -> None:
        """Paint what belongs to the gesture over the overview, which shows no items."""

    def finish(self) -> None:
        """Make the edit."""

    def cancel(self) -> None:
        """Leave everything as it was."""


class Pan(Gesture):
    """Drags the paper."""

    def __init__(self, view: Surface, screen: QPoint) -> None:
        super().__init__(view)
        self._last = screen
        view.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)

    def move(self, at: QPointF, screen: QPoint) -> None:
        """Follow the mouse with the paper."""
        self.view.scroll_by(self._last - screen)
        self._last = screen

    def finish(self) -> None:
        """Let go of the paper."""
        self.view.viewport().unsetCursor()

    cancel = finish


class Move(Gesture):
    """Drags the selected cards, on the grid; a mere click selects ``clicked`` alone.

    A single card without wires may be dropped on a wire, which then runs through it.
    """

    def __init__(
        self, view: Surface, nodes: Collection[NodeId], at: QPointF, clicked: NodeId = ""
    ) -> None:
        super().__init__(view)
        self._clicked = clicked
        self._from = at
        self._started = {node: view.canvas.centre(node) for node in nodes}
        self._now = self._started
        self._loose = _loose_card(view, nodes)
        self._wire: WireItem | None = None

    def move(self, at: QPointF, screen: QPoint) -> None:
        """Show the cards where the mouse takes them."""
        # One node leads on the grid, so that the distances between the others stay.
        lead = next(iter(self._started.values()))
        shift = at - self._from
        to = snapped(Position(lead.x + shift.x(), lead.y + shift.y()))
        across, down = to.x - lead.x, to.y - lead.y
        now = {node: Position(p.x + across, p.y + down) for node, p in self._started.items()}
        if now != self._now:
            self._now = now
            self.view.canvas.move_cards(now)
            self._mark(self._wire_below())

    def _wire_below(self) -> WireItem | None:
        """Return the wire that would run through the card, were it dropped here."""
        if self._loose is None or self.view.zoom < BELOW:
            return None
        return wire_through(self.view.canvas, _HEART.translated(self._loose.pos()))

    def _mark(self, wire: WireItem | None) -> None:
        for each, marked in ((self._wire, False), (wire, True)):
            if each is not None:
                each.set_marked(marked)
        self._wire = wire

    def finish(self) -> None:
        """Make it one step of the history."""
        wire = self._wire
        self._mark(None)
        if wire is not None and self._loose is not None:
            self.view.editing.splice(self._loose.node, wire.edge, self._now[self._loose.node])
        elif self._now != self._started:
            self.view.editing.place(self._now)
        elif self._clicked:
            self.view.selection.set([self._clicked])

    def cancel(self) -> None:
        """Show the cards where they were."""
        self._mark(None)
        self.view.canvas.return_cards(self._started)


def _loose_card(view: Surface, nodes: Collection[NodeId]) -> CardItem | None:
    """Return the card of a single node that has both ends for a wire, and no wires."""
    if len(nodes) != 1:
        return None
    (node,) = nodes
    card, structure = view.canvas.cards[node], view.document.inference.structure
    has_wires = structure.feeders.get(node) or structure.consumers.get(node)
    has_ends = card.ports(inputs=True) and card.ports(inputs=False)
    return card if has_ends and not has_wires else None


class RubberBand(Gesture):
    """Selects the cards within a rectangle; a mere click selects the edge ``clicked``.

    What was selected before is kept where one is ``adding``.
    """

    def __init__(self, view: Surface, at: QPointF, clicked: Port | None, *, adding: bool) -> None:
        super().__init__(view)
        self._from, self._clicked = at, clicked
        self._before = view.selection.nodes, view.selection.edges
        self._kept = self._before if adding else (frozenset[NodeId](), frozenset[Port]())
        theme = view.canvas.card_style.theme
        self._item = QGraphicsRectItem()
        self._item.setPen(QPen(theme.color("accent"), 0))
        self._item.setBrush(faded(theme.color("accent"), 0.12))
        self._item.setZValue(10)
        view.canvas.addItem(self._item)
        view.selection.set(*self._kept)

    def move(self, at: QPointF, screen: QPoint) -> None:
        """Select what the rectangle touches."""
        rect = QRectF(self._from, at).normalized()
        self._item.setRect(rect)
        nodes, edges = self._kept
        self.view.selection.set(nodes | nodes_in(self.view.canvas, rect), edges)

    def paint(self, painter: QPainter) -> None:
        """Paint the rectangle where items are not painted."""
        painter.setPen(self._item.pen())
        painter.setBrush(self._item.brush())
        painter.drawRect(self._item.rect())

    def finish(self) -> None:
        """Take the rectangle away, or select what was clicked."""
        self.view.canvas.removeItem(self._item)
        if self._clicked is not None and self._item.rect().isEmpty():
            nodes, edges = self._kept
            self.view.selection.set(nodes, edges ^ {self._clicked})

    def cancel(self) -> None:
        """Select what was selected before."""
        self.view.canvas.removeItem(self._item)
        self.view.selection.set(*self._before)


class Connect(Gesture):
    """Draws a wire from a port to another, in either direction.

    From an input that has an edge it takes that edge's end off instead.
    """

    def __init__(self, view: Surface, port: Port, *, from_input: bool) -> None:
        super().__init__(view)
        self._network = view.document.network
        self._taken_off: Port | None = None
        if from_input and port in self._network.edges:
            self._taken_off = port
            port, from_input = self._network.edges[port].source, False
            self._network = disconnect(self._network, [self._taken_off])
            view.canvas.wires[self._taken_off].hide()
        self._fixed, self._from_input = port, from_input
        self._target = self._taken_off  # where it stays if the mouse is not moved
        self._shown: CardItem | None = None
        card = view.canvas.cards[port.node]
        anchor = card.port(port.name, is_input=from_input)
        assert anchor is not None
        self._anchor = self._end = anchor
        self._spec = None if from_input else view.document.inference.spec(port)
        self._item = QGraphicsPathItem()
        self._item.setZValue(5)
        self._style(True)
        view.canvas.addItem(self._item)
        self._probe = FitProbe(view, self._network, port, from_input=from_input)

    def move(self, at: QPointF, screen: QPoint) -> None:
        """Draw the wire to the mouse, or to the port near it."""
        end = at
        self._target = None
        found = self._port_for(at)
        if found is not None:
            self._target, end = found.port, found.at
        self._point_out(self._target)
        reason = self._probe.reason(self._target) if self._target else ""
        self._probe.look_around()
        self._style(not reason)
        self._say(reason, end)
        ends = (end, self._anchor) if self._from_input else (self._anchor, end)
        direction = self.view.canvas.card_style.direction
        self._item.setPath(wire_path(*ends, direction, headings=self._headings()))
        self._end = end

    def _headings(self) -> tuple[int, int]:
        """Return whether the wire leaves and arrives with the flow, as the cards there are turned.

        An end in the air is as the other.
        """
        cards = self.view.canvas.cards
        fixed = -1 if cards[self._fixed.node].is_turned else 1
        loose = fixed
        if self._target is not None:
            loose = -1 if cards[self._target.node].is_turned else 1
        return (loose, fixed) if self._from_input else (fixed, loose)

    def _port_for(self, at: QPointF) -> PortHit | None:
        """Return the port at which the wire would end: one near by, else that of the card below
        which suits best."""
        view, is_input = self.view, not self._from_input
        near = nearest_port(view.canvas, at, SNAP / view.zoom, (is_input,))
        if near is not None and near.port.node != self._fixed.node:
            return near
        card = card_at(view.canvas, at)
        if card is None or card.node == self._fixed.node:
            return None
        ports = enumerate(card.ports(inputs=is_input))
        hits = [
            (index, PortHit(Port(card.node, name), is_input, at)) for index, (name, at) in ports
        ]
        best = min(hits, key=lambda hit: self._rank(card, *hit), default=None)
        return best[1] if best is not None else None

    def _rank(self, card: CardItem, index: int, hit: PortHit) -> int:
        """Return how ill a port of a card suits: a wire in place gives way only to one that fits,
        and not where another input still waits for one."""
        fits = self._probe.fits(hit.port)
        if not hit.is_input:
            return 0 if fits else 1
        if hit.port not in self._network.edges:
            return 0 if fits else 1 if index not in card.content.optional else 3
        return 2 if fits else 4

    def finish(self) -> None:
        """Lay, move or remove the edge; over nothing, offer a layer to wire it to."""
        self._clean_up()
        target = self._target
        if target is None:
            if self._taken_off is not None:
                self.view.document.edit_network(self._network, translate("Gesture", "Disconnect"))
            elif self._item.path().length() > SNAP:
                open_end = PortHit(self._fixed, self._from_input, self._anchor)
                self.view.quick_add_requested.emit(self._end, open_end)
            return
        source, into = (target, self._fixed) if self._from_input else (self._fixed, target)
        before = self.view.document.network.edges.get(into)
        if before is not None and before.source == source:
            return
        if self._probe.closes_circle(target):
            self.view.say(translate("Gesture", "That would close a circle."))
            return
        network = connect(self._network, source, into)
        self.view.document.edit_network(network, translate("Gesture", "Connect"))

    def cancel(self) -> None:
        """Take the wire away."""
        self._clean_up()

    def _style(self, fits: bool) -> None:
        self._item.setPen(wire_pen(self.view.canvas.card_style.theme, self._spec, not fits, False))

    def _say(self, reason: str, at: QPointF) -> None:
        """Say beside a place why the wire does not fit there; nothing where it does."""
        viewport = self.view.viewport()
        place = self.view.mapFromScene(at)
        # Qt moves a tip that says the same only where it is about another rectangle.
        about = QRect(place, place).adjusted(-_AROUND, -_AROUND, _AROUND, _AROUND)
        QToolTip.showText(viewport.mapToGlobal(place), reason, viewport, about)

    def _point_out(self, port: Port | None) -> None:
        """Show the port at which the wire would end, by its name."""
        cards = self.view.canvas.cards
        card = cards[port.node] if port is not None else None
        if self._shown is not None and self._shown is not card:
            self._shown.set_hovered(False)
        if card is not None and port is not None:
            card.set_hovered(True, (port.name, not self._from_input))
        self._shown = card

    def _clean_up(self) -> None:
        QToolTip.hideText()
        self._probe.stop()
        self._point_out(None)
        self.view.canvas.removeItem(self._item)
        if self._taken_off is not None and self._taken_off in self.view.canvas.wires:
            self.view.canvas.wires[self._taken_off].show()
