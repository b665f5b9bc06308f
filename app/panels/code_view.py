"""The generated file as text: coloured, with the lines of the selected nodes marked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from difflib import SequenceMatcher
from functools import cached_property
from typing import TYPE_CHECKING, Final, TypeAlias

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
        """Show these lines, replacing only those that differ from the ones shown.

        The caret stays in its line, and at its place in it, as far as there still is one.
        """
        old = self._lines
        hunks = differing([line.text for line in old], [line.text for line in lines])
        self._highlighter.finish()
        self._lines = self._highlighter.lines = lines
        if hunks == [(0, len(old), 0, len(lines))]:
            self.setPlainText("\n".join(line.text for line in lines))
            return
        if hunks:
            self._replace(hunks, lines)
        self._recolour(old, hunks)

    def _recolour(self, old: Sequence[Line], hunks: Sequence[Hunk]) -> None:
        """Colour the lines whose text stays and whose colours do not."""
        before = after = 0
        for start, end, new_start, new_end in (*hunks, (len(old), 0, len(self._lines), 0)):
            for was, now in zip(range(before, start), range(after, new_start), strict=True):
                if old[was].spans != self._lines[now].spans:
                    block = self.document().findBlockByNumber(now)
                    self._highlighter.rehighlightBlock(block)
            before, after = end, new_end

    def mark(self, lines: Collection[int]) -> None:
        """Mark these lines, counted from 1, and scroll to the first where none is in view."""
        self._marked = tuple(sorted(lines))
        self.refresh_selections()
        self._numbers.update()
        seen = self._in_view()[:-1]
        is_typed_in = self.hasFocus() and not self.isReadOnly()
        if self._marked and not is_typed_in and not any(n - 1 in seen for n in self._marked):
            self.show_from(self._marked[0])

    def refresh_selections(self) -> None:
        """Show anew all that is marked, in the colours of the theme in use."""
        self.setExtraSelections(self._selections())

    def _selections(self) -> list[QTextEdit.ExtraSelection]:
        background = QColor(theme.current().syntax["line"])
        return [self._selection_of(line, background) for line in self._marked]

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

    def _replace(self, hunks: Sequence[Hunk], lines: Sequence[Line]) -> None:
        """Put lines in place of others, one after the other, as one step of the text.

        Each is told of by itself, so that no line between them is coloured anew.
        """
        bar = self.verticalScrollBar()
        top = bar.value()
        scrolled = top + sum(ne - ns - (e - s) for s, e, ns, ne in hunks if e <= top)
        caret = self.textCursor()
        line, column = caret.blockNumber(), caret.positionInBlock()
        to = next(
            (min(ns + line - s, max(ns, ne - 1)) for s, e, ns, ne in hunks if s <= line < e), None
        )
        cursor = QTextCursor(self.document())
        begin = cursor.beginEditBlock
        for start, end, new_start, new_end in hunks:
            begin()
            texts = [each.text for each in lines[new_start:new_end]]
            self._put(cursor, new_start, new_start + end - start, texts)
            cursor.endEditBlock()
            begin = cursor.joinPreviousEditBlock
        if to is not None:
            block = self.document().findBlockByNumber(min(to, self.blockCount() - 1))
            caret.setPosition(block.position() + min(column, block.length() - 1))
            self.setTextCursor(caret)
        bar.setValue(scrolled)

    def _put(self, cursor: QTextCursor, start: int, end: int, texts: Sequence[str]) -> None:
        """Put texts in place of the lines from ``start`` up to ``end``."""
        document = self.document()
        new = "\n".join(texts)
        if end < document.blockCount():
            cursor.setPosition(document.findBlockByNumber(start).position())
            following = document.findBlockByNumber(end).position()
            cursor.setPosition(following, QTextCursor.MoveMode.KeepAnchor)
            cursor.insertText(new + "\n" if texts else "")
        else:
            before = document.findBlockByNumber(start - 1)
            cursor.setPosition(before.position() + before.length() - 1)
            cursor.movePosition(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
            cursor.insertText("\n" + new if texts else "")

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


Hunk: TypeAlias = tuple[int, int, int, int]
"""Lines from the first number up to the second become those from the third up to the fourth."""
_MOST_COMPARED: Final = 200_000
"""How many pairs of equal lines are looked at, in some milliseconds: else all is replaced."""


def differing(old: Sequence[str], new: Sequence[str]) -> list[Hunk]:
    """Return which lines become others, in their order; all of them where none is the same."""
    before = _same_length(old, new)
    room = min(len(old), len(new)) - before
    after = min(room, _same_length(old[::-1], new[::-1]))
    start, end, new_end = before, len(old) - after, len(new) - after
    counts = Counter(old[start:end])
    if sum(counts[each] for each in new[start:new_end]) > _MOST_COMPARED:
        return [(start, end, start, new_end)]
    matcher = SequenceMatcher(None, old[start:end], new[start:new_end], autojunk=False)
    return [
        (i1 + start, i2 + start, j1 + start, j2 + start)
        for tag, i1, i2, j1, j2 in matcher.get_opcodes()
        if tag != "equal"
    ]


def _same_length(old: Sequence[str], new: Sequence[str]) -> int:
    """Return how many lines from the start on are the same."""
    count = 0
    for before, after in zip(old, new, strict=False):
        if before != after:
            break
        count += 1
    return count
