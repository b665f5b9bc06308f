"""Pictures whose classes, or numbers, stand in a table beside them."""

from __future__ import annotations

import csv
import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Final

import numpy as np

from app.data.arrays.looks import look_at
from app.data.dataset import Array, existing, refuse
from app.data.pictures.listing import Files, Listed, part_named
from codegen.pictures import SUFFIXES
from graph_model.phrases import phrase
from graph_model.problems import Fix, Problem, Refusal, SetDataArguments

_LABELS: Final = (
    *("label", "labels", "class", "target", "category", "y", "classname", "class_name", "class_id"),
    *("label_name", "diagnosis", "dx", "breed", "species", "emotion", "level", "grade", "genre"),
)
_OFFERED: Final = 4
"""How many other columns of labels are offered at most."""
_TOGETHER: Final = ("fold", "group", "speaker", "patient", "subject")
"""What a column is called that says which samples belong together."""
_LARGEST: Final = 2**27
_MOST_TABLES: Final = 20


def list_of_table(
    folder: Path, files: Files, table: str, wanted: str = ""
) -> tuple[Listed, Array | None] | None:
    """Return the pictures of a table, and their numbers where these are no classes.

    ``wanted`` is the column of labels, found by its name or place if empty. Where there is none of
    these names but several columns of zeros and ones, each is a class, or a label of its own. None
    where no table was named, and none lies alone beside pictures that are in no folders.
    """
    beside = [] if table else _tables(folder, files.pictures)
    if not table and not beside:
        return None
    known = _known(files.pictures)
    found = existing(table, "file") if table else _best(beside, known)
    if found is None:
        return None
    header, rows = _rows(found)
    at = _paths_at(header, rows, known)
    if at is None:
        reason = phrase("no column holds names of pictures")
        refuse("data_unreadable", parameter="data.table", path=found, reason=reason)
    others = [place for place in range(len(header)) if place != at]
    named = [place for place in others if header[place].strip().lower() in _LABELS]
    if wanted:
        named = [place for place in others if header[place].strip() == wanted]
        if not named:
            choices = ", ".join(header)
            refuse("data_no_column", path=found, column=wanted, choices=choices)
    if not others:
        reason = phrase("no column holds labels")
        refuse("data_unreadable", parameter="data.table", path=found, reason=reason)
    in_words = [place for place in named if _numbers([row[place] for row in rows]) is None]
    label = (in_words or named or others[-1:])[0]
    marked = [] if named else _marked(others, rows)
    notes: tuple[Problem, ...] = ()
    if not (named or marked) and len(others) > 1:
        notes = (_guessed(found, header[label].strip(), [header[at].strip() for at in others]),)
    together = [place for place in others if header[place].strip().lower() in _TOGETHER]
    paths, labels, marks, groups, missing = [], [], [], [], []
    for row in rows:
        path = _path_of(row[at], known)
        if path is None:
            missing.append((row[at], phrase("there is no such picture")))
        else:
            paths.append(path)
            labels.append(row[label].strip())
            marks.append([float(row[place]) for place in marked])
            groups += [row[place].strip() for place in together[:1]]
    if len(paths) < 2:
        what = phrase("samples")
        refuse("data_too_few", path=found, got=len(paths), what=what, expected=2)
    out = (*files.left_out, *missing)
    heads = tuple(header[place].strip() for place in marked or [label])
    told = (("table", found.name), ("labels in", ", ".join(heads)))
    if marked:
        several = np.array(marks, np.float32)
        plain = Listed(
            folder, tuple(paths), (), (), (), out, groups=tuple(groups), read_as=told, notes=notes
        )
        if (several.sum(axis=1) != 1).any():
            return plain, several
        return replace(plain, labels=tuple(several.argmax(axis=1).tolist()), classes=heads), None
    numbers = _numbers(labels)
    if numbers is not None and look_at(numbers, is_target=True).type == "number":
        return Listed(folder, tuple(paths), (), (), (), out, read_as=told, notes=notes), numbers
    classes, indices = np.unique(np.array(labels), return_inverse=True)
    listed = Listed(folder, tuple(paths), tuple(indices.tolist()), tuple(classes.tolist()), (), out)
    return replace(listed, groups=tuple(groups), read_as=told, notes=notes), None


