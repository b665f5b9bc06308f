"""What each column of a table holds and is for, and why: as decided, or else as it looks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from app.data.tables.dates import (
    COMPACT,
    as_dates,
    format_of,
    is_compact,
    may_be_compact,
    parsed,
    turned,
)
from app.data.tables.numbers import as_numbers, is_number
from app.data.tables.rules import ALWAYS_MISSING, MISSING_AMONG_NUMBERS, Rules
from app.data.tables.shares import MOST as MOST_SHARES
from app.data.tables.shares import add_up, are_marks
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
_COUNTED_OF_MANY: Final = 20_000
_LEAST_ID: Final = 10
"""In fewer rows, that all differ says nothing."""
_ID: Final = re.compile(
    r"(.*[_ \-.])?([iI]d|ID|uuid|guid|index|idx|no|nr|number|rownames|rowid|row|key|编号|序号)"
    r"|.*[a-z](Id|ID)|[uU]nnamed: \d+",
)
_CATEGORY: Final = re.compile(
    r"(.*[_ \-])?(zip|zipcode|postcode|postal_code|plz|class|pclass|type|category|code|cluster|"
    r"group|region|sex|gender|month|weekday|dayofweek|类别|性别|邮编)",
    re.IGNORECASE,
)
_TARGETS: Final = (
    "target",
    "label",
    "class",
    "y",
    "outcome",
    "survived",
    "species",
    "diagnosis",
    "churn",
    "saleprice",
    "price",
    "quality",
    "default",
    "result",
    "response",
    "labels",
    "目标",
    "标签",
    "类别",
)
_NO_TARGETS: Final = frozenset({"ignore", "text", "picture"})
_SEVERAL: Final = re.compile(r"(y|target|label|output)[ _]?\d+", re.IGNORECASE)


@frozen
class Column:
    """One column, understood: its numbers, moments or words, with NaN or null where one is missing.

    ``odd`` counts cells that are no number among numbers, the first of them ``odd_cell`` in
    ``odd_row``; they count as missing. ``form`` is that of dates, which ``is_open`` where day and
    month may be the other way round; ``signs`` tells of currency, percent or other signs among
    numbers.
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
    odd: int = 0
    odd_row: int = 0
    odd_cell: str = ""

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
}
"""The type that a role asks for, unless one was chosen."""


def _typed(name: str, cells: pl.Series | NDArray[Any], rules: Rules, wanted: str) -> Column:
    import polars as pl

    if isinstance(cells, np.ndarray) or cells.dtype != pl.String:
        if wanted not in {"category", "text", "date", "path"}:
            return _numbers(name, cells, 0)
        cells = written(cells)
    if wanted in {"", "number"} and rules.decimal == "point" and not may_be_compact(name):
        plain = cells.cast(pl.Float64, strict=False)
        if not plain.null_count() and rules.thousands != "point":
            return _numbers(name, plain, 0)
    small = cells.str.to_lowercase()
    lacking = small.is_in([*ALWAYS_MISSING, *rules.missing])
    soft = small.is_in(list(MISSING_AMONG_NUMBERS))
    looked = cells.filter(~(lacking | soft))
    if len(looked) > _LOOKED_AT:
        looked = looked.gather(np.linspace(0, len(looked) - 1, _LOOKED_AT).astype(np.int64))
    if wanted in {"", "date"}:
        form = COMPACT if is_compact(name, looked.to_list()) and len(looked) else ""
        form = form or format_of(looked.to_list(), rules.dates)
        if form:
            moments = as_dates(cells, form)
            other = turned(form)
            is_open = bool(other) and all(parsed(cell, other) for cell in looked.to_list())
            missing = moments.null_count()
            return _column(name, "date", moments, missing, form=form, is_open=is_open)
    shown = as_numbers(looked, rules)
    share = 1 - shown.null_count() / len(shown) if len(shown) else 0.0
    if wanted == "number" or (not wanted and share >= _MOSTLY):
        return _numbers_of(name, cells, lacking | soft, rules)
    words = pl.select(pl.when(lacking).then(None).otherwise(cells)).to_series()
    type = wanted or ("path" if _are_paths(looked) else "text" if _is_text(looked) else "category")
    return _column(name, type, words, words.null_count())


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
    return "number", phrase("its cells are numbers")


def propose_targets(columns: Mapping[str, Column]) -> tuple[tuple[str, ...], Phrase]:
    """Return the columns that are most likely to be predicted, and why."""
    usable = [name for name, each in columns.items() if each.role not in _NO_TARGETS]
    last = usable[-1] if len(usable) > 1 else _last_of_few(columns, usable)
    several = tuple(name for name in usable if _SEVERAL.fullmatch(name.strip()))
    if len(several) > 1 and last in several and len(several) < len(columns):
        return several, phrase("they are called like targets")
    by_small = {name.lower().strip(): name for name in usable}
    found = next((by_small[name] for name in _TARGETS if name in by_small), "")
    if found and last.lower().strip() not in _TARGETS:
        return (found,), phrase("it is called like a target")
    shares = _shares_at_the_end(columns, usable)
    if shares:
        return shares, phrase("they add up to 1 in every row, as probabilities of classes do")
    if last != list(columns)[-1] and len(usable) == 1:
        return (last,), phrase("it is the only column that can be predicted")
    if last != list(columns)[-1]:
        return (last,), phrase("it is the last column that can be predicted")
    return (last,), phrase("it is the last column")


def _shares_at_the_end(columns: Mapping[str, Column], usable: Sequence[str]) -> tuple[str, ...]:
    """Return the last columns where their numbers add up to 1 and are not all zeros and ones."""
    found: list[str] = []
    total: Any = 0.0
    for name in reversed(usable[-MOST_SHARES:]):
        column = columns[name]
        if column.type != "number" or column.missing or not (column.numbers >= 0).all():
            break
        found.insert(0, name)
        total = total + column.numbers
        if (total > 1.5).any():
            break
        numbers = [columns[each].numbers for each in found]
        if len(found) < len(usable) and add_up(numbers):
            return () if are_marks(numbers) else tuple(found)
    return ()


def _last_of_few(columns: Mapping[str, Column], usable: list[str]) -> str:
    """Return the last column that holds anything, rather the only usable one than a text."""
    filled = [name for name, each in columns.items() if each.distinct] or list(columns)
    return usable[0] if usable and columns[filled[-1]].distinct > 1 else filled[-1]


def _first_date(column: Column) -> str:
    return str(column.values.drop_nulls()[0].strftime(column.form))


def _mean(values: pl.Series) -> float:
    found = values.mean()
    return float(found) if isinstance(found, int | float) else 0.0
