"""Pictures with a partner each: a mask of classes, or another picture to be made of them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final, TypeAlias

import numpy as np

from app.data.dataset import Array, need_memory, refuse
from app.data.pictures.listing import Files, Listed, part_named
from app.data.progress import tell
from graph_model.frozen import frozen
from graph_model.phrases import phrase

_SOURCES: Final = frozenset(
    "images image imgs img inputs input pictures source sources jpegimages".split()
)
_PARTNERS: Final = frozenset(
    "masks mask labels label annotations annotation segmentation segmentations gt ground_truth "
    "targets target outputs output segmentationclass".split()
)
_APART: Final = frozenset({"segmentationobject"})
"""Folders that lie beside partners and tell something else."""
_FOLDER_ENDS: Final = ("annot", "mask", "masks", "label", "labels", "gt", "seg", "segmentation")
_ENDS: Final = ("_mask", "-mask", "_label", "_labels", "_seg", "_segmentation", "_gt", "_target")
_FEW: Final = 32
_LOOKED_AT: Final = 20
_AT_ONCE: Final = 64
_NEAR, _CLEAR = 32, 0.8
"""How near to black or white places are, and how many of them, in a mask of blurred borders."""

_Sides: TypeAlias = tuple[dict[str, str], dict[str, str]]
"""Pictures by what they have in common with their partners, and these."""


@frozen
class Pairs:
    """Pictures, their partners in the same order, and what has none."""

    listed: Listed
    partners: tuple[str, ...]
    by_folders: bool = True
    """Whether folders are called after pictures and partners, which leaves no doubt."""


@frozen
class Masks:
    """The class at each place of masks; what of them is ``lost``, by its place, with the reason.

    ``is_blurred`` tells that they are black and white with blurred borders, which were cut,
    ``has_void`` that 255 stands beside numbers of classes, as it does where a place is of none.
    """

    classes: Array
    names: tuple[str, ...]
    lost: Mapping[int, str]
    is_blurred: bool = False
    has_void: bool = False


def list_pairs(folder: Path, files: Files) -> Pairs | None:
    """Pair pictures by names: in folders called so, in one folder, or in folders called A and B.

    None where they are not.
    """
    ways = (_by_folders, _by_folder_ends, _by_ends, _by_letters)
    found = ((way, sides) for way in ways if (sides := way(files.pictures)) is not None)
    way, sides = next(found, (None, None))
    if sides is None:
        return None
    both = sorted(sides[0].keys() & sides[1].keys())
    lonely = [path for side in sides for key, path in side.items() if key not in both]
    reason = phrase("it has no partner of its name")
    told = [part_named(key) for key in both]
    parts = [part or 0 for part in told] if {0} < {part or 0 for part in told} else []
    order = sorted(range(len(both)), key=lambda place: parts[place] if parts else 0)
    listed = Listed(
        folder,
        tuple(sides[0][both[place]] for place in order),
        (),
        (),
        tuple(parts[place] for place in order if parts),
        (*files.left_out, *((path, reason) for path in sorted(lonely))),
    )
    partners = tuple(sides[1][both[place]] for place in order)
    return Pairs(listed, partners, by_folders=way is _by_folders)


def _by_folders(files: Sequence[str]) -> _Sides | None:
    """Pair what lies in a folder called after pictures with what lies in one called after masks."""
    sides: _Sides = ({}, {})
    for path in files:
        words = path.split("/")
        if any(word.lower() in _APART for word in words[:-1]):
            continue
        found = [word for word in words[:-1] if word.lower() in _SOURCES | _PARTNERS]
        if not found:
            return None
        side = sides[found[0].lower() in _PARTNERS]
        rest = [word for word in words[:-1] if word != found[0]]
        side["/".join([*rest, _stem(words[-1])])] = path
    return _enough(sides)


def _by_folder_ends(files: Sequence[str]) -> _Sides | None:
    """Pair what lies in a folder, such as train, with what lies in one called trainannot."""
    names = {word for path in files for word in path.split("/")[:-1]}
    partners = {name: base for name in names for base in _bases(name) if base in names}
    sides: _Sides = ({}, {})
    for path in files if partners else ():
        words = path.split("/")
        place = next((at for at, word in enumerate(words[:-1]) if word in partners), None)
        if place is None and not set(words[:-1]) & set(partners.values()):
            return None
        key = [*words[:-1], _stem(words[-1])]
        if place is not None:
            key[place] = partners[words[place]]
        sides[place is not None]["/".join(key)] = path
    return _enough(sides)


def _bases(name: str) -> Iterator[str]:
    """Yield what a folder of partners belongs to."""
    for end in _FOLDER_ENDS:
        if name.lower().endswith(end):
            yield name[: -len(end)].rstrip("_- ")


def _by_ends(files: Sequence[str]) -> _Sides | None:
    """Pair what is called alike in one folder, but for the end of a mask's name."""
    sides: _Sides = ({}, {})
    if not any(end in path for path in files for end in _ENDS):
        return None
    for path in files:
        inner, _, name = path.rpartition("/")
        stem = os.path.splitext(name)[0]  # noqa: PTH122
        sides[_stem(name) != stem][f"{inner}/{_stem(name)}"] = path
    return _enough(sides)


def _by_letters(files: Sequence[str]) -> _Sides | None:
    """Pair what lies in folders called A and B, where all are called alike."""
    sides: _Sides = ({}, {})
    for path in files:
        *inner, letter, name = ["", *path.split("/")]
        if letter not in ("A", "B"):
            return None
        sides[letter == "B"]["/".join([*inner[1:], _stem(name)])] = path
    return sides if sides[0].keys() == sides[1].keys() and len(sides[0]) > 1 else None


