"""How unsure a model is."""

from __future__ import annotations

import math

from torch import Tensor


class Perplexity:
    """Among how many classes, all as likely, one would be as unsure."""

    def __init__(self) -> None:
        self.surprise, self.count = 0.0, 0

    def update(self, surprise: Tensor) -> None:
        """Add the cross entropy of each element of a batch."""
        self.surprise += surprise.cpu().double().sum().item()
        self.count += surprise.numel()

    def value(self) -> float:
        """Return e to the mean cross entropy."""
        mean = self.surprise / self.count
        return math.exp(mean) if mean < 700 else math.inf
