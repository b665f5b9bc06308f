"""What Pascal VOC and YOLO tell of pictures: a small file beside each, with boxes."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as Xml

from app.data.pictures.listing import Files, part_within
from app.data.pictures.objects import Marked, Thing, marked
from app.data.progress import tell

_LARGEST: Final = 2**22
_LOOKED_AT: Final = 20
"""Where none of so many pictures has a file beside it, none has."""
_OF_BOX: Final = 5
"""A row with more numbers has the corners of an outline."""


def list_voc(folder: Path, files: Files) -> Marked | None:
    """List pictures with the objects that files of Pascal VOC mark in them."""
    things = {}
    for path, text in _beside(folder, files, "Annotations", ".xml"):
        try:
            root = Xml.fromstring(text)  # a small file, and expat expands nothing much
        except (Xml.ParseError, ValueError):
            continue
        if root.tag == "annotation":
            things[path] = [_voc_thing(each) for each in root.iter("object")]
    return _of(folder, files, "Pascal VOC", things, [])


def _voc_thing(told: Xml.Element) -> Thing:
    sides = [told.findtext(f"bndbox/{name}", "0") for name in ("xmin", "ymin", "xmax", "ymax")]
    try:
        left, top, right, bottom = map(float, sides)
    except ValueError:
        left = top = right = bottom = 0.0
    return Thing(told.findtext("name", "").strip(), (right - left) * (bottom - top))


def list_yolo(folder: Path, files: Files) -> Marked | None:
    """List pictures with the objects that files of YOLO mark in them."""
    things, called = {}, _yolo_names(folder)
    for path, text in _beside(folder, files, "labels", ".txt"):
        rows = [line.split() for line in text.splitlines() if line.strip()]
        try:
            things[path] = [_yolo_thing([float(cell) for cell in row], called) for row in rows]
        except ValueError:
            continue
    return _of(folder, files, "YOLO", things, [*called.values()])


def _yolo_thing(row: Sequence[float], called: Mapping[int, str]) -> Thing:
    """Return an object of a row: its class, then a box, or the corners of an outline."""
    if len(row) < _OF_BOX or row[0] != int(row[0]):
        raise ValueError
    name = called.get(int(row[0]), str(int(row[0])))
    if len(row) > _OF_BOX + 1:
        xs, ys = row[1::2], row[2::2]
        area = (max(xs) - min(xs)) * (max(ys) - min(ys))
        return Thing(name, area, (tuple(row[1:]),), is_relative=True)
    return Thing(name, row[3] * row[4])


def _of(
    folder: Path,
    files: Files,
    form: str,
    things: Mapping[str, Sequence[Thing]],
    known: Sequence[str],
) -> Marked | None:
    found = {each.name for those in things.values() for each in those}
    if not found:
        return None
    classes = [*(name for name in known if name in found), *sorted(found - {*known})]
    parts = {path: part_within(path) for path in things}
    return marked(form, folder, files, things, classes, parts)


def _yolo_names(folder: Path) -> dict[int, str]:
    """Return the names of classes, of classes.txt or of a simple list in data.yaml."""
    for path in (folder / "classes.txt", folder / "labels" / "classes.txt"):
        if path.is_file():
            return dict(enumerate(_text(path).splitlines()))
    for path in sorted((*folder.glob("*.yaml"), *folder.glob("*.yml"))):
        _, names, text = _text(path).partition("names:")
        line, _, rest = text.partition("\n")
        if names and line.strip().startswith("["):
            inner = text[text.index("[") + 1 :].partition("]")[0]
            return dict(enumerate(_word(each) for each in inner.split(",")))
        if names:
            return _listed_names(rest.splitlines())
    return {}


def _listed_names(lines: Sequence[str]) -> dict[int, str]:
    """Return the names in lines such as ``- cat`` and ``0: cat``, up to the first other line."""
    found: dict[int, str] = {}
    for line in lines:
        number, colon, word = line.strip().partition(":")
        if line.strip().startswith("- "):
            found[len(found)] = _word(line.strip()[2:])
        elif colon and number.strip().isdigit() and len(number) < 6:
            found[int(number)] = _word(word)
        else:
            break
    return found


def _word(text: str) -> str:
    return text.strip().strip("'\"")


def _text(path: Path) -> str:
    """Return the text of a small file, nothing where it is none."""
    try:
        if not path.is_file() or path.stat().st_size > _LARGEST:
            return ""
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _beside(folder: Path, files: Files, inner: str, ending: str) -> Iterator[tuple[str, str]]:
    """Yield pictures with the text beside each, in their folder or in one beside theirs."""
    step = max(1, len(files.pictures) // _LOOKED_AT)
    if not any(_place(folder, path, inner, ending) for path in files.pictures[::step]):
        return
    for place, path in enumerate(files.pictures):
        if place % 1000 == 0:
            tell(place, len(files.pictures))
        found = _place(folder, path, inner, ending)
        if found:
            yield path, _text(Path(found))


def _place(folder: Path, path: str, inner: str, ending: str) -> str:
    """Return where the file of a picture lies, nothing where it has none."""
    stem = os.path.splitext(path)[0]  # noqa: PTH122
    words = stem.split("/")
    other = ("/".join([*words[:at], inner, *words[at + 1 :]]) for at in range(len(words) - 1))
    for option in (stem, *other):
        whole = os.path.join(folder, option + ending)  # noqa: PTH118
        if os.path.isfile(whole):  # noqa: PTH113
            return whole
    return ""
