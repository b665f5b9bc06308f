"""How much free memory the C library holds back.

It is to be said before the first thread begins: glibc gives each new thread an arena of its own,
eight for each processor at most, and returns what lies free at the end of one only when more than
64 MB do. A window has a dozen threads, and data and results of runs are made in many of them: after
17 runs in ten minutes, 280 MB were held too many.
"""

from __future__ import annotations

import ctypes
import sys
from typing import Final

_M_ARENA_MAX: Final = -8
"""The name of the parameter in ``malloc.h``."""
_ARENAS: Final = 1
"""The first one is the only one whose end ``malloc_trim`` gives back. Small pieces are handed out
by each thread for itself, so that hardly one waits for another."""


def limit_arenas() -> bool:
    """Let the C library hold back little, where it is glibc; say whether it is."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None) if sys.platform == "linux" else None
    return mallopt is not None and bool(mallopt(_M_ARENA_MAX, _ARENAS))
