"""A panel of one number of each layer over the steps, as a map of colours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final

import numpy as np
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.language.sentences import translate
from app.live_panels.axes import NameAxis
from app.live_panels.colour_scales import ColourBar, Scale
from app.live_panels.heat_plot import Array, HeatPlot, Span
from app.live_panels.panel import Chooser, Panel
from app.live_panels.step_plot import StepPlot
from app.live_panels.steps import Steps
from app.live_panels.words import panel_title
from app.runs.columns_of_steps import LayerColumns
from app.runs.record import Record

_LEAST: Final = 40
"""Room, in pixels, for the names of layers at least."""
_SCALES: Final = {
    "gradient_norm": Scale.LOG,
    "update_ratio": Scale.LOG,
    "activation_mean": Scale.AROUND_ZERO,
    "activation_deviation": Scale.LOG,
    "activation_zeros": Scale.LINEAR,
}
"""The numbers that can be shown, and the scale of each."""


class LayersPanel(Panel):
    """Gradients, updates or activations of each layer, one of them at a time."""

    def __init__(self, steps: Steps, choices: Sequence[str]) -> None:
        super().__init__(steps, choices)
        self._names = NameAxis("left")
        self.plot = HeatPlot(_LEAST, steps, self._names, from_above=True)
        self._bar = ColourBar()
        self._is_shown = False
        self._heading = self.plot.give_legend()
        self.plot.scaled.connect(self._bar.show_scale)
        self._button = Chooser()
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.plot, 1)
        box.addWidget(self._bar)
        self.retranslate()

    @property
    def quantity(self) -> str:
        """What is shown of each layer."""
        chosen = self.choice("of", "gradient_norm")
        return chosen if chosen in _SCALES else "gradient_norm"

    @property
    def asks(self) -> tuple[str, ...]:
        return ("activations",) if self.quantity.startswith("activation") else ("gradients",)

    @property
    def heading(self) -> QWidget:
        return self._heading

    @property
    def tools(self) -> Sequence[QWidget]:
        return (self._button,)

    @property
    def plots(self) -> Sequence[StepPlot]:
        return (self.plot,)

    @property
    def is_empty(self) -> bool:
        return not self._is_shown

    @property
    def end(self) -> float:
        return self.plot.end

    def show_record(self, record: Record) -> None:
        super().show_record(record)
        self._is_shown = False
        self.plot.show_source(None, _SCALES[self.quantity])
        self.take_in()

    def take_in(self) -> None:
        layers = self.record.watched.layers.get(self.quantity)
        if layers is not None:
            if self._names.show_names(layers.names):
                self._give_room()
            if not self._is_shown:
                self._is_shown = True
                self.plot.show_source(_Layers(layers), _SCALES[self.quantity])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._give_room()

    def _give_room(self) -> None:
        """Give the names as much room as they want, but the colours twice as much at least."""
        self.plot.set_axis_width(max(_LEAST, min(self._names.wanted, self.width() // 3)))

    def refresh(self) -> None:
        self.plot.refresh()

    def rows(self) -> Iterator[str]:
        layers = self.record.watched.layers.get(self.quantity)
        if layers is not None:
            means = layers.means(range(len(layers.columns)))
            for name, values in zip(layers.names, means.tolist(), strict=True):
                for step, value in zip(layers.columns.steps, values, strict=True):
                    yield f'"{name}",{step:g},{value!r}'

    def retranslate(self) -> None:
        titles = quantity_titles()
        self._button.say(titles[self.quantity], self.tr("What is shown of each layer"))
        self._button.offer(titles, self.quantity, partial(self.choose, "of"))
        self.plot.set_title(panel_title("layers"))
        self.plot.set_unit(self.tr("steps"))


def quantity_titles() -> dict[str, str]:
    """Return what the numbers of layers are called."""
    return {
        "gradient_norm": translate("Panels", "Gradient norm"),
        "update_ratio": translate("Panels", "Update over weight"),
        "activation_mean": translate("Panels", "Output mean"),
        "activation_deviation": translate("Panels", "Output deviation"),
        "activation_zeros": translate("Panels", "Zeros in outputs"),
    }


class _Layers:
    """The numbers of layers, the first layer from 0 to 1, as what can be drawn in colours."""

    def __init__(self, layers: LayerColumns) -> None:
        self._layers = layers

    @property
    def size(self) -> int:
        return self._layers.columns.added

    @property
    def end(self) -> float:
        return self._layers.columns.end

    def span(self, steps: Array) -> Span:
        return 0.0, float(len(self._layers.names))

    def values(self, steps: Array, rows: Span) -> tuple[Array, Span]:
        places = self._layers.columns.at(steps)
        used, back = np.unique(places, return_inverse=True)
        seen = used[used >= 0]
        means = np.full((len(self._layers.names), len(used)), np.nan)
        means[:, len(used) - len(seen) :] = self._layers.means(seen.tolist())
        return means[:, back], self.span(steps)

    def told(self, step: float, row: float) -> str:
        place = int(self._layers.columns.at(np.array([step]))[0])
        if place < 0 or not 0 <= row < len(self._layers.names):
            return ""
        value = self._layers.means([place])[int(row), 0]
        return f"{self._layers.names[int(row)]} @ {{}}: {value:.3g}"
