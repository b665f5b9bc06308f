"""What explanations look like: a picture under its heat, words in colours, bars and lines."""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyqtgraph
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from app.language.sentences import translate
from app.look import theme
from app.results_panel.chart import Chart, Plot
from app.results_panel.images import as_image

if TYPE_CHECKING:
    from app.attribution.explaining import Columns, Dependence, Heat, Words

_STRONGEST: Final = 215
"""How opaque the heat is where it is strongest, of 255."""
_BAR: Final = 0.7


def heat_image(heat: NDArray[Any]) -> QImage:
    """Return numbers of shape (H, W) as colours: for the answer, and against it below 0.

    The stronger, the more opaque; the strongest of either side sets the scale.
    """
    most = float(np.abs(heat).max()) or 1.0
    shares = np.clip(np.abs(heat) / most, 0, 1)
    rows = np.zeros((*heat.shape, 4), np.uint8)
    for is_for, colour in ((True, _for()), (False, _against())):
        chosen = (heat > 0) if is_for else (heat < 0)
        rows[chosen, :3] = (colour.blue(), colour.green(), colour.red())
    rows[..., 3] = (_STRONGEST * shares).astype(np.uint8)
    rows = np.ascontiguousarray(rows)
    height, width = heat.shape
    return QImage(rows.data, width, height, 4 * width, QImage.Format.Format_ARGB32).copy()


def _for() -> QColor:
    return QColor(theme.current().curves[1])


def _against() -> QColor:
    return QColor(theme.current().curves[0])


class _Explanation(Chart):
    """What one answer rests on, in the colours of what speaks for it and against it."""

    @property
    def title(self) -> str:
        """What it is called."""
        return translate("Explanation", "What it rests on")

    @property
    def told(self) -> str:
        """What the colours mean."""
        return translate("Explanation", "orange speaks for the answer, blue against it")


class HeatView(_Explanation):
    """The picture, and beside it the same under its heat."""

    file_name = "explanation"

    def __init__(self, parent: QWidget | None = None) -> None:
        self._pair = _Pair()
        super().__init__(self._pair, parent)
        self._shown: Heat | None = None
        theme.manager().changed.connect(self._draw)
        self.retranslate()

    def show_heat(self, shown: Heat) -> None:
        """Show what an answer rests on."""
        self._shown = shown
        self._draw()

    @property
    def rows(self) -> Iterator[Sequence[object]]:
        """The heat, row by row."""
        yield ("heat",)
        if self._shown is not None:
            yield from self._shown.heat.tolist()

    def _draw(self) -> None:
        if self._shown is not None:
            picture = self._shown.picture
            ends = (float(np.nanmin(picture)), float(np.nanmax(picture)))
            self._pair.show_images(as_image(picture, *ends), heat_image(self._shown.heat))


class _Pair(QWidget):
    """Two pictures side by side, as large as there is room, the second under a heat."""

    def __init__(self) -> None:
        super().__init__()
        self._picture: QImage | None = None
        self._heat: QImage | None = None
        self.setMinimumSize(240, 120)

    def show_images(self, picture: QImage, heat: QImage) -> None:
        """Show these."""
        self._picture, self._heat = picture, heat
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._picture is None or self._heat is None:
            return
        gap = 12
        room = min((self.width() - gap) / 2, self.height())
        tall = self._picture.height() / max(1, self._picture.width())
        width = min(room, room / tall)
        size = (width, width * tall)
        painter = QPainter(self)
        painter.drawImage(QRectF(0, 0, *size), self._picture)
        second = QRectF(width + gap, 0, *size)
        painter.drawImage(second, self._picture)
        is_coarse = self._heat.width() < width / 4
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, is_coarse)
        painter.drawImage(second, self._heat)
        painter.end()


class WordsView(_Explanation):
    """A text whose words are coloured by what they speak for."""

    file_name = "words"

    def __init__(self, parent: QWidget | None = None) -> None:
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.RichText)
        self._text.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        super().__init__(self._text, parent)
        self._shown: Words | None = None
        theme.manager().changed.connect(self._draw)
        self.retranslate()

    def show_words(self, shown: Words) -> None:
        """Show a text."""
        self._shown = shown
        self._draw()

    @property
    def rows(self) -> Iterator[Sequence[object]]:
        """A row for each token."""
        yield "token", "weight"
        if self._shown is not None:
            yield from zip(self._shown.tokens, self._shown.weights.tolist(), strict=True)

    def _draw(self) -> None:
        if self._shown is None:
            return
        most = float(np.abs(self._shown.weights).max(initial=0)) or 1.0
        parts = []
        for token, weight in zip(self._shown.tokens, self._shown.weights.tolist(), strict=True):
            if token == "\n":
                parts.append("<br>")
                continue
            colour = _for() if weight > 0 else _against()
            share = round(160 * abs(weight) / most)
            ground = f"rgba({colour.red()},{colour.green()},{colour.blue()},{share})"
            parts.append(f'<span style="background-color:{ground}">{html.escape(token)}</span>')
        self._text.setText(" ".join(parts))


