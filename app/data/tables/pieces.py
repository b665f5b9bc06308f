"""The bytes of a table in pieces of whole rows, as UTF-8: how far one is, is told, and bounded."""

from __future__ import annotations

import codecs
import gzip
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final, cast

import numpy as np

from app.data.dataset import LIMIT, need_memory, refuse
from app.data.progress import tell
from app.data.tables.encodings import codec_of
from app.data.tables.rules import Rules
from app.data.tables.table import refuse_line
from graph_model.phrases import phrase

PIECE: Final = 1 << 23
_FIRST_OF_LARGE: Final = 1 << 20
"""The first piece is looked at cell by cell."""
LONGEST_LINE: Final = 1 << 26
_FORESEEN: Final = 1 << 26
"""After so many bytes of text it is foreseen how much there will be."""
READING: Final = 0.8
"""Reading is taken to be this share of all the work; understanding is the rest."""


@dataclass
class Source:
    """A file of text, packed or not, and how far it was read."""

    path: Path
    file: IO[bytes]

    @classmethod
    def of(cls, path: Path) -> Source:
        """Open a file."""
        if path.suffix.lower() == ".gz":
            return cls(path, cast("IO[bytes]", gzip.open(path)))
        return cls(path, path.open("rb"))

    @property
    def is_packed(self) -> bool:
        """Whether how much is in it is known at its end alone."""
        return isinstance(self.file, gzip.GzipFile)

    def share(self) -> float:
        """Return how much of the file was read, from 0 to 1."""
        raw = self.file.fileobj if isinstance(self.file, gzip.GzipFile) else self.file
        size = os.fstat(self.file.fileno()).st_size
        return min(1.0, raw.tell() / size) if raw is not None and size else 1.0


@dataclass
class Pieces:
    """Whole rows of a file, piece by piece."""

    source: Source
    rules: Rules
    is_large: bool = False
    expected: int = 0
    """About how many rows there will be."""
    held: int = 0
    """How many bytes what was read so far takes in memory, as whoever takes the pieces says."""

    def __iter__(self) -> Iterator[tuple[int, bytes]]:
        """Yield rows as UTF-8 after what is skipped, with the number of the first line."""
        path = self.source.path
        size = path.stat().st_size
        self.is_large = self.source.is_packed or size > PIECE
        rest, line, total = b"", 1, 0
        for raw, fresh in self._decoded():
            total += len(raw)
            self._need_room(total)
            data = _unix(rest + fresh if rest else fresh, is_last=not raw)
            if line == 1:
                data = data.removeprefix(codecs.BOM_UTF8)
            if line == 1 and self.rules.skip and data:
                for _ in range(self.rules.skip):
                    data = data[data.find(b"\n") + 1 :]
                line += self.rules.skip
            if not raw:
                if data:
                    yield line, data
                return
            cut = _end_of_rows(data, self.rules)
            rest = data[cut:]
            if len(rest) > LONGEST_LINE:
                refuse_line(path, line + data.count(b"\n", 0, cut), phrase("it is too long"))
            if cut:
                ends = int(np.count_nonzero(np.frombuffer(data, np.uint8, cut) == 10))
                self.expected = self.expected or int(1.02 * size / cut * ends) + 1000
                yield line, data[:cut]
                line += ends

    def _decoded(self) -> Iterator[tuple[bytes, bytes]]:
        """Yield what is read as it stands in the file, and as UTF-8; at last nothing."""
        decode = None
        if self.rules.encoding != "utf-8":
            decode = codecs.getincrementaldecoder(codec_of(self.rules.encoding))()
        check = codecs.getincrementaldecoder("utf-8")()
        size = _FIRST_OF_LARGE if self.is_large else PIECE
        while True:
            raw = self.source.file.read(size)
            size = PIECE
            tell(READING * self.source.share(), 1)
            try:
                if decode:
                    yield raw, decode.decode(raw, not raw).encode("utf-8", "replace")
                else:
                    if not raw.isascii():
                        check.decode(raw, not raw)
                    yield raw, raw
            except UnicodeDecodeError as error:
                reason = phrase(
                    "it is not {encoding} text ({reason})",
                    encoding=self.rules.encoding,
                    reason=error.reason,
                )
                refuse("data_unreadable", path=self.source.path, reason=reason)
            if not raw:
                return

    def _need_room(self, total: int) -> None:
        """Refuse what is too large, or will be as far as its beginning tells."""
        path = self.source.path
        need_memory(path, self.held)
        if self.source.is_packed:
            need_memory(path, total)
        share = self.source.share()
        if total < _FORESEEN or not share:
            return
        foreseen = round(max(self.held, total * self.source.is_packed) / share)
        if foreseen > 1.1 * LIMIT:  # what was foreseen may be wrong by some
            need_memory(path, foreseen)


def _unix(data: bytes, *, is_last: bool) -> bytes:
    """Return lines that end as in Unix; a ``\\r`` at the end waits for what follows."""
    if b"\r" not in data:
        return data
    data = data.replace(b"\r\n", b"\n") if not is_last or not data.endswith(b"\r") else data
    if b"\r" not in data[:-1]:
        return data
    tail = b"\r" if data.endswith(b"\r") else b""
    return data[: len(data) - len(tail)].replace(b"\r", b"\n") + tail


def _end_of_rows(data: bytes, rules: Rules) -> int:
    """Return where the last whole row ends: at a line end outside quotes."""
    cut = data.rfind(b"\n") + 1
    if not rules.quotes or b'"' not in data:
        return cut
    array = np.frombuffer(data, np.uint8)
    inside = np.cumsum(array == 34) & 1
    ends = np.flatnonzero((array == 10) & (inside == 0))
    return int(ends[-1]) + 1 if len(ends) else 0
