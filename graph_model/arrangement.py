"""How the repeats of a block are arranged: one behind the other, or side by side."""

from __future__ import annotations

from enum import Enum


class Arrangement(Enum):
    """What is done with the repeats of a block, by the word that a file has for it."""

    SEQUENCE = "sequence"
    """Each takes what the one before gives, and has weights of its own."""
    SHARED = "shared"
    """A loop: each takes what the one before gives, and all have the same weights."""
    CONCATENATED = "concatenated"
    """All take the same, and what they give is joined along a dimension."""
    SUMMED = "summed"
    """All take the same, and what they give is added up."""
    STACKED = "stacked"
    """All take the same, and what they give is laid side by side in a new dimension."""

    @property
    def is_parallel(self) -> bool:
        """Whether all repeats take the same."""
        return self not in (Arrangement.SEQUENCE, Arrangement.SHARED)

    @property
    def has_dimension(self) -> bool:
        """Whether it is along a dimension."""
        return self in (Arrangement.CONCATENATED, Arrangement.STACKED)
