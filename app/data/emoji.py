"""Coloured pictures that come along: each glyph of a font on several grounds, in several places."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np

from app.data.dataset import Array, Dataset, classified
from app.resources import RESOURCES
from graph_model.recipes.source_kinds.bundled import PICTURE_CLASSES
from graph_model.values import Arguments

_TIMES: Final = 8
"""How often each glyph is drawn."""
_FURTHEST: Final = 4
"""How many pixels a glyph is out of the middle at most."""


def load(_: Arguments) -> Dataset:
    """Draw all glyphs; which of them train, validate and test is the same each time."""
    with np.load(RESOURCES / "data" / "emoji.npz", allow_pickle=False) as archive:
        glyphs, labels = archive["pictures"], archive["labels"].astype(np.int64)
    random = np.random.default_rng(0)
    pictures = np.concatenate([_drawn(glyphs, random) for _ in range(_TIMES)])
    data = classified(pictures, np.tile(labels, _TIMES), PICTURE_CLASSES)
    groups = np.tile(np.arange(len(glyphs)), _TIMES)
    return replace(data, groups=groups, own_split=np.tile(_parts(labels), _TIMES))


def _drawn(glyphs: Array, random: np.random.Generator) -> Array:
    """Return each glyph once: turned round or not, moved, on a ground of one colour."""
    count, height, width, _ = glyphs.shape
    grounds = random.uniform(0, 1, (count, 3, 1, 1))
    moved = np.zeros((count, 4, height, width), np.float32)
    for made, glyph in zip(moved, glyphs, strict=True):
        picture = glyph[:, :: random.choice((1, -1))].transpose(2, 0, 1) / np.float32(255)
        down, right = random.integers(-_FURTHEST, _FURTHEST + 1, 2)
        made[:, max(down, 0) : height + down, max(right, 0) : width + right] = picture[
            :, max(-down, 0) : height - down, max(-right, 0) : width - right
        ]
    opaque = moved[:, 3:]
    return moved[:, :3] * opaque + grounds * (1 - opaque)


def _parts(labels: Array) -> Array:
    """Return of each glyph whether it trains, validates or tests: in each class the same shares."""
    random = np.random.default_rng(1)
    parts = np.zeros(len(labels), np.int64)
    for label in np.unique(labels):
        mine = random.permutation(np.flatnonzero(labels == label))
        share = round(0.15 * len(mine))
        parts[mine[:share]], parts[mine[share : 2 * share]] = 1, 2
    return parts
