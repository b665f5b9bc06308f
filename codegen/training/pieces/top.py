"""The share of classes among the highest scores."""

from __future__ import annotations

from torch import Tensor


class Top:
    """The share of elements whose class is among the ``k`` highest scores."""

    def __init__(self, k: int) -> None:
        self.k = k
        self.right = self.count = 0

    def update(self, scores: Tensor, true: Tensor) -> None:
        """Count a batch; the scores of the classes lie along dimension 1."""
        highest = scores.topk(self.k, dim=1).indices
        self.right += int((highest == true.unsqueeze(1)).sum())
        self.count += true.numel()

    def share(self) -> float:
        """Return the share so far."""
        return self.right / self.count
