"""Lines of text in the theme's colours, as a document shows them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QSyntaxHighlighter, QTextCharFormat, QTextDocument

from app.look import theme

if TYPE_CHECKING:
    from app.panels.python_lines import Line


class Highlighter(QSyntaxHighlighter):
    """Colours the lines of a document that holds exactly :attr:`lines`."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self.lines: Sequence[Line] = ()
        self._formats: dict[str, QTextCharFormat] = {}
        self._read_theme()
        theme.manager().changed.connect(self._recolour)

    def highlightBlock(self, text: str) -> None:
        """Colour one line."""
        number = self.currentBlock().blockNumber()
        if number < len(self.lines):
            for start, length, style in self.lines[number].spans:
                self.setFormat(start, length, self._formats[style])

    def _recolour(self) -> None:
        self._read_theme()
        self.rehighlight()

    def _read_theme(self) -> None:
        for style, colour in theme.current().syntax.items():
            self._formats[style] = QTextCharFormat()
            self._formats[style].setForeground(QColor(colour))
