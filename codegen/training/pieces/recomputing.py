"""What a layer changes as it computes, where it computes the same batch twice."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any

from torch import nn


def once_and_again(layer: nn.Module) -> tuple[AbstractContextManager[None], ...]:
    """Return within what a layer computes a batch, and then again for the gradients."""
    return nullcontext(), as_it_stands(layer)


@contextmanager
def as_it_stands(layer: nn.Module) -> Iterator[None]:
    """Have a layer change nothing of itself: a batch counts once in the statistics of norms."""
    layers: list[Any] = [each for each in layer.modules() if each.training]
    stats = "track_running_stats"
    norms = [each for each in layers if hasattr(each, stats) and each.track_running_stats]
    before = [(each.momentum, each.num_batches_tracked.clone()) for each in norms]
    lists = [each for each in layers if isinstance(each, nn.utils.parametrize.ParametrizationList)]
    estimates = [estimate for each in lists for estimate in each]
    for norm in norms:
        norm.momentum = 0.0
    for estimate in estimates:
        estimate.training = False
    try:
        yield
    finally:
        for norm, (momentum, batches) in zip(norms, before, strict=True):
            norm.momentum = momentum
            norm.num_batches_tracked.copy_(batches)
        for estimate in estimates:
            estimate.training = True
