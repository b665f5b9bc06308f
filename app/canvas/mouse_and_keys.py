"""Turns what mouse and keys do on the canvas into gestures, hovering and tips."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QWheelEvent

from app.canvas.card import CardItem
from app.canvas.gestures import Connect, Gesture, Move, Pan, RubberBand
from app.canvas.hits import card_at, port_at, wire_at
from app.canvas.levels import Levels
from app.canvas.numbers import number_at, question
from app.canvas.overview import BELOW
from app.canvas.surface import Surface
from app.canvas.walking import walk_across
from app.explain.showing import show_explanation
from graph_model.network import Port

_ZOOM_PER_NOTCH: Final = 1.2
_NOTCH: Final = 120
_ADDING: Final = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier
_NUDGES: Final = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class MouseAndKeys:
    """Holds the gesture under way, and what lies below the mouse."""

    def __init__(self, view: Surface, levels: Levels) -> None:
        self._view, self._levels = view, levels
        self._gesture: Gesture | None = None
        self._button = Qt.MouseButton.NoButton
        self._pressed_at = QPoint()
        self._space_held = False
        self._hovered: CardItem | None = None

    # Mouse

    def press(self, event: QMouseEvent) -> None:
        """Begin a gesture, unless one is under way."""
        self._view.setFocus(Qt.FocusReason.MouseFocusReason)
        if self._gesture is not None:
            return
        screen = event.position().toPoint()
        button = event.button()
        left = button == Qt.MouseButton.LeftButton
        if button == Qt.MouseButton.MiddleButton or (left and self._space_held):
            self._gesture = Pan(self._view, screen)
        elif left:
            self._gesture = self._left(self._view.mapToScene(screen), event.modifiers())
        self._button, self._pressed_at = button, screen
        self._hover_over(None)

    def _left(self, at: QPointF, modifiers: Qt.KeyboardModifier) -> Gesture | None:
        """Return the gesture that a press with the left button begins."""
        view = self._view
        port = port_at(view.canvas, at, view.zoom) if view.zoom >= BELOW else None
        if port is not None:
            return Connect(view, port.port, from_input=port.is_input)
        chosen, edges = view.selection.nodes, view.selection.edges
        adding = bool(modifiers & _ADDING)
        card = card_at(view.canvas, at)
        if card is None:
            return RubberBand(view, at, self._edge_at(at), adding=adding)
        if adding:
            view.selection.set(chosen ^ {card.node}, edges)
        elif card.node not in chosen:
            view.selection.set([card.node])
        if not view.selection.nodes:
            return None
        return Move(view, view.selection.nodes, at, clicked="" if adding else card.node)

    def _edge_at(self, at: QPointF) -> Port | None:
        """Return where the edge below a point ends; none from far away, where all lie close."""
        view = self._view
        wire = wire_at(view.canvas, at, view.zoom) if view.zoom >= BELOW else None
        return wire.edge.target if wire is not None else None

    def move(self, event: QMouseEvent) -> None:
        """Go on with the gesture, or show what lies below the mouse."""
        screen = event.position().toPoint()
        at = self._view.mapToScene(screen)
        if self._gesture is not None:
            self._gesture.move(at, screen)
            self._view.renew_overview()
        else:
            self._hover(at)

    def release(self, event: QMouseEvent) -> None:
        """Finish the gesture that this button began."""
        if self._gesture is not None and event.button() == self._button:
            gesture, self._gesture = self._gesture, None
            gesture.finish()
            self._view.renew_overview()
            screen = event.position().toPoint()
            at = self._view.mapToScene(screen)
            if isinstance(gesture, Connect) and screen == self._pressed_at:
                self._select_edge(at, event.modifiers())
            if isinstance(gesture, Move | RubberBand) and screen == self._pressed_at:
                self._explain(at)

    def _select_edge(self, at: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """Select the edge at a port that was clicked and not dragged: where cards lie close to
        one another, ports leave no room on the wire between them."""
        port, selection = self._edge_at(at), self._view.selection
        if port is not None and modifiers & _ADDING:
            selection.set(selection.nodes, selection.edges ^ {port})
        elif port is not None:
            selection.set((), [port])

    def _explain(self, at: QPointF) -> None:
        """Explain the number at a point, if one stands there."""
        view = self._view
        number = number_at(view.canvas, at)
        if number is not None:
            area = view.mapFromScene(number.area).boundingRect()
            show_explanation(view.document, question(view.document, number), view.viewport(), area)

    def double_click(self, event: QMouseEvent) -> None:
        """Open the block below the mouse, or offer quick-add: for a wire, or on empty canvas."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        at = self._view.mapToScene(event.position().toPoint())
        card = card_at(self._view.canvas, at)
        if card is None:
            port = self._edge_at(at)
            edge = self._view.document.network.edges[port] if port is not None else None
            self._view.quick_add_requested.emit(at, edge)
        else:
            self._view.selection.set([card.node])
            self._levels.open_block()

    def point_at(self, at: QPointF) -> None:
        """Select what lies at a point, for the menu there; keep a selection that has it."""
        card = card_at(self._view.canvas, at)
        selection = self._view.selection
        if card is None:
            port = self._edge_at(at)
            if port is None or port not in selection.edges:
                selection.set((), () if port is None else [port])
        elif card.node not in selection.nodes:
            selection.set([card.node])

    def wheel(self, event: QWheelEvent) -> None:
        """Scroll, or zoom with Ctrl."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            factor = _ZOOM_PER_NOTCH ** (event.angleDelta().y() / _NOTCH)
            self._view.zoom_by(factor, event.position().toPoint())
            return
        delta = event.pixelDelta() if not event.pixelDelta().isNull() else event.angleDelta()
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            delta = delta.transposed()
        self._view.scroll_by(-delta)

    # Keys

    def key_press(self, event: QKeyEvent) -> bool:
        """Do what a key stands for; return whether it stands for anything."""
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self._escape()
        elif key == Qt.Key.Key_Space:
            if not event.isAutoRepeat():
                self._space_held = True
                self._view.viewport().setCursor(Qt.CursorShape.OpenHandCursor)
        elif key in _NUDGES and self._view.selection.nodes:
            if self._gesture is None:
                self._view.editing.nudge(*_NUDGES[Qt.Key(key)])
        elif key in _NUDGES and self._view.selection.edges:
            forwards = key in (Qt.Key.Key_Right, Qt.Key.Key_Down)
            walk_across(self._view.document, self._view.selection, forwards=forwards)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self._view.zoom_in()
        elif key == Qt.Key.Key_Minus:
            self._view.zoom_out()
        else:
            return False
        return True

    def key_release(self, event: QKeyEvent) -> bool:
        """Let go of the paper with the space bar."""
        if event.key() != Qt.Key.Key_Space:
            return False
        if not event.isAutoRepeat():
            self.let_go()
        return True

    def let_go(self) -> None:
        """Forget keys that were held, as when the window loses the focus."""
        if self._space_held:
            self._space_held = False
            self._view.viewport().unsetCursor()

    def _escape(self) -> None:
        """Cancel the gesture under way; without one, select nothing; then leave the block."""
        gesture, self._gesture = self._gesture, None
        if gesture is not None:
            gesture.cancel()
            self._view.renew_overview()
        elif not self._view.selection.is_empty:
            self._view.selection.set(())
        else:
            self._levels.leave_block()

    def cancel(self) -> None:
        """Give the gesture under way up, as when the network changes below it."""
        gesture, self._gesture = self._gesture, None
        if gesture is not None:
            gesture.cancel()

    def paint(self, painter: QPainter) -> None:
        """Paint the gesture under way over the overview, which shows no items."""
        if self._gesture is not None:
            self._gesture.paint(painter)

    # Hovering

    def leave(self) -> None:
        """Show nothing as below the mouse."""
        if self._gesture is None:
            self._hover_over(None)

    def _hover(self, at: QPointF) -> None:
        view = self._view
        port = port_at(view.canvas, at, view.zoom) if view.zoom >= BELOW else None
        if port is not None:
            card = view.canvas.cards[port.port.node]
            self._hover_over(card, (port.port.name, port.is_input))
        else:
            self._hover_over(card_at(view.canvas, at))
        if not self._space_held:
            can_be_clicked = port is None and (
                number_at(view.canvas, at) is not None
                or (self._hovered is None and self._edge_at(at) is not None)
            )
            hand, arrow = Qt.CursorShape.PointingHandCursor, Qt.CursorShape.ArrowCursor
            shape = hand if can_be_clicked else arrow
            view.viewport().setCursor(Qt.CursorShape.CrossCursor if port else shape)

    def _hover_over(self, card: CardItem | None, port: tuple[str, bool] | None = None) -> None:
        if self._hovered is not None and self._hovered is not card:
            self._hovered.set_hovered(False)
        if card is not None:
            card.set_hovered(True, port)
        self._hovered = card
