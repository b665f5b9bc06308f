"""Columns that grow as a file is read piece by piece."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from app.data.tables.numbers import as_numbers
from app.data.tables.rules import ALWAYS_MISSING, MISSING_AMONG_NUMBERS, Rules
from graph_model.frozen import frozen

if TYPE_CHECKING:
    import polars as pl

EXACT: Final = float(1 << 24)
"""Up to here float32 holds every whole number."""


@frozen
class Odd:
    """How many cells are no number in a column of such, and the row and text of the first."""

    count: int
    row: int
    cell: str


@dataclass
class Growing:
    """One column: texts until its first piece shows it to be numbers, written in place then."""

    rules: Rules
    texts: list[Any] = field(default_factory=list)
    numbers: NDArray[Any] | None = None
    count: int = 0
    odd: Odd | None = None

    def add_texts(self, cells: pl.Series) -> None:
        """Add a piece of texts."""
        if self.numbers is None:
            self.texts.append(cells)
            self.count += len(cells)
            return
        values = as_numbers(cells, self.rules)
        small = cells.str.to_lowercase()
        known = [*ALWAYS_MISSING, *MISSING_AMONG_NUMBERS, *self.rules.missing]
        odd = (values.is_null() & ~small.is_in(known)).arg_true()
        if len(odd):
            first = int(odd[0])
            before = self.odd or Odd(0, self.count + first, cells[first])
            self.odd = Odd(before.count + len(odd), before.row, before.cell)
        self.add_numbers(values)

    def add_numbers(self, values: pl.Series) -> None:
        """Add a piece of numbers, null where one is missing."""
        self._write(values.to_numpy())

    def begin_numbers(self, values: pl.Series, expected: int) -> None:
        """Take a first piece for numbers, as which later pieces are read; about so many come."""
        self.numbers = np.empty(expected, np.float32)
        self._write(values.to_numpy())

    @property
    def size(self) -> int:
        """How many bytes it takes in memory."""
        if self.numbers is not None:
            return self.count * self.numbers.itemsize
        return sum(each.estimated_size() for each in self.texts)

    def whole(self) -> pl.Series | NDArray[Any]:
        """Return the whole column."""
        import polars as pl

        if self.numbers is not None:
            return self.numbers[: self.count]
        return self.texts[0] if len(self.texts) == 1 else pl.concat(self.texts, rechunk=True)

    def _write(self, values: NDArray[Any]) -> None:
        assert self.numbers is not None
        end = self.count + len(values)
        type = self.numbers.dtype
        if type == np.float32 and values.dtype != np.float32:
            largest = np.nanmax(np.abs(values), initial=0)
            type = np.dtype(np.float64 if largest > EXACT else np.float32)
        if end > len(self.numbers) or type != self.numbers.dtype:
            grown = np.empty(max(end, len(self.numbers), end * 5 // 4 * (self.count > 0)), type)
            grown[: self.count] = self.numbers[: self.count]
            self.numbers = grown
        self.numbers[self.count : end] = values
        self.count = end


def joined(columns: Sequence[Growing]) -> list[pl.Series | NDArray[Any]]:
    """Return whole columns, and let go of their pieces."""
    found = []
    for column in columns:
        found.append(column.whole())
        column.texts = []
    return found
