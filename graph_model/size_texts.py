"""Sizes written by name, as in an argument: ``N``, ``H // 2``, ``T - 1``.

A name is that of a dimension of an Input. A text is read here and never executed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from graph_model.dims import Dim, Expression, symbol

LONGEST: Final = 80
"""How many characters a size may have."""
_MOST_DIGITS: Final = 24
"""More digits than a whole number of 64 bits has."""
_DEEPEST: Final = 16
_TOKEN: Final = re.compile(r"\s*(?:(\d{1,9}\b)|([A-Z][A-Za-z0-9_]*)|(//|[-+*()])|$)")
_NAME: Final = re.compile(r"[A-Z][A-Za-z0-9_]*")


def is_size(text: str) -> bool:
    """Tell whether a text is a size: names and whole numbers between ``+ - * //`` and brackets."""
    if len(text) > LONGEST or not _NAME.search(text):
        return False
    try:
        read_size(text)
    except ValueError:
        return False
    return True


def sizes_named(text: str) -> frozenset[str]:
    """Return the names of dimensions in a size."""
    return frozenset(_NAME.findall(text))


def read_size(text: str, known: Mapping[str, Dim] | None = None) -> Dim:
    """Return the size that a text means, each name by what is ``known`` of it, else for itself.

    Raises ``ValueError`` for a text that is none, and for a division by what is no number above 0.
    """
    return _Reader(text, known or {}).whole()


class _Reader:
    """A place in a text, and the token there."""

    def __init__(self, text: str, known: Mapping[str, Dim]) -> None:
        self._text, self._known = text, known
        self._place = self._depth = 0
        self._token = self._number = self._name = ""
        self._advance()

    def whole(self) -> Dim:
        """Read all of the text."""
        found = self._sum()
        if self._token:
            raise ValueError(f"nothing is due at {self._token!r}")
        return found

    def _advance(self) -> str:
        passed, found = self._token, _TOKEN.match(self._text, self._place)
        if found is None:
            raise ValueError(f"{self._text[self._place :]!r} is no part of a size")
        self._number, self._name = found[1] or "", found[2] or ""
        self._token, self._place = found[0].strip(), found.end()
        return passed

    def _sum(self) -> Dim:
        total = self._product()
        while self._token in {"+", "-"}:
            sign = 1 if self._advance() == "+" else -1
            total = total + self._product() * sign
        return total

    def _product(self) -> Dim:
        found = self._factor()
        while self._token in {"*", "//"}:
            if self._advance() == "*":
                found = found * self._factor()
                continue
            divisor = self._factor()
            if isinstance(divisor, Expression) or divisor < 1:
                raise ValueError("a size is divided by a number above 0")
            found = found // divisor
        return found

    def _factor(self) -> Dim:
        if self._number:
            return int(self._advance())
        if self._name:
            name = self._advance()
            return self._known[name] if name in self._known else symbol(name)
        self._depth += 1
        if self._token not in {"-", "("} or self._depth > _DEEPEST:
            raise ValueError("a size ends too early, or is too deep")
        if self._advance() == "-":
            found = self._factor() * -1
        else:
            found = self._sum()
            if self._advance() != ")":
                raise ValueError("a bracket is not closed")
        self._depth -= 1
        return found


def whole_number(text: str) -> int:
    """Return the whole number that a text writes in decimal digits, perhaps after a ``-``.

    Python reads none of thousands of digits; such a one is given as another that is too large.
    """
    digits = text.removeprefix("-").lstrip("0")[:_MOST_DIGITS] or "0"
    return -int(digits) if text.startswith("-") else int(digits)
