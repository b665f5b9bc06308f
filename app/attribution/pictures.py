"""Which parts of an input an answer rests on, by gradients and by covering parts of it.

Each returns one number for each element of the input, or for each place of a picture.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from app.attribution.asked import Asked, evaluating, hooked

_STEPS: Final = 50
_AT_ONCE: Final = 64
"""How many samples are asked at a time."""


def saliency(asked: Asked, inputs: Sequence[Tensor]) -> Tensor:
    """Return the size of the gradient at each element (Simonyan et al. 2013, arXiv:1312.6034)."""
    return asked.gradient(inputs).abs()


def integrated_gradients(
    asked: Asked, inputs: Sequence[Tensor], baseline: float = 0.0, steps: int = _STEPS
) -> Tensor:
    """Return what each element adds on the way from a baseline (Sundararajan et al. 2017).

    The integral of the gradients, by Gauss and Legendre, times the way: arXiv:1703.01365. All of
    it adds up to the difference of the answers.
    """
    given = [*inputs]
    whole = given[asked.place].detach()
    start = torch.full_like(whole, baseline)
    places, weights = np.polynomial.legendre.leggauss(steps)
    total = torch.zeros_like(whole)
    for place, weight in zip((places + 1) / 2, weights / 2, strict=True):
        given[asked.place] = start + float(place) * (whole - start)
        total += float(weight) * asked.gradient(given)
    return total * (whole - start)


def grad_cam(asked: Asked, inputs: Sequence[Tensor], layer: nn.Module) -> Tensor:
    """Return where a convolution sees what speaks for the answer (Selvaraju et al. 2017).

    Its maps weighted by the mean of their gradients, what speaks against left out
    (arXiv:1610.02391): shape ``(N, 1, …)`` of the picture, between whose places it is interpolated.
    """
    seen: list[Tensor] = []

    def keep(_: nn.Module, __: Any, output: Tensor) -> None:
        seen.append(output)

    given = [each.detach() for each in inputs]
    given[asked.place] = given[asked.place].clone().requires_grad_()
    with evaluating(asked.model), hooked(layer, keep), torch.enable_grad():
        score = asked.score(given).sum()
        (gradient,) = torch.autograd.grad(score, seen[-1])
    maps = seen[-1].detach()
    dims = tuple(range(2, maps.dim()))
    found = functional.relu((gradient.mean(dim=dims, keepdim=True) * maps).sum(1, keepdim=True))
    size = inputs[asked.place].shape[2:]
    mode = {3: "linear", 4: "bilinear", 5: "trilinear"}[found.dim()]
    return functional.interpolate(found, size=size, mode=mode, align_corners=False)


def occlusion(
    asked: Asked,
    inputs: Sequence[Tensor],
    window: int,
    stride: int,
    baseline: float = 0.0,
) -> Tensor:
    """Return how much the answer falls where a window of a picture is covered (Zeiler 2013).

    Mean of all windows over a place, for one sample: shape ``(1, 1, H, W)`` (arXiv:1311.2901).
    """
    picture = inputs[asked.place].detach()
    height, width = picture.shape[-2:]
    corners = [
        (top, left)
        for top in _starts(height, window, stride)
        for left in _starts(width, window, stride)
    ]
    total, count = torch.zeros(1, 1, height, width), torch.zeros(1, 1, height, width)
    with evaluating(asked.model), torch.no_grad():
        before = float(asked.score(inputs)[0])
        for first in range(0, len(corners), _AT_ONCE):
            some = corners[first : first + _AT_ONCE]
            given = [each.expand(len(some), *each.shape[1:]) for each in inputs]
            covered = picture.repeat(len(some), *[1] * (picture.dim() - 1))
            for place, (top, left) in enumerate(some):
                covered[place, ..., top : top + window, left : left + window] = baseline
            given[asked.place] = covered
            falls = before - asked.score(given)
            for fall, (top, left) in zip(falls.tolist(), some, strict=True):
                total[..., top : top + window, left : left + window] += fall
                count[..., top : top + window, left : left + window] += 1
    return total / count.clamp(min=1)


def _starts(size: int, window: int, stride: int) -> list[int]:
    """Return where windows begin so that the last ends with the picture."""
    last = max(size - window, 0)
    return [*dict.fromkeys([*range(0, last + 1, stride), last])]


def convolutions(model: nn.Module) -> list[tuple[str, nn.Module]]:
    """Return the convolutions of a model over pictures, by their names; the last sees the most."""
    return [
        (name, each)
        for name, each in model.named_modules()
        if isinstance(each, nn.Conv2d | nn.Conv1d)
    ]
