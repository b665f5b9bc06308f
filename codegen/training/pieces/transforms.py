"""What is done to batches of training samples, each sample by random numbers of its own."""

from __future__ import annotations

import torch
from torch import Tensor, nn


def flipped(x: Tensor, chosen: Tensor, dim: int) -> Tensor:
    """Return samples of which those that are chosen are mirrored along a dimension."""
    return torch.where(per_sample(chosen, x), x.flip(dim), x)


def per_sample(values: Tensor, x: Tensor) -> Tensor:
    """Return one value for each sample in a shape that broadcasts over it."""
    return values.view(-1, *[1] * (x.ndim - 1))


def cropped(x: Tensor, chance: Tensor, padding: int, mode: str = "constant") -> Tensor:
    """Return pictures as large as before, cut at random places out of ones with a border."""
    height, width = x.shape[-2:]
    bordered = nn.functional.pad(x, [padding] * 4, mode=mode)
    top, left = (chance * (2 * padding + 1)).long().unbind(1)
    rows = top[:, None] + torch.arange(height, device=x.device)
    columns = left[:, None] + torch.arange(width, device=x.device)
    sample = torch.arange(len(x), device=x.device)[:, None, None]
    return bordered[sample, :, rows[:, :, None], columns[:, None]].movedim(-1, 1).contiguous()


def rotation(turn: Tensor) -> Tensor:
    """Return a matrix for each sample that turns it by an angle."""
    sin, cos, none = turn.sin(), turn.cos(), torch.zeros_like(turn)
    return torch.stack([cos, -sin, none, sin, cos, none], dim=1).view(-1, 2, 3)


def placement(turn: Tensor, zoom: Tensor, slant: Tensor, right: Tensor, down: Tensor) -> Tensor:
    """Return a matrix for each sample that turns, enlarges, slants and moves it."""
    sin, cos = turn.sin() / zoom, turn.cos() / zoom
    first = [cos, cos * slant - sin, -right]
    return torch.stack([*first, sin, sin * slant + cos, -down], dim=1).view(-1, 2, 3)


def warped(x: Tensor, matrix: Tensor, mode: str = "bilinear", outside: str = "zeros") -> Tensor:
    """Return pictures of which each pixel is taken from where the matrix of a sample leads."""
    height, width = x.shape[-2:]
    units = x.new_tensor([[1, height / width, 2], [width / height, 1, 2]])
    grid = nn.functional.affine_grid(
        matrix * units, [len(x), 1, height, width], align_corners=False
    )
    return nn.functional.grid_sample(x, grid, mode, padding_mode=outside, align_corners=False)


def relit(x: Tensor, brightness: Tensor, contrast: Tensor) -> Tensor:
    """Return pictures with something added to each, and their contrasts multiplied."""
    mean = x.mean(dim=(1, 2, 3), keepdim=True)
    return (x - mean) * per_sample(contrast, x) + mean + per_sample(brightness, x)


def recoloured(x: Tensor, saturation: Tensor, hue: Tensor) -> Tensor:
    """Return pictures with colours that are stronger by a factor, and turned by an angle."""
    yiq = x.new_tensor([[0.299, 0.587, 0.114], [0.596, -0.274, -0.322], [0.211, -0.523, 0.312]])
    light, i, q = torch.einsum("kc,nc...->kn...", yiq, x)
    cos, sin = (per_sample(saturation * part, i) for part in (hue.cos(), hue.sin()))
    turned = torch.stack([light, cos * i - sin * q, sin * i + cos * q])
    return torch.einsum("ck,kn...->nc...", yiq.inverse(), turned)


def blurred(x: Tensor, deviation: Tensor, radius: int) -> Tensor:
    """Return pictures blurred by normal curves, which reach as far as the radius."""
    samples, channels, height, width = x.shape
    steps = torch.arange(-radius, radius + 1, device=x.device)
    curve = torch.exp(-((steps / deviation.clamp(min=1e-3)[:, None]) ** 2) / 2)
    curve = curve / curve.sum(dim=1, keepdim=True)
    kernel = curve.repeat_interleave(channels, dim=0)[:, None, None]  # one for each channel
    x = nn.functional.pad(x.reshape(1, -1, height, width), [radius] * 4, mode="replicate")
    x = nn.functional.conv2d(x, kernel, groups=samples * channels)
    x = nn.functional.conv2d(x, kernel.transpose(2, 3), groups=samples * channels)
    return x.view(samples, channels, height, width)


