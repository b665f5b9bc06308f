"""Samples that are scaled by themselves."""

from __future__ import annotations

import torch
from torch import Tensor


def standardised(x: Tensor) -> Tensor:
    """Return samples of mean 0 and deviation 1 each; what does not vary is only shifted."""
    sides = tuple(range(1, x.ndim))
    deviation = x.std(sides, correction=0, keepdim=True)
    return (x - x.mean(sides, keepdim=True)) / torch.where(deviation < 1e-6, 1, deviation)
