"""Files of a folder that have a class each: by the folders they lie in, or by a table beside."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np

from app.data.dataset import Dataset, refuse
from app.data.pictures.labels import list_of_table
from app.data.pictures.listing import Listed, files_of, list_pictures
from graph_model.phrases import phrase
from graph_model.problems import Problem, Refusal

_NO_CLASSES: Final = frozenset({"unsup", "unlabeled", "unlabelled", "_background_noise_"})
"""Folders that lie among those of classes, and hold what has none."""
_LEAST: Final = 2
_LISTS: Final = {"validation_list.txt": 1, "testing_list.txt": 2}
"""Lists of paths that do not train, as collections of spoken words have them."""


def listed_files(
    folder: Path, suffixes: Collection[str], what: str, table: str | None = None
) -> tuple[Listed, tuple[Problem, ...]]:
    """List files that end so, by part and class; tell of folders that were left out.

    ``table`` names one with paths and labels; where it is empty, one is looked for. ``what``
    names what is missing where there are no two classes.
    """
    files = files_of(folder, suffixes)
    of_table = list_of_table(folder, files, table) if table is not None else None
    if of_table is not None and of_table[1] is None:
        return of_table[0], ()
    try:
        listed = list_pictures(folder, files, "auto")
    except Refusal as refusal:
        got = 0 if len(files.pictures) < _LEAST else refusal.problem.values["got"]
        refuse("data_too_few", path=folder, got=got, what=phrase(what), expected=_LEAST)
    listed, left_out = _of_classes(listed)
    notes = []
    if left_out:
        values = {"names": ", ".join(left_out), "count": str(sum(left_out.values()))}
        notes.append(Problem("folders_without_class", values))
    return _with_lists(listed), tuple(notes)


def _of_classes(listed: Listed) -> tuple[Listed, dict[str, int]]:
    """Return what lies in folders of classes, and how many files each other folder has."""
    others = {name: place for place, name in enumerate(listed.classes) if name in _NO_CLASSES}
    counts = np.bincount(listed.labels, minlength=len(listed.classes))
    left_out = {name: int(counts[place]) for name, place in others.items()}
    if not left_out or len(listed.classes) - len(left_out) < 2:
        return listed, {}
    gone = {*others.values()}
    classes = tuple(name for name in listed.classes if name not in left_out)
    kept = [place for place, label in enumerate(listed.labels) if label not in gone]
    found = replace(some_of(listed, kept), classes=classes)
    labels = [classes.index(listed.classes[label]) for label in found.labels]
    return replace(found, labels=tuple(labels)), left_out


def _with_lists(listed: Listed) -> Listed:
    """Return files in the parts that lists beside them say, where there are such."""
    parts: dict[str, int] = {}
    for name, part in _LISTS.items():
        path = listed.folder / name
        if path.is_file():
            text = path.read_text(encoding="utf-8", errors="replace")
            parts |= dict.fromkeys(text.split(), part)
    if listed.parts or not parts.keys() & set(listed.paths):
        return listed
    return replace(listed, parts=tuple(parts.get(path, 0) for path in listed.paths))


def some_of(listed: Listed, kept: Collection[int]) -> Listed:
    """Return the files at these places."""
    return replace(
        listed,
        paths=tuple(listed.paths[place] for place in kept),
        labels=tuple(listed.labels[place] for place in kept),
        parts=tuple(listed.parts[place] for place in kept) if listed.parts else (),
        groups=tuple(listed.groups[place] for place in kept) if listed.groups else (),
    )


def split_and_grouped(data: Dataset, listed: Listed) -> Dataset:
    """Return data with the split and the groups that their files have."""
    parts = np.array(listed.parts, np.int64) if listed.parts else None
    groups = np.unique(listed.groups, return_inverse=True)[1] if listed.groups else None
    return replace(data, own_split=parts, groups=groups)
