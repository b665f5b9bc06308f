"""Live plots of a run: curves that grow, with smoothing, log scale, read-out and export."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
import pyqtgraph
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from app.live_panels.band import Band
from app.live_panels.guide import Guide
from app.live_panels.step_plot import StepPlot
from app.live_panels.steps import MARGIN, Steps
from app.look import theme
from app.runs.curves import Array, Curve, Smoothed

_FILLED: Final = 0.8
"""Share of the height that curves fill at least, before another frame is chosen."""
_FAINT: Final = 70
"""How much of its colour a curve has behind what is smoothed of it, of 255."""
_BEHIND: Final = -5
_FEW: Final = 8
"""So many points are marked in every curve: a line through one of them cannot be seen."""
_THICK: Final = 2
"""The width, in pixels, of the lines of a large plot."""


class LivePlot(StepPlot):
    """One plot of several named curves over the steps of a run, under its title and legend.

    A single curve is named where it ``names_one``. Where the mouse points, the legend tells the
    values instead of the names alone.
    """

    def __init__(
        self,
        axis_width: int = 50,
        steps: Steps | None = None,
        parent: QWidget | None = None,
        *,
        names_one: bool = False,
    ) -> None:
        super().__init__(axis_width, steps, parent, names_one=names_one)
        self._curves: dict[str, tuple[Curve, int, pyqtgraph.PlotDataItem]] = {}
        self._dotted: set[str] = set()
        self._faint: dict[str, pyqtgraph.PlotDataItem] = {}
        """Of smoothed curves their values as they are."""
        self._bands: list[Band] = []
        self._guide: Guide | None = None
        self._is_log = False
        self._drawn: dict[str, tuple[tuple[float, ...], Array]] = {}
        """What of each curve is drawn: its length and the steps, and the ordinates."""
        self._values: tuple[float, float] | None = None
        self._smoothing = 0.0
        self._smoothed: dict[str, Smoothed] = {}
        self._follow_theme()

    def show_curve(
        self, name: str, curve: Curve, colour: int, *, dots: bool = False, is_drawn: bool = True
    ) -> None:
        """Draw ``curve`` under ``name``, in the theme's curve colour number ``colour``.

        One that is not drawn is the edge of a band, say: its values are told like the others'.
        """
        item = self._item.plot()
        item.setVisible(is_drawn)
        item.setSymbolSize(5)
        if dots:
            self._dotted.add(name)
        self._curves[name] = (curve, colour, item)
        self._show_numbers(on=True)
        self._colour_curves()
        self._tell_names()

    def show_band(self, low: Curve, high: Curve, colour: int) -> None:
        """Fill what lies between two curves, faintly in the colour of that number."""
        self._bands.append(Band(self._item, low, high, colour))

    def show_guide(self, value: float) -> None:
        """Mark a value that others are held against."""
        self._guide = Guide(self._item, value)
        self._guide.set_log_scale(self._is_log)

    def forget_curves(self) -> None:
        """Remove every curve, before another run."""
        for band in self._bands:
            band.remove()
        self._bands.clear()
        for _, _, item in self._curves.values():
            self._item.removeItem(item)
        self._curves.clear()
        self._dotted.clear()
        self._leave_smoothed()
        self._values = self._values_chosen = None
        if self._has_own_steps:
            self._steps.begin()
        self._show_numbers(on=False)  # those of the last run say nothing of the next
        self._tell_names()

    @property
    def end(self) -> float:
        """The last step of any curve."""
        ends = (float(curve.x[-1]) for curve, _, _ in self._curves.values() if len(curve))
        return max(ends, default=0.0)

    def set_smoothing(self, amount: float) -> None:
        """Smooth every curve by a moving average, from 0 (not at all) to below 1."""
        self._smoothing = amount
        self._leave_smoothed()
        self.refresh()

    def _leave_smoothed(self) -> None:
        for item in self._faint.values():
            self._item.removeItem(item)
        self._faint.clear()
        self._smoothed.clear()
        self._drawn.clear()

    def _redraw(self) -> None:
        """Draw the steps that are shown: every point where there are few, else bins of them.

        While it trains this takes time from the training: what is as it was stays.
        """
        if not self.isVisible():
            return
        first, last = self._steps.shown
        for name, (curve, _, item) in self._curves.items():
            state = (len(curve), first, last)
            if (
                len(curve)
                and item.isVisible()
                and (name not in self._drawn or self._drawn[name][0] != state)
            ):
                x, y = self._as_drawn(name, curve).thinned(first, last)
                item.setData(x, y)
                item.setSymbol("o" if name in self._dotted or len(x) <= _FEW else None)
                if self._smoothing:
                    y = np.concatenate((y, self._draw_faint(name, curve, first, last)))
                self._drawn[name] = state, y
        more = [each for band in self._bands for each in band.redraw(first, last)]
        if self._guide is not None:
            more.append(np.array([self._guide.value]))
        self._values = self._span([*(y for _, y in self._drawn.values()), *more])
        self._show_frame()

    def _draw_faint(self, name: str, curve: Curve, first: float, last: float) -> Array:
        """Draw the values as they are behind what is smoothed, and return them."""
        if name not in self._faint:
            item = self._faint[name] = self._item.plot()
            item.setZValue(_BEHIND)
            _colour(item, self._curves[name][1], 1, _FAINT)
        x, y = curve.thinned(first, last)
        self._faint[name].setData(x, y)
        return y

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
        if self._guide is not None:
            self._guide.set_log_scale(on)
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

    def read_out_at(self, x: float, y: float | None = None) -> None:
        """Mark the abscissa ``x`` and tell the values of all curves there."""
        self._cursor.setPos(x)
        self._cursor.show()
        self._legend.tell(self._colours(), self.values_at(x), f"{x:.0f}")

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
        margin = MARGIN * (high - low) or 0.05 * abs(high) or 1.0
        return low - margin, high + margin

    def _show_frame(self) -> None:
        values = self._values_chosen or self._values
        if values is not None and self._frame(values):
            self.plot.scene().prepareForPaint()  # else it is painted, moved and painted again

    def _tell_names(self) -> None:
        self._legend.tell(self._colours(), {}, "")

    def _colours(self) -> dict[str, str]:
        colours = theme.current().curves
        return {
            name: colours[number % len(colours)] for name, (_, number, _) in self._curves.items()
        }

    def _follow_size(self) -> None:
        super()._follow_size()
        self._colour_curves()

    def _follow_theme(self) -> None:
        super()._follow_theme()
        self._colour_curves()
        for band in self._bands:
            band.follow_theme()
        if self._guide is not None:
            self._guide.follow_theme()

    def _colour_curves(self) -> None:
        width = _THICK if self.is_large else 1
        for name, (_, colour, item) in self._curves.items():
            _colour(item, colour, width)
            if name in self._faint:
                _colour(self._faint[name], colour, 1, _FAINT)


def _colour(item: pyqtgraph.PlotDataItem, number: int, width: int, alpha: int = 255) -> None:
    colours = theme.current().curves
    colour = QColor(colours[number % len(colours)])
    colour.setAlpha(alpha)
    item.setPen(pyqtgraph.mkPen(colour, width=width))
    item.setSymbolBrush(colour)
    item.setSymbolPen(None)


def _nearest(x: Array, at: float) -> int:
    """Return the index of the abscissa nearest to ``at``; ``x`` ascends."""
    right = int(np.clip(np.searchsorted(x, at), 0, len(x) - 1))
    left = max(0, right - 1)
    return left if abs(x[left] - at) <= abs(x[right] - at) else right
