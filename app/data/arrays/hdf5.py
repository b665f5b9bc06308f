"""Arrays from HDF5 files, where the library for them is installed."""

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
        need_memory(path, sum(each.nbytes for each in found.values()))
        for name, each in found.items():
            is_text = h5py.check_string_dtype(each.dtype) is not None
            array = np.asarray(each.asstr()[...] if is_text else each[...])
            if is_text:
                array = array.astype(np.str_)
            if array.dtype.hasobject:
                refuse("data_of_objects", path=path, array=name)
            yield name, array
