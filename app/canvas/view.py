"""The canvas: shows the scene, lets one move about in it, and hands what mouse and keys do on."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, Signal
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
    QPaintEvent,
    QRegion,
    QResizeEvent,
    QTransform,
    QWheelEvent,
)
from PySide6.QtWidgets import QGraphicsView, QToolTip, QWidget

from app.canvas.block_editing import BlockEditing
from app.canvas.editing import Editing
from app.canvas.flash import Flash
from app.canvas.geometry import CARD
from app.canvas.hand import Hand
from app.canvas.hits import PortHit
from app.canvas.look import Look
from app.canvas.overlay import Overlay
from app.canvas.overview import BELOW
from app.canvas.passage import Passage, Places
from app.canvas.prompt import Prompt
from app.canvas.quick_add import QuickAdd
from app.canvas.scene import CanvasScene
from app.canvas.tips import tip
from app.look.theme import Theme, ThemeManager
from app.project.document import Document, Selection
from app.project.state import State
from graph_model.network import NodeId, Position
from graph_model.values import Arguments

_CLOSEST: Final = 3.0
_FARTHEST: Final = 0.04
_READABLE: Final = 0.8
_FAR: Final = 0.6
_STEP: Final = 1.2


class CanvasView(QGraphicsView):
    """Where a network is drawn.

    ``quick_add_requested`` carries a point of the scene (``None`` for where the mouse is) and
    the :class:`PortHit` to wire the new layer to, or ``None``. ``example_requested`` names one;
    ``said`` carries a word for the user in passing; ``menu_requested`` a point of the screen.
    """

    quick_add_requested = Signal(object, object)
    example_requested = Signal(str)
    said = Signal(str)
    menu_requested = Signal(QPoint)

    def __init__(
        self,
        document: Document,
        selection: Selection,
        themes: ThemeManager,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.document, self.selection = document, selection
        self.canvas = CanvasScene(document, selection, Look(themes.theme))
        self.setScene(self.canvas)
        self.editing = Editing(document, selection, self)
        self._flash = Flash(self.canvas)
        self._hand = Hand(self)
        self._fit_pending = False
        self._set_up()
        self.quick_add = QuickAdd(self)
        self.blocks = BlockEditing(document, selection, Prompt(self), self)
        self.passage = Passage(self)
        self._places = Places(self)
        self.overlay = Overlay(self)
        self.editing.refused.connect(self.say)
        self.blocks.said.connect(self.say)
        self.editing.added.connect(self._make_visible)
        self.editing.arranged.connect(self.show_from_start)
        self.quick_add_requested.connect(self.quick_add.open_at)
        self.overlay.example_chosen.connect(self.example_requested)
        themes.changed.connect(self._follow_theme)
        document.changed.connect(self._follow)
        selection.changed.connect(self.renew_overview)
        self._follow_theme(themes.theme)

    def _set_up(self) -> None:
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
        self.setAccessibleName(self.tr("Canvas"))

    @property
    def zoom(self) -> float:
        """How many pixels on the screen one pixel of a card takes."""
        return self.canvas.look.zoom

    def area(self) -> QRectF:
        """Return the part of the scene that is in view."""
        return self.mapToScene(self.viewport().rect()).boundingRect()

    def say(self, text: str) -> None:
        """Tell the user something in passing."""
        self.said.emit(text)
        QToolTip.showText(self.cursor().pos(), text, self)

    def add_kind(
        self,
        kind: str,
        at: QPointF | None = None,
        arguments: Arguments | None = None,
        wire_to: PortHit | None = None,
    ) -> None:
        """Add a layer: at a point, or else below the selected node and wired to it."""
        self.editing.take_in(kind, lambda kind: self._add_kind(kind, at, arguments, wire_to))

    def _add_kind(
        self, kind: str, at: QPointF | None, arguments: Arguments | None, wire_to: PortHit | None
    ) -> None:
        place = Position(at.x(), at.y()) if at is not None else None
        lead = self.selection.single
        if wire_to is not None:
            place = place or self._middle()
            port, is_input = wire_to.port, wire_to.is_input
            self.editing.add_wired(kind, place, port, is_input=is_input, arguments=arguments)
        elif place is not None:
            self.editing.add(kind, place, arguments)
        elif lead is not None:
            self.editing.add_after(lead, kind, arguments)
        else:
            self.editing.add(kind, self.editing.free_place(self._middle()), arguments)

    def paste(self) -> None:
        """Add what is on the clipboard in the middle of the view, or beside what lies there."""
        self.editing.paste(self.editing.free_place(self._middle()))

    def select_all(self) -> None:
        """Select every node."""
        self.selection.set(self.document.network.nodes)

    def _middle(self) -> Position:
        centre = self.area().center()
        return Position(centre.x(), centre.y())

    # Moving about

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
        room, top = self.viewport().size(), self.overlay.top()
        zoom = min(room.width() / rect.width(), (room.height() - top) / rect.height(), 1.0)
        self._set_zoom(max(_FARTHEST, zoom))
        self.centerOn(rect.center() - QPointF(0, top / 2 / self.zoom))

    def show_from_start(self) -> None:
        """Show the network near enough to read: all of it where it fits, else from its top."""
        self.fit()
        if self._fit_pending or self.zoom >= _READABLE:
            return
        self._set_zoom(_READABLE)
        rect = self.canvas.contents_rect()
        below_top = (self.viewport().height() / 2 - self.overlay.top()) / self.zoom
        self.centerOn(rect.center().x(), rect.top() + below_top)

    def reveal(self, node: NodeId) -> None:
        """Bring a node into view, near enough to read, and flash it."""
        if self.zoom < _FAR:
            self._set_zoom(_READABLE)
        at = self.canvas.cards[node].pos()
        if not self.area().contains(CARD.translated(at)):
            self.centerOn(at)
        self._flash.show(at, self.canvas.look.theme.color("accent"))

    def look_at(self, zoom: float, centre: QPointF) -> None:
        """Show a place at some zoom."""
        self._set_zoom(zoom)
        self.centerOn(centre)

    def scroll_by(self, shift: QPoint) -> None:
        """Move the view by pixels on the screen."""
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        across.setValue(across.value() + shift.x())
        down.setValue(down.value() + shift.y())

    def _set_zoom(self, zoom: float) -> None:
        self.canvas.look.set_zoom(zoom, self.devicePixelRatioF())
        self.setTransform(QTransform.fromScale(zoom, zoom))
        self.overlay.show_zoom(zoom)
        self.viewport().update()

    def _make_visible(self, node: NodeId) -> None:
        self.ensureVisible(CARD.translated(self.canvas.cards[node].pos()), 40, 40)

    # What is shown

    def _follow(self, old: State, new: State) -> None:
        self._hand.cancel()
        self.overlay.refresh()
        self._places.follow(old, new)
        self.renew_overview()

    def renew_overview(self) -> None:
        """Paint the overview anew: Qt knows not where, for it painted none of the items."""
        if self.zoom < BELOW:
            self.viewport().update()

    def _follow_theme(self, theme: Theme) -> None:
        self.setBackgroundBrush(theme.color("canvas"))
        self.canvas.set_theme(theme)
        self.overlay.refresh()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the items, or from far away the overview in their place."""
        if self.zoom >= BELOW:
            super().paintEvent(event)
            return
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self.backgroundBrush())
        painter.setWorldTransform(self.viewportTransform())
        area = self.mapToScene(event.rect()).boundingRect()
        theme, selected = self.canvas.look.theme, self.selection.nodes
        self.canvas.overview().paint(painter, theme, area, selected)
        self._hand.paint(painter)
        painter.end()

    def drawBackground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        """Paint the dots of the grid."""
        painter.fillRect(rect, self.backgroundBrush())
        self.canvas.look.paint_dots(painter, QRectF(rect))

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Shift the pixels that nothing floats above, and paint only the rest anew.

        Qt paints everything anew where any widget lies above what is to be scrolled, a few
        milliseconds each time: so it is told to do nothing, and asked for the free parts alone.
        """
        mode = self.viewportUpdateMode()
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.NoViewportUpdate)
        super().scrollContentsBy(dx, dy)
        self.setViewportUpdateMode(mode)
        if self.zoom < BELOW:
            self.renew_overview()
            return
        whole = self.viewport().rect()
        covered = self.overlay.covered()
        free = QRegion(whole) - covered
        for rect in free:  # type: ignore[attr-defined]  # missing from the stubs
            self.viewport().scroll(dx, dy, rect)
        self.viewport().update(covered & whole)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep what floats above in its place."""
        super().resizeEvent(event)
        self.overlay.place()
        if self._fit_pending:
            self._fit_pending = False
            self.show_from_start()

    # What the hand does

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a gesture."""
        self._hand.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with it."""
        self._hand.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Finish it."""
        self._hand.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open a block, or offer quick-add."""
        self._hand.double_click(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with what is selected."""
        if event.reason() is QContextMenuEvent.Reason.Mouse:
            self._hand.point_at(self.mapToScene(event.pos()))
        self.menu_requested.emit(event.globalPos())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll or zoom."""
        self._hand.wheel(event)
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        """Show nothing as hovered."""
        self._hand.leave()
        super().leaveEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Forget keys that were held."""
        self._hand.let_go()
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, zoom, pan or cancel by keys."""
        if not self._hand.key_press(event):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Stop panning."""
        if not self._hand.key_release(event):
            super().keyReleaseEvent(event)

    def event(self, event: QEvent) -> bool:
        """Open quick-add with Tab, and follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self.canvas.retranslate()
        # The Tab key never reaches keyPressEvent: Qt takes it for moving the focus.
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
        if self._hand.drag_over(event.mimeData(), event.position().toPoint()):
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Mark nothing."""
        self._hand.drag_leave()

    def dropEvent(self, event: QDropEvent) -> None:
        """Add or insert the layer."""
        if self._hand.drop(event.mimeData(), event.position().toPoint()):
            event.acceptProposedAction()
        else:
            event.ignore()
