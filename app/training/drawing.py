"""What is drawn by hand, or a picture that was dropped, becomes a sample like those of the data.

Where its ink lies, how large it is and which way round ground and ink are is learned from samples
that were trained on: digits of 28 × 28 lie within 20 × 20, white on black, about the middle of
their mass.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np

from app.data.dataset import Array, Dataset, Indices, refuse
from app.data.pictures.reading import looked_at, read_one
from codegen.pictures import USUAL
from graph_model.frozen import frozen
from graph_model.phrases import phrase

LARGEST: Final = 64
"""Pictures of no more pixels a side can be drawn by hand."""
_LOOKED_AT: Final = 500
_INK: Final = 0.25
"""From this share on, a pixel counts as ink."""
_FAINT: Final = 0.12
"""What differs less from the ground of a picture is part of it."""
_READ: Final = 256
"""The longest side, in pixels, at which a picture is read before it is fitted."""


@frozen
class Drawable:
    """What a drawing has to be like: its size, and how ground and ink lie in the data.

    ``extent`` is the longest side of what is inked as a share of the picture's longest side;
    ``middle`` where its mass lies, as shares of height and width.
    """

    height: int
    width: int
    ground: float
    ink: float
    extent: float
    middle: tuple[float, float]

    @property
    def is_bright_on_dark(self) -> bool:
        """Whether ink is brighter than the ground."""
        return self.ink > self.ground


def drawable(data: Dataset, array: str, train: Indices) -> Drawable | None:
    """Return what a drawing has to be like, ``None`` where samples are no small grey pictures."""
    shape = data.facts.arrays[array].shape
    if len(shape) != 3 or shape[0] != 1 or max(shape[1:]) > LARGEST or not len(train):
        return None
    some = train[np.linspace(0, len(train) - 1, min(_LOOKED_AT, len(train))).astype(int)]
    pictures = np.asarray(data.arrays[array][some], np.float32)[:, 0]
    pictures = np.nan_to_num(pictures)
    low, high = float(pictures.min()), float(pictures.max())
    ground = float(np.median([_border(each) for each in pictures]))
    is_dark = ground - low <= high - ground
    ground, ink = (low, high) if is_dark else (high, low)
    inks = np.abs(pictures - ground) / (high - low or 1)
    boxes = [box for each in inks if (box := _box(each)) is not None]
    sides = [max(bottom - top, right - left) for top, bottom, left, right in boxes]
    extent = float(np.median(sides)) / max(shape[1:]) if sides else 0.75
    inked = [each for each in inks if each.sum() > 0]
    middles = np.array([_middle(each) for each in inked]) if inked else np.array([[0.5, 0.5]])
    row, column = middles.mean(axis=0) / (shape[1:] if inked else (1, 1))
    return Drawable(shape[1], shape[2], ground, ink, extent, (float(row), float(column)))


def as_sample(inked: Array, like: Drawable, *, is_fitted: bool = True) -> Array:
    """Return ink, from 0 to 1 and of any size, as one sample ``(1, 1, H, W)`` of the data.

    Where it ``is_fitted``, it is moved and scaled to lie as the samples do; else it is only made
    as small as they are.
    """
    small = _fitted(inked, like) if is_fitted else _resized(inked, like.height, like.width)
    most = float(small.max())
    if is_fitted and most > 0:
        small = small / most  # thin strokes lose their strength where they become small
    return (like.ground + small * (like.ink - like.ground)).astype(np.float32)[None, None]


def ink_of_picture(path: Path) -> Array:
    """Return what stands out from the ground of a picture, from 0 to 1; both ways round.

    Raises ``Refusal`` where it cannot be read.
    """
    found = looked_at([str(path)])
    if not found:
        refuse("data_unreadable", path=path, reason=phrase("it is no picture that can be read"))
    scale = _READ / max(found[0].width, found[0].height, 1)
    height, width = (max(1, round(scale * side)) for side in (found[0].height, found[0].width))
    try:
        grey = read_one(path, {**USUAL, "channels": 1, "height": height, "width": width})[0]
    except ValueError as error:
        refuse("data_unreadable", path=path, reason=error)
    inked = np.abs(grey - _border(grey))
    inked = np.where(inked < _FAINT * max(float(inked.max()), 1e-6), 0, inked)
    return np.asarray(inked / (inked.max() or 1), np.float32)


def _fitted(inked: Array, like: Drawable) -> Array:
    """Return ink cut out, scaled to the usual extent and put where the mass usually lies."""
    made = np.zeros((like.height, like.width), np.float32)
    box = _box(inked)
    if box is None:
        return made
    top, bottom, left, right = box
    cut = inked[top:bottom, left:right]
    scale = like.extent * max(like.height, like.width) / max(cut.shape)
    height = min(like.height, max(1, round(cut.shape[0] * scale)))
    width = min(like.width, max(1, round(cut.shape[1] * scale)))
    small = _resized(cut, height, width)
    row, column = _middle(small)
    down = round(like.middle[0] * like.height - row)
    along = round(like.middle[1] * like.width - column)
    down = min(max(0, down), like.height - height)
    along = min(max(0, along), like.width - width)
    made[down : down + height, along : along + width] = small
    return made


def _resized(picture: Array, height: int, width: int) -> Array:
    """Return a picture of another size, each pixel the mean of what it covers."""
    from PIL import Image  # as late as this: most data are no pictures

    image = Image.fromarray(np.asarray(picture, np.float32))
    return np.asarray(image.resize((width, height), Image.Resampling.BOX), np.float32)


def _border(picture: Array) -> float:
    """Return the number that is usual at the edge of a picture: its ground."""
    edge = (picture[0], picture[-1], picture[:, 0], picture[:, -1])
    return float(np.median(np.concatenate(edge)))


def _box(inked: Array) -> tuple[int, int, int, int] | None:
    """Return the rows and columns that ink takes, each from and to; ``None`` of no ink."""
    rows = np.flatnonzero((inked > _INK).any(axis=1))
    columns = np.flatnonzero((inked > _INK).any(axis=0))
    if not len(rows):
        return None
    return int(rows[0]), int(rows[-1]) + 1, int(columns[0]), int(columns[-1]) + 1


def _middle(inked: Array) -> tuple[float, float]:
    """Return where the mass of ink lies, in pixels from the upper left corner."""
    whole = float(inked.sum())
    rows = (inked.sum(axis=1) * (np.arange(inked.shape[0]) + 0.5)).sum()
    columns = (inked.sum(axis=0) * (np.arange(inked.shape[1]) + 0.5)).sum()
    return float(rows) / whole, float(columns) / whole
