"""How much memory a process has at most that runs texts of others."""

from __future__ import annotations

import os
from typing import Final

_MEMORY: Final = 8 * 2**30
"""How many bytes a text may take."""


def limit_memory() -> None:  # pragma: no cover - in a process of its own
    """Have the system refuse this process more."""
    if os.name == "posix":
        import resource  # which other systems do not have

        _, most = resource.getrlimit(resource.RLIMIT_DATA)
        resource.setrlimit(resource.RLIMIT_DATA, (_MEMORY, most))
