"""The whole network seen from far away, painted from arrays without asking any item."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final, cast

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPen
from shiboken6 import Shiboken

from app.canvas.content import times_text
from app.canvas.geometry import CARD
from app.canvas.look import BLOCK
from app.layout.measures import HEIGHT, WIDTH
from app.look.theme import Theme, ui_font
from app.project.state import State
from graph_model.arguments import as_owner
from graph_model.infer import Inference
from graph_model.network import NodeId

BELOW: Final = 0.34
"""The zoom below which cards are drawn as plain rectangles."""

_EDGE: Final = 20
_INSET: Final = 12
"""How far within a block its second edge is drawn."""
_TIMES: Final = 54
_LEGIBLE: Final = 8
"""The size in pixels on the screen below which nothing is written."""

Array = NDArray[np.float64]


class Overview:
    """Paints cards as rectangles in the colours of their families, and wires as lines."""

    def __init__(self) -> None:
        self._inference: Inference | None = None
        self._times: dict[int, str] = {}
        self._place: dict[NodeId, int] = {}
        self._families: dict[str, NDArray[np.int64]] = {}
        self._ends = np.empty((0, 2), dtype=np.int64)
        self._wrong = np.empty(0, dtype=np.int64)

    def paint(
        self,
        painter: QPainter,
        theme: Theme,
        state: State,
        centres: Array,
        area: QRectF,
        selected: Collection[NodeId] = (),
    ) -> None:
        """Paint what lies within ``area``; ``centres`` has a row for each node of the network."""
        self._prepare(state)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        self._paint_wires(painter, theme, centres, area)
        painter.setPen(Qt.PenStyle.NoPen)
        visible = (
            (centres[:, 0] - WIDTH / 2 < area.right())
            & (centres[:, 0] + WIDTH / 2 > area.left())
            & (centres[:, 1] - HEIGHT / 2 < area.bottom())
            & (centres[:, 1] + HEIGHT / 2 > area.top())
        )
        for family, members in self._families.items():
            painter.setBrush(theme.family(family))
            _draw_rects(painter, _cards_around(centres[members[visible[members]]]))
        blocks = self._families[BLOCK]
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.color("canvas"), _INSET / 3))
        _draw_rects(painter, _cards_around(centres[blocks[visible[blocks]]], _INSET))
        self._paint_times(painter, theme, centres, visible)
        chosen = np.array([self._place[id] for id in selected], dtype=np.int64)
        for token, marked in (("error", self._wrong), ("accent", chosen)):
            painter.setPen(QPen(theme.color(token), _EDGE))
            _draw_rects(painter, _cards_around(centres[marked[visible[marked]]]))

    def _prepare(self, state: State) -> None:
        inference = state.inference
        if inference is self._inference:
            return
        self._inference = inference
        network = state.network
        place = self._place = {id: index for index, id in enumerate(network.nodes)}
        kinds = {node.kind for node in network.nodes.values()}
        families = {name: kind.family for name in kinds if (kind := state.kind(name))}
        members: dict[str, list[int]] = {BLOCK: []}
        for id, node in network.nodes.items():
            members.setdefault(families.get(node.kind, ""), []).append(place[id])
        self._families = {family: np.array(each, np.int64) for family, each in members.items()}
        self._times = {
            place[id]: times
            for id, node in network.nodes.items()
            if (times := times_text(as_owner(network, node), inference.nodes[id]))
        }
        wrong = {each.node for each in inference.problems if each.is_error and each.node in place}
        self._wrong = np.array([place[id] for id in wrong], dtype=np.int64)
        ends = [(place[e.source.node], place[e.target.node]) for e in network.edges.values()]
        self._ends = np.array(ends, dtype=np.int64).reshape(-1, 2)

    def _paint_times(
        self, painter: QPainter, theme: Theme, centres: Array, visible: NDArray[np.bool_]
    ) -> None:
        """Write upon repeated blocks how often they are."""
        if painter.worldTransform().m11() * _TIMES < _LEGIBLE:
            return
        painter.setFont(ui_font(_TIMES, QFont.Weight.DemiBold))
        painter.setPen(theme.color("canvas"))
        for index, times in self._times.items():
            if visible[index]:
                card = CARD.translated(*centres[index])
                painter.drawText(card, Qt.AlignmentFlag.AlignCenter, times)

    def _paint_wires(self, painter: QPainter, theme: Theme, centres: Array, area: QRectF) -> None:
        starts, ends = centres[self._ends[:, 0]], centres[self._ends[:, 1]]
        visible = (
            (np.minimum(starts[:, 0], ends[:, 0]) < area.right())
            & (np.maximum(starts[:, 0], ends[:, 0]) > area.left())
            & (np.minimum(starts[:, 1], ends[:, 1]) < area.bottom())
            & (np.maximum(starts[:, 1], ends[:, 1]) > area.top())
        )
        lines = np.column_stack((starts[visible], ends[visible]))
        painter.setPen(QPen(theme.color("border_strong"), 0))
        _draw_lines(painter, lines)


def _cards_around(centres: Array, inset: float = 0) -> Array:
    """Return rows of x, y, width, height around these centres."""
    rects = np.empty((len(centres), 4))
    size = np.array((WIDTH, HEIGHT)) - 2 * inset
    rects[:, :2] = centres - size / 2
    rects[:, 2:] = size
    return rects


def _draw_rects(painter: QPainter, rects: Array) -> None:
    """Draw rows of x, y, width, height in one call, without copying them into Qt objects."""
    if len(rects):
        rects = np.ascontiguousarray(rects)
        first = cast(QRectF, Shiboken.wrapInstance(rects.ctypes.data, QRectF))
        painter.drawRects(first, len(rects))


def _draw_lines(painter: QPainter, lines: Array) -> None:
    """Draw rows of x1, y1, x2, y2 in one call."""
    if len(lines):
        lines = np.ascontiguousarray(lines)
        first = cast(QLineF, Shiboken.wrapInstance(lines.ctypes.data, QLineF))
        painter.drawLines(first, len(lines))
