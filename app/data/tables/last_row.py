"""A last row that sums up the others is no sample."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from app.data.tables.numbers import as_number, as_numbers
from app.data.tables.table import Table

if TYPE_CHECKING:
    import polars as pl

_SUM: Final = re.compile(
    r"(grand |sub)?totals?|sum|summe|gesamt(summe)?|totale|totaux|total général|somme|suma|итого|"
    r"合计|总计|小计|合計|総計|총계",
    re.IGNORECASE,
)


def without_sum(table: Table) -> tuple[Table, int]:
    """Return a table without a last row of sums, and the line of that, 0 where there is none.

    It is one where a cell says so and a number is the sum of all those above it.
    """
    if len(table) < 4 or not any(_says_sum(cells) for cells in table.columns.values()):
        return table, 0
    if not any(_is_sum(cells, table) for cells in table.columns.values()):
        return table, 0
    columns = {name: cells[:-1] for name, cells in table.columns.items()}
    odd = {name: each for name, each in table.odd.items() if each.row < len(table) - 1}
    return replace(table, columns=columns, lines=table.lines[:-1], odd=odd), int(table.lines[-1])


def _says_sum(cells: pl.Series | NDArray[Any]) -> bool:
    is_text = not isinstance(cells, np.ndarray) and not cells.dtype.is_numeric()
    return is_text and _SUM.fullmatch(str(cells[-1]).strip(" :：")) is not None


def _is_sum(cells: pl.Series | NDArray[Any], table: Table) -> bool:
    """Tell whether the last number of a column is the sum of those before."""
    if not isinstance(cells, np.ndarray):
        if not cells.dtype.is_numeric() and as_number(str(cells[-1]), table.rules) is None:
            return False
        numbers = cells if cells.dtype.is_numeric() else as_numbers(cells, table.rules)
        cells = numbers.cast(float).fill_null(np.nan).to_numpy()
    *_, last = cells[-1:]
    total = np.nansum(cells[:-1], dtype=np.float64)
    return bool(np.isfinite(last) and last and abs(total - last) <= 1e-4 * abs(total) + 0.01)
