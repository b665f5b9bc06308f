"""What each command of the command line does: a module with a function ``run``."""

from __future__ import annotations

from typing import Final

FINE: Final = 0
FAILED: Final = 1
"""The network has problems, or the run failed."""
UNUSABLE: Final = 2
"""Wrong usage, or a file that cannot be read or written."""
INTERRUPTED: Final = 130


class UsageError(Exception):
    """Wrong usage or an unusable file: its message is for the user."""
