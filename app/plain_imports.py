"""Importing this module makes imports plain again once Qt is there; it goes before all others.

PySide6 puts a hook in place of ``__import__``, for the sake of ``from __feature__ import
snake_case``, which nothing here uses. It reads the source of every module that is imported from
then on, in whichever thread, in search of the word PySide6: 40 MB and a tenth of the time that
PyTorch takes, and where PyTorch was imported in a thread of its own the program has died in it.
``docs/decisions/0018-one-thread-imports.md``.
"""

from __future__ import annotations

import builtins

import PySide6.QtCore  # noqa: F401  # which sets the hook, once


def is_plain() -> bool:
    """Tell whether imports are those of Python itself."""
    return builtins.__import__ is getattr(builtins, "__orig_import__", builtins.__import__)


builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
