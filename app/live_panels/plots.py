"""Live plots of a run: curves that grow, with smoothing, log scale, read-out and export."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
import pyqtgraph
from PySide6.QtCore import QEvent, QObject, QPointF, Signal
from PySide6.QtGui import QPalette, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.live_panels.axes import StepAxis, ValueAxis
from app.live_panels.band import Band
from app.live_panels.legend import Legend
from app.look import theme
from app.look.theme import SMALL, SPACE, ui_font
from app.runs.curves import Array, Curve, Smoothed
from app.widgets.plot_menus import adopt_menus

_SIDES: Final = ("left", "bottom")
_MARGIN: Final = 0.03
"""Share of the frame that is left free around the curves."""
_FILLED: Final = 0.8
"""Share of the height that curves fill at least, before another frame is chosen."""
_ROOM_FOR_UNIT: Final = 180
"""How many pixels a plot is high at least where a line below its numbers says what they count."""


class Steps(QObject):
    """The steps that plots show together: all of a run, or those chosen with the mouse."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._last = self._end = 1.0
        self._chosen: tuple[float, float] | None = None

    @property
    def shown(self) -> tuple[float, float]:
        """The first and the last step to show."""
        margin = _MARGIN * self._end
        return self._chosen or (-margin, self._end + margin)

    def begin(self) -> None:
        """Begin with another run."""
        self._last, self._chosen = 1.0, None
        self.fit()

    def reach(self, step: float, ahead: float = 0.0) -> bool:
        """Reach as far as a step; tell whether that is further than before.

        Then the frame goes up to ``ahead``, so that it stays for a while as curves grow.
        """
        is_further = step > self._end
        self._last = max(step, self._last)
        if is_further:
            self._end = max(step, ahead)
        return is_further

    def fit(self) -> None:
        """Have the frame end with the last step."""
        self._end = self._last

    def include(self, step: float) -> bool:
        """Do the same, and have all plots follow where it is further."""
        is_further = self.reach(step)
        if is_further:
            self.changed.emit()
        return is_further

    def choose(self, chosen: tuple[float, float] | None) -> None:
        """Show these steps from now on; with ``None`` all."""
        self._chosen = chosen
        self.changed.emit()


