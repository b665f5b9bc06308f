"""The names that sizes of any number have in archives, as symbols of a drawing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from graph_model.dims import Dim, Shape, is_symbol, symbol

_LETTERS: Final = "TLHWDSKMPQRUVXYZABCEFGIJO"


class Names:
    """Gives each name of an archive one symbol, and those without a name one of their own."""

    def __init__(self) -> None:
        self._taken: dict[str, str] = {}
        self._count = 0

    def shape(self, sizes: Sequence[int | str]) -> Shape:
        """Return sizes with symbols for names; the first of a tensor is the batch where free."""
        return tuple(
            each if isinstance(each, int) else self.size(each, is_first=place == 0)
            for place, each in enumerate(sizes)
        )

    def size(self, name: str, *, is_first: bool = False) -> Dim:
        """Return the symbol of a name; "" is another size each time, but for the batch."""
        if not name and is_first:
            name = "N"
        if not name:
            self._count += 1
            name = f"size {self._count}"
        if name not in self._taken:
            self._taken[name] = self._free(name, is_first=is_first)
        return symbol(self._taken[name])

    def _free(self, name: str, *, is_first: bool) -> str:
        taken = self._taken.values()
        if is_symbol(name) and name not in taken:
            return name
        if is_first and "N" not in taken:
            return "N"
        words = "".join(each.capitalize() for each in re.findall(r"[A-Za-z0-9]+", name))[:24]
        if is_symbol(words) and words not in taken and not re.fullmatch(r"(Size|S)\d+", words):
            return words
        free = (each for each in _LETTERS if each not in taken)
        return next(free, f"S{len(self._taken)}")
