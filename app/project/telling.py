"""What is told of a network, worked out while the window has nothing else to do."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from app.background import AfterTheFrame

if TYPE_CHECKING:
    from app.project.document import Document

_SLICE: Final = 0.004
"""Seconds for which the window is kept from painting and from mouse and keys."""
_AT_A_TIME: Final = 100
"""Of how many nodes the advice is worked out between two looks at the clock."""


class Telling(QObject):
    """Works towards all problems and advice once an edit is painted; ``told`` says they are known.

    Who asks for them sooner gets them at once.
    """

    told = Signal()

    def __init__(self, document: Document) -> None:
        super().__init__(document)
        self._document = document
        self._slices = QTimer(self, interval=0)
        self._slices.timeout.connect(self._go_on)
        self._begin = AfterTheFrame(self._slices.start, self)
        document.changed.connect(self._follow)

    @property
    def is_done(self) -> bool:
        """Whether all that was edited is told of."""
        return not self._begin.is_waiting and not self._slices.isActive()

    def _follow(self) -> None:
        self._slices.stop()
        self._begin.start()

    def _go_on(self) -> None:
        until = time.perf_counter() + _SLICE
        state = self._document.state
        for inference in (state.main, *state.levels):
            while not inference.advise(_AT_A_TIME):
                if time.perf_counter() >= until:
                    return
        self._slices.stop()
        self.told.emit()
