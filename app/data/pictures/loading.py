"""A folder of pictures becomes a data set: what each is, how it is read, and what is left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Any, Final, cast

import numpy as np

from app.data.dataset import (
    Array,
    Dataset,
    classified,
    describe_arrays,
    existing,
    need_memory,
    refuse,
)
from app.data.pictures.labels import list_of_table
from app.data.pictures.listing import Listed, list_pictures
from app.data.pictures.many import Pictures
from app.data.pictures.pairs import are_masks, list_pairs, read_masks
from app.data.pictures.reading import looked_at, read_pictures
from graph_model.phrases import phrase
from graph_model.problems import Fix, Problem, SetDataArguments
from graph_model.recipes.facts import Task
from graph_model.values import Arguments

LARGE: Final = 2**28
"""From this many bytes on, pictures are read as they are needed while training."""
_LOOKED_AT: Final = 100
_LARGEST: Final = 224
"""No larger than this are pictures made unless somebody wants it."""
_GREY: Final = ("1", "L", "I", "F", "LA", "La")
_NAMED: Final = 5


def load(arguments: Arguments) -> Dataset:
    """List the pictures of a folder and, where they are few enough, read them."""
    folder = existing(arguments["path"], "folder")
    pairs = list_pairs(folder) if arguments["target"] != "classes" else None
    of_table = None if pairs else list_of_table(folder, str(arguments["table"]))
    numbers = None
    if pairs is not None:
        listed = pairs.listed
    elif of_table is not None:
        listed, numbers = of_table
    else:
        listed = list_pictures(folder, str(arguments["classes_by"]))
    how, read_as = how_read(listed, arguments)
    if pairs is None and of_table is None and listed.classes_by != arguments["classes_by"]:
        read_as["classes_by"] = listed.classes_by
    keep = str(arguments["keep"])
    read_as["keep"] = keep
    if keep == "auto":
        size = 4 * len(listed.paths) * how["channels"] * how["height"] * how["width"]
        keep = read_as["keep"] = "memory" if size < LARGE else "files"
    kept = list(range(len(listed.paths)))
    if keep == "files":
        pictures: Any = Pictures(str(folder), listed.paths, how)
    else:
        listed, pictures, kept = _read(listed, how)
    if listed.left_out and arguments["unreadable"] == "refuse":
        _refuse_unreadable(listed)
    if pairs is not None:
        partners = [pairs.partners[place] for place in kept]
        wanted = str(arguments["target"])
        if wanted == "auto":
            wanted = read_as["target"] = "masks" if are_masks(pairs) else "pictures"
        return _paired(listed, pictures, partners, wanted, how, read_as)
    if numbers is not None:
        return _numbered(listed, pictures, numbers[kept], how, read_as)
    return _dataset(listed, pictures, how, read_as)


def _paired(
    listed: Listed,
    pictures: Array | Pictures,
    partners: Sequence[str],
    wanted: str,
    how: Mapping[str, Any],
    read_as: Mapping[str, str],
) -> Dataset:
    """Return pictures with masks, or with pictures that are to be made of them."""
    names: tuple[str, ...] = ()
    if wanted == "masks":
        target, names = read_masks(listed, partners, how)
    elif isinstance(pictures, Pictures):
        target = cast(Array, Pictures(str(listed.folder), partners, how))
    else:
        target = Pictures(str(listed.folder), partners, how)[:]
    arrays = {"features": cast(Array, pictures), "target": target}
    task: Task = "classification" if names else "regression"
    facts = describe_arrays(arrays, task, names)
    counts = np.bincount(target.ravel(), minlength=len(names)) if names else np.empty(0)
    return _with_facts(Dataset(arrays, facts), listed, how, read_as, counts)


def _numbered(
    listed: Listed,
    pictures: Array | Pictures,
    numbers: Array,
    how: Mapping[str, Any],
    read_as: Mapping[str, str],
) -> Dataset:
    """Return pictures with a number each."""
    target = numbers.astype(np.float32).reshape(-1, 1)
    arrays = {"features": cast(Array, pictures), "target": target}
    data = Dataset(arrays, describe_arrays(arrays, "regression"))
    return _with_facts(data, listed, how, read_as, np.empty(0))


def how_read(listed: Listed, arguments: Arguments) -> tuple[dict[str, Any], dict[str, str]]:
    """Return how pictures are read, and what each setting left open was taken for."""
    color, size = str(arguments["color"]), int(str(arguments["size"]))
    read_as: dict[str, str] = {}
    found = looked_at(_some(listed)) if color == "auto" or not size else []
    if color == "auto":
        is_grey = bool(found) and all(mode in _GREY or mode.startswith("I;") for *_, mode in found)
        color = read_as["color"] = "grey" if is_grey else "rgb"
    if not size:
        shorter = [min(width, height) for width, height, _ in found] or [32]
        size = min(_LARGEST, round(median(shorter)))
        read_as["size"] = str(size)
    how = {
        "channels": 3 if color == "rgb" else 1,
        "height": size,
        "width": size,
        **{name: arguments[name] for name in ("fit", "background", "turn", "levels")},
    }
    return how, read_as


def _read(listed: Listed, how: Mapping[str, Any]) -> tuple[Listed, Array, list[int]]:
    """Read all pictures; return what is left of the list, them, and their places in it."""
    shape = (how["channels"], how["height"], how["width"])
    need_memory(listed.folder, 4 * len(listed.paths) * shape[0] * shape[1] * shape[2])
    made = np.empty((len(listed.paths), *shape), np.float32)
    kept: list[int] = []
    left_out = list(listed.left_out)
    paths = [str(listed.folder / path) for path in listed.paths]
    for place, picture in enumerate(read_pictures(paths, how)):
        if isinstance(picture, str):
            left_out.append((listed.paths[place], picture))
        else:
            made[len(kept)] = picture
            kept.append(place)
    return _of(listed, kept, left_out), made[: len(kept)], kept


def _of(listed: Listed, kept: Sequence[int], left_out: list[tuple[str, str]]) -> Listed:
    """Return the list of those pictures that are kept; refused where two classes are not left."""
    labels = {listed.labels[place] for place in kept} if listed.labels else set(kept)
    if len(labels) < 2:
        what = phrase("folders with pictures")
        if left_out:
            _refuse_unreadable(replace(listed, left_out=tuple(left_out)))
        refuse("data_too_few", path=listed.folder, got=len(labels), what=what, expected=2)
    return replace(
        listed,
        paths=tuple(listed.paths[place] for place in kept),
        labels=tuple(listed.labels[place] for place in kept if listed.labels),
        parts=tuple(listed.parts[place] for place in kept if listed.parts),
        left_out=tuple(left_out),
    )


def _dataset(
    listed: Listed, pictures: Array | Pictures, how: Mapping[str, Any], read_as: Mapping[str, str]
) -> Dataset:
    labels = np.array(listed.labels, np.int64)
    if isinstance(pictures, Pictures):
        arrays = {"features": cast(Array, pictures), "target": labels}
        data = Dataset(arrays, describe_arrays(arrays, "classification", listed.classes))
    else:
        data = classified(pictures, labels, listed.classes)
    counts = np.bincount(labels, minlength=len(listed.classes))
    return _with_facts(data, listed, how, read_as, counts)


def _with_facts(
    data: Dataset,
    listed: Listed,
    how: Mapping[str, Any],
    read_as: Mapping[str, str],
    counts: Array,
) -> Dataset:
    """Return a data set with what is to be told of it."""
    own = np.array(listed.parts, np.int64) if listed.parts else None
    facts = replace(
        data.facts,
        own_test=0 if own is None else int((own == 2).sum()),
        left_out=len(listed.left_out),
        read_as=read_as,
        notes=tuple(_notes(listed, how)),
        class_counts=tuple(counts.tolist()),
    )
    return replace(data, facts=facts, own_split=own, done={"pictures": dict(how)})


def _notes(listed: Listed, how: Mapping[str, Any]) -> list[Problem]:
    """Return what a person should know: what is left out, and what is scaled by its own range."""
    notes = []
    if listed.left_out:
        notes.append(Problem("pictures_left_out", _values(listed), parameter="data.unreadable"))
    modes = (mode for *_, mode in looked_at(_some(listed)))
    if how["levels"] == "picture" and any(mode in "IF" or mode[:2] == "I;" for mode in modes):
        values = {"path": str(listed.folder)}
        notes.append(Problem("pictures_of_many_levels", values, parameter="data.levels"))
    return notes


def _some(listed: Listed) -> list[str]:
    """Return some of the pictures, spread evenly."""
    step = max(1, len(listed.paths) // _LOOKED_AT)
    return [str(listed.folder / path) for path in listed.paths[::step]]


def _values(listed: Listed) -> dict[str, str]:
    """Return what is told of pictures that cannot be read."""
    named = ", ".join(path for path, _ in listed.left_out[:_NAMED])
    more = " …" if len(listed.left_out) > _NAMED else ""
    return {
        "path": str(listed.folder),
        "count": f"{len(listed.left_out):,}",
        "names": named + more,
        "first": listed.left_out[0][0],
        "reason": listed.left_out[0][1],
    }


def _refuse_unreadable(listed: Listed) -> None:
    path, reason = listed.left_out[0]
    fix = Fix("skip_pictures", SetDataArguments({"unreadable": "skip"}))
    refuse("data_unreadable", fixes=(fix,), path=Path(listed.folder, path), reason=reason)
