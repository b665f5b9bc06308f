"""Numbers over steps as colours: a column for each look, a row for each layer or bin."""

from __future__ import annotations

from typing import Final, Protocol

import numpy as np
import pyqtgraph
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Signal

from app.live_panels.colour_scales import Scale, colours_of
from app.live_panels.step_plot import StepPlot
from app.live_panels.steps import Steps
from app.look import theme

Array = NDArray[np.float64]
Span = tuple[float, float]

_MOST: Final = 240
"""So many columns are drawn at most."""


class HeatSource(Protocol):
    """What is drawn."""

    @property
    def size(self) -> int:
        """How many looks there are so far."""
        ...

    @property
    def end(self) -> float:
        """The last step."""
        ...

    def span(self, steps: Array) -> Span:
        """Return the lowest and the highest ordinate at these steps."""
        ...

    def values(self, steps: Array, rows: Span) -> tuple[Array, Span]:
        """Return a column for each step, from the lowest row up, and what these rows reach over."""
        ...

    def told(self, step: float, row: float) -> str:
        """Return what is at a place, with ``{}`` for the step; "" where nothing is."""
        ...


class HeatPlot(StepPlot):
    """Draws a source in colours; ``scaled`` carries the scale and its ends.

    ``from_above`` has the first row at the top.
    """

    scaled = Signal(object, object)

    def __init__(
        self,
        axis_width: int,
        steps: Steps,
        left: pyqtgraph.AxisItem | None = None,
        *,
        from_above: bool = False,
    ) -> None:
        super().__init__(axis_width, steps, left=left)
        self._source: HeatSource | None = None
        self._scale = Scale.LINEAR
        self._state: tuple[object, ...] = ()
        self._image = pyqtgraph.ImageItem(axisOrder="row-major")
        self._item.addItem(self._image)
        self._item.vb.invertY(from_above)
        self._follow_theme()

    def show_source(self, source: HeatSource | None, scale: Scale) -> None:
        """Draw something else from now on; nothing where there is none yet."""
        self._source, self._scale, self._state = source, scale, ()
        self._values_chosen = None
        self._image.clear()
        self._image.setLookupTable(colours_of(scale, theme.current().is_dark))
        self._show_numbers(on=source is not None)
        self.refresh()

    @property
    def end(self) -> float:
        return self._source.end if self._source is not None else 0.0

    def _redraw(self) -> None:
        if not self.isVisible() or self._source is None:
            return
        first, last = self._steps.shown
        count = int(np.clip(self._item.vb.width(), 1, _MOST))
        state = (self._source.size, first, last, count, self._values_chosen)
        if state == self._state:
            return
        self._state = state
        width = (last - first) / count
        steps: Array = np.array(first + width * (np.arange(count) + 0.5), dtype=np.float64)
        rows = self._values_chosen or self._source.span(steps)
        values, reach = self._source.values(steps, rows)
        drawn = self._scale.drawn(values)
        levels = self._scale.levels(drawn)
        self._image.setImage(drawn, autoLevels=False, levels=levels)
        self._image.setRect(QRectF(first, reach[0], last - first, reach[1] - reach[0]))
        self._frame(rows)
        self.scaled.emit(self._scale, levels)

    def read_out_at(self, x: float, y: float | None = None) -> None:
        self._cursor.setPos(x)
        self._cursor.show()
        told = self._source.told(x, y) if self._source is not None and y is not None else ""
        if not told:
            self._tell_names()
        else:
            self._legend.say(told.format(f"{x:.0f}"))

    def _tell_names(self) -> None:
        self._legend.tell({}, {}, "")

    def _follow_theme(self) -> None:
        super()._follow_theme()
        self._image.setLookupTable(colours_of(self._scale, theme.current().is_dark))
        self._state = ()
