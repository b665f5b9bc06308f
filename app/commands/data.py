"""``layerweft data``: what is read of a file or folder, and why."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from app.commands import FINE, UsageError
from app.data.foreign import foreign
from app.data.kinds import data_kind
from app.late import late
from app.paths import is_there
from graph_model.problems import SetDataArguments
from graph_model.recipe import Choice
from graph_model.recipes.columns import DECISIONS, with_decision
from graph_model.recipes.facts import ColumnFacts, DataFacts
from graph_model.recipes.sources import SOURCES
from graph_model.values import Parameter, Type, Value

_WIDEST: Final = 28
_OWN_TARGET: Final = "predict_features"
"""The fix that lets features be the target as well."""
_MOST_SHOWN: Final = 200
"""So many columns or arrays are printed for people; ``--json`` has them all."""


def run(arguments: argparse.Namespace) -> int:
    """Print what the data are."""
    choice = _choice(arguments)
    choice, facts = _described(choice)
    if arguments.json:
        print(json.dumps(_as_json(choice, facts), ensure_ascii=False))
    else:
        print("\n".join(_lines(choice, facts)))
    return FINE


def _described(choice: Choice) -> tuple[Choice, DataFacts]:
    """Return what data are; raises ``UsageError`` where they cannot be read.

    What lacks something to predict is described as its own target, with that among the notes.
    """
    facts = late("app.data.reading").describe(choice)
    if isinstance(facts, DataFacts):
        return choice, facts
    for fix in (each for each in facts.fixes if each.code == _OWN_TARGET):
        assert isinstance(fix.change, SetDataArguments)
        as_target = replace(choice, arguments={**choice.arguments, **fix.change.arguments})
        found = late("app.data.reading").describe(as_target)
        if isinstance(found, DataFacts):
            return as_target, replace(found, notes=(facts, *found.notes))
    raise UsageError(facts.message)


def _choice(arguments: argparse.Namespace) -> Choice:
    """Return the data that are meant: of the kind that was named, or else as the path looks."""
    given = str(arguments.path)
    kind = arguments.kind
    if kind is None and given in SOURCES and not is_there(given):
        kind = given
    told = foreign(Path(given)) if kind is None else None
    if told is not None:
        raise UsageError(told.message)
    kind = kind or data_kind(Path(given))
    if kind is None:
        named = [name for name, each in SOURCES.items() if _has_path(name)]
        raise UsageError(
            f"{given}: what it is cannot be told by its name; say --kind {', '.join(named)}."
        )
    if kind not in SOURCES:
        raise UsageError(f"There is no kind “{kind}”. Choose one of: {', '.join(SOURCES)}.")
    choice = Choice(kind, {"path": given} if _has_path(kind) else {})
    for setting in arguments.set or ():
        choice = _with_setting(choice, setting)
    return choice


def _has_path(kind: str) -> bool:
    return any(each.name == "path" for each in SOURCES[kind].parameters)


def _with_setting(choice: Choice, setting: str) -> Choice:
    """Return the choice with ``name=value``, or ``roles.column=word``."""
    name, equals, text = setting.partition("=")
    decision, dot, column = name.partition(".")
    if equals and dot and decision in DECISIONS:
        return with_decision(choice, decision, column, text)
    known = {each.name: each for each in SOURCES[choice.kind].parameters}
    if not equals or name not in known:
        raise UsageError(
            f"--set {setting}: write name=value with one of {', '.join(known)}, "
            "or roles.COLUMN=word."
        )
    return Choice(choice.kind, {**choice.arguments, name: _value(known[name], text)})


def _value(parameter: Parameter, text: str) -> Value:
    """Return the value that a text stands for; what cannot be is told by whoever reads it."""
    try:
        if parameter.type is Type.INTEGER:
            return int(text)
        if parameter.type is Type.NUMBER:
            return float(text)
    except ValueError:
        return text
    if parameter.type is Type.BOOLEAN:
        return {"true": True, "yes": True, "false": False, "no": False}.get(text.lower(), text)
    if parameter.name == "delimiter":
        return {
            ",": "comma",
            ";": "semicolon",
            "\t": "tab",
            "\\t": "tab",
            "|": "pipe",
            " ": "whitespace",
        }.get(text, text)
    return text


def _as_json(choice: Choice, facts: DataFacts) -> dict[str, Any]:
    """Return all that is known, as plain values."""
    tables = [each for each in facts.columns if each.name not in facts.arrays or each.role]
    return {
        "kind": choice.kind,
        "samples": facts.samples,
        "left_out": facts.left_out,
        "task": facts.task,
        "features": facts.features,
        "target": facts.target,
        "notes": [note.message for note in facts.notes],
        "read_as": dict(facts.read_as),
        "columns": [_column(each) for each in tables],
        "arrays": [
            {
                "name": each.name,
                "shape": [facts.samples, *each.shape],
                "dtype": each.dtype,
                "role": _role(each.name, facts),
            }
            for each in facts.arrays.values()
        ],
        "classes": _classes(facts),
        "split": _split(facts),
    }


def _split(facts: DataFacts) -> dict[str, int]:
    """Return how many samples train, validate and test by the data themselves, if they say so."""
    if facts.own_split:
        return dict(zip(("train", "validation", "test"), facts.own_split, strict=True))
    rest = facts.samples - facts.own_test
    return {"train": rest, "test": facts.own_test} if facts.own_test else {}


def _column(column: ColumnFacts) -> dict[str, Any]:
    return {
        "name": column.name,
        "role": column.role,
        "type": column.type,
        "why": str(column.why),
        "missing": column.missing,
        "distinct": column.distinct,
        "filling": column.filling,
        "examples": list(column.examples),
        "correlation": column.correlation,
    }


def _role(name: str, facts: DataFacts) -> str:
    if name in (facts.features, facts.target) and name not in facts.own_inputs:
        return "features" if name == facts.features else "target"
    return next((each.role for each in facts.columns if each.name == name), "")


def _classes(facts: DataFacts) -> dict[str, int | None]:
    counts: tuple[int | None, ...] = facts.class_counts or (None,) * len(facts.class_names)
    return dict(zip(facts.class_names, counts, strict=False))


def _lines(choice: Choice, facts: DataFacts) -> Iterator[str]:
    """Write it for people."""
    left_out = f", {facts.left_out:,} left out" if facts.left_out else ""
    kind = SOURCES[choice.kind].title
    what = choice.arguments.get("path", choice.kind)
    yield f"{what}: {kind}, {facts.samples:,} samples{left_out}"
    if facts.read_as:
        yield "  read as  " + ", ".join(f"{name} {word}" for name, word in facts.read_as.items())
    if facts.columns:
        yield from _rows(facts.columns)
    for array in list(facts.arrays.values())[:_MOST_SHOWN] if not facts.columns else _two(facts):
        shape = "×".join(map(str, ("N", *array.shape)))
        classes = f", {array.classes} classes" if array.classes else ""
        role = _role(array.name, facts)
        yield f"  array    {array.name}  {shape}  {array.dtype}{classes}{f'  {role}' * bool(role)}"
    if facts.class_names:
        counted = [
            f"{name} {count:,}" if count is not None else name
            for name, count in list(_classes(facts).items())[:20]
        ]
        more = " …" if len(facts.class_names) > 20 else ""
        yield f"  classes  {', '.join(counted)}{more}"
    if split := _split(facts):
        yield "  split    " + ", ".join(f"{name} {count:,}" for name, count in split.items())
    yield from (f"note: {note.message}" for note in facts.notes)


def _two(facts: DataFacts) -> Iterator[Any]:
    """Yield the arrays of a table, besides those of columns that are numbers or words."""
    for name in dict.fromkeys((facts.features, *facts.own_inputs, facts.target)):
        yield facts.arrays[name]


def _rows(columns: tuple[ColumnFacts, ...]) -> Iterator[str]:
    shown = columns[:_MOST_SHOWN]
    width = min(_WIDEST, max(len(each.name) for each in shown))
    for each in shown:
        name = each.name if len(each.name) <= width else f"{each.name[: width - 1]}…"
        missing = f", {each.missing:,} missing" if each.missing else ""
        filled = f" ({each.filling})" if each.filling else ""
        examples = f"  e.g. {', '.join(each.examples)}" if each.examples else ""
        yield (
            f"  {each.role:9}{name:{width}}  {each.type:9} {each.distinct:,} distinct"
            f"{missing}{filled}: {each.why}{examples}"
        )
    if len(columns) > len(shown):
        yield f"  … and {len(columns) - len(shown):,} more"
