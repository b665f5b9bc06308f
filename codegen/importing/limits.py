"""How much source is read, apart from what reads it: the window does not load that at its start."""

from __future__ import annotations

from typing import Final

LONGEST: Final = 2_000_000
"""How many characters a file may have."""
