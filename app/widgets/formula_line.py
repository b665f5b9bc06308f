"""The line that formulas are typed into, which completes the names of parameters."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QStringListModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

_WORD_BEFORE: Final = re.compile(r"[^\W\d]\w*$")
_NOTHING: Final = "\0"


class FormulaLine(QLineEdit):
    """``finished`` says that Enter or Tab was pressed or the focus went elsewhere.

    While :attr:`is_wrong`, Tab does not leave it. ``cancelled`` says that Escape was pressed.
    """

    finished = Signal()
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.is_wrong = False
        self._names = QStringListModel(self)
        completer = _WordCompleter(self._names, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setCompleter(completer)
        self.returnPressed.connect(self.finished)

    @property
    def names(self) -> Sequence[str]:
        """The names that are completed."""
        return self._names.stringList()

    @names.setter
    def names(self, names: Sequence[str]) -> None:
        if list(names) != self._names.stringList():
            self._names.setStringList(names)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give up on Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, next: bool) -> bool:
        """Finish, and stay where that is not possible."""
        self.finished.emit()
        return self.is_wrong or super().focusNextPrevChild(next)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Finish, unless the focus only went to a list of names or a menu."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason and not self.is_wrong:
            self.finished.emit()


class _WordCompleter(QCompleter):
    """Completes the word before the cursor and leaves what is around it."""

    def __init__(self, names: QStringListModel, line: QLineEdit) -> None:
        super().__init__(names, line)
        self._line = line

    def splitPath(self, path: str) -> list[str]:
        """Return the word that is being typed; nothing that matches where it is whole."""
        found = _WORD_BEFORE.search(path[: self._line.cursorPosition()])
        model = self.model()
        assert isinstance(model, QStringListModel)
        return [found[0] if found and found[0] not in model.stringList() else _NOTHING]

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        """Return the whole text with a name in the place of the word."""
        text, end = self._line.text(), self._line.cursorPosition()
        before = _WORD_BEFORE.sub("", text[:end])
        return before + str(super().pathFromIndex(index)) + text[end:]
