"""Loads beside the window what it will need: the late modules at once, PyTorch in a pause."""

from __future__ import annotations

import ctypes
import importlib
import importlib.util
import os
import threading
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal

from app.late import imports, load_all

_IDLE: Final = 2500
"""Milliseconds without a key or a click after which the user counts as idle."""

_INPUT: Final = frozenset(
    {QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel}
)


class TorchLoader(QObject):
    """Imports in a thread, torch once the user is idle; ``started`` and ``finished`` say so."""

    started = Signal()
    finished = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._thread: threading.Thread | None = None
        self._idle = QTimer(self, singleShot=True, interval=_IDLE)
        self._idle.timeout.connect(self._begin_torch)
        self._look = QTimer(self, interval=50)
        self._look.timeout.connect(self._finish)

    def begin(self) -> None:
        """Load the late modules, and wait for the user to pause before loading PyTorch."""
        threading.Thread(target=load_all).start()
        if importlib.util.find_spec("torch") is None:
            return
        application = QCoreApplication.instance()
        assert application is not None
        application.installEventFilter(self)
        self._idle.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Put off the beginning at every key and click."""
        if event.type() in _INPUT and self._idle.isActive():
            self._idle.start()
        return False

    def _begin_torch(self) -> None:
        application = QCoreApplication.instance()
        assert application is not None
        application.removeEventFilter(self)
        self._thread = threading.Thread(target=_load_torch)
        self._thread.start()
        self._look.start()
        self.started.emit()

    def _finish(self) -> None:
        if self._thread is not None and not self._thread.is_alive():
            self._look.stop()
            self._thread = None
            self.finished.emit()


def _load_torch() -> None:
    """Import torch, its largest library first and without holding the interpreter.

    An import holds the interpreter, and with it the window, for as long as the system takes to
    load a library. A call by ctypes does not; the import then finds the library loaded.
    """
    spec = importlib.util.find_spec("torch")
    folder = Path(spec.origin).parent / "lib" if spec and spec.origin else Path()
    library = folder / "libtorch_python.so"
    if os.name == "posix" and library.is_file():
        ctypes.CDLL(None).dlopen(os.fsencode(library), os.RTLD_NOW)
    with imports():
        importlib.import_module("torch")
