"""How long a frame takes: the CPU time from a change to its being painted."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Sequence
from statistics import median

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

_PATIENCE = 0.25
"""Seconds after which a change is taken for one that needs no painting."""


class Frames(QObject):
    """Counts the paint events of a widget and times what leads to them."""

    def __init__(self, painted: QWidget) -> None:
        super().__init__(painted)
        self._count = 0
        painted.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Count paint events."""
        self._count += event.type() == QEvent.Type.Paint
        return False

    def time(self, change: Callable[[], object]) -> float:
        """Return the milliseconds of CPU time of this thread until a change is painted."""
        return self._timed(change)[0]

    def _timed(self, change: Callable[[], object]) -> tuple[float, bool]:
        """Return as well whether it was painted at all."""
        before, started = self._count, time.thread_time()
        give_up = time.perf_counter() + _PATIENCE
        change()
        QApplication.sendPostedEvents()
        QApplication.processEvents()
        while self._count == before and time.perf_counter() < give_up:
            QApplication.processEvents()
        return 1000 * (time.thread_time() - started), self._count > before

    def series(self, changes: Sequence[Callable[[], object]]) -> list[float]:
        """Return how long each of some changes takes, without those that need no painting."""
        settle()
        gc.collect()
        taken = [self._timed(change) for change in changes]
        return [each for each, is_painted in taken if is_painted]


def middle_and_worst(taken: Sequence[float]) -> tuple[float, float]:
    """Return the median and the 95th percentile."""
    return median(taken), sorted(taken)[int(0.95 * (len(taken) - 1))]


def settle(seconds: float = 0.2) -> None:
    """Let everything happen that is still to come."""
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        QApplication.processEvents()
