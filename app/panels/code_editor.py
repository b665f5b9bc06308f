"""Python text to be edited: coloured, with line numbers, and mistakes beside their lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QTextEdit, QToolTip, QWidget

from app.background import Latest
from app.late import late
from app.look import theme
from app.panels.code_view import CodeView

if TYPE_CHECKING:
    from app.panels.python_lines import Line

_INDENT: Final = "    "
_GAP: Final = 24
"""Pixels between the end of a line and what is wrong with it."""
_QUOTES: Final = '"' * 3
_MOST_AT_ONCE: Final = 150
"""How many lines are coloured as they come, in some milliseconds: of more, a thread does it."""


class CodeEditor(CodeView):
    """A code view that can be typed in.

    ``typed`` says that the person changed the text, and not the program; ``entered`` and ``left``
    that the keys go here, or elsewhere; ``finished`` that Ctrl+Enter was pressed.
    """

    typed = Signal()
    entered = Signal()
    left = Signal()
    finished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mistakes: Mapping[int, str] = {}
        self._token = "error"
        self._is_showing = False
        self._joined: tuple[Sequence[Line], str] = ((), "")
        self._colours = Latest(self)
        self._colours.done.connect(self._take_colours)
        self.set_editable(True)
        self.setUndoRedoEnabled(True)
        self.document().contentsChange.connect(self._follow_text)

    @property
    def text(self) -> str:
        """The text as it is now."""
        if self._joined[0] is not self._lines:  # lines are replaced, never altered
            self._joined = self._lines, "\n".join(line.text for line in self._lines)
        return self._joined[1]

    @property
    def lines(self) -> Sequence[Line]:
        """The lines as they are now, with their colours as far as these are known."""
        return self._lines

    def set_editable(self, editable: bool) -> None:
        """Let the text be edited, or only read."""
        selectable = (
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        flags = Qt.TextInteractionFlag.TextEditorInteraction if editable else selectable
        if flags != self.textInteractionFlags():
            self.setTextInteractionFlags(flags)

    def show_text(self, text: str) -> None:
        """Begin with another text."""
        self.setPlainText(text)

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these lines; they are nothing that anybody typed."""
        self._is_showing = True
        super().show_lines(lines)
        self._is_showing = False

    def forget_steps(self) -> None:
        """Let what was typed so far be taken back no more by the text itself."""
        self.setUndoRedoEnabled(False)
        self.setUndoRedoEnabled(True)

    def show_mistakes(self, mistakes: Mapping[int, str], severity: str = "error") -> None:
        """Show what is wrong beside each of these lines, counted from 1, and underline it."""
        if (mistakes, severity) != (self._mistakes, self._token):
            self._mistakes, self._token = mistakes, severity
            self.refresh_selections()
            self.viewport().update()

    def _selections(self) -> list[QTextEdit.ExtraSelection]:
        found = super()._selections()
        for line in self._mistakes:
            number = min(line, self.blockCount())
            background = QColor(theme.current().color(f"{self._token}_soft"))
            found.append(self._selection_of(number, background))
            found.append(self._underline(number))
        return found

    def _underline(self, line: int) -> QTextEdit.ExtraSelection:
        """Return a wave below the letters of a line."""
        made = QTextEdit.ExtraSelection()
        block = self.document().findBlockByNumber(line - 1)
        made.cursor = QTextCursor(block)
        indent = len(block.text()) - len(block.text().lstrip())
        made.cursor.setPosition(block.position() + indent)
        made.cursor.movePosition(
            QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor
        )
        made.format.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        made.format.setUnderlineColor(QColor(theme.current().color(self._token)))
        return made

    def event(self, event: QEvent) -> bool:
        """Leave the keys of undo and redo to the window where the text itself has no such step."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            text, keys = self.document(), QKeySequence.StandardKey
            for key, has_step in (
                (keys.Undo, text.isUndoAvailable()),
                (keys.Redo, text.isRedoAvailable()),
            ):
                if event.matches(key) and not (has_step and not self.isReadOnly()):
                    event.ignore()
                    return False
        return bool(super().event(event))

    def viewportEvent(self, event: QEvent) -> bool:
        """Say what is wrong with the line under the mouse."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            line = self.cursorForPosition(event.pos()).blockNumber() + 1
            QToolTip.showText(event.globalPos(), self._mistakes.get(line, ""), self)
            return True
        return bool(super().viewportEvent(event))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell that the keys go here."""
        super().focusInEvent(event)
        self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that nobody types here any more, unless it is a menu of the text itself."""
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.left.emit()

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Take text alone: files are for the window."""
        return source.hasText() and not source.hasUrls()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Indent by four spaces, and a new line like the one before."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if self.isReadOnly():
            super().keyPressEvent(event)
        elif enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.finished.emit()
        elif event.key() == Qt.Key.Key_Tab and not self.textCursor().hasSelection():
            column = self.textCursor().positionInBlock()
            self.insertPlainText(_INDENT[column % len(_INDENT) :])
        elif event.key() == Qt.Key.Key_Tab:
            self._shift_lines(deeper=True)
        elif event.key() == Qt.Key.Key_Backtab:
            self._shift_lines(deeper=False)
        elif enter:
            line = self.textCursor().block().text()[: self.textCursor().positionInBlock()]
            indent = line[: len(line) - len(line.lstrip())]
            deeper = _INDENT if line.rstrip().endswith(":") else ""
            self.insertPlainText(f"\n{indent}{deeper}")
            self.ensureCursorVisible()
        else:
            super().keyPressEvent(event)

    def _shift_lines(self, *, deeper: bool) -> None:
        """Move the selected lines by one indentation, as one step."""
        cursor = self.textCursor()
        block = self.document().findBlock(cursor.selectionStart())
        last = self.document().findBlock(max(cursor.selectionStart(), cursor.selectionEnd() - 1))
        edit = QTextCursor(self.document())
        edit.beginEditBlock()
        while block.isValid() and block.blockNumber() <= last.blockNumber():
            edit.setPosition(block.position())
            if deeper:
                edit.insertText(_INDENT if block.text().strip() else "")
            else:
                spaces = len(block.text()) - len(block.text().lstrip(" "))
                for _ in range(min(spaces, len(_INDENT))):
                    edit.deleteChar()
            block = block.next()
        edit.endEditBlock()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what is wrong behind the ends of its lines."""
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setFont(self.font())
        painter.setPen(theme.current().color(self._token))
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

    def _follow_text(self, position: int, _removed: int, added: int) -> None:
        """Keep the lines in step with the text, where it was not the program that changed it.

        Colouring is a change of the text to Qt as well.
        """
        if self._is_showing:
            return
        text = self.document()
        first = text.findBlock(position).blockNumber()
        last = text.findBlock(min(position + added, text.characterCount() - 1)).blockNumber()
        old_last = last - (text.blockCount() - len(self._lines))
        new = [text.findBlockByNumber(n).text() for n in range(first, last + 1)]
        if [line.text for line in self._lines[first : old_last + 1]] == new:
            return
        module = late("app.panels.python_lines")
        made = (
            module.cut_into_lines("\n".join(new))
            if len(new) <= _MOST_AT_ONCE
            else tuple(module.Line(each, ()) for each in new)
        )
        self._lines = [*self._lines[:first], *made, *self._lines[old_last + 1 :]]
        self._highlighter.lines = self._lines
        self._colour(range(first, last + 1))
        if len(new) > _MOST_AT_ONCE or any(_QUOTES in each for each in new):
            self._colours.ask(module.cut_into_lines, self.text)
        if self._mistakes:
            self.show_mistakes({})
        self.typed.emit()

    def _take_colours(self, lines: Sequence[Line]) -> None:
        """Take on the colours of the text as a whole, where it is still the same."""
        if [line.text for line in lines] == [line.text for line in self._lines]:
            self.show_lines(lines)

    def _colour(self, numbers: Sequence[int]) -> None:
        for number in numbers:
            block = self.document().findBlockByNumber(number)
            self._highlighter.rehighlightBlock(block)
