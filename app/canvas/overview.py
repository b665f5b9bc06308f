"""The whole network seen from far away, painted from arrays without asking any item."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from shiboken6 import Shiboken

from app.canvas.geometry import HEIGHT, WIDTH
from app.theme import Theme
from graph_model.layers import LAYERS
from graph_model.network import Network

BELOW: Final = 0.34
"""The zoom below which cards are drawn as plain rectangles."""

Array = NDArray[np.float64]


class Overview:
    """Paints cards as rectangles in the colours of their families, and wires as lines."""

    def __init__(self) -> None:
        self._network: Network | None = None
        self._families: dict[str, Array] = {}
        self._ends = np.empty((0, 2), dtype=np.int64)

    def paint(
        self, painter: QPainter, theme: Theme, network: Network, centres: Array, area: QRectF
    ) -> None:
        """Paint what lies within ``area``; ``centres`` has a row for each node of the network."""
        self._prepare(network)
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
            shown = centres[members[visible[members]]]
            rects = np.empty((len(shown), 4))
            rects[:, 0] = shown[:, 0] - WIDTH / 2
            rects[:, 1] = shown[:, 1] - HEIGHT / 2
            rects[:, 2:] = (WIDTH, HEIGHT)
            painter.setBrush(theme.family(family))
            _draw_rects(painter, rects)

    def _prepare(self, network: Network) -> None:
        if network is self._network:
            return
        self._network = network
        place = {id: index for index, id in enumerate(network.nodes)}
        members: dict[str, list[int]] = {}
        for id, node in network.nodes.items():
            kind = LAYERS.get(node.kind)
            members.setdefault(kind.family if kind else "", []).append(place[id])
        self._families = {family: np.array(each) for family, each in members.items()}
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


def _draw_rects(painter: QPainter, rects: Array) -> None:
    """Draw rows of x, y, width, height in one call, without copying them into Qt objects."""
    if len(rects):
        rects = np.ascontiguousarray(rects)
        painter.drawRects(Shiboken.wrapInstance(rects.ctypes.data, QRectF), len(rects))


def _draw_lines(painter: QPainter, lines: Array) -> None:
    """Draw rows of x1, y1, x2, y2 in one call."""
    if len(lines):
        lines = np.ascontiguousarray(lines)
        painter.drawLines(Shiboken.wrapInstance(lines.ctypes.data, QLineF), len(lines))
