"""The whole network seen from far away, painted from flat arrays without asking any item."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property, lru_cache, partial
from itertools import count
from typing import Final, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from app.canvas.batch import Area, Four, Lines, Rectangles, Rows, area_of, meets
from app.canvas.card_style import BLOCK, CardStyle, mixed
from app.canvas.content import times_text
from app.canvas.pictures import Sheet, sheet
from app.canvas.texts import Line, plain, prepared
from app.canvas.title import farthest_titles, title_of
from app.layout.measures import HEIGHT, WIDTH
from app.look.theme import Theme, ui_font
from app.overlays.colour_map import ink
from app.project.state import State
from graph_model.findings.unfinished import timely
from graph_model.inference.arguments import as_owner
from graph_model.network import Edge, NodeId, Position

BELOW: Final = 0.33
"""The zoom below which cards are drawn as plain rectangles, with their names at most."""

_EDGE: Final = 20
_INSET: Final = 12
"""How far within a block its second edge is drawn."""
_TIMES: Final = 54
_LEGIBLE: Final = 8
"""The size in pixels on the screen below which nothing is written."""
_NAMES_FROM: Final = 0.18
"""The zoom from which on names are written upon the rectangles."""
_INSETS_FROM: Final = 0.1
"""The zoom from which on the second edge of a block can be told from the first."""

_UNFILLED: Final = "border"
"""The colour of a card of which a quantity is not known, while others have theirs."""

_ORIGIN: Final = QPointF()
_EDITIONS: Final = count()
"""Numbers for all overviews."""


class Overview:
    """The cards of one state as rectangles in the colours of their families, its wires as lines."""

    def __init__(self, state: State, centres: Mapping[NodeId, Position]) -> None:
        network, inference = state.network, state.inference
        self._edition = next(_EDITIONS)
        kinds = {node.kind for node in network.nodes.values()}
        families = {kind: _family(state, kind) for kind in kinds}
        places = {id: _card(centres[id]) for id in network.nodes}
        members: dict[str, dict[NodeId, Four]] = {BLOCK: {}}
        for id, node in network.nodes.items():
            members.setdefault(families[node.kind], {})[id] = places[id]
        self._cards = Rectangles(places)
        self._families = {family: Rectangles(cards) for family, cards in members.items()}
        self._family_of = {id: family for family, cards in members.items() for id in cards}
        lines = {
            port: _line(places[edge.source.node], places[edge.target.node])
            for port, edge in network.edges.items()
        }
        self._wires = Lines(lines)
        self._names = {id: node.name for id, node in network.nodes.items()}
        self._times = {
            id: times
            for id, node in network.nodes.items()
            if (owner := as_owner(network, node)).repeat != 1
            and (times := times_text(owner, inference.nodes[id], inference.scope))
        }
        self._fills: Mapping[NodeId, str] = {}
        self._filled: dict[str, Rectangles[NodeId]] = {}
        told = timely(inference, inference.problems)
        self._wrong = {each.node for each in told if each.is_error} & centres.keys()

    def move(self, centres: Mapping[NodeId, Position], edges: Iterable[Edge]) -> None:
        """Show cards elsewhere, and the ``edges`` that end there."""
        for id, centre in centres.items():
            for cards in (self._cards, self._families[self._family_of[id]]):
                cards.move(id, _card(centre))
            if self._filled:
                self._filled[self._fills.get(id, "")].move(id, _card(centre))
            if "_insets" in self.__dict__ and id in self._insets:
                self._insets.move(id, _within(_card(centre), _INSET))
        for edge in edges:
            ends = self._cards[edge.source.node], self._cards[edge.target.node]
            self._wires.move(edge.target, _line(*ends))

    def fill(self, fills: Mapping[NodeId, str]) -> None:
        """Show cards in the colours of a quantity, the others without any; or in their own."""
        if fills is self._fills:
            return
        self._edition, self._fills = next(_EDITIONS), fills
        members: dict[str, dict[NodeId, Four]] = {}
        for id in self._names if fills else ():
            members.setdefault(fills.get(id, ""), {})[id] = self._cards[id]
        self._filled = {fill: Rectangles(cards) for fill, cards in members.items()}

    @cached_property
    def _insets(self) -> Rectangles[NodeId]:
        """The second edges of blocks, once they are seen."""
        blocks = [id for id, family in self._family_of.items() if family == BLOCK]
        return Rectangles({id: _within(self._cards[id], _INSET) for id in blocks})

    def paint(
        self,
        painter: QPainter,
        style: CardStyle,
        areas: Sequence[Area],
        selected: Collection[NodeId] = (),
        *,
        is_passing: bool = False,
    ) -> None:
        """Paint what of it lies in some areas of the scene.

        Where it ``is_passing``, letters are painted by pictures of them, which takes a tenth.
        """
        theme, zoom = style.theme, painter.worldTransform().m11()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(QPen(theme.color("border_strong"), 0))
        self._wires.paint(painter, areas)
        painter.setPen(Qt.PenStyle.NoPen)
        if self._filled:
            for fill, cards in self._filled.items():
                painter.setBrush(QColor(fill) if fill else theme.color(_UNFILLED))
                cards.paint(painter, areas)
        else:
            for family, cards in self._families.items():
                painter.setBrush(theme.family(family))
                cards.paint(painter, areas)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if _INSETS_FROM <= zoom < _NAMES_FROM:
            self._paint_insets(painter, theme, areas)
        if zoom >= _NAMES_FROM or (self._times and zoom * _TIMES >= _LEGIBLE):
            self._write(painter, style, areas, zoom >= _NAMES_FROM, is_passing)
        for token, marked in (("error", self._wrong), ("accent", selected)):
            painter.setPen(QPen(theme.color(token), _EDGE))
            for id in marked:
                # Around the card, not upon it, where the name stands.
                around = QRectF(*_within(self._cards[id], -_EDGE / 2))
                if any(meets(area_of(around), area) for area in areas):
                    painter.drawRect(around)

    def _paint_insets(self, painter: QPainter, theme: Theme, areas: Sequence[Area]) -> None:
        """Paint the second edges of blocks."""
        width, colour = _INSET / 3, theme.color("canvas")
        pixels = painter.deviceTransform().m11() * width
        # Less than a pixel is a pixel the paler; of a pen of no width Qt makes the least work.
        if pixels < 1:
            colour, width = mixed(theme.family(BLOCK), colour, pixels), 0
        painter.setPen(QPen(colour, width))
        self._insets.paint(painter, areas)

    def _write(
        self,
        painter: QPainter,
        style: CardStyle,
        areas: Sequence[Area],
        with_names: bool,
        is_passing: bool,
    ) -> None:
        """Write upon the cards in some areas: names, or only how often blocks are repeated."""
        pens = self._pens(style.theme)
        for rows in self._cards.seen(areas):
            sheet, moves = None, self._cards.moves(rows)
            if is_passing and moves is not None:
                key = (self._edition, with_names, rows, moves, style.scale)
                draw = partial(self._sheet, pens, style.scale, rows, with_names)
                sheet = style.pictures.sheet(key, draw, (rows[1] - rows[0]) // 2)
            if sheet is not None:
                sheet.paint(painter)
                continue
            for id, left, top in self._cards.members(rows):
                card = (left, top, left + WIDTH, top + HEIGHT)
                if any(meets(card, area) for area in areas):
                    centre = QPointF(left + WIDTH / 2, top + HEIGHT / 2)
                    painter.setPen(pens[self._fills.get(id, "")])
                    self._words(id, with_names).paint(painter, centre)

    def _pens(self, theme: Theme) -> Mapping[str, QPen]:
        """Return what is written with upon cards of each fill, and upon those without one."""
        if not self._filled:
            return {"": QPen(theme.color("canvas"))}
        grounds = {fill: fill or theme.color(_UNFILLED).name() for fill in self._filled}
        return {fill: QPen(QColor(ink(ground))) for fill, ground in grounds.items()}

    def _sheet(self, pens: Mapping[str, QPen], scale: float, rows: Rows, with_names: bool) -> Sheet:
        """Return pictures of what is written upon the cards in some rows."""
        said = [
            (words, QPointF(left + WIDTH / 2, top + HEIGHT / 2), pens[self._fills.get(id, "")])
            for id, left, top in self._cards.members(rows)
            if (words := self._words(id, with_names)).lines
        ]
        area = QRectF()
        for words, _, _ in said:
            area = area.united(words.area())
        middle = area.center()

        def paint(painter: QPainter, number: int) -> None:
            painter.setPen(said[number][2])
            said[number][0].paint(painter, -middle)

        centres = [(centre + middle).toTuple() for _, centre, _ in said]
        return sheet(area.size(), scale, centres, paint)

    def _words(self, id: NodeId, with_names: bool) -> _Words:
        times = self._times.get(id, "")
        return _name(self._names[id], times) if with_names else _times(times)


class _Words(NamedTuple):
    """What is written upon a card, around its centre."""

    font: QFont
    lines: Sequence[Line]

    def area(self) -> QRectF:
        """Return what it takes of the card around the origin."""
        area = QRectF()
        for line in self.lines:
            area = area.united(line.area(_ORIGIN))
        return area

    def paint(self, painter: QPainter, centre: QPointF = _ORIGIN) -> None:
        """Write it upon the card with this centre."""
        painter.setFont(self.font)
        for line in self.lines:
            painter.drawStaticText(line.at + centre, line.text)


@lru_cache(maxsize=64)
def _times(times: str) -> _Words:
    """Return how often a block is repeated, to be written in the middle of its card."""
    font = plain(ui_font(_TIMES, QFont.Weight.DemiBold))
    if not times:
        return _Words(font, ())
    text = prepared(times, font, WIDTH)
    return _Words(font, (Line(text, -text.size().width() / 2, 0),))


@lru_cache(maxsize=4096)
def _name(name: str, times: str) -> _Words:
    """Return a name, and how often a block is repeated."""
    title = title_of(name, "", times, farthest_titles())
    return _Words(title.lettering.font, [*title.name, *filter(None, [title.times])])


def _family(state: State, kind_name: str) -> str:
    kind = state.kind(kind_name)
    return kind.family if kind else ""


def _card(centre: Position) -> Four:
    """Return left, top, width, height of the card around a centre."""
    x, y = centre
    return x - WIDTH / 2, y - HEIGHT / 2, WIDTH, HEIGHT


def _within(card: Four, inset: float) -> Four:
    """Return the rectangle so far within a card, around it where that is negative."""
    left, top, width, height = card
    return left + inset, top + inset, width - 2 * inset, height - 2 * inset


def _line(one: Four, other: Four) -> Four:
    """Return the line between the middles of two cards."""
    left, top, width, height = one
    to_left, to_top, to_width, to_height = other
    return left + width / 2, top + height / 2, to_left + to_width / 2, to_top + to_height / 2
