"""The canvas: shows the scene, turns mouse and keys into gestures, and holds its actions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTransform,
    QWheelEvent,
)
from PySide6.QtWidgets import QGraphicsView, QToolTip, QWidget

from app.canvas import clipboard
from app.canvas.arrange import arrange
from app.canvas.card import CardItem
from app.canvas.gestures import Connect, Gesture, Move, Pan, RubberBand
from app.canvas.geometry import GAP_ALONG, GRID, HEIGHT, WIDTH, snapped
from app.canvas.overlay import Overlay
from app.canvas.overview import BELOW, Overview
from app.canvas.quick_add import QuickAdd
from app.canvas.scene import CanvasScene, positions_of
from app.canvas.wire import WireItem
from app.document import Document, Selection
from app.sentences import problem_sentence
from app.theme import Theme, ThemeManager
from graph_model.edits import Fragment, cut_out, insert_on_edge, new_node, paste
from graph_model.layers import LAYERS
from graph_model.network import (
    Layout,
    Node,
    NodeId,
    Port,
    Position,
    add_nodes,
    connect,
    remove_nodes,
)
from graph_model.values import Arguments

MIME: Final = "application/x-layerweft-kind"
"""What a drag from the palette carries: the name of a layer kind in UTF-8."""

_CLOSEST: Final = 3.0
_READABLE: Final = 0.8
_FARTHEST: Final = 0.04
_STEP: Final = 1.2
_PORT_REACH: Final = 11.0
_WIRE_REACH: Final = 8.0
_NUDGES: Final = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class CanvasView(QGraphicsView):
    """Where a network is drawn.

    ``quick_add_requested`` asks for a layer at a point of the scene, to be wired to a port (and
    whether that is an input) where one is given. ``said`` carries a short word for the user.
    """

    quick_add_requested = Signal(object, object)
    example_requested = Signal(str)
    said = Signal(str)

    def __init__(
        self,
        document: Document,
        selection: Selection,
        themes: ThemeManager,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.document, self.selection = document, selection
        self.canvas = CanvasScene(document, selection, themes.theme)
        self.setScene(self.canvas)
        self._overview = Overview()
        self._gesture: Gesture | None = None
        self._space_held = False
        self._marked: WireItem | None = None
        self._hovered: CardItem | None = None
        self._fit_pending = False
        self.setFrameShape(QGraphicsView.Shape.NoFrame)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.MinimalViewportUpdate)
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setOptimizationFlag(QGraphicsView.OptimizationFlag.DontAdjustForAntialiasing)
        self.setOptimizationFlag(QGraphicsView.OptimizationFlag.DontSavePainterState)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.quick_add = QuickAdd(self)
        self.overlay = Overlay(self)
        self.quick_add_requested.connect(self.quick_add.open_at)
        self.overlay.example_chosen.connect(self.example_requested)
        themes.changed.connect(self._follow_theme)
        document.changed.connect(lambda *_: self.overlay.refresh())
        self._follow_theme(themes.theme)

    # What there is to see

    @property
    def zoom(self) -> float:
        """How many pixels on the screen one pixel of a card takes."""
        return self.canvas.look.zoom

    def area(self) -> QRectF:
        """Return the part of the scene that is in view."""
        return self.mapToScene(self.viewport().rect()).boundingRect()

    def cards_in_view(self) -> list[CardItem]:
        """Return the cards that are at least partly in view."""
        return [each for each in self.canvas.items(self.area()) if isinstance(each, CardItem)]

    def nodes_in(self, rect: QRectF) -> frozenset[NodeId]:
        """Return the nodes whose cards touch a rectangle of the scene."""
        reach = QRectF(-WIDTH / 2, -HEIGHT / 2, WIDTH, HEIGHT)
        return frozenset(
            id
            for id, card in self.canvas.cards.items()
            if rect.intersects(reach.translated(card.pos()))
        )

    def port_at(
        self, at: QPointF, reach: float, *, inputs: bool | None = None
    ) -> tuple[Port, QPointF] | None:
        """Return the port nearest to a point within reach, and where it lies."""
        found = self._port_near(at, reach, inputs)
        return (found[0], found[2]) if found else None

    def _port_near(
        self, at: QPointF, reach: float, inputs: bool | None
    ) -> tuple[Port, bool, QPointF] | None:
        around = QRectF(at.x() - reach, at.y() - reach, 2 * reach, 2 * reach)
        best: tuple[float, Port, bool, QPointF] | None = None
        for item in self.canvas.items(around):
            if not isinstance(item, CardItem):
                continue
            for side in (True, False):
                if inputs is not None and side != inputs:
                    continue
                for name, place in item.ports(inputs=side):
                    distance = (place - at).manhattanLength()
                    if distance <= 1.5 * reach and (best is None or distance < best[0]):
                        best = (distance, Port(item.node, name), side, place)
        return best[1:] if best else None

    def card_at(self, at: QPointF) -> CardItem | None:
        """Return the topmost card at a point of the scene."""
        for item in self.canvas.items(at):
            if isinstance(item, CardItem):
                inside = at - item.pos()
                if abs(inside.x()) <= WIDTH / 2 and abs(inside.y()) <= HEIGHT / 2:
                    return item
        return None

    def wire_at(self, at: QPointF) -> WireItem | None:
        """Return a wire that runs near a point of the scene."""
        reach = _WIRE_REACH / self.zoom
        around = QRectF(at.x() - reach, at.y() - reach, 2 * reach, 2 * reach)
        found = (each for each in self.canvas.items(around) if isinstance(each, WireItem))
        return next(found, None)

    def say(self, text: str) -> None:
        """Tell the user something in passing."""
        self.said.emit(text)
        QToolTip.showText(self.cursor().pos(), text, self)

    # Actions

    def add_kind(
        self,
        kind: str,
        at: QPointF | None = None,
        arguments: Arguments | None = None,
        wire_to: tuple[Port, bool] | None = None,
    ) -> None:
        """Add a layer: at a point, or below the selected node and wired to it.

        ``wire_to`` names the port to wire it to, and whether that is an input.
        """
        network, layout = self.document.network, dict(self.document.state.layout)
        node = new_node(network, kind, arguments)
        network = add_nodes(network, [node])
        ports = LAYERS[kind]
        complete = ports.complete(node.arguments)
        inputs, outputs = ports.inputs(complete), ports.outputs(complete)
        lead = self.selection.single if at is None and wire_to is None else None
        if lead is not None:
            source = self._first_output(self.document.network.nodes[lead])
            if source is not None and inputs:
                network = connect(network, source, Port(node.id, inputs[0]))
            below = self.canvas.centre(lead)
            place = self._free_place(Position(below.x, below.y + HEIGHT + GAP_ALONG))
        else:
            centre = at if at is not None else self.area().center()
            place = Position(centre.x(), centre.y())
            place = self._free_place(place) if at is None else place
        if wire_to is not None:
            port, is_input = wire_to
            if is_input and outputs:
                network = connect(network, Port(node.id, outputs[0]), port)
            elif not is_input and inputs:
                network = connect(network, port, Port(node.id, inputs[0]))
        layout[node.id] = snapped(place)
        self.document.edit_network(network, self.tr("Add {0}").format(kind), layout=layout)
        self.selection.set([node.id])
        self._make_visible(node.id)

    def insert_kind(self, kind: str, wire: WireItem) -> None:
        """Insert a layer into an edge, where the wire's middle is."""
        network = self.document.network
        node = new_node(network, kind)
        middle = wire.path().pointAtPercent(0.5)
        layout = self._with_room(wire, {node.id: snapped(Position(middle.x(), middle.y()))})
        network = insert_on_edge(network, node, wire.edge)
        self.document.edit_network(network, self.tr("Insert {0}").format(kind), layout=layout)
        self.selection.set([node.id])

    def _with_room(self, wire: WireItem, placed: Mapping[NodeId, Position]) -> Layout:
        """Return the layout with what lies below the wire moved down, if it is too short."""
        layout = dict(positions_of(self.document.state.layout, self.document.network.nodes))
        source, target = layout[wire.edge.source.node], layout[wire.edge.target.node]
        missing = 2 * (HEIGHT + GAP_ALONG / 2) - (target.y - source.y)
        if missing > 0:
            shift = -(-missing // GRID) * GRID
            for id, at in layout.items():
                if at.y >= target.y:
                    layout[id] = Position(at.x, at.y + shift)
            placed = {
                id: snapped(Position(at.x, (source.y + target.y + shift) / 2))
                for id, at in placed.items()
            }
        return {**layout, **placed}

    def delete_selected(self) -> None:
        """Remove the selected nodes and their edges."""
        if self.selection.nodes:
            network = remove_nodes(self.document.network, self.selection.nodes)
            self.document.edit_network(network, self.tr("Delete"))

    def copy(self) -> None:
        """Put the selected nodes on the clipboard."""
        if self.selection.nodes:
            clipboard.put(self._selected_fragment())

    def cut(self) -> None:
        """Put the selected nodes on the clipboard and remove them."""
        if self.selection.nodes:
            clipboard.put(self._selected_fragment())
            network = remove_nodes(self.document.network, self.selection.nodes)
            self.document.edit_network(network, self.tr("Cut"))

    def paste(self) -> None:
        """Add what is on the clipboard, beside where it came from or in the middle of the view."""
        fragment = clipboard.get()
        if fragment is None:
            return
        offset = Position(4 * GRID, 4 * GRID)
        places = list(fragment.layout.values())
        if places and not self.area().contains(QPointF(*places[0])):
            centre = self.area().center()
            offset = snapped(Position(centre.x() - places[0].x, centre.y() - places[0].y))
        self._paste(fragment, offset, self.tr("Paste"))

    def duplicate(self) -> None:
        """Copy the selected nodes to their right."""
        if self.selection.nodes:
            offset = Position(WIDTH + 2 * GRID, 0)
            self._paste(self._selected_fragment(), offset, self.tr("Duplicate"))

    def _paste(self, fragment: Fragment, offset: Position, text: str) -> None:
        network, layout, fresh = paste(
            self.document.network, self.document.state.layout, fragment, offset
        )
        self.document.edit_network(network, text, layout=layout)
        self.selection.set(fresh.values())

    def select_all(self) -> None:
        """Select every node."""
        self.selection.set(self.document.network.nodes)

    def arrange(self) -> None:
        """Lay the whole network out in layers from top to bottom."""
        network = self.document.network
        layout = arrange(network)
        self.document.edit_network(network, self.tr("Arrange"), layout=layout)
        self.fit()

    def place(self, positions: Mapping[NodeId, Position], text: str, merge: str = "") -> None:
        """Put nodes elsewhere, as a step of the history."""
        layout = {**self.document.state.layout, **positions}
        self.document.edit_network(self.document.network, text, layout=layout, merge=merge)

    def zoom_in(self) -> None:
        """Come nearer."""
        self.zoom_by(_STEP, self.viewport().rect().center())

    def zoom_out(self) -> None:
        """Go farther away."""
        self.zoom_by(1 / _STEP, self.viewport().rect().center())

    def zoom_by(self, factor: float, around: QPoint) -> None:
        """Multiply the zoom, keeping what lies at a point of the viewport in its place."""
        zoom = max(_FARTHEST, min(_CLOSEST, self.zoom * factor))
        before = self.mapToScene(around)
        self._set_zoom(zoom)
        shift = self.mapFromScene(before) - around
        self.scroll_by(shift)

    def fit(self) -> None:
        """Show the whole network, or the selected nodes where there are several."""
        if not self.viewport().isVisible():
            self._fit_pending = True
            return
        chosen = self.selection.nodes if len(self.selection.nodes) > 1 else ()
        rect = self.canvas.contents_rect(chosen)
        if rect.isEmpty():
            self._set_zoom(1.0)
            self.centerOn(0, 0)
            return
        room = self.viewport().size()
        zoom = min(room.width() / rect.width(), room.height() / rect.height(), 1.0)
        self._set_zoom(max(_FARTHEST, zoom))
        self.centerOn(rect.center())

    def show_from_start(self) -> None:
        """Show the network near enough to read: all of it where it fits, else from its top."""
        self.fit()
        if self._fit_pending or self.zoom >= _READABLE:
            return
        self._set_zoom(_READABLE)
        rect = self.canvas.contents_rect()
        below_top = self.viewport().height() / 2 / self.zoom
        self.centerOn(rect.center().x(), rect.top() + below_top)

    def reveal(self, node: NodeId) -> None:
        """Bring a node into view, near enough to read."""
        if self.zoom < 0.6:
            self._set_zoom(0.8)
        at = self.canvas.centre(node)
        self.centerOn(at.x, at.y)

    def scroll_by(self, shift: QPoint) -> None:
        """Move the view by pixels on the screen."""
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        across.setValue(across.value() + shift.x())
        down.setValue(down.value() + shift.y())

    def _set_zoom(self, zoom: float) -> None:
        self.canvas.look.set_zoom(zoom)
        self.setTransform(QTransform.fromScale(zoom, zoom))
        self.overlay.show_zoom(zoom)
        self.viewport().update()

    def _make_visible(self, node: NodeId) -> None:
        at = self.canvas.centre(node)
        card = QRectF(at.x - WIDTH / 2, at.y - HEIGHT / 2, WIDTH, HEIGHT)
        self.ensureVisible(card, 40, 40)

    def _selected_fragment(self) -> Fragment:
        nodes = self.selection.nodes
        layout = positions_of(self.document.state.layout, nodes)
        return cut_out(self.document.network, layout, nodes)

    def _first_output(self, node: Node) -> Port | None:
        kind = LAYERS.get(node.kind)
        names = kind.outputs(kind.complete(node.arguments)) if kind else ()
        return Port(node.id, names[0]) if names else None

    def _free_place(self, wanted: Position) -> Position:
        """Return the nearest place to the right where no card lies yet."""
        taken = [self.canvas.centre(node) for node in self.canvas.cards]
        while any(
            abs(wanted.x - p.x) < WIDTH + GRID and abs(wanted.y - p.y) < HEIGHT + GRID
            for p in taken
        ):
            wanted = Position(wanted.x + WIDTH + 4 * GRID, wanted.y)
        return wanted

    # Events

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.zoom >= BELOW:
            super().paintEvent(event)
            return
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self.backgroundBrush())
        painter.setWorldTransform(self.viewportTransform())
        area = self.mapToScene(event.rect()).boundingRect()
        look = self.canvas.look
        network = self.document.network
        self._overview.paint(painter, look.theme, network, self.canvas.centres(), area)
        painter.setPen(look.error)
        for id in self.document.inference.problems_by_node:
            if id in self.canvas.cards and self.canvas.cards[id].content.standing == "error":
                at = self.canvas.centre(id)
                painter.drawRect(QRectF(at.x - WIDTH / 2, at.y - HEIGHT / 2, WIDTH, HEIGHT))
        painter.end()

    def drawBackground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        painter.fillRect(rect, self.backgroundBrush())
        step = GRID * 3
        if self.zoom < 0.5:
            return
        painter.setPen(self.canvas.look.theme.color("grid_strong"))
        left, top = int(rect.left()) // step * step, int(rect.top()) // step * step
        painter.drawPoints(
            [
                QPointF(x, y)
                for x in range(left, int(rect.right()) + step, step)
                for y in range(top, int(rect.bottom()) + step, step)
            ]
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.overlay.place()
        if self._fit_pending:
            self._fit_pending = False
            self.show_from_start()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            factor = 1.0015 ** event.angleDelta().y()
            self.zoom_by(factor, event.position().toPoint())
        else:
            delta = event.pixelDelta() if not event.pixelDelta().isNull() else event.angleDelta()
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                delta = delta.transposed()
            self.scroll_by(-delta)
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if self._gesture is not None:
            return
        screen = event.position().toPoint()
        at = self.mapToScene(screen)
        middle = event.button() == Qt.MouseButton.MiddleButton
        if middle or (self._space_held and event.button() == Qt.MouseButton.LeftButton):
            self._gesture = Pan(self, screen)
        elif event.button() == Qt.MouseButton.LeftButton:
            self._gesture = self._gesture_at(at, event.modifiers())
        event.accept()

    def _gesture_at(self, at: QPointF, modifiers: Qt.KeyboardModifier) -> Gesture:
        """Return the gesture that a press with the left button begins."""
        port = self._port_near(at, _PORT_REACH / max(self.zoom, 0.5), None)
        if port is not None and self.zoom >= BELOW:
            return Connect(self, port[0], from_input=port[1])
        adding = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
        card = self.card_at(at)
        if card is None:
            return RubberBand(self, at, self.selection.nodes if adding else frozenset())
        if adding:
            self.selection.set(self.selection.nodes ^ {card.node})
        elif card.node not in self.selection.nodes:
            self.selection.set([card.node])
        return Move(self, self.selection.nodes or [card.node], at)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        screen = event.position().toPoint()
        if self._gesture is not None:
            self._gesture.move(self.mapToScene(screen), screen)
        else:
            self._hover(self.mapToScene(screen))
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        gesture, self._gesture = self._gesture, None
        if gesture is not None:
            gesture.finish()
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        at = self.mapToScene(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and self.card_at(at) is None:
            self.quick_add_requested.emit(at, None)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape and self._gesture is not None:
            gesture, self._gesture = self._gesture, None
            gesture.cancel()
        elif key == Qt.Key.Key_Escape:
            self.selection.set(())
        elif key == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._space_held = True
            self.viewport().setCursor(Qt.CursorShape.OpenHandCursor)
        elif key in _NUDGES and self.selection.nodes:
            self._nudge(*_NUDGES[Qt.Key(key)])
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._space_held = False
            self.viewport().unsetCursor()
        else:
            super().keyReleaseEvent(event)

    def event(self, event: QEvent) -> bool:
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Tab
            and not event.modifiers()
        ):
            self.quick_add_requested.emit(None, None)
            return True
        return super().event(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            text = self._tool_tip(self.mapToScene(event.pos()))
            if text:
                QToolTip.showText(event.globalPos(), text, self)
            else:
                QToolTip.hideText()
            return True
        return super().viewportEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(MIME):
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if event.mimeData().hasFormat(MIME):
            self._mark(self.wire_at(self.mapToScene(event.position().toPoint())))
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._mark(None)

    def dropEvent(self, event: QDropEvent) -> None:
        kind = bytes(event.mimeData().data(MIME).data()).decode(errors="replace")
        self._mark(None)
        if kind not in LAYERS:
            event.ignore()
            return
        event.acceptProposedAction()
        at = self.mapToScene(event.position().toPoint())
        wire = self.wire_at(at)
        arguments = LAYERS[kind].defaults
        can_insert = LAYERS[kind].inputs(arguments) and LAYERS[kind].outputs(arguments)
        if wire is not None and can_insert:
            self.insert_kind(kind, wire)
        else:
            self.add_kind(kind, at)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _mark(self, wire: WireItem | None) -> None:
        if wire is self._marked:
            return
        for each, marked in ((self._marked, False), (wire, True)):
            if each is not None and each.scene() is not None:
                each.set_marked(marked)
        self._marked = wire

    def _nudge(self, across: int, down: int) -> None:
        moved = {
            node: Position(at.x + across * GRID, at.y + down * GRID)
            for node in self.selection.nodes
            for at in (self.canvas.centre(node),)
        }
        self.place(moved, self.tr("Move"), merge="nudge")

    def _hover(self, at: QPointF) -> None:
        """Enlarge the port below the mouse."""
        port = self._port_near(at, _PORT_REACH / max(self.zoom, 0.5), None)
        card = self.canvas.cards.get(port[0].node) if port else None
        name = port[0].name if port else None
        if self._hovered is not None and self._hovered is not card:
            self._hovered.hovered_port = None
            self._hovered.update()
        if card is not None and card.hovered_port != name:
            card.hovered_port = name
            card.update()
        self._hovered = card
        if not self._space_held:
            cursor = Qt.CursorShape.CrossCursor if port else Qt.CursorShape.ArrowCursor
            self.viewport().setCursor(cursor)

    def _tool_tip(self, at: QPointF) -> str:
        port = self._port_near(at, _PORT_REACH / max(self.zoom, 0.5), None)
        inference = self.document.inference
        if port is not None:
            result = inference.nodes[port[0].node]
            spec = (result.inputs if port[1] else result.outputs).get(port[0].name)
            return f"{port[0].name}: {spec} {spec.dtype}" if spec else port[0].name
        card = self.card_at(at)
        if card is not None:
            return "\n".join(map(problem_sentence, card.content.problems))
        wire = self.wire_at(at)
        return wire.toolTip() if wire is not None else ""

    def _follow_theme(self, theme: Theme) -> None:
        self.setBackgroundBrush(theme.color("canvas"))
        self.canvas.set_theme(theme)
