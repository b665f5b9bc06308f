"""Large files of JSON, read part by part: one can see how far that is, and stop it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, Final

from app.data.progress import tell

_TOLD_EVERY: Final = 4096
"""After so many elements it is told how far the reading is."""
_CHUNK: Final = 2**24
_BLANK: Final = re.compile(r"[ \t\n\r]*")


def read_object(path: Path) -> dict[str, Any]:
    """Return the object of a file, its lists element by element.

    A comma behind the last element, as people leave it, is let pass. Raises ``ValueError`` where it
    is no JSON otherwise, or no object.
    """
    text = _text(path)
    found: dict[str, Any] = {}
    at = _after(text, 0, "{")
    while text[at : at + 1] != "}":
        name, at = _DECODER.raw_decode(text, at)
        at = _after(text, at, ":")
        found[name], at = _value(text, at)
        at = _next(text, at, "}")
    return found


_DECODER: Final = json.JSONDecoder()


def _text(path: Path) -> str:
    size, parts = path.stat().st_size, list[bytes]()
    with path.open("rb") as file:
        while part := file.read(_CHUNK):
            parts.append(part)
            tell(0, size)
    return b"".join(parts).decode("utf-8-sig")


def _value(text: str, at: int) -> tuple[Any, int]:
    """Return the value that begins here, and where it ends."""
    if text[at : at + 1] != "[":
        return _DECODER.raw_decode(text, at)
    found: list[Any] = []
    at = _after(text, at, "[")
    while text[at : at + 1] != "]":
        if len(found) % _TOLD_EVERY == 0:
            tell(at, len(text))
        each, at = _DECODER.raw_decode(text, at)
        found.append(each)
        at = _next(text, at, "]")
    return found, at + 1


def _next(text: str, at: int, end: str) -> int:
    """Return where the next element begins, or the sign that ends all of them."""
    at = _blank(text, at)
    return at if text[at : at + 1] == end else _after(text, at, ",")


def _after(text: str, at: int, sign: str) -> int:
    """Return where goes on what has this sign here."""
    at = _blank(text, at)
    if text[at : at + 1] != sign:
        raise json.JSONDecodeError(f"Expecting {sign!r}", text, at)
    return _blank(text, at + 1)


def _blank(text: str, at: int) -> int:
    """Return where what is blank ends."""
    found = _BLANK.match(text, at)
    return found.end() if found else at
