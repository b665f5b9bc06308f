"""Pictures with a partner each: a mask of classes, or another picture to be made of them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, TypeAlias

from app.data.pictures.listing import PART_NAMES, Files, Listed, part_named, parted
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

_Sides: TypeAlias = tuple[dict[str, str], dict[str, str]]
"""Pictures by what they have in common with their partners, and these."""


@frozen
class Pairs:
    """Pictures, their partners in the same order, and what has none."""

    listed: Listed
    partners: tuple[str, ...]
    by_folders: bool = True
    """Whether folders are called after pictures and partners, which leaves no doubt."""


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
    """Pair what lies in folders called A and B, or trainA and trainB, where names are alike."""
    sides: _Sides = ({}, {})
    for path in files:
        *inner, letter, name = ["", *path.split("/")]
        glued = parted(f"{letter}/")
        if glued is None and letter not in ("A", "B"):
            return None
        if glued is not None:
            inner, letter = [*inner, PART_NAMES[glued[0]]], glued[1]
        sides[letter == "B"]["/".join([*inner[1:], _stem(name)])] = path
    return sides if sides[0].keys() == sides[1].keys() and len(sides[0]) > 1 else None


def _enough(sides: _Sides) -> _Sides | None:
    """Return the sides where most of the smaller one has partners."""
    both = len(sides[0].keys() & sides[1].keys())
    return sides if both > 1 and 2 * both >= min(len(sides[0]), len(sides[1])) else None


def _stem(name: str) -> str:
    stem = os.path.splitext(name)[0]  # noqa: PTH122
    return next((stem.removesuffix(end) for end in _ENDS if stem.endswith(end)), stem)
