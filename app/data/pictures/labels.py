"""Pictures whose classes, or numbers, stand in a table beside them."""

from __future__ import annotations

import csv
import os
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np

from app.data.arrays.looks import look_at
from app.data.dataset import Array, existing, refuse
from app.data.pictures.listing import Listed, files_of
from codegen.pictures import SUFFIXES
from graph_model.phrases import phrase

_LABELS: Final = ("label", "labels", "class", "target", "category", "y")
_TOGETHER: Final = ("fold", "group", "speaker", "patient", "subject")
"""What a column is called that says which samples belong together."""
_LARGEST: Final = 2**27


def list_of_table(
    folder: Path, table: str, suffixes: Collection[str] = SUFFIXES
) -> tuple[Listed, Array | None] | None:
    """Return the pictures of a table, and their numbers where these are no classes.

    None where no table was named, and none lies alone beside pictures that are in no folders.
    """
    files, left_out = files_of(folder, suffixes)
    found = existing(table, "file") if table else _beside(folder, files)
    if found is None:
        return None
    header, rows = _rows(found)
    at = _paths_at(header, rows, suffixes)
    if at is None:
        reason = phrase("no column holds names of pictures")
        refuse("data_unreadable", parameter="data.table", path=found, reason=reason)
    others = [place for place in range(len(header)) if place != at]
    named = [place for place in others if header[place].strip().lower() in _LABELS]
    if not others:
        reason = phrase("no column holds labels")
        refuse("data_unreadable", parameter="data.table", path=found, reason=reason)
    in_words = [place for place in named if _numbers([row[place] for row in rows]) is None]
    label = (in_words or named or others[-1:])[0]
    together = [place for place in others if header[place].strip().lower() in _TOGETHER]
    known = {os.path.basename(path): path for path in files} | {path: path for path in files}  # noqa: PTH119
    known |= {os.path.splitext(path)[0]: path for path in files}  # noqa: PTH122
    paths, labels, groups, missing = [], [], [], []
    for row in rows:
        name = row[at].strip().replace("\\", "/").removeprefix("./")
        path = known.get(name) or known.get(os.path.basename(name))  # noqa: PTH119
        if path is None:
            missing.append((name, phrase("there is no such picture")))
        else:
            paths.append(path)
            labels.append(row[label].strip())
            groups += [row[place].strip() for place in together[:1]]
    if len(paths) < 2:
        what = phrase("samples")
        refuse("data_too_few", path=found, got=len(paths), what=what, expected=2)
    out = (*left_out, *missing)
    numbers = _numbers(labels)
    if numbers is not None and look_at(numbers, is_target=True).type == "number":
        return Listed(folder, tuple(paths), (), (), (), out), numbers
    classes, indices = np.unique(np.array(labels), return_inverse=True)
    listed = Listed(folder, tuple(paths), tuple(indices.tolist()), tuple(classes.tolist()), (), out)
    return replace(listed, groups=tuple(groups)), None


def _beside(folder: Path, files: list[str]) -> Path | None:
    """Return the one table in a folder in which pictures lie without folders of classes.

    It lies there, or else in a folder of its own.
    """
    if len({path.partition("/")[0] for path in files if "/" in path}) > 1:
        return None
    near = [*folder.iterdir()]
    far = [each for inner in near if inner.is_dir() for each in inner.glob("*.?sv")]
    tables = [each for each in near if each.suffix.lower() in (".csv", ".tsv")] or far
    return tables[0] if len(tables) == 1 and tables[0].is_file() else None


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


def _paths_at(
    header: list[str], rows: list[list[str]], suffixes: Collection[str] = SUFFIXES
) -> int | None:
    """Return the column in which most cells are called as pictures are."""
    for place in range(len(header)):
        ends = (os.path.splitext(row[place].strip())[1].lower() in suffixes for row in rows)  # noqa: PTH122
        if rows and 2 * sum(ends) > len(rows):
            return place
    return None


def _numbers(labels: list[str]) -> Array | None:
    try:
        numbers = np.array(labels, np.float64)
    except ValueError:
        return None
    is_whole = bool((numbers == np.floor(numbers)).all())
    return numbers.astype(np.int64) if is_whole else numbers
