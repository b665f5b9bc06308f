"""Generated lines take the place of typed ones, but for those that somebody is at work on."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Final

from app.panels.code_view import differing

if TYPE_CHECKING:
    from app.panels.python_lines import Line

_NUMBER: Final = re.compile(r"\b\d+(\.\d+)?")
_AT_WORK: Final = 40
"""How many lines around the caret may stay as they were typed."""


def taken_on(
    typed: Sequence[Line], made: Sequence[Line], caret: int | None, own: Collection[int]
) -> list[Line]:
    """Return the generated lines, but for those around the caret, and with own ones of the typed.

    Lines that differ in numbers and comments alone are the same: those follow from what was typed
    elsewhere. ``caret`` and ``own`` count the typed lines from 0 on.
    """
    found: list[Line] = []
    was = now = 0
    forms = _Forms()
    hunks = differing([forms[each.text] for each in typed], [forms[each.text] for each in made])
    for start, end, new_start, new_end in (*hunks, (len(typed), len(typed), len(made), len(made))):
        found += made[now:new_start]
        if caret is not None and was <= caret < start:
            found[caret - start] = _at_caret(typed[caret], found[caret - start])
        if caret is not None and start <= caret < end <= start + _AT_WORK:
            found += typed[start:end]
        else:
            first = next((n for n in range(start, end) if n not in own), end)
            found += typed[start:first]
            found += made[new_start:new_end]
            found += [typed[n] for n in range(first, end) if n in own]
        was, now = end, new_end
    return found


class _Forms(dict[str, str]):
    """Lines without what follows from other lines; most stand in both texts."""

    def __missing__(self, text: str) -> str:
        form = self[text] = _NUMBER.sub("0", text.partition("#")[0]).rstrip()
        return form


def _at_caret(typed: Line, made: Line) -> Line:
    """Return the line of the caret: without the spaces that were just typed, it would jump."""
    return typed if typed.text.rstrip() == made.text else made


def own_lines(lines: Sequence[Line]) -> frozenset[int]:
    """Return which lines, from 0 on, are blank or a comment."""
    texts = [line.text.strip() for line in lines]
    return frozenset(n for n, text in enumerate(texts) if not text or text.startswith("#"))
