"""Work done beside the window, of which only the newest result counts."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Any, Final

from PySide6.QtCore import QObject, QTimer, Signal

_FRAME: Final = 10
"""Milliseconds in which an edit is painted: Qt begins that 5 ms after it is asked to."""
_LOOK_EVERY: Final = 8
"""Milliseconds between looks at work that is under way."""
_LONGEST_WAIT: Final = 3.0
"""Seconds after which work begins though no picture was painted, as when the window is hidden."""
_may_begin = threading.Event()
_may_begin.set()


def hold_back() -> None:
    """Let no work begin until :func:`go_on`: the first picture of the window would come later."""
    _may_begin.clear()


def go_on() -> None:
    """Begin with what was held back."""
    _may_begin.set()


class AfterTheFrame(QObject):
    """Calls a function once the edit under way is painted, and once for all that ask meanwhile.

    The time for the frame begins when the edit is over: it may take longer than a frame itself.
    """

    def __init__(self, function: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent)
        self._edit_is_over = QTimer(self, singleShot=True, interval=0)
        self._frame = QTimer(self, singleShot=True, interval=_FRAME)
        self._edit_is_over.timeout.connect(self._frame.start)
        self._frame.timeout.connect(function)

    @property
    def is_waiting(self) -> bool:
        """Whether the call is still to come."""
        return self._edit_is_over.isActive() or self._frame.isActive()

    def start(self) -> None:
        """Ask for the call."""
        self._frame.stop()
        self._edit_is_over.start()

    def stop(self) -> None:
        """Ask for it no more."""
        self._frame.stop()
        self._edit_is_over.stop()


class Latest(QObject):
    """Runs functions in a thread, one after the other; ``done`` carries the newest one's result.

    Results of earlier calls are dropped. Nothing of Qt is touched from the thread: the window
    looks for the result. An exception in the function is raised in the window's thread.
    """

    done = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._threads = ThreadPoolExecutor(max_workers=1)
        self._newest: Future[Any] | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY)
        self._timer.timeout.connect(self._look)

    @property
    def is_busy(self) -> bool:
        """Whether a result is still to come."""
        return self._newest is not None

    def ask(self, function: Callable[..., object], *arguments: object) -> None:
        """Call ``function`` in the thread, in place of whatever was asked before.

        Nothing of Qt is given to it: the thread may be the last to let go of what it was given.
        """
        given = (function, *arguments)
        owners = (getattr(each, "__self__", None) for each in given)
        assert not any(isinstance(each, QObject) for each in (*given, *owners)), function
        if self._newest is not None:
            self._newest.cancel()
        self._newest = self._threads.submit(_in_time, function, *arguments)
        self._timer.start()

    def drop(self) -> None:
        """Want no result of what was asked; it is not begun where it was not yet."""
        if self._newest is not None:
            self._newest.cancel()
        self._newest = None
        self._timer.stop()

    def finish(self) -> None:
        """Wait for the result that is still to come, and tell it."""
        if self._newest is not None:
            wait([self._newest])
            self._look()

    def _look(self) -> None:
        newest = self._newest
        if newest is None or not newest.done():
            return
        self._timer.stop()
        self._newest = None
        self.done.emit(newest.result())


def _in_time(function: Callable[..., object], *arguments: object) -> object:
    _may_begin.wait(_LONGEST_WAIT)
    return function(*arguments)
