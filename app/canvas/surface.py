"""What the canvas is made on: shows the scene, and lets one move about in it.

It knows nothing of what is put on it: gestures, prompts, and all that floats above know it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QRegion, QResizeEvent, QTransform
from PySide6.QtWidgets import QGraphicsView, QToolTip, QWidget

from app.canvas.arranging import Arranging
from app.canvas.batch import area_of
from app.canvas.card_style import CardStyle
from app.canvas.editing import Editing
from app.canvas.framing import FARTHEST, NEAR, show_rect, show_start
from app.canvas.geometry import CARD
from app.canvas.overview import BELOW
from app.canvas.scene import CanvasScene
from app.late import late
from app.layout.columns import READABLE
from app.look.theme import Theme, ThemeManager
from app.project.document import Document, Selection
from graph_model.network import NodeId, Project

if TYPE_CHECKING:
    from app.canvas.flash import Flash
    from app.canvas.proposal import Proposal

_CLOSEST: Final = 3.0
_FAR: Final = 0.6
_STEP: Final = 1.2
_SHIFTED: Final = 6
"""Into how many parts as large as one the viewport could be cut, if the part is to be shifted."""
_REST: Final = 200
"""Milliseconds after which a zoom is no longer thought to be passing, and all is painted sharp."""


class _Fitted(NamedTuple):
    """How all was last fitted into the view, and how it has stood since."""

    again: Callable[[], None]
    standing: tuple[float, int, int, QRectF]


class Surface(QGraphicsView):
    """What gestures, prompts and all that floats above are given of the canvas.

    ``quick_add_requested`` carries a point of the scene (``None`` for where the mouse is) and
    the :class:`PortHit` to wire the new layer to, or ``None``. ``said`` carries a word for the
    user in passing, ``zoomed`` the new zoom; ``resized`` says that there is more or less room.
    """

    quick_add_requested = Signal(object, object)
    said = Signal(str)
    zoomed = Signal(float)
    resized = Signal()

    def __init__(
        self,
        document: Document,
        selection: Selection,
        themes: ThemeManager,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.document, self.selection = document, selection
        self.canvas = CanvasScene(document, selection, CardStyle(themes.theme, keeps_pictures=True))
        self.setScene(self.canvas)
        self.editing = Editing(document, selection, self)
        self.arranging = Arranging(document, self)
        self._pending: Callable[[], None] | None = None
        self._fitted: _Fitted | None = None
        self._scrolled: QPoint | None = None
        """How far the pixels are to be shifted, while both ways are gathered into one shift."""
        self._rest = QTimer(self, singleShot=True, interval=_REST)
        self._rest.timeout.connect(lambda: self._set_zoom(self.zoom))
        self._is_stale = False
        """Whether all is to be painted anew, so that it is of no use to shift pixels."""
        self._set_up()
        self.editing.refused.connect(self.say)
        self.editing.added.connect(self.show_selected)
        self.arranging.arranged.connect(self.show_from_start)
        self.arranging.delayed.connect(self.said)
        document.previewed.connect(self._show_proposal)
        themes.changed.connect(self._follow_theme)
        selection.changed.connect(self.renew_overview)
        selection.changed.connect(self._keep_place)
        self.setBackgroundBrush(themes.theme.color("canvas"))

    def _set_up(self) -> None:
        self.setFrameShape(QGraphicsView.Shape.NoFrame)
        # A drag leaves a ragged region, by which each stroke is clipped: one rectangle is faster.
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.BoundingRectViewportUpdate)
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setOptimizationFlag(QGraphicsView.OptimizationFlag.DontAdjustForAntialiasing)
        self.setOptimizationFlag(QGraphicsView.OptimizationFlag.DontSavePainterState)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # A viewport made by Qt makes PySide6 look through all classes of widgets: 10 ms.
        self.setViewport(QWidget())
        # All of it is painted, whatever the stylesheet says: else Qt shifts no pixels on scrolling.
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMouseTracking(True)
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    @cached_property
    def _flash(self) -> Flash:
        made: Flash = late("app.canvas.flash").Flash(self.canvas)
        return made

    @cached_property
    def _proposal(self) -> Proposal:
        made: Proposal = late("app.canvas.proposal").Proposal(self)
        return made

    def _show_proposal(self, proposed: Project | None) -> None:
        """Show what a fix would change of the drawing, as long as it is pointed at."""
        if proposed is not None or "_proposal" in vars(self):
            self._proposal.show(proposed)

    @property
    def zoom(self) -> float:
        """How many pixels on the screen one pixel of a card takes."""
        return self.canvas.card_style.zoom

    def area(self) -> QRectF:
        """Return the part of the scene that is in view."""
        return self.mapToScene(self.viewport().rect()).boundingRect()

    def say(self, text: str) -> None:
        """Tell the user something in passing."""
        self.said.emit(text)
        QToolTip.showText(self.cursor().pos(), text, self)

    # What lies above: nothing, until a subclass says what

    def top(self) -> int:
        """Return how many pixels of the top are taken, so that no network is shown there."""
        return 0

    def covered(self) -> QRegion:
        """Return the part of the viewport above which something floats."""
        return QRegion()

    def paint_gesture(self, painter: QPainter) -> None:
        """Paint the gesture under way over the overview, which shows no items."""

    # Moving about

    def zoom_in(self) -> None:
        """Come nearer."""
        self.zoom_by(_STEP, self.viewport().rect().center())

    def zoom_out(self) -> None:
        """Go farther away."""
        self.zoom_by(1 / _STEP, self.viewport().rect().center())

    def zoom_by(self, factor: float, around: QPoint) -> None:
        """Multiply the zoom, keeping what lies at a point of the viewport in its place."""
        zoom = max(FARTHEST, min(_CLOSEST, self.zoom * factor))
        before = self.mapToScene(around)
        self._set_zoom(zoom, is_passing=True)
        shift = self.mapFromScene(before) - around
        self.scroll_by(shift)

    def fit(self) -> None:
        """Show the whole network."""
        if self._must_wait(self.fit):
            return
        show_rect(self, self.canvas.contents_rect())
        self._fitted = _Fitted(self.fit, self._standing())

    def _must_wait(self, fit: Callable[[], None]) -> bool:
        """Tell whether there is no room yet, so that something is fitted into it later."""
        self._pending = None if self.viewport().isVisible() else fit
        return self._pending is not None

    def frame(self) -> None:
        """Show what is selected as large as there is room for it; all, where nothing is."""
        rect = self.selected_rect()
        show_rect(self, rect if not rect.isEmpty() else self.canvas.contents_rect())

    def show_selected(self) -> None:
        """Bring what is selected into view, moving no further than that needs."""
        rect = self.selected_rect()
        if not rect.isEmpty():
            self.ensureVisible(rect, 40, 40)

    def selected_rect(self) -> QRectF:
        """Return the rectangle around the selected cards and wires, empty where none is."""
        nodes, wires = self.selection.nodes, self.canvas.wires
        rect = self.canvas.contents_rect(nodes) if nodes else QRectF()
        for port in self.selection.edges:
            rect = rect.united(wires[port].path().boundingRect().adjusted(-4, -4, 4, 4))
        return rect

    def show_from_start(self) -> None:
        """Show the network near enough to read: all of it where it fits, else from its start."""
        if self._must_wait(self.show_from_start):
            return
        self.fit()
        if self.zoom < READABLE:
            show_start(self)
        self._fitted = _Fitted(self.show_from_start, self._standing())

    def reveal(self, node: NodeId) -> None:
        """Bring a node into view, near enough to read, and flash it."""
        if self.zoom < _FAR:
            self._set_zoom(NEAR)
        at = self.canvas.cards[node].pos()
        if not self.area().contains(CARD.translated(at)):
            self.centerOn(at)
        self._flash.show(at, self.canvas.card_style.theme.color("accent"))

    def look_at(self, zoom: float, centre: QPointF) -> None:
        """Show a place at some zoom."""
        self._set_zoom(zoom)
        self.centerOn(centre)

    def view_in_use(self) -> Callable[[], None]:
        """Return what brings back what is in view now, however large the canvas is by then."""
        fitted = self._fitted
        if self._pending is not None:
            return self._pending
        if fitted is not None and fitted.standing == self._standing():
            return fitted.again
        return partial(self.look_at, self.zoom, self.area().center())

    def scroll_by(self, shift: QPoint) -> None:
        """Move the view by pixels on the screen."""
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        self._scrolled = QPoint()
        across.setValue(across.value() + shift.x())
        down.setValue(down.value() + shift.y())
        scrolled, self._scrolled = self._scrolled, None
        self._shift_pixels(scrolled)

    def _set_zoom(self, zoom: float, *, is_passing: bool = False) -> None:
        style, changes = self.canvas.card_style, zoom != self.zoom
        style.set_zoom(zoom, self.devicePixelRatioF(), is_passing=is_passing)
        (self._rest.start if is_passing else self._rest.stop)()
        if changes:
            self.setTransform(QTransform.fromScale(zoom, zoom))
            self.zoomed.emit(zoom)
        self._is_stale = True
        self.viewport().update()

    # What is shown

    def renew_overview(self) -> None:
        """Paint the overview anew: Qt knows not where, for it painted none of the items."""
        if self.zoom < BELOW:
            self.viewport().update()

    def _follow_theme(self, theme: Theme) -> None:
        self.setBackgroundBrush(theme.color("canvas"))
        self.canvas.set_theme(theme)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the items, or from far away the overview in their place."""
        self.canvas.card_style.pictures.begin_frame()
        self._is_stale = False
        if self.zoom >= BELOW:
            self.canvas.catch_up(self.mapToScene(event.rect()).boundingRect())
            super().paintEvent(event)
            return
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self.backgroundBrush())
        painter.setWorldTransform(self.viewportTransform())
        areas = [
            area_of(self.mapToScene(rect).boundingRect())
            for rect in event.region()  # type: ignore[attr-defined]  # missing from the stubs
        ]
        style, chosen = self.canvas.card_style, self.selection.nodes
        overview = self.canvas.overview()
        overview.paint(painter, style, areas, chosen, is_passing=style.is_passing)
        self.paint_gesture(painter)
        painter.end()

    def drawBackground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        """Paint the dots of the grid."""
        painter.fillRect(rect, self.backgroundBrush())
        self.canvas.card_style.paint_dots(painter, QRectF(rect))

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Shift the pixels that nothing floats above, and paint only the rest anew.

        Qt paints everything anew where any widget lies above what is to be scrolled, a few
        milliseconds each time: so it is told to do nothing, and asked for the free parts alone.
        """
        mode = self.viewportUpdateMode()
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.NoViewportUpdate)
        super().scrollContentsBy(dx, dy)
        self.setViewportUpdateMode(mode)
        if self._scrolled is None:
            self._shift_pixels(QPoint(dx, dy))
        else:
            self._scrolled += QPoint(dx, dy)

    def _shift_pixels(self, shift: QPoint) -> None:
        if shift.isNull() or self._is_stale:
            return
        whole = self.viewport().rect()
        stale = QRegion(whole)
        for rect in stale - self.covered():  # type: ignore[attr-defined]  # missing from the stubs
            # To shift a narrow strip takes longer than to paint it.
            if _SHIFTED * rect.width() * rect.height() >= whole.width() * whole.height():
                self.viewport().scroll(shift.x(), shift.y(), rect)
                stale -= rect
        self.viewport().update(stale)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell what floats above, and make up for a fit that had to wait for room."""
        fitted, standing = self._fitted, self._standing()  # before Qt scrolls, for want of range
        super().resizeEvent(event)
        self.resized.emit()
        if self._pending is not None:
            self._pending()
        elif fitted is not None and fitted.standing == standing:
            fitted.again()  # nothing was done since: what fitted goes on to fit

    def _keep_place(self) -> None:
        """Fit no more by itself: the hand is at work, and nothing is to move below it."""
        self._fitted = None

    def _standing(self) -> tuple[float, int, int, QRectF]:
        """Return the zoom, the place, and what there is to show."""
        across, down = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        return self.zoom, across, down, self.canvas.contents_rect()
