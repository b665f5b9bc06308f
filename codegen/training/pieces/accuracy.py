"""The share of right predictions."""

from __future__ import annotations

from torch import Tensor


class Accuracy:
    """The share of elements whose class is predicted right."""

    def __init__(self) -> None:
        self.right = self.count = 0

    def update(self, predicted: Tensor, true: Tensor) -> None:
        """Count a batch."""
        self.right += int((predicted == true).sum())
        self.count += true.numel()

    def share(self) -> float:
        """Return the share so far."""
        return self.right / self.count
