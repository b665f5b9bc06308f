"""Columns that name pictures: where these lie beside the table, and the pictures themselves."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, cast

import numpy as np
from numpy.typing import NDArray

from app.data.dataset import Array, need_memory
from app.data.pictures.listing import Listed
from app.data.pictures.loading import LARGE, how_read
from app.data.pictures.many import Pictures
from app.data.pictures.reading import read_pictures
from codegen.pictures import SUFFIXES
from graph_model.files.plain_file import is_plain_file
from graph_model.frozen import frozen
from graph_model.phrases import phrase
from graph_model.values import Arguments

_TRIED: Final = 20
"""So many cells tell where pictures lie."""
_DEEPEST: Final = 12
_MOST_FOLDERS: Final = 200
_ENDINGS: Final = ("", *SUFFIXES)


@frozen
class Place:
    """Where the pictures of a column lie: in ``folder``, called as the cell, ``ending`` added.

    ``is_bare`` tells that the folders which cells name are not there, ``dropped`` how many of the
    outer ones are not, as where a table was written on another machine.
    """

    folder: Path
    ending: str = ""
    is_bare: bool = False
    dropped: int = 0

    def path(self, cell: str) -> Path:
        """Return the file that a cell names."""
        name = cell.replace("\\", "/").removeprefix("./")
        name = "/".join(name.split("/")[self.dropped :])
        name = os.path.basename(name) if self.is_bare else name  # noqa: PTH119  # as written
        return self.folder / f"{name}{self.ending}"


@frozen
class PictureColumn:
    """The pictures of a column: those of the rows that are ``kept``, and what is left out, why."""

    array: Array
    how: Mapping[str, Any]
    place: Place
    kept: NDArray[np.bool_]
    left_out: tuple[tuple[str, str], ...]
    read_as: Mapping[str, str]


def find(table: Path, cells: Sequence[str]) -> Place | None:
    """Return where most of some pictures lie that a table names, ``None`` where they are not."""
    some = [cell for cell in cells if cell][:_TRIED]
    deepest = max((cell.replace("\\", "/").count("/") for cell in some), default=0)
    for place in _places(table, min(deepest, _DEEPEST)):
        found = sum(map(is_plain_file, map(place.path, some)))
        if some and 2 * found > len(some):
            return place
    return None


def _places(table: Path, depth: int) -> Iterator[Place]:
    """Yield where pictures may lie: as written beside the table, above it, or in a folder there."""
    near = table.absolute().parent
    folders = [near, near.parent, *_within(near)]
    yield from (Place(folder, ending) for ending in _ENDINGS for folder in folders)
    for dropped in range(1, depth):
        yield from (Place(folder, dropped=dropped) for folder in folders)
    for ending in _ENDINGS:
        yield from (Place(folder, ending, is_bare=True) for folder in folders)


def _within(folder: Path) -> list[Path]:
    found: list[Path] = []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if len(found) < _MOST_FOLDERS and entry.name[0] != "." and entry.is_dir():
                    found.append(Path(entry.path))
    except OSError:
        return []
    return sorted(found)


def pictures_of(table: Path, cells: Sequence[str], arguments: Arguments) -> PictureColumn:
    """Read the pictures that cells name, or list them where they are many."""
    place = find(table, cells) or Place(table.absolute().parent)
    paths = [place.path(cell) for cell in cells]
    reasons = [_reason(cell, path) for cell, path in zip(cells, paths, strict=True)]
    there = [str(path) for path, reason in zip(paths, reasons, strict=True) if not reason]
    how, read_as = how_read(Listed(Path(), tuple(there), (), ()), arguments)
    size = 4 * len(there) * how["channels"] * how["height"] * how["width"]
    if size >= LARGE:
        array, read_as["keep"] = cast(Array, Pictures("", there, how)), "files"
    else:
        array, whys = _read(table, there, how)
        broken = iter(whys)
        reasons = [reason or next(broken) for reason in reasons]
        array = array[[place for place, why in enumerate(whys) if not why]]
    named = zip(cells, reasons, strict=True)
    left_out = tuple((cell or str(place.folder), why) for cell, why in named if why)
    if place.folder != table.absolute().parent:
        read_as["pictures in"] = str(place.folder)
    kept = np.array([not reason for reason in reasons], bool)
    return PictureColumn(array, how, place, kept, left_out, read_as)


def _read(table: Path, paths: Sequence[str], how: Mapping[str, Any]) -> tuple[Array, list[str]]:
    """Return pictures, and of each why it cannot be read, nothing where it can."""
    shape = (how["channels"], how["height"], how["width"])
    need_memory(table, 4 * len(paths) * shape[0] * shape[1] * shape[2])
    made, whys = np.zeros((len(paths), *shape), np.float32), []
    for row, picture in zip(made, read_pictures(paths, how), strict=True):
        whys.append(picture if isinstance(picture, str) else "")
        if not isinstance(picture, str):
            row[:] = picture
    return made, whys


def _reason(cell: str, path: Path) -> str:
    """Return why there is no picture, as far as that shows without reading it."""
    if not cell:
        return phrase("no picture is named")
    if not is_plain_file(path):
        return phrase("there is no such picture")
    return ""
