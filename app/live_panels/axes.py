"""The axes of plots: whole steps, values with as many decimals as they need, and names."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor
from typing import Final

import pyqtgraph
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics

_STEPS_APART: Final = 36
"""How many pixels the numbers of an axis are apart at least."""


_ROWS_APART: Final = 15
"""How many pixels the names of rows are apart at least."""


_BESIDE: Final = 10
"""How many pixels lie between a name and the plot."""
_WRITTEN: Final = ((320, range(1, 10)), (130, (1, 2, 3, 5)), (60, (1, 3)), (0, (1,)))
"""From how many pixels for a power of 10 on which of its multiples are written."""


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

    def logTickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        """Return the text of each tick, "" for those between powers of 10 that lie too close."""
        texts: list[str] = super().logTickStrings(values, scale, spacing)
        first, last = self.range
        if not self.height() or first == last:
            return texts
        decade = self.height() / abs(last - first)
        written = next(digits for room, digits in _WRITTEN if decade >= room)
        return [
            text if _first_digit(value) in written else ""
            for value, text in zip(values, texts, strict=True)
        ]

    def _texted_levels(self) -> int:
        """Return the last level of which pyqtgraph writes the numbers, where there is room."""
        return min(1, int(self.style["maxTextLevel"]))


class NameAxis(_Axis):
    """An axis of rows that have names, as many of which are written as there is room for."""

    def __init__(self, side: str) -> None:
        super().__init__(side)
        self._names: Sequence[str] = ()

    def show_names(self, names: Sequence[str]) -> bool:
        """Write these from now on, from row 0 on; tell whether they are others than before."""
        are_others = len(names) != len(self._names)
        if are_others:
            self._names = tuple(names)
            self.picture = None
            self.update()
        return are_others

    @property
    def wanted(self) -> int:
        """How many pixels the longest of them takes."""
        metrics = QFontMetrics(self.style["tickFont"] or QFont())
        widths = (metrics.horizontalAdvance(_short(name)) for name in self._names)
        return max(widths, default=0) + _BESIDE + 4  # else they are cut

    def tickValues(self, first: float, last: float, size: float) -> list[tuple[float, list[float]]]:
        """Return the middles of the rows that are named."""
        low, high = sorted((first, last))
        shown = max(high - low, 1e-9)
        every = max(1, ceil(_ROWS_APART * shown / max(size, 1.0)))
        rows = range(max(0, int(low)), min(len(self._names), ceil(high)))
        return [(float(every), [row + 0.5 for row in rows if row % every == 0])]

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        """Return the names, cut in their middle where they are long."""
        metrics, room = QFontMetrics(self.style["tickFont"] or QFont()), int(self.width()) - _BESIDE
        names = (_short(self._names[int(value)]) for value in values)
        return [metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, room) for name in names]


def _first_digit(logarithm: float) -> int:
    """Return the digit that a number begins with, given its logarithm to the base of 10."""
    return round(10 ** (logarithm - floor(logarithm + 1e-9)))


def _short(name: str) -> str:
    """Return the name of a weight as that of its layer; of a bias it says that it is one."""
    return name.removesuffix(".weight")
