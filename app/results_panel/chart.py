"""What every chart of results has: a title, controls beside it, a body, and a way to save it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyqtgraph
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.live_panels.files import ask_and_save, save
from app.look import theme
from app.look.icons import icon
from app.look.style import set_role
from app.look.theme import SMALL, SPACE, ui_font
from app.widgets.plot_menus import adopt_menus

_LEAST: Final = 150
_MOST_POINTS: Final = 3000
"""A line with more points looks the same with fewer; those of a file are all there."""


class Chart(QWidget):
    """A chart under its title; ``rows`` are its numbers, as they are saved as CSV.

    Whoever makes one says ``retranslate`` once all is there.
    """

    file_name = "chart"

    def __init__(self, body: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.body = body
        self._title = QLabel()
        set_role(self._title, "heading")
        self._told = QLabel()
        self._told.setTextFormat(Qt.TextFormat.PlainText)
        self._told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        set_role(self._told, "caption")
        self._save = QToolButton()
        self._save.setIcon(icon("download"))
        self._save.clicked.connect(lambda: ask_and_save(self, self.file_name, self.save))
        # Drawn within a plain widget: a view of a scene has a render() of its own.
        self.drawn = QWidget()
        """What is saved as a picture."""
        inside = QVBoxLayout(self.drawn)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(body)
        self.controls = QHBoxLayout()
        """What is chosen of the chart, at the right of its title."""
        self.controls.setSpacing(SPACE // 2)
        head = self._head = QHBoxLayout()
        head.setSpacing(SPACE)
        head.addWidget(self._title)
        self._told.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        head.addWidget(self._told, 1)
        head.addStretch(0)
        head.addLayout(self.controls)
        head.addWidget(self._save)
        box = self.column = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE // 2)
        box.addLayout(head)
        box.addWidget(self.drawn, 1)

    @property
    def title(self) -> str:
        """What the chart is called, in the language in use."""
        return ""

    @property
    def told(self) -> str:
        """What is said of it in short beside its title."""
        return ""

    @property
    def rows(self) -> Iterator[Sequence[object]]:
        """The names of its columns, then its numbers."""
        raise NotImplementedError

    def save(self, path: Path) -> None:
        """Write the chart as PNG or SVG, or its numbers as CSV; raises ``OSError``."""
        columns, *lines = csv_text(self.rows).splitlines()
        save(self.drawn, lines, path, columns)

    def retranslate(self) -> None:
        """Say all in the language in use."""
        self._title.setText(self.title)
        self._told.setToolTip(self.told)
        self._fit()
        self._save.setToolTip(self.tr("Save as a picture (PNG, SVG) or a table (CSV)"))
        self._save.setAccessibleName(self._save.toolTip())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say it beside the title, or below where there is no room."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        wanted = self._told.fontMetrics().horizontalAdvance(self.told)
        others = (self._title, self.controls, self._save)
        beside = self.width() - sum(each.sizeHint().width() + SPACE for each in others)
        fits = wanted <= beside
        place = self._head if fits else self.column
        if place.indexOf(self._told) < 0:
            place.insertWidget(1, self._told, int(fits))
        elide, room = Qt.TextElideMode.ElideRight, self.width()
        self._told.setText(self._told.fontMetrics().elidedText(self.told, elide, room))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


class Plot(pyqtgraph.PlotWidget):  # type: ignore[misc]
    """A plot with two named axes in the colours of the theme, whose frame is set by who draws."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, enableMenu=False)
        self.plotItem.hideButtons()
        adopt_menus(self)
        self.setCacheMode(self.CacheModeFlag.CacheNone)  # or SVG would hold a picture of the ground
        self.plotItem.layout.setContentsMargins(1, 6, 8, 1)
        for side in ("left", "bottom"):
            self.plotItem.getAxis(side).enableAutoSIPrefix(False)
        self.setMinimumSize(_LEAST, _LEAST)
        self._names = ("", "")
        theme.manager().changed.connect(self._follow_theme)
        self._follow_theme()

    def sizeHint(self) -> QSize:
        """Ask for little: a plot takes what there is."""
        return QSize(320, 220)

    def name_axes(self, below: str, left: str) -> None:
        """Say what both axes tell, with their units."""
        self._names = (below, left)
        self._follow_theme()

    def frame(self, x: tuple[float, float], y: tuple[float, float], margin: float = 0.03) -> None:
        """Show what lies between these ends."""
        self.plotItem.vb.setRange(xRange=x, yRange=y, padding=margin)

    def _follow_theme(self) -> None:
        colours = theme.current()
        self.setBackground(colours.surface)
        style = {"color": colours.text_muted, "font-size": f"{SMALL}px"}
        for side, name in zip(("bottom", "left"), self._names, strict=True):
            axis = self.plotItem.getAxis(side)
            axis.setPen(colours.border_strong)
            axis.setTextPen(colours.text_muted)
            axis.setStyle(tickFont=ui_font(SMALL - 1))
            axis.setLabel(name, **style)


def thinned(x: NDArray[Any], y: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return no more points of a line than can be seen, the first and the last among them."""
    if len(x) <= _MOST_POINTS:
        return x, y
    kept = np.linspace(0, len(x) - 1, _MOST_POINTS).astype(int)
    return x[kept], y[kept]


def csv_text(rows: Iterable[Sequence[object]]) -> str:
    """Return rows as CSV, the names of the columns first."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()
