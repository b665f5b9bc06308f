"""Reading text from a file: in parts, with its encoding found out, and refused where it is none."""

from __future__ import annotations

import codecs
from pathlib import Path
from typing import Final

from app.data.bytes import format_bytes
from app.data.dataset import existing, refuse
from app.data.progress import tell
from graph_model.phrases import phrase

LARGEST: Final = 64 * 2**20
"""The most bytes of text that are read: as tokens they take many times that."""
_GUESSED: Final = ("gb18030", "latin-1")
"""What is tried where a text is neither marked as UTF-16 nor in UTF-8."""
_PART: Final = 2**22
_LOOKED_AT: Final = 2**16
_MARKS: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


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
    for name in (found, *(_GUESSED if encoding == "auto" else ())):
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
    if start.startswith(_MARKS):
        return "utf-16"
    controls = sum(byte < 32 and byte not in b"\t\n\r\f\x1b" for byte in start)
    if 0 in start or controls > len(start) // 20:
        refuse("data_binary_text", path=path)
    return "utf-8"


def _decoded(raw: bytes, encoding: str) -> str:
    """Return the text with its ends of lines as one sign."""
    text = raw.decode("utf-8-sig" if encoding == "utf-8" else encoding)
    if encoding == "gb18030" and not _is_chinese(text):
        raise UnicodeDecodeError(encoding, raw[:1], 0, 1, "it would be no Chinese")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _is_chinese(text: str) -> bool:
    """Tell whether most of what is beyond ASCII are Chinese characters and marks."""
    beyond = [letter for letter in text[:_LOOKED_AT] if letter > "\x7f"]
    chinese = sum("\u3000" <= each <= "\u9fff" or each > "\uff00" for each in beyond)
    return chinese >= 0.9 * len(beyond)
