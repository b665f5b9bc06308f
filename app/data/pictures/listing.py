"""Which pictures lie in a folder, of which class and part each is, and what is no picture."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, NoReturn

from app.data.dataset import refuse
from app.data.progress import tell
from codegen.pictures import SUFFIXES
from graph_model.frozen import frozen
from graph_model.phrases import phrase
from graph_model.problems import Fix, Problem, SetDataArguments

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
PART_NAMES: Final = ("train", "val", "test")
"""A folder of each part."""
_GLUED: Final = re.compile(r"(train|val|valid|validation|test)[\s._-]*([AB])", re.IGNORECASE)
_CALLED: Final = re.compile(r"(.*?[^\W\d_])[\s._-]*\(?\d+\)?\.\w+$")
"""The name of a picture that begins with its class, before a number."""
_JUNK: Final = ("__MACOSX",)
_MOST: Final = 5_000_000
_TWICE: Final = phrase("it leads to what is read already")


@frozen
class Listed:
    """Pictures in the order of their parts and classes; ``paths`` are relative to ``folder``.

    ``labels`` has the class of each picture, and ``parts`` its part, if folders say that.
    ``left_out`` has what is no picture, with the reason. ``groups`` has what a table says belongs
    together, of each, ``read_as`` which table and which of its columns was read, and ``notes`` what
    of it was guessed.
    """

    folder: Path
    paths: tuple[str, ...]
    labels: tuple[int, ...]
    classes: tuple[str, ...]
    parts: tuple[int, ...] = ()
    left_out: tuple[tuple[str, str], ...] = ()
    classes_by: str = "first"
    groups: tuple[str, ...] = ()
    read_as: tuple[tuple[str, str], ...] = ()
    notes: tuple[Problem, ...] = ()


@frozen
class Files:
    """The pictures in a folder and its folders, and what only is called so, with the reasons."""

    pictures: tuple[str, ...]
    left_out: tuple[tuple[str, str], ...]


def list_pictures(folder: Path, files: Files, classes_by: str) -> Listed:
    """List the pictures of a folder of folders; refused where these make no two classes."""
    top = _shared(files.pictures)
    below_top = {path: path[len(top) :] for path in files.pictures}
    if are_two_kinds(tuple(below_top.values())):
        below_top = {path: _apart(below) for path, below in below_top.items()}
    by_part = {path: part_named(below) for path, below in below_top.items()}
    has_parts = _are_parts(below_top, by_part)
    chosen = "first" if classes_by == "auto" else classes_by
    left_out: list[tuple[str, str]] = []
    found: list[tuple[int, str, str]] = []
    for path in files.pictures:
        part = by_part[path] or 0 if has_parts else 0
        below = below_top[path]
        name = _class_of(below.partition("/")[2] if has_parts else below, chosen)
        if name:
            found.append((part, name, path))
        else:
            left_out.append((path, phrase("it lies in no folder of a class")))
    classes = sorted({name for _, name, _ in found})
    if len(classes) < 2 and classes_by == "auto" and are_called_by_class(files.pictures):
        return list_pictures(folder, files, "name")
    if len(classes) < 2:
        _refuse_classes(folder, len(files.pictures), len(classes))
    found.sort()
    index = {name: place for place, name in enumerate(classes)}
    return Listed(
        folder,
        tuple(path for _, _, path in found),
        tuple(index[name] for _, name, _ in found),
        tuple(classes),
        tuple(part for part, _, _ in found) if has_parts else (),
        (*files.left_out, *left_out),
        chosen,
    )


def list_themselves(folder: Path, files: Files) -> Listed:
    """List pictures that are to be predicted themselves, whatever folders they lie in."""
    if len(files.pictures) < 2:
        _refuse_classes(folder, len(files.pictures), 0)
    top = _shared(files.pictures)
    by_part = {path: part_named(path[len(top) :]) for path in files.pictures}
    below_top = {path: path[len(top) :] for path in files.pictures}
    parts = by_part if _are_parts(below_top, by_part) else {}
    paths = sorted(files.pictures, key=lambda path: (parts.get(path) or 0, path))
    told = tuple(parts[path] or 0 for path in paths if parts)
    return Listed(folder, tuple(paths), (), (), told, files.left_out)


def _class_of(path: str, by: str) -> str:
    """Return the class of a picture: one of its folders, or what its name begins with."""
    *words, name = path.split("/")
    if by == "name":
        found = _CALLED.match(name)
        return found[1] if found else ""
    return (words[0] if by == "first" else words[-1]) if words else ""


def are_called_by_class(paths: Sequence[str]) -> bool:
    """Tell whether names begin with few words before a number, as cat.0.jpg and dog_12.png do."""
    names = [_class_of(path, "name") for path in paths]
    return all(names) and 2 <= len({*names}) <= len(names) // 2


def _refuse_classes(folder: Path, pictures: int, classes: int) -> NoReturn:
    """Refuse pictures without classes; they can be predicted themselves where there are some."""
    if pictures < 2:
        what = phrase("pictures")
        refuse("data_too_few", path=folder, got=pictures, what=what, expected=2)
    values = {"array": phrase("the pictures")}
    fix = Fix("predict_features", SetDataArguments({"target": "itself"}), values)
    refuse("pictures_of_no_classes", path=folder, got=classes, count=f"{pictures:,}", fixes=(fix,))


def files_of(folder: Path, suffixes: Collection[str] = SUFFIXES) -> Files:
    """Return the pictures in a folder and its folders, and what only is called so, with reasons."""
    files: list[str] = []
    left_out: list[tuple[str, str]] = []
    for path, reason in _walk(folder, suffixes):
        if reason:
            left_out.append((path, reason))
        else:
            files.append(path)
    return Files(tuple(files), tuple(left_out))


def parted(path: str) -> tuple[int, str, str] | None:
    """Return part, letter and the rest of a path within a folder such as trainA or test_b."""
    folder, slash, rest = path.partition("/")
    found = _GLUED.fullmatch(folder) if slash else None
    if found is None:
        return None
    return part_named(f"{found[1]}/") or 0, found[2].upper(), rest


def are_two_kinds(files: Sequence[str]) -> bool:
    """Tell whether all pictures lie in folders such as trainA and trainB."""
    found = [parted(path) for path in files]
    return bool(found) and {each[1] if each else "" for each in found} == {"A", "B"}


def part_named(path: str) -> int | None:
    """Return the part that the outermost folder of a path is called after, such as train2017."""
    outermost, slash, _ = path.partition("/")
    return _PARTS.get(outermost.lower().rstrip("0123456789_-")) if slash else None


def part_within(path: str) -> int | None:
    """Return the part that any folder of a path is called after, the outermost first."""
    found = (part_named(f"{word}/") for word in path.split("/")[:-1])
    return next((part for part in found if part is not None), None)


def _shared(files: Sequence[str]) -> str:
    """Return the folders, each the only one, in which all pictures lie."""
    top = ""
    while True:
        names = {path[len(top) :].split("/")[0] for path in files}
        (name,) = names if len(names) == 1 else ("",)
        is_folder = name and all("/" in path[len(top) :] for path in files)
        if not is_folder or all(path[len(top) :].count("/") < 2 for path in files):
            return top
        top += f"{name}/"


def _apart(path: str) -> str:
    """Return a path within train/A where it lies within trainA."""
    part, letter, rest = parted(path) or (0, "A", path)
    return f"{PART_NAMES[part]}/{letter}/{rest}"


def _are_parts(below: Mapping[str, str], by_part: Mapping[str, int | None]) -> bool:
    """Tell whether the outermost folders are what trains and what validates or tests."""
    within = [path for path, rest in below.items() if "/" in rest]
    found = {by_part[path] for path in within}
    return bool(within) and None not in found and 0 in found and len(found) > 1


def _walk(folder: Path, suffixes: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield files that are called as pictures, with the reason where one cannot be such.

    What is there itself is read first. Links come then, and only to what is not read already: so
    each file counts once, and links in a circle end.
    """
    top = os.path.realpath(folder)
    waiting: list[tuple[str, str]] = [("", top)]
    links: list[tuple[str, str]] = []
    folders: set[str] = set()
    files: set[str] = set()
    count = 0
    while waiting or links:
        if waiting:
            inner, real = waiting.pop()
            if real not in folders:
                folders.add(real)
                for entry in _entries(Path(folder, inner)):
                    count += 1
                    _need_few(folder, count)
                    path, there = f"{inner}{entry.name}", os.path.join(real, entry.name)  # noqa: PTH118
                    if entry.is_symlink():
                        links.append((path, entry.path))
                    elif not _is_folder(entry):
                        yield from _if_picture(path, entry.path, suffixes)
                    elif _is_wanted(entry.name):
                        waiting.append((f"{path}/", there))
            continue
        path, place = links.pop()
        real = os.path.realpath(place)
        if os.path.isdir(real):  # noqa: PTH112
            if f"{top}/".startswith(f"{real}/") or real in folders:
                yield path, _TWICE
            elif _is_wanted(path):
                waiting.append((f"{path}/", real))
        elif real in files or os.path.dirname(real) in folders:  # noqa: PTH120
            yield from ((path, _TWICE) for _ in _if_picture(path, place, suffixes))
        else:
            files.add(real)
            yield from _if_picture(path, place, suffixes)


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda each: each.name)
    except OSError as error:
        refuse("data_unreadable", path=folder, reason=error.strerror or error)


def _need_few(folder: Path, count: int) -> None:
    """Refuse more files than anybody means, and tell now and then that it goes on."""
    if count > _MOST:
        refuse("data_too_many_files", path=folder, got=f"{count:,}", limit=f"{_MOST:,}")
    if count % 1000 == 0:
        tell(0, 0)


def _is_wanted(name: str) -> bool:
    return not name.startswith(".") and name not in _JUNK


def _is_folder(entry: os.DirEntry[str]) -> bool:
    """Tell whether it is a folder, as far as one may look."""
    try:
        return entry.is_dir()
    except OSError:
        return False


def _if_picture(path: str, place: str, suffixes: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield a file that is called as pictures are, with the reason where it cannot be one."""
    name = path.rpartition("/")[2]
    if os.path.splitext(name)[1].lower() not in suffixes:  # noqa: PTH122  # a million times
        return
    if name.startswith("."):
        yield path, phrase("it is hidden")
        return
    try:
        found = os.stat(place)  # noqa: PTH116
    except OSError as error:
        yield path, str(error.strerror or error)
        return
    if not stat.S_ISREG(found.st_mode):
        yield path, phrase("it is no ordinary file")
    else:
        yield path, "" if found.st_size else phrase("it is empty")
