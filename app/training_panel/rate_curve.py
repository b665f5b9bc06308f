"""The learning rate over the run, drawn small beneath the schedule before anything is trained."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.look import theme
from graph_model.recipe import Recipe
from graph_model.recipes.rates import rates

_HEIGHT = 44
_MARGIN = 3
_STEPS = 40
"""Steps of an epoch until the data tell; the form of a curve hardly depends on them."""
_MOST = 2000
"""Points, which are more than there are pixels."""


class RateCurve(QWidget):
    """Draws the rates of a recipe from 0 up; hidden where the rate stays as it is."""

    def __init__(self, recipe: Recipe, parent: QWidget | None = None) -> None:
        super().__init__(parent)  # given where it is made, or it would flash up as a window
        self._rates: Sequence[float] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_recipe(recipe)

    def show_recipe(self, recipe: Recipe, steps_per_epoch: int = _STEPS) -> None:
        """Draw the rates of a recipe, none where its problems tell why there are none."""
        try:
            found = rates(recipe, steps_per_epoch, _MOST)
        except OverflowError:
            found = ()
        self._rates = found = found if all(map(math.isfinite, found)) else ()
        self.setVisible(len(set(found)) > 1)
        self._describe()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, _HEIGHT)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._describe()
        super().changeEvent(event)

    def _describe(self) -> None:
        if not self._rates:
            return
        text = self.tr("The learning rate over the run: from {0} to {1}, at most {2}.").format(
            *(f"{rate:.3g}" for rate in (self._rates[0], self._rates[-1], max(self._rates)))
        )
        self.setToolTip(text)
        self.setAccessibleName(text)

    def paintEvent(self, event: QPaintEvent) -> None:
        top, count = max(self._rates, default=0.0), len(self._rates)
        if top <= 0 or count < 2:
            return
        width, height = self.width() - 2 * _MARGIN, self.height() - 2 * _MARGIN
        points = [
            QPointF(_MARGIN + width * place / (count - 1), _MARGIN + height * (1 - rate / top))
            for place, rate in enumerate(self._rates)
        ]
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.current().color("border"), 1))
        base = _MARGIN + height
        painter.drawLine(QPointF(_MARGIN, base), QPointF(_MARGIN + width, base))
        pen = QPen(theme.current().color("accent"), 1.6)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.drawPolyline(QPolygonF(points))
        painter.end()
