"""The axes of plots: whole steps, and values with as many decimals as they need."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Final

import pyqtgraph

_STEPS_APART: Final = 36
"""How many pixels the numbers of an axis are apart at least."""


class _Axis(pyqtgraph.AxisItem):  # type: ignore[misc]
    """An axis that may be painted before it has any length."""

    def tickSpacing(self, first: float, last: float, size: float) -> list[tuple[float, float]]:
        """Return how far ticks of each level are apart; none where there is room for none."""
        levels: list[tuple[float, float]] = []
        if size > 0 and first != last:
            levels = super().tickSpacing(first, last, size)
        return levels


class StepAxis(_Axis):
    """An axis of whole steps, whose numbers keep apart in a narrow plot too."""

    def tickSpacing(self, first: float, last: float, size: float) -> list[tuple[float, float]]:
        """Return how far ticks of each level are apart: there is nothing between two steps."""
        levels = super().tickSpacing(first, last, size)
        return list(dict.fromkeys((max(spacing, 1.0), offset) for spacing, offset in levels))

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        """Return the text of each tick, "" for those between that there is no room for."""
        first, last = self.range
        levels = self.tickSpacing(first, last, self.width())
        if not levels:
            return [""] * len(values)
        apart = spacing / (last - first) * self.width()
        every = max(1, ceil(_STEPS_APART / apart))
        if every > 1 and spacing < levels[0][0]:
            return [""] * len(values)
        texts = super().tickStrings(values, scale, spacing)
        return [text if at % every == every // 2 else "" for at, text in enumerate(texts)]


class ValueAxis(_Axis):
    """An axis of values, all with as many decimals."""

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        """Return the text of each tick, with the decimals of the finer of those that have one."""
        first, last = self.range
        if not self.logMode:
            levels = self.tickSpacing(first, last, self.height())
            spacing = min([spacing, *(each for each, _ in levels[: self._texted_levels() + 1])])
        texts: list[str] = super().tickStrings(values, scale, spacing)
        return texts

    def _texted_levels(self) -> int:
        """Return the last level of which pyqtgraph writes the numbers, where there is room."""
        return min(1, int(self.style["maxTextLevel"]))
