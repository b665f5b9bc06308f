"""The cells of a table as words: the one place where texts have theirs from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from app.data.tables.opening import read_table
from app.data.tables.rules import ALWAYS_MISSING
from app.data.tables.understanding import written
from graph_model.frozen import frozen

MISSING: Final = frozenset(ALWAYS_MISSING)


@frozen
class Table:
    """The cells of a table by columns, and the line on which each row stood."""

    path: Path
    columns: Mapping[str, Sequence[str]]
    lines: Sequence[int]

    def __len__(self) -> int:
        return len(self.lines)


def cells_of(path: Path, delimiter: str = "auto", least: int = 2) -> Table:
    """Read the cells of a table of any form; raises ``Refusal`` where it cannot be read."""
    table = read_table(path, {"delimiter": delimiter}, least)
    columns = {name: _texts_of(cells) for name, cells in table.columns.items()}
    return Table(path, columns, table.lines.tolist())


def _texts_of(cells: Any) -> list[str]:
    import polars as pl

    is_text = isinstance(cells, pl.Series) and cells.dtype == pl.String
    found: list[str] = (cells if is_text else written(cells)).to_list()
    return found
