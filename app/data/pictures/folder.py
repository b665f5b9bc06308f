"""Pictures in folders, one folder for each class."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Final

import numpy as np

from app.data.dataset import (
    Array,
    Dataset,
    classified,
    existing,
    need_memory,
    refuse,
)
from graph_model.files.plain_file import is_plain_file
from graph_model.phrases import phrase
from graph_model.values import Arguments

SUFFIXES: Final = frozenset({".png", ".jpg", ".jpeg", ".bmp", ".gif", ".webp", ".tif", ".tiff"})
_MODES: Final = {"rgb": "RGB", "grey": "L"}


def classes_of(folder: Path) -> dict[str, list[Path]]:
    """Return the pictures of each class, both in the order of their names."""
    found: dict[str, list[Path]] = {}
    try:
        for each in sorted(folder.iterdir()):
            if each.is_dir() and not each.name.startswith("."):
                pictures = [
                    file
                    for file in each.iterdir()
                    if file.suffix.lower() in SUFFIXES and is_plain_file(file)
                ]
                if pictures:
                    found[each.name] = sorted(pictures)
    except OSError as error:
        refuse("data_unreadable", path=folder, reason=error)
    if len(found) < 2:
        what = phrase("folders with pictures")
        refuse("data_too_few", path=folder, got=len(found), what=what, expected=2)
    return found


def shape_of(arguments: Arguments) -> tuple[int, int, int]:
    """Return channels, height and width of each picture."""
    size = int(str(arguments["size"]))
    return (3 if arguments["color"] == "rgb" else 1, size, size)


def load(arguments: Arguments) -> Dataset:
    """Read every picture, scaled to one size, as numbers from 0 to 1."""
    folder = existing(arguments["path"], "folder")
    found = classes_of(folder)
    shape = shape_of(arguments)
    count = sum(map(len, found.values()))
    need_memory(folder, 4 * count * shape[0] * shape[1] * shape[2])
    images = np.empty((count, *shape), np.float32)
    paths = [path for pictures in found.values() for path in pictures]
    for index, path in enumerate(paths):
        images[index] = read_picture(path, shape)
    labels = np.repeat(np.arange(len(found)), [len(each) for each in found.values()])
    return classified(images, labels, tuple(found))


def read_picture(path: Path, shape: tuple[int, ...]) -> Array:
    """Return one picture in ``shape`` (channels, height, width), as numbers from 0 to 1."""
    from PIL import Image, UnidentifiedImageError  # as late as this: most data are no pictures

    channels, height, width = shape
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(path) as picture:
                picture.draft("RGB", (2 * width, 2 * height))
                converted = picture.convert(_MODES["rgb" if channels == 3 else "grey"])
                scaled = converted.resize((width, height), Image.Resampling.BILINEAR)
    except (
        OSError,
        ValueError,
        SyntaxError,
        UnidentifiedImageError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
    ) as error:
        refuse("data_unreadable", path=path, reason=str(error).replace(f" {str(path)!r}", ""))
    pixels = np.asarray(scaled, np.float32) / np.float32(255)
    return pixels[None] if channels == 1 else pixels.transpose(2, 0, 1)
