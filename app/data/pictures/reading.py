"""Pictures as numbers, one or many, and what of them cannot be read."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final, TypeVar

import numpy as np

from app.data.dataset import Array
from app.data.foreign import is_placeholder
from app.data.progress import tell
from graph_model.frozen import frozen
from graph_model.phrases import phrase
from graph_model.problems import Refusal

_AT_ONCE: Final = 64
P = TypeVar("P")
T = TypeVar("T")


def read_pictures(paths: Sequence[str], how: Mapping[str, Any]) -> Iterator[Array | str]:
    """Yield each picture as numbers from 0 to 1, ``(channels, height, width)``, or why not."""
    return each_in_threads(paths, lambda path: _tried(path, how))


def each_in_threads(paths: Sequence[P], read: Callable[[P], T]) -> Iterator[T]:
    """Yield what is read of each file, by a thread for each core, a few ahead."""
    with ThreadPoolExecutor(os.cpu_count()) as readers:
        for start in range(0, len(paths), _AT_ONCE):
            tell(start, len(paths))
            yield from readers.map(read, paths[start : start + _AT_ONCE])


def read_one(path: Path | str, how: Mapping[str, Any]) -> Array:
    """Return a picture as numbers from 0 to 1; raises ``ValueError`` that says why it is none."""
    found = _tried(path, how)
    if isinstance(found, str):
        raise ValueError(found)
    return found


def _tried(path: Path | str, how: Mapping[str, Any]) -> Array | str:
    from codegen.picture_reading import read_picture  # as late as this: most data are no pictures

    try:
        picture = read_picture(path, dict(how))
    except Refusal:
        raise
    except Exception as error:  # Pillow's readers of broken files raise anything
        return reason_of(error, path)
    numbers = np.asarray(picture, np.float32) / np.float32(255)
    if numbers.ndim == 3:
        return numbers.transpose(2, 0, 1)
    return np.repeat(numbers[None], how["channels"], axis=0)


def reason_of(error: Exception, path: object) -> str:
    """Return why a picture cannot be read."""
    from PIL import Image

    if isinstance(error, Image.UnidentifiedImageError):
        if is_placeholder(Path(str(path))):
            return phrase("it stands for a file that Git LFS has not fetched")
        return phrase("it is no picture that can be read")
    return str(error).replace(f" {str(path)!r}", "") or type(error).__name__


def quiet() -> warnings.catch_warnings[None]:
    """Keep Pillow from printing what it finds odd in files; what it cannot read is told."""
    return warnings.catch_warnings(action="ignore")


@frozen
class Looked:
    """What a picture is, as its file tells without being read."""

    width: int
    height: int
    mode: str
    frames: int


def looked_at(paths: Sequence[str]) -> list[Looked]:
    """Return what pictures are, of those that can be opened."""
    from PIL import Image

    found = []
    for path in paths:
        try:
            with quiet(), Image.open(path) as picture:
                turned = picture.getexif().get(0x0112, 1) in (5, 6, 7, 8)
                width, height = picture.size[::-1] if turned else picture.size
                frames = getattr(picture, "n_frames", 1)
                found.append(Looked(width, height, picture.mode, frames))
        except Exception:  # what cannot be opened is named when it is read
            continue
    return found