class LivePlot(QWidget):
    """One plot of several named curves over the steps of a run, under its title and legend.

    A single curve is named where it ``names_one``. Where the mouse points, the legend tells the
    values instead of the names alone. Wheel and drag show a part, a double click shows all again.
    The frame is set here: plots that pyqtgraph links and frames by itself may correct each other
    without end.
    """

    def __init__(
        self,
        axis_width: int = 50,
        steps: Steps | None = None,
        parent: QWidget | None = None,
        *,
        names_one: bool = False,
    ) -> None:
        super().__init__(parent)
        self._curves: dict[str, tuple[Curve, int, pyqtgraph.PlotDataItem]] = {}
        self._bands: list[Band] = []
        self._steps = steps or Steps(self)
        self._is_log = False
        self._unit = ""
        self._drawn: dict[str, tuple[tuple[float, ...], Array]] = {}
        """What of each curve is drawn: its length and the steps, and the ordinates."""
        self._values: tuple[float, float] | None = None
        self._values_chosen: tuple[float, float] | None = None
        self._smoothing = 0.0
        self._smoothed: dict[str, Smoothed] = {}
        self._legend = Legend(names_one=names_one)
        self.plot = pyqtgraph.PlotWidget(
            axisItems={"bottom": StepAxis("bottom"), "left": ValueAxis("left")}
        )
        item = self._item = self.plot.plotItem
        item.hideButtons()
        item.disableAutoRange()
        item.vb.sigRangeChangedManually.connect(self._hold_frame)
        self._steps.changed.connect(self._redraw)
        adopt_menus(self.plot)
        item.getAxis("left").setWidth(axis_width)
        item.layout.setContentsMargins(1, 7, 8, 1)  # half a number at the ends of the axes
        for side in _SIDES:
            item.getAxis(side).enableAutoSIPrefix(False)
            item.getAxis(side).setStyle(showValues=False)
        self._cursor = pyqtgraph.InfiniteLine(angle=90, movable=False)
        self._cursor.hide()
        item.addItem(self._cursor, ignoreBounds=True)
        self.setMinimumSize(110, 60)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, SPACE // 2, 0, 0)
        box.setSpacing(0)
        box.addWidget(self._legend)
        box.addWidget(self.plot, 1)
        self.setAutoFillBackground(True)
        self.plot.scene().sigMouseMoved.connect(self._read_out)
        self.plot.viewport().installEventFilter(self)
        theme.manager().changed.connect(self._follow_theme)
        self._follow_theme()

    def set_title(self, title: str) -> None:
        """Write another title above the plot."""
        self._legend.title = title
        self._tell_names()

    def set_unit(self, unit: str) -> None:
        """Write what the abscissa counts below its numbers, where the plot is high enough."""
        self._unit = unit
        self._show_unit()

    def _show_unit(self) -> None:
        axis = self._item.getAxis("bottom")
        style = {"color": theme.current().text_muted, "font-size": f"{SMALL - 1}px"}
        axis.setLabel(self._unit, **style)
        axis.showLabel(bool(self._unit) and self.height() >= _ROOM_FOR_UNIT)
        self._item.layout.activate()  # now, so that the label is never painted over the numbers

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the room for the curves where there is little."""
        super().resizeEvent(event)
        self._show_unit()

    @property
    def legend(self) -> str:
        """What stands above the plot at the moment, as plain text."""
        return self._legend.words

    @property
    def markup(self) -> str:
        """The same as it is given to Qt."""
        return self._legend.text()

    def show_curve(self, name: str, curve: Curve, colour: int, *, dots: bool = False) -> None:
        """Draw ``curve`` under ``name``, in the theme's curve colour number ``colour``."""
        item = self._item.plot()
        if dots:
            item.setSymbol("o")
            item.setSymbolSize(5)
        self._curves[name] = (curve, colour, item)
        self._show_numbers(on=True)
        _colour(item, colour)
        self._tell_names()

    def show_band(self, low: Curve, high: Curve, colour: int) -> None:
        """Fill what lies between two curves, faintly in the colour of that number."""
        self._bands.append(Band(self._item, low, high, colour))

    def forget_curves(self) -> None:
        """Remove every curve, before another run."""
        for band in self._bands:
            band.remove()
        self._bands.clear()
        for _, _, item in self._curves.values():
            self._item.removeItem(item)
        self._curves.clear()
        self._smoothed.clear()
        self._drawn.clear()
        self._values = self._values_chosen = None
        self._steps.begin()
        self._show_numbers(on=False)  # those of the last run say nothing of the next
        self._tell_names()

    def _show_numbers(self, *, on: bool) -> None:
        for side in _SIDES:
            self._item.getAxis(side).setStyle(showValues=on)
        self._item.getAxis("bottom").setHeight()  # as the numbers need, or not: it has not followed

    def refresh(self) -> None:
        """Draw what has been appended to the curves, where anybody can see it."""
        if not self.isVisible():
            return
        if not self._steps.include(self.end):  # else all plots draw, this one too
            self._redraw()

    @property
    def end(self) -> float:
        """The last step of any curve."""
        ends = (float(curve.x[-1]) for curve, _, _ in self._curves.values() if len(curve))
        return max(ends, default=0.0)

    def showEvent(self, event: QShowEvent) -> None:
        """Draw what was appended while this was hidden."""
        super().showEvent(event)
        self.refresh()

    def set_smoothing(self, amount: float) -> None:
        """Smooth every curve by a moving average, from 0 (not at all) to below 1."""
        self._smoothing = amount
        self._smoothed.clear()
        self._drawn.clear()
        self.refresh()

    def _redraw(self) -> None:
        """Draw the steps that are shown: every point where there are few, else bins of them.

        While it trains this takes time from the training: what is as it was stays.
        """
        if not self.isVisible():
            return
        first, last = self._steps.shown
        for name, (curve, _, item) in self._curves.items():
            state = (len(curve), first, last)
            if len(curve) and (name not in self._drawn or self._drawn[name][0] != state):
                x, y = self._as_drawn(name, curve).thinned(first, last)
                self._drawn[name] = state, y
                item.setData(x, y)
        edges = [each for band in self._bands for each in band.redraw(first, last)]
        self._values = self._span([*(y for _, y in self._drawn.values()), *edges])
        self._show_frame()

    def _as_drawn(self, name: str, curve: Curve) -> Curve:
        """Return a curve, or its moving average."""
        if not self._smoothing:
            return curve
        if name not in self._smoothed:
            self._smoothed[name] = Smoothed(curve, self._smoothing)
        return self._smoothed[name].curve()

    def set_log_scale(self, on: bool) -> None:
        """Show the values on a logarithmic scale."""
        self._is_log = on
        self._values = self._values_chosen = None
        self._item.setLogMode(y=on)
        self.refresh()

    def values_at(self, x: float) -> dict[str, float]:
        """Return the value of each curve at the point nearest to ``x``."""
        return {
            name: float(curve.y[_nearest(curve.x, x)])
            for name, (curve, _, _) in self._curves.items()
            if len(curve)
        }

    def rows(self) -> Iterator[str]:
        """Yield every point of every curve as a row of CSV: curve, x, y."""
        for name, (curve, _, _) in self._curves.items():
            for x, y in zip(curve.x.tolist(), curve.y.tolist(), strict=True):
                yield f'"{name}",{x:g},{y!r}'

    def read_out_at(self, x: float) -> None:
        """Mark the abscissa ``x`` and tell the values there."""
        self._cursor.setPos(x)
        self._cursor.show()
        self._legend.tell(self._colours(), self.values_at(x), f"{x:.0f}")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go back to the names when the mouse leaves, and to all steps at a double click."""
        if event.type() is QEvent.Type.MouseButtonDblClick:
            self._values_chosen = None
            self._steps.choose(None)
        if event.type() is QEvent.Type.Leave:
            self._cursor.hide()
            self._tell_names()
        return False

    def _span(self, drawn: list[Array]) -> tuple[float, float] | None:
        """Return the lowest and the highest value with a margin, as they are drawn.

        They are those of before where these still suit, so that the axis need not be drawn anew.
        """
        values = np.concatenate(drawn) if drawn else np.empty(0)
        values = values[np.isfinite(values)]
        if self._is_log:
            values = np.log10(values[values > 0])
        if not len(values):
            return None
        low, high = float(values.min()), float(values.max())
        if self._values is not None:
            bottom, top = self._values
            is_filled = high - low >= _FILLED * (top - bottom)
            if bottom <= low and high <= top and is_filled:
                return self._values
        margin = _MARGIN * (high - low) or 0.05 * abs(high) or 1.0
        return low - margin, high + margin

    def _show_frame(self) -> None:
        values, view = self._values_chosen or self._values, self._item.vb
        if values is not None and [[*self._steps.shown], [*values]] != view.viewRange():
            view.setRange(xRange=self._steps.shown, yRange=values, padding=0)
            self.plot.scene().prepareForPaint()  # else it is painted, moved and painted again

    def _hold_frame(self, _: object) -> None:
        steps, self._values_chosen = map(tuple, self._item.vb.viewRange())
        self._steps.choose(steps)

    def _read_out(self, at: QPointF) -> None:
        if self._item.vb.sceneBoundingRect().contains(at):
            self.read_out_at(self._item.vb.mapSceneToView(at).x())

    def _tell_names(self) -> None:
        self._legend.tell(self._colours(), {}, "")

    def _colours(self) -> dict[str, str]:
        colours = theme.current().curves
        return {
            name: colours[number % len(colours)] for name, (_, number, _) in self._curves.items()
        }

    def _follow_theme(self) -> None:
        colours = theme.current()
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Window, colours.color("surface"))
        self.setPalette(palette)
        self.plot.setBackground(colours.surface)
        for side in _SIDES:
            axis = self._item.getAxis(side)
            axis.setPen(colours.border_strong)
            axis.setTextPen(colours.text_muted)
            axis.setStyle(tickFont=ui_font(SMALL - 1))
        self._cursor.setPen(colours.border_strong)
        for _, colour, item in self._curves.values():
            _colour(item, colour)
        for band in self._bands:
            band.follow_theme()
        self._show_unit()
        self._tell_names()


def _colour(item: pyqtgraph.PlotDataItem, number: int) -> None:
    colours = theme.current().curves
    colour = colours[number % len(colours)]
    item.setPen(pyqtgraph.mkPen(colour, width=1))
    item.setSymbolBrush(colour)
    item.setSymbolPen(None)


def _nearest(x: Array, at: float) -> int:
    """Return the index of the abscissa nearest to ``at``; ``x`` ascends."""
    right = int(np.clip(np.searchsorted(x, at), 0, len(x) - 1))
    left = max(0, right - 1)
    return left if abs(x[left] - at) <= abs(x[right] - at) else right
