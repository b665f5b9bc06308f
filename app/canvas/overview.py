"""The whole network seen from far away, painted from flat arrays without asking any item."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from itertools import count
from typing import Final, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPen

from app.canvas.batch import Four, Lines, Rectangles, Rows
from app.canvas.card_style import BLOCK, CardStyle
from app.canvas.content import times_text
from app.canvas.geometry import CARD
from app.canvas.pictures import Sheet, sheet
from app.canvas.texts import Line, prepared
from app.canvas.title import farthest_titles, title_of
from app.layout.measures import HEIGHT, WIDTH
from app.look.theme import Theme, ui_font
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

_ORIGIN: Final = QPointF()
_EDITIONS: Final = count()
"""Numbers for all overviews, and what each of them showed."""


class Overview:
    """The cards of one state as rectangles in the colours of their families, its wires as lines."""

    def __init__(self, state: State, centres: Mapping[NodeId, Position]) -> None:
        network, inference = state.network, state.inference
        self._edition = next(_EDITIONS)
        families = {node.kind: _family(state, node.kind) for node in network.nodes.values()}
        members: dict[str, dict[NodeId, Four]] = {BLOCK: {}}
        for id, node in network.nodes.items():
            members.setdefault(families[node.kind], {})[id] = _card(centres[id])
        self._cards = {family: Rectangles(cards) for family, cards in members.items()}
        self._families = {id: name for name, cards in members.items() for id in cards}
        self._insets = Rectangles({id: _card(centres[id], _INSET) for id in members[BLOCK]})
        self._wires = Lines({port: self._line(edge) for port, edge in network.edges.items()})
        self._names = {id: node.name for id, node in network.nodes.items()}
        self._times = {
            id: times
            for id, node in network.nodes.items()
            if (times := times_text(as_owner(network, node), inference.nodes[id], inference.scope))
        }
        told = timely(inference, inference.problems)
        self._wrong = {each.node for each in told if each.is_error} & centres.keys()

    def move(self, centres: Mapping[NodeId, Position], edges: Iterable[Edge]) -> None:
        """Show cards elsewhere, and the ``edges`` that end there."""
        self._edition = next(_EDITIONS)
        for id, centre in centres.items():
            self._cards[self._families[id]].move(id, _card(centre))
            if id in self._insets:
                self._insets.move(id, _card(centre, _INSET))
        for edge in edges:
            self._wires.move(edge.target, self._line(edge))

    def paint(
        self,
        painter: QPainter,
        style: CardStyle,
        areas: Sequence[QRectF],
        selected: Collection[NodeId] = (),
    ) -> None:
        """Paint what of it lies in some areas of the scene."""
        theme, zoom = style.theme, painter.worldTransform().m11()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(QPen(theme.color("border_strong"), 0))
        self._wires.paint(painter, areas)
        painter.setPen(Qt.PenStyle.NoPen)
        for family, cards in self._cards.items():
            painter.setBrush(theme.family(family))
            cards.paint(painter, areas)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if _INSETS_FROM <= zoom < _NAMES_FROM:
            self._paint_insets(painter, theme, areas)
        if zoom * _TIMES >= _LEGIBLE:
            self._write(painter, style, areas, with_names=zoom >= _NAMES_FROM)
        for token, marked in (("error", self._wrong), ("accent", selected)):
            painter.setPen(QPen(theme.color(token), _EDGE))
            for id in marked:
                # Around the card, not upon it, where the name stands.
                left, top, width, height = self._card(id)
                around = QRectF(left, top, width, height)
                painter.drawRect(around.adjusted(-_EDGE / 2, -_EDGE / 2, _EDGE / 2, _EDGE / 2))

    def _paint_insets(self, painter: QPainter, theme: Theme, areas: Sequence[QRectF]) -> None:
        """Paint the second edges of blocks."""
        width = _INSET / 3
        # A pen of no width is one pixel wide, and Qt paints it the soonest.
        is_thin = painter.deviceTransform().m11() * width <= 1
        painter.setPen(QPen(theme.color("canvas"), 0 if is_thin else width))
        self._insets.paint(painter, areas)

    def _write(
        self, painter: QPainter, style: CardStyle, areas: Sequence[QRectF], *, with_names: bool
    ) -> None:
        """Write upon the cards in some areas: names, or only how often blocks are repeated.

        While the zoom is passing that is by pictures of the letters, which take a tenth.
        """
        pen = QPen(style.theme.color("canvas"))
        painter.setPen(pen)
        for family, cards in self._cards.items():
            for rows in cards.seen(areas):
                sheet = None
                if style.is_passing:
                    key = (self._edition, with_names, family, rows, style.scale)
                    draw = partial(self._sheet, pen, style.scale, family, rows, with_names)
                    sheet = style.pictures.sheet(key, draw, rows[1] - rows[0])
                if sheet is not None:
                    sheet.paint(painter)
                    continue
                for id, left, top in cards.members(rows):
                    if any(_reaches(left, top, area) for area in areas):
                        centre = QPointF(left + WIDTH / 2, top + HEIGHT / 2)
                        self._words(id, with_names).paint(painter, centre)

    def _sheet(
        self, pen: QPen, scale: float, family: str, rows: Rows, with_names: bool
    ) -> Sheet:
        """Return pictures of what is written upon the cards in some rows of a family."""
        members = list(self._cards[family].members(rows))
        said = [self._words(id, with_names) for id, *_ in members]
        at = [(left + WIDTH / 2, top + HEIGHT / 2) for _, left, top in members]
        told = [(centre, words) for centre, words in zip(at, said, strict=True) if words.lines]

        def paint(painter: QPainter, number: int) -> None:
            painter.setPen(pen)
            told[number][1].paint(painter)

        return sheet(CARD.size(), scale, [centre for centre, _ in told], paint)

    def _words(self, id: NodeId, with_names: bool) -> _Words:
        times = self._times.get(id, "")
        return _name(self._names[id], times) if with_names else _times(times)

    def _card(self, id: NodeId) -> Four:
        return self._cards[self._families[id]][id]

    def _line(self, edge: Edge) -> Four:
        """Return the line between the two cards of an edge."""
        left, top, width, height = self._card(edge.source.node)
        to_left, to_top, to_width, to_height = self._card(edge.target.node)
        return (
            left + width / 2,
            top + height / 2,
            to_left + to_width / 2,
            to_top + to_height / 2,
        )


class _Words(NamedTuple):
    """What is written upon a card, around its centre."""

    font: QFont
    lines: Sequence[Line]

    def paint(self, painter: QPainter, centre: QPointF = _ORIGIN) -> None:
        """Write it upon the card with this centre."""
        painter.setFont(self.font)
        for line in self.lines:
            painter.drawStaticText(line.at + centre, line.text)


@lru_cache(maxsize=64)
def _times(times: str) -> _Words:
    """Return how often a block is repeated, to be written in the middle of its card."""
    font = ui_font(_TIMES, QFont.Weight.DemiBold)
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


def _card(centre: Position, inset: float = 0) -> Four:
    """Return left, top, width, height of the card around a centre, or of what lies within it."""
    x, y = centre
    width, height = WIDTH - 2 * inset, HEIGHT - 2 * inset
    return x - width / 2, y - height / 2, width, height


def _reaches(left: float, top: float, area: QRectF) -> bool:
    """Tell whether a card, given by its corner, reaches into an area."""
    return (
        area.left() - WIDTH <= left <= area.right() and area.top() - HEIGHT <= top <= area.bottom()
    )
