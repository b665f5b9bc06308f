"""Files that hold data in a form that is not read: what they are, and what can be done."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from itertools import chain, islice
from pathlib import Path
from typing import Final

from codegen.pictures import SUFFIXES
from graph_model.files.plain_file import is_plain_file, read_start
from graph_model.problems import Problem

_ENDINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "data_is_pickle": (".pkl", ".pickle", ".p", ".joblib", ".dill"),
    "data_is_matlab": (".mat",),
    "data_is_torch": (".pt", ".pth", ".ckpt"),
    "data_is_medical": (".dcm", ".dicom", ".nii", ".nii.gz", ".nrrd", ".mha"),
    "data_is_records": (".tfrecord", ".tfrecords", ".lmdb", ".mdb", ".rec", ".arrow", ".feather"),
    "data_is_workbook": (".xls", ".xlsb", ".xlsm", ".ods", ".numbers"),
    "data_is_statistics": (".sav", ".dta", ".sas7bdat", ".rds", ".rdata", ".rda"),
    "data_is_database": (".sql", ".sqlite", ".sqlite3", ".db", ".accdb"),
    "data_is_weka": (".arff",),
    "data_is_archive": (".zip", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz", ".rar", ".7z"),
    "data_is_video": (".mp4", ".avi", ".mov", ".mkv", ".webm"),
    "data_is_picture": SUFFIXES,
}
"""The problem that is told of a file, by how it is called."""
HDF5_BEGINS: Final = b"\x89HDF\r\n\x1a\n"
HDF5_AT: Final = 512
"""Where HDF5 begins in a file of MATLAB."""
_SPARSE: Final = ("", ".txt", ".svm", ".libsvm", ".dat", ".data")
_SPARSE_LINE: Final = re.compile(rb"[+-]?[\d.]+(?:,[\d.]+)*(?: \d+:[\d.eE+-]+)+\s*")
_BEGINNING, _MOST_LINES = 2**14, 20
"""What is looked at of a file: so many bytes and lines."""
_PLACEHOLDER: Final = b"version https://git-lfs.github.com/spec/"
_CIFAR: Final = ("data_batch", "test_batch", "batches.meta")
_MOST: Final = 200


def foreign(path: Path) -> Problem | None:
    """Return why a file is not read as data, with what can be done; none for any other file."""
    name, values = path.name.lower(), {"path": str(path)}
    if name.startswith(_CIFAR) and _begins_as_pickle(path):
        return Problem("data_is_cifar", values, parameter="data.path")
    if is_new_matlab(path):
        return None
    for code, endings in _ENDINGS.items():
        if name.endswith(endings) and name not in endings:
            return Problem(code, values, parameter="data.path")
    if is_placeholder(path):
        return Problem("data_is_placeholder", values, parameter="data.path")
    if is_sparse(path):
        return Problem("data_is_sparse", values, parameter="data.path")
    if not path.suffix and _begins_as_pickle(path):
        return Problem("data_is_pickle", values, parameter="data.path")
    return None


def is_placeholder(path: Path) -> bool:
    """Tell whether a file stands for one that Git LFS has not fetched."""
    return _begin(path).startswith(_PLACEHOLDER)


def is_web_page(path: Path) -> bool:
    """Tell whether a file holds a page of the web, such as one that says what went wrong."""
    return _begin(path).lstrip().lower().startswith((b"<!doctype html", b"<html"))


def _begin(path: Path) -> bytes:
    """Return how an ordinary file begins, nothing of any other."""
    try:
        return read_start(path, 200)
    except (OSError, ValueError):
        return b""


def is_new_matlab(path: Path) -> bool:
    """Tell whether a file is one of MATLAB from version 7.3 on, which is HDF5 behind a title."""
    if path.suffix.lower() != ".mat":
        return False
    try:
        if not is_plain_file(path):
            return False
        with path.open("rb") as file:
            return file.read(HDF5_AT + len(HDF5_BEGINS))[HDF5_AT:] == HDF5_BEGINS
    except OSError:
        return False


def is_sparse(path: Path) -> bool:
    """Tell whether the lines of a file are those of LIBSVM: a label, then pairs index:value."""
    if path.suffix.lower() not in _SPARSE:
        return False
    try:
        if not is_plain_file(path):
            return False
        with path.open("rb") as file:
            lines = file.read(_BEGINNING).splitlines()[:_MOST_LINES]
    except OSError:
        return False
    whole = lines[:-1] if len(lines) > 1 else lines
    return bool(whole) and all(_SPARSE_LINE.fullmatch(line) for line in whole)


def foreign_folder(folder: Path) -> Problem | None:
    """Return what most files of a folder without pictures are, where that is not read."""
    files = islice(chain(folder.glob("*"), folder.glob("*/*")), _MOST)
    found = [foreign(each) for each in files if each.is_file()]
    told = [each for each in found if each is not None and each.code != "data_is_picture"]
    if not told:
        return None
    most, _ = Counter(each.code for each in told).most_common(1)[0]
    return next(each for each in told if each.code == most)


def _begins_as_pickle(path: Path) -> bool:
    """Tell whether a file begins as pickles do, from the second protocol on."""
    try:
        if not is_plain_file(path):
            return False
        with path.open("rb") as file:
            start = file.read(2)
    except OSError:
        return False
    return len(start) == 2 and start[0] == 0x80 and 2 <= start[1] <= 5
