"""Arrays from HDF5 files, where the library for them is installed.

What is not packed or cut into chunks is mapped into memory, so that nothing of it is copied.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from app.data.dataset import Array, need_memory, refuse
from graph_model.phrases import phrase


def read_hdf5(path: Path) -> Iterator[tuple[str, Array]]:
    """Yield the data sets of a file by their place in it."""
    try:
        h5py: Any = import_module("h5py")
    except ImportError:
        reason = phrase("HDF5 files are read where the Python package h5py is installed")
        refuse("data_unreadable", path=path, reason=reason)
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
                yield name, np.memmap(path, each.dtype, "c", begin, each.shape)
                continue
            is_text = h5py.check_string_dtype(each.dtype) is not None
            array = np.asarray(each.asstr()[...] if is_text else each[...])
            if is_text:
                array = array.astype(np.str_)
            if array.dtype.hasobject:
                refuse("data_of_objects", path=path, array=name)
            yield name, array


def _begin(file: Any, each: Any) -> int | None:
    """Return where the numbers of a data set begin in its file, where they lie in one piece."""
    is_plain = each.dtype.kind in "fiu" and each.size and each.chunks is None
    if not is_plain or each.external or each.is_virtual or file.userblock_size:
        return None
    begin: int | None = each.id.get_offset()
    return begin
