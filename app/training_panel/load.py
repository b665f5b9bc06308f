"""How much of this computer a run takes: measured beside it once a second, while that is asked."""

from __future__ import annotations

import importlib
import threading
import time
from collections.abc import Callable
from typing import Any, Final

from app.runs.events import Load

_APART: Final = 1.0
"""Seconds from one measurement to the next."""


class LoadSampler:
    """Measures in a thread of its own, between ``start`` and ``stop``.

    Counted are this process and those that it has started, which may be what trains.
    """

    def __init__(self, tell: Callable[[Load], object], apart: float = _APART) -> None:
        self._tell, self._apart = tell, apart
        self._over = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def is_running(self) -> bool:
        """Whether it measures."""
        return self._thread is not None

    def start(self) -> None:
        """Measure from now on."""
        if self._thread is None:
            self._over = threading.Event()
            self._thread = threading.Thread(target=self._measure, args=(self._over,), daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Measure no more, and wait until the thread is gone."""
        self._over.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def _measure(self, over: threading.Event) -> None:
        psutil = importlib.import_module("psutil")  # slow to load, and only used here
        own, count = psutil.Process(), psutil.cpu_count() or 1
        before: tuple[float, float] | None = None
        while not over.is_set():
            memory, busy = _taken(psutil, own)
            now = time.perf_counter()
            share = None
            if before is not None:
                share = min(1.0, max(0.0, (busy - before[1]) / (now - before[0]) / count))
            before = now, busy
            self._tell(Load(memory, share))
            over.wait(self._apart)


def _taken(psutil: Any, own: Any) -> tuple[float, float]:
    """Return the bytes that a process and its children hold, and the seconds they have worked."""
    memory = busy = 0.0
    for process in (own, *own.children(recursive=True)):
        try:
            memory += process.memory_info().rss
            times = process.cpu_times()
        except psutil.Error:  # it has ended meanwhile
            continue
        busy += times.user + times.system
    return memory, busy
