"""Samples of a large array that lacks values."""

from __future__ import annotations

import torch
from torch import Tensor


class FilledRows:
    """Some samples of a large array: each batch is filled, shifted and scaled when it is taken."""

    def __init__(self, kept: dict[str, Tensor], index: Tensor, device: torch.device) -> None:
        self.rows, self.index, self.device = kept["rows"], index, device
        self.mean, self.deviation = kept["mean"].to(device), kept["deviation"].to(device)
        self.fill = kept["fill"].to(device)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.index)

    def __getitem__(self, which: slice) -> Tensor:
        """Return some of them, in order."""
        return self.index_select(0, torch.arange(len(self))[which])

    def index_select(self, _: int, which: Tensor) -> Tensor:
        """Return those at these places."""
        rows = self.rows[self.index[which.cpu()]].to(self.device).float()
        return (torch.where(rows.isfinite(), rows, self.fill) - self.mean) / self.deviation
