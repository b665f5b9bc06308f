"""Arrays from HDF5 files, where the library for them is installed.

What is not packed or cut into chunks is read from its place, or mapped where it is large.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from app.data.arrays.stored import array_at
from app.data.dataset import Array, need_memory, refuse
from graph_model.phrases import phrase


def read_hdf5(path: Path) -> Iterator[tuple[str, Array]]:
    """Yield the data sets of a file by their place in it."""
    h5py = _library(path)
    with h5py.File(path, "r") as file:
        found: dict[str, Any] = {}

        def visit(name: str, each: Any) -> None:
            if isinstance(each, h5py.Dataset) and each.shape is not None:
                found[name] = each

        file.visititems(visit)
        begins = {name: _begin(file, each) for name, each in found.items()}
        read = (each.nbytes for name, each in found.items() if begins[name] is None)
        need_memory(path, sum(read))
        for name, each in found.items():
            begin = begins[name]
            if begin is not None:
                yield name, array_at(path, name, begin, each.dtype, each.shape)
                continue
            is_text = h5py.check_string_dtype(each.dtype) is not None
            array = np.asarray(each.asstr()[...] if is_text else each[...])
            if is_text:
                array = array.astype(np.str_)
            if array.dtype.hasobject:
                refuse("data_of_objects", path=path, array=name)
            yield name, array


def read_matlab(path: Path) -> Iterator[tuple[str, Array]]:
    """Yield the arrays of a file of MATLAB from version 7.3 on; what they hold is no object of it.

    They lie there with their dimensions the other way round. Cells of words become words; other
    cells, structures and empty arrays are left out.
    """
    h5py = _library(path)
    with h5py.File(path, "r") as file:
        found = {name: each for name, each in file.items() if isinstance(each, h5py.Dataset)}
        need_memory(path, sum(each.nbytes for each in found.values()))
        for name, each in found.items():
            kind = each.attrs.get("MATLAB_class", b"")
            if each.attrs.get("MATLAB_empty", 0):
                continue
            if kind == b"cell":
                words = [_text(file[place]) for place in each[...].ravel()]
                if None not in words:
                    yield name, np.array(words, np.str_)
            elif each.dtype.kind in "fiu" and kind != b"char":
                yield name, np.ascontiguousarray(each[...].T)


def _text(each: Any) -> str | None:
    """Return the letters of a cell, ``None`` where it has something else."""
    if each.attrs.get("MATLAB_class", b"") != b"char":
        return None
    empty = each.attrs.get("MATLAB_empty", 0)
    return "" if empty else "".join(map(chr, each[...].ravel().tolist()))


def _library(path: Path) -> Any:
    try:
        return import_module("h5py")
    except ImportError:
        reason = phrase("HDF5 files are read where the Python package h5py is installed")
        refuse("data_unreadable", path=path, reason=reason)


def _begin(file: Any, each: Any) -> int | None:
    """Return where the numbers of a data set begin in its file, where they lie in one piece."""
    is_plain = each.dtype.kind in "fiu" and each.size and each.chunks is None
    if not is_plain or each.external or each.is_virtual or file.userblock_size:
        return None
    begin: int | None = each.id.get_offset()
    return begin
