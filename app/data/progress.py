"""How far the reading of data is, as its readers tell, and how it is stopped from outside."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

from graph_model.problems import Problem, Refusal

STOPPED: Final = Problem("data_reading_stopped", parameter="data")
"""What is said of data whose reading was stopped."""


class Reading:
    """One reading under way: the share that is ``done``, where that is told.

    It is given up as well where ``is_unwanted`` says so by then.
    """

    def __init__(self, is_unwanted: Callable[[], bool] = bool) -> None:
        self.done: float | None = None
        self._is_stopped, self._is_unwanted = False, is_unwanted

    @property
    def is_stopped(self) -> bool:
        """Whether the reader is to give up the next time it tells how far it is."""
        return self._is_stopped or self._is_unwanted()

    def stop(self) -> None:
        """Have the reader give up the next time it tells how far it is."""
        self._is_stopped = True


_followed: ContextVar[Reading | None] = ContextVar("followed", default=None)


@contextmanager
def followed(reading: Reading) -> Iterator[None]:
    """Let what is read within, in this thread, be told to ``reading`` and stopped by it."""
    token = _followed.set(reading)
    try:
        yield
    finally:
        _followed.reset(token)


def tell(done: float, total: float) -> None:
    """Tell how much of the reading is done; raises ``Refusal`` where it is to be given up."""
    reading = _followed.get()
    if reading is None:
        return
    reading.done = done / total if total else None
    if reading.is_stopped:
        raise Refusal(STOPPED)
