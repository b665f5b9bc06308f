"""The canvas: puts its parts together, and hands what mouse and keys do on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QPointF, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QRegion,
    QWheelEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from app.canvas.block_editing import BlockEditing
from app.canvas.hits import PortHit
from app.canvas.levels import Levels, Places
from app.canvas.mouse_and_keys import MouseAndKeys
from app.canvas.overlay import Overlay
from app.canvas.palette_drop import PaletteDrop
from app.canvas.prompt import Prompt
from app.canvas.surface import Surface
from app.canvas.tips import tip
from app.canvas.walking import walk
from app.late import late
from app.look.theme import ThemeManager
from app.project.document import Document, Selection
from app.project.state import State
from graph_model.network import Edge, NodeId, Port, Position
from graph_model.values import Arguments

if TYPE_CHECKING:
    from app.canvas.quick_add import QuickAdd
    from app.quick_add.reading import Card


class CanvasView(Surface):
    """Where a network is drawn.

    ``example_requested`` names one; ``menu_requested`` carries a point of the screen, and the one
    of the scene below it.
    """

    example_requested = Signal(str)
    menu_requested = Signal(QPoint, QPointF)

    def __init__(
        self,
        document: Document,
        selection: Selection,
        themes: ThemeManager,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(document, selection, themes, parent)
        self.setAccessibleName(self.tr("Canvas"))
        self.blocks = BlockEditing(document, selection, Prompt(self), self)
        self.levels = Levels(self, self.blocks)
        self._places = Places(self)
        self.overlay = Overlay(self, self.levels)
        self._mouse_and_keys = MouseAndKeys(self, self.levels)
        self._palette_drop = PaletteDrop(self)
        self.blocks.said.connect(self.say)
        self.quick_add_requested.connect(lambda *where: self.quick_add.open_at(*where))
        self.overlay.example_chosen.connect(self.example_requested)
        themes.changed.connect(self.overlay.refresh)
        document.changed.connect(self._follow)

    @cached_property
    def quick_add(self) -> QuickAdd:
        """Where layers are typed."""
        made: QuickAdd = late("app.canvas.quick_add").QuickAdd(self)
        made.chosen.connect(self.add_cards)
        return made

    def add_kind(
        self,
        kind: str,
        at: QPointF | None = None,
        arguments: Arguments | None = None,
        wire_to: PortHit | Edge | None = None,
    ) -> None:
        """Add a layer: at a point, or else below the selected node and wired to it.

        With ``wire_to`` it is wired to a port, or inserted into an edge. Where the node with that
        port is gone since, the layer is merely added; where the edge is, nothing is.
        """
        self.editing.take_in(kind, lambda kind: self._add_kind(kind, at, arguments, wire_to))

    def add_cards(
        self,
        cards: Sequence[Card],
        at: QPointF | None = None,
        wire_to: PortHit | Edge | None = None,
    ) -> None:
        """Add layers as :meth:`add_kind` does the first, each further one fed by the one before."""
        first, *rest = cards
        if not rest:
            self.add_kind(first.kind_name, at, first.arguments, wire_to)
            return
        self.document.history.beginMacro(self.tr("Add %n layer(s)", "", len(cards)))
        before = self.document.network
        self.add_kind(first.kind_name, at, first.arguments, wire_to)
        target = _target(wire_to)
        for card in rest:
            if self.document.network is before:  # it was refused, and so nothing can follow it
                break
            before = self.document.network
            edge = self._edge_to(target) if target else None
            near = self.selected_rect().center() if edge else None
            self.add_kind(card.kind_name, near, card.arguments, edge)
        self.document.history.endMacro()

    def _edge_to(self, target: Port) -> Edge | None:
        """Return the edge by which the last layer added feeds a port."""
        edge = self.document.network.edges.get(target)
        return edge if edge and edge.source.node == self.selection.single else None

    def _add_kind(
        self,
        kind: str,
        at: QPointF | None,
        arguments: Arguments | None,
        wire_to: PortHit | Edge | None,
    ) -> None:
        place = Position(at.x(), at.y()) if at is not None else None
        lead = self.selection.single
        if isinstance(wire_to, Edge):
            if self.document.network.edges.get(wire_to.target) is wire_to:
                place = place or self._middle()
                self.editing.insert(kind, wire_to, place, arguments)
        elif wire_to is not None and wire_to.port.node in self.document.network.nodes:
            place = place or self._middle()
            port, is_input = wire_to.port, wire_to.is_input
            self.editing.add_wired(kind, place, port, is_input=is_input, arguments=arguments)
        elif place is not None:
            self.editing.add(kind, place, arguments)
        elif lead is not None:
            self.editing.add_after(lead, kind, arguments)
        else:
            self.editing.add(kind, self._middle(), arguments)

    def paste(self) -> None:
        """Add what is on the clipboard in the middle of the view, or beside what lies there."""
        self.editing.paste(self._middle())

    def ask_for_layer(self) -> None:
        """Offer quick-add where the mouse is, or for the selected edge."""
        if self.selection.single_edge is not None:
            self.ask_for_insertion()
        else:
            self.quick_add_requested.emit(None, None)

    def ask_for_insertion(self) -> None:
        """Offer quick-add for the selected edge."""
        edge = self.selection.single_edge
        if edge is not None:
            middle = self.canvas.wires[edge.target].path().pointAtPercent(0.5)
            self.quick_add_requested.emit(middle, edge)

    def follow_wire(self, *, forwards: bool) -> None:
        """Select what comes next along the edges, and bring it into view."""
        walk(self.document, self.selection, forwards=forwards)
        self.show_selected()

    def select_all(self) -> None:
        """Select every node."""
        self.selection.set(self.document.network.nodes)

    def _middle(self) -> Position:
        centre = self.area().center()
        return Position(centre.x(), centre.y())

    # What is shown

    def _follow(self, old: State, new: State) -> None:
        self._mouse_and_keys.cancel()
        self.overlay.refresh()
        self._places.follow(old, new)
        self.renew_overview()

    def show_fills(self, fills: Mapping[NodeId, str], figure_of: Callable[[NodeId], str]) -> None:
        """Show cards in the colours of a quantity; ``figure_of`` says the number of each."""
        self.canvas.fill(fills, figure_of)
        self.overlay.minimap.refresh()
        self.renew_overview()

    def top(self) -> int:
        """Return how many pixels of the top the breadcrumb takes."""
        return self.overlay.top()

    def covered(self) -> QRegion:
        """Return the part of the viewport above which something floats."""
        return self.overlay.covered()

    def paint_gesture(self, painter: QPainter) -> None:
        """Paint the gesture under way over the overview."""
        self._mouse_and_keys.paint(painter)

    # What the hand does

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a gesture."""
        self._mouse_and_keys.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with it."""
        self._mouse_and_keys.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Finish it."""
        self._mouse_and_keys.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open a block, or offer quick-add."""
        self._mouse_and_keys.double_click(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with what is selected."""
        if event.reason() is QContextMenuEvent.Reason.Mouse:
            at = self.mapToScene(event.pos())
            self._mouse_and_keys.point_at(at)
            self.menu_requested.emit(event.globalPos(), at)
            return
        shown = self.selected_rect() & self.area()
        at = shown.center() if not shown.isEmpty() else self.area().center()
        self.menu_requested.emit(self.viewport().mapToGlobal(self.mapFromScene(at)), at)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll or zoom."""
        self._mouse_and_keys.wheel(event)
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        """Show nothing as hovered."""
        self._mouse_and_keys.leave()
        super().leaveEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Forget keys that were held."""
        self._mouse_and_keys.let_go()
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, zoom, pan or cancel by keys."""
        if not self._mouse_and_keys.key_press(event):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Stop panning."""
        if not self._mouse_and_keys.key_release(event):
            super().keyReleaseEvent(event)

    def event(self, event: QEvent) -> bool:
        """Follow the language, and the screen it is on."""
        if event.type() is QEvent.Type.LanguageChange:
            self.canvas.retranslate()
        elif event.type() is QEvent.Type.DevicePixelRatioChange:
            self._set_zoom(self.zoom)
        return super().event(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """Show a tip for what lies below the mouse."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            text = tip(self, self.mapToScene(event.pos()))
            if text:
                QToolTip.showText(event.globalPos(), text, self)
            else:
                QToolTip.hideText()
            return True
        return super().viewportEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Welcome a layer from the palette."""
        self.dragMoveEvent(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Mark where it would go."""
        if self._palette_drop.drag_over(event.mimeData(), event.position().toPoint()):
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Mark nothing."""
        self._palette_drop.drag_leave()

    def dropEvent(self, event: QDropEvent) -> None:
        """Add or insert the layer."""
        if self._palette_drop.drop(event.mimeData(), event.position().toPoint()):
            event.acceptProposedAction()
        else:
            event.ignore()


def _target(wire_to: PortHit | Edge | None) -> Port | None:
    """Return the port that layers wired so come to feed, the last of them in the end."""
    if isinstance(wire_to, Edge):
        return wire_to.target
    return wire_to.port if wire_to and wire_to.is_input else None
