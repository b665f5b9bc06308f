"""A table from a file: each column has a role, the targets leave the features."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, NoReturn

import numpy as np
from numpy.typing import NDArray

from app.data.dataset import Array, Dataset, describe_arrays, existing, refuse, with_columns
from app.data.tables.features import Made, coded, make
from app.data.tables.notes import correlations, leaks, notes_of
from app.data.tables.opening import read_table
from app.data.tables.shown import column_facts, read_as
from app.data.tables.table import Table
from app.data.tables.understanding import (
    MOST_NUMBERED_CLASSES,
    Column,
    propose_targets,
    understood,
)
from graph_model.frozen import frozen
from graph_model.phrases import phrase
from graph_model.problems import Fix, SetDataArguments
from graph_model.recipes.columns import decided
from graph_model.values import Arguments

_FEATURES: Final = frozenset({"number", "category", "date"})
_FILL: Final = Fix("fill_gaps", SetDataArguments({"missing": "auto"}))
_SKIP: Final = Fix("skip_rows", SetDataArguments({"missing": "skip"}))


@frozen
class _Target:
    """One target: its array, the words of its classes, none for numbers."""

    name: str
    values: Array
    words: tuple[str, ...]


def load(arguments: Arguments) -> Dataset:
    """Read the table; what is not decided of its columns is as they look."""
    path = existing(arguments["path"], "file")
    table = read_table(path, arguments)
    if len(table.columns) < 2:
        refuse("data_too_few", path=path, got=1, what=phrase("columns"), expected=2)
    columns = _columns(table, arguments)
    targets = [each.name for each in columns.values() if each.role == "target"]
    features = _features(columns)
    fillings = _fillings(columns, features, arguments)
    kept = _kept(table, columns, targets, features, fillings)
    count = len(table) if isinstance(kept, slice) else len(kept)
    if count < 2:
        what = phrase("rows without a gap")
        refuse("data_too_few", path=path, got=count, what=what, expected=2)
    made_targets = [
        _target(path, columns[name], str(arguments["task"]), kept, int(table.lines[0]))
        for name in targets
    ]
    codings = decided(arguments, "codings")
    made = make(path, [columns[name] for name in features], fillings, codings, kept, count)
    data = _dataset(made, made_targets, columns, kept, _rules(table, columns.values()))
    told = correlations(made, made_targets[0].values, made_targets[0].words)
    facts = replace(
        data.facts,
        left_out=len(table) - count + table.ragged,
        columns=column_facts(columns, fillings, told),
        read_as={**read_as(table), **({} if arguments.get("target") else {"target": targets[0]})},
        class_counts=_class_counts(made_targets[0]),
    )
    notes = (
        *notes_of(table, columns, made, facts),
        *leaks(told, made, path.name, arguments),
    )
    return replace(data, facts=replace(facts, notes=notes))


def _columns(table: Table, arguments: Arguments) -> dict[str, Column]:
    """Return each column as it was decided, or else as it looks; at least one is a target."""
    types, roles = decided(arguments, "types"), dict(decided(arguments, "roles"))
    wanted = str(arguments.get("target", ""))
    if wanted and wanted not in table.columns:
        choices = ", ".join(list(table.columns)[:50])
        refuse(
            "data_no_column",
            parameter="data.target",
            path=table.path,
            column=wanted,
            choices=choices,
        )
    columns = {each.name: each for each in understood(table, types, roles)}
    chosen = [name for name, each in columns.items() if each.role == "target"]
    why = phrase("chosen by you")
    if wanted and wanted not in chosen:
        chosen.append(wanted)
    if not chosen:
        free = {name: each for name, each in columns.items() if name not in roles}
        proposed, why = propose_targets(free or columns)
        chosen = list(proposed)
    proposal = phrase("chosen by you") != why
    for name in chosen:
        as_proposed = "target" if proposal else columns[name].proposed
        columns[name] = replace(columns[name], role="target", proposed=as_proposed, why=why)
    return columns


def _features(columns: dict[str, Column]) -> list[str]:
    """Return the columns that enter; a count of rows does where there is nothing else."""
    found = [name for name, each in columns.items() if each.role in _FEATURES]
    if not found:
        spare = [
            name
            for name, each in columns.items()
            if each.role == each.proposed == "ignore"
            and each.distinct > 1
            and each.type in {"number", "date"}
        ]
        for name in spare:
            why = phrase("there is no other column to learn from")
            columns[name] = replace(columns[name], role="number", proposed="number", why=why)
        found = spare
    return found


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
) -> NDArray[np.int64] | slice:
    """Return the rows with a target, and without a gap that is not filled: the samples."""
    bad = np.zeros(len(table), bool)
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


def _target(
    path: Path, column: Column, task: str, kept: NDArray[np.int64] | slice, line: int
) -> _Target:
    """Return a target as numbers, or as classes: words, or few different whole numbers."""
    if column.type == "number":
        values = column.numbers[kept]
        if task == "regression" or not (task == "classification" or _are_classes(values)):
            return _Target(column.name, values.astype(np.float32)[:, None], ())
    elif task == "regression":
        cell = column.values[0]
        refuse("data_bad_number", path=path, line=line, column=column.name, got=cell)
    indices, words = coded(column)
    present, indices = np.unique(indices[kept], return_inverse=True)
    words = tuple(words[index] for index in present)
    if len(words) < 2:
        what = phrase("classes in “{name}”", name=column.name)
        refuse("data_too_few", path=path, got=len(words), what=what, expected=2)
    if len(words) > 1000:
        _refuse_words(path, column.name, len(words))
    return _Target(column.name, indices.astype(np.int64), words)


def _refuse_words(path: Path, name: str, count: int) -> NoReturn:
    refuse("data_too_many_categories", path=path, column=name, got=count, limit=1000)


def _are_classes(values: Array) -> bool:
    """Tell whether numbers are rather classes: whole, few, and each of them several times."""
    if not (values[:1000] == np.round(values[:1000])).all():
        return False
    distinct = np.unique(values)
    if (
        not (distinct == np.round(distinct)).all()
        or not 2 <= len(distinct) <= MOST_NUMBERED_CLASSES
    ):
        return False
    return len(distinct) == 2 or len(distinct) <= len(values) / 2


def _dataset(
    made: Made,
    targets: list[_Target],
    columns: Mapping[str, Column],
    kept: NDArray[np.int64] | slice,
    rules: Mapping[str, Any],
) -> Dataset:
    """Return the arrays of features and targets; several targets of numbers are one array too."""
    first = targets[0]
    values = first.values
    if len(targets) > 1 and not any(each.words for each in targets):
        values = np.concatenate([each.values for each in targets], axis=1)
    features = made.arrays["features"]
    arrays = {"features": features, "target": values}
    facts = describe_arrays(arrays, "classification" if first.words else "regression", first.words)
    own = {name: array for name, array in made.arrays.items() if name != "features"}
    categories = dict(made.categories)
    if len(targets) > 1:
        own.update({each.name: each.values for each in targets})
        categories.update({each.name: each.words for each in targets if each.words})
    data = Dataset(
        arrays,
        facts,
        categories=categories,
        columns=tuple(made.names),
        gaps=made.gaps,
        dates={name: (each.form, each.parts) for name, each in made.dates.items()},
        word_fillings=made.word_fillings,
        rules=rules,
    )
    beside = _beside(columns, kept)
    return replace(
        with_columns(data, own),
        groups=beside.get("groups"),
        weights=beside.get("weights"),
        times=beside.get("times"),
    )


def _rules(table: Table, columns: Iterable[Column]) -> dict[str, Any]:
    return table.rules.as_json(
        trailing=table.trailing,
        twins=bool(table.renamed),
        signs=any(each.signs for each in columns),
    )


def _beside(
    columns: Mapping[str, Column], kept: NDArray[np.int64] | slice
) -> dict[str, Array | None]:
    """Return what samples have beside their arrays: groups, weights, and times."""
    found: dict[str, Array | None] = {}
    for column in columns.values():
        if column.role == "group" and "groups" not in found:
            found["groups"] = coded(column)[0][kept]
        elif column.role == "weight" and "weights" not in found:
            weights = column.numbers[kept].astype(np.float32)
            found["weights"] = np.where(np.isnan(weights), 1, weights).astype(np.float32)
    dates = [each for each in columns.values() if each.type == "date"]
    if dates and not dates[0].missing:
        found["times"] = dates[0].values.dt.epoch("us").to_numpy()[kept]
    return found


def _class_counts(target: _Target) -> tuple[int, ...]:
    if not target.words:
        return ()
    return tuple(map(int, np.bincount(target.values, minlength=len(target.words))))
