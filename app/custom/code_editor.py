"""Python text to be edited: coloured, with line numbers, and mistakes beside their lines."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.look import theme
from app.panels.code_view import CodeView
from app.panels.python_lines import cut_into_lines

_INDENT: Final = "    "
_GAP: Final = 24
"""Pixels between the end of a line and what is wrong with it."""


class CodeEditor(CodeView):
    """A code view that can be typed in."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mistakes: Mapping[int, str] = {}
        self._coloured = ""
        self.setReadOnly(False)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextEditorInteraction)
        self.setUndoRedoEnabled(True)
        self.textChanged.connect(self._colour)

    @property
    def text(self) -> str:
        """The text as it is now."""
        return self.toPlainText()

    def show_text(self, text: str) -> None:
        """Begin with another text."""
        self.setPlainText(text)

    def show_mistakes(self, mistakes: Mapping[int, str]) -> None:
        """Show what is wrong beside each of these lines, counted from 1."""
        if mistakes != self._mistakes:
            self._mistakes = mistakes
            background = QColor(theme.current().color("error_soft"))
            last = self.blockCount()
            lines = [min(line, last) for line in mistakes]
            self.setExtraSelections([self._selection_of(line, background) for line in lines])
            self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Indent by four spaces, and a new line like the one before."""
        if event.key() == Qt.Key.Key_Tab and not self.textCursor().hasSelection():
            column = self.textCursor().positionInBlock()
            self.insertPlainText(_INDENT[column % len(_INDENT) :])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            line = self.textCursor().block().text()[: self.textCursor().positionInBlock()]
            indent = line[: len(line) - len(line.lstrip())]
            deeper = _INDENT if line.rstrip().endswith(":") else ""
            self.insertPlainText(f"\n{indent}{deeper}")
            self.ensureCursorVisible()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what is wrong behind the ends of its lines."""
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setFont(self.font())
        painter.setPen(theme.current().color("error"))
        metrics = self.fontMetrics()
        for line, sentence in self._mistakes.items():
            block = self.document().findBlockByNumber(min(line, self.blockCount()) - 1)
            place = self.blockBoundingGeometry(block).translated(self.contentOffset())
            start = place.left() + metrics.horizontalAdvance(block.text()) + _GAP
            room = int(self.viewport().width() - start)
            if room > _GAP:
                shown = metrics.elidedText(sentence, Qt.TextElideMode.ElideRight, room)
                painter.drawText(QPointF(start, place.top() + metrics.ascent()), shown)
        painter.end()

    def _colour(self) -> None:
        if self.text != self._coloured:  # colouring is a change of the text to Qt as well
            self._coloured = self.text
            self._highlighter.lines = cut_into_lines(self._coloured)
            self._highlighter.rehighlight()
