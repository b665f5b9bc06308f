"""The most probable classes of one sample, as bars with their names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.look import theme
from app.look.theme import SPACE

MOST: Final = 5
_ROW: Final = 26
_BAR: Final = 10
_PERCENT: Final = 60
_NAME_SHARE: Final = 0.4


class ProbabilityBars(QWidget):
    """Up to five classes, the most probable first; all of them keep their place while it changes.

    Nothing jumps: there are as many rows as classes, up to five.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shown: tuple[tuple[str, float], ...] = ()
        """The names and probabilities that are shown."""
        theme.manager().changed.connect(self._repaint)

    def show_scores(self, names: Sequence[str], scores: NDArray[Any]) -> None:
        """Show the highest of the probabilities, one for each class."""
        best = np.argsort(-scores, kind="stable")[:MOST].tolist()
        self.shown = tuple((names[place], float(scores[place])) for place in best)
        told = (f"{name} {100 * score:.1f} %" for name, score in self.shown)
        self.setAccessibleDescription(", ".join(told))
        self.setToolTip(self.accessibleDescription().replace(", ", "\n"))
        self.setMinimumHeight(_ROW * len(self.shown))
        self.updateGeometry()
        self.update()

    def clear(self) -> None:
        """Show none."""
        self.show_scores((), np.empty(0))

    def sizeHint(self) -> QSize:
        return QSize(320, _ROW * max(1, len(self.shown)))

    def _repaint(self) -> None:
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours, metrics = theme.current(), self.fontMetrics()
        widest = max((metrics.horizontalAdvance(name) + 2 for name, _ in self.shown), default=0)
        room = min(float(widest), _NAME_SHARE * self.width())
        start, middle = room + SPACE, Qt.AlignmentFlag.AlignVCenter
        whole = max(0.0, self.width() - start - _PERCENT)
        for row, (name, score) in enumerate(self.shown):
            top = float(row * _ROW)
            painter.setPen(colours.color("text" if row == 0 else "text_muted"))
            short = metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, int(room))
            painter.drawText(QRectF(0, top, room, _ROW), middle, short)
            percent = QRectF(self.width() - _PERCENT, top, _PERCENT, _ROW)
            right = middle | Qt.AlignmentFlag.AlignRight
            painter.drawText(percent, right, f"{100 * score:.1f} %")
            painter.setPen(Qt.PenStyle.NoPen)
            bar = QRectF(start, top + (_ROW - _BAR) / 2, whole, _BAR)
            painter.setBrush(colours.color("pressed"))
            painter.drawRoundedRect(bar, _BAR / 2, _BAR / 2)
            bar.setWidth(whole * score)
            painter.setBrush(colours.color("accent" if row == 0 else "text_disabled"))
            painter.drawRoundedRect(bar, min(_BAR / 2, bar.width() / 2), _BAR / 2)
