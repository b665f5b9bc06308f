"""From a tensor, which may be large, to what is drawn of it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from app.inspecting.seen import Cloud, Facts, Heat, Histogram, Numbers, Tiles

_BINS: Final = 48
_HEAD: Final = (6, 8)
"""How many rows and columns of numbers are shown."""
_WIDEST: Final = 96
"""How many rows and columns a heat map has at most."""
_MOST_TILES: Final = 36
_WIDEST_TILE: Final = 48
_MOST_VECTORS: Final = 5000
"""How many vectors of a table are drawn at most."""
_LEAST: Final = 2
"""How many rows and columns a picture has at least."""


def facts(value: Tensor) -> Facts:
    """Return a tensor in numbers."""
    numbers = _real(value)
    finite = numbers[numbers.isfinite()] if numbers.is_floating_point() else numbers
    shape, dtype = tuple(value.shape), str(value.dtype).removeprefix("torch.")
    lost = numbers.numel() - finite.numel()
    if not finite.numel():
        return Facts(shape, dtype, math.nan, math.nan, math.nan, math.nan, math.nan, lost)
    deviation, mean = torch.std_mean(finite, correction=0)
    zeros = 1 - finite.count_nonzero().item() / finite.numel()
    lowest, highest = finite.aminmax()
    figures = (lowest.item(), highest.item(), mean.item(), deviation.item(), zeros)
    return Facts(shape, dtype, *figures, lost)


def histogram(value: Tensor) -> Histogram | None:
    """Return how the finite numbers are spread, ``None`` where there are none."""
    numbers = _real(value).flatten()
    numbers = numbers[numbers.isfinite()]
    if not numbers.numel():
        return None
    low, high = (each.item() for each in numbers.aminmax())
    if low == high:
        low, high = low - 0.5, high + 0.5
    counts = torch.histc(numbers.float(), _BINS, low, high)
    return Histogram(counts.long().numpy(), low, high)


def head(value: Tensor) -> NDArray[np.generic]:
    """Return the first numbers of the last two dimensions."""
    rows = value.detach().reshape(-1, value.shape[-1]) if value.ndim else value.reshape(1, 1)
    return np.asarray(rows[: _HEAD[0], : _HEAD[1]].resolve_conj().cpu().numpy())


def heat(value: Tensor) -> Heat | None:
    """Return a tensor as a picture: the last dimension across, all others down."""
    numbers = _real(value)
    if numbers.ndim == 0 or not numbers.numel():
        return None
    rows = numbers.reshape(-1, numbers.shape[-1])
    return Heat(_pooled(rows, _WIDEST), *rows.shape)


def maps(value: Tensor) -> Tiles | None:
    """Return the channels of one sample, ``(C, H, W)``, as pictures; ``None`` for other shapes."""
    if value.ndim != 3 or min(value.shape[1:]) < _LEAST or not value.numel():
        return None
    return tiles(_real(value))


def attention(weights: Sequence[Tensor]) -> Tiles:
    """Return how much each query takes of each key, ``(heads, L, S)`` each, as larger pictures."""
    each = [tiles(of, _WIDEST) for of in weights]
    pictures = [picture for tiles in each for picture in tiles.pictures]
    return Tiles(tuple(pictures[:_MOST_TILES]), sum(tiles.total for tiles in each))


def tiles(pictures: Tensor, widest: int = _WIDEST_TILE) -> Tiles:
    """Return pictures ``(K, H, W)``, no more and no larger than can be drawn."""
    some = pictures[:_MOST_TILES]
    return Tiles(tuple(_pooled(each, widest) for each in some), len(pictures))


def filters(weight: Tensor) -> Tiles | None:
    """Return the kernels of a convolution's weight ``(O, I, H, W)`` as pictures.

    Those of three channels are coloured. Of others, each filter is seen at its first input.
    """
    if weight.ndim == 5:
        weight = weight[:, :, weight.shape[2] // 2]  # the middle of what goes through depth
    if weight.ndim == 3:
        return tiles(weight.detach().float())
    if weight.ndim != 4:
        return None
    kernels = weight.detach().float()
    if kernels.shape[1] != 3:
        return tiles(kernels[:, 0])
    some = kernels[:_MOST_TILES].permute(0, 2, 3, 1)
    low = some.amin(dim=(1, 2, 3), keepdim=True)
    high = some.amax(dim=(1, 2, 3), keepdim=True)
    shown = (some - low) / (high - low).clamp(min=1e-12)
    return Tiles(tuple(each.cpu().numpy() for each in shown), len(kernels))


def cloud(table: Tensor, names: Sequence[str] = ()) -> Cloud | None:
    """Return the rows of a table along their two principal components, as torch finds them.

    ``None`` where there are fewer than two rows or columns.
    """
    rows = table.detach().float()[:_MOST_VECTORS].cpu()
    if rows.ndim != 2 or min(rows.shape) < 2:
        return None
    centred = rows - rows.mean(dim=0)
    _, along, directions = torch.linalg.svd(centred, full_matrices=False)
    variances = along.square()
    share = (variances[:2].sum() / variances.sum().clamp(min=1e-30)).item()
    points: Numbers = (centred @ directions[:2].T).numpy()
    return Cloud(points, tuple(names[: len(rows)]), share, len(table))


def _real(value: Tensor) -> Tensor:
    """Return numbers that can be averaged: of truth values 0 and 1, of complex ones their size."""
    numbers = value.detach()
    if numbers.is_complex():
        return numbers.abs()
    return numbers if numbers.dtype in {torch.float32, torch.float64} else numbers.float()


def _pooled(picture: Tensor, widest: int) -> Numbers:
    """Return rows and columns with the means of neighbours where there are more."""
    numbers = picture.detach().float()
    rows, columns = numbers.shape
    size = min(rows, widest), min(columns, widest)
    if size != (rows, columns):
        numbers = functional.adaptive_avg_pool2d(numbers[None, None], size)[0, 0]
    return np.ascontiguousarray(numbers.cpu().numpy())
