"""Lines of text in the theme's colours, as a document shows them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QSyntaxHighlighter, QTextCharFormat, QTextDocument

from app.look import theme

if TYPE_CHECKING:
    from app.panels.python_lines import Line


class Highlighter(QSyntaxHighlighter):
    """Colours the lines of a document that holds exactly :attr:`lines`.

    Those with the colours of another theme wait until they are seen, or until the text changes.
    """

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._of_old_look: set[int] = set()
        self.lines: Sequence[Line] = ()
        self._formats: dict[str, QTextCharFormat] = {}
        self._read_theme()
        theme.manager().changed.connect(self._wait)

    def highlightBlock(self, text: str) -> None:
        """Colour one line."""
        number = self.currentBlock().blockNumber()
        if number < len(self.lines):
            for start, length, style in self.lines[number].spans:
                self.setFormat(start, length, self._formats[style])

    def recolour(self, seen: range) -> None:
        """Give lines the colours of the theme in use where they lack them."""
        for number in self._of_old_look.intersection(seen):
            self._of_old_look.remove(number)
            block = self.document().findBlockByNumber(number)
            if block.isValid():
                self.rehighlightBlock(block)

    def finish(self) -> None:
        """Give all lines the colours of the theme in use, before they stand elsewhere."""
        if self._of_old_look:
            self._of_old_look.clear()
            self.rehighlight()

    def _wait(self) -> None:
        self._read_theme()
        self._of_old_look = set(range(self.document().blockCount()))

    def _read_theme(self) -> None:
        for style, colour in theme.current().syntax.items():
            self._formats[style] = QTextCharFormat()
            self._formats[style].setForeground(QColor(colour))
