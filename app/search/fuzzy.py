"""Finding entries by a few letters typed, as command palettes do."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

Entry = TypeVar("Entry")

_AT_START, _AT_WORD, _IN_ROW = 12, 8, 5


def score(query: str, text: str) -> int | None:
    """Say how well ``query`` matches ``text``; ``None`` where a letter of it is not found in order.

    Letters at the start of the text, of a word, or in a row count more, as do short texts.
    """
    sought, total, position, previous = _joined(query.casefold()), 0, 0, -2
    folded = text.casefold()
    text = "".join(letter * len(letter.casefold()) for letter in text)  # ß is ss when folded
    if sought and sought in _joined(folded):
        total += _AT_START * len(sought)
    for letter in sought:
        position = folded.find(letter, position)
        if position < 0:
            return None
        total += _letter_score(text, position, previous)
        previous, position = position, position + 1
    return total - len(text) // 4


def _joined(text: str) -> str:
    """Return a text as people type it who leave out what parts its words: ``unet`` for U-Net."""
    return text.replace(" ", "").replace("-", "") or text


def best_matches(
    query: str, entries: Iterable[Entry], texts: Callable[[Entry], Iterable[str]]
) -> list[Entry]:
    """Return the entries that match, best first; the first of ``texts`` counts double.

    Every entry matches an empty query; equally good ones keep their order.
    """
    if not query.strip():
        return list(entries)
    scored = []
    for entry in entries:
        found = [
            each * (2 if index == 0 else 1)
            for index, text in enumerate(texts(entry))
            if (each := score(query, text)) is not None
        ]
        if found:
            scored.append((max(found), entry))
    return [entry for _, entry in sorted(scored, key=lambda pair: -pair[0])]


def _letter_score(text: str, position: int, previous: int) -> int:
    if position == 0:
        return _AT_START
    if position == previous + 1:
        return _IN_ROW
    starts_word = not text[position - 1].isalnum() or (
        text[position].isupper() and text[position - 1].islower()
    )
    return _AT_WORD if starts_word else 1
