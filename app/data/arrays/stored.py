"""Arrays where they lie in a file: large ones are mapped into memory, so that nothing is copied.

Small ones are read. A file that somebody cuts off while it is mapped, as ``numpy.save`` does that
writes it anew, ends the whole program with SIGBUS where its pages are touched next.
"""

from __future__ import annotations

import io
import json
import math
import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, Final, Literal

import numpy as np
from numpy.lib import format as numpy_format

from app.data.dataset import Array, need_memory, refuse
from app.data.rows import LARGE
from graph_model.frozen import frozen
from graph_model.phrases import phrase

_SAFETENSORS: Final = {
    "F64": "<f8",
    "F32": "<f4",
    "F16": "<f2",
    "I64": "<i8",
    "I32": "<i4",
    "I16": "<i2",
    "I8": "i1",
    "U64": "<u8",
    "U32": "<u4",
    "U16": "<u2",
    "U8": "u1",
    "BOOL": "?",
}
_LONGEST_HEADER: Final = 100_000_000
_LOCAL_HEADER: Final = struct.Struct("<4s22xHH")
_CHUNK: Final = 2**20


@frozen
class _Header:
    """What stands before the elements of an array in NumPy's format, and how long that is."""

    shape: tuple[int, ...]
    is_fortran: bool
    dtype: np.dtype[Any]
    length: int

    @property
    def size(self) -> int:
        """How many bytes the elements take."""
        return math.prod(self.shape) * self.dtype.itemsize


def read_npz(path: Path) -> Iterator[tuple[str, Array]]:
    """Yield the arrays of an archive by name; those that are not packed are mapped."""
    with zipfile.ZipFile(path) as archive, path.open("rb") as file:
        members = [each for each in archive.infolist() if each.filename.endswith(".npy")]
        packed = (each for each in members if each.compress_type != zipfile.ZIP_STORED)
        need_memory(path, sum(each.file_size for each in packed))
        for member in members:
            name = member.filename.removesuffix(".npy")
            if member.compress_type == zipfile.ZIP_STORED and not member.flag_bits & 1:
                yield name, _mapped(path, name, file, _begin(file, member), member.file_size)
            else:
                with archive.open(member) as unpacked:
                    yield name, _unpacked(path, name, unpacked, member.file_size)


def read_npy(path: Path) -> Array:
    """Return the one array of a file, mapped."""
    with path.open("rb") as file:
        return _mapped(path, path.stem, file, 0, path.stat().st_size)


def read_safetensors(path: Path) -> Iterator[tuple[str, Array]]:
    """Yield the tensors of a file by name, mapped."""
    size = path.stat().st_size
    with path.open("rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        if length > min(size, _LONGEST_HEADER):
            raise ValueError(phrase("its header is broken"))
        header = json.loads(file.read(length))
    for name, told in header.items():
        if name == "__metadata__":
            continue
        if told["dtype"] not in _SAFETENSORS:
            expected = phrase("numbers")
            refuse("data_bad_array", path=path, array=name, got=told["dtype"], expected=expected)
        dtype, shape = np.dtype(_SAFETENSORS[told["dtype"]]), tuple(map(int, told["shape"]))
        begin, end = map(int, told["data_offsets"])
        found = _Header(shape, is_fortran=False, dtype=dtype, length=8 + length + begin)
        if not (0 <= begin <= end <= size - 8 - length and end - begin == found.size):
            raise ValueError(phrase("its header is broken"))
        yield name, array_at(path, name, found.length, dtype, shape)


def _begin(file: IO[bytes], member: zipfile.ZipInfo) -> int:
    """Return where the bytes of a member begin in the archive."""
    file.seek(member.header_offset)
    _, name, extra = _LOCAL_HEADER.unpack(file.read(_LOCAL_HEADER.size))
    return int(member.header_offset + _LOCAL_HEADER.size + name + extra)


def _mapped(path: Path, name: str, file: IO[bytes], begin: int, size: int) -> Array:
    file.seek(begin)
    header = _header(path, name, file)
    if header.length + header.size > size:
        raise ValueError(phrase("the array “{array}” is cut off", array=name))
    order: Literal["F", "C"] = "F" if header.is_fortran else "C"
    return array_at(path, name, begin + header.length, header.dtype, header.shape, order)


def array_at(
    path: Path,
    name: str,
    begin: int,
    dtype: np.dtype[Any],
    shape: tuple[int, ...],
    order: Literal["F", "C"] = "C",
) -> Array:
    """Return the array that begins at a place of a file.

    Raises ``ValueError`` where the file ends before it.
    """
    size = math.prod(shape) * dtype.itemsize
    if size >= LARGE:
        # Copied where somebody writes, which nobody does; torch wants arrays that can be written to
        return np.memmap(path, dtype, "c", begin, shape, order)
    flat = np.empty(size, np.uint8)
    with path.open("rb") as file:
        file.seek(begin)
        if file.readinto(flat.data) < size:
            raise ValueError(phrase("the array “{array}” is cut off", array=name))
    return flat.view(dtype).reshape(shape, order=order)


def _unpacked(path: Path, name: str, file: IO[bytes], size: int) -> Array:
    """Return an array from a stream, which is read straight into its place."""
    header = _header(path, name, file)
    if header.length + header.size > size:
        raise ValueError(phrase("the array “{array}” is cut off", array=name))
    need_memory(path, header.size)
    flat = np.empty(header.size, np.uint8)
    view, done = flat.data, 0
    while done < header.size:
        content = file.read(min(_CHUNK, header.size - done))
        if not content:
            raise ValueError(phrase("the array “{array}” is cut off", array=name))
        view[done : done + len(content)] = content
        done += len(content)
    order = "F" if header.is_fortran else "C"
    return flat.view(header.dtype).reshape(header.shape, order=order)  # type: ignore[call-overload]


def _header(path: Path, name: str, file: IO[bytes]) -> _Header:
    """Read what stands before the elements; what NumPy would unpickle is refused."""
    version = numpy_format.read_magic(file)
    rest = file.read(2 if version == (1, 0) else 4)
    length = int.from_bytes(rest, "little")
    if length > _LONGEST_HEADER:
        raise ValueError(phrase("its header is broken"))
    content = rest + file.read(length)
    read = (
        numpy_format.read_array_header_1_0
        if version == (1, 0)
        else numpy_format.read_array_header_2_0
    )
    shape, is_fortran, dtype = read(io.BytesIO(content))
    if dtype.hasobject:
        refuse("data_of_objects", path=path, array=name)
    if any(size < 0 for size in shape):
        raise ValueError(phrase("its header is broken"))
    return _Header(shape, is_fortran, dtype, len(numpy_format.MAGIC_PREFIX) + 2 + len(content))
