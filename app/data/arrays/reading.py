"""The arrays of a file or a folder, by name, whatever kind it is. Pickles are never read."""

from __future__ import annotations

import lzma
import struct
import tokenize
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import numpy as np

from app.data.array_files import array_files
from app.data.arrays.hdf5 import read_hdf5, read_matlab
from app.data.arrays.stored import read_npy, read_npz, read_safetensors
from app.data.dataset import Array, at_home, existing, refuse
from app.data.foreign import HDF5_BEGINS, is_new_matlab
from app.paths import is_folder
from graph_model.phrases import phrase

SUFFIXES: Final = frozenset({".npz", ".npy", ".safetensors", ".h5", ".hdf5", ".mat"})
ALONE: Final = "X"
"""What the array of a file is called that holds one without a name."""
_UNREADABLE: Final = (
    OSError,
    ValueError,
    TypeError,
    EOFError,
    KeyError,
    MemoryError,
    NotImplementedError,
    RuntimeError,
    SyntaxError,
    OverflowError,
    struct.error,
    tokenize.TokenError,
    zlib.error,
    lzma.LZMAError,
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
)
"""What is raised for files that are broken, locked or packed in unknown ways."""


def place_of(given: object) -> Path:
    """Return the file or folder that is given, refused where there is none."""
    return existing(given, "folder" if given and is_folder(at_home(given)) else "file")


def read_arrays(path: Path) -> dict[str, Array]:
    """Return the arrays of a file, or of the files in a folder; what is not packed is mapped."""
    try:
        return dict(_ordered(_arrays(path)))
    except _UNREADABLE as error:
        refuse("data_unreadable", path=path, reason=_reason(error))


def _arrays_within(folder: Path) -> Iterable[tuple[str, Array]]:
    files = array_files(folder)
    if not files:
        raise ValueError(phrase("it is a folder"))
    return [(each.relative_to(folder).with_suffix("").as_posix(), read_npy(each)) for each in files]


def _arrays(path: Path) -> Iterable[tuple[str, Array]]:
    if is_folder(path):
        return _arrays_within(path)
    with path.open("rb") as file:
        start = file.read(8)
    if start.startswith(b"PK"):
        return read_npz(path)
    if start == HDF5_BEGINS:
        return read_hdf5(path)
    if is_new_matlab(path):
        return read_matlab(path)
    if path.suffix.lower() == ".safetensors":
        return read_safetensors(path)
    return [(ALONE, read_npy(path))]


def _ordered(arrays: Iterable[tuple[str, Array]]) -> Iterable[tuple[str, Array]]:
    """Yield arrays of at least one dimension in this machine's byte order; fields each alone."""
    for name, found in arrays:
        array = np.atleast_1d(found)
        for field in array.dtype.names or ():
            yield field, _native(array[field])
        if array.dtype.names is None:
            yield name, _native(array)


def _native(array: Array) -> Array:
    return array if array.dtype.isnative else array.astype(array.dtype.newbyteorder("="))


def _reason(error: BaseException) -> object:
    text = error.args[0] if len(error.args) == 1 else str(error)
    return text if str(text).strip() else type(error).__name__
