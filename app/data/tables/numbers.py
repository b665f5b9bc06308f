"""Numbers as people write them: which marks they use, and what each cell stands for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from app.data.tables.rules import DECIMALS, THOUSANDS, Rules
from codegen.number_signs import SIGNS

if TYPE_CHECKING:
    import polars as pl

_BLANK: Final = r"[\s\u00a0\u202f]*"
_AROUND: Final = rf"{_BLANK}(?:{SIGNS}){_BLANK}"
_CURRENCY: Final = re.compile(f"^([+-]?){_AROUND}|{_AROUND}$")
_BLANKS: Final = ("\u00a0", "\u202f", "\u2009")
_MINUS: Final = ("\u2212", "\u2012", "\u2013", "\ufe63", "\uff0d")
_GROUP: Final = r"[+-]?\d{1,3}"
_FORMS: Final = tuple(
    (re.compile(form), decimal, thousands)
    for form, decimal, thousands in (
        (r"[+-]?\d+", "", ""),
        (rf"{_GROUP}(,\d{{3}})+\.\d+", "point", "comma"),
        (rf"{_GROUP}(\.\d{{3}})+,\d+", "comma", "point"),
        (rf"{_GROUP}(,\d{{3}}){{2,}}", "", "comma"),
        (rf"{_GROUP}(\.\d{{3}}){{2,}}", "", "point"),
        (rf"{_GROUP}( \d{{3}})+", "", "space"),
        (rf"{_GROUP}( \d{{3}})+,\d+", "comma", "space"),
        (rf"{_GROUP}( \d{{3}})+\.\d+", "point", "space"),
        (rf"{_GROUP}(['’]\d{{3}})+", "", "apostrophe"),
        (rf"{_GROUP}(['’]\d{{3}})+\.\d+", "point", "apostrophe"),
        (rf"{_GROUP}(['’]\d{{3}})+,\d+", "comma", "apostrophe"),
        (r"[+-]?[1-9]\d{0,2},\d{3}", "", "comma?"),
        (r"[+-]?[1-9]\d{0,2}\.\d{3}", "", "point?"),
        (r"[+-]?\d*,\d+([eE][+-]?\d+)?", "comma", ""),
        (r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", "point", ""),
    )
)
"""Forms of numbers, each with the marks that it proves; with “?” where it may be either."""


def bare(cell: str) -> str:
    """Return a cell without currency, percent and unusual blanks, its minus as in ASCII."""
    text = cell.strip()
    if text.isascii() and text[-1:].isdigit() and text[:1] in "+-.0123456789":
        return text
    for blank in _BLANKS:
        text = text.replace(blank, " ")
    if text[:1] in _MINUS:
        text = f"-{text[1:]}"
    if text.startswith("(") and text.endswith(")"):  # as bookkeepers write what is below zero
        text = f"-{text[1:-1]}"
    return _CURRENCY.sub(r"\1", text).strip()


def marks_of(columns: Iterable[Sequence[str]], delimiter: str) -> tuple[str, str]:
    """Return the decimal and thousands marks of columns of cells, by what their numbers prove.

    A column counts where nearly all of its cells are numbers in some form.
    """
    decimals: Counter[str] = Counter()
    thousands: Counter[str] = Counter()
    for cells in columns:
        proofs = [_proof(bare(cell)) for cell in cells]
        found = [proof for proof in proofs if proof is not None]
        if len(found) < 0.8 * len(proofs):
            continue
        for decimal, grouping in found:
            decimals[decimal] += 1
            thousands[grouping] += 1
    decimal = "comma" if decimals["comma"] > decimals["point"] else "point"
    proven = {name: thousands[name] for name in ("comma", "point", "space", "apostrophe")}
    best = max(proven, key=proven.__getitem__)
    grouping = best if proven[best] and best != decimal else "none"
    if grouping == "none" and thousands["comma?"] and not decimals["comma"]:
        if decimals["point"] or delimiter not in {"semicolon", "tab"}:
            grouping = "comma"  # 1,470 in a file whose other numbers have a point, or no comma
        else:
            decimal = "comma"
    if grouping == "none" and thousands["point?"] and decimal == "comma":
        grouping = "point"
    return decimal, grouping


def is_number(cell: str) -> bool:
    """Tell whether a cell is a number in any form."""
    return _proof(bare(cell)) is not None


def _proof(cell: str) -> tuple[str, str] | None:
    for form, decimal, thousands in _FORMS:
        if form.fullmatch(cell):
            return decimal, thousands
    return None


def as_number(cell: str, rules: Rules) -> float | None:
    """Return the number that a cell stands for by these rules, ``None`` where it is none."""
    text = bare(cell)
    grouping, decimal = THOUSANDS[rules.thousands], DECIMALS[rules.decimal]
    if grouping:
        text = text.replace(grouping, "").replace("’", "" if grouping == "'" else "’")
    if decimal == ",":
        text = text.replace(",", ".") if "." not in text else "?"
    if "_" in text:
        return None
    try:
        return float(text)
    except ValueError:
        return None


def as_numbers(cells: pl.Series, rules: Rules) -> pl.Series:
    """Return the numbers that cells stand for, null where one is none.

    What is written plainly is read at once, and only the rest cell by cell.
    """
    import polars as pl

    plain = cells
    if rules.decimal == "comma":
        plain = cells.str.replace(",", ".", literal=True).set(
            cells.str.contains(".", literal=True), ""
        )
    found = plain.cast(pl.Float64, strict=False)
    rest = found.is_null() & cells.is_not_null() & (cells.str.len_bytes() > 0)
    if rules.thousands == "point" or bool(rest.any()):
        if rules.thousands == "point":
            rest = rest | cells.str.contains(".", literal=True)
        places = rest.arg_true()
        odd = cells.gather(places)
        known = {cell: as_number(cell, rules) for cell in odd.unique()}
        values = pl.Series([known[cell] for cell in odd], dtype=pl.Float64)
        found = found.scatter(places, values)
    return found
