"""What a folder of pictures holds: classes, partners, marked objects, a table, or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field, replace
from pathlib import Path
from typing import Final

from app.data.dataset import Array, refuse
from app.data.foreign import foreign_folder
from app.data.kinds import data_kind
from app.data.pictures.boxes import list_voc, list_yolo
from app.data.pictures.coco import list_coco
from app.data.pictures.kinds import are_halves, two_kinds
from app.data.pictures.labels import list_of_table
from app.data.pictures.listing import (
    Files,
    Listed,
    are_two_kinds,
    files_of,
    list_pictures,
    list_themselves,
)
from app.data.pictures.masks import are_masks
from app.data.pictures.objects import Marked, main_classes
from app.data.pictures.pairs import Pairs, list_pairs
from graph_model.frozen import frozen
from graph_model.phrases import phrase
from graph_model.problems import ChooseInRecipe, Fix, Problem, Refusal, SetDataArguments
from graph_model.values import Arguments

_OFFERED: Final = 4
"""How many files of a folder without pictures are offered at most."""


@frozen
class Found:
    """The pictures of a folder, and what is ``wanted`` of them: a word of the setting ``target``.

    ``partners`` are in the order of the pictures, as are ``numbers`` and the objects ``marked``.
    Of ``halves``, each picture is its own partner, whose other half is to be made.
    """

    listed: Listed
    wanted: str = "classes"
    partners: Sequence[str] = ()
    numbers: Array | None = None
    marked: Marked | None = None
    by_folders: bool = False
    notes: tuple[Problem, ...] = field(default_factory=tuple)


def find(folder: Path, arguments: Arguments) -> Found:
    """Find what a folder holds, by the first form that fits; refused where none does."""
    files = files_of(folder)
    if len(files.pictures) < 2:
        problem = foreign_folder(folder)
        if problem is not None:
            raise Refusal(problem)
        _refuse_other_files(folder)
    wanted, table = str(arguments["target"]), str(arguments["table"])
    if wanted == "itself":
        return Found(list_themselves(folder, files), "itself")
    if wanted == "halves":
        return _of_halves(folder, files, arguments)
    if wanted == "unpaired":
        return _of_two_kinds(folder, files, arguments)
    if wanted != "classes" and not table:
        pairs = list_pairs(folder, files)
        if pairs is not None:
            told = wanted if wanted != "auto" else _kind_of(pairs)
            return _paired(folder, pairs, told, is_swapped=bool(arguments["swapped"]))
        if wanted == "auto" and are_two_kinds(files.pictures):
            return _of_two_kinds(folder, files, arguments)
    objects = None if table else _of_objects(folder, files, wanted)
    if objects is not None:
        return objects
    if wanted in ("masks", "pictures"):
        refuse("pictures_without_partners", parameter="data.target", path=folder)
    of_table = list_of_table(folder, files, table, str(arguments["label"]))
    if of_table is not None:
        return Found(of_table[0], numbers=of_table[1], notes=of_table[0].notes)
    try:
        listed = list_pictures(folder, files, str(arguments["classes_by"]))
    except Refusal:
        if wanted == "auto" and are_halves(folder, files):
            return _of_halves(folder, files, arguments)
        raise
    return Found(listed, by_folders=True)


def _swapped(found: Found) -> Found:
    """Return pairs of which the second enters, and the first is predicted."""
    listed = replace(found.listed, paths=tuple(found.partners))
    return replace(found, listed=listed, partners=found.listed.paths)


def _of_two_kinds(folder: Path, files: Files, arguments: Arguments) -> Found:
    """Return pictures of two kinds without partners beside each other."""
    found = two_kinds(folder, files)
    told = {
        "path": str(folder),
        "first": f"{found.names[0]} ({found.counts[0]:,})",
        "second": f"{found.names[1]} ({found.counts[1]:,})",
    }
    note = Problem("pictures_unpaired", told, parameter="data.target", fixes=_to_classes())
    made = Found(found.listed, "unpaired", found.others, notes=(note,))
    return _swapped(made) if arguments["swapped"] else made


def _of_halves(folder: Path, files: Files, arguments: Arguments) -> Found:
    """Return pictures of which one half is to be made of the other."""
    listed = list_themselves(folder, files)
    swap = _swap(is_swapped=bool(arguments["swapped"]))
    itself = Fix(
        "predict_features",
        SetDataArguments({"target": "itself"}),
        {"array": phrase("the pictures")},
    )
    sides = ("right", "left") if arguments["swapped"] else ("left", "right")
    told = {"path": str(folder), "entering": phrase(sides[0]), "wanted": phrase(sides[1])}
    note = Problem("pictures_of_halves", told, parameter="data.target", fixes=(swap, itself))
    return Found(listed, "halves", listed.paths, notes=(note,))


def _to_classes() -> tuple[Fix, ...]:
    return (Fix("predict_classes", SetDataArguments({"target": "classes"})),)


def _kind_of(pairs: Pairs) -> str:
    """Return what partners are, by what they hold."""
    return "masks" if are_masks(pairs.listed.folder, pairs.partners) else "pictures"


def _refuse_other_files(folder: Path) -> None:
    """Refuse a folder without pictures in which tables or arrays lie; each can be taken."""
    kinds = {path: data_kind(path) for path in sorted(folder.iterdir()) if path.is_file()}
    found = [path for path, kind in kinds.items() if kind in ("csv", "npz")]
    if not found:
        return
    if all(path.suffix.lower() == ".npy" for path in found) and len(found) > 1:
        names = ", ".join(f"{path.stem}=numpy.load('{path.name}')" for path in found[:_OFFERED])
        refuse("folder_of_arrays", path=folder, names=names)
    found.sort(key=lambda path: ("train" not in path.stem.lower(), path.name))
    fixes = tuple(
        Fix(
            "take_file",
            ChooseInRecipe("data", str(kinds[path]), {"path": str(path)}),
            {"name": path.name},
        )
        for path in found[:_OFFERED]
    )
    names = ", ".join(path.name for path in found[:_OFFERED])
    refuse("folder_of_other_files", path=folder, names=names, fixes=fixes)


def _paired(folder: Path, pairs: Pairs, kind: str, *, is_swapped: bool) -> Found:
    """Return pairs; told where they are found by less than the names of their folders."""
    found = Found(pairs.listed, kind, pairs.partners)
    fixes = _to_classes()
    if kind == "pictures":
        found = _swapped(found) if is_swapped else found
        fixes = (*fixes, _swap(is_swapped=is_swapped))
    if pairs.by_folders:
        return found
    values = {
        "path": str(folder),
        "first": found.listed.paths[0],
        "partner": found.partners[0],
    }
    note = Problem("pictures_of_pairs", values, parameter="data.target", fixes=fixes)
    return replace(found, notes=(note,))


def _swap(*, is_swapped: bool) -> Fix:
    return Fix("swap_pictures", SetDataArguments({"swapped": not is_swapped}))


def _of_objects(folder: Path, files: Files, wanted: str) -> Found | None:
    """Return pictures in which objects are marked, with masks of outlines or with main classes."""
    ways = (list_coco, list_voc, list_yolo)
    marked = next((found for way in ways if (found := way(folder, files)) is not None), None)
    if marked is None or wanted == "pictures":
        return None
    values = {"path": str(folder), "form": marked.form}
    if wanted == "masks" and not marked.has_outlines:
        fix = Fix("predict_main_objects", SetDataArguments({"target": "classes"}))
        refuse("pictures_only_boxes", parameter="data.target", fixes=(fix,), **values)
    if wanted == "masks" or (wanted == "auto" and marked.has_outlines):
        fix = Fix("predict_main_objects", SetDataArguments({"target": "classes"}))
        told = {**values, "count": str(len(marked.classes))}
        note = Problem("pictures_of_outlines", told, parameter="data.target", fixes=(fix,))
        return Found(marked.listed, "masks", marked=marked, notes=(note,))
    fixes: tuple[Fix, ...] = ()
    if marked.has_outlines:
        fixes = (Fix("predict_outlines", SetDataArguments({"target": "masks"})),)
    note = Problem("pictures_of_main_objects", values, parameter="data.target", fixes=fixes)
    return Found(main_classes(marked), notes=(note,))
