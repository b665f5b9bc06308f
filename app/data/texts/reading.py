"""Reading text from a file: in parts, with its encoding found out, and refused where it is none."""

from __future__ import annotations

import codecs
from pathlib import Path
from typing import Final

from app.data.bytes import format_bytes
from app.data.dataset import existing, refuse
from app.data.progress import tell
from app.data.tables.encodings import codec_of, find_encoding
from graph_model.phrases import phrase

LARGEST: Final = 64 * 2**20
"""The most bytes of text that are read: as tokens they take many times that."""
_LAST: Final = ("latin-1",)
"""What a text is read as where what its beginning looks like does not fit the rest."""
_PART: Final = 2**22
_LOOKED_AT: Final = 2**16
_MARKS: Final = (
    codecs.BOM_UTF32_LE,
    codecs.BOM_UTF32_BE,
    codecs.BOM_UTF16_LE,
    codecs.BOM_UTF16_BE,
)


def read_text(path: Path, encoding: str = "auto") -> tuple[str, str]:
    """Return the text of a file and its encoding; refused where it is none, or too large."""
    existing(path, "file")
    size = path.stat().st_size
    if size > LARGEST:
        refuse(
            "data_text_too_large", path=path, got=format_bytes(size), limit=format_bytes(LARGEST)
        )
    raw = bytearray()
    try:
        with path.open("rb") as file:
            while len(raw) <= LARGEST and (part := file.read(_PART)):
                raw += part
                tell(len(raw), size)
    except OSError as error:
        refuse("data_unreadable", path=path, reason=error.strerror or error)
    if not raw.strip():
        refuse("data_too_few", path=path, got=0, what=phrase("characters"), expected=2)
    found = _encoding_of(path, bytes(raw[:_LOOKED_AT])) if encoding == "auto" else encoding
    for name in dict.fromkeys((found, *(_LAST if encoding == "auto" else ()))):
        try:
            return _decoded(bytes(raw), name), name
        except UnicodeDecodeError as error:
            reason = error.reason
    refuse(
        "data_unreadable",
        path=path,
        reason=phrase("it is not text in {encoding} ({reason})", encoding=found, reason=reason),
    )
    return None


def _encoding_of(path: Path, start: bytes) -> str:
    """Return what a text looks like; refused where it has bytes that no text has."""
    if not start.startswith(_MARKS):
        controls = sum(byte < 32 and byte not in b"\t\n\r\f\x1b" for byte in start)
        if 0 in start or controls > len(start) // 20:
            refuse("data_binary_text", path=path)
    return find_encoding(start)


def _decoded(raw: bytes, encoding: str) -> str:
    """Return the text with its ends of lines as one sign."""
    text = raw.decode(codec_of(encoding))
    return text.replace("\r\n", "\n").replace("\r", "\n")
