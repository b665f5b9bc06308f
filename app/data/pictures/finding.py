"""What a folder of pictures holds: classes, partners, marked objects, a table, or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from pathlib import Path

from app.data.dataset import Array, refuse
from app.data.foreign import foreign_folder
from app.data.pictures.boxes import list_voc, list_yolo
from app.data.pictures.coco import list_coco
from app.data.pictures.labels import list_of_table
from app.data.pictures.listing import Files, Listed, files_of, list_pictures, list_themselves
from app.data.pictures.masks import are_masks
from app.data.pictures.objects import Marked, main_classes
from app.data.pictures.pairs import Pairs, list_pairs
from graph_model.frozen import frozen
from graph_model.problems import Fix, Problem, Refusal, SetDataArguments
from graph_model.values import Arguments


@frozen
class Found:
    """The pictures of a folder, and what is ``wanted`` of them: a word of the setting ``target``.

    ``partners`` are in the order of the pictures, as are ``numbers`` and the objects ``marked``.
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
    wanted, table = str(arguments["target"]), str(arguments["table"])
    if wanted == "itself":
        return Found(list_themselves(folder, files), "itself")
    if wanted != "classes" and not table:
        pairs = list_pairs(folder, files)
        if pairs is not None:
            told = wanted if wanted != "auto" else _kind_of(pairs)
            return Found(pairs.listed, told, pairs.partners, notes=_of_pairs(folder, pairs))
    found = None if table else _of_objects(folder, files, wanted)
    if found is not None:
        return found
    if wanted in ("masks", "pictures"):
        refuse("pictures_without_partners", parameter="data.target", path=folder)
    of_table = list_of_table(folder, files, table, str(arguments["label"]))
    if of_table is not None:
        return Found(of_table[0], numbers=of_table[1])
    return Found(list_pictures(folder, files, str(arguments["classes_by"])), by_folders=True)


def _kind_of(pairs: Pairs) -> str:
    """Return what partners are, by what they hold."""
    return "masks" if are_masks(pairs.listed.folder, pairs.partners) else "pictures"


def _of_pairs(folder: Path, pairs: Pairs) -> tuple[Problem, ...]:
    """Return what is told of pairs that are found by less than the names of their folders."""
    if pairs.by_folders:
        return ()
    first, partner = pairs.listed.paths[0], pairs.partners[0]
    values = {"path": str(folder), "first": first, "partner": partner}
    fix = Fix("predict_classes", SetDataArguments({"target": "classes"}))
    return (Problem("pictures_of_pairs", values, parameter="data.target", fixes=(fix,)),)


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
