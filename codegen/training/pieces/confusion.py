"""How often each class is taken for each."""

from __future__ import annotations

import torch
from torch import Tensor


class Confusion:
    """How often each class is taken for each."""

    def __init__(self) -> None:
        self.counts: Tensor | int = 0

    def update(self, predicted: Tensor, true: Tensor, classes: int) -> None:
        """Count a batch of indices of classes."""
        pairs = (true * classes + predicted).flatten()
        counted = torch.bincount(pairs, minlength=classes * classes)
        self.counts = self.counts + counted.reshape(classes, classes).cpu()

    def rows(self) -> list[list[int]]:
        """Return a row for each true class, a column for each predicted one."""
        rows: list[list[int]] = torch.as_tensor(self.counts).tolist()
        return rows
