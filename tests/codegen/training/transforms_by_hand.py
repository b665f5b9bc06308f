"""Each transform by hand: one sample after the other, by scipy or in plain steps.

The random numbers are those that decision 74 says: of the seed, the epoch and the sample.
"""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from scipy import ndimage
from torch import Tensor

from graph_model.recipe import Choice, Recipe
from graph_model.recipes.transforms import TRANSFORMS

Array = NDArray[Any]

NUMBERS = {
    "horizontal_flip": 1, "vertical_flip": 1, "crop": 2, "rotate": 1, "affine": 4,
    "brightness_contrast": 2, "colour": 2, "blur": 1, "erase": 5, "cutmix": 2, "time_shift": 1,
    "time_crop": 1,
}  # fmt: skip
"""How many random numbers of a row each takes."""
SEEDED = {"noise", "feature_dropout", "token_mask", "scaling"}
OUTSIDE = {"zeros": "grid-constant", "border": "nearest", "reflection": "reflect"}
PADDED = {"zeros": "constant", "border": "edge", "reflection": "reflect"}


def numbers_of(chosen: Choice) -> int:
    """Return how many random numbers of a row a transform takes."""
    told = TRANSFORMS[chosen.kind].complete(chosen.arguments)
    if chosen.kind == "rand_augment":
        return 2 * int(str(told["count"]))
    chooses = TRANSFORMS[chosen.kind].mixes and told["probability"] != 1
    return NUMBERS.get(chosen.kind, 0) + chooses


class Rows:
    """The random numbers of an epoch: a row for each sample."""

    def __init__(self, recipe: Recipe, epoch: int, samples: int) -> None:
        seed = recipe.seed + 1_000_003 * (epoch + 1)
        drawn = torch.Generator().manual_seed(seed)
        count = sum(map(numbers_of, recipe.transforms))
        if count:
            self.chance = torch.rand(samples, count, generator=drawn).double().numpy()
        seeds = sum(each.kind in SEEDED for each in recipe.transforms)
        if seeds:
            self.seeds = torch.randint(2**31, (samples, seeds), generator=drawn).numpy()
        alphas = [
            float(str(TRANSFORMS[each.kind].complete(each.arguments)["alpha"]))
            for each in recipe.transforms
            if TRANSFORMS[each.kind].mixes
        ]
        beta = random.Random(seed)
        shares = [[beta.betavariate(alpha, alpha) for alpha in alphas] for _ in range(samples)]
        self.drawn_shares = shares
        self.shares = np.maximum(shares, 1 - np.array(shares))


def transformed(
    recipe: Recipe,
    epoch: int,
    samples: int,
    index: Sequence[int],
    x: Array,
    classes: int = 0,
    target: Array | None = None,
) -> tuple[Array, Array | None]:
    """Return a batch of samples changed, and their targets mixed where they are."""
    rows, at, seed, mixing = Rows(recipe, epoch, samples), 0, 0, 0
    x = x.astype(np.float64) if x.dtype.kind == "f" else x
    soft = None
    if any(TRANSFORMS[each.kind].mixes for each in recipe.transforms) and target is not None:
        soft = np.eye(classes)[target] if classes else target.astype(np.float64)
    for chosen in recipe.transforms:
        told = TRANSFORMS[chosen.kind].complete(chosen.arguments)
        count = numbers_of(chosen)
        chance = rows.chance[list(index), at : at + count] if count else None
        at += count
        if chosen.kind in ("mixup", "cutmix"):
            shares = rows.shares[list(index), mixing]
            if told["probability"] != 1:
                assert chance is not None
                # It is asked first whether a sample is mixed at all.
                shares = np.where(chance[:, 0] < told["probability"], shares, 1.0)
                chance = chance[:, 1:]
            mixing += 1
            x, soft = _mix(chosen.kind, x, soft, shares, chance)
            continue
        seeds = [0] * len(x)
        if chosen.kind in SEEDED:
            seeds = rows.seeds[list(index), seed].tolist()
            seed += 1
        x = np.stack([
            one(chosen.kind, told, each, () if chance is None else chance[place], seeds[place])
            for place, each in enumerate(x)
        ])  # fmt: skip
    return x, soft


