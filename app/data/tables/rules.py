"""How the text of a table is read: what was chosen of it, and what was found."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import field
from typing import Any, Final, Literal

from graph_model.frozen import frozen
from graph_model.values import Arguments

DELIMITERS: Final[Mapping[str, str]] = {
    "comma": ",",
    "semicolon": ";",
    "tab": "\t",
    "pipe": "|",
    "whitespace": " ",
}
DECIMALS: Final[Mapping[str, str]] = {"point": ".", "comma": ","}
THOUSANDS: Final[Mapping[str, str]] = {
    "none": "",
    "comma": ",",
    "point": ".",
    "space": " ",
    "apostrophe": "'",
}
ALWAYS_MISSING: Final = ("", "na", "n/a", "#n/a", "nan", "null", "none", "?", "<na>", "nil")
MISSING_AMONG_NUMBERS: Final = (
    "-",
    "--",
    "---",
    ".",
    "..",
    "*",
    "missing",
    "unknown",
    "not available",
    "k. a.",
    "k.a.",
    "#value!",
    "#div/0!",
    "#ref!",
    "#num!",
    "–",
    "—",
    "无",
    "缺失",
)
"""What stands for a missing number or date, but may be a word of its own among words."""


@frozen
class Rules:
    """What each setting is taken for; ``found`` names those that were left open.

    ``skip`` counts the lines before the first row, ``comment`` begins lines that are no rows.
    ``units`` has the cells of a row below the header that is none of the data, ``sheet`` is that
    of a workbook. ``ignores_case`` has words that differ in capitals alone for the same, ``dates``
    tells which comes first where dates leave it open, ``auto`` for the month. ``missing`` has words
    in small letters that were added to those that always are. Where there are no ``quotes``, a
    quotation mark is a letter as any other.
    """

    encoding: str = "utf-8"
    delimiter: str = "comma"
    header: bool = True
    decimal: str = "point"
    thousands: str = "none"
    comment: str = ""
    skip: int = 0
    dates: str = "auto"
    sheet: str = ""
    units: str = ""
    ignores_case: bool = False
    missing: frozenset[str] = field(default_factory=frozenset)
    found: tuple[str, ...] = ()
    quotes: bool = True

    @property
    def quoting(self) -> Literal[0, 3]:
        """How ``csv`` is to read quotation marks."""
        return csv.QUOTE_MINIMAL if self.quotes else csv.QUOTE_NONE

    @property
    def mark(self) -> str:
        """What stands between cells."""
        return DELIMITERS[self.delimiter]

    def lacks(self, cell: str, among_numbers: bool = False) -> bool:
        """Tell whether a cell, without blanks around it, holds no value."""
        small = cell.lower()
        if small in ALWAYS_MISSING or small in self.missing:
            return True
        return among_numbers and small in MISSING_AMONG_NUMBERS

    def as_json(self, *, trailing: bool, twins: bool, signs: bool) -> dict[str, Any]:
        """Return what new rows are read by, with all words for what is missing.

        ``trailing`` tells that rows end with a separator, ``twins`` that columns had the same name,
        ``signs`` that numbers are written with more than digits and marks.
        """
        return {
            "encoding": self.encoding,
            "delimiter": self.mark,
            "header": "yes" if self.header else "no",
            "decimal": self.decimal,
            "thousands": self.thousands,
            "quotes": self.quotes,
            "comment": self.comment,
            "skip": self.skip,
            "missing_words": ",".join(sorted(self.missing)),
            "missing": [*ALWAYS_MISSING, *sorted(self.missing)],
            "missing_numbers": list(MISSING_AMONG_NUMBERS),
            **({"sheet": self.sheet} if self.sheet else {}),
            **({"ignores_case": True} if self.ignores_case else {}),
            "trailing": trailing,
            "twins": twins,
            "signs": signs,
        }


def missing_words(arguments: Arguments) -> frozenset[str]:
    """Return the words that a person added to those that stand for no value."""
    words = str(arguments.get("missing_words", "")).split(",")
    return frozenset(word.strip().lower() for word in words if word.strip())


def order_of_dates(arguments: Arguments) -> str:
    """Return which comes first in dates that leave it open, as far as that was chosen."""
    return str(arguments.get("dates", "auto"))