def normals(seeds: Tensor, x: Tensor, shape: tuple[int, ...]) -> Tensor:
    """Return normal numbers for each sample, which follow from its seed alone."""
    drawn = torch.Generator()
    found = [torch.randn(shape, generator=drawn.manual_seed(seed)) for seed in seeds.tolist()]
    return torch.stack(found).to(x)


def dropped(x: Tensor, seeds: Tensor, probability: float, value: int = 0) -> Tensor:
    """Return samples in which some elements have another value, by the seed of each."""
    drawn, shape = torch.Generator(), x.shape[1:]
    found = [torch.rand(shape, generator=drawn.manual_seed(seed)) for seed in seeds.tolist()]
    return x.masked_fill(torch.stack(found).to(x.device) < probability, value)


def rectangles(x: Tensor, share: Tensor, stretch: Tensor, place: Tensor) -> Tensor:
    """Return where a rectangle lies in each picture that takes a share of it: N×1×H×W."""
    sides = torch.stack([share * stretch, share / stretch], dim=1).sqrt().clamp(max=1)
    first = (1 - sides) * place
    is_row, is_column = (
        within(first[:, side], (first + sides)[:, side], x.shape[side - 2], x.device)
        for side in range(2)
    )
    return (is_row[:, :, None] & is_column[:, None])[:, None]


def within(first: Tensor, last: Tensor, size: int, device: torch.device) -> Tensor:
    """Return which of so many pixels lie between two places, which are from 0 to 1."""
    middle = (torch.arange(size, device=device) + 0.5) / size
    return (middle >= first[:, None]) & (middle < last[:, None])


def erased(x: Tensor, chosen: Tensor, share: Tensor, chance: Tensor) -> Tensor:
    """Return pictures of which those that are chosen have a rectangle of zeros."""
    stretch = 3 ** (2 * chance[:, 0] - 1)  # from a third to three times as high as wide
    inside = rectangles(x, share, stretch, chance[:, 1:])
    return x.masked_fill(inside & per_sample(chosen, x), 0)


def mixed(x: Tensor, share: Tensor) -> Tensor:
    """Return each sample mixed with the one before it in the batch, of which it has a share."""
    share = per_sample(share, x)
    return share * x + (1 - share) * x.roll(1, 0)


def augmentation(chance: Tensor, strength: float) -> tuple[Tensor, Tensor, Tensor]:
    """Return what one of eight ways does to each picture: where it goes, its light, its contrast.

    The eighth does nothing.
    """
    way = nn.functional.one_hot((8 * chance[:, 0]).long(), 8)
    amount = torch.where(chance[:, 1] < 0.5, -strength, strength)[:, None] * way
    turn, slant, right, down, zoom, light, contrast, _ = amount.unbind(1)
    matrix = placement(turn * torch.pi / 6, 1 + 0.3 * zoom, 0.3 * slant, 0.3 * right, 0.3 * down)
    return matrix, light, 1 + 0.9 * contrast


def shifted(x: Tensor, chance: Tensor, most: int) -> Tensor:
    """Return series that are moved in time; their ends stay on where nothing is left."""
    shift = (chance * (2 * most + 1)).long() - most
    step = torch.arange(x.shape[1], device=x.device) - shift[:, None]
    step = step.clamp(0, x.shape[1] - 1)
    return x.gather(1, step[:, :, None].expand_as(x))


def stretched(x: Tensor, chance: Tensor, share: float) -> Tensor:
    """Return a piece of each series, stretched to its whole length."""
    last = x.shape[1] - 1
    begin = chance * (1 - share) * last
    place = begin[:, None] + share * torch.arange(last + 1, device=x.device)
    before = place.long().clamp(max=last)
    part = (place - before)[:, :, None]
    one, other = (
        x.gather(1, step[:, :, None].expand_as(x))
        for step in (before, (before + 1).clamp(max=last))
    )
    return one + part * (other - one)
