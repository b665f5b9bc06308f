"""Dates and times as people write them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final

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
    "%H:%M:%S",
    "%H:%M",
)
"""The first that all cells follow is taken; months come before days, as most such files do."""
COMPACT: Final = "%Y%m%d"
PARTS: Final = ("year", "month", "day", "weekday", "hour", "minute")
"""What of a date enters the features, as far as it differs."""
_SAMPLE: Final = 2000
_SHARE: Final = 0.95
_NAMED: Final = re.compile(r"date|datum|day|time|日期|时间", re.IGNORECASE)


def format_of(cells: Sequence[str], order: str = "auto") -> str:
    """Return the format that nearly all of some cells follow, empty where there is none.

    ``order`` is ``day_first`` where days come before months in what may be read either way.
    """
    cells = cells[:_SAMPLE]
    if not cells or (not any(map(str.isdigit, cells[0])) and not cells[0][:1].isalpha()):
        return ""
    if cells[0].replace(".", "", 1).lstrip("+-").isdigit() and cells[0].count(".") < 2:
        return ""  # a number
    for form in _DAYS_FIRST if order == "day_first" else FORMATS:
        if parsed(cells[0], form) is None and parsed(cells[-1], form) is None:
            continue
        if sum(parsed(cell, form) is not None for cell in cells) >= _SHARE * len(cells):
            return form
    return ""


def turned(form: str) -> str:
    """Return the format with day and month the other way round, empty where they cannot be."""
    other = form.replace("%d", "\0").replace("%m", "%d").replace("\0", "%m")
    return other if other != form and other in FORMATS and form[0:2] in {"%d", "%m"} else ""


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
    """Return the date of a cell, ``None`` where it follows another format."""
    try:
        return datetime.strptime(cell, form).replace(tzinfo=None)  # in the time that is written
    except ValueError:
        return None


def as_dates(cells: pl.Series, form: str) -> pl.Series:
    """Return the moments of cells, null where one follows another format."""
    import polars as pl

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
