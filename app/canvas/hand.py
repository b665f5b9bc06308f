"""Turns what mouse and keys do on the canvas into gestures, hovering, drops and tips."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QWheelEvent

from app.canvas.card import CardItem
from app.canvas.gestures import Connect, Gesture, Move, Pan, RubberBand
from app.canvas.hits import card_at, port_at, wire_at
from app.canvas.numbers import number_at, question
from app.canvas.overview import BELOW
from app.canvas.passage import Passage
from app.canvas.surface import Surface
from app.canvas.wire import WireItem
from app.explain.popover import show_explanation
from app.project.shelf import shelf_block
from graph_model.layers.kind import LayerKind
from graph_model.network import Position

MIME: Final = "application/x-layerweft-kind"
"""What a drag from the palette carries: the name of a layer kind in UTF-8."""

_ZOOM_PER_NOTCH: Final = 1.2
_NOTCH: Final = 120
_NUDGES: Final = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class Hand:
    """Holds the gesture under way, and what lies below the mouse."""

    def __init__(self, view: Surface, passage: Passage) -> None:
        self._view, self._passage = view, passage
        self._gesture: Gesture | None = None
        self._button = Qt.MouseButton.NoButton
        self._pressed_at = QPoint()
        self._space_held = False
        self._hovered: CardItem | None = None
        self._marked: WireItem | None = None

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
        chosen = view.selection.nodes
        adding = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
        card = card_at(view.canvas, at)
        if card is None:
            return RubberBand(view, at, chosen if adding else frozenset())
        if adding:
            view.selection.set(chosen ^ {card.node})
        elif card.node not in chosen:
            view.selection.set([card.node])
        if not view.selection.nodes:
            return None
        return Move(view, view.selection.nodes, at, clicked="" if adding else card.node)

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
            if isinstance(gesture, Move | RubberBand) and screen == self._pressed_at:
                self._explain(self._view.mapToScene(screen))

    def _explain(self, at: QPointF) -> None:
        """Explain the number at a point, if one stands there."""
        view = self._view
        number = number_at(view.canvas, at)
        if number is not None:
            area = view.mapFromScene(number.area).boundingRect()
            show_explanation(view.document, question(view.document, number), view.viewport(), area)

    def double_click(self, event: QMouseEvent) -> None:
        """Open the block below the mouse, or offer quick-add on empty canvas."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        at = self._view.mapToScene(event.position().toPoint())
        card = card_at(self._view.canvas, at)
        if card is None:
            self._view.quick_add_requested.emit(at, None)
        else:
            self._view.selection.set([card.node])
            self._passage.open_block()

    def point_at(self, at: QPointF) -> None:
        """Select what lies at a point, for the menu there; keep a selection that has it."""
        card = card_at(self._view.canvas, at)
        selection = self._view.selection
        if card is None:
            selection.set(())
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
        elif self._view.selection.nodes:
            self._view.selection.set(())
        else:
            self._passage.leave_block()

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
            number = None if port else number_at(view.canvas, at)
            shape = Qt.CursorShape.PointingHandCursor if number else Qt.CursorShape.ArrowCursor
            view.viewport().setCursor(Qt.CursorShape.CrossCursor if port else shape)

    def _hover_over(self, card: CardItem | None, port: tuple[str, bool] | None = None) -> None:
        if self._hovered is not None and self._hovered is not card:
            self._hovered.set_hovered(False)
        if card is not None:
            card.set_hovered(True, port)
        self._hovered = card

    # Drops from the palette

    def drag_over(self, data: QMimeData, screen: QPoint) -> bool:
        """Mark the wire into which a drop would insert; return whether a drop is welcome."""
        kind = self._dragged_kind(data)
        if kind is None:
            return False
        self._mark(self._wire_for(kind, self._view.mapToScene(screen)))
        return True

    def drag_leave(self) -> None:
        """Mark nothing."""
        self._mark(None)

    def drop(self, data: QMimeData, screen: QPoint) -> bool:
        """Add or insert the layer that was dropped; return whether it was one."""
        self._mark(None)
        kind = self._dragged_kind(data)
        if kind is None:
            return False
        at = self._view.mapToScene(screen)
        wire = self._wire_for(kind, at)
        place = Position(at.x(), at.y())
        editing = self._view.editing
        if wire is not None:
            edge = wire.edge
            editing.take_in(kind, lambda kind: editing.insert(kind, edge, place))
        else:
            editing.take_in(kind, lambda kind: editing.add(kind, place))
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _wire_for(self, kind: str, at: QPointF) -> WireItem | None:
        """Return the wire below a point, if a layer of this kind has both ends for it."""
        entry = self._kind(kind)
        assert entry is not None
        has_ends = entry.inputs(entry.defaults) and entry.outputs(entry.defaults)
        return wire_at(self._view.canvas, at, self._view.zoom) if has_ends else None

    def _mark(self, wire: WireItem | None) -> None:
        if wire is self._marked:
            return
        if self._marked is not None:
            self._marked.set_marked(False)
        if wire is not None:
            wire.set_marked(True)
        self._marked = wire

    def _dragged_kind(self, data: QMimeData) -> str | None:
        """Return the layer kind that a drag carries, ``None`` where it carries anything else."""
        if not data.hasFormat(MIME):
            return None
        name = bytes(data.data(MIME).data()).decode(errors="replace")
        return name if self._kind(name) else None

    def _kind(self, name: str) -> LayerKind | None:
        """Return a layer kind, a block of the project or one of the library by its name."""
        on_shelf = shelf_block(name)
        return on_shelf.kind if on_shelf else self._view.document.state.kind(name)
