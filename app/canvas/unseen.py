"""What need not be done before an edit is painted: it is out of view."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable
from typing import Final, TypeAlias

from PySide6.QtCore import QObject, QTimer

from app.background import AfterTheFrame
from graph_model.network import NodeId, Port

Key: TypeAlias = NodeId | Port
"""What stands for the card of a node, or for the wire into a port."""

_SLICE: Final = 0.004
"""Seconds for which the window is kept from painting and from mouse and keys."""


class Unseen(QObject):
    """Brings what is out of view up to date by ``show`` while the window has nothing else to do."""

    def __init__(self, show: Callable[[Key], None], parent: QObject) -> None:
        super().__init__(parent)
        self._show = show
        self._waiting: dict[Key, None] = {}
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(lambda: self.finish(_SLICE))
        self._begin = AfterTheFrame(self._timer.start, self)

    @property
    def is_waiting(self) -> bool:
        """Whether anything is still to be done."""
        return bool(self._waiting)

    def put_off(self, keys: Iterable[Key]) -> None:
        """Leave these for later."""
        self._waiting.update(dict.fromkeys(keys))
        self._begin.start()

    def show(self, keys: Iterable[Key]) -> None:
        """Do at once what of these still waits: they are about to be seen."""
        for key in keys:
            if key in self._waiting:
                del self._waiting[key]
                self._show(key)

    def finish(self, within: float = math.inf) -> None:
        """Do what still waits, as much as there is time for in so many seconds."""
        until = time.perf_counter() + within
        while self._waiting and time.perf_counter() < until:
            self._show(self._waiting.popitem()[0])
        if not self._waiting:
            self._begin.stop()
            self._timer.stop()
