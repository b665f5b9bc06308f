"""How often each class is predicted, true, and both; and what follows from that."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor


class Counts:
    """How often each class is predicted and true, how often predicted, and how often true."""

    def __init__(self) -> None:
        self.counts: Tensor | int = 0

    def add_classes(self, predicted: Tensor, true: Tensor, classes: int) -> None:
        """Count a batch of indices of classes."""
        parts = (true[predicted == true], predicted.flatten(), true.flatten())
        counted = [torch.bincount(part, minlength=classes) for part in parts]
        self.counts = self.counts + torch.stack(counted).cpu()

    def add_labels(self, predicted: Tensor, true: Tensor) -> None:
        """Count a batch of yes and no, which has a column for each label."""
        parts = (predicted & true, predicted, true)
        self.counts = self.counts + torch.stack([part.sum(0) for part in parts]).cpu()

    def totals(self) -> Tensor:
        """Return the three counts of each class, exact numbers all."""
        return torch.as_tensor(self.counts).double()

    def balanced_accuracy(self) -> float:
        """Return the mean over the classes that there are of the share that is found."""
        both, _, true = self.totals()
        found: float = (both / true)[true > 0].mean().item()
        return found

    def macro(self, share: Callable[[Tensor, Tensor, Tensor], Tensor]) -> float:
        """Return the mean of a share over the classes that occur."""
        both, predicted, true = self.totals()
        occurs = predicted + true > 0
        return share(both, predicted, true).nan_to_num()[occurs].mean().item()

    def micro(self, share: Callable[[Tensor, Tensor, Tensor], Tensor]) -> float:
        """Return a share of all classes counted together."""
        return share(*self.totals().sum(1)).nan_to_num().item()

    def per_class(self, share: Callable[[Tensor, Tensor, Tensor], Tensor]) -> list[float]:
        """Return the share of each class, 0 where there is nothing that it could be of."""
        shares: list[float] = share(*self.totals()).nan_to_num().tolist()
        return shares


def precision(both: Tensor, predicted: Tensor, true: Tensor) -> Tensor:
    """Return the share of what is predicted that is true."""
    return both / predicted


def recall(both: Tensor, predicted: Tensor, true: Tensor) -> Tensor:
    """Return the share of what is true that is predicted."""
    return both / true


def f1(both: Tensor, predicted: Tensor, true: Tensor) -> Tensor:
    """Return the harmonic mean of precision and recall."""
    return 2 * both / (predicted + true)


def dice(both: Tensor, predicted: Tensor, true: Tensor) -> Tensor:
    """Return twice the overlap over the sum of both sizes."""
    return 2 * both / (predicted + true)


def iou(both: Tensor, predicted: Tensor, true: Tensor) -> Tensor:
    """Return the overlap over what is either."""
    return both / (predicted + true - both)
