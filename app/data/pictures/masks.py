"""Masks: which class the values of a mask stand for, at each of its places."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import numpy as np

from app.data.class_rows import as_target
from app.data.class_values import COLOURS, Scheme, scheme_of
from app.data.dataset import Array, need_memory, refuse
from app.data.pictures.listing import Listed
from app.data.pictures.many import Pictures
from app.data.pictures.reading import each_in_threads, reason_of

_FEW: Final = 32
_LOOKED_AT: Final = 20
MOST_LOOKED_AT: Final = 2000
"""Of masks that are not held, so many tell which values there are."""
_NEAR, _CLEAR = 32, 0.8
"""How near to black or white places are, and how many of them, in a mask of blurred borders."""
_BRIGHTEST: Final = 255


class Masks(Pictures):
    """Masks of a folder as samples, read as they are needed; ``paths`` may hold files in memory."""

    def __init__(
        self, folder: str, paths: Sequence[str | bytes], how: Mapping[str, Any], scheme: Scheme
    ) -> None:
        super().__init__(folder, paths, how)
        self.scheme = scheme
        self.dtype = scheme.classes.dtype

    @property
    def shape(self) -> tuple[int, ...]:
        return (len(self.paths), self.how["height"], self.how["width"])

    @property
    def ndim(self) -> int:
        return 3

    def read(self, paths: Sequence[str | bytes]) -> Iterator[Array | str]:
        for codes in read_codes(self.folder, paths, self.how, is_blurred=self.scheme.is_blurred):
            yield codes if isinstance(codes, str) else self.scheme.of(codes)

    def entering(self, made: Array) -> Array:
        return made

    def only(self, places: Sequence[int]) -> Masks:
        return Masks(self.folder, [self.paths[at] for at in places], self.how, self.scheme)

    def as_target(self, dtype: str, *, signs: bool = False) -> Masks:
        scheme = as_target(self.scheme, dtype, signs=signs)
        return Masks(self.folder, self.paths, self.how, scheme)

    def min(self) -> float:
        return 0.0

    def max(self) -> float:
        return float(len(self.scheme.names) - 1)

    def marks(self) -> list[Array]:
        return [*super().marks(), self.scheme.codes, self.scheme.classes]

    def kept(self) -> dict[str, Any]:
        scheme = self.scheme
        return {"codes": scheme.codes, "classes": scheme.classes, "is_blurred": scheme.is_blurred}


def held_masks(
    listed: Listed, partners: Sequence[str], how: Mapping[str, Any], ignored: str
) -> tuple[Array, Scheme, dict[int, str]]:
    """Return the class at each place of all masks, and why some, by their places, have none."""
    need_memory(listed.folder, 12 * len(partners) * how["height"] * how["width"])
    codes = np.empty((len(partners), how["height"], how["width"]), np.int32)
    lost: dict[int, str] = {}
    is_blurred = are_blurred(listed.folder, partners)
    folder = str(listed.folder)
    for place, found in enumerate(read_codes(folder, partners, how, is_blurred=is_blurred)):
        if isinstance(found, str):
            lost[place] = found
        else:
            codes[place] = found
    _need_some(listed.folder, partners, lost, len(partners))
    there = next(at for at in range(len(codes)) if at not in lost)
    for place in lost:
        codes[place] = codes[there]
    scheme = scheme_of(listed.folder, np.unique(codes), ignored, is_blurred=is_blurred)
    classes = np.zeros(codes.shape, np.int64)
    for place, each in enumerate(codes):
        made = scheme.of(each)
        if isinstance(made, str):
            lost.setdefault(place, made)
        else:
            classes[place] = made
    _need_some(listed.folder, partners, lost, len(partners))
    return classes, scheme, lost


def masks_as_needed(
    listed: Listed, partners: Sequence[str], how: Mapping[str, Any], ignored: str
) -> tuple[Masks, dict[int, str]]:
    """Return masks that are not held, and which of them are known to have no class.

    Some of them, spread evenly, tell which values there are.
    """
    is_blurred = are_blurred(listed.folder, partners)
    step = -(-len(partners) // MOST_LOOKED_AT)
    some = partners[::step]
    values: set[int] = set()
    lost: dict[int, str] = {}
    folder = str(listed.folder)
    for place, found in enumerate(read_codes(folder, some, how, is_blurred=is_blurred)):
        if isinstance(found, str):
            lost[place * step] = found
        else:
            values |= {*np.unique(found).tolist()}
    _need_some(listed.folder, partners, lost, len(some))
    found_codes = np.array(sorted(values), np.int32)
    scheme = scheme_of(listed.folder, found_codes, ignored, is_blurred=is_blurred)
    return Masks(folder, partners, how, scheme), lost


def _need_some(folder: Path, partners: Sequence[str], lost: Mapping[int, str], count: int) -> None:
    """Refuse masks of which none, of so many that were looked at, can be read."""
    if len(lost) == count:
        place, reason = next(iter(lost.items()))
        refuse("data_unreadable", path=Path(folder, partners[place]), reason=reason)


def read_codes(
    folder: str, paths: Sequence[str | bytes], how: Mapping[str, Any], *, is_blurred: bool
) -> Iterator[Array | str]:
    """Yield a number for each place of each mask, its level or its colour; or why there is none."""

    def read(path: str | bytes) -> Array | str:
        values = values_of(path if isinstance(path, bytes) else os.path.join(folder, path), how)  # noqa: PTH118
        return values if isinstance(values, str) else _codes(values, is_blurred=is_blurred)

    yield from each_in_threads(paths, read)


def _codes(values: Array, *, is_blurred: bool) -> Array:
    if is_blurred:
        return np.where(values[..., 0] < 2**7, 0, _BRIGHTEST).astype(np.int32)
    first = values[..., 0].astype(np.int32)
    if values.shape[2] == 1:
        return first
    green, blue = (values[..., at].astype(np.int32) for at in (1, 2))
    is_grey = (first == green) & (green == blue)
    return np.where(is_grey, first, COLOURS + (first << 16) + (green << 8) + blue).astype(np.int32)


def values_of(path: str | bytes, how: Mapping[str, Any] | None = None) -> Array | str:
    """Return the values of a mask as they are stored, ``(height, width, channels)``, or why not.

    Without ``how`` they are not fitted into any size.
    """
    from PIL import Image

    from codegen.mask_reading import read_mask

    source = BytesIO(path) if isinstance(path, bytes) else path
    try:
        if how is None:
            with Image.open(source) as opened:
                how = {"width": opened.width, "height": opened.height, "fit": "squash"}
        values = np.asarray(read_mask(source, dict(how)))
    except Exception as error:  # Pillow's readers of broken files raise anything
        return reason_of(error, path)
    return values[..., None] if values.ndim == 2 else values


def are_masks(folder: Path, partners: Sequence[str]) -> bool:
    """Tell whether partners hold few values, as masks do, or black and white but for borders."""
    found: set[Any] = set()
    for values in _some(folder, partners):
        if not _is_blurred(values):
            found |= {*map(tuple, np.unique(values.reshape(-1, values.shape[2]), axis=0).tolist())}
        if len(found) > _FEW:
            return False
    return True


def are_blurred(folder: Path, partners: Sequence[str]) -> bool:
    """Tell whether masks are black and white, with blurred borders."""
    return any(map(_is_blurred, _some(folder, partners)))


def _some(folder: Path, partners: Sequence[str]) -> Iterator[Array]:
    """Yield the values of some partners, spread evenly."""
    for path in partners[:: max(1, len(partners) // _LOOKED_AT)]:
        values = values_of(os.path.join(folder, path))  # noqa: PTH118
        if not isinstance(values, str):
            yield values


def _is_blurred(values: Array) -> bool:
    """Tell whether a mask was black and white, with levels in between at its borders only.

    Such are masks that were stored as JPEG, or made smaller. Where there is nothing in between, a
    few dark levels are numbers of classes, and 255 what stands for none of them.
    """
    if values.dtype != np.uint8:
        return False
    if values.shape[2] != 1:
        is_grey = values.shape[2] == 3 and (values == values[..., :1]).all()
        return bool(is_grey) and _is_blurred(values[..., :1])
    if int(values.max()) - int(values.min()) < 2**7 or len(np.unique(values)) <= 2:
        return False
    low, high = values < _NEAR, values > _BRIGHTEST - _NEAR
    are_numbers = bool((low | (values == _BRIGHTEST)).all())
    return bool(low.any() and high.any() and (low | high).mean() > _CLEAR and not are_numbers)
