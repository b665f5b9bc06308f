"""The item of one node: paints everything of the card itself, from shared pixmaps and texts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPen,
    QPixmap,
    QStaticText,
)
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from app.canvas.content import Content
from app.canvas.geometry import CARD, HEIGHT, PORT_RADIUS, WIDTH, port_offset
from app.theme import Theme, monospace_font, ui_font
from graph_model.network import NodeId

TITLE_ONLY_BELOW: Final = 0.55
_MARGIN: Final = 12
_BOUNDING: Final = CARD.adjusted(-_MARGIN, -_MARGIN, _MARGIN, _MARGIN)
_STRIP: Final = 5
_LEFT: Final = -WIDTH / 2 + _STRIP + 10
_RIGHT: Final = WIDTH / 2 - 12


class Look:
    """What all cards of a view share: the theme, the zoom, fonts and pixmaps."""

    def __init__(self, theme: Theme) -> None:
        self.zoom = 1.0
        self.bucket = 1.0
        self.name_font = ui_font(13)
        self.name_font.setWeight(QFont.Weight.DemiBold)
        self.kind_font = ui_font(11)
        self.shape_font = monospace_font(11)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Follow another theme."""
        self.theme = theme
        self.text = QPen(theme.color("text"))
        self.muted = QPen(theme.color("text_muted"))
        self.error = QPen(theme.color("error"))
        self._backgrounds: dict[tuple[str, str, float], QPixmap] = {}

    def set_zoom(self, zoom: float) -> None:
        """Follow the zoom; pixmaps are made for steps of √2."""
        self.zoom = zoom
        bucket = 0.25
        while bucket < zoom * 0.999 and bucket < 4:
            bucket *= 2**0.5
        self.bucket = bucket


    def background(self, family: str, state: str) -> QPixmap:
        """Return the picture of an empty card; ``state`` is its standing, ``+`` if selected."""
        key = (family, state, self.bucket)
        if key not in self._backgrounds:
            self._backgrounds[key] = _background(self.theme, *key)
        return self._backgrounds[key]


def _background(theme: Theme, family: str, state: str, scale: float) -> QPixmap:
    rect = _BOUNDING
    pixmap = QPixmap(round(rect.width() * scale), round(rect.height() * scale))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(scale, scale)
    painter.translate(-rect.topLeft())
    _paint_background(painter, theme, family, state)
    painter.end()
    pixmap.setDevicePixelRatio(scale)
    return pixmap


def _paint_background(painter: QPainter, theme: Theme, family: str, state: str) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    for spread, alpha in ((4, 8), (2, 12), (1, 16)):
        shadow = theme.color("shadow")
        shadow.setAlpha(alpha * (3 if theme.is_dark else 1))
        painter.setBrush(shadow)
        painter.drawRoundedRect(CARD.adjusted(-spread, -spread + 2, spread, spread + 2), 10, 10)
    selected = state.endswith("+")
    edges = {"error": "error", "warning": "warning"}
    edge = theme.color("accent" if selected else edges.get(state, "border_strong"))
    painter.setPen(QPen(edge, 2 if selected or state != "fine" else 1))
    painter.setBrush(theme.color("raised"))
    painter.drawRoundedRect(CARD, 8, 8)
    if state.rstrip("+") == "error" and selected:
        painter.setPen(QPen(theme.color("error"), 1))
        painter.drawRoundedRect(CARD.adjusted(3, 3, -3, -3), 6, 6)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.family(family))
    painter.drawRoundedRect(QRectF(-WIDTH / 2 + 6, -HEIGHT / 2 + 10, _STRIP - 1, HEIGHT - 20), 2, 2)


