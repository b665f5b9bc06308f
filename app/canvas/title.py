"""What a card says from some way off: its name, as large as can be, and its shape.

A name that is too long for one line takes two, then narrower letters, or three smaller lines, so
that it is read whole.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final, NamedTuple

from PySide6.QtGui import QFont, QFontMetricsF, QPainter

from app.canvas.geometry import CARD
from app.canvas.texts import Line, plain, prepared, times_line, up_to
from app.look.theme import monospace_font, ui_font

_LEFT: Final = CARD.left() + 48
_LEFT_ALONE: Final = CARD.left() + 14
"""Where the name begins where there is no glyph before it."""
_RIGHT: Final = CARD.right() - 6
_NARROW: Final = 80
_NARROWEST: Final = 74
"""How wide narrower letters are, in percent."""
_BREAK: Final = re.compile(r"(?<=[_ ])|(?<=[a-z])(?=[A-Z0-9])")
"""Where a name may be broken."""


class Lettering(NamedTuple):
    """A way to write a name: the font, how many lines there may be, and how far apart they lie."""

    font: QFont
    lines: int
    step: float


class TitleFonts(NamedTuple):
    """The letterings of names, the best first, and the font of shapes.

    From far off the glyph is left out, so that names are larger.
    """

    letterings: tuple[Lettering, ...]
    shape: QFont
    with_glyph: bool

    @property
    def best(self) -> Lettering:
        """The one for names that are short."""
        return self.letterings[0]


@cache
def near_titles() -> TitleFonts:
    """Return the fonts of cards that show their glyph as well."""
    large, narrow, small = _bold(24), _bold(24, _NARROW), _bold(21)
    letterings = (Lettering(large, 2, 34), Lettering(narrow, 2, 34), Lettering(small, 3, 24))
    return TitleFonts(letterings, plain(monospace_font(18)), True)


@cache
def far_titles() -> TitleFonts:
    """Return the fonts of cards that show their name alone."""
    large, narrow, small = _bold(31), _bold(31, _NARROW), _bold(25)
    letterings = (Lettering(large, 2, 34), Lettering(narrow, 2, 34), Lettering(small, 3, 24))
    return TitleFonts(letterings, plain(monospace_font(18)), False)


@cache
def farthest_titles() -> TitleFonts:
    """Return the fonts of names that are written upon plain rectangles."""
    large, narrow, narrowest = _bold(42), _bold(42, _NARROW), _bold(38, _NARROWEST)
    letterings = (Lettering(large, 2, 37), Lettering(narrow, 2, 37), Lettering(narrowest, 2, 35))
    return TitleFonts(letterings, plain(monospace_font(18)), False)


class Title(NamedTuple):
    """The lines of the name in their lettering, and below it what there is room for."""

    name: tuple[Line, ...]
    lettering: Lettering
    shape: Line | None
    times: Line | None

    def paint_name(self, painter: QPainter, *, above_shape: bool) -> None:
        """Paint the name in the middle, or above where the shape is to stand."""
        painter.setFont(self.lettering.font)
        for line in self.name:
            line.paint(painter, higher=self.lettering.step / 2 if above_shape else 0.0)


def title_of(name: str, shape: str, times: str, fonts: TitleFonts) -> Title:
    """Return the title of a card by its name, its shape, and how often it is repeated."""
    left = _LEFT if fonts.with_glyph else _LEFT_ALONE
    room = _RIGHT - left
    best = fonts.best
    pill = times_line(times, best.font, _RIGHT, best.step / 2, room / 2)
    names, lettering = _lettered(name, fonts, room)
    count = len(names) if pill is None else max(2, len(names))
    lines = []
    for index, each in enumerate(names):
        end = up_to(pill, _RIGHT) if index == count - 1 else _RIGHT
        text = prepared(each, lettering.font, end - left)
        lines.append(Line(text, left, (index - (count - 1) / 2) * lettering.step))
    below = None
    if count == 1 and shape:
        below = Line(prepared(shape, fonts.shape, room), left, best.step / 2)
    return Title(tuple(lines), lettering, below, pill)


def _lettered(name: str, fonts: TitleFonts, room: float) -> tuple[list[str], Lettering]:
    """Return the name in lines, in the best lettering in which it fits.

    Where it fits in none it is broken anywhere.
    """
    for lettering in fonts.letterings:
        width = QFontMetricsF(lettering.font).horizontalAdvance
        lines = _wrapped(_BREAK.split(name), lettering, room)
        if len(lines) <= lettering.lines and all(width(each) <= room for each in lines):
            return lines, lettering
    last = fonts.letterings[-1]
    lines = _wrapped(list(name), last, room)
    return [*lines[: last.lines - 1], "".join(lines[last.lines - 1 :])], last


def _wrapped(pieces: list[str], lettering: Lettering, room: float) -> list[str]:
    """Return the pieces in lines, as many in each as fit."""
    width = QFontMetricsF(lettering.font).horizontalAdvance
    lines = [""]
    for piece in pieces:
        if lines[-1] and width(lines[-1] + piece) > room:
            lines.append("")
        lines[-1] += piece
    return lines


def _bold(size: int, width: int = 100) -> QFont:
    font = plain(ui_font(size, QFont.Weight.DemiBold))
    font.setStretch(width)
    return font
