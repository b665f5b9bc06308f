"""Fields for sizes that may be written by name: ``N, H // 2, 64``."""

from __future__ import annotations

import re
from typing import Final

from PySide6.QtWidgets import QLineEdit, QWidget

from app.widgets.field import Field
from graph_model.values import Parameter, Value, whole_number

_SPACED_OPERATOR: Final = re.compile(r"\s*(//|\*|\+)\s*|\s+(-)\s+")
_ENTRY: Final = re.compile(r"(?:[^\s,×;()]|\([^()]*\))+")


class ListField(Field):
    """Numbers, or sizes and dimension names, separated by commas."""

    def __init__(self, parameter: Parameter, parent: QWidget | None = None) -> None:
        super().__init__(parameter, parent)
        self._line = QLineEdit()
        self._shown: Value = ()
        self._add(self._line)
        self._line.textEdited.connect(lambda text: self.offer(parse_list(text)))
        self._line.editingFinished.connect(self._tidy)

    def show_value(self, value: Value, resolved: Value) -> None:
        """Show the entries, unless what is being typed means them already."""
        self._shown = value
        if not self._line.hasFocus() or parse_list(self._line.text()) != value:
            self._tidy()

    def _tidy(self) -> None:
        text = ", ".join(map(str, self._shown)) if isinstance(self._shown, tuple) else ""
        if text != self._line.text():
            self._line.setText(text)
        self.complained.emit("")


class SizeField(Field):
    """A whole number, or a size of an Input by its name."""

    def __init__(self, parameter: Parameter, parent: QWidget | None = None) -> None:
        super().__init__(parameter, parent)
        self._line = QLineEdit()
        self._shown: Value = None
        self._add(self._line)
        self._line.textEdited.connect(lambda _: self.offer(self._parsed()))
        self._line.editingFinished.connect(self._tidy)

    def show_value(self, value: Value, resolved: Value) -> None:
        """Show the size, unless what is being typed means it already."""
        self._shown = value
        if not self._line.hasFocus() or self._parsed() != value:
            self._tidy()

    def _parsed(self) -> Value:
        return as_size(self._line.text().strip())

    def _tidy(self) -> None:
        if str(self._shown) != self._line.text():
            self._line.setText(str(self._shown))
        self.complained.emit("")


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