def _guessed(table: Path, label: str, others: Sequence[str]) -> Problem:
    """Tell that a column has labels for being the last, with others that may have them."""
    fixes = tuple(
        Fix("take_labels_of", SetDataArguments({"label": name}), {"column": name})
        for name in others
        if name != label
    )
    values = {"path": table.name, "column": label}
    return Problem("labels_guessed", values, parameter="data.label", fixes=fixes[:_OFFERED])


def _marked(places: Sequence[int], rows: Sequence[Sequence[str]]) -> list[int]:
    """Return the columns of zeros and ones, where these are several."""
    values = {place: {row[place].strip() for row in rows} for place in places}
    found = [place for place in places if values[place] <= {"0", "1", "0.0", "1.0"}]
    return found if len(found) > 1 else []


def _known(files: Sequence[str]) -> dict[str, str]:
    """Return each picture by what a table may call it: its path or its name, ending or not."""
    known: dict[str, str] = {}
    for path in files:
        name = path.rpartition("/")[2]
        for each in (os.path.splitext(name)[0], name, os.path.splitext(path)[0], path):  # noqa: PTH122
            known[each] = path
    return known


def _path_of(cell: str, known: Mapping[str, str]) -> str | None:
    name = cell.strip().replace("\\", "/").removeprefix("./")
    return known.get(name) or known.get(name.rpartition("/")[2])


def _tables(folder: Path, files: Sequence[str]) -> list[Path]:
    """Return the tables beside pictures that lie in no folders of classes.

    A table of answers to hand in names those that are to be predicted.
    """
    inner = {path.partition("/")[0] for path in files if "/" in path}
    if len(inner) > 1 and any(part_named(f"{each}/") is None for each in inner):
        return []
    near = sorted(folder.iterdir())
    far = [each for one in near if one.is_dir() for each in sorted(one.glob("*.?sv"))]
    tables = [each for each in near if each.suffix.lower() in (".csv", ".tsv")] or far
    found = (each for each in tables if "submission" not in each.stem.lower() and each.is_file())
    return list(islice(found, _MOST_TABLES))


def _best(tables: Sequence[Path], known: Mapping[str, str]) -> Path | None:
    """Return the table that names most of the pictures."""
    best, most = None, 0
    for table in tables:
        try:
            header, rows = _rows(table)
        except Refusal:
            continue
        at = _paths_at(header, rows, known)
        count = 0 if at is None else sum(_path_of(row[at], known) is not None for row in rows)
        if count > most:
            best, most = table, count
    return best


def _rows(path: Path) -> tuple[list[str], list[list[str]]]:
    if path.stat().st_size > _LARGEST:
        refuse("data_unreadable", path=path, reason=phrase("it is too large"))
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            first = file.readline()
            file.seek(0)
            mark = max(",;\t", key=first.count)
            header, *rows = [row for row in csv.reader(file, delimiter=mark) if row]
    except (OSError, UnicodeDecodeError, csv.Error, ValueError) as error:
        refuse("data_unreadable", path=path, reason=str(error))
    return header, [row for row in rows if len(row) == len(header)]


def _paths_at(header: list[str], rows: list[list[str]], known: Mapping[str, str]) -> int | None:
    """Return the column in which most cells are called as pictures are, or as those there are."""
    for place in range(len(header)):
        ends = (os.path.splitext(row[place].strip())[1].lower() in SUFFIXES for row in rows)  # noqa: PTH122
        if rows and 2 * sum(ends) > len(rows):
            return place
    named = [
        len({_path_of(row[place], known) for row in rows} - {None}) for place in range(len(header))
    ]
    most = max(named, default=0)
    return named.index(most) if 2 * most > len(rows) else None


def _numbers(labels: list[str]) -> Array | None:
    try:
        numbers = np.array(labels, np.float64)
    except ValueError:
        return None
    is_whole = bool((numbers == np.floor(numbers)).all())
    return numbers.astype(np.int64) if is_whole else numbers
