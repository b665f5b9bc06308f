"""What all cards share: theme, zoom, fonts, and pictures of empty cards."""

from __future__ import annotations

import math
from functools import lru_cache, partial
from typing import Final, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen, QPolygonF

from app.canvas.content import Standing
from app.canvas.geometry import CARD, beyond, port_offset
from app.canvas.pictures import Pictures, drawn
from app.canvas.texts import plain
from app.canvas.title import TitleFonts, far_titles, near_titles
from app.layout.measures import GRID, PORT_RADIUS
from app.look import icons
from app.look.theme import Theme, monospace_font, ui_font
from app.overlays.colour_map import ink
from graph_model.network import Direction

TITLE_ONLY_BELOW: Final = 0.75
"""The zoom below which a card shows its name and shape alone, the larger."""
_FAR_BELOW: Final = 0.42
"""The zoom below which names are larger still, without the glyph before them."""

_SHAPES_FROM: Final = 0.45
"""The zoom below which of these it shows its name alone."""

MARGIN: Final = 12
"""What a card paints beyond its edge: shadow, ports and their halos."""

OUTER: Final = CARD.adjusted(-MARGIN, -MARGIN, MARGIN, MARGIN)
NAME_ROW: Final = -23.0
"""The middle of the line with the name."""

SHORTER: Final = 5.0
"""How much nearer to the middle the lines lie where there is none of parameters."""

BLOCK: Final = "block"
"""The family of all uses of blocks."""

_TINT: Final = 0.07
_STACKED: Final = 4
"""How far each further card of a stack lies to the right and below."""
_STANDINGS: Final = {"error": "error", "warning": "warning"}
_DOTS_FROM: Final = 0.5
_DOT_STEP: Final = 3 * GRID
_DOTS_AT_ONCE: Final = 8 * _DOT_STEP
"""Up to how much more room than is painted dots are made for, so that they can be used again."""
_COARSEST: Final = 0.125
_FINEST: Final = 6.0
"""The scales of pictures at least, and at most: from the nearest, with two pixels for one."""
_SCALE_STEP: Final = 2**0.5
"""From one scale to the next while the zoom is changing: pictures of one serve up to the next."""
_ALMOST: Final = 0.01
"""By what part of a step a zoom may be beyond a scale and still be shown by its pictures."""
_CORNER: Final = 8
_STRIP: Final = 5
_GLYPH: Final = 16
_TITLE_GLYPH: Final = 30
_SHADOW: Final = ((6, 5), (4, 7), (2, 10))
"""How far each of its layers spreads, and how dark it is out of 255."""


class Blank(NamedTuple):
    """All that tells the picture of one empty card from that of another."""

    family: str
    glyph: str
    standing: Standing
    is_selected: bool
    is_hovered: bool
    inputs: int
    outputs: int
    optional: frozenset[int]
    """The indices of inputs that may stay open."""
    is_short: bool
    """Whether there is no line of parameters."""
    is_repeated: bool
    is_turned: bool
    direction: Direction
    title_only: bool
    has_glyph: bool
    fill: str = ""
    """The colour that it has for a quantity, if for any."""


