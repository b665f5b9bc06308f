"""How samples count by weights of their own."""

from __future__ import annotations

from torch import Tensor


def weighted_mean(losses: Tensor, weights: Tensor) -> Tensor:
    """Return the mean of the losses of samples, each of which counts by its weight."""
    by_sample = losses.reshape(len(losses), -1).mean(dim=1)
    return (weights * by_sample).sum() / weights.sum().clamp(min=1e-12)
