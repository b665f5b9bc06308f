"""Objects that are marked in pictures, as COCO, Pascal VOC and YOLO tell of them.

Of boxes no more is read than which object is the largest. Outlines become masks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from app.data.class_values import Scheme
from app.data.dataset import Array, need_memory, refuse
from app.data.pictures.listing import Files, Listed
from app.data.pictures.masks import Masks
from app.data.pictures.reading import quiet, reason_of
from app.data.pictures.runs import mask_of
from app.data.progress import tell
from graph_model.frozen import frozen
from graph_model.phrases import phrase

if TYPE_CHECKING:
    from PIL import Image


@frozen
class Thing:
    """One object of a class: its area, and its outlines, each of numbers x, y, x, y …

    ``runs`` has what COCO packs the outline of a crowd into. Where ``is_relative``, numbers are
    shares of the width and the height.
    """

    name: str
    area: float
    outlines: tuple[tuple[float, ...], ...] = ()
    runs: Any = None
    is_relative: bool = False


@frozen
class Marked:
    """Pictures with the objects of each, in the same order, and the names of all classes."""

    form: str
    listed: Listed
    things: tuple[tuple[Thing, ...], ...]
    classes: tuple[str, ...]

    @property
    def has_outlines(self) -> bool:
        """Whether any object is more than a box."""
        return any(each.outlines or each.runs for things in self.things for each in things)


def marked(
    form: str,
    folder: Path,
    files: Files,
    things: Mapping[str, Sequence[Thing]],
    classes: Sequence[str],
    parts: Mapping[str, int | None],
) -> Marked | None:
    """Return the pictures that something is told of, none where these are too few."""
    if len(things) < 2:
        return None
    told = {path: parts.get(path) or 0 for path in things}
    order = sorted(things, key=lambda path: (told[path], path))
    reason = phrase("nothing tells what is in it")
    out = tuple((path, reason) for path in files.pictures if path not in things)
    own = tuple(told[path] for path in order) if {0} < {*told.values()} else ()
    listed = Listed(folder, tuple(order), (), (), own, (*files.left_out, *out))
    return Marked(form, listed, tuple(tuple(things[path]) for path in order), tuple(classes))


def main_classes(found: Marked) -> Listed:
    """Return pictures with the class of the largest object of each; those without are left out."""
    kept = [place for place, things in enumerate(found.things) if things]
    names = [max(found.things[at], key=lambda each: each.area).name for at in kept]
    classes = sorted({*names})
    if len(classes) < 2:
        what = phrase("classes")
        refuse("data_too_few", path=found.listed.folder, got=len(classes), what=what, expected=2)
    index = {name: place for place, name in enumerate(classes)}
    listed, reason = found.listed, phrase("nothing is marked in it")
    empty = (path for path, each in zip(listed.paths, found.things, strict=True) if not each)
    return Listed(
        listed.folder,
        tuple(listed.paths[at] for at in kept),
        tuple(index[name] for name in names),
        tuple(classes),
        tuple(listed.parts[at] for at in kept if listed.parts),
        (*listed.left_out, *((path, reason) for path in empty)),
    )


def drawn_masks(
    found: Marked, places: Sequence[int], how: Mapping[str, Any]
) -> tuple[Array, Scheme, dict[int, str]]:
    """Return masks of the outlines of objects, small ones before large ones, and what is lost."""
    height, width = how["height"], how["width"]
    need_memory(found.listed.folder, 12 * len(places) * height * width)
    made = np.zeros((len(places), height, width), np.int64)
    lost: dict[int, str] = {}
    for row, mask in enumerate(_drawn(found, places, how)):
        if isinstance(mask, str):
            lost[row] = mask
        else:
            made[row] = np.asarray(mask)
    return made, _scheme(found), lost


def packed_masks(
    found: Marked, places: Sequence[int], how: Mapping[str, Any]
) -> tuple[Masks, dict[int, str]]:
    """Return such masks packed, each as a PNG in memory, and what is lost."""
    made: list[bytes] = []
    lost: dict[int, str] = {}
    for row, mask in enumerate(_drawn(found, places, how)):
        file = BytesIO()
        if isinstance(mask, str):
            lost[row] = mask
        else:
            mask.convert("L" if len(found.classes) < 2**8 else "I;16").save(file, "PNG")
        made.append(file.getvalue())
    return Masks(str(found.listed.folder), made, how, _scheme(found)), lost


def _scheme(found: Marked) -> Scheme:
    """Return what the numbers in drawn masks stand for."""
    names = (phrase("background"), *found.classes)
    return Scheme(np.arange(len(names), dtype=np.int32), np.arange(len(names)), names)


def _drawn(
    found: Marked, places: Sequence[int], how: Mapping[str, Any]
) -> Iterator[Image.Image | str]:
    """Yield a mask of each picture, or why there is none."""
    from PIL import Image

    from codegen.mask_reading import fitted_mask

    index = {name: place for place, name in enumerate(found.classes, 1)}
    for row, place in enumerate(places):
        tell(row, len(places))
        path = Path(found.listed.folder, found.listed.paths[place])
        try:
            with quiet(), Image.open(path) as picture:
                mask = Image.new("I", picture.size)
        except Exception as error:  # Pillow's readers of broken files raise anything
            yield reason_of(error, path)
            continue
        for thing in sorted(found.things[place], key=lambda each: -each.area):
            _draw(mask, thing, index[thing.name])
        yield fitted_mask(mask, dict(how))


def _draw(mask: Any, thing: Thing, value: int) -> None:
    """Draw an object into a mask."""
    from PIL import Image, ImageDraw

    if thing.runs:
        whole = mask_of(thing.runs, mask.size)
        mask.paste(value, (0, 0), Image.fromarray(whole * np.uint8(255)))
    width, height = mask.size if thing.is_relative else (1, 1)
    for outline in thing.outlines:
        corners = zip(outline[::2], outline[1::2], strict=False)
        points = [(x * width, y * height) for x, y in corners]
        if len(points) > 2:
            ImageDraw.Draw(mask).polygon(points, fill=value)