class CardStyle:
    """What the cards and wires of a view share.

    ``is_vector`` is for painting into a file, ``keeps_pictures`` for what is painted often.
    """

    def __init__(
        self, theme: Theme, *, is_vector: bool = False, keeps_pictures: bool = False
    ) -> None:
        self.is_vector = is_vector
        self._keeps_pictures = keeps_pictures
        self.direction: Direction = "down"
        self.zoom = self.scale = 1.0
        self.is_passing = False
        """Whether the zoom is about to change again: what is seen now is seen for a moment."""
        self.pictures = Pictures()
        self.name_font = plain(ui_font(13, QFont.Weight.DemiBold))
        self.small_font = plain(ui_font(11))
        self.times_font = plain(ui_font(18, QFont.Weight.DemiBold))
        self.shape_font = plain(monospace_font(11))
        self.set_zoom(1.0)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Follow another theme."""
        self.theme = theme
        self.text = QPen(theme.color("text"))
        self.muted = QPen(theme.color("text_muted"))
        self.dots = QPen(theme.color("grid_strong"))
        self.chip = theme.color("canvas")
        self.pictures.clear()

    def set_zoom(self, zoom: float, pixel_ratio: float = 1.0, *, is_passing: bool = False) -> None:
        """Follow the zoom; while it ``is_passing``, pictures are made for steps of it."""
        self.zoom, self.is_passing = zoom, is_passing
        self.scale = wanted = max(_COARSEST, min(_FINEST, zoom * pixel_ratio))
        if is_passing:
            steps = math.ceil(math.log(wanted / _COARSEST, _SCALE_STEP) - _ALMOST)
            self.scale = _COARSEST * _SCALE_STEP**steps
        self.title_only = zoom < TITLE_ONLY_BELOW
        self.is_far = zoom < _FAR_BELOW
        self.level = (self.scale, self.title_only, self.is_far, self.shows_shapes)

    @property
    def shows_pictures(self) -> bool:
        """Whether a card is painted as a picture of all of it.

        Not while its details pass, for letters that are read do not bear to be stretched.
        """
        return self._keeps_pictures and (self.title_only or not self.is_passing)

    @property
    def title_fonts(self) -> TitleFonts:
        """The fonts of titles at this zoom."""
        return far_titles() if self.is_far else near_titles()

    @property
    def shows_shapes(self) -> bool:
        """Whether a shape can be read on a card that shows little else."""
        return self.zoom >= _SHAPES_FROM

    def paint_dots(self, painter: QPainter, rect: QRectF) -> None:
        """Paint the dots of the grid, where they do not run into one another."""
        if self.zoom < _DOTS_FROM:
            return
        painter.setPen(self.dots)
        left, top = (int(each) // _DOT_STEP * _DOT_STEP for each in (rect.left(), rect.top()))
        across, down = rect.right() - left, rect.bottom() - top
        painter.translate(left, top)
        painter.drawPoints(_dots(*(math.ceil(each / _DOTS_AT_ONCE) for each in (across, down))))
        painter.translate(-left, -top)

    def paint_blank(self, painter: QPainter, blank: Blank) -> None:
        """Paint an empty card around the origin."""
        if self.is_vector:
            _paint(painter, self.theme, blank, 4.0)
            return
        area, scale = outer(blank), self.scale
        paint = partial(_paint, theme=self.theme, blank=blank, scale=scale)
        picture = self.pictures.shared_picture((blank, scale), lambda: drawn(area, scale, paint))
        painter.drawPixmap(area.topLeft(), picture)


@lru_cache(maxsize=256)
def _dots(across: int, down: int) -> QPolygonF:
    """Return the dots of the grid for so many times as much room as is prepared at once."""
    columns, rows = (each * _DOTS_AT_ONCE // _DOT_STEP for each in (across, down))
    return QPolygonF(
        [QPointF(x * _DOT_STEP, y * _DOT_STEP) for x in range(columns + 1) for y in range(rows + 1)]
    )


def paint_port(painter: QPainter, at: QPointF, edge: QColor, fill: QColor, radius: float) -> None:
    """Paint one port."""
    painter.setPen(QPen(edge, 1.5))
    painter.setBrush(fill)
    painter.drawEllipse(at, radius, radius)


def faded(colour: QColor, alpha: float) -> QColor:
    """Return a colour with less opacity."""
    result = QColor(colour)
    result.setAlphaF(alpha)
    return result


def mixed(one: QColor, other: QColor, share: float) -> QColor:
    """Return what is seen where another colour covers a share of one."""
    red, green, blue = (
        a + (b - a) * share
        for a, b in (
            (one.redF(), other.redF()),
            (one.greenF(), other.greenF()),
            (one.blueF(), other.blueF()),
        )
    )
    return QColor.fromRgbF(red, green, blue)


def outer(blank: Blank) -> QRectF:
    """Return what the picture of an empty card takes, around its centre."""
    wider = beyond(blank.inputs, blank.outputs, blank.direction)
    return OUTER.adjusted(-wider.x(), -wider.y(), wider.x(), wider.y())


def _paint(painter: QPainter, theme: Theme, blank: Blank, scale: float) -> None:
    _paint_shadow(painter, theme)
    if blank.is_repeated:
        _paint_stack(painter, theme)
    body = QPainterPath()
    body.addRoundedRect(CARD, _CORNER, _CORNER)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(blank.fill) if blank.fill else theme.color("raised"))
    painter.drawPath(body)
    if blank.family == BLOCK and not blank.fill:
        painter.setBrush(faded(theme.family(BLOCK), _TINT))
        painter.drawPath(body)
    strip = QPainterPath()
    strip.addRect(QRectF(CARD.left(), CARD.top(), _STRIP, CARD.height()))
    painter.setBrush(theme.family(blank.family))
    painter.drawPath(body & strip)
    if blank.family == BLOCK:
        _paint_inner_edge(painter, theme, blank)
    _paint_edge(painter, theme, blank)
    if blank.family and blank.has_glyph:
        _paint_glyph(painter, theme, blank, scale)
    _paint_ports(painter, theme, blank)


def _paint_shadow(painter: QPainter, theme: Theme) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    for spread, darkness in _SHADOW:
        painter.setBrush(faded(theme.color("shadow"), darkness * (4 if theme.is_dark else 1) / 255))
        rect = CARD.adjusted(-spread, -spread + 2, spread, spread + 2)
        painter.drawRoundedRect(rect, _CORNER + spread, _CORNER + spread)


def _paint_stack(painter: QPainter, theme: Theme) -> None:
    """Paint the edges of further cards below the card."""
    painter.setPen(QPen(faded(theme.family(BLOCK), 0.8), 1))
    painter.setBrush(theme.color("raised"))
    for step in (2 * _STACKED, _STACKED):
        painter.drawRoundedRect(CARD.translated(step, step), _CORNER, _CORNER)


def _paint_inner_edge(painter: QPainter, theme: Theme, blank: Blank) -> None:
    """Paint the second of the two edges by which a block is known."""
    token = _STANDINGS.get(blank.standing)
    own = QColor(ink(blank.fill)) if blank.fill else theme.family(BLOCK)
    colour = theme.color(token) if token else faded(own, 0.55)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour, 1))
    inner = CARD.adjusted(_STRIP + 3.5, 3.5, -3.5, -3.5)
    painter.drawRoundedRect(inner, _CORNER - 3, _CORNER - 3)


def _paint_edge(painter: QPainter, theme: Theme, blank: Blank) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    token = _STANDINGS.get(blank.standing)
    if blank.is_selected:
        painter.setPen(QPen(faded(theme.color("accent"), 0.3), 4))
        painter.drawRoundedRect(CARD.adjusted(-2, -2, 2, 2), _CORNER + 2, _CORNER + 2)
        painter.setPen(QPen(theme.color(token or "accent"), 2))
    elif token:
        painter.setPen(QPen(theme.color(token), 2))
    elif blank.family == BLOCK:
        painter.setPen(QPen(theme.family(BLOCK), 1.5 if blank.is_hovered else 1))
    else:
        painter.setPen(QPen(theme.color("text_muted" if blank.is_hovered else "border_strong"), 1))
    painter.drawRoundedRect(CARD.adjusted(0.5, 0.5, -0.5, -0.5), _CORNER, _CORNER)


def _paint_glyph(painter: QPainter, theme: Theme, blank: Blank, scale: float) -> None:
    size = _TITLE_GLYPH if blank.title_only else _GLYPH
    middle = 0.0 if blank.title_only else NAME_ROW + (SHORTER if blank.is_short else 0)
    colour = ink(blank.fill) if blank.fill else theme.family(blank.family).name()
    glyph = icons.pixmap(f"family/{blank.glyph}", colour, size, scale)
    painter.drawPixmap(QPointF(CARD.left() + _STRIP + 9, middle - size / 2), glyph)


def _paint_ports(painter: QPainter, theme: Theme, blank: Blank) -> None:
    edge, fill = theme.color("text_muted"), theme.color("raised")
    for count, is_input in ((blank.inputs, True), (blank.outputs, False)):
        places = [
            port_offset(
                index,
                count,
                is_input=is_input,
                direction=blank.direction,
                is_turned=blank.is_turned,
            )
            for index in range(count)
        ]
        if beyond(count, 0, blank.direction) != QPointF():
            painter.setPen(QPen(edge, 2))
            painter.drawLine(places[0], places[-1])
        for index, at in enumerate(places):
            is_optional = is_input and index in blank.optional
            colour = theme.color("border_strong") if is_optional else edge
            paint_port(painter, at, colour, fill, PORT_RADIUS)
