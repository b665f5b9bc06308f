"""Dates as people write them: what the application runs, and scripts take as it is."""

from __future__ import annotations

from datetime import datetime, timedelta


def moment_of(text: str, form: str) -> datetime:
    """Return the moment that a text tells in a format of ``datetime``, as it is written there.

    Formats such as ``unix s`` are of numbers, which count since 1970. Raises ``ValueError``.
    """
    if not form.startswith("unix "):
        return datetime.strptime(text, form).replace(tzinfo=None)
    factor = {"s": 1e6, "ms": 1e3, "us": 1, "ns": 1e-3}[form.removeprefix("unix ")]
    try:
        return datetime(1970, 1, 1) + timedelta(microseconds=round(float(text) * factor))
    except OverflowError:
        raise ValueError(text) from None
