"""Lets no exception leave a method that Qt calls: it is told at once, and goes no further.

PySide6 keeps an exception that such a method raises while another one is under way, to raise it
there; on that way it gives up a reference too many, and the program dies in some other place. So
the classes of the window are guarded as they are made. See decision 0085.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from types import FunctionType
from typing import Any, Final

from shiboken6 import Shiboken

_ASKED: Final = frozenset(
    """event eventFilter viewportEvent paint shape boundingRect draw pixmap sizeHint
    tabSizeHint minimumSizeHint heightForWidth data setData flags headerData rowCount
    columnCount index parent sort mimeData dropMimeData canInsertFromMimeData
    insertFromMimeData itemChange drawBackground scrollContentsBy startDrag highlightBlock
    tickSpacing tickStrings tickValues logTickStrings validate fixup pathFromIndex splitPath
    focusNextPrevChild accept reject done undo redo mergeWith id""".split()
)
"""What Qt calls besides the methods that are called after an event."""


def guard_overrides(*packages: str) -> None:
    """Guard the classes of Qt's that are made in these packages from now on."""

    def guard(cls: Any, **options: Any) -> None:
        super(Shiboken.Object, cls).__init_subclass__(**options)  # type: ignore[misc]
        if cls.__module__.startswith(packages):
            for name, method in list(vars(cls).items()):
                is_asked = name in _ASKED or name.endswith("Event")
                is_override = is_asked and hasattr(super(cls, cls), name)
                if is_override and isinstance(method, FunctionType):
                    setattr(cls, name, _guarded(cls, name, method))

    Shiboken.Object.__init_subclass__ = classmethod(guard)  # type: ignore[assignment, method-assign]


def _guarded(cls: type, name: str, method: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(method)
    def guarded(self: Any, *given: Any, **named: Any) -> Any:
        try:
            return method(self, *given, **named)
        except Exception:
            sys.excepthook(*sys.exc_info())  # type: ignore[arg-type]  # there is one
        return None if name.endswith("Event") else _usual(cls, self, name, given)

    return guarded


def _usual(cls: type, self: object, name: str, given: tuple[Any, ...]) -> Any:
    """Return what Qt's own class answers, nothing where it has no answer of its own."""
    try:
        return getattr(super(cls, self), name)(*given)
    except Exception:  # a method that Qt leaves to us
        return _nothing(name)


def _nothing(name: str) -> Any:
    """Return what stands for no answer where Qt takes that for more than ``None``."""
    from PySide6.QtCore import QModelIndex, QRectF  # not at the top: this is there before Qt

    kinds: dict[str, Callable[[], Any]] = {
        **dict.fromkeys(("rowCount", "columnCount"), int),
        **dict.fromkeys(("index", "parent"), QModelIndex),
        "boundingRect": QRectF,
    }
    return kinds[name]() if name in kinds else None
