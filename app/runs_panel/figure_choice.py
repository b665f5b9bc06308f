"""The settings that runs differ in and the figures they reached, for views that set them off."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtWidgets import QComboBox

from app.runs.columns import differing, figure_keys, value_of
from app.runs.store import is_larger_better
from app.runs.summaries import Summary
from app.runs_panel.words import column_title
from app.widgets.scrolling import unmoved_by_wheel

_MOST: Final = 8
"""How many settings are set off against a figure; more cannot be read."""


def varied(runs: Sequence[Summary]) -> tuple[str, ...]:
    """Return the settings that an experiment varied, or else those in which the runs differ."""
    asked = dict.fromkeys(name for each in runs for name in each.trial.settings)
    names = differing(runs)
    return tuple(each for each in (asked or names) if each in names)[:_MOST]


def figure_of(run: Summary, key: str) -> float:
    """Return a figure of a run, ``nan`` where it has none."""
    value = value_of(run, key)
    return float(value) if isinstance(value, int | float) else float("nan")


class FigureChoice(QComboBox):
    """Offers the figures of runs; what was chosen stays chosen where it is there again."""

    def __init__(self) -> None:
        super().__init__()
        unmoved_by_wheel(self)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)

    @property
    def key(self) -> str:
        """The key of the figure."""
        return self.currentData() or "loss"

    @property
    def is_larger_better(self) -> bool:
        """Whether the figure is the better the larger it is."""
        return is_larger_better(self.key)

    def offer(self, runs: Sequence[Summary]) -> None:
        """Have the figures of these runs to choose from."""
        before = self.currentData()
        self.blockSignals(True)
        self.clear()
        for key in figure_keys(runs):
            self.addItem(column_title(key, is_figure=True), key)
        self.setCurrentIndex(max(0, self.findData(before)))
        self.blockSignals(False)
