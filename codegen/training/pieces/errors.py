"""How far numbers are from those they should be."""

from __future__ import annotations

import torch
from torch import Tensor


class Errors:
    """How much of the numbers is explained, and how far they are off in the units of the data."""

    def __init__(self, deviation: Tensor) -> None:
        self.deviation = deviation
        self.sums: Tensor | float = 0.0
        self.count = 0

    def update(self, predicted: Tensor, true: Tensor) -> None:
        """Sum up a batch."""
        wide = torch.float32 if true.device.type == "mps" else torch.float64  # which MPS has not
        error, true = (predicted - true).to(wide), true.to(wide)
        scaled = error * self.deviation.to(error)
        parts = (error.square(), true, true.square(), scaled.abs())
        sums = torch.stack([part.reshape(len(part), -1).sum(0) for part in parts])
        self.sums = self.sums + sums.cpu()
        self.count += len(true)

    def figures(self) -> dict[str, float]:
        """Return R², the mean over the numbers of a sample, and the mean absolute error."""
        squared_error, total, squares, absolute = torch.as_tensor(self.sums).double()
        spread = squares - total.square() / self.count
        still = spread <= 1e-12 * squares.clamp(min=1e-300)  # does not vary: right or wrong
        r2 = torch.where(still, (squared_error == 0).double(), 1 - squared_error / spread)
        return {"r2": r2.mean().item(), "mae": absolute.mean().item() / self.count}
