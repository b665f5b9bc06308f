"""How far numbers are from those they should be."""

from __future__ import annotations

import torch
from torch import Tensor


class Errors:
    """How far numbers are off, in the units of the data."""

    def __init__(self, deviation: Tensor) -> None:
        self.deviation = deviation
        self.sums: Tensor | float = 0.0
        self.count = 0

    def update(self, predicted: Tensor, true: Tensor) -> None:
        """Sum up a batch."""
        wide = torch.float32 if true.device.type == "mps" else torch.float64  # which MPS has not
        deviation = self.deviation.to(true.device, wide)
        error, true = (predicted - true).to(wide) * deviation, true.to(wide) * deviation
        parts = (error.square(), error.abs(), true.square(), true)
        sums = torch.stack([part.reshape(len(part), -1).sum(0) for part in parts])
        self.sums = self.sums + sums.cpu()
        self.count += len(true)

    def r2(self) -> float:
        """Return the share of the variance that is explained, the mean over numbers."""
        squared_error, _, squares, total = torch.as_tensor(self.sums).double()
        spread = squares - total.square() / self.count
        still = spread <= 1e-12 * squares.clamp(min=1e-300)  # does not vary: right or wrong
        r2 = torch.where(still, (squared_error == 0).double(), 1 - squared_error / spread)
        return r2.mean().item()

    def mae(self) -> float:
        """Return the mean absolute error."""
        return torch.as_tensor(self.sums)[1].mean().item() / self.count

    def rmse(self) -> float:
        """Return the root of the mean square error, the mean over numbers."""
        return (torch.as_tensor(self.sums)[0] / self.count).sqrt().mean().item()
