"""What scripts take word for word of modules that the application runs itself."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def verbatim(module: str) -> list[str]:
    """Return the lines of all functions of a module of this package, from the first one on."""
    text = Path(__file__).with_name(f"{module}.py").read_text(encoding="utf-8")
    return text[text.index("\ndef ") + 1 :].rstrip().splitlines()
