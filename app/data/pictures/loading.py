"""A folder of pictures becomes a data set: what each is, how it is read, and what is left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Any, Final, cast

import numpy as np

from app.data.class_values import note_of
from app.data.dataset import (
    Array,
    Dataset,
    classified,
    describe_arrays,
    existing,
    need_memory,
    refuse,
    with_ignored,
)
from app.data.pictures.finding import Found, find
from app.data.pictures.listing import Listed
from app.data.pictures.many import FIGURES_OF, Pictures
from app.data.pictures.masks import MOST_LOOKED_AT, Masks, Scheme, held_masks, masks_as_needed
from app.data.pictures.objects import drawn_masks, packed_masks
from app.data.pictures.reading import looked_at, read_pictures
from graph_model.phrases import phrase
from graph_model.problems import Fix, Problem, SetDataArguments
from graph_model.values import Arguments

LARGE: Final = 2**28
"""From this many bytes on, pictures are read as they are needed while training."""
_LOOKED_AT: Final = 100
_LARGEST: Final = 224
"""No larger than this are pictures made unless somebody wants it."""
_GREY: Final = ("1", "L", "I", "F", "LA", "La")
_NAMED: Final = 5
_OF_PICTURES: Final = ("pictures", "unpaired", "halves")
"""What is wanted where pictures are to be made of pictures."""
_OTHER_HALF: Final = {"left": "right", "right": "left"}


def load(arguments: Arguments) -> Dataset:
    """List the pictures of a folder and, where they are few enough, read them."""
    folder = existing(arguments["path"], "folder")
    found = find(folder, arguments)
    how, read_as = how_read(found.listed, arguments)
    if found.wanted == "halves":
        how["half"] = "right" if arguments["swapped"] else "left"
    if found.by_folders and found.listed.classes_by != arguments["classes_by"]:
        read_as["classes_by"] = found.listed.classes_by
    listed, keep = found.listed, str(arguments["keep"])
    read_as |= dict(listed.read_as)
    read_as["keep"] = keep
    if keep == "auto":
        numbers = how["channels"] * (1 + (found.wanted in _OF_PICTURES)) + 2 * (
            found.wanted == "masks"
        )
        size = 4 * len(found.listed.paths) * numbers * how["height"] * how["width"]
        keep = read_as["keep"] = "memory" if size < LARGE else "files"
    kept = list(range(len(listed.paths)))
    if keep == "files":
        pictures: Any = Pictures(str(folder), listed.paths, how)
    else:
        listed, pictures, kept = _read(listed, how)
    if str(arguments["target"]) != found.wanted:
        read_as["target"] = found.wanted
    partners = [found.partners[place] for place in kept if found.partners]
    data, lost = _data(found, listed, pictures, kept, how, str(arguments["ignored"]))
    if lost:
        listed, data = _without(lost, listed, data, partners or listed.paths)
    if listed.left_out and arguments["unreadable"] == "refuse":
        _refuse_unreadable(listed)
    return _with_facts(
        data, listed, how, read_as, [*found.notes, *data.facts.notes, *_notes(listed, how, data)]
    )


def _data(
    found: Found,
    listed: Listed,
    pictures: Any,
    kept: list[int],
    how: Mapping[str, Any],
    ignored: str,
) -> tuple[Dataset, Mapping[int, str]]:
    """Return pictures with what is to be predicted of them, and why some of that cannot be read."""
    if found.wanted == "itself":
        arrays = {"features": cast(Array, pictures)}
        return Dataset(arrays, describe_arrays(arrays, "regression", target="features")), {}
    partners = [found.partners[place] for place in kept if found.partners]
    if found.wanted == "masks":
        return _masked(found, listed, pictures, kept, how, ignored)
    if found.wanted in _OF_PICTURES:
        other = {"half": _OTHER_HALF[how["half"]]} if "half" in how else {}
        wanted: Any = Pictures(str(listed.folder), partners, {**how, **other})
        held = wanted if isinstance(pictures, Pictures) else wanted[:]
        lost = {at: wanted.unreadable[p] for at, p in enumerate(partners) if p in wanted.unreadable}
        arrays = {"features": cast(Array, pictures), "target": held}
        return Dataset(arrays, describe_arrays(arrays, "regression")), lost
    return _labelled(found, listed, pictures, kept), {}


def _masked(
    found: Found,
    listed: Listed,
    pictures: Any,
    kept: list[int],
    how: Mapping[str, Any],
    ignored: str,
) -> tuple[Dataset, Mapping[int, str]]:
    """Return pictures with their masks, which are held as the pictures are."""
    partners = [found.partners[place] for place in kept if found.partners]
    masks: Any
    if isinstance(pictures, Pictures):
        masks, lost = (
            packed_masks(found.marked, kept, how)
            if found.marked
            else masks_as_needed(listed, partners, how, ignored)
        )
        scheme = masks.scheme
    elif found.marked:
        masks, scheme, lost = drawn_masks(found.marked, kept, how)
    else:
        masks, scheme, lost = held_masks(listed, partners, how, ignored)
    arrays = {"features": cast(Array, pictures), "target": masks}
    facts = with_ignored(
        describe_arrays(arrays, "classification", scheme.names), "target", scheme.ignored
    )
    notes = tuple(_of_masks(str(listed.folder), scheme, masks))
    return Dataset(arrays, replace(facts, notes=notes)), lost


def _of_masks(path: str, scheme: Scheme, masks: Any) -> Iterator[Problem]:
    """Tell how masks are read."""
    if scheme.is_blurred:
        yield Problem("pictures_masks_cut", {"path": path})
    yield from note_of(Path(path), scheme)
    if isinstance(masks, Masks) and len(masks) > MOST_LOOKED_AT and isinstance(masks.paths[0], str):
        told = {"path": path, "count": f"{MOST_LOOKED_AT:,}", "classes": str(len(scheme.names))}
        yield Problem("masks_looked_at", told)


def _labelled(found: Found, listed: Listed, pictures: Any, kept: list[int]) -> Dataset:
    """Return pictures with the numbers or the class of each."""
    if found.numbers is not None:
        numbers = found.numbers[kept].astype(np.float32).reshape(len(kept), -1)
        arrays = {"features": cast(Array, pictures), "target": numbers}
        return Dataset(arrays, describe_arrays(arrays, "regression"))
    labels = np.array(listed.labels, np.int64)
    if not isinstance(pictures, Pictures):
        return classified(pictures, labels, listed.classes)
    arrays = {"features": cast(Array, pictures), "target": labels}
    return Dataset(arrays, describe_arrays(arrays, "classification", listed.classes))


def _without(
    lost: Mapping[int, str], listed: Listed, data: Dataset, partners: Sequence[str]
) -> tuple[Listed, Dataset]:
    """Return the list and the data without what has no partner that can be read."""
    kept = [place for place in range(len(listed.paths)) if place not in lost]
    out = [*listed.left_out, *((partners[place], reason) for place, reason in lost.items())]
    arrays = {
        name: cast(Array, array.only(kept)) if isinstance(array, Pictures) else array[kept]
        for name, array in data.arrays.items()
    }
    facts = replace(data.facts, samples=len(kept))
    return _of(listed, kept, out), replace(data, arrays=arrays, facts=facts)


def how_read(listed: Listed, arguments: Arguments) -> tuple[dict[str, Any], dict[str, str]]:
    """Return how pictures are read, and what each setting left open was taken for."""
    color, size = str(arguments["color"]), int(str(arguments["size"]))
    read_as: dict[str, str] = {}
    found = looked_at(_some(listed)) if color == "auto" or not size else []
    if color == "auto":
        is_grey = bool(found) and all(
            each.mode in _GREY or each.mode.startswith("I;") for each in found
        )
        color = read_as["color"] = "grey" if is_grey else "rgb"
    if not size:
        shorter = [min(each.width, each.height) for each in found] or [32]
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
        groups=tuple(listed.groups[place] for place in kept if listed.groups),
        left_out=tuple(left_out),
    )


def _with_facts(
    data: Dataset,
    listed: Listed,
    how: Mapping[str, Any],
    read_as: Mapping[str, str],
    notes: Sequence[Problem],
) -> Dataset:
    """Return a data set with what is to be told of it."""
    own = np.array(listed.parts, np.int64) if listed.parts else None
    names = data.facts.class_names
    counts: Sequence[int] = ()
    if names:
        counts = _class_counts(data.target, len(names))
    ignored = data.facts.arrays[data.facts.target].ignored
    if ignored:
        read_as = {**read_as, "ignored": ignored}
    facts = replace(
        data.facts,
        own_test=0 if own is None else int((own == 2).sum()),
        left_out=len(listed.left_out),
        read_as=read_as,
        notes=tuple(notes),
        class_counts=tuple(counts),
    )
    groups = np.unique(listed.groups, return_inverse=True)[1] if listed.groups else None
    done = {"pictures": dict(how)}
    return replace(data, facts=facts, own_split=own, groups=groups, done=done)


def _class_counts(target: Array | Masks, classes: int) -> Sequence[int]:
    """Return how many places or pictures have each class; none of masks that are not held."""
    if isinstance(target, Masks):
        return ()
    counts: list[int] = np.bincount(target[target >= 0].ravel(), minlength=classes).tolist()
    return counts


def _notes(listed: Listed, how: Mapping[str, Any], data: Dataset) -> list[Problem]:
    """Return what a person should know: what is left out, and what is scaled by its own range.

    Of pictures that are not held, only a part tells mean and deviation, and none is tried.
    """
    notes = []
    if listed.left_out:
        notes.append(Problem("pictures_left_out", _values(listed), parameter="data.unreadable"))
    looked = looked_at(_some(listed))
    if any(each.frames > 1 for each in looked):
        values = {"path": str(listed.folder)}
        notes.append(Problem("pictures_of_several_frames", values))
    modes = [each.mode for each in looked]
    if how["levels"] == "picture" and any(mode in "IF" or mode[:2] == "I;" for mode in modes):
        values = {"path": str(listed.folder)}
        notes.append(Problem("pictures_of_many_levels", values, parameter="data.levels"))
    if isinstance(data.features, Pictures):
        values = {"path": str(listed.folder), "count": f"{FIGURES_OF:,}"}
        notes.append(Problem("pictures_read_as_needed", values, parameter="data.keep"))
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
