"""What a card says from some way off: its name, as large as can be, and its shape.

A name that is too long for one line takes two, or three smaller ones, so that it is read whole.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from PySide6.QtGui import QFont, QFontMetricsF, QPainter

from app.canvas.content import Content
from app.canvas.geometry import CARD
from app.canvas.texts import Line, prepared, times_line, up_to

_LEFT: Final = CARD.left() + 48
_LEFT_ALONE: Final = CARD.left() + 14
"""Where the name begins where there is no glyph before it."""
_RIGHT: Final = CARD.right() - 6
_LOWER: Final = 17.0
"""How far above and below the middle two lines lie."""
_LARGE_STEP: Final = 2 * _LOWER
_SMALL_STEP: Final = 24.0
_BREAK: Final = re.compile(r"(?<=[_ ])|(?<=[a-z])(?=[A-Z0-9])")
"""Where a name may be broken."""


class TitleFonts(NamedTuple):
    """The fonts of titles: of short and long names, and of shapes.

    From far off the glyph is left out, so that names are larger.
    """

    large: QFont
    small: QFont
    shape: QFont
    with_glyph: bool = True


class Title(NamedTuple):
    """The lines of the name in their font, and below it what there is room for."""

    name: tuple[Line, ...]
    font: QFont
    shape: Line | None
    times: Line | None

    def paint_name(self, painter: QPainter, *, above_shape: bool) -> None:
        """Paint the name in the middle, or above where the shape is to stand."""
        painter.setFont(self.font)
        for line in self.name:
            line.paint(painter, higher=_LOWER if above_shape else 0.0)


def title_of(content: Content, fonts: TitleFonts) -> Title:
    """Return the title of a card."""
    left = _LEFT if fonts.with_glyph else _LEFT_ALONE
    room = _RIGHT - left
    times = times_line(content.times, fonts.large, _RIGHT, _LOWER, room / 2)
    names, font, step = _wrapped(content.name, fonts.large, room), fonts.large, _LARGE_STEP
    if len(names) > 2 or any(QFontMetricsF(font).horizontalAdvance(each) > room for each in names):
        names, font, step = _wrapped(content.name, fonts.small, room), fonts.small, _SMALL_STEP
    count = len(names) if times is None else max(2, len(names))
    lines = []
    for index, name in enumerate(names):
        end = up_to(times, _RIGHT) if index == count - 1 else _RIGHT
        text = prepared(name, font, end - left)
        lines.append(Line(text, left, (index - (count - 1) / 2) * step))
    shape = None
    if count == 1 and content.shape:
        shape = Line(prepared(content.shape, fonts.shape, room), left, _LOWER)
    return Title(tuple(lines), font, shape, times)


def _wrapped(name: str, font: QFont, room: float) -> list[str]:
    """Return the name in lines, as much in each as fits and three at most."""
    width = QFontMetricsF(font).horizontalAdvance
    lines = [""]
    for piece in _BREAK.split(name):
        if lines[-1] and len(lines) < 3 and width(lines[-1] + piece) > room:
            lines.append("")
        lines[-1] += piece
    return lines
