"""Takes PySide6's hook off Python's ``import``; to be imported before all else of the window.

PySide6 replaces ``__import__`` to serve ``from __feature__ import snake_case``, which nothing here
uses. To that end it reads the source text of every module that is imported from then on, in
whichever thread that is: an eighth of what importing the window takes, and of importing PyTorch,
and Python code of PySide6's own that would run in the thread in which PyTorch is loaded.
"""

from __future__ import annotations

import builtins

from app.late_signatures import signatures_late
from app.quick_enums import use_quick_enumerations

use_quick_enumerations()  # before the first is made

with signatures_late():
    import PySide6.QtCore  # noqa: F401  puts the hook in place

builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)

from app.guarded import guard_overrides  # noqa: E402  needs what was imported above

guard_overrides("app.", "pyqtgraph.")
