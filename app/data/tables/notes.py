"""What a person should know of a table before training: gaps, balance, leakage, twins."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from app.data.dataset import Array
from app.data.tables.dates import written_as
from app.data.tables.features import Made
from app.data.tables.own_inputs import OwnInputs
from app.data.tables.table import Table
from app.data.tables.targets import Target
from app.data.tables.understanding import Column
from graph_model.phrases import phrase
from graph_model.problems import ChooseInRecipe, Fix, Problem, SetDataArguments
from graph_model.recipe import Choice
from graph_model.recipes.columns import with_decision
from graph_model.recipes.facts import DataFacts
from graph_model.values import Arguments

RARE: Final = 0.1
"""A class of fewer samples than this share of an even part is told of."""
_SAMPLE: Final = 20_000
"""Leakage, correlation and twins are looked for among so many rows, evenly spread."""
_ALL_BUT_SAME: Final = 0.9995
_LISTED: Final = 5
_MOMENT: Final = "%Y-%m-%d %H:%M:%S|%Y-%m-%d"
"""The formats of moments of which some are at midnight, which need not be told of."""
_STAND_IN: Final = re.compile(r"-?9{2,6}|-?9999?\.\d|-1")
"""Numbers that stand for no value in many data."""
_LEAST_SINGLES: Final = 20
"""Of fewer classes, it is not told that they have a sample each."""
_MOST_COMPARED: Final = 2000
"""Of more features than these, only the first are held against the target."""


def notes_of(
    table: Table, columns: Mapping[str, Column], made: Made, facts: DataFacts, lacking: int = 0
) -> Iterator[Problem]:
    """Yield what is to be told, each as advice; of rows ``lacking`` a picture is told elsewhere."""
    path = str(table.path.name)
    if table.ragged:
        values = {"count": str(table.ragged), "line": str(table.ragged_line)}
        yield _note("table_ragged", path, values)
    if table.rules.units:
        yield _note("table_units_row", path, {"cells": table.rules.units})
    if table.renamed:
        yield _note("table_renamed", path, {"columns": _list(table.renamed)})
    yield from _odd(table, columns, path)
    yield from _stand_ins(table, columns, path)
    yield from _open_dates(table, columns, path)
    yield from _capitals(columns, path)
    yield from _too_large(made, columns, path)
    left_out = facts.left_out - table.ragged - lacking
    if left_out > 0:
        yield _note("table_rows_left_out", path, {"count": str(left_out)})
    filled = [each for each in facts.columns if each.filling and each.filling != "leave_out"]
    if filled:
        named = _list([f"{each.name} ({each.missing})" for each in filled])
        fix = Fix("skip_rows", SetDataArguments({"missing": "skip"}))
        yield _note("table_filled", path, {"columns": named}, (fix,))
    own = [e.name for e in facts.columns if e.role in {"text", "picture"}]
    if not (made.names or own):
        names = _list([e.name for e in facts.columns if e.role != "target"])
        yield _note("table_no_features", path, {"columns": names})
    ignored = [e.name for e in facts.columns if e.role == "ignore" == e.proposed]
    if ignored and (made.names or own):
        yield _note("table_ignored", path, {"columns": _list(ignored)})
    yield from _rare_class(facts, path)
    yield from _twins(made, facts, path)


def notes_of_own(own: OwnInputs, path: str) -> Iterator[Problem]:
    """Yield what is to be told of texts and pictures."""
    if own.left_out:
        name, reason = own.left_out[0]
        values = {"count": str(len(own.left_out)), "first": name, "reason": reason}
        yield _note("table_pictures_left_out", path, values)
    for name, lengths in own.texts.lengths.items() if own.texts else ():
        width = own.texts.widths[name] if own.texts else 0
        cut_off = int((lengths > width).sum())
        if cut_off:
            values = {"count": str(cut_off), "total": str(len(lengths)), "length": str(width)}
            yield Problem("text_cut_off", {**values, "longest": str(lengths.max())})


def notes_of_sum(line: int, path: str) -> Iterator[Problem]:
    """Tell of a last row that sums up the others, on this line, and is left out."""
    if line:
        yield _note("table_sum_row", path, {"line": str(line)})


def notes_of_targets(target: Target, column: Column, path: Path) -> Iterator[Problem]:
    """Yield what is to be told of what is to be predicted, of its only or first column."""
    yield from _singles(target, column, path)
    if target.has_shares:
        fix = Fix("targets_as_numbers", SetDataArguments({"task": "regression"}))
        yield _note("table_shares", path.name, {"columns": _list(target.words)}, (fix,))
    elif not target.words:
        still = (target.values == target.values[0]).all(axis=0)
        if still.any():
            value = f"{float(target.values[0, int(still.argmax())]):g}"
            yield _note("table_constant_target", path.name, {"value": value})


def _singles(target: Target, column: Column, path: Path) -> Iterator[Problem]:
    """Tell of a target whose classes have hardly more than a sample each."""
    rows, classes = len(target.values), len(target.words)
    if target.has_shares or classes < _LEAST_SINGLES or 2 * classes <= rows:
        return
    values = {"column": column.name, "count": str(classes), "rows": str(rows)}
    fixes: tuple[Fix, ...] = ()
    if column.type == "text":
        chosen: Arguments = {"path": str(path), "column": column.name, "task": "next_token"}
        fixes = (Fix("read_as_text", ChooseInRecipe("data", "text", chosen), values),)
    yield _note("table_target_singles", path.name, values, fixes)


def correlations(made: Made, target: Array, words: tuple[str, ...]) -> dict[str, float]:
    """Return how far each feature goes with the target, from 0 to 1, in a sample of the rows.

    Of numbers that is the correlation, of classes the correlation ratio; of a word how far knowing
    it tells the target.
    """
    step = -(-len(target) // _SAMPLE)
    wanted = target[::step]
    if wanted.ndim == 2:
        wanted = wanted[:, 0]
    found = {}
    for name in made.names[:_MOST_COMPARED]:
        array = made.arrays[name][::step]
        values = array if array.ndim == 1 else array[:, 0]
        if name in made.categories:
            found[name] = _told_by_groups(values, wanted, len(words))
        elif array.shape[-1] == 1:
            found[name] = _told_by_number(values, wanted, len(words))
    return found


def leaks(found: Mapping[str, float], made: Made, path: str, data: Arguments) -> Iterator[Problem]:
    """Yield each feature that all but gives the target away, with a fix that leaves it out."""
    names = [name for name, value in found.items() if value > _ALL_BUT_SAME]
    for name in names[:_LISTED]:
        if len(made.arrays[name]) < 20:
            continue
        choice = with_decision(Choice("csv", data), "roles", name, "ignore")
        change = SetDataArguments({"roles": choice.arguments["roles"]})
        fix = Fix("ignore_column", change, {"column": name})
        yield _note("table_leak", path, {"column": name}, (fix,))


def _note(code: str, path: str, values: Mapping[str, str], fixes: tuple[Fix, ...] = ()) -> Problem:
    return Problem(code, {"path": path, **values}, parameter="data.path", fixes=fixes)


def _list(names: Any) -> str:
    shown = ", ".join(names[:_LISTED])
    return shown if len(names) <= _LISTED else f"{shown}, … ({len(names)})"


def _odd(table: Table, columns: Mapping[str, Column], path: str) -> Iterator[Problem]:
    odd = [each for each in columns.values() if each.odd]
    for column in odd[:_LISTED]:
        values = {
            "column": column.name,
            "count": str(column.odd),
            "got": column.odd_cell,
            "line": str(int(table.lines[column.odd_row])),
        }
        code = "table_odd_dates" if column.type == "date" else "table_odd_cells"
        yield _note(code, path, values)
    for column in columns.values():
        if "|" in column.form and column.role != "ignore" and not column.form.endswith(_MOMENT):
            first, *others = column.form.split("|")
            moment = column.values.drop_nulls()[0]
            told = ", ".join(written_as(moment, form) for form in (first, *others))
            yield _note("table_dates_mixed", path, {"column": column.name, "forms": told})


def _stand_ins(table: Table, columns: Mapping[str, Column], path: str) -> Iterator[Problem]:
    """Tell of numbers such as −999 that come often, and lie far from all others of their column."""
    found = ((each.name, _stand_in(each)) for each in columns.values() if each.type == "number")
    told = [(name, *stand_in) for name, stand_in in found if stand_in is not None]
    for name, value, count in told[:_LISTED]:
        words = ",".join(sorted({*table.rules.missing, value}))
        fix = Fix("count_as_missing", SetDataArguments({"missing_words": words}), {"value": value})
        values = {"column": name, "value": value, "count": str(count)}
        yield _note("table_stand_in", path, values, (fix,))


def _open_dates(table: Table, columns: Mapping[str, Column], path: str) -> Iterator[Problem]:
    """Tell of dates in which day and month may be the other way round, where nobody said which."""
    found = [each for each in columns.values() if each.is_open and each.role != "ignore"]
    if not found or table.rules.dates != "auto":
        return
    column = found[0]
    is_day_first = column.first_form.startswith("%d")
    moments = column.values.drop_nulls()
    differing = moments.filter(moments.dt.day() != moments.dt.month())
    example = written_as((differing if len(differing) else moments)[0], column.first_form)
    values = {
        "column": column.name,
        "got": example,
        "first": phrase("day") if is_day_first else phrase("month"),
    }
    fixes = tuple(
        Fix(f"dates_{each}_first", SetDataArguments({"dates": each})) for each in ("month", "day")
    )
    yield _note("table_dates_open", path, values, fixes if not is_day_first else fixes[::-1])


def _capitals(columns: Mapping[str, Column], path: str) -> Iterator[Problem]:
    """Tell of words that differ in capitals alone."""
    for column in columns.values():
        if column.variants and column.role in {"category", "target"}:
            fix = Fix("words_as_one", SetDataArguments({"ignore_case": True}))
            values = {"column": column.name, "words": ", ".join(column.variants)}
            yield _note("table_capitals", path, values, (fix,))
            return


def _too_large(made: Made, columns: Mapping[str, Column], path: str) -> Iterator[Problem]:
    """Tell of numbers so large that those next to each other become the same in 32 bits."""
    for name in made.names[:_MOST_COMPARED]:
        column = columns[name]
        if column.type != "number" or column.numbers.dtype == np.float32 or column.distinct < 3:
            continue
        some = column.numbers[:_SAMPLE]
        some = some[np.isfinite(some)]
        if len(np.unique(some.astype(np.float32))) < 0.9 * len(np.unique(some)):
            values = {"column": name, "value": f"{some.max():.15g}"}
            yield _note("table_too_large", path, values)


def _stand_in(column: Column) -> tuple[str, int] | None:
    """Return the number that may stand for none in a column, and how often it is there."""
    numbers = column.numbers.astype(np.float64)
    numbers = numbers[np.isfinite(numbers)]
    if not len(numbers):
        return None
    for end in (numbers.min(), numbers.max()):
        others = numbers[numbers != end]
        count = len(numbers) - len(others)
        if not (_STAND_IN.fullmatch(f"{end:g}") and count > 1 and len(others)):
            continue
        spread = others.max() - others.min()
        if spread > 0 and abs(end - others.mean()) > 3 * spread:
            return f"{end:g}", count
    return None


def _rare_class(facts: DataFacts, path: str) -> Iterator[Problem]:
    counts = facts.class_counts
    if not counts or min(counts) >= RARE * sum(counts) / len(counts):
        return
    rare = counts.index(min(counts))
    values = {
        "name": facts.class_names[rare],
        "count": str(counts[rare]),
        "rows": str(sum(counts)),
        "share": f"{max(counts) / sum(counts):.1%}",
    }
    yield _note("table_rare_class", path, values)


def _twins(made: Made, facts: DataFacts, path: str) -> Iterator[Problem]:
    """Tell of rows that are the same as another, target or not, more than would be by chance."""
    features = made.arrays[made.whole]
    step = -(-len(features) // _SAMPLE)
    rows = np.ascontiguousarray(features[::step, :_MOST_COMPARED])
    if not rows.shape[1]:
        return
    bytes_of_rows = rows.view(np.dtype((np.void, rows.shape[1] * 4))).ravel()
    share = 1 - len(np.unique(bytes_of_rows)) / len(rows)
    distinct = [float(max(1, e.distinct)) for e in facts.columns if e.name in made.starts]
    if share > 0.02 and share > 2 * _by_chance(len(rows), distinct):
        yield _note("table_twins", path, {"share": f"{share:.0%}"})


def _by_chance(count: int, distinct: Sequence[float]) -> float:
    """Return which share of rows would be as another if their values were drawn independently."""
    ways = math.prod(distinct[:100])
    return 1 - ways / count * -math.expm1(-count / ways) if ways < 1e6 * count else 0.0


def _told_by_number(values: NDArray[Any], target: NDArray[Any], classes: int) -> float:
    there = np.isfinite(values)
    values, target = values[there].astype(np.float64), target[there]
    if len(values) < 3 or values.std() == 0:
        return 0.0
    if classes > 2:
        return _told_by_groups(target, values, 0)
    numbers = target.astype(np.float64)
    if numbers.std() == 0:
        return 0.0
    return abs(float(np.corrcoef(values, numbers)[0, 1]))


def _told_by_groups(groups: NDArray[Any], values: NDArray[Any], classes: int) -> float:
    """Return how much of the values is told by which group each is in, 0 where groups are tiny."""
    there = groups >= 0
    groups, values = groups[there].astype(np.int64), values[there]
    if not len(groups) or len(np.unique(groups)) > len(groups) / 3:
        return 0.0
    if classes:
        table = np.zeros((groups.max() + 1, classes))
        np.add.at(table, (groups, values.astype(np.int64)), 1)
        base = table.sum(axis=0).max()
        right = table.max(axis=1).sum()
        return float((right - base) / (len(groups) - base)) if len(groups) > base else 0.0
    numbers = values.astype(np.float64)
    counts = np.bincount(groups).clip(min=1)
    means = np.bincount(groups, numbers) / counts
    spread = numbers.var()
    between = ((means[groups] - numbers.mean()) ** 2).mean()
    return float(np.sqrt(between / spread)) if spread > 0 else 0.0
