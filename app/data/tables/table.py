"""A table as it was read: columns of cells or numbers, and on which line each row stood."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import numpy as np
from numpy.typing import NDArray

from app.data.dataset import refuse
from app.data.tables.growing import Odd
from app.data.tables.rules import Rules
from graph_model.frozen import frozen
from graph_model.phrases import phrase

if TYPE_CHECKING:
    import polars as pl


@frozen
class Table:
    """The columns of a file by name, each of texts without blanks around them or of numbers.
    ``odd`` tells of cells that are none in columns of numbers.

    ``ragged`` counts rows that were left out since they have another number of cells, the first
    on ``ragged_line`` with ``ragged_width``. ``renamed`` has the names of columns whose name was
    another's already. ``apart`` tells how cells of several numbers or words were parted, by the
    column that held them, and ``part_of`` of which column each one made of them is. ``together``
    tells of which columns those were made that tell a moment.
    """

    path: Path
    columns: Mapping[str, pl.Series | NDArray[Any]]
    lines: NDArray[np.int64]
    rules: Rules
    ragged: int = 0
    ragged_line: int = 0
    renamed: tuple[str, ...] = ()
    trailing: bool = False
    odd: Mapping[str, Odd] = field(default_factory=dict)
    read_as: Mapping[str, str] = field(default_factory=dict)
    ragged_width: int = 0
    apart: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    part_of: Mapping[str, str] = field(default_factory=dict)
    together: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.lines)


def names_of(header: Sequence[str]) -> tuple[list[str], tuple[str, ...]]:
    """Return a name for each column, and which of them a number was added to."""
    names: dict[str, None] = {}
    renamed = []
    for index, cell in enumerate(header, 1):
        name = wanted = cell.strip() or f"column {index}"
        number = 1
        while name in names:
            number += 1
            name = f"{wanted} {number}"
        if name != wanted:
            renamed.append(name)
        names[name] = None
    return list(names), tuple(renamed)


def need_rows(path: Path, count: int, least: int) -> None:
    """Refuse a table of fewer rows."""
    if count < least:
        refuse("data_too_few", path=path, got=count, what=phrase("rows"), expected=least)


def refuse_line(path: Path, line: int, reason: object) -> NoReturn:
    """Refuse a file for what stands in one of its lines."""
    why = phrase("line {line}: {reason}", line=line, reason=reason)
    refuse("data_unreadable", path=path, reason=why)
