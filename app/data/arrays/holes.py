"""Values of arrays that are no numbers: how many there are, where, and what becomes of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np

from app.data.dataset import Array, refuse
from app.data.rows import Rows, chunks
from graph_model.frozen import frozen
from graph_model.phrases import phrase
from graph_model.problems import Fix, Problem, SetDataArguments
from graph_model.recipes.columns import decided
from graph_model.values import Arguments

LEAVE_OUT: Final = "leave_out"
_FEW: Final = 3
_PHRASES: Final = {
    "mean": "the mean of the training samples",
    "median": "the median of the training samples",
}


@frozen
class Holes:
    """The samples of an array that lack a value, how many values, and where the first ones are."""

    samples: Array
    count: int
    first: tuple[str, ...]


def holes_of(array: Array) -> Holes | None:
    """Find what is NaN or infinite, or too large for 32 bits; ``None`` where nothing is."""
    if array.dtype.kind != "f" or not array.size:
        return None
    found: list[Array] = []
    first: list[str] = []
    start = count = 0
    with np.errstate(over="ignore"):
        for some in chunks(Rows(array)):
            bad = ~np.isfinite(some)
            if bad.any():
                count += int(bad.sum())
                places = np.argwhere(bad)[: _FEW - len(first)]
                first += [_place(start + int(row), rest) for row, *rest in places.tolist()]
                found.append(start + np.flatnonzero(bad.reshape(len(some), -1).any(axis=1)))
            start += len(some)
    return Holes(np.concatenate(found), count, tuple(first)) if found else None


def _place(row: int, rest: list[int]) -> str:
    """Return a place as NumPy writes it."""
    return f"[{', '.join(map(str, (row, *rest)))}]"


def filling_of(
    name: str, role: str, chosen: Mapping[str, str], arguments: Arguments, path: object
) -> str:
    """Return what becomes of the holes of an array: of what is no feature, the sample goes."""
    usual = str(arguments["missing"])
    if usual == "refuse" and name not in chosen:
        refuse("data_missing_values", parameter="data.missing", path=path, array=name)
    if role != "features":
        return LEAVE_OUT
    usual = {"auto": "mean", "skip": LEAVE_OUT}.get(usual, usual)
    filling = chosen.get(name, usual)
    return filling if filling in ("mean", "median", LEAVE_OUT) or _is_number(filling) else usual


def note_of(path: str, name: str, holes: Holes, filling: str, arguments: Arguments) -> Problem:
    """Return what is told of the holes of an array, with what else could become of them."""
    values = {
        "path": path,
        "array": name,
        "count": f"{holes.count:,}",
        "samples": f"{len(holes.samples):,}",
        "first": ", ".join(holes.first) + " …" * (holes.count > len(holes.first)),
    }
    if filling == LEAVE_OUT:
        return Problem("array_incomplete_left_out", values, parameter="data.missing")
    words = decided(arguments, "fillings")
    pairs = tuple(part for pair in {**words, name: LEAVE_OUT}.items() for part in pair)
    fix = Fix("leave_incomplete_out", SetDataArguments({"fillings": pairs}), {"array": name})
    told = {**values, "filling": phrase(_PHRASES[filling]) if filling in _PHRASES else filling}
    return Problem("array_filled", told, parameter="data.missing", fixes=(fix,))


def _is_number(text: str) -> bool:
    try:
        return bool(np.isfinite(np.float32(text)))
    except ValueError:
        return False
