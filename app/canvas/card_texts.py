"""What a card says from near by, laid out in its rows and ready to paint."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from PySide6.QtCore import QPointF
from PySide6.QtGui import QFont, QFontMetricsF

from app.canvas.card_style import NAME_ROW, SHORTER, CardStyle
from app.canvas.content import Content
from app.canvas.geometry import CARD
from app.canvas.texts import Line, prepared, times_line, up_to
from app.canvas.title import Title, near_titles, title_of
from app.language.sentences import translate

LEFT: Final = CARD.left() + 14
CHIP_PADDING: Final = 6
"""The room on either side of the shape, on its chip."""
LINK: Final = 13
"""The side of the glyph of shared weights."""
_RIGHT: Final = CARD.right() - 12
_NAME_LEFT: Final = LEFT + 22
_OWNER_ROOM: Final = 88.0
_LEAST_KIND: Final = 32.0
"""The room below which nothing is said of the kind."""
_SUMMARY_ROW: Final = -1.0
_SHAPE_ROW: Final = 22.0


class CardTexts(NamedTuple):
    """The texts of one card; ``small`` are all that are painted in the small font."""

    title: Title
    name: Line
    small: tuple[Line, ...]
    shape: Line
    parameters: Line | None
    times: Line | None
    link: QPointF | None
    """Where the glyph of shared weights lies."""


def is_short(content: Content) -> bool:
    """Tell whether a card has nothing to say between its name and its shape."""
    return not content.summary and not content.times and content.batch_first is None


def card_texts(style: CardStyle, content: Content) -> CardTexts:
    """Return the texts of a card."""
    shorter = SHORTER if is_short(content) else 0.0
    shape_row = _SHAPE_ROW - shorter
    name, kind = _name_and_kind(style, content, NAME_ROW + shorter)
    times = times_line(content.times, style.times_font, _RIGHT, _SUMMARY_ROW, (_RIGHT - LEFT) / 2)
    count = _at_right(content.count, style.small_font, shape_row, _RIGHT - LEFT)
    owner = _at_right(content.owner, style.small_font, shape_row, _OWNER_ROOM)
    link = QPointF(owner.left - LINK - 3, shape_row - LINK / 2) if owner else None
    end = link.x() - 6 if link else count.left - 8 if count else _RIGHT
    shape_left = LEFT + CHIP_PADDING
    shape = prepared(content.shape or "?", style.shape_font, end - shape_left - CHIP_PADDING)
    middle = _middle_row(style, content, up_to(times, _RIGHT))
    return CardTexts(
        title_of(content.name, content.shape, content.times, near_titles()),
        name,
        (kind, *middle, *filter(None, (count, owner))),
        Line(shape, shape_left, shape_row),
        count,
        times,
        link,
    )


def _name_and_kind(style: CardStyle, content: Content, row: float) -> tuple[Line, Line]:
    """Return the name, which is read whole first, and the kind at the right in what is left.

    The kind is told by the glyph as well, and is left out where there is next to no room.
    """
    room = _RIGHT - _NAME_LEFT - 8
    left = room - min(QFontMetricsF(style.name_font).horizontalAdvance(content.name) + 1, room)
    is_told = left >= _LEAST_KIND
    kind = prepared(content.kind if is_told else "", style.small_font, left)
    kind_left = _RIGHT - kind.size().width()
    name = prepared(content.name, style.name_font, kind_left - _NAME_LEFT - (8 if is_told else 0))
    return Line(name, _NAME_LEFT, row), Line(kind, kind_left, row)


def _middle_row(style: CardStyle, content: Content, end: float) -> Iterator[Line]:
    """Yield what stands between name and shape, up to ``end``: arguments, the order of steps."""
    if content.batch_first is not None:
        order = prepared(_order(content.batch_first), style.small_font, end - LEFT)
        end -= order.size().width() + 8
        yield Line(order, end + 8, _SUMMARY_ROW)
    if content.summary:
        fitting = pieces_that_fit(content.summary, style.small_font, end - LEFT)
        yield Line(prepared(fitting, style.small_font, end - LEFT), LEFT, _SUMMARY_ROW)


def _at_right(text: str, font: QFont, row: float, room: float) -> Line | None:
    """Return a text that ends at the right edge, ``None`` where there is none."""
    if not text:
        return None
    ready = prepared(text, font, room)
    return Line(ready, _RIGHT - ready.size().width(), row)


def _order(batch_first: bool) -> str:
    """Return which dimension of a sequence comes first."""
    if batch_first:
        return translate("Card", "batch first")
    return translate("Card", "steps first")


def pieces_that_fit(text: str, font: QFont, room: float) -> str:
    """Return those of the pieces between commas that there is room for, none of them cut."""
    width = QFontMetricsF(font).horizontalAdvance
    if width(text) <= room:
        return text
    first, *others = text.split(", ")
    for piece in others:
        if width(f"{first}, {piece} …") <= room:
            first = f"{first}, {piece}"
    return f"{first} …" if others else first
