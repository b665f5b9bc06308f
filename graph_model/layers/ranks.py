"""Layer kinds that differ in the number of spatial dimensions alone: Conv1d, Conv2d, Conv3d."""

from __future__ import annotations

import re


def stem_of(kind: str) -> str:
    """Return ``Conv`` for ``Conv2d``, and a name without a number of dimensions as it is."""
    return re.sub(r"[123]d$", "", kind)


def of_rank(stem: str, dimensions: int) -> str:
    """Return the name of the kind for so many spatial dimensions: ``Conv2d``."""
    return f"{stem}{dimensions}d"
