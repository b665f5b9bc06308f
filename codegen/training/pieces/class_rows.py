"""A large array with a class at each place, which stays as it was read."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor


class ClassRows:
    """Some samples of a large array of whole numbers: their classes are looked up when taken."""

    def __init__(self, kept: dict[str, Any], index: Tensor, device: torch.device) -> None:
        self.rows, self.index, self.device = kept["rows"], index, device
        self.codes, self.classes = kept["codes"].to(device), kept["classes"].to(device)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.index)

    def __getitem__(self, which: slice) -> Tensor:
        """Return some of them, in order."""
        return self.index_select(0, torch.arange(len(self))[which])

    def index_select(self, _: int, which: Tensor) -> Tensor:
        """Return those at these places."""
        values = self.rows[self.index[which.cpu()]].to(self.device).to(self.codes.dtype)
        found: Tensor = self.classes[torch.searchsorted(self.codes, values)]
        return found

    def counts(self, classes: int) -> Tensor:
        """Return how many places have each class."""
        found = torch.zeros(classes, dtype=torch.long, device=self.device)
        for row in range(len(self)):
            mask = self[row : row + 1].long()
            found += torch.bincount(mask[mask >= 0], minlength=classes)
        return found
