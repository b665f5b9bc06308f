"""Arrays from a ``.npz`` file. Pickled objects are never read."""

from __future__ import annotations

import lzma
import zipfile
import zlib
from pathlib import Path
from typing import Final

import numpy as np

from app.data.dataset import (
    Array,
    Dataset,
    describe_arrays,
    existing,
    need_memory,
    refuse,
)
from graph_model.phrases import phrase
from graph_model.recipes.facts import Task
from graph_model.values import Arguments

FEATURE_NAMES: Final = ("features", "x", "x_train", "images", "data", "inputs")
TARGET_NAMES: Final = ("target", "y", "y_train", "labels", "targets")
_UNREADABLE: Final = (
    OSError,
    ValueError,
    EOFError,
    KeyError,
    MemoryError,
    NotImplementedError,
    RuntimeError,
    SyntaxError,
    zlib.error,
    lzma.LZMAError,
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
)
"""What numpy and zipfile raise for archives that are broken, locked or packed in unknown ways."""
MOST_CLASSES: Final = 10_000


def load(arguments: Arguments) -> Dataset:
    """Read every array of the file whose first dimension counts the samples."""
    path = existing(arguments["path"], "file")
    raw = read_arrays(path)
    features = _pick(path, raw, str(arguments["features"]), FEATURE_NAMES, "features")
    rest = {name: array for name, array in raw.items() if name != features}
    target = _pick(path, rest, str(arguments["target"]), TARGET_NAMES, "target")
    samples = len(raw[features])
    if len(raw[target]) != samples:
        refuse(
            "data_lengths_differ",
            path=path,
            array=target,
            got=len(raw[target]),
            other=features,
            expected=samples,
        )
    if samples < 2:
        refuse("data_too_few", path=path, got=samples, what=phrase("samples"), expected=2)
    arrays = {
        name: _numbers(path, name, array)
        for name, array in raw.items()
        if name != target and len(array) == samples
    }
    arrays[target], class_names = _target(path, target, raw[target])
    task: Task = "classification" if class_names else "regression"
    classes = {name: _class_count(array) for name, array in arrays.items()}
    facts = describe_arrays(
        arrays, task, class_names, features=features, target=target, classes=classes
    )
    return Dataset(arrays, facts)


def read_arrays(path: Path) -> dict[str, Array]:
    """Read the arrays, having looked at the sizes first."""
    try:
        with zipfile.ZipFile(path) as archive:
            need_memory(path, sum(entry.file_size for entry in archive.infolist()))
        with np.load(path, allow_pickle=False) as loaded:
            return {name: np.atleast_1d(loaded[name]) for name in loaded.files}
    except _UNREADABLE as error:
        refuse("data_unreadable", path=path, reason=error)


def _pick(
    path: Path, arrays: dict[str, Array], wanted: str, usual: tuple[str, ...], role: str
) -> str:
    """Return the name of the array for a role: the wanted one, or one of the usual names.

    Where none has such a name, the first array that is not called as a target is has the
    features, and the last one the target.
    """
    by_lower = {name.lower(): name for name in arrays}
    found = wanted if wanted in arrays else ""
    if not wanted:
        named = [by_lower[name] for name in usual if name in by_lower]
        others = [name for name in arrays if name.lower() not in TARGET_NAMES]
        left = others[:1] if role == "features" else list(arrays)[-1:]
        found = next(iter(named + left), "")
    if not found:
        choices = ", ".join(arrays) or "none"
        refuse(
            "data_no_array",
            parameter=f"data.{role}",
            path=path,
            array=wanted or usual[0],
            choices=choices,
        )
    return found


def _numbers(path: Path, name: str, array: Array) -> Array:
    """Return pixels and measurements as float32, indices as int64."""
    if array.dtype.kind not in "fiub":
        refuse(
            "data_bad_array",
            path=path,
            array=name,
            got=array.dtype,
            expected=phrase("numbers"),
        )
    if array.dtype.kind == "i" or (array.dtype.kind == "u" and array.dtype.itemsize > 1):
        return array.astype(np.int64)
    need_memory(path, 4 * array.size)
    with np.errstate(over="ignore"):  # what float32 cannot hold is refused below
        numbers = array.astype(np.float32)
    bad = np.flatnonzero(~np.isfinite(numbers).reshape(len(numbers), -1).all(axis=1))
    if len(bad):
        refuse("data_not_finite", path=path, array=name, row=int(bad[0]))
    return numbers


def _class_count(array: Array) -> int:
    """Return how many classes flat whole numbers may stand for, 0 where they cannot."""
    if array.dtype.kind != "i" or array.ndim != 1 or array.min() < 0:
        return 0
    count = max(2, int(array.max()) + 1)
    return count if count <= MOST_CLASSES else 0


def _target(path: Path, name: str, array: Array) -> tuple[Array, tuple[str, ...]]:
    """Return the target with its class names: of words and of flat whole numbers, else none."""
    if array.ndim == 2 and array.shape[1] == 1 and array.dtype.kind in "iubU":
        array = array[:, 0]
    if array.dtype.kind == "U":
        words, indices = np.unique(array, return_inverse=True)
        return indices.astype(np.int64), tuple(map(str, words))
    if array.dtype.kind not in "iub" or array.ndim != 1:
        numbers = _numbers(path, name, array).astype(np.float32)
        return (numbers.reshape(-1, 1) if numbers.ndim == 1 else numbers), ()
    lowest, highest = int(array.min()), int(array.max())
    if lowest < 0 or highest >= MOST_CLASSES:
        refuse(
            "data_bad_array",
            path=path,
            array=name,
            got=f"{lowest} – {highest}",
            expected=phrase(
                "classes from 0 to at most {largest}, or float numbers", largest=MOST_CLASSES - 1
            ),
        )
    return array.astype(np.int64), tuple(map(str, range(max(2, highest + 1))))
