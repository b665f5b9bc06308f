"""Loads beside the window what it will need: the late modules at once, PyTorch in a pause.

PyTorch is imported here and nowhere else in the window, in one thread, and only once every page
can be built without importing anything. Whoever needs it waits for :meth:`TorchLoader.when_loaded`.
"""

from __future__ import annotations

import ctypes
import importlib
import importlib.util
import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, QTimer, Signal

from app.late import PAGES, WITHOUT_QT, imports, late

_IDLE: Final = 2500
"""Milliseconds without a key or a click after which the user counts as idle."""
_LOOK_EVERY: Final = 50
"""Milliseconds between two steps. So much is the window's own after each, while nobody waits."""
_LOOK_OFTEN: Final = 5
"""The same once somebody waits, who would be kept by the pauses for longer than by the work."""

_INPUT: Final = frozenset(
    {QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel}
)
_WITH_TORCH: Final = (
    "torch",
    "torch._dynamo",  # what the first step of any optimizer imports, though nothing is compiled
    "app.training.engine",
    "app.training.predict",
    "app.exporting.training",
    "app.exporting.weights",
    "app.training.devices",
    "app.inspecting.held",
)
"""What a run imports. It is there before the run begins, whose thread then imports nothing."""


class TorchLoader(QObject):
    """Imports in a thread, torch once the user is idle; ``started`` and ``finished`` say so."""

    started = Signal()
    finished = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._is_wanted = False
        self._waiting: list[Callable[[], object]] = []
        self._steps = self._work()
        self._idle = QTimer(self, singleShot=True, interval=_IDLE)
        self._idle.timeout.connect(self._want_torch)
        self._next = QTimer(self, interval=_LOOK_EVERY)
        self._next.timeout.connect(self._do_step)

    @property
    def is_loaded(self) -> bool:
        """Whether a run could begin at once."""
        return not self._next.isActive() and all(name in sys.modules for name in _WITH_TORCH)

    def begin(self) -> None:
        """Load the late modules, and wait for the user to pause before loading PyTorch."""
        self._next.start()
        if importlib.util.find_spec("torch") is not None:
            self._application().installEventFilter(self)
            self._idle.start()

    def when_loaded(self, slot: Callable[[], object]) -> None:
        """Call ``slot`` as soon as PyTorch is there, which is loaded now where it was not."""
        if self.is_loaded:
            slot()
            return
        self._waiting.append(slot)
        self._want_torch()
        self._next.start(_LOOK_OFTEN)

    def wait(self) -> None:
        """Come back once PyTorch is there; meanwhile the window is painted but takes no input."""
        if self.is_loaded:
            return
        loop = QEventLoop()
        self.when_loaded(loop.quit)
        loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Put off the beginning at every key and click."""
        if event.type() in _INPUT and self._idle.isActive():
            self._idle.start()
        return False

    def _want_torch(self) -> None:
        self._idle.stop()
        self._application().removeEventFilter(self)
        self._is_wanted = True

    def _do_step(self) -> None:
        if next(self._steps, True):
            self._next.stop()
            waiting, self._waiting = self._waiting, []
            self.finished.emit()
            for slot in waiting:
                slot()

    def _work(self) -> Iterator[bool]:
        """Yield ``False`` between two steps, each of which leaves the window responsive."""
        yield from _beside(WITHOUT_QT)
        for page in PAGES:  # in the thread that will build them
            with imports():
                late(page)
            yield False
        while not self._is_wanted:
            yield False
        self.started.emit()
        yield from _beside(_WITH_TORCH)

    @staticmethod
    def _application() -> QCoreApplication:
        application = QCoreApplication.instance()
        assert application is not None
        return application


def _beside(names: Sequence[str]) -> Iterator[bool]:
    """Import modules in a thread, yielding ``False`` until that is done."""
    thread = threading.Thread(target=_import_all, args=(names,))
    thread.start()
    while thread.is_alive():
        yield False


def _import_all(names: Sequence[str]) -> None:
    """Import modules, the largest library of torch first and without holding the interpreter.

    An import holds the interpreter, and with it the window, for as long as the system takes to
    load a library. A call by ctypes does not; the import then finds the library loaded.
    """
    if "torch" in names:
        _open_library()
    with imports():
        for name in names:
            importlib.import_module(name)


def _open_library() -> None:
    spec = importlib.util.find_spec("torch")
    folder = Path(spec.origin).parent / "lib" if spec and spec.origin else Path()
    library = folder / "libtorch_python.so"
    if os.name == "posix" and library.is_file():
        ctypes.CDLL(None).dlopen(os.fsencode(library), os.RTLD_NOW)
