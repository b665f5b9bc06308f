"""The generated file as text: coloured, with the lines of the selected nodes marked."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
    QTextCursor,
    QTextFormat,
)
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from app.late import late
from app.look import theme
from app.look.style import set_role
from app.look.theme import SMALL, SPACE, monospace_font

if TYPE_CHECKING:
    from app.panels.highlighting import Highlighter
    from app.panels.python_lines import Line


class CodeView(QPlainTextEdit):
    """Read-only code; ``line_clicked`` carries the number, from 1 on, of the line clicked."""

    line_clicked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "code")
        self.setReadOnly(True)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setUndoRedoEnabled(False)
        self._lines: Sequence[Line] = ()
        self._marked: tuple[int, ...] = ()
        self._numbers = _LineNumbers(self)
        self.updateRequest.connect(self._scroll_numbers)
        self.blockCountChanged.connect(self._fit_numbers)
        theme.manager().changed.connect(self._follow_theme)
        self._fit_numbers()

    @cached_property
    def _highlighter(self) -> Highlighter:
        """Colours the lines; there are none before the window is painted."""
        made: Highlighter = late("app.panels.highlighting").Highlighter(self.document())
        return made

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these lines, replacing only those that differ from the ones shown."""
        old = self._lines
        same_before = _same_length(old, lines)
        room = min(len(old), len(lines)) - same_before
        same_after = min(room, _same_length(old[::-1], lines[::-1]))
        if same_before == len(old) == len(lines):
            return
        self._highlighter.finish()
        self._lines = self._highlighter.lines = lines
        if not old or same_before + same_after == 0:
            self.setPlainText("\n".join(line.text for line in lines))
            return
        self._replace(same_before, len(old) - same_after, lines, len(lines) - same_after)

    def mark(self, lines: Collection[int]) -> None:
        """Mark these lines, counted from 1, and scroll to the first where none is in view."""
        self._marked = tuple(sorted(lines))
        background = QColor(theme.current().syntax["line"])
        self.setExtraSelections([self._selection_of(line, background) for line in self._marked])
        self._numbers.update()
        seen = self._in_view()[:-1]
        if self._marked and not any(line - 1 in seen for line in self._marked):
            self.show_from(self._marked[0])

    def _follow_theme(self) -> None:
        self._take_font()
        self.mark(self._marked)

    def _take_font(self) -> None:
        # A text edit loses its font when it is put into a tab, or is given another stylesheet.
        self.setFont(monospace_font(SMALL))
        self._fit_numbers()

    def showEvent(self, event: QShowEvent) -> None:
        """Take on the font of code."""
        self._take_font()
        super().showEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the lines in the colours of the theme in use."""
        if self._lines:
            self._highlighter.recolour(self._in_view())
        super().paintEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the line numbers beside the text."""
        super().resizeEvent(event)
        self._place_numbers()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Say which line was clicked."""
        super().mouseReleaseEvent(event)
        if event.button() is Qt.MouseButton.LeftButton and not self.textCursor().hasSelection():
            self.line_clicked.emit(
                self.cursorForPosition(event.position().toPoint()).blockNumber() + 1
            )

    def number_width(self) -> int:
        """Return the width of the column of line numbers."""
        digits = max(3, len(str(self.blockCount())))
        return self.fontMetrics().horizontalAdvance("0") * digits + 2 * SPACE

    def paint_numbers(self, event: QPaintEvent) -> None:
        """Paint the numbers of the lines in view."""
        painter = QPainter(self._numbers)
        in_use = theme.current()
        painter.fillRect(event.rect(), in_use.color("surface"))
        painter.setFont(self.font())
        block = self.firstVisibleBlock()
        top = self.blockBoundingGeometry(block).translated(self.contentOffset()).top()
        while block.isValid() and top <= event.rect().bottom():
            height = self.blockBoundingRect(block).height()
            number = block.blockNumber() + 1
            token = "accent_text" if number in self._marked else "text_disabled"
            painter.setPen(in_use.color(token))
            place = QRect(0, round(top), self._numbers.width() - SPACE, round(height))
            painter.drawText(place, Qt.AlignmentFlag.AlignRight, str(number))
            top += height
            block = block.next()
        painter.end()

    def _replace(self, start: int, end: int, lines: Sequence[Line], new_end: int) -> None:
        """Put ``lines[start:new_end]`` in place of the lines from ``start`` up to ``end``."""
        document = self.document()
        scrolled = self.verticalScrollBar().value()
        cursor = QTextCursor(document)
        new = "\n".join(line.text for line in lines[start:new_end])
        if end < document.blockCount():
            cursor.setPosition(document.findBlockByNumber(start).position())
            following = document.findBlockByNumber(end).position()
            cursor.setPosition(following, QTextCursor.MoveMode.KeepAnchor)
            cursor.insertText(new + "\n" if new_end > start else "")
        else:
            before = document.findBlockByNumber(start - 1)
            cursor.setPosition(before.position() + before.length() - 1)
            cursor.movePosition(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
            cursor.insertText("\n" + new if new_end > start else "")
        self.verticalScrollBar().setValue(scrolled)

    def _selection_of(self, line: int, background: QColor) -> QTextEdit.ExtraSelection:
        selection = QTextEdit.ExtraSelection()
        selection.cursor = QTextCursor(self.document().findBlockByNumber(line - 1))
        selection.format.setBackground(background)
        selection.format.setProperty(QTextFormat.Property.FullWidthSelection, True)
        return selection

    def _in_view(self) -> range:
        """Return the lines in view, counted from 0."""
        first = self.firstVisibleBlock().blockNumber()
        count = self.viewport().height() // max(1, self.fontMetrics().lineSpacing())
        return range(first, first + count + 1)  # the last may be seen in part

    def show_from(self, line: int) -> None:
        """Scroll to a line and leave what is above it in view."""
        self.verticalScrollBar().setValue(max(0, line - _LINES_ABOVE))

    def _scroll_numbers(self, area: QRect, vertical: int) -> None:
        if vertical:
            self._numbers.scroll(0, vertical)
        else:
            self._numbers.update(0, area.y(), self._numbers.width(), area.height())

    def _fit_numbers(self) -> None:
        self.setViewportMargins(self.number_width(), 0, 0, 0)
        self._place_numbers()

    def _place_numbers(self) -> None:
        inside = self.contentsRect()
        self._numbers.setGeometry(inside.left(), inside.top(), self.number_width(), inside.height())


_LINES_ABOVE: Final = 4
"""How many lines to leave above one that is scrolled to."""


class _LineNumbers(QWidget):
    """The column on the left of the code."""

    def __init__(self, view: CodeView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self) -> QSize:
        return QSize(self._view.number_width(), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        self._view.paint_numbers(event)


def _same_length(old: Sequence[Line], new: Sequence[Line]) -> int:
    """Return how many lines from the start on are the same."""
    count = 0
    for before, after in zip(old, new, strict=False):
        if before != after:
            break
        count += 1
    return count
