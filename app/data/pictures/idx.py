"""Images and labels from a folder of IDX files, the format of MNIST and Fashion-MNIST.

Format: http://yann.lecun.com/exdb/mnist/ (two zero bytes, the type, the number of dimensions, each
size as a big-endian 32-bit integer, then the elements).
"""

from __future__ import annotations

import gzip
import math
import struct
import zlib
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
from graph_model.phrases import phrase
from graph_model.recipes.source_kinds.bundled import FASHION_CLASSES
from graph_model.values import Arguments

UNSIGNED_BYTE: Final = 8


def load(arguments: Arguments) -> Dataset:
    """Read the training files and, where they are there, the test files as a split of its own."""
    folder = existing(arguments["path"], "folder")
    images, labels = _pair(folder, "train")
    own_test = 0
    if _find(folder, "t10k-images-idx3-ubyte") is not None:
        test_images, test_labels = _pair(folder, "t10k")
        own_test = len(test_images)
        images = np.concatenate((images, test_images))
        labels = np.concatenate((labels, test_labels))
    highest = int(labels.max())
    names = tuple(map(str, range(highest + 1)))
    if "fashion" in str(folder).lower() and highest + 1 == len(FASHION_CLASSES):
        names = FASHION_CLASSES
    need_memory(folder, 4 * images.size)
    return classified(images[:, None] / np.float32(255), labels, names, own_test=own_test)


def _pair(folder: Path, split: str) -> tuple[Array, Array]:
    images = _array(folder, f"{split}-images-idx3-ubyte", dimensions=3)
    labels = _array(folder, f"{split}-labels-idx1-ubyte", dimensions=1)
    if len(images) != len(labels) or not len(images):
        refuse(
            "data_lengths_differ",
            path=folder,
            array=f"{split}-labels",
            got=len(labels),
            other=f"{split}-images",
            expected=len(images) or phrase("at least 1"),
        )
    return images, labels


def _find(folder: Path, name: str) -> Path | None:
    for candidate in (folder / name, folder / f"{name}.gz"):
        if candidate.is_file():
            return candidate
    return None


def _array(folder: Path, name: str, *, dimensions: int) -> Array:
    """Return the array of one IDX file of unsigned bytes."""
    path = _find(folder, name)
    if path is None:
        refuse("data_not_found", path=folder / name, what=phrase("file"))
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
            zero, kind, found = struct.unpack(">HBB", file.read(4))
            if (zero, kind, found) != (0, UNSIGNED_BYTE, dimensions):
                refuse(
                    "data_unreadable",
                    path=path,
                    reason=phrase(
                        "it is no IDX file of bytes with {dimensions} dimensions",
                        dimensions=dimensions,
                    ),
                )
            shape = struct.unpack(f">{dimensions}I", file.read(4 * dimensions))
            need_memory(path, math.prod(shape))
            content = file.read(math.prod(shape) + 1)
    except (OSError, EOFError, struct.error, zlib.error) as error:
        refuse("data_unreadable", path=path, reason=error)
    if len(content) != math.prod(shape):
        refuse(
            "data_unreadable",
            path=path,
            reason=phrase(
                "it should hold {size} bytes behind its header, not more or less",
                size=math.prod(shape),
            ),
        )
    return np.frombuffer(content, np.uint8).reshape(shape)
