"""What fields have in common whose value is written in a line."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from app.widgets.field import Field
from graph_model.values import Parameter, Value


class LineField(Field):
    """A value as text; what is being typed stays as it is while it means the value.

    A subclass says how a text is read and a value written, and what an empty line stands for.
    """

    def __init__(self, parameter: Parameter, parent: QWidget | None = None) -> None:
        super().__init__(parameter, parent)
        self._line = QLineEdit()
        self._shown: Value = None
        self._add(self._line)
        self._line.textEdited.connect(lambda text: self.offer(self._read(text)))
        self._line.editingFinished.connect(self._tidy)
        self._line.setPlaceholderText(self._empty())

    def show_value(self, value: Value, resolved: Value) -> None:
        """Show the value, unless what is being typed means it already."""
        self._shown = value
        if not self._line.hasFocus() or self._read(self._line.text()) != value:
            self._tidy()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._line.setPlaceholderText(self._empty())
        super().changeEvent(event)

    def _tidy(self) -> None:
        text = self._write(self._shown)
        if text != self._line.text():
            self._line.setText(text)
        self.complained.emit("")

    def _read(self, text: str) -> Value:
        """Return the value that a text means, or what is wrong in its place."""
        raise NotImplementedError

    def _write(self, value: Value) -> str:
        """Return a value as it is to stand there."""
        raise NotImplementedError

    def _empty(self) -> str:
        """Return what an empty line stands for."""
        return ""
