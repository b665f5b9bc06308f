"""Fields for sizes that may be written by name: ``N, H // 2, 64``."""

from __future__ import annotations

import re
from typing import Final

from app.widgets.line_field import LineField
from graph_model.size_texts import whole_number
from graph_model.values import Value

_SPACED_OPERATOR: Final = re.compile(r"\s*(//|\*|\+)\s*|\s+(-)\s+")
_ENTRY: Final = re.compile(r"(?:[^\s,×;()]|\([^()]*\))+")


class ListField(LineField):
    """Numbers, or sizes and dimension names, separated by commas."""

    def _read(self, text: str) -> Value:
        return parse_list(text)

    def _write(self, value: Value) -> str:
        return ", ".join(map(str, value)) if isinstance(value, tuple) else ""


class SizeField(LineField):
    """A whole number, or a size of an Input by its name."""

    def _read(self, text: str) -> Value:
        text = text.strip()
        return as_size(text) if text or not self.parameter.accepts_none else None

    def _write(self, value: Value) -> str:
        return "" if value is None else str(value)

    def _empty(self) -> str:
        return self.tr("none") if self.parameter.accepts_none else ""


def parse_list(text: str) -> tuple[int | str, ...]:
    """Return the entries of ``N, 3, 32×32`` or ``N, (H + 1) // 2``.

    Whole numbers are read as such, everything else is text.
    """
    text = text.strip().removeprefix("[").removesuffix("]")
    if re.fullmatch(r"\([^()]*\)", text):
        text = text[1:-1]
    joined = _SPACED_OPERATOR.sub(lambda found: found[1] or found[2], text)
    return tuple(map(as_size, _ENTRY.findall(joined)))


def as_size(text: str) -> int | str:
    """Return a whole number where a text is one, else the text."""
    return whole_number(text) if text.removeprefix("-").isdecimal() else text
