"""Labels whose numbers can be clicked, with the mouse or by the keyboard."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QLabel, QToolTip

from app.look import theme
from app.look.theme import SMALL, monospace_font


class NumbersLabel(QLabel):
    """Text of several numbers, each of which asks to be explained; underlined under the mouse."""

    asked = Signal(int)
    """Which of the numbers was clicked, from 0 on."""

    def __init__(self, *, is_code: bool = True) -> None:
        super().__init__()
        self._texts: tuple[str, ...] = ()
        self._separator = ""
        self._hovered = ""
        self.tip: Callable[[], str] = str
        """Says more under the mouse; asked for when it is wanted."""
        if is_code:
            self.setFont(monospace_font(SMALL))
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        self.linkActivated.connect(lambda link: self.asked.emit(int(link)))
        self.linkHovered.connect(self._hover)
        theme.manager().changed.connect(self._write)

    def show_numbers(self, texts: tuple[str, ...], separator: str = "") -> None:
        """Show these numbers side by side."""
        if (texts, separator) != (self._texts, self._separator):
            self._texts, self._separator = texts, separator
            self._write()

    def text(self) -> str:
        """Return the text without markup."""
        return self._separator.join(self._texts)

    def extent(self) -> QRect:
        """Return where the text stands."""
        return QRect(0, 0, min(self.sizeHint().width(), self.width()), self.height())

    def event(self, event: QEvent) -> bool:
        """Say more under the mouse."""
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self.tip(), self)
            return True
        return super().event(event)

    def _hover(self, link: str) -> None:
        self._hovered = link
        self._write()

    def _write(self) -> None:
        colour = theme.current().text
        links = []
        for index, text in enumerate(self._texts):
            line = "underline" if str(index) == self._hovered else "none"
            style = f"color:{colour}; text-decoration:{line}"
            links.append(f'<a href="{index}" style="{style}">{_markup(text)}</a>')
        self.setText(f"{escape(self._separator)}&#8203;".join(links))


def _markup(text: str) -> str:
    """Return text as markup; what stands in several lines keeps them, and its columns."""
    if "\n" not in text:
        return escape(text)
    return escape(text).replace(" ", "&nbsp;").replace("\n", "<br>")
