"""Cells of sheets and of Parquet as text: what the application runs, and scripts take as it is."""

from __future__ import annotations

from datetime import datetime
from typing import Any


def text_of(value: Any) -> str:
    """Return a cell as text, as a CSV file would have it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return f"{value:.15g}"
    if isinstance(value, datetime):
        is_day = (value.hour, value.minute, value.second, value.microsecond) == (0, 0, 0, 0)
        return value.strftime("%Y-%m-%d" if is_day else "%Y-%m-%d %H:%M:%S")
    if hasattr(value, "total_seconds"):
        return f"{value.total_seconds():.15g}"
    return value.isoformat() if hasattr(value, "isoformat") else str(value).strip()
