"""What a table can be read as instead: a series over time, or a list of sounds."""

from __future__ import annotations

import glob
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Final

import numpy as np

from app.data.cells import cells_of
from app.data.series.rows import rows_of, time_column
from app.data.tables.table import Table
from app.data.tables.understanding import Column
from graph_model.problems import ChooseInRecipe, Fix, Problem, Refusal
from graph_model.values import Arguments

_LEAST: Final = 30
"""In fewer rows nobody looks for windows."""
_MOST_TWINS: Final = 0.02
_SOUNDS: Final = (".wav", ".wave")
_LOOKED_AT: Final = 200


def other_readings(table: Table, columns: Mapping[str, Column]) -> Iterator[Problem]:
    """Yield what a table looks like beside a table, each with the fix that reads it so."""
    yield from _series(table, columns)
    yield from _sounds(table, columns)


def _series(table: Table, columns: Mapping[str, Column]) -> Iterator[Problem]:
    """Offer windows over time where the rows follow each other in even steps of dates."""
    time = time_column(columns)
    if len(table) < _LEAST or not time or columns[time].type != "date":
        return
    try:
        rows = rows_of(table, columns, {"time": time})
    except Refusal:
        return
    if rows.steps is None or rows.twins > _MOST_TWINS * len(table):
        return
    targets = [name for name in rows.names if columns[name].role == "target"]
    chosen: Arguments = {"path": str(table.path), "time": time, "target": ", ".join(targets)}
    chosen = {name: value for name, value in chosen.items() if value}
    values = {"path": table.path.name, "column": time, "step": rows.steps.text}
    fix = Fix("read_as_series", ChooseInRecipe("data", "series", chosen), {"column": time})
    yield Problem("table_is_series", values, parameter="data.kind", fixes=(fix,))


def _sounds(table: Table, columns: Mapping[str, Column]) -> Iterator[Problem]:
    """Offer to read the sounds that a column names, where these lie near the table."""
    for name, column in columns.items():
        if column.type in ("number", "date"):
            continue
        cells = cells_of(table, name)
        places = np.linspace(0, len(cells) - 1, min(len(cells), _LOOKED_AT)).astype(int)
        some = [cells[place] for place in places]
        if not all(cell.lower().endswith(_SOUNDS) for cell in some):
            continue
        folder = _folder_of(some[0], table.path)
        if folder is not None:
            chosen: Arguments = {"path": str(folder), "table": str(table.path)}
            fix = Fix("read_as_sounds", ChooseInRecipe("data", "audio_folder", chosen))
            values = {"path": table.path.name, "column": name}
            yield Problem("table_names_sounds", values, parameter="data.kind", fixes=(fix,))
        return


def _folder_of(cell: str, table: Path) -> Path | None:
    """Return the folder beside or above a table in which a file lies that is called so."""
    name = PurePosixPath(cell.replace("\\", "/")).name
    for folder in (table.absolute().parent, table.absolute().parent.parent):
        if any((folder / inner).is_file() for inner in (cell, name)):
            return folder
        if next(folder.glob(f"*/{glob.escape(name)}"), None) is not None:
            return folder
    return None
