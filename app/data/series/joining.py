"""What becomes of moments that lack: windows keep apart, rows are added, or nothing is heeded."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np

from app.data.series.gaps import lacking_moments, with_all_moments
from app.data.series.rows import Rows
from app.data.series.steps import step_text, usual_step
from graph_model.problems import Fix, Problem, SetDataArguments

_ENOUGH: Final = 0.5
"""Where windows that keep apart are fewer than this share of all, they are not kept so unasked."""
_MOST_ADDED: Final = 0.3
"""So large a share of all moments may lack where they are added unasked."""
_WAYS: Final = {"apart": "gaps_apart", "fill": "gaps_fill", "join": "gaps_join"}
"""Each way with the fix that chooses it."""
_NOTES: Final = {
    "apart": "series_gaps",
    "fill": "series_gaps_filled",
    "join": "series_gaps_joined",
}


def without_gaps(rows: Rows, reach: int, chosen: str) -> tuple[Rows, str, tuple[Problem, ...]]:
    """Do with gaps as was chosen, or else what leaves enough windows of so many rows.

    Returns the rows, what was decided where that was left open, and what is to be told.
    """
    count = int(rows.breaks.sum())
    if not count:
        return rows, "", ()
    way = _usual(rows, reach) if chosen == "auto" else chosen
    if way == "fill" and rows.steps is None:
        way = "join"
    note = _note(rows, way, count)
    if way == "fill":
        rows = with_all_moments(rows)
    elif way == "join":
        rows = replace(rows, are_joined=True)
    return rows, way if chosen == "auto" else "", (note,)


def with_few_moments(rows: Rows) -> Rows:
    """Return rows with all moments between them, where that adds few."""
    return with_all_moments(rows) if _adds_few(rows) else rows


def _adds_few(rows: Rows) -> bool:
    lacking = lacking_moments(rows)
    return rows.steps is not None and lacking <= _MOST_ADDED * (lacking + len(rows.values))


def _usual(rows: Rows, reach: int) -> str:
    lengths = np.bincount(rows.runs)[1:]
    whole = np.bincount(np.cumsum(rows.starts))[1:]
    if _windows(lengths, reach) >= _ENOUGH * _windows(whole, reach):
        return "apart"
    return "fill" if _adds_few(rows) else "join"


def _windows(lengths: np.ndarray[tuple[int, ...], np.dtype[np.int64]], reach: int) -> int:
    return int(np.maximum(lengths - reach + 1, 0).sum())


def _note(rows: Rows, way: str, count: int) -> Problem:
    usual = usual_step(rows.moments, rows.starts) if len(rows.moments) else 1.0
    step = rows.steps.text if rows.steps else step_text(usual, are_dates=bool(rows.form))
    values = {"column": rows.time, "count": str(count), "step": step}
    if way == "fill":
        values["lacking"] = str(lacking_moments(rows))
    others = [each for each in _WAYS if each != way and (each != "fill" or rows.steps)]
    fixes = tuple(Fix(_WAYS[each], SetDataArguments({"gaps": each})) for each in others)
    return Problem(_NOTES[way], values, parameter="data.gaps", fixes=fixes)
