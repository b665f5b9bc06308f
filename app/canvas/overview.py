"""The whole network seen from far away, painted from flat arrays without asking any item."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import chain
from typing import Final, cast

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPen
from shiboken6 import Shiboken

from app.canvas.card_style import BLOCK
from app.canvas.content import times_text
from app.canvas.title import Title, farthest_titles, title_of
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
_OF_ONE: Final = 4
"""How many numbers of an array a rectangle or a line takes."""


class Overview:
    """The cards of one state as rectangles in the colours of their families, its wires as lines.

    Those of one colour lie side by side in an array that has the form of Qt's own: Qt paints them
    in one call, without a copy, and passes over what is out of view.
    """

    def __init__(self, state: State, centres: Mapping[NodeId, Position]) -> None:
        network, inference = state.network, state.inference
        families = {node.kind: _family(state, node.kind) for node in network.nodes.values()}
        members: dict[str, list[NodeId]] = {BLOCK: []}
        for id, node in network.nodes.items():
            members.setdefault(families[node.kind], []).append(id)
        self._sizes = {family: len(ids) for family, ids in members.items()}
        self._rows = {id: row for row, id in enumerate(chain.from_iterable(members.values()))}
        self._cards = _rectangles(centres[id] for id in self._rows)
        self._insets = _rectangles((centres[id] for id in members[BLOCK]), _INSET)
        self._lines = array("d", bytes(8 * _OF_ONE * len(network.edges)))
        self._wires = {port: row for row, port in enumerate(network.edges)}
        for edge in network.edges.values():
            self._run(edge)
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
        for id, centre in centres.items():
            first = _OF_ONE * self._rows[id]
            self._cards[first : first + _OF_ONE] = _rectangles([centre])
            if first < len(self._insets):  # blocks come first
                self._insets[first : first + _OF_ONE] = _rectangles([centre], _INSET)
        for edge in edges:
            self._run(edge)

    def paint(
        self, painter: QPainter, theme: Theme, area: QRectF, selected: Collection[NodeId] = ()
    ) -> None:
        """Paint it; ``area`` is what is in view."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(QPen(theme.color("border_strong"), 0))
        _draw_lines(painter, self._lines)
        painter.setPen(Qt.PenStyle.NoPen)
        first = 0
        for family, size in self._sizes.items():
            painter.setBrush(theme.family(family))
            _draw_rectangles(painter, self._cards, first, size)
            first += size
        if painter.worldTransform().m11() >= _NAMES_FROM:
            painter.setPen(theme.color("canvas"))
            self._paint_names(painter, area)
        else:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color("canvas"), _INSET / 3))
            _draw_rectangles(painter, self._insets, 0, self._sizes[BLOCK])
            self._paint_times(painter, area)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for token, marked in (("error", self._wrong), ("accent", selected)):
            painter.setPen(QPen(theme.color(token), _EDGE))
            centres = (Position(*self._centre(id)) for id in marked)
            # Around the cards, not upon them, where the names stand.
            _draw_rectangles(painter, _rectangles(centres, -_EDGE / 2), 0, len(marked))

    def _paint_names(self, painter: QPainter, area: QRectF) -> None:
        """Write names upon the cards in view, and how often blocks are repeated."""
        wide, font = area.adjusted(-WIDTH, -HEIGHT, 0, 0), None
        first, last, top, bottom = wide.left(), wide.right(), wide.top(), wide.bottom()
        corners = zip(self._rows, self._cards[::_OF_ONE], self._cards[1::_OF_ONE], strict=True)
        for id, left, upper in corners:
            if first <= left <= last and top <= upper <= bottom:
                title = _title(self._names[id], self._times.get(id, ""))
                if title.lettering.font is not font:
                    font = title.lettering.font
                    painter.setFont(font)
                centre = QPointF(left + WIDTH / 2, upper + HEIGHT / 2)
                for line in (*title.name, title.times) if title.times else title.name:
                    painter.drawStaticText(line.at + centre, line.text)

    def _paint_times(self, painter: QPainter, area: QRectF) -> None:
        """Write upon repeated blocks how often they are."""
        if painter.worldTransform().m11() * _TIMES < _LEGIBLE:
            return
        painter.setFont(ui_font(_TIMES, QFont.Weight.DemiBold))
        for id, times in self._times.items():
            card = QRectF(*self._card(id))
            if area.intersects(card):
                painter.drawText(card, Qt.AlignmentFlag.AlignCenter, times)

    def _card(self, id: NodeId) -> array[float]:
        first = _OF_ONE * self._rows[id]
        return self._cards[first : first + _OF_ONE]

    def _run(self, edge: Edge) -> None:
        """Let the line of an edge end where its cards lie."""
        first = _OF_ONE * self._wires[edge.target]
        ends = (self._centre(edge.source.node), self._centre(edge.target.node))
        self._lines[first : first + _OF_ONE] = array("d", chain.from_iterable(ends))

    def _centre(self, id: NodeId) -> tuple[float, float]:
        left, top, width, height = self._card(id)
        return left + width / 2, top + height / 2


@lru_cache(maxsize=4096)
def _title(name: str, times: str) -> Title:
    return title_of(name, "", times, farthest_titles())


def _family(state: State, kind_name: str) -> str:
    kind = state.kind(kind_name)
    return kind.family if kind else ""


def _rectangles(centres: Iterable[Position], inset: float = 0) -> array[float]:
    """Return left, top, width, height of the card around each centre."""

    def numbers() -> Iterator[float]:
        width, height = WIDTH - 2 * inset, HEIGHT - 2 * inset
        for x, y in centres:
            yield from (x - width / 2, y - height / 2, width, height)

    return array("d", numbers())


def _draw_rectangles(painter: QPainter, numbers: array[float], first: int, count: int) -> None:
    """Draw some of the rectangles in an array in one call."""
    if count:
        at = numbers.buffer_info()[0] + first * _OF_ONE * numbers.itemsize
        painter.drawRects(cast(QRectF, Shiboken.wrapInstance(at, QRectF)), count)


def _draw_lines(painter: QPainter, numbers: array[float]) -> None:
    """Draw all lines in an array in one call."""
    if numbers:
        at = numbers.buffer_info()[0]
        first = cast(QLineF, Shiboken.wrapInstance(at, QLineF))
        painter.drawLines(first, len(numbers) // _OF_ONE)
