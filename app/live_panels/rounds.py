"""What is drawn while it trains: one thing after the other, and no more than training can spare.

Python draws and trains by turns, so each millisecond that a plot takes is one in which nothing is
trained, unless a long computation is under way just then.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable
from typing import Final, Protocol

from PySide6.QtCore import QObject, QTimer

_SHARE: Final = 0.04
"""The most of the time that drawing may take."""
_LONGEST: Final = 2.0
"""Seconds after which things are drawn again, however long that takes."""
_BETWEEN: Final = 30
"""Milliseconds from one thing to the next: all at once would hold up the window."""


class Refreshed(Protocol):
    """Something that can be drawn anew."""

    def refresh(self) -> None: ...


class Pace:
    """How long to rest after work, so that it takes a share of the time.

    ``work`` tells the processor's time that the thread took so far, ``clock`` what time it is.
    """

    def __init__(
        self,
        work: Callable[[], float] = time.thread_time,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        self._work, self._clock = work, clock
        self._began = self._rests_until = 0.0

    def begin(self) -> None:
        """Work begins."""
        self._began = self._work()

    def end(self) -> None:
        """Work ends."""
        spent = self._work() - self._began
        self._rests_until = self._clock() + min(spent / _SHARE, _LONGEST)

    @property
    def seconds_left(self) -> float:
        """How much of the rest is left."""
        return max(0.0, self._rests_until - self._clock())


class Rounds(QObject):
    """Has things drawn anew, in a round as soon as that can be after it was asked for.

    ``things`` is called as a round begins, and says what is to be drawn. What else the window does
    until the last thing is painted counts as well, so that who works in it meanwhile goes first.
    """

    def __init__(
        self, things: Callable[[], Iterable[Refreshed]], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._things = things
        self._pace = Pace()
        self._due: deque[Refreshed] = deque()
        self._is_asked_for = self._is_under_way = False
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._go_on)

    @property
    def is_at_rest(self) -> bool:
        """Whether nothing is to be drawn."""
        return not (self._is_asked_for or self._is_under_way)

    def ask(self) -> None:
        """Have everything drawn soon."""
        self._is_asked_for = True
        if not self._timer.isActive():
            self._timer.start(round(1000 * self._pace.seconds_left))

    def forget(self) -> None:
        """Draw nothing of what was asked for."""
        self._is_asked_for = False
        self._due.clear()

    def _go_on(self) -> None:
        """Draw the next thing; when the last is painted, begin to rest."""
        if self._is_under_way and not self._due:
            self._is_under_way = False
            self._pace.end()
            if self._is_asked_for:
                self.ask()
            return
        if not self._is_under_way and self._is_asked_for:
            self._pace.begin()
            self._is_asked_for, self._is_under_way = False, True
            self._due.extend(self._things())
        if self._due:
            self._due.popleft().refresh()
        if self._is_under_way:
            self._timer.start(_BETWEEN)