def _enough(sides: _Sides) -> _Sides | None:
    """Return the sides where most of the smaller one has partners."""
    both = len(sides[0].keys() & sides[1].keys())
    return sides if both > 1 and 2 * both >= min(len(sides[0]), len(sides[1])) else None


def are_masks(pairs: Pairs) -> bool:
    """Tell whether partners hold few values, as masks do, or black and white but for borders."""
    found: set[Any] = set()
    for values in _some(pairs.listed.folder, pairs.partners):
        if not _is_blurred(values):
            found |= {*map(tuple, np.unique(values.reshape(-1, values.shape[2]), axis=0).tolist())}
        if len(found) > _FEW:
            return False
    return True


def _some(folder: Path, partners: Sequence[str]) -> Iterator[Array]:
    """Yield the values of some partners, spread evenly."""
    for path in partners[:: max(1, len(partners) // _LOOKED_AT)]:
        values = _values(os.path.join(folder, path))  # noqa: PTH118
        if values is not None:
            yield values


def _is_blurred(values: Array) -> bool:
    """Tell whether a mask was black and white, with levels in between at its borders only.

    Such are masks that were stored as JPEG, or made smaller. Where there is nothing in between, a
    few dark levels are numbers of classes, and 255 what stands for none of them.
    """
    if values.shape[2] != 1:
        is_grey = values.shape[2] == 3 and (values == values[..., :1]).all()
        return bool(is_grey) and _is_blurred(values[..., :1])
    if int(values.max()) - int(values.min()) < 2**7 or len(np.unique(values)) <= 2:
        return False
    low, high = values < _NEAR, values > 255 - _NEAR
    are_numbers = bool((low | (values == 255)).all())
    return bool(low.any() and high.any() and (low | high).mean() > _CLEAR and not are_numbers)


def read_masks(listed: Listed, partners: Sequence[str], how: Mapping[str, Any]) -> Masks:
    """Return the index of the class at each place of each mask, and the names of the classes."""
    height, width = how["height"], how["width"]
    need_memory(listed.folder, 12 * len(partners) * height * width)
    codes = np.empty((len(partners), height, width), np.int32)
    lost: dict[int, str] = {}
    is_blurred = any(map(_is_blurred, _some(listed.folder, partners)))
    whole = [os.path.join(listed.folder, path) for path in partners]  # noqa: PTH118
    with ThreadPoolExecutor(os.cpu_count()) as readers:
        for start in range(0, len(whole), _AT_ONCE):
            tell(start, len(whole))
            some = whole[start : start + _AT_ONCE]
            for place, values in enumerate(readers.map(lambda path: _values(path, how), some)):
                if values is None:
                    lost[start + place] = phrase("it is no picture that can be read")
                else:
                    codes[start + place] = _codes(values, is_blurred=is_blurred)
    for place, reason in lost.items():
        if len(lost) == len(partners):
            refuse("data_unreadable", path=whole[place], reason=reason)
        codes[place] = next(codes[at, 0, 0] for at in range(len(codes)) if at not in lost)
    found, indices = np.unique(codes, return_inverse=True)
    if len(found) < 2:
        what = phrase("classes")
        refuse("data_too_few", path=listed.folder, got=len(found), what=what, expected=2)
    if found[0] == 0 and 2 * len(found) > int(found[-1]):
        names = tuple(map(str, range(int(found[-1]) + 1)))
        return Masks(codes.astype(np.int64), names, lost, is_blurred)
    names = tuple(map(str, found.tolist()))
    has_void = len(found) > 2 and int(found[-1]) == 255 and int(found[-2]) < 2**7
    return Masks(indices.reshape(codes.shape).astype(np.int64), names, lost, is_blurred, has_void)


def _codes(values: Array, *, is_blurred: bool) -> Array:
    """Return one number for each place of a mask: its level, or its colour."""
    if is_blurred:
        values = np.where(values[..., :1] < 2**7, np.uint8(0), np.uint8(255))
    parts = [values[..., at].astype(np.int32) << (8 * at) for at in range(values.shape[2])]
    code: Array = sum(parts[1:], parts[0])
    return code


def fitted(mask: Any, how: Mapping[str, Any]) -> Any:
    """Return a mask in the size of its picture, fitted in as that is, without new values."""
    from PIL import Image, ImageOps

    nearest, size = Image.Resampling.NEAREST, (how["width"], how["height"])
    if how["fit"] == "crop":
        return ImageOps.fit(mask, size, nearest)
    if how["fit"] == "pad":
        return ImageOps.pad(mask, size, nearest, 0)
    return mask.resize(size, nearest)


def _values(path: str, how: Mapping[str, Any] | None = None) -> Array | None:
    """Return the values of a mask as they are stored, ``(height, width, channels)``."""
    from PIL import Image

    try:
        with Image.open(path) as opened:
            mode = opened.mode if opened.mode in ("L", "P", "RGB") else "L"
            mask = opened.convert("RGB" if opened.mode == "RGBA" else mode)
    except Exception:  # Pillow's readers of broken files raise anything
        return None
    values = np.asarray(mask if how is None else fitted(mask, how))
    return values[..., None] if values.ndim == 2 else values


def _stem(name: str) -> str:
    stem = os.path.splitext(name)[0]  # noqa: PTH122
    return next((stem.removesuffix(end) for end in _ENDS if stem.endswith(end)), stem)