def as_trained(
    recipe: Recipe, epoch: int, samples: int, index: Tensor, x: Tensor, target: Tensor, classes: int
) -> tuple[Tensor, Tensor]:
    """Return a batch changed to the last bit as in training: by flip, crop, noise and mixtures."""
    rows, at, seed = Rows(recipe, epoch, samples), 0, 0
    for chosen in recipe.transforms:
        told: Mapping[str, Any] = TRANSFORMS[chosen.kind].complete(chosen.arguments)
        count = numbers_of(chosen)
        chance = rows.chance[index.numpy(), at : at + count] if count else np.empty((len(x), 0))
        at += count
        if chosen.kind == "mixup":
            drawn = torch.tensor([rows.drawn_shares[each][0] for each in index.tolist()])
            share = torch.where(drawn > 0.5, drawn, 1 - drawn)
            if told["probability"] != 1:
                share = torch.where(
                    torch.from_numpy(chance[:, 0]) < told["probability"], share, 1.0
                )
            target = torch.eye(classes)[target] if classes else target
            for_x, for_target = (share.view(-1, *[1] * (each.ndim - 1)) for each in (x, target))
            x = for_x * x + (1 - for_x) * torch.cat([x[-1:], x[:-1]])
            target = for_target * target + (1 - for_target) * torch.cat([target[-1:], target[:-1]])
            continue
        seeds = [0] * len(x)
        if chosen.kind in SEEDED:
            seeds = rows.seeds[index.numpy(), seed].tolist()
            seed += 1
        x = torch.stack([
            _plainly(chosen.kind, told, *given) for given in zip(x, chance, seeds, strict=True)
        ])  # fmt: skip
    return x, target


def _plainly(kind: str, told: Mapping[str, Any], x: Tensor, u: Any, seed: int) -> Tensor:
    drawn = torch.Generator().manual_seed(seed)
    if kind == "horizontal_flip":
        return x.flip(2) if u[0] < told["probability"] else x
    if kind == "crop":
        border, (top, left) = told["padding"], (int(each * (2 * told["padding"] + 1)) for each in u)
        padded = torch.nn.functional.pad(x, [border] * 4)
        return padded[:, top : top + x.shape[1], left : left + x.shape[2]]
    if kind == "noise":
        return x + told["deviation"] * torch.randn(x.shape, generator=drawn)
    assert kind == "feature_dropout"
    return torch.where(torch.rand(x.shape, generator=drawn) < told["probability"], 0.0, x)


def one(kind: str, told: Mapping[str, Any], x: Array, u: Any, seed: int) -> Array:
    """Return one sample, changed by its own numbers."""
    drawn = torch.Generator().manual_seed(seed)
    match kind:
        case "horizontal_flip":
            return x[..., ::-1] if u[0] < told["probability"] else x
        case "vertical_flip":
            return x[..., ::-1, :] if u[0] < told["probability"] else x
        case "crop":
            border = told["padding"]
            widths = ((0, 0), (border, border), (border, border))
            padded = np.pad(x, widths, mode=PADDED[told["outside"]])  # type: ignore[call-overload]
            top, left = (int(each * (2 * border + 1)) for each in u)
            return padded[:, top : top + x.shape[1], left : left + x.shape[2]]
        case "rotate":
            turn = math.radians(told["degrees"]) * (2 * u[0] - 1)
            return moved(x, turn=turn, outside=told["outside"])
        case "affine":
            right, down, zoom, slant = 2 * np.array(u) - 1
            return moved(
                x,
                right=told["shift"] * right,
                down=told["shift"] * down,
                zoom=1 + told["zoom"] * zoom,
                slant=told["shear"] * slant,
                outside=told["outside"],
            )
        case "brightness_contrast":
            added, factor = (
                told["brightness"] * (2 * u[0] - 1),
                1 + told["contrast"] * (2 * u[1] - 1),
            )
            return (x - x.mean()) * factor + x.mean() + added
        case "colour":
            return recoloured(
                x,
                1 + told["saturation"] * (2 * u[0] - 1),
                2 * math.pi * told["hue"] * (2 * u[1] - 1),
            )
        case "blur":
            radius, sigma = math.ceil(3 * told["largest"]), max(told["largest"] * u[0], 1e-3)
            for axis in (1, 2):
                x = ndimage.gaussian_filter1d(x, sigma, axis, mode="nearest", radius=radius)
            return x
        case "noise":
            return x + told["deviation"] * torch.randn(x.shape, generator=drawn).double().numpy()
        case "erase":
            return erased(x, told, u)
        case "rand_augment":
            for first in range(0, len(u), 2):
                x = augmented(x, u[first : first + 2], told["strength"])
            return x
        case "feature_dropout":
            kept = torch.rand(x.shape, generator=drawn).numpy() >= told["probability"]
            return x * kept
        case "token_mask":
            kept = torch.rand(x.shape, generator=drawn).numpy() >= told["probability"]
            return np.where(kept, x, told["token"])
        case "scaling":
            drawn_there = torch.randn((1, x.shape[1]), generator=drawn).double().numpy()
            return x * (1 + told["deviation"] * drawn_there)
        case "time_shift":
            shift = int(u[0] * (2 * told["most"] + 1)) - told["most"]
            return np.stack([x[min(max(t - shift, 0), len(x) - 1)] for t in range(len(x))])
        case "time_crop":
            last = len(x) - 1
            begin = u[0] * (1 - told["share"]) * last
            places = begin + told["share"] * np.arange(len(x))
            return np.stack([np.interp(places, np.arange(len(x)), v) for v in x.T], axis=1)
    raise AssertionError(kind)


