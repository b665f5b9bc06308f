"""How far numbers are off in relation to their size."""

from __future__ import annotations

import torch
from torch import Tensor


class PercentageError:
    """How far numbers are off in relation to their size, in the units of the data."""

    def __init__(self, deviation: Tensor, mean: Tensor) -> None:
        self.deviation, self.mean = deviation, mean
        self.total, self.count = 0.0, 0

    def update(self, predicted: Tensor, true: Tensor) -> None:
        """Sum up a batch."""
        wide = torch.float32 if true.device.type == "mps" else torch.float64  # which MPS has not
        deviation, mean = (each.to(true.device, wide) for each in (self.deviation, self.mean))
        error = (predicted - true).to(wide) * deviation
        size = (true.to(wide) * deviation + mean).abs().clamp(min=2.0**-52)
        self.total += (error.abs() / size).sum().item()
        self.count += true.numel()

    def average(self) -> float:
        """Return the mean, as a share."""
        return self.total / self.count
