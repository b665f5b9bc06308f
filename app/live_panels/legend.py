"""The legend of a plot: its title, and its curves by name or by their values at a place."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Final

from PySide6.QtWidgets import QLabel

from app.language.numbers import figure
from app.language.sentences import in_one_line
from app.look.style import set_role
from app.look.theme import SPACE

_GAP: Final = "   "
_MARK: Final = "●"
_NO_LIMIT: Final = 16777215
"""Qt's own word for a height without limit."""


class Legend(QLabel):
    """Title and names of the curves in their colours; with values where one points.

    A curve alone needs no name, unless it ``names_one``.
    """

    def __init__(self, *, names_one: bool = False) -> None:
        super().__init__()
        self._fewest = 1 if names_one else 2
        self.title = self.words = ""
        self.setWordWrap(True)
        self.setContentsMargins(SPACE, 0, SPACE // 2, 0)
        set_role(self, "caption")

    def tell(self, colours: Mapping[str, str], values: Mapping[str, float], place: str) -> None:
        """Show the curves' names, or their values at a place."""
        if values:
            self.setFixedHeight(self.height())  # nothing may jump while the mouse moves
            named = len(colours) >= self._fewest
            entries = {k: f"{k} {figure(v)}" if named else figure(v) for k, v in values.items()}
            if not self._fits([self.title, place, *entries.values()]):
                entries = {name: figure(value, 3) for name, value in values.items()}
        else:
            self.setMinimumHeight(0)
            self.setMaximumHeight(_NO_LIMIT)
            entries = {name: name for name in colours} if len(colours) >= self._fewest else {}
        before = [self.title, place] if place else [self.title]
        self.words = _GAP.join([*before, *entries.values()])
        marked = [
            f'<span style="color:{colours[name]}">{_MARK}</span>\N{NO-BREAK SPACE}'
            + escape(in_one_line(words))
            for name, words in entries.items()
        ]
        self.setText(" &nbsp;".join([*map(escape, before), *marked]))

    def set_large(self, large: bool) -> None:
        """Have it read from afar, or not."""
        role = "muted" if large else "caption"
        if self.property("role") != role:
            set_role(self, role)

    def say(self, words: str) -> None:
        """Show some words in the place of the title, until names or values are told again."""
        self.setFixedHeight(self.height())
        self.words = words
        self.setText(escape(in_one_line(words)))

    def _fits(self, entries: list[str]) -> bool:
        metrics, room = self.fontMetrics(), self.contentsRect()
        width = metrics.horizontalAdvance(_GAP.join(f"{_MARK} {each}" for each in entries))
        lines = max(1, room.height() // metrics.height())
        return width < 0.8 * lines * room.width()
