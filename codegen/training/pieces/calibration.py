"""How far confidence is from being right."""

from __future__ import annotations

import torch
from torch import Tensor


class Calibration:
    """How far confidence is from the share that is right, in bins of equal width."""

    def __init__(self, bins: int) -> None:
        self.edges = torch.linspace(0, 1, bins + 1, dtype=torch.double)[1:-1]
        self.gaps = torch.zeros(bins, dtype=torch.double)
        self.count = 0

    def update(self, confidence: Tensor, right: Tensor) -> None:
        """Sum up a batch."""
        confidence = confidence.flatten().cpu().double()
        gaps = confidence - right.flatten().cpu().double()
        self.gaps.index_add_(0, torch.bucketize(confidence, self.edges), gaps)
        self.count += len(gaps)

    def error(self) -> float:
        """Return the mean distance over the bins, as many times as they have elements."""
        return self.gaps.abs().sum().item() / self.count
