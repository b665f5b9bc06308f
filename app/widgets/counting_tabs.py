"""A bar of tabs of which one counts; its count moves neither its own words nor the other tabs."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QTabBar

_DIGITS: Final = 3
_FIGURE_SPACE: Final = "\u2007"
"""As wide as a figure."""


class CountingTabBar(QTabBar):
    """The first tab has room for a count; :meth:`show_count` writes it there."""

    def __init__(self) -> None:
        super().__init__()
        self._title = ""

    def show_count(self, title: str, count: int) -> None:
        """Name the first tab, and what it counts; nothing where that is nothing."""
        self._title = title
        most = 10**_DIGITS - 1
        written = str(min(count, most)) if count else ""
        self.setTabText(0, f"{title}  {written.ljust(_DIGITS, _FIGURE_SPACE)}")

    def tabSizeHint(self, index: int) -> QSize:
        """Return the size of a tab; that of the first is the same for every count."""
        hint = super().tabSizeHint(index)
        if index == 0:
            widest = f"{self._title}  {'0' * _DIGITS}"
            hint.setWidth(hint.width() - self._width(self.tabText(0)) + self._width(widest))
        return hint

    def _width(self, text: str) -> int:
        """Measure a text as the bar does."""
        return self.fontMetrics().size(Qt.TextFlag.TextShowMnemonic, text).width()
