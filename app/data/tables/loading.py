"""A table from a file: each column has a role, the targets leave the features."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from app.data.arrays.own_splits import Told, told_parts
from app.data.dataset import Array, Dataset, describe_arrays, existing, refuse, with_columns
from app.data.other_readings import other_readings
from app.data.progress import tell
from app.data.tables.apart import apart
from app.data.tables.apart import note_of as apart_notes
from app.data.tables.features import Made, coded, make
from app.data.tables.last_row import without_sum
from app.data.tables.learning import Learning
from app.data.tables.notes import (
    correlations,
    leaks,
    notes_of,
    notes_of_own,
    notes_of_sum,
    notes_of_targets,
)
from app.data.tables.opening import read_table
from app.data.tables.own_inputs import Kept, OwnInputs, own_inputs
from app.data.tables.pictures import find
from app.data.tables.pieces import READING
from app.data.tables.proposing import propose_targets
from app.data.tables.shown import column_facts, read_as
from app.data.tables.table import Table
from app.data.tables.targets import Target, targets_of
from app.data.tables.together import named_in, together
from app.data.tables.together import note_of as together_notes
from app.data.tables.understanding import Column, understood
from graph_model.phrases import phrase
from graph_model.problems import Fix, SetDataArguments
from graph_model.recipes.columns import OF_ITS_OWN, decided
from graph_model.recipes.facts import Task
from graph_model.values import Arguments

_FEATURES: Final = frozenset({"number", "category", "date"})
_OF_DAYS: Final = ("%d", "%m", "%b", "%B", "unix", "excel", "quarter", "week")
"""What the formats of dates have that are no times of any day."""
_LEAST_MOMENTS: Final = 10
"""Over fewer moments, rows are in no order of time that counts."""
_FILL: Final = Fix("fill_gaps", SetDataArguments({"missing": "auto"}))
_SKIP: Final = Fix("skip_rows", SetDataArguments({"missing": "skip"}))


def load(arguments: Arguments) -> Dataset:
    """Read the table; what is not decided of its columns is as they look."""
    path = existing(arguments["path"], "file")
    table = read_table(path, arguments)
    table = apart(table) if arguments.get("apart", True) else table
    if len(table.columns) < 2:
        refuse("data_too_few", path=path, got=1, what=phrase("columns"), expected=2)
    table, sum_line = without_sum(table)
    if arguments.get("join_times", True):
        table = together(table, named_in(arguments))
    columns = _columns(table, arguments)
    targets = [each.name for each in columns.values() if each.role == "target"]
    features = _features(columns)
    fillings = _fillings(columns, features, arguments)
    split = _split(columns, arguments)
    kept = _kept(table, columns, targets, features, fillings, split)
    filled = len(table) if isinstance(kept, slice) else len(kept)
    own, kept = own_inputs(path, list(columns.values()), kept, arguments)
    count = len(table) if isinstance(kept, slice) else len(kept)
    if count < 2:
        what = phrase("rows without a gap")
        refuse("data_too_few", path=path, got=count, what=what, expected=2)
    task, line = str(arguments["task"]), int(table.lines[0])
    target, alone = targets_of(path, [columns[name] for name in targets], task, kept, line)
    codings = decided(arguments, "codings")
    entering = [columns[name] for name in features]
    whole = _free("features", (*features, *own.names))
    made = make(path, entering, fillings, codings, kept, count, whole)
    data = _dataset(made, target, alone, own, _rules(table, columns.values()))
    own_split = None if split is None else split.parts[kept]
    data = replace(data, **_beside(columns, kept), own_split=own_split)
    time = _time(columns, kept)
    told = correlations(made, alone[0].values, alone[0].words)
    facts = replace(
        data.facts,
        left_out=len(table) - count + table.ragged + (sum_line > 0),
        columns=column_facts(columns, fillings, told),
        read_as={
            "target": ", ".join(targets),
            **read_as(table, columns.values()),
            **own.read_as(arguments),
        },
        class_counts=_class_counts(target),
        ordered_by=time.name if time is not None and _orders(time, kept) else "",
    )
    notes = (
        *other_readings(table, columns),
        *apart_notes(table),
        *together_notes(table),
        *(split.notes(path.name, arguments) if split is not None else ()),
        *notes_of_sum(sum_line, path.name),
        *notes_of(table, columns, made, facts, filled - count + (sum_line > 0)),
        *notes_of_targets(target, columns[targets[0]], path),
        *notes_of_own(own, path.name),
        *leaks(told, made, path.name, arguments),
    )
    return replace(data, facts=replace(facts, notes=notes))


def _columns(table: Table, arguments: Arguments) -> dict[str, Column]:
    """Return each column as it was decided, or else as it looks; at least one is a target."""
    types, roles = decided(arguments, "types"), dict(decided(arguments, "roles"))
    wanted = str(arguments.get("target", ""))
    whole = [name for name, each in table.part_of.items() if each == wanted]
    if wanted and wanted not in table.columns and not whole:
        choices = ", ".join(list(table.columns)[:50])
        refuse(
            "data_no_column",
            parameter="data.target",
            path=table.path,
            column=wanted,
            choices=choices,
        )
    columns: dict[str, Column] = {}
    for each in understood(table, types, roles):
        columns[each.name] = _of_pictures(table, each)
        tell(READING + (1 - READING) * len(columns) / len(table.columns), 1)
    chosen = [name for name, each in columns.items() if each.role == "target"]
    why = phrase("chosen by you")
    if wanted and wanted not in chosen:
        chosen += whole or [wanted]
    if not chosen:
        free = {name: each for name, each in columns.items() if name not in roles}
        proposed, why = propose_targets(free or columns, table)
        chosen = list(proposed)
    proposal = phrase("chosen by you") != why
    for name in chosen:
        as_proposed = "target" if proposal else columns[name].proposed
        columns[name] = replace(columns[name], role="target", proposed=as_proposed, why=why)
    return columns


def _of_pictures(table: Table, column: Column) -> Column:
    """Return a column; one of names of pictures that are not there is proposed to be ignored."""
    if column.role != "picture" or column.proposed != "picture":
        return column
    if find(table.path, column.values.drop_nulls().head(100).to_list()) is not None:
        return column
    why = phrase("it names pictures that are not found beside the table")
    return replace(column, role="ignore", proposed="ignore", why=why)


def _features(columns: dict[str, Column]) -> list[str]:
    """Return the columns among the features; a text or a count of rows where nothing enters."""
    found = [name for name, each in columns.items() if each.role in _FEATURES]
    if not found and not any(each.role in OF_ITS_OWN for each in columns.values()):
        why = phrase("there is no other column to learn from")
        text = _most_like_text(columns)
        if text:
            columns[text] = replace(columns[text], role="text", proposed="text", why=why)
            return []
        spare = [
            name
            for name, each in columns.items()
            if each.role == each.proposed == "ignore"
            and each.distinct > 1
            and each.type in {"number", "date"}
        ]
        for name in spare:
            columns[name] = replace(columns[name], role="number", proposed="number", why=why)
        found = spare
    return found


def _most_like_text(columns: Mapping[str, Column]) -> str:
    """Return the column of words that differ from row to row, the longest one if there are many."""
    found = {
        name: float(each.values.str.len_chars().mean() or 0)
        for name, each in columns.items()
        if each.role == each.proposed == "ignore" and each.type == "category" and each.distinct > 1
    }
    return max(found, key=lambda name: found[name], default="")


def _fillings(
    columns: Mapping[str, Column], features: list[str], arguments: Arguments
) -> dict[str, str]:
    """Return what becomes of the gaps of each column that has any."""
    chosen = decided(arguments, "fillings")
    general = str(arguments.get("missing", "auto"))
    usual = {"skip": "leave_out", "refuse": "refuse"}.get(general, general)
    found = {}
    for name in features:
        column = columns[name]
        if not column.missing:
            continue
        is_word = column.role == "category"
        filling = chosen.get(name, usual)
        if filling == "auto" or (is_word and filling in {"median", "mean"} and name not in chosen):
            filling = "category" if is_word else "median"
        elif filling == "category" and not is_word:
            filling = "median"
        found[name] = filling
    return found


def _kept(
    table: Table,
    columns: Mapping[str, Column],
    targets: list[str],
    features: list[str],
    fillings: Mapping[str, str],
    split: Told | None,
) -> Kept:
    """Return the rows with a target, and without a gap that is not filled: the samples."""
    bad = np.zeros(len(table), bool) if split is None else split.parts < 0
    for name in targets:
        if columns[name].missing:
            bad |= lacking(columns[name])
    for name in features:
        if fillings.get(name) == "refuse":
            rows = np.flatnonzero(lacking(columns[name]))
            refuse(
                "data_missing_value",
                fixes=(_FILL, _SKIP),
                path=table.path,
                line=int(table.lines[rows[0]]),
                column=name,
                count=len(rows),
            )
        if fillings.get(name) == "leave_out":
            bad |= lacking(columns[name])
    return np.flatnonzero(~bad) if bad.any() else slice(None)


def lacking(column: Column) -> NDArray[np.bool_]:
    """Tell of each row whether it has no value in a column."""
    if column.type == "number":
        return np.isnan(column.numbers)
    found: NDArray[np.bool_] = column.values.is_null().to_numpy()
    return found


def _dataset(
    made: Made,
    target: Target,
    alone: tuple[Target, ...],
    own: OwnInputs,
    rules: Mapping[str, Any],
) -> Dataset:
    """Return the arrays of features and targets, and of each column that is one by itself."""
    has_numbers = bool(made.names) or not own.names
    features = made.arrays[made.whole]
    arrays = {made.whole: features} if has_numbers else {}
    others = [each.name for each in alone] if len(alone) > 1 else []
    goal = _free("target", (*made.names, *own.names, *others))
    arrays |= {goal: target.values}
    task: Task = "classification" if target.words else "regression"
    first = made.whole if has_numbers else own.names[0]
    if not has_numbers:
        arrays[first] = _looked_at(own, len(target.values))[first]
    facts = describe_arrays(arrays, task, target.words, features=first, target=goal)
    single = {name: array for name, array in made.arrays.items() if name != made.whole}
    categories = dict(made.categories)
    if len(alone) > 1:
        single.update({each.name: each.values for each in alone})
        categories.update({each.name: each.words for each in alone if each.words})
    learning = Learning(made, own.texts)
    data = Dataset(
        arrays,
        facts,
        categories=categories,
        columns=tuple(made.names),
        dates={name: (each.form, each.parts) for name, each in made.dates.items()},
        word_fillings=made.word_fillings,
        rules=rules,
        fit=learning.fit if made.categories or made.gaps or own.texts else None,
        done=own.done(),
    )
    data = with_columns(data, {**single, **_looked_at(own, len(target.values))})
    known = {name: each for name, each in own.facts.items() if name in data.arrays}
    return replace(data, facts=replace(data.facts, arrays={**data.facts.arrays, **known}))


def _free(name: str, columns: Collection[str]) -> str:
    """Return a name for an array that none of the columns has, with a number where one has it."""
    number = 1
    found = name
    while found in columns:
        number += 1
        found = f"{name} {number}"
    return found


def _looked_at(own: OwnInputs, count: int) -> dict[str, Array]:
    """Return texts by what all of them tell, only to be looked at, and pictures."""
    tokens = own.texts.fit(np.arange(count))[0] if own.texts else {}
    return {**tokens, **own.arrays}


def _rules(table: Table, columns: Iterable[Column]) -> dict[str, Any]:
    columns = list(columns)
    suffixes = {each.name: each.unit for each in columns if each.unit}
    rules = table.rules.as_json(
        trailing=table.trailing,
        twins=bool(table.renamed),
        signs=any(each.signs for each in columns),
    )
    used = {each.name for each in columns if each.role != "ignore"}
    more = {
        "suffixes": suffixes,
        "apart": {name: dict(how) for name, how in table.apart.items()},
        "together": {name: dict(how) for name, how in table.together.items() if name in used},
    }
    return {**rules, **{name: each for name, each in more.items() if each}}


def _split(columns: Mapping[str, Column], arguments: Arguments) -> Told | None:
    """Return which part each row belongs to, where a column tells that."""
    found = next((each for each in columns.values() if each.role == "split"), None)
    if found is None:
        return None
    words = np.array([word or "" for word in found.values.to_list()], np.str_)
    return told_parts(words, decided(arguments, "parts"))


def _beside(columns: Mapping[str, Column], kept: Kept) -> dict[str, Any]:
    """Return what samples have beside their arrays: groups, weights, and times."""
    found: dict[str, Any] = {}
    for column in columns.values():
        if column.role == "group" and "groups" not in found:
            found["groups"] = coded(column)[0][kept]
        elif column.role == "weight" and "weights" not in found:
            weights = column.numbers[kept].astype(np.float32)
            found["weights"] = np.where(np.isnan(weights), 1, weights).astype(np.float32)
    time = _time(columns, kept)
    if time is not None:
        found["times"] = _moments(time, kept)
    return found


def _time(columns: Mapping[str, Column], kept: Kept) -> Column | None:
    """Return the column of dates by which rows are ordered, or else the first one."""
    dates = [each for each in columns.values() if each.type == "date" and not each.missing]
    ordering = (each for each in dates if _orders(each, kept))
    return next(ordering, dates[0] if dates else None)


def _orders(column: Column, kept: Kept) -> bool:
    """Tell whether rows follow each other in time, forth or back, over many moments."""
    if not any(part in column.form for part in _OF_DAYS):
        return False  # a time of any day
    steps = np.diff(_moments(column, kept))
    is_ordered = bool((steps >= 0).all() or (steps <= 0).all())
    return is_ordered and int(np.count_nonzero(steps)) >= _LEAST_MOMENTS


def _moments(column: Column, kept: Kept) -> Array:
    moments: Array = column.values.dt.epoch("us").to_numpy()[kept]
    return moments


def _class_counts(target: Target) -> tuple[int, ...]:
    if not target.words or target.has_shares:
        return ()
    return tuple(map(int, np.bincount(target.values, minlength=len(target.words))))
