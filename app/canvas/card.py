"""The item of one node: paints everything of the card itself, from shared pictures and texts."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QGraphicsRectItem, QStyleOptionGraphicsItem, QWidget

from app.canvas.card_style import BLOCK, OUTER, Blank, CardStyle, outer, paint_port
from app.canvas.card_texts import CHIP_PADDING, LEFT, LINK, CardTexts, card_texts, is_short
from app.canvas.content import Content, PortNames
from app.canvas.geometry import beyond, port_offset
from app.canvas.pictures import Look, drawn
from app.canvas.texts import TIMES_PADDING, Line
from app.canvas.title import Title, far_titles, title_of
from app.layout.measures import PORT_RADIUS
from app.look import icons
from app.overlays.colour_map import ink
from graph_model.network import NodeId

_NAME_BAND: Final = 18.0
"""The height of the names shown beside ports."""
_BOUNDING: Final = OUTER.adjusted(0, -_NAME_BAND, 0, _NAME_BAND)
_LONGEST_NAME: Final = 160.0
_MOST_NAMES: Final = 8
"""Up to how many ports of a side are named at once; of more, the one below the mouse."""
_BOUNDING_RIGHTWARDS: Final = OUTER.adjusted(-_LONGEST_NAME, 0, _LONGEST_NAME, 0)


class CardItem(QGraphicsRectItem):
    """One node on the canvas, which says what it is told to. Its position is the card's centre.

    Its rectangle is what it may paint on: Qt asks for that often, and here without Python.
    """

    def __init__(
        self,
        node: NodeId,
        tell: Callable[[NodeId], Content],
        tell_ports: Callable[[NodeId], PortNames],
        style: CardStyle,
    ) -> None:
        super().__init__()
        self.node = node
        self._tell, self._tell_ports = tell, tell_ports
        self._port_names: PortNames | None = None
        self._content: Content | None = None
        self._blank: Blank | None = None
        self._shown: tuple[object, ...] = ()
        self._wider = QPointF()
        self._look = Look()
        self.is_selected = False
        self.is_hovered = False
        self.is_turned = False
        self.fill = ""
        self.hovered_port: tuple[str, bool] | None = None
        self.fits: Mapping[tuple[str, bool], bool] = {}
        self._style = style
        self._lines: CardTexts | None = None
        self._far_title: Title | None = None
        self._names_ports = False
        self.setPen(Qt.PenStyle.NoPen)
        self._take_room()

    @property
    def content(self) -> Content:
        """What it says, worked out when it is first seen or asked for."""
        if self._content is None:
            self._names(inputs=True)
            told = self._content = self._tell(self.node)
            names_ports = told.family == BLOCK and any(
                1 < len(names) <= _MOST_NAMES for names in (told.inputs, told.outputs)
            )
            if names_ports is not self._names_ports:
                self._names_ports = names_ports
                self._take_room()
        return self._content

    def _names(self, *, inputs: bool) -> tuple[str, ...]:
        """Return the ports of one side; make room for those that reach beyond the card."""
        if self._port_names is None:
            self._port_names = self._tell_ports(self.node)
            into, out = self._port_names
            wider = beyond(len(into), len(out), self._style.direction)
            if wider != self._wider:
                self._wider = wider
                self._take_room()
        return self._port_names[0 if inputs else 1]

    def renew(self) -> None:
        """Say what is to be said by now."""
        self._port_names = None
        if self._content is not None:
            self._content = self._lines = self._far_title = self._blank = None
            self._look_anew()

    def renew_if_other(self) -> None:
        """Say what is to be said by now, where that is anything else."""
        if self._content is not None and self._tell(self.node) != self._content:
            self.renew()

    def set_selected(self, selected: bool) -> None:
        """Show the card selected or not."""
        if selected != self.is_selected:
            self.is_selected = selected
            self.setZValue(1 if selected else 0)
            self._look_anew()

    def set_hovered(self, hovered: bool, port: tuple[str, bool] | None = None) -> None:
        """Show that the mouse is over the card, and over which port (name, whether an input)."""
        if (hovered, port) != (self.is_hovered, self.hovered_port):
            was_hovered, self.is_hovered, self.hovered_port = self.is_hovered, hovered, port
            if hovered is not was_hovered:
                self._take_room()
                self._look_anew()
            self.update()

    def set_fits(self, fits: Mapping[tuple[str, bool], bool]) -> None:
        """Show which ports (name, whether an input) the wire being dragged would fit."""
        if fits != self.fits:
            self.fits = fits
            self.update()

    def ports(self, *, inputs: bool) -> list[tuple[str, QPointF]]:
        """Return each port on one side and where it lies in the scene."""
        names = self._names(inputs=inputs)
        return [
            (name, self.pos() + self._offset(index, len(names), is_input=inputs))
            for index, name in enumerate(names)
        ]

    def port(self, name: str, *, is_input: bool) -> QPointF | None:
        """Return where a port lies in the scene."""
        names = self._names(inputs=is_input)
        if name not in names:
            return None
        return self.pos() + self._offset(names.index(name), len(names), is_input=is_input)

    def set_turned(self, is_turned: bool) -> None:
        """Let inputs and outputs change sides, or lie where they usually do."""
        if is_turned != self.is_turned:
            self.is_turned = is_turned
            self._look_anew()

    def set_fill(self, fill: str) -> None:
        """Have the colour of a quantity, ``#RRGGBB``, or none."""
        if fill != self.fill:
            self.fill = fill
            self._look_anew()

    def _pens(self) -> tuple[QPen, QPen]:
        """Return what is written with, and what the lesser lines are written with."""
        if self.fill:
            pen = QPen(QColor(ink(self.fill)))
            return pen, pen
        return self._style.text, self._style.muted

    def _offset(self, index: int, count: int, *, is_input: bool) -> QPointF:
        return port_offset(
            index,
            count,
            is_input=is_input,
            direction=self._style.direction,
            is_turned=self.is_turned,
        )

    def _pill(self, port: QPointF, width: float) -> QRectF:
        """Return where the name of a port stands: beyond it, seen from the card's centre."""
        if self._style.direction == "down":
            middle = QPointF(port.x(), port.y() + math.copysign(16, port.y()))
        else:
            middle = QPointF(port.x() + math.copysign(10 + width / 2, port.x()), port.y())
        return QRectF(middle.x() - width / 2, middle.y() - 8, width, 16)

    def shape_area(self) -> QRectF:
        """Return where in the scene its shape stands; nowhere while only its title is shown."""
        return self._area(self._texts().shape if self.content.shape else None)

    def name_shown(self) -> str:
        """Return what there is room for of its name, seen from near by."""
        return self._texts().name.text.text()

    def count_area(self) -> QRectF:
        """Return where in the scene its parameter count stands, if anywhere."""
        return self._area(self._texts().parameters)

    def _area(self, line: Line | None) -> QRectF:
        return QRectF() if line is None or self._style.title_only else line.area(self.pos())

    def _texts(self) -> CardTexts:
        if self._lines is None:
            self._lines = card_texts(self._style, self.content)
        return self._lines

    def _take_room(self) -> None:
        """Let the item take what the card may paint on: more where it names its ports."""
        rect, wider = OUTER, self._wider
        if self.is_hovered or self._names_ports:
            rect = _BOUNDING if self._style.direction == "down" else _BOUNDING_RIGHTWARDS
        self.setRect(rect.adjusted(-wider.x(), -wider.y(), wider.x(), wider.y()))
        self._corner = OUTER.topLeft() - wider

    def _look_anew(self) -> None:
        """Be painted anew: the pictures that were drawn of it show it no longer."""
        self._look, self._blank = Look(), None
        self.update()

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Paint the card, where that can be by the picture of it."""
        style = self._style
        picture = None
        if style.shows_pictures:
            picture = style.pictures.picture_of(self._look, style.level, self._picture)
        if picture is not None:
            painter.drawPixmap(self._corner, picture)
        else:
            self._paint_card(painter)
        if self.fits or self.hovered_port:
            self._paint_lively_ports(painter)
        if not style.title_only and (self.is_hovered or self._names_ports):
            self._paint_port_names(painter)

    def _picture(self) -> QPixmap:
        """Return a picture of the card as it is to be seen now."""
        area = outer(self._blank_shown())
        return drawn(area, self._style.scale, self._paint_card)

    def _paint_card(self, painter: QPainter) -> None:
        """Paint what stays as it is while the mouse passes over its ports."""
        style = self._style
        lines = self._texts()
        style.paint_blank(painter, self._blank_shown())
        painter.setPen(self._pens()[0])
        if style.title_only:
            self._paint_title(painter, self._title(lines))
        else:
            self._paint_details(painter, lines)
        if self.content.times:
            self._paint_times(painter, lines)

    def _blank_shown(self) -> Blank:
        """Return the empty card as it is to be seen now."""
        style = self._style
        shown = (style.direction, style.title_only, style.is_far)
        if self._blank is None or shown != self._shown:
            self._blank, self._shown = self._new_blank(style.title_only), shown
        return self._blank

    def _new_blank(self, title_only: bool) -> Blank:
        content = self.content
        return Blank(
            content.family,
            content.glyph,
            content.standing,
            self.is_selected,
            self.is_hovered,
            len(content.inputs),
            len(content.outputs),
            content.optional,
            is_short(content),
            bool(content.times),
            self.is_turned,
            self._style.direction,
            title_only,
            not self._style.is_far,
            self.fill,
        )

    def _title(self, lines: CardTexts) -> Title:
        """Return its title at this zoom."""
        if not self._style.is_far:
            return lines.title
        if self._far_title is None:
            content = self.content
            self._far_title = title_of(content.name, content.shape, content.times, far_titles())
        return self._far_title

    def _paint_title(self, painter: QPainter, title: Title) -> None:
        style = self._style
        shape = title.shape if style.shows_shapes else None
        title.paint_name(painter, above_shape=shape is not None)
        if shape is not None:
            painter.setFont(style.title_fonts.shape)
            painter.setPen(self._pens()[1])
            shape.paint(painter)

    def _paint_details(self, painter: QPainter, lines: CardTexts) -> None:
        style = self._style
        painter.setFont(style.name_font)
        lines.name.paint(painter)
        painter.setFont(style.small_font)
        painter.setPen(self._pens()[1])
        for line in lines.small:
            line.paint(painter)
        size = lines.shape.text.size()
        chip = QRectF(LEFT, lines.shape.middle - 9, size.width() + 2 * CHIP_PADDING, 18)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(style.chip)
        painter.drawRoundedRect(chip, 4, 4)
        painter.setFont(style.shape_font)
        painter.setPen(style.text if self.content.shape else style.muted)
        lines.shape.paint(painter)
        if lines.link is not None:
            colour = self._pens()[1].color().name()
            painter.drawPixmap(lines.link, icons.pixmap("link", colour, LINK, style.scale))

    def _paint_times(self, painter: QPainter, lines: CardTexts) -> None:
        """Paint how often a block is repeated, to be read from the last row."""
        style = self._style
        times = self._title(lines).times if style.title_only else lines.times
        assert times is not None
        size = times.text.size()
        pill = QRectF(times.left, times.middle - size.height() / 2, size.width(), size.height())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(style.theme.family(self.content.family))
        painter.drawRoundedRect(pill.adjusted(-TIMES_PADDING, -1, TIMES_PADDING, 1), 8, 8)
        painter.setPen(style.theme.color("raised"))
        painter.setFont(style.title_fonts.best.font if style.title_only else style.times_font)
        times.paint(painter)

    def _paint_lively_ports(self, painter: QPainter) -> None:
        """Paint ports over those of the picture, where they have something to tell."""
        theme = self._style.theme
        for names, is_input in ((self.content.inputs, True), (self.content.outputs, False)):
            for index, name in enumerate(names):
                fits = self.fits.get((name, is_input))
                hovered = (name, is_input) == self.hovered_port
                if fits is None and not hovered:
                    continue
                token = {None: "accent", True: "success", False: "error"}[fits]
                colour = theme.color(token)
                at = self._offset(index, len(names), is_input=is_input)
                fill = theme.color("raised") if fits is False else colour
                paint_port(painter, at, colour, fill, PORT_RADIUS + (2.5 if hovered else 1))

    def _paint_port_names(self, painter: QPainter) -> None:
        """Paint the names of ports where there is more than one, or the mouse is on it."""
        style = self._style
        ground, pen = style.theme.color("text"), style.theme.color("raised")
        if not self.is_hovered:
            ground, pen = style.chip, style.theme.color("text_muted")
        painter.setFont(style.small_font)
        metrics = QFontMetricsF(style.small_font)
        for names, is_input in ((self.content.inputs, True), (self.content.outputs, False)):
            for index, name in enumerate(names):
                is_told = 1 < len(names) <= _MOST_NAMES
                if not is_told and (name, is_input) != self.hovered_port:
                    continue
                at = self._offset(index, len(names), is_input=is_input)
                width = metrics.horizontalAdvance(name) + 10
                pill = self._pill(at, width)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(ground)
                painter.drawRoundedRect(pill, 4, 4)
                painter.setPen(pen)
                painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, name)
