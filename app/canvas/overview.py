"""The whole network seen from far away, painted from arrays without asking any item."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final, cast

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from shiboken6 import Shiboken

from app.canvas.measures import HEIGHT, WIDTH
from app.theme import Theme
from graph_model.infer import Inference
from graph_model.layers import LAYERS
from graph_model.network import NodeId

BELOW: Final = 0.34
"""The zoom below which cards are drawn as plain rectangles."""

_EDGE: Final = 20


Array = NDArray[np.float64]


class Overview:
    """Paints cards as rectangles in the colours of their families, and wires as lines."""

    def __init__(self) -> None:
        self._inference: Inference | None = None
        self._place: dict[NodeId, int] = {}
        self._families: dict[str, NDArray[np.int64]] = {}
        self._ends = np.empty((0, 2), dtype=np.int64)
        self._wrong = np.empty(0, dtype=np.int64)

    def paint(
        self,
        painter: QPainter,
        theme: Theme,
        inference: Inference,
        centres: Array,
        area: QRectF,
        selected: Collection[NodeId] = (),
    ) -> None:
        """Paint what lies within ``area``; ``centres`` has a row for each node of the network."""
        self._prepare(inference)
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
        chosen = np.array([self._place[id] for id in selected], dtype=np.int64)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for token, marked in (("error", self._wrong), ("accent", chosen)):
            painter.setPen(QPen(theme.color(token), _EDGE))
            _draw_rects(painter, _cards_around(centres[marked[visible[marked]]]))

    def _prepare(self, inference: Inference) -> None:
        if inference is self._inference:
            return
        self._inference = inference
        network = inference.network
        place = self._place = {id: index for index, id in enumerate(network.nodes)}
        members: dict[str, list[int]] = {}
        for id, node in network.nodes.items():
            kind = LAYERS.get(node.kind)
            members.setdefault(kind.family if kind else "", []).append(place[id])
        self._families = {family: np.array(each) for family, each in members.items()}
        wrong = {each.node for each in inference.problems if each.is_error and each.node in place}
        self._wrong = np.array([place[id] for id in wrong], dtype=np.int64)
        ends = [(place[e.source.node], place[e.target.node]) for e in network.edges.values()]
        self._ends = np.array(ends, dtype=np.int64).reshape(-1, 2)

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


def _cards_around(centres: Array) -> Array:
    """Return rows of x, y, width, height around these centres."""
    rects = np.empty((len(centres), 4))
    rects[:, :2] = centres - (WIDTH / 2, HEIGHT / 2)
    rects[:, 2:] = (WIDTH, HEIGHT)
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
