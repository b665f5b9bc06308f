"""The widget that edits a list of real numbers, written in a line."""

from __future__ import annotations

import re

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from app.widgets.field import Field
from graph_model.values import Parameter, Value


class NumbersField(Field):
    """Real numbers separated by commas; none where the line is empty."""

    is_long = True

    def __init__(self, parameter: Parameter, parent: QWidget | None = None) -> None:
        super().__init__(parameter, parent)
        self._line = QLineEdit()
        self._shown: Value = None
        self._add(self._line)
        self._line.textEdited.connect(lambda text: self.offer(parse_numbers(text)))
        self._line.editingFinished.connect(self._tidy)
        self._label()

    def show_value(self, value: Value, resolved: Value) -> None:
        """Show the numbers, unless what is being typed means them already."""
        self._shown = value
        if not self._line.hasFocus() or parse_numbers(self._line.text()) != value:
            self._tidy()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._label()
        super().changeEvent(event)

    def _label(self) -> None:
        self._line.setPlaceholderText(self.tr("none"))

    def _tidy(self) -> None:
        shown = self._shown if isinstance(self._shown, tuple) else ()
        text = ", ".join(f"{each:.12g}" for each in shown if isinstance(each, int | float))
        if text != self._line.text():
            self._line.setText(text)
        self.complained.emit("")


def parse_numbers(text: str) -> Value:
    """Return the numbers of ``0.5, 1, 2``, ``None`` for none, or the text where it has others."""
    entries = [each for each in re.split(r"[\s,;×，；()\[\]]+", text) if each]
    try:
        return tuple(map(float, entries)) or None
    except ValueError:
        return text
