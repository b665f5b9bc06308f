"""Runs as lines over parallel axes: a setting each, and last the figure that colours them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.experiments.parallel import Axis, axis
from app.look import theme
from app.look.style import set_role
from app.look.theme import SMALL, SPACE, ui_font
from app.runs.columns import value_of
from app.runs.summaries import Summary
from app.runs_panel.figure_choice import FigureChoice, figure_of, varied

_MARGINS: Final = (64, 44, 64, 20)
"""What is free beside, above and below the axes, in pixels: left, top, right, bottom."""
_OPAQUE: Final = 215
"""How much a label hides of the lines behind it, of 255."""
_NEAR: Final = 8.0
"""How far, in pixels, the mouse may be from the line it points at."""


class ParallelView(QWidget):
    """Draws the runs; ``pointed`` carries the one whose line was clicked."""

    pointed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runs: Sequence[Summary] = ()
        self.figure = FigureChoice()
        self.figure.currentIndexChanged.connect(lambda _: self._show())
        self.told = QLabel()
        """What the run is whose line the mouse is on."""
        set_role(self.told, "caption")
        self.lines = Lines()
        self.lines.pointed_at.connect(self._tell)
        self.lines.clicked.connect(lambda at: self.pointed.emit(self._runs[at]))
        bar = QHBoxLayout()
        bar.setContentsMargins(SPACE, SPACE // 2, SPACE, SPACE // 2)
        bar.setSpacing(SPACE)
        bar.addWidget(self.figure)
        bar.addWidget(self.told, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(bar)
        box.addWidget(self.lines, 1)
        self._tell(-1)

    def show_runs(self, runs: Sequence[Summary]) -> None:
        """Draw these runs."""
        self._runs = runs
        self.figure.offer(runs)
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self.show_runs(self._runs)
        super().changeEvent(event)

    def _show(self) -> None:
        runs, key = self._runs, self.figure.key
        axes = [axis(each, [value_of(run, each) for run in runs]) for each in varied(runs)]
        figures = axis(self.figure.currentText(), [figure_of(run, key) for run in runs])
        self.lines.show_axes([*axes, figures], larger_is_better=self.figure.is_larger_better)
        self._tell(-1)

    def _tell(self, at: int) -> None:
        if 0 <= at < len(self._runs):
            run = self._runs[at]
            self.told.setText(f"{run.name}: {figure_of(run, self.figure.key):.4g}")
        else:
            self.told.setText(self.tr("Point at a line to see which run it is; click to choose it"))


class Lines(QWidget):
    """The axes with their lines, the best in the accent colour over the others.

    ``pointed_at`` carries the number of the run whose line the mouse is on, -1 for none.
    """

    pointed_at = Signal(int)
    clicked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._axes: Sequence[Axis] = ()
        self._is_larger_better = True
        self._at = -1
        self.setMouseTracking(True)
        self.setMinimumHeight(160)
        theme.manager().changed.connect(self._repaint)  # a lambda would outlive it

    def show_axes(self, axes: Sequence[Axis], *, larger_is_better: bool) -> None:
        """Draw lines over these axes, of which the last is the figure."""
        self._axes, self._is_larger_better, self._at = axes, larger_is_better, -1
        self.update()

    def _repaint(self) -> None:
        self.update()

    def line(self, run: int) -> QPolygonF:
        """Return where the line of a run lies, without the axes on which it has no value."""
        points = (self._point(at, each.places[run]) for at, each in enumerate(self._axes))
        return QPolygonF([each for each in points if math.isfinite(each.y())])

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = theme.current()
        painter.fillRect(self.rect(), colours.color("surface"))
        if not self._axes:
            return
        figures = self._axes[-1].places
        for run in sorted(range(len(figures)), key=self._goodness):
            painter.setPen(QPen(self._colour(run), 1.4))
            painter.drawPolyline(self.line(run))
        if self._at >= 0:
            painter.setPen(QPen(colours.color("text"), 2.4))
            painter.drawPolyline(self.line(self._at))
        self._paint_axes(painter)

    def _paint_axes(self, painter: QPainter) -> None:
        colours = theme.current()
        for at, each in enumerate(self._axes):
            top, bottom = self._point(at, 1.0), self._point(at, 0.0)
            painter.setPen(QPen(colours.color("border_strong"), 1))
            painter.drawLine(top, bottom)
            painter.setPen(colours.color("text"))
            painter.setFont(ui_font(SMALL))
            room = QRectF(top.x() - self._apart / 2 + 4, 4, self._apart - 8, 28)
            words = painter.fontMetrics().elidedText(
                each.name, Qt.TextElideMode.ElideRight, int(room.width())
            )
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, words)
            painter.setFont(ui_font(SMALL - 1))
            for place, label in each.ticks:
                self._paint_label(painter, at, place, label)

    def _paint_label(self, painter: QPainter, at: int, place: float, label: str) -> None:
        """Write the label of a tick beside its axis, before the lines: on the left of the first."""
        colours, point = theme.current(), self._point(at, place)
        room = QRectF(painter.fontMetrics().boundingRect(label)).adjusted(-3, 0, 3, 0)
        room.moveCenter(point)
        if at == 0:
            room.moveRight(point.x() - 4)
        else:
            room.moveLeft(point.x() + 4)
        behind = colours.color("surface")
        behind.setAlpha(_OPAQUE)
        painter.fillRect(room, behind)
        painter.setPen(colours.color("text_muted"))
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, label)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say which run's line the mouse is on."""
        found = self._nearest(event.position())
        if found != self._at:
            self._at = found
            self.pointed_at.emit(found)
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the run whose line was clicked."""
        found = self._nearest(event.position())
        if found >= 0:
            self.clicked.emit(found)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._at = -1
        self.pointed_at.emit(-1)
        self.update()

    @property
    def _apart(self) -> float:
        """How far two axes are apart, in pixels."""
        wide = self.width() - _MARGINS[0] - _MARGINS[2]
        return wide / max(1, len(self._axes) - 1)

    def _point(self, at: int, place: float) -> QPointF:
        high = self.height() - _MARGINS[1] - _MARGINS[3]
        return QPointF(_MARGINS[0] + at * self._apart, _MARGINS[1] + (1 - place) * high)

    def _goodness(self, run: int) -> float:
        """Return how good a run is, from 0 to 1; one without the figure is the worst."""
        place = self._axes[-1].places[run]
        if not math.isfinite(place):
            return -1.0
        return place if self._is_larger_better else 1 - place

    def _colour(self, run: int) -> QColor:
        """Return the accent colour for the best, a faint one for the worst."""
        colours, share = theme.current(), max(0.0, self._goodness(run))
        one, other = colours.color("border_strong"), colours.color("accent")
        mixed = [
            round(a + (b - a) * share)
            for a, b in zip(one.getRgb(), other.getRgb(), strict=True)  # type: ignore[call-overload]  # PySide6 takes a tuple for an object
        ]
        return QColor(*mixed)

    def _nearest(self, mouse: QPointF) -> int:
        if len(self._axes) < 2:
            return -1
        left = int(min(max((mouse.x() - _MARGINS[0]) // self._apart, 0), len(self._axes) - 2))
        share = (mouse.x() - _MARGINS[0]) / self._apart - left
        best, nearest = _NEAR, -1
        pairs = zip(self._axes[left].places, self._axes[left + 1].places, strict=True)
        for run, (one, other) in enumerate(pairs):
            y = self._point(left, one + (other - one) * share).y()
            if math.isfinite(y) and abs(y - mouse.y()) < best:
                best, nearest = abs(y - mouse.y()), run
        return nearest
