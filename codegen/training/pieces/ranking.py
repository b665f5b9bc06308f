"""How well scores put what is true before what is not."""

from __future__ import annotations

import math
from collections.abc import Callable

import torch
from torch import Tensor


class Ranking:
    """How well the scores of each class put what is true before what is not."""

    def __init__(self) -> None:
        self.scores: list[Tensor] = []
        self.true: list[Tensor] = []

    def update(self, scores: Tensor, true: Tensor) -> None:
        """Keep a batch, which has a column for each class."""
        self.scores.append(scores.cpu())
        self.true.append(true.cpu())

    def macro(self, area: Callable[[Tensor, Tensor], float]) -> float:
        """Return the mean area over the classes that have one."""
        return torch.tensor(self.per_class(area)).nanmean().item()

    def micro(self, area: Callable[[Tensor, Tensor], float]) -> float:
        """Return the area of all classes counted together."""
        return area(*ranked(torch.cat(self.scores).flatten(), torch.cat(self.true).flatten()))

    def per_class(self, area: Callable[[Tensor, Tensor], float]) -> list[float]:
        """Return the area of each class, not a number where it has none."""
        scores, true = torch.cat(self.scores), torch.cat(self.true)
        return [area(*ranked(*column)) for column in zip(scores.T, true.T, strict=True)]


def ranked(scores: Tensor, true: Tensor) -> tuple[Tensor, Tensor]:
    """Return how many true ones and false ones lie at each score or above it, from the highest."""
    scores, order = scores.sort(descending=True)
    last = torch.ones(len(scores), dtype=torch.bool)
    last[:-1] = scores[1:] != scores[:-1]  # of those that have the same score
    places = torch.arange(1, len(scores) + 1)[last]
    hits = true[order].cumsum(0)[last]
    return hits.double(), (places - hits).double()


def roc_auc(hits: Tensor, misses: Tensor) -> float:
    """Return the area under the share of hits over the share of misses."""
    before_first = torch.zeros(1, dtype=torch.double)
    area = torch.trapezoid(torch.cat((before_first, hits)), torch.cat((before_first, misses)))
    return (area / (hits[-1] * misses[-1])).item()


def average_precision(hits: Tensor, misses: Tensor) -> float:
    """Return the area under the steps of precision over the share of hits."""
    if not hits[-1]:
        return math.nan
    gained = torch.diff(hits, prepend=torch.zeros(1, dtype=torch.double))
    return ((gained * hits / (hits + misses)).sum() / hits[-1]).item()
