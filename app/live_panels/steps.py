"""The steps that plots show together."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, Signal

MARGIN: Final = 0.03
"""Share of the frame that is left free around what is drawn."""


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
        margin = MARGIN * self._end
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
