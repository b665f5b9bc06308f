"""Dates and times as people write them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from codegen.moments import moment_of

if TYPE_CHECKING:
    import polars as pl

FORMATS: Final = (
    "%Y-%m-%d",
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%dT%H:%M:%S",
    "%Y-%m-%dT%H:%M:%SZ",
    "%Y-%m-%dT%H:%M:%S%z",
    "%Y-%m-%d %H:%M:%S%z",
    "%Y-%m-%d %H:%M:%S.%f",
    "%Y-%m-%dT%H:%M:%S.%f",
    "%Y-%m-%dT%H:%M:%S.%fZ",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%dT%H:%M",
    "%Y-%m-%dT%H:%MZ",
    "%Y-%m-%d %H",
    "%Y-%m-%dT%H",
    "%Y-%m",
    "%Y-%B",
    "%Y-%b",
    "%Y/%m/%d",
    "%Y/%m/%d %H:%M:%S",
    "%Y/%m/%d %H:%M",
    "%Y.%m.%d",
    "%d.%m.%Y",
    "%d.%m.%Y %H:%M",
    "%d.%m.%Y %H:%M:%S",
    "%d.%m.%y",
    "%m/%d/%Y",
    "%d/%m/%Y",
    "%m/%d/%Y %H:%M",
    "%d/%m/%Y %H:%M",
    "%m/%d/%Y %H:%M:%S",
    "%d/%m/%Y %H:%M:%S",
    "%m/%d/%y",
    "%d/%m/%y",
    "%d-%m-%Y",
    "%m-%d-%Y",
    "%d-%m-%Y %H:%M",
    "%d-%b-%Y",
    "%d-%b-%y",
    "%b %d, %Y",
    "%B %d, %Y",
    "%d %b %Y",
    "%d %B %Y",
    "%b-%Y",
    "%b %Y",
    "%B %Y",
    "%Y年%m月%d日",
    "%Y年%m月",
    "quarter",
    "week",
    "%H:%M:%S",
    "%H:%M",
)
"""The first that all cells follow is taken; months come before days, as most such files do."""
TIMES: Final = (
    "%H:%M:%S",
    "%H:%M",
    "%H:%M:%S.%f",
    "%I:%M %p",
    "%I:%M:%S %p",
    "%I:%M%p",
    "%H.%M.%S",
)
"""Times of a day; such as 18.00.00 only with seconds, for 18.00 is a number."""
_LIKE_TIME: Final = re.compile(r"(?:^|[ T])\d{1,2}[:.]\d\d(?:[:. AaPp].*)?$")
COMPACT: Final = "%Y%m%d"
PARTS: Final = ("year", "month", "day", "weekday", "hour", "minute")
"""What of a date enters the features, as far as it differs."""
BETWEEN: Final = "|"
"""What stands between the formats of a column that follows several."""
_DAY, _MOMENT = "%Y-%m-%d", "%Y-%m-%d %H:%M:%S"
"""A moment at midnight may be written as its day."""
_MOST_FORMS: Final = 4
_SAMPLE: Final = 2000
_SHARE: Final = 0.95
UNIX: Final = {"unix s": 1e6, "unix ms": 1e3, "unix us": 1.0, "unix ns": 1e-3}
"""The formats of numbers that count since 1970, with the microseconds of each."""
EXCEL: Final = "excel"
"""The format of numbers that count days as workbooks do."""
_EXCEL_DAYS: Final = (20_000, 60_000)
"""Days of the years 1954 to 2064: what counts as workbooks do lies between these."""
_TO_1970: Final = 25_569
"""The day that 1970 began with, as workbooks count."""
_DAY_OF_IT: Final = 86_400_000_000
_FIRST, _LAST = 3.1e14, 4.2e15
"""The microseconds of the years 1980 and 2100: what counts since 1970 lies between these."""
_OF_UNIX: Final = re.compile(
    r"time|date|epoch|unix|^ts$|_ts$|^t$|_at$|created|updated|日期|时间", re.IGNORECASE
)
_OF_DAYS: Final = re.compile(r"date|datum|fecha|日期", re.IGNORECASE)
_NAMED: Final = re.compile(r"date|datum|day|time|日期|时间", re.IGNORECASE)


def format_of(cells: Sequence[str], order: str = "auto") -> str:
    """Return the format of some cells, empty where they have none.

    Where they follow several, the formats stand in the order in which each is tried, with ``|``
    between them. ``order`` is ``day`` where days come before months in what may be read either way.
    """
    cells = cells[:_SAMPLE]
    if not cells or (not any(map(str.isdigit, cells[0])) and not cells[0][:1].isalpha()):
        return ""
    if cells[0].replace(".", "", 1).lstrip("+-").isdigit() and cells[0].count(".") < 2:
        return ""  # a number
    forms = _DAYS_FIRST if order == "day" else FORMATS
    forms = (*forms, *_with_times(forms, cells[0]))
    first = _most_followed(cells, forms, [cells[0], cells[-1]])
    if not first:
        return ""
    if sum(parsed(cell, first) is not None for cell in cells) == len(cells):
        return first + BETWEEN + _DAY if first == _MOMENT else first
    found: list[str] = []
    left = [*cells]
    while left and len(found) < _MOST_FORMS:
        form = _most_followed(left, [each for each in forms if turned(each) not in found], left)
        if not form:
            break
        found.append(form)
        left = [cell for cell in left if parsed(cell, form) is None]
    return BETWEEN.join(found) if len(left) <= (1 - _SHARE) * len(cells) else ""


def _with_times(forms: Sequence[str], cell: str) -> list[str]:
    """Return the formats of days, each with every time behind it, where a cell may have a time."""
    if not _LIKE_TIME.search(cell):
        return []
    days = [form for form in forms if "%H" not in form]
    found = [f"{day}{mark}{time}" for day in days for mark in " T" for time in TIMES]
    return [form for form in (*TIMES, *found) if form not in forms]


def _most_followed(cells: Sequence[str], forms: Sequence[str], tried: Sequence[str]) -> str:
    """Return the format that most cells follow, of those that one of the ``tried`` follows."""
    tried = tried[:: max(1, len(tried) // 20)]
    counts = {
        form: sum(parsed(cell, form) is not None for cell in cells)
        for form in forms
        if any(parsed(cell, form) is not None for cell in tried)
    }
    return max(counts, key=lambda form: counts[form], default="")


def turned(form: str) -> str:
    """Return the format with day and month the other way round, empty where they cannot be."""
    other = form.replace("%d", "\0").replace("%m", "%d").replace("\0", "%m")
    is_known = other in FORMATS or other.partition(" ")[0] in FORMATS
    return other if other != form and is_known and form[0:2] in {"%d", "%m"} else ""


_DAYS_FIRST: Final = tuple(
    sorted(FORMATS, key=lambda form: form.startswith("%m") and turned(form) != "")
)
"""The same with days before months wherever that is open."""


def is_compact(name: str, cells: Sequence[str]) -> bool:
    """Tell whether whole numbers are dates such as 20240131, in a column that is called so."""
    return may_be_compact(name) and all(
        len(cell) == 8 and parsed(cell, COMPACT) is not None for cell in cells[:_SAMPLE]
    )


def may_be_compact(name: str) -> bool:
    """Tell whether a column is called as those of dates are."""
    return _NAMED.search(name) is not None


def parsed(cell: str, form: str) -> datetime | None:
    """Return the date of a cell, ``None`` where it follows none of the formats."""
    for each in form.split(BETWEEN):
        try:
            return moment_of(cell, each)
        except ValueError:
            continue
    return None


def unix_form(name: str, numbers: Any) -> str:
    """Return the format of numbers that count moments, in a column called so; else nothing."""
    if not _OF_UNIX.search(name):
        return ""
    counts = np.asarray(numbers, np.float64)
    there = counts[np.isfinite(counts)]
    if len(there) < 2 or there.min() == there.max():
        return ""
    low, high = float(there.min()), float(there.max())
    if _OF_DAYS.search(name) and _EXCEL_DAYS[0] < low < high < _EXCEL_DAYS[1]:
        return EXCEL
    return next((form for form, by in UNIX.items() if _FIRST < low * by < high * by < _LAST), "")


def _since_1970(numbers: NDArray[Any], form: str) -> pl.Series:
    import polars as pl

    if form == EXCEL:
        numbers, by = numbers - _TO_1970, float(_DAY_OF_IT)
    else:
        by = UNIX[form]
    there = np.abs(numbers) * by < _LAST
    whole = np.round(np.where(there, numbers, 0) * by).astype(np.int64)
    moments = pl.Series(whole).cast(pl.Datetime("us"))
    return pl.select(pl.when(pl.Series(there)).then(moments)).to_series()


def written_as(moment: datetime, form: str) -> str:
    """Return a moment as a format writes it; one that a number counts to the second."""
    if form == "quarter":
        return f"{moment.year}Q{(moment.month + 2) // 3}"
    if form == "week":
        return moment.strftime("%G-W%V")
    return moment.strftime(_MOMENT if form in UNIX or form == EXCEL else form)


def is_open(cells: Sequence[str], form: str) -> bool:
    """Tell whether in a format of these cells day and month may be the other way round."""
    for each in form.split(BETWEEN):
        other = turned(each)
        following = [cell for cell in cells if parsed(cell, each) is not None] if other else []
        if following and all(parsed(cell, other) is not None for cell in following):
            return True
    return False


def as_dates(cells: pl.Series | NDArray[Any], form: str) -> pl.Series:
    """Return the moments of cells, null where one follows another format."""
    import polars as pl

    if isinstance(cells, np.ndarray) or cells.dtype.is_numeric():
        numbers = np.asarray(cells, np.float64)
        if form in UNIX or form == EXCEL:
            return _since_1970(numbers, form)
        cells = pl.Series([f"{each:.9g}" if each == each else "" for each in numbers.tolist()])
    known = {cell: parsed(cell, form) for cell in cells.unique() if cell is not None}
    return pl.Series([known.get(cell) for cell in cells], dtype=pl.Datetime("us"))


def part_of(moments: pl.Series, part: str) -> pl.Series:
    """Return one part of moments, as ``datetime`` counts them: Monday is 0."""
    found: pl.Series = getattr(moments.dt, part)()
    return found - 1 if part == "weekday" else found


def parts_that_differ(moments: pl.Series) -> tuple[str, ...]:
    """Return the parts of moments of which there are several, the year alone if there are none."""
    found = tuple(part for part in PARTS if part_of(moments, part).n_unique() > 1)
    if "day" not in found and "month" not in found:
        found = tuple(part for part in found if part != "weekday")
    return found or ("year",)
