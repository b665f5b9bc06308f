"""The widget that edits a list of real numbers, written in a line."""

from __future__ import annotations

import re

from app.widgets.line_field import LineField
from graph_model.values import Value


class NumbersField(LineField):
    """Real numbers separated by commas; none where the line is empty."""

    is_long = True

    def _read(self, text: str) -> Value:
        return parse_numbers(text)

    def _write(self, value: Value) -> str:
        shown = value if isinstance(value, tuple) else ()
        return ", ".join(f"{each:.12g}" for each in shown if isinstance(each, int | float))

    def _empty(self) -> str:
        return self.tr("none")


def parse_numbers(text: str) -> Value:
    """Return the numbers of ``0.5, 1, 2``, ``None`` for none, or the text where it has others."""
    entries = [each for each in re.split(r"[\s,;×，；()\[\]]+", text) if each]
    try:
        return tuple(map(float, entries)) or None
    except ValueError:
        return text