class ImportanceView(Chart):
    """A bar for each column; ``chosen`` carries the name of the one that is clicked."""

    file_name = "importance"
    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        self.plot = Plot()
        super().__init__(self.plot, parent)
        self._shown: Columns | None = None
        self.plot.setMouseEnabled(False, False)
        self.plot.scene().sigMouseClicked.connect(self._click)
        theme.manager().changed.connect(self._draw)
        self.retranslate()

    def show_columns(self, shown: Columns) -> None:
        """Show how much each column matters."""
        self._shown = shown
        self._draw()
        self.retranslate()

    @property
    def title(self) -> str:
        """What it is called."""
        return self.tr("What matters")

    @property
    def told(self) -> str:
        """How it is measured."""
        if self._shown is None:
            return ""
        figure = self.tr("accuracy") if self._shown.figure == "accuracy" else "R²"
        return self.tr("{0} lost by shuffling a column").format(figure)

    @property
    def rows(self) -> Iterator[Sequence[object]]:
        """A row for each column."""
        yield "column", "fall", "deviation"
        for each in self._shown.importances if self._shown else ():
            yield each.name, each.mean, each.deviation

    def _draw(self) -> None:
        self.plot.plotItem.clear()
        if self._shown is None or not self._shown.importances:
            return
        found, colours = self._shown.importances, theme.current()
        count = len(found)
        places = np.arange(count)[::-1]
        means = np.array([each.mean for each in found])
        deviations = np.array([each.deviation for each in found])
        bars = pyqtgraph.BarGraphItem(
            x0=0, y=places, height=_BAR, width=means, brush=colours.color("accent"), pen=None
        )
        errors = pyqtgraph.ErrorBarItem(
            x=means, y=places, left=deviations, right=deviations, pen=colours.border_strong
        )
        self.plot.addItem(bars)
        self.plot.addItem(errors)
        ticks = [(int(place), each.name) for place, each in zip(places, found, strict=True)]
        self.plot.plotItem.getAxis("left").setTicks([ticks])
        widest = float((means + deviations).max(initial=0.01))
        lowest = float((means - deviations).min(initial=0))
        self.plot.frame((min(lowest, 0), widest), (-0.6, count - 0.4))

    def _click(self, event: Any) -> None:
        if self._shown is None:
            return
        place = self.plot.plotItem.vb.mapSceneToView(event.scenePos())
        row = len(self._shown.importances) - 1 - round(place.y())
        if 0 <= row < len(self._shown.importances):
            self.chosen.emit(self._shown.importances[row].name)

    def retranslate(self) -> None:
        """Say all in the language in use."""
        super().retranslate()
        self.plot.name_axes(self.tr("fall"), "")


class DependenceView(Chart):
    """The mean answer over the values of one column, a line for each class."""

    file_name = "dependence"

    def __init__(self, parent: QWidget | None = None) -> None:
        self.plot = Plot()
        super().__init__(self.plot, parent)
        self._shown: Dependence | None = None
        self.plot.setMouseEnabled(False, False)
        theme.manager().changed.connect(self._draw)
        self.retranslate()

    def show_dependence(self, shown: Dependence) -> None:
        """Show how the answer depends on a column."""
        self._shown = shown
        self._draw()
        self.retranslate()

    @property
    def title(self) -> str:
        """What it is called."""
        return self._shown.column if self._shown is not None else self.tr("One column")

    @property
    def told(self) -> str:
        """Which line is which class."""
        if self._shown is None:
            return self.tr("click a column at the left")
        return self.tr("mean answer by its value")

    @property
    def rows(self) -> Iterator[Sequence[object]]:
        """A row for each value."""
        if self._shown is not None:
            yield self._shown.column, *(self._shown.class_names or ("mean",))
            for place, value in enumerate(self._shown.values.tolist()):
                yield value, *self._shown.means[:, place].tolist()

    def _draw(self) -> None:
        self.plot.plotItem.clear()
        shown = self._shown
        if shown is None:
            return
        colours = theme.current().curves
        if self.plot.plotItem.legend is None:
            self.plot.plotItem.addLegend(offset=(-8, 8))
        self.plot.plotItem.legend.clear()
        names = shown.class_names if len(shown.class_names) == len(shown.means) else ()
        for place, line in enumerate(shown.means):
            pen = pyqtgraph.mkPen(colours[place % len(colours)], width=2)
            name = names[place] if names else None
            self.plot.plot(shown.values, line, pen=pen, name=name)
        spread = (float(shown.means.min()), float(shown.means.max()))
        ends = (float(shown.values[0]), float(shown.values[-1]))
        self.plot.frame(ends, (0.0, 1.0) if names else spread)

    def retranslate(self) -> None:
        """Say all in the language in use."""
        super().retranslate()
        shown = self._shown
        probability = self.tr("probability")
        is_of_classes = shown is not None and bool(shown.class_names)
        self.plot.name_axes(
            shown.column if shown else "", probability if is_of_classes else self.tr("answer")
        )