def moved(
    x: Array,
    turn: float = 0,
    zoom: float = 1,
    slant: float = 0,
    right: float = 0,
    down: float = 0,
    outside: str = "zeros",
    order: int = 1,
) -> Array:
    """Return a picture turned, enlarged, slanted and moved about its middle, by scipy."""
    height, width = x.shape[-2:]
    row, column = np.meshgrid(np.arange(height), np.arange(width), indexing="ij")
    across, along = column - (width - 1) / 2, row - (height - 1) / 2
    leaned = across + slant * along  # how it is slanted, then turned, then enlarged
    from_across = (math.cos(turn) * leaned - math.sin(turn) * along) / zoom - right * width
    from_along = (math.sin(turn) * leaned + math.cos(turn) * along) / zoom - down * height
    places = [from_along + (height - 1) / 2, from_across + (width - 1) / 2]
    return np.stack([
        ndimage.map_coordinates(each, places, order=order, mode=OUTSIDE[outside]) for each in x
    ])  # fmt: skip


def recoloured(x: Array, saturation: float, hue: float) -> Array:
    """Return a picture whose colours are turned in the plane of the NTSC standard."""
    yiq = np.array([[0.299, 0.587, 0.114], [0.596, -0.274, -0.322], [0.211, -0.523, 0.312]])
    turn = np.array([
        [1, 0, 0],
        [0, saturation * math.cos(hue), -saturation * math.sin(hue)],
        [0, saturation * math.sin(hue), saturation * math.cos(hue)],
    ])  # fmt: skip
    return np.tensordot(np.linalg.inv(yiq) @ turn @ yiq, x, axes=1)


def box(height: int, width: int, tall: float, wide: float, top: float, left: float) -> Array:
    """Return which pixels have their middle within a rectangle, whose sides are shares."""
    tall, wide = min(tall, 1), min(wide, 1)
    rows, columns = (np.arange(height) + 0.5) / height, (np.arange(width) + 0.5) / width
    first, begin = (1 - tall) * top, (1 - wide) * left
    inside = (first <= rows) & (rows < first + tall)
    return inside[:, None] & ((begin <= columns) & (columns < begin + wide))


def erased(x: Array, told: Mapping[str, Any], u: Any) -> Array:
    """Return a picture without a rectangle, if it is chosen."""
    if u[0] >= told["probability"]:
        return x
    share = told["smallest"] + (told["largest"] - told["smallest"]) * u[1]
    stretch = 3 ** (2 * u[2] - 1)
    inside = box(*x.shape[1:], math.sqrt(share * stretch), math.sqrt(share / stretch), u[3], u[4])
    return np.where(inside, 0, x)


def augmented(x: Array, u: Any, strength: float, order: int = 1) -> Array:
    """Return a picture to which one of eight things is done."""
    amount = strength if u[1] >= 0.5 else -strength
    match int(8 * u[0]):
        case 0:
            return moved(x, turn=amount * math.pi / 6, order=order)
        case 1:
            return moved(x, slant=0.3 * amount, order=order)
        case 2:
            return moved(x, right=0.3 * amount, order=order)
        case 3:
            return moved(x, down=0.3 * amount, order=order)
        case 4:
            return moved(x, zoom=1 + 0.3 * amount, order=order)
        case 5 if order:
            return x + amount
        case 6 if order:
            return (x - x.mean()) * (1 + 0.9 * amount) + x.mean()
    return x


def _mix(
    kind: str, x: Array, soft: Array | None, shares: Array, chance: Array | None
) -> tuple[Array, Array | None]:
    """Return samples mixed with the ones before them, and their targets."""
    other, kept = np.roll(x, 1, axis=0), shares
    mixed = np.empty_like(x)
    for at, share in enumerate(shares):
        if kind == "mixup":
            mixed[at] = share * x[at] + (1 - share) * other[at]
            continue
        assert chance is not None
        side = math.sqrt(1 - share)
        inside = box(*x.shape[2:], side, side, *chance[at])
        mixed[at] = np.where(inside, other[at], x[at])
        kept = np.array([*kept[:at], 1 - inside.mean(), *kept[at + 1 :]])
    if soft is None:
        return mixed, None
    kept = kept.reshape(-1, *[1] * (soft.ndim - 1))
    return mixed, kept * soft + (1 - kept) * np.roll(soft, 1, axis=0)
