"""Which pictures lie in a folder, of which class and part each is, and what is no picture."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Final

from app.data.dataset import refuse
from app.data.progress import tell
from codegen.pictures import SUFFIXES
from graph_model.frozen import frozen
from graph_model.phrases import phrase

_PARTS: Final = {
    "train": 0,
    "training": 0,
    "val": 1,
    "valid": 1,
    "validation": 1,
    "dev": 1,
    "test": 2,
    "testing": 2,
}
_JUNK: Final = ("__MACOSX",)
_MOST: Final = 5_000_000


@frozen
class Listed:
    """Pictures in the order of their parts and classes; ``paths`` are relative to ``folder``.

    ``labels`` has the class of each picture, and ``parts`` its part, if folders say that.
    ``left_out`` has what is no picture, with the reason. ``groups`` has what a table says belongs
    together, of each.
    """

    folder: Path
    paths: tuple[str, ...]
    labels: tuple[int, ...]
    classes: tuple[str, ...]
    parts: tuple[int, ...] = ()
    left_out: tuple[tuple[str, str], ...] = ()
    classes_by: str = "first"
    groups: tuple[str, ...] = ()


def list_pictures(
    folder: Path,
    classes_by: str,
    suffixes: Collection[str] = SUFFIXES,
    what: str = "folders with pictures",
) -> Listed:
    """List the pictures of a folder of folders, or other files that are called so.

    Refused where the folders make no two classes.
    """
    files, left_out = files_of(folder, suffixes)
    top = _shared(files)
    by_part = {path: part_named(path[len(top) :]) for path in files}
    has_parts = _are_parts(files, top, by_part)
    chosen = "first" if classes_by == "auto" else classes_by
    found: list[tuple[int, str, str]] = []
    for path in files:
        part = by_part[path] or 0 if has_parts else 0
        below = path[len(top) :].partition("/")[2] if has_parts else path[len(top) :]
        words = below.split("/")[:-1]
        if words:
            found.append((part, words[0] if chosen == "first" else words[-1], path))
        else:
            left_out.append((path, phrase("it lies in no folder of a class")))
    classes = sorted({name for _, name, _ in found})
    if len(classes) < 2:
        refuse("data_too_few", path=folder, got=len(classes), what=phrase(what), expected=2)
    found.sort()
    index = {name: place for place, name in enumerate(classes)}
    return Listed(
        folder,
        tuple(path for _, _, path in found),
        tuple(index[name] for _, name, _ in found),
        tuple(classes),
        tuple(part for part, _, _ in found) if has_parts else (),
        tuple(left_out),
        chosen,
    )


def files_of(
    folder: Path, suffixes: Collection[str] = SUFFIXES
) -> tuple[list[str], list[tuple[str, str]]]:
    """Return the pictures in a folder and its folders, and what only is called so, with reasons."""
    files: list[str] = []
    left_out: list[tuple[str, str]] = []
    for path, reason in _walk(folder, suffixes):
        if reason:
            left_out.append((path, reason))
        else:
            files.append(path)
    return files, left_out


def part_named(path: str) -> int | None:
    """Return the part that the outermost folder of a path is called after, such as train2017."""
    outermost, slash, _ = path.partition("/")
    return _PARTS.get(outermost.lower().rstrip("0123456789_-")) if slash else None


def _shared(files: list[str]) -> str:
    """Return the folders, each the only one, in which all pictures lie."""
    top = ""
    while True:
        names = {path[len(top) :].split("/")[0] for path in files}
        (name,) = names if len(names) == 1 else ("",)
        is_folder = name and all("/" in path[len(top) :] for path in files)
        if not is_folder or all(path[len(top) :].count("/") < 2 for path in files):
            return top
        top += f"{name}/"


def _are_parts(files: list[str], top: str, by_part: dict[str, int | None]) -> bool:
    """Tell whether the outermost folders are what trains and what validates or tests."""
    within = [path for path in files if "/" in path[len(top) :]]
    found = {by_part[path] for path in within}
    return bool(within) and None not in found and 0 in found and len(found) > 1


def _walk(folder: Path, suffixes: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield files that are called as pictures, with the reason where one cannot be such."""
    waiting, count, seen = [""], 0, {os.path.realpath(folder)}
    while waiting:
        inner = waiting.pop()
        try:
            with os.scandir(folder / inner) as entries:
                found = sorted(entries, key=lambda each: each.name)
        except OSError as error:
            refuse("data_unreadable", path=folder / inner, reason=error.strerror or error)
        for entry in found:
            path = f"{inner}{entry.name}"
            if _is_folder(entry):
                real = os.path.realpath(entry.path) if entry.is_symlink() else ""
                is_new = real not in seen  # links may lead in a circle
                if is_new and not entry.name.startswith(".") and entry.name not in _JUNK:
                    waiting.append(f"{path}/")
                    seen |= {real} - {""}
                continue
            count += 1
            if count > _MOST:
                refuse("data_too_many_files", path=folder, got=f"{count:,}", limit=f"{_MOST:,}")
            if count % 1000 == 0:
                tell(0, 0)
            if os.path.splitext(entry.name)[1].lower() in suffixes:  # noqa: PTH122  # a million times
                yield path, _reason(entry)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    """Tell whether it is a folder, as far as one may look."""
    try:
        return entry.is_dir()
    except OSError:  # a link to where nobody may look
        return False


def _reason(entry: os.DirEntry[str]) -> str:
    """Return why a file is no picture, as far as that shows without reading it."""
    if entry.name.startswith("."):
        return phrase("it is hidden")
    try:
        if not entry.is_file():
            return phrase("it is no ordinary file")
        return "" if entry.stat().st_size else phrase("it is empty")
    except OSError as error:
        return str(error.strerror or error)
