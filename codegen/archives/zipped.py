"""The files of a zip archive, read where they lie and never unpacked to the disk."""

from __future__ import annotations

import struct
import zipfile
import zlib
from pathlib import Path
from typing import Final

from codegen.archives.mapped import mapped
from codegen.archives.protobuf import DamagedError
from graph_model.files.plain_file import need_plain_file
from graph_model.problems import Problem, Refusal

_LARGEST: Final = 1 << 28
"""How many bytes a file has at most that is packed, once it is not."""
_HEADER: Final = struct.Struct("<4s22xHH")
_DAMAGED: Final = (zipfile.BadZipFile, NotImplementedError, RuntimeError, zlib.error, OSError,
                   ValueError, EOFError, struct.error, KeyError)  # fmt: skip
"""What Python raises for a damaged archive."""


class Zipped:
    """The files by their names, without the folder that all of them lie in."""

    def __init__(self, path: Path) -> None:
        self._data = mapped(path)
        try:
            need_plain_file(path)
            self._zip = zipfile.ZipFile(path)
            self._entries = {each.filename.partition("/")[2]: each for each in self._zip.infolist()}
        except _DAMAGED as error:
            values = {"path": path.name, "format": path.suffix, "reason": str(error)}
            raise Refusal(Problem("archive_damaged", values)) from None

    def close(self) -> None:
        """Let go of the file; what was read of it stays."""
        self._zip.close()

    def names(self) -> list[str]:
        """Return the names of all files."""
        return [*self._entries]

    def read(self, name: str) -> memoryview:
        """Return the bytes of a file; raises ``DamagedError`` where they cannot be read."""
        entry = self._entries.get(name)
        if entry is None:
            raise DamagedError(f"it has no {name}")
        try:
            if entry.compress_type == zipfile.ZIP_STORED and not entry.flag_bits & 1:
                return self._stored(entry)
            if entry.file_size > _LARGEST:
                raise DamagedError(f"{name} is too large")
            with self._zip.open(entry) as file:
                return memoryview(file.read(_LARGEST))
        except _DAMAGED as error:
            raise DamagedError(f"{name} cannot be read ({error})") from None

    def _stored(self, entry: zipfile.ZipInfo) -> memoryview:
        """Return the bytes of a file that is not packed, without a copy."""
        start = entry.header_offset
        header = self._data[start : start + 30]
        mark, name, extra = _HEADER.unpack(header)
        first = start + 30 + name + extra
        if mark != b"PK\3\4" or first + entry.file_size > len(self._data):
            raise DamagedError(f"{entry.filename} is longer than the archive")
        return self._data[first : first + entry.file_size]
