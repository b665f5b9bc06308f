"""A panel of how the weights, gradients or outputs of one layer are spread, over the steps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final

import numpy as np
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QWidget

from app.language.sentences import translate
from app.live_panels.colour_scales import ColourBar, Scale
from app.live_panels.heat_plot import Array, HeatPlot, Span
from app.live_panels.panel import Chooser, Panel
from app.live_panels.ridge_plot import RidgePlot, share_at
from app.live_panels.step_plot import StepPlot
from app.live_panels.steps import Steps
from app.live_panels.words import panel_title
from app.runs.columns_of_steps import Columns, Histogram
from app.runs.record import Record

_BINS: Final = 96
"""So many bins are drawn at most."""


class HistogramsPanel(Panel):
    """Histograms as a map of colours or as ridges.

    Until a layer is chosen it is the first with weights.
    """

    def __init__(self, steps: Steps, choices: Sequence[str]) -> None:
        super().__init__(steps, choices)
        self.plot = HeatPlot(56, steps)
        self._heading = self.plot.give_legend()
        self.ridges = RidgePlot(steps, self._heading)
        self._bar = ColourBar()
        self.plot.scaled.connect(self._bar.show_scale)
        self._shown: Columns[Histogram] | None = None
        self._of_what, self._of_layer = Chooser(), Chooser()
        self._of_layer.choices.aboutToShow.connect(self._fill_layers)
        coloured = QWidget()
        row = QHBoxLayout(coloured)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.plot, 1)
        row.addWidget(self._bar)
        self._looks = QStackedWidget()
        self._looks.addWidget(coloured)
        self._looks.addWidget(self.ridges)
        self._looks.setCurrentIndex(int(self.is_ridged))
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._looks)
        self.retranslate()

    @property
    def what(self) -> str:
        """What is counted of the layer."""
        chosen = self.choice("of", "weights")
        return chosen if chosen in what_titles() else "weights"

    @property
    def layer(self) -> str:
        """The layer that is shown, nothing while it is not known."""
        first = (name for name, size in self.record.watched.sizes.items() if size)
        return self.choice("layer") or next(first, "")

    @property
    def is_ridged(self) -> bool:
        """Whether the histograms stand one behind the other."""
        return self.choice("as") == "ridges"

    @property
    def asks(self) -> tuple[str, ...]:
        chosen = self.choice("layer")
        return (f"histograms:{chosen}" if chosen else "histograms",)

    @property
    def heading(self) -> QWidget:
        return self._heading

    @property
    def tools(self) -> Sequence[QWidget]:
        return self._of_what, self._of_layer

    @property
    def plots(self) -> Sequence[StepPlot]:
        return (self.plot,)

    @property
    def is_empty(self) -> bool:
        return self._shown is None

    @property
    def end(self) -> float:
        return self._shown.end if self._shown is not None else 0.0

    def show_record(self, record: Record) -> None:
        super().show_record(record)
        self._show(None)
        self.take_in()

    def take_in(self) -> None:
        found = self.record.watched.histograms.get(self.what, {}).get(self.layer)
        if found is not self._shown:
            self._show(found)
            self._say_layer()

    def _show(self, columns: Columns[Histogram] | None) -> None:
        self._shown = columns
        self.plot.show_source(_Spread(columns) if columns is not None else None, Scale.FAINT)
        self.ridges.show_columns(columns)

    def refresh(self) -> None:
        self.plot.refresh()
        self.ridges.refresh()

    def rows(self) -> Iterator[str]:
        if self._shown is not None:
            for step, each in zip(self._shown.steps, self._shown.values, strict=True):
                edges = np.linspace(each.low, each.high, len(each.counts) + 1)
                middles = (edges[:-1] + edges[1:]) / 2
                for middle, count in zip(middles.tolist(), each.counts.tolist(), strict=True):
                    yield f'"{self.layer} {self.what} {middle!r}",{step:g},{count:g}'

    def fill_menu(self, menu: QMenu) -> None:
        for look, words in (
            ("colours", self.tr("As a map of colours")),
            ("ridges", self.tr("As ridges")),
        ):
            action = menu.addAction(words, partial(self.choose, "as", look))
            action.setCheckable(True)
            action.setChecked(self.is_ridged is (look == "ridges"))

    def _fill_layers(self) -> None:
        """Offer the layers that the run has told; before it did, none but the one chosen."""
        names = [*(self.record.watched.sizes or filter(None, [self.layer]))]
        self._of_layer.offer(
            dict(zip(names, names, strict=True)), self.layer, partial(self.choose, "layer")
        )
        if not names:
            unknown = self.tr("The layers are known when it trains.")
            self._of_layer.choices.addAction(unknown).setEnabled(False)

    def _say_layer(self) -> None:
        self._of_layer.say(self.layer or self.tr("first layer"), self.tr("Of which layer"))

    def adopt(self, name: str) -> None:
        self._looks.setCurrentIndex(int(self.is_ridged))
        super().adopt(name)

    def retranslate(self) -> None:
        titles = what_titles()
        self._of_what.say(titles[self.what], self.tr("What is counted"))
        self._of_what.offer(titles, self.what, partial(self.choose, "of"))
        self._say_layer()
        self.plot.set_title(panel_title("histograms"))
        self.plot.set_unit(self.tr("steps"), self.tr("value"))
        self.ridges.set_unit(self.tr("value"), self.tr("steps"))


def what_titles() -> dict[str, str]:
    """Return what can be counted of a layer."""
    return {
        "weights": translate("Panels", "Weights"),
        "gradients": translate("Panels", "Gradients"),
        "outputs": translate("Panels", "Outputs"),
    }


class _Spread:
    """Histograms as shares of 100 in bins that all of them share."""

    def __init__(self, columns: Columns[Histogram]) -> None:
        self._columns = columns
        self._bins = columns.values[0].bins(_BINS)
        self._known: dict[int, Array] = {}
        self._known_for: tuple[Span, int] = ((0.0, 0.0), 0)

    @property
    def size(self) -> int:
        return self._columns.added

    @property
    def end(self) -> float:
        return self._columns.end

    def span(self, steps: Array) -> Span:
        shown = [self._columns.values[place] for place in self._places(steps)]
        if not shown:
            return 0.0, 1.0
        return min(each.low for each in shown), max(each.high for each in shown)

    def values(self, steps: Array, rows: Span) -> tuple[Array, Span]:
        result = np.full((self._bins, len(steps)), np.nan)
        at = self._columns.at(steps)
        for place in self._places(steps):
            result[:, at == place] = self._shares(place, rows)[:, None]
        return result, rows

    def _shares(self, place: int, rows: Span) -> Array:
        """Return the shares of one column, of all but the last as they were worked out before."""
        if self._known_for != (rows, self._columns.width):
            self._known_for = rows, self._columns.width
            self._known.clear()
        if place not in self._known:
            histogram = self._columns.values[place]
            shares = 100 * histogram.over(*rows, self._bins) / max(histogram.counts.sum(), 1)
            shares = np.where(shares > 0, shares, np.nan)
            if place == len(self._columns) - 1:  # to which more may come
                return shares
            self._known[place] = shares
        return self._known[place]

    def told(self, step: float, row: float) -> str:
        place = int(self._columns.at(np.array([step]))[0])
        if place < 0:
            return ""
        return f"{row:.3g} @ {{}}: {share_at(self._columns.values[place], row):.2g} %"

    def _places(self, steps: Array) -> list[int]:
        """Return the columns that are seen at these steps."""
        return [int(place) for place in np.unique(self._columns.at(steps)) if place >= 0]
