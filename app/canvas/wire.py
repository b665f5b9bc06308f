"""The item of one edge: a plain path that Qt paints itself, and its shape where there is room."""

from __future__ import annotations

from functools import cache
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QPainterPathStroker,
    QPen,
    QStaticText,
)
from PySide6.QtWidgets import (
    QGraphicsItem,
    QGraphicsPathItem,
    QGraphicsRectItem,
    QStyleOptionGraphicsItem,
    QWidget,
)

from app.canvas.card_style import CardStyle
from app.canvas.geometry import wire_path
from app.canvas.texts import prepared
from app.language.numbers import shape_label
from app.layout.routing import Way
from app.look.theme import Theme
from graph_model.network import Edge
from graph_model.tensors import TensorSpec

_WIDTH: Final = 1.8
_ROOM_FOR_LABEL: Final = 96.0
_LONGER_LABEL: Final = 64.0
"""How much longer a wire has to be where it runs along its label."""


class WireItem(QGraphicsPathItem):
    """One edge. Its label is an item of its own, there only where the wire is long enough."""

    def __init__(self, edge: Edge, style: CardStyle) -> None:
        super().__init__()
        self.edge = edge
        self._style = style
        self._spec: TensorSpec | None = None
        self._reason: str | None = None
        self._text = ""
        self._marked = self._selected = False
        self._label: LabelItem | None = None
        self._way: Way = ()
        self.setZValue(-1)

    def set_state(self, spec: TensorSpec | None, reason: str) -> None:
        """Show what flows along the edge, and why it does not fit where it does not."""
        if (spec, reason) == (self._spec, self._reason):
            return
        self._spec, self._reason = spec, reason
        self._text = shape_label(spec) if spec is not None else ""
        self.restyle()
        self._place_label()

    def set_marked(self, marked: bool) -> None:
        """Show that dropping here would insert into this edge."""
        if marked != self._marked:
            self._marked = marked
            self.restyle()

    def set_selected(self, selected: bool) -> None:
        """Show whether the edge is selected."""
        if selected != self._selected:
            self._selected = selected
            self.setZValue(-0.75 if selected else -1)
            self.restyle()

    def restyle(self) -> None:
        """Take on the colours of the theme in use."""
        stands_out = self._marked or self._selected
        self.setPen(wire_pen(self._style.theme, self._spec, bool(self._reason), stands_out))
        if self._reason or self.toolTip():
            self.setToolTip(self._reason or "")
        if self._label is not None:
            self._label.update()

    def run(
        self, start: QPointF, end: QPointF, way: Way = (), headings: tuple[int, int] = (1, 1)
    ) -> None:
        """Run between two ports by a way."""
        self._way = way
        self.setPath(wire_path(start, end, self._style.direction, way, headings))
        self._place_label()

    def run_nowhere(self) -> None:
        """Show no way, where one of the two ports does not exist any more."""
        self.setPath(QPainterPath())
        self._place_label()

    def runs_through(self, area: QRectF) -> bool:
        """Tell whether the wire itself touches a rectangle, not merely what its curve encloses."""
        return QPainterPathStroker(self.pen()).createStroke(self.path()).intersects(area)

    def items(self) -> list[QGraphicsItem]:
        """Return what of it lies in the scene: itself, and its label where it has one."""
        return [self] if self._label is None else [self, self._label]

    def _place_label(self) -> None:
        scene = self.scene()
        if scene is None:
            return
        path = self.path()
        if self._spec is None or self._length_along(path) < _ROOM_FOR_LABEL:
            if self._label is not None:
                scene.removeItem(self._label)
                self._label = None
            return
        if self._label is None:
            self._label = LabelItem(self._style, self.edge)
            scene.addItem(self._label)
        self._label.show_text(self._text)
        at = path.pointAtPercent(0.5)
        is_upright = False
        if self._way:  # beside cards there is room for a label only along the wire
            ahead = path.pointAtPercent(0.51) - at
            is_upright = abs(ahead.y()) > abs(ahead.x())
        self._label.setRotation(-90 if is_upright else 0)
        self._label.setPos(at)

    def _length_along(self, path: QPainterPath) -> float:
        """Return how far the wire reaches along the flow."""
        rect = path.boundingRect()
        return rect.height() if self._style.direction == "down" else rect.width() - _LONGER_LABEL


class LabelItem(QGraphicsRectItem):
    """The shape that a wire carries, beside its middle."""

    def __init__(self, style: CardStyle, edge: Edge) -> None:
        super().__init__()
        self.edge = edge
        self._style = style
        self.text = ""
        self._line: QStaticText | None = None
        self.setPen(Qt.PenStyle.NoPen)
        self.setZValue(-0.5)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)

    def show_text(self, text: str) -> None:
        """Show another shape."""
        if text == self.text:
            return
        self.text, self._line = text, None
        metrics = QFontMetricsF(self._style.shape_font)
        width, height = metrics.horizontalAdvance(text) + 10, metrics.height() + 4
        self.setRect(QRectF(-width / 2, -height / 2, width, height))

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Paint the text over the wire."""
        style = self._style
        if style.title_only:
            return
        if self._line is None:
            self._line = prepared(self.text, style.shape_font, self.rect().width())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(style.chip)
        painter.drawRoundedRect(self.rect(), 4, 4)
        painter.setPen(style.muted)
        painter.setFont(style.shape_font)
        size = self._line.size()
        painter.drawStaticText(QPointF(-size.width() / 2, -size.height() / 2), self._line)


def wire_pen(theme: Theme, spec: TensorSpec | None, wrong: bool, marked: bool) -> QPen:
    """Return the pen of a wire: by dtype, dashed while unknown, red where it does not fit."""
    if marked:
        return _pen(theme.accent_text, _WIDTH + 2.2)
    if wrong:
        return _pen(theme.error, _WIDTH + 0.4)
    if spec is None:
        return _pen(theme.text_muted, _WIDTH, Qt.PenStyle.DashLine)
    return _pen(theme.dtypes.get(spec.dtype, theme.text_muted), _WIDTH)


@cache
def _pen(colour: str, width: float, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
    """Return the same pen for the same look: of that, each wire would make one of its own."""
    pen = QPen(QColor(colour), width)
    pen.setStyle(style)
    return pen
