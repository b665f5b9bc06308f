"""Dates as people write them: what the application runs, and scripts take as it is."""

from __future__ import annotations

from datetime import datetime, timedelta


def moment_of(text: str, form: str) -> datetime:
    """Return the moment that a text tells in a format of ``datetime``, as it is written there.

    Formats such as ``unix s`` are of numbers, which count since 1970, ``excel`` of days as
    workbooks count them; ``quarter`` is of 2020Q3 and Q3 2020. Raises ``ValueError``.
    """
    if form == "quarter":
        return quarter_of(text)
    if form == "week":  # of ISO 8601, as its Monday
        return datetime.strptime(f"{text.replace('-', '')}-1", "%GW%V-%u")
    try:
        if form == "excel":
            return datetime(1899, 12, 30) + timedelta(days=float(text))
        if form.startswith("unix "):
            factor = {"s": 1e6, "ms": 1e3, "us": 1, "ns": 1e-3}[form.removeprefix("unix ")]
            return datetime(1970, 1, 1) + timedelta(microseconds=round(float(text) * factor))
    except OverflowError:
        raise ValueError(text) from None
    return datetime.strptime(text, form).replace(tzinfo=None)


def quarter_of(text: str) -> datetime:
    """Return the first day of a quarter."""
    bare = text.upper().replace(" ", "").replace("-", "")
    year, mark, quarter = bare.partition("Q") if bare[:1] != "Q" else (bare[2:], "Q", bare[1:2])
    if not mark or len(year) != 4 or quarter not in ("1", "2", "3", "4"):
        raise ValueError(text)
    return datetime(int(year), 3 * int(quarter) - 2, 1)
