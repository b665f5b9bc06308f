"""How much memory a program holds, and how many of what lie in it."""

from __future__ import annotations

import collections
import ctypes
import gc
import os
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

_MANY: Final = 60
_FEW: Final = 4
_PAGE: Final = os.sysconf("SC_PAGE_SIZE")


class _MallInfo(ctypes.Structure):
    """What glibc tells of its memory: ``struct mallinfo2``."""

    _fields_ = tuple(
        (name, ctypes.c_size_t)
        for name in (
            "arena", "ordblks", "smblks", "hblks", "hblkhd", "usmblks", "fsmblks", "uordblks",
            "fordblks", "keepcost",
        )
    )  # fmt: skip


def collect() -> None:
    """Take apart what nobody has any more, and give free memory back to the system."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    for _ in range(3):
        gc.collect()
    ctypes.CDLL(None).malloc_trim(0)


def megabytes_resident() -> float:
    """Return what the system counts as this program's memory."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * _PAGE / 2**20


def given_out() -> tuple[float, float]:
    """Return how many MB the C library has given out, and how many lie free between those.

    Both are nothing where it is not glibc.
    """
    function = getattr(ctypes.CDLL(None), "mallinfo2", None)
    if function is None:
        return 0.0, 0.0
    function.restype = _MallInfo
    told = function()
    return (told.uordblks + told.hblkhd) / 2**20, told.fordblks / 2**20


def taken() -> dict[str, Any]:
    """Collect garbage, give free memory back to the system, and return what is left, in MB."""
    collect()
    kinds = collections.Counter(name_of(type(each)) for each in gc.get_objects())
    kinds.update(map(_place, QApplication.allWidgets()))
    kinds.update(f"thread {each.name.rstrip('0123456789')}" for each in threading.enumerate())
    return {
        "megabytes": megabytes_resident(),
        "given out": round(given_out()[0], 1),
        "threads": threading.active_count(),
        "widgets": len(QApplication.allWidgets()),
        "windows": len(QApplication.topLevelWidgets()),
        "qt objects": qt_objects(),
        "files": sum(1 for _ in Path("/proc/self/fd").iterdir()),
        "python objects": sum(kinds.values()),
        "kinds": {name: count for name, count in kinds.items() if count >= _least(name)},
    }


def grown(before: Mapping[str, int], after: Mapping[str, int]) -> list[str]:
    """Return in words of which kinds there are many more than before, the most first.

    Objects come first, then widgets and threads.
    """
    more = {name: count - before.get(name, 0) for name, count in after.items()}
    found = sorted(more.items(), key=lambda each: -each[1])
    said = [(name, count) for name, count in found if count >= _least(name)]
    objects = [each for each in said if _least(each[0]) == _MANY]
    lasting = [each for each in said if _least(each[0]) == _FEW]
    return [f"{name} +{count} ({after[name]})" for name, count in objects[:15] + lasting[:40]]


def _least(name: str) -> int:
    """Return how many of them are worth a word: of widgets and threads a few."""
    return _FEW if name.startswith(("widget ", "thread ")) else _MANY


def qt_objects() -> int:
    """Return how many objects of Qt lie in windows and in the application."""
    roots: list[QObject] = [*QApplication.topLevelWidgets()]
    application = QCoreApplication.instance()
    if application is not None:
        roots.append(application)
    return sum(1 + len(root.findChildren(QObject)) for root in roots)


def _place(widget: QWidget) -> str:
    """Return what a widget is and what it lies in, from the inside."""
    within: QWidget | None = widget
    names: list[str] = []
    while within is not None:
        names.append(type(within).__name__)
        within = within.parentWidget()
    return f"widget {' in '.join(names[:5])}"


def name_of(kind: type) -> str:
    """Return the name of a class with its module."""
    return sys.intern(f"{kind.__module__}.{kind.__qualname__}")
