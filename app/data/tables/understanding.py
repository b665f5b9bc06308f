"""What each column of a table holds and is for, and why: as decided, or else as it looks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from app.data.arrays.own_splits import are_parts
from app.data.tables.capitals import as_one, variants
from app.data.tables.dates import (
    BETWEEN,
    COMPACT,
    as_dates,
    format_of,
    is_compact,
    is_open,
    may_be_compact,
    unix_form,
    written_as,
)
from app.data.tables.numbers import as_numbers, is_number
from app.data.tables.rules import ALWAYS_MISSING, MISSING_AMONG_NUMBERS, Rules
from app.data.tables.table import Table
from graph_model.frozen import frozen
from graph_model.phrases import Phrase, phrase

if TYPE_CHECKING:
    import polars as pl

MOST_CATEGORIES: Final = 1000
MOST_NUMBERED_CLASSES: Final = 20
"""A target of whole numbers is taken for classes up to so many different ones."""
_MOSTLY: Final = 0.9
_EMPTY: Final = 0.6
_LOOKED_AT: Final = 5000
"""What cells look like is judged by so many of them."""
_FEW: Final = 10_000
_COUNTED: Final = 200_000
"""Of more cells than these, different ones are counted about."""
_MOST_PARTS: Final = 6
_COUNTED_OF_MANY: Final = 20_000
_LEAST_ID: Final = 10
"""In fewer rows, that all differ says nothing."""
_ID: Final = re.compile(
    r"(.*[_ \-.])?([iI]d|ID|uuid|guid|index|idx|[nN]o|[nN]r|number|rownames|rowid|row|key|"
    r"编号|序号)|.*[a-z](Id|ID)|[uU]nnamed: \d+",
)
_CATEGORY: Final = re.compile(
    r"(.*[_ \-])?(zip|zipcode|postcode|postal_code|plz|class|pclass|type|category|code|cluster|"
    r"group|region|sex|gender|month|weekday|dayofweek|类别|性别|邮编)",
    re.IGNORECASE,
)


@frozen
class Column:
    """One column, understood: its numbers, moments or words, with NaN or null where one is missing.

    ``odd`` counts cells that are no number among numbers, the first of them ``odd_cell`` in
    ``odd_row``; they count as missing. ``form`` is that of dates, which ``is_open`` where day and
    month may be the other way round; ``signs`` tells of currency, percent or other signs among
    numbers, ``unit`` stands behind each. ``variants`` are ways to write one word, in capitals or
    not.
    """

    name: str
    type: str
    role: str
    proposed: str
    why: Phrase
    values: Any
    missing: int
    distinct: int
    form: str = ""
    is_open: bool = False
    signs: bool = False
    unit: str = ""
    variants: tuple[str, ...] = ()
    odd: int = 0
    odd_row: int = 0
    odd_cell: str = ""

    @property
    def first_form(self) -> str:
        """The format that most dates of a column of such follow."""
        return self.form.partition(BETWEEN)[0]

    @property
    def numbers(self) -> NDArray[Any]:
        """The numbers of a column of such."""
        return np.asarray(self.values)


def understood(
    table: Table, types: Mapping[str, str], roles: Mapping[str, str]
) -> Iterator[Column]:
    """Yield each column with what it holds, and what it is for unless it is the target."""
    for name, cells in table.columns.items():
        wanted = types.get(name, "") or _TYPE_OF_ROLE.get(roles.get(name, ""), "")
        column = _without(_typed(name, cells, table.rules, wanted), table.rules)
        odd = table.odd.get(name)
        if odd and column.type == "number":
            column = replace(column, odd=odd.count, odd_row=odd.row, odd_cell=odd.cell)
        yield _with_role(column, roles.get(name, ""))


def _without(column: Column, rules: Rules) -> Column:
    """Return a column of numbers in which those that stand for none are missing, such as −999."""
    stand_ins = [float(word) for word in rules.missing if is_number(word)]
    if column.type != "number" or not stand_ins:
        return column
    numbers = column.numbers
    gone = np.isin(numbers, stand_ins)
    if not gone.any():
        return column
    kind = numbers.dtype if numbers.dtype.kind == "f" else np.float64
    values = np.where(gone, np.nan, numbers).astype(kind)
    distinct = column.distinct - len(np.unique(numbers[gone]))
    missing = column.missing + int(gone.sum())
    return replace(column, values=values, missing=missing, distinct=distinct)


_TYPE_OF_ROLE: Final = {
    "number": "number",
    "category": "category",
    "date": "date",
    "weight": "number",
    "text": "text",
    "picture": "path",
    "split": "category",
}
"""The type that a role asks for, unless one was chosen."""


def _typed(name: str, cells: pl.Series | NDArray[Any], rules: Rules, wanted: str) -> Column:
    import polars as pl

    if isinstance(cells, np.ndarray) or cells.dtype != pl.String:
        dated = _unix(name, cells) if wanted in {"", "date"} else None
        if dated is not None:
            return dated
        if wanted not in {"category", "text", "date", "path"}:
            return _numbers(name, cells, 0)
        cells = written(cells)
    if not wanted and are_codes(cells):
        wanted = "category"
    if wanted in {"", "number"} and rules.decimal == "point" and not may_be_compact(name):
        plain = cells.cast(pl.Float64, strict=False)
        if not plain.null_count() and rules.thousands != "point":
            dated = None if wanted else _unix(name, plain)
            return dated or _numbers(name, plain, 0)
    small = cells.str.to_lowercase()
    lacking = small.is_in([*ALWAYS_MISSING, *rules.missing])
    soft = small.is_in(list(MISSING_AMONG_NUMBERS))
    looked = cells.filter(~(lacking | soft))
    if len(looked) > _LOOKED_AT:
        looked = looked.gather(np.linspace(0, len(looked) - 1, _LOOKED_AT).astype(np.int64))
    if wanted in {"", "date"}:
        form = COMPACT if is_compact(name, looked.to_list()) and len(looked) else ""
        form = form or format_of(looked.to_list(), rules.dates)
        if not form and (dated := _unix(name, cells.cast(pl.Float64, strict=False))):
            return dated
        if form:
            moments = as_dates(cells, form)
            odd = (moments.is_null() & ~(lacking | soft)).arg_true()
            first = int(odd[0]) if len(odd) else 0
            told = {"odd": len(odd), "odd_row": first, "odd_cell": cells[first] if len(odd) else ""}
            may_turn = is_open(looked.to_list(), form)
            missing = moments.null_count()
            return _column(name, "date", moments, missing, form=form, is_open=may_turn, **told)
    shown = as_numbers(looked, rules)
    share = 1 - shown.null_count() / len(shown) if len(shown) else 0.0
    if wanted == "number" or (not wanted and share >= _MOSTLY):
        return _numbers_of(name, cells, lacking | soft, rules)
    unit = _unit_of(looked) if not wanted else ""
    if unit:
        bare = cells.str.strip_suffix(unit).str.strip_chars()
        return replace(_numbers_of(name, bare, lacking | soft, rules), unit=unit)
    words = pl.select(pl.when(lacking).then(None).otherwise(cells)).to_series()
    type = wanted or ("path" if _are_paths(looked) else "text" if _is_text(looked) else "category")
    if type != "category":
        return _column(name, type, words, words.null_count())
    words = as_one(words) if rules.ignores_case else words
    ways = variants(words) if words.n_unique() <= MOST_CATEGORIES else ()
    return _column(name, type, words, words.null_count(), variants=ways)


def _unix(name: str, numbers: pl.Series | NDArray[Any]) -> Column | None:
    """Return a column of moments where numbers count since 1970."""
    form = unix_form(name, numbers)
    if not form:
        return None
    moments = as_dates(numbers, form)
    return _column(name, "date", moments, moments.null_count(), form=form)


def _unit_of(cells: pl.Series) -> str:
    """Return the unit that stands behind nearly all numbers of some cells, the same in each."""
    found = cells.str.extract(r"^[+-]?[\d.,' ]*\d\s*([^\d\s.,'][^\d]{0,11})$", 1).drop_nulls()
    is_unit = len(found) >= _MOSTLY * len(cells) and len(found) > 1 and found.n_unique() == 1
    return str(found[0]) if is_unit else ""


def are_codes(cells: pl.Series) -> bool:
    """Tell whether digits are no numbers: all as many, and some of them begin with a zero."""
    some = cells.head(_LOOKED_AT)
    some = some.filter(some.str.len_bytes() > 0)
    if not some.str.contains(r"^0\d+$").any() or not some.str.contains(r"^\d+$").all():
        return False
    return some.str.len_bytes().n_unique() == 1


def written(numbers: pl.Series | NDArray[Any]) -> pl.Series:
    """Return numbers as texts, an empty one where there is none."""
    import polars as pl

    values = numbers.tolist() if isinstance(numbers, np.ndarray) else numbers.to_list()
    texts = [f"{n:.9g}" if n is not None and n == n else "" for n in values]
    return pl.Series(texts, dtype=pl.String)


def _numbers_of(name: str, cells: pl.Series, lacking: pl.Series, rules: Rules) -> Column:
    """Return a column of numbers of cells; what is none counts as missing, and as odd."""
    values = as_numbers(cells, rules)
    odd = (values.is_null() & ~lacking).arg_true()
    first = int(odd[0]) if len(odd) else 0
    column = _numbers(name, values, len(odd), first, cells[first] if len(odd) else "")
    texts = cells.filter(values.is_not_null()).head(_LOOKED_AT)
    signs = bool((~texts.str.contains(r"^[0-9.,' eE+-]*$")).any())
    return replace(column, signs=signs)


def _numbers(
    name: str, values: pl.Series | NDArray[Any], odd: int, row: int = 0, cell: str = ""
) -> Column:
    array = values if isinstance(values, np.ndarray) else values.to_numpy()
    bad = ~np.isfinite(array) if array.dtype == np.float32 else ~(np.abs(array) <= 3.4028235e38)
    missing = int(bad.sum())
    infinite = bad & ~np.isnan(array) if missing else bad
    if missing:
        if infinite.any() and not odd:
            odd, row = int(infinite.sum()), int(infinite.argmax())
            cell = f"{array[row]:g}"
        array = np.where(bad, np.float32("nan"), array)
    return _column(name, "number", array, missing, odd=odd, odd_row=row, odd_cell=cell)


def _column(name: str, type: str, values: Any, missing: int, **more: Any) -> Column:
    why = phrase("as its cells look")
    return Column(name, type, "", "", why, values, missing, _distinct(values, missing), **more)


def _distinct(values: Any, missing: int) -> int:
    """Return how many different values there are, of very many about how many."""
    import polars as pl

    if isinstance(values, np.ndarray) and len(values) <= _FEW:
        return len(np.unique(values[~np.isnan(values)]))
    series = pl.Series(values) if isinstance(values, np.ndarray) else values
    if missing:
        series = series.fill_nan(None) if series.dtype.is_float() else series
        series = series.drop_nulls()
    if len(series) <= _COUNTED:
        return int(series.n_unique())
    if series.dtype.is_float():
        some = series.gather_every(len(series) // _COUNTED_OF_MANY)
        share = some.n_unique() / len(some)
        if share > 0.5:
            return round(share * len(series))
    counted = pl.select(pl.lit(series).approx_n_unique()).item()
    return int(counted)


def _are_paths(cells: pl.Series) -> bool:
    ends = cells.str.to_lowercase().str.contains(r"\.(jpe?g|png|bmp|gif|tiff?|webp)$")
    return len(cells) > 0 and _mean(ends) >= _MOSTLY


def _is_text(cells: pl.Series) -> bool:
    """Tell whether cells are sentences: long, of several words, and hardly any twice."""
    if not len(cells) or cells.n_unique() < 0.5 * len(cells):
        return False
    blanks = cells.str.count_matches(r"\s")
    return _mean(blanks) >= 4 and _mean(cells.str.len_chars()) >= 25


def _with_role(column: Column, chosen: str) -> Column:
    proposed, why = _proposal(column)
    if chosen:
        why = phrase("chosen by you") if chosen != proposed else why
    return replace(column, role=chosen or proposed, proposed=proposed, why=why)


def _proposal(column: Column) -> tuple[str, Phrase]:
    """Return the role that a column looks to have, and why."""
    count = len(column.values)
    there = count - column.missing
    if column.missing > _EMPTY * count:
        share = f"{column.missing / count:.0%}"
        return "ignore", phrase("it is mostly empty: {share} are missing", share=share)
    if column.distinct <= 1:
        return "ignore", phrase("it has the same value in every row")
    if column.type == "number":
        return _proposal_of_numbers(column, there)
    if column.type == "date":
        return "date", phrase("its cells are dates, such as {form}", form=_first_date(column))
    if column.type == "text":
        return "text", phrase("it is free text, whose tokens can enter an Input of their own")
    if column.type == "path":
        return "picture", phrase("it names pictures, which can enter an Input of their own")
    if there >= _LEAST_ID and column.distinct == there:
        return "ignore", phrase("it differs in every row")
    if column.distinct <= _MOST_PARTS and are_parts(column.values.unique().drop_nulls().to_list()):
        return "split", phrase("its words are the parts of a split")
    if column.distinct > max(_LEAST_ID * 3, there // 2):
        return "ignore", phrase(
            "it has {count} different words in {rows} rows", count=column.distinct, rows=there
        )
    if column.distinct > MOST_CATEGORIES:
        return "ignore", phrase("it has {count} different words", count=column.distinct)
    return "category", phrase("it has {count} different words", count=column.distinct)


def _proposal_of_numbers(column: Column, there: int) -> tuple[str, Phrase]:
    numbers = column.numbers
    if column.missing:
        numbers = numbers[~np.isnan(numbers)]
    is_whole = bool((numbers[:1000] == np.round(numbers[:1000])).all()) and bool(
        (numbers == np.round(numbers)).all()
    )
    if is_whole and there >= _LEAST_ID and column.distinct >= 0.98 * there:
        named = _ID.fullmatch(column.name.strip()) is not None or column.name == "column 1"
        runs = float(numbers.max() - numbers.min()) + 1 == there
        if named and len(np.unique(numbers)) == there:
            if runs and (np.diff(numbers) > 0).all():
                return "ignore", phrase("it counts the rows")
            return "ignore", phrase("it differs in every row and is called like an id")
    if is_whole and 2 < column.distinct <= 50 and _CATEGORY.fullmatch(column.name):
        return "category", phrase(
            "it has {count} whole numbers and is called like a class", count=column.distinct
        )
    if column.unit:
        return "number", phrase("its cells are numbers in {unit}", unit=column.unit)
    return "number", phrase("its cells are numbers")


def _first_date(column: Column) -> str:
    return written_as(column.values.drop_nulls()[0], column.first_form)


def _mean(values: pl.Series) -> float:
    found = values.mean()
    return float(found) if isinstance(found, int | float) else 0.0