class CardItem(QGraphicsItem):
    """One node on the canvas. Its position is the centre of the card."""

    def __init__(self, node: NodeId, content: Content, look: Look) -> None:
        super().__init__()
        self.node = node
        self.is_selected = False
        self.hovered_port: str | None = None
        self.fits: Mapping[tuple[str, bool], bool] = {}
        self._look = look
        self._texts: dict[str, QStaticText] | None = None
        self.content = content

    def set_content(self, content: Content) -> None:
        """Say something else, if it is."""
        if content != self.content:
            self.content = content
            self._texts = None
            self.update()

    def set_selected(self, selected: bool) -> None:
        """Show the card selected or not."""
        if selected != self.is_selected:
            self.is_selected = selected
            self.setZValue(1 if selected else 0)
            self.update()

    def set_fits(self, fits: Mapping[tuple[str, bool], bool]) -> None:
        """Show which ports (name, whether an input) the wire being dragged would fit."""
        if fits != self.fits:
            self.fits = fits
            self.update()

    def ports(self, *, inputs: bool) -> list[tuple[str, QPointF]]:
        """Return each port on one side and where it lies in the scene."""
        names = self.content.inputs if inputs else self.content.outputs
        return [
            (name, self.pos() + port_offset(index, len(names), is_input=inputs))
            for index, name in enumerate(names)
        ]

    def port(self, name: str, *, is_input: bool) -> QPointF | None:
        """Return where a port lies in the scene."""
        return dict(self.ports(inputs=is_input)).get(name)

    def boundingRect(self) -> QRectF:
        return _BOUNDING

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        look = self._look
        if self._texts is None:
            self._texts = self._prepared()
        texts = self._texts
        state = self.content.standing + ("+" if self.is_selected else "")
        painter.drawPixmap(_BOUNDING.topLeft(), look.background(self.content.family, state))
        painter.setPen(look.text)
        painter.setFont(look.name_font)
        painter.drawStaticText(QPointF(_LEFT, -HEIGHT / 2 + 8), texts["name"])
        if look.zoom >= TITLE_ONLY_BELOW:
            self._paint_details(painter, texts)
        self._paint_ports(painter)

    def _paint_details(self, painter: QPainter, texts: dict[str, QStaticText]) -> None:
        look = self._look
        painter.setPen(look.muted)
        painter.setFont(look.kind_font)
        right = _RIGHT - texts["kind"].size().width()
        painter.drawStaticText(QPointF(right, -HEIGHT / 2 + 10), texts["kind"])
        painter.drawStaticText(QPointF(_LEFT, -7), texts["summary"])
        if "count" in texts:
            width = texts["count"].size().width()
            painter.drawStaticText(QPointF(_RIGHT - width, HEIGHT / 2 - 23), texts["count"])
        painter.setFont(look.shape_font)
        painter.setPen(look.text if self.content.shape else look.muted)
        painter.drawStaticText(QPointF(_LEFT, HEIGHT / 2 - 23), texts["shape"])

    def _paint_ports(self, painter: QPainter) -> None:
        theme = self._look.theme
        for is_input, names in ((True, self.content.inputs), (False, self.content.outputs)):
            for index, name in enumerate(names):
                at = port_offset(index, len(names), is_input=is_input)
                fits = self.fits.get((name, is_input))
                if fits is None:
                    colour = theme.color("text_muted")
                else:
                    colour = theme.color("success" if fits else "error")
                hovered = name == self.hovered_port
                radius = PORT_RADIUS + (2 if hovered or fits else 0)
                hollow = name in self.content.optional and fits is None
                painter.setPen(QPen(colour, 1.5))
                painter.setBrush(theme.color("raised") if hollow or not fits else colour)
                painter.drawEllipse(at, radius, radius)

    def _prepared(self) -> dict[str, QStaticText]:
        look, content = self._look, self.content
        room = WIDTH - _STRIP - 22
        kind = content.kind
        kind_width = QFontMetricsF(look.kind_font).horizontalAdvance(kind)
        texts = {
            "name": _text(content.name, look.name_font, room - kind_width - 10),
            "kind": _text(kind, look.kind_font, room),
            "summary": _text(content.summary, look.kind_font, room),
        }
        used = 0.0
        if content.count:
            texts["count"] = _text(content.count, look.kind_font, room)
            used = texts["count"].size().width() + 8
        texts["shape"] = _text(content.shape or "?", look.shape_font, room - used)
        return texts


def _text(text: str, font: QFont, room: float) -> QStaticText:
    """Return text ready to paint, shortened to the room there is."""
    metrics = QFontMetricsF(font)
    prepared = QStaticText(metrics.elidedText(text, Qt.TextElideMode.ElideRight, room))
    prepared.setTextFormat(Qt.TextFormat.PlainText)
    prepared.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
    prepared.prepare(font=font)
    return prepared


def faded(colour: QColor, alpha: float) -> QColor:
    """Return a colour with less opacity."""
    result = QColor(colour)
    result.setAlphaF(alpha)
    return result
