"""What COCO tells of pictures: one file of JSON, or one for each part, with the objects of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from app.data.dataset import refuse
from app.data.json_parts import read_object
from app.data.pictures.listing import Files, part_named, part_within
from app.data.pictures.objects import Marked, Thing, marked
from app.data.pictures.runs import area_of
from app.data.progress import tell
from graph_model.phrases import phrase

_LARGEST: Final = 2**29
"""No larger file is read; that of the largest part of COCO itself is."""
_MOST_FILES: Final = 64
_LOOKED_AT: Final = 2**16
_TOLD_EVERY: Final = 4096
"""After so many objects it is told how far the reading is."""
_BROKEN: Final = (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError)


def list_coco(folder: Path, files: Files) -> Marked | None:
    """List pictures with the objects that files of COCO mark in them; none where there are none."""
    found = [each for each in _json_files(folder) if _is_of_objects(each)]
    best = [each for each in found if "instances" in each.name or "_annotations.coco" in each.name]
    reader = _Reader(folder, files)
    for path in best or found:
        reader.add(path, is_sure=bool(best))
    return marked("COCO", folder, files, reader.things, [*reader.names], reader.parts)


def _json_files(folder: Path) -> Iterator[Path]:
    """Yield the files of JSON in a folder and the folders in it, a few of them."""
    inner = sorted(each for each in folder.iterdir() if each.is_dir())[:_MOST_FILES]
    found = (path for each in (folder, *inner) for path in sorted(each.glob("*.json")))
    for count, path in enumerate(found):
        if count < _MOST_FILES and path.is_file():
            yield path


def _is_of_objects(path: Path) -> bool:
    """Tell whether a file of JSON looks like one of COCO, without reading all of it."""
    try:
        with path.open("rb") as file:
            text = file.read(_LOOKED_AT)
            file.seek(max(0, path.stat().st_size - _LOOKED_AT))
            text += file.read()
    except OSError:
        return False
    words = (b'"images"', b'"annotations"', b'"categories"')
    return text.lstrip()[:1] == b"{" and sum(word in text for word in words) > 1


class _Reader:
    """What several files tell, by the paths of pictures."""

    def __init__(self, folder: Path, files: Files) -> None:
        self._folder = folder
        self.things: dict[str, list[Thing]] = {}
        self.parts: dict[str, int | None] = {}
        self.names: dict[str, None] = {}
        self._by_name: dict[str, list[str]] = {}
        for path in files.pictures:
            self._by_name.setdefault(path.rpartition("/")[2], []).append(path)

    def add(self, path: Path, *, is_sure: bool) -> None:
        """Add what one file tells; one that is called otherwise may be of another form."""
        if path.stat().st_size > _LARGEST:
            refuse("data_unreadable", path=path, reason=phrase("it is too large"))
        try:
            told = read_object(path)
            called = {each["id"]: str(each["name"]) for each in told["categories"]}
            pictures = {each["id"]: str(each["file_name"]) for each in told["images"]}
            things: dict[Any, list[Thing]] = {id: [] for id in pictures}
            for count, each in enumerate(told["annotations"]):
                if count % _TOLD_EVERY == 0:
                    tell(count, len(told["annotations"]))
                if each["image_id"] in things:
                    things[each["image_id"]].append(_thing(each, called))
        except _BROKEN as error:
            if not is_sure:
                return
            reason = phrase("it is not as COCO writes it ({reason})", reason=error)
            refuse("data_unreadable", path=path, reason=reason)
        self.names |= dict.fromkeys(called.values())
        beside = path.parent.relative_to(self._folder).as_posix()
        part = part_within(f"{beside}/")
        if part is None:
            words = path.stem.replace("-", "_").split("_")
            part = next(filter(lambda each: each is not None, map(_part_of_word, words)), None)
        for id, name in pictures.items():
            found = self._picture(name, beside, part)
            if found is not None:
                self.things.setdefault(found, []).extend(things[id])
                self.parts[found] = part_within(found) if part is None else part

    def _picture(self, name: str, beside: str, part: int | None) -> str | None:
        """Return the picture that a file means: of several of its name, the one that is nearest."""
        name = name.replace("\\", "/").removeprefix("./")
        candidates = self._by_name.get(name.rpartition("/")[2], [])
        for wanted in (name, f"{beside}/{name}"):
            if wanted in candidates:
                return wanted
        nearest = [each for each in candidates if part is not None and part_within(each) == part]
        return next(iter(nearest or candidates), None)


def _part_of_word(word: str) -> int | None:
    return part_named(f"{word}/")


def _thing(told: Mapping[str, Any], called: Mapping[Any, str]) -> Thing:
    outline = told.get("segmentation") or []
    box = [float(each) for each in told.get("bbox") or [0] * 4]
    runs = outline if isinstance(outline, dict) else None
    outlines = () if runs else tuple(tuple(map(float, each)) for each in outline)
    area = float(told.get("area") or box[2] * box[3] or (area_of(runs) if runs else 0))
    return Thing(called[told["category_id"]], area, outlines, runs)
