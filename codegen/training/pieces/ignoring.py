"""Places of a target that count for nothing."""

from __future__ import annotations

from typing import Final

from torch import Tensor

IGNORED: Final = -100


def counted(output: Tensor, target: Tensor) -> tuple[Tensor, Tensor]:
    """Return a row of scores, or one, for each place that counts, and its class."""
    kept = target != IGNORED
    rows = output.movedim(1, -1) if output.ndim > target.ndim else output
    return rows[kept], target[kept]
