"""A table of any form with its columns understood: where texts and series have theirs from."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from app.data.tables.new_rows import texts_of
from app.data.tables.opening import read_table
from app.data.tables.table import Table
from app.data.tables.together import named_in, together
from app.data.tables.understanding import Column, understood
from graph_model.values import Arguments


def columns_of(
    path: Path, least: int = 2, encoding: str = "auto", series: Arguments | None = None
) -> tuple[Table, dict[str, Column]]:
    """Read a table of any form and understand its columns; raises ``Refusal`` where it is none.

    Of a ``series``, columns that tell a moment together are one, unless its settings say no.
    """
    table = read_table(path, {"delimiter": "auto", "encoding": encoding}, least)
    if series is not None and series.get("join_times", True):
        table = together(table, named_in(series))
    return table, {each.name: each for each in understood(table, {}, {})}


def cells_of(table: Table, name: str) -> Sequence[str]:
    """Return the cells of a column as texts, none where one is empty."""
    return [cell or "" for cell in texts_of(table, name).to_list()]
