"""``layerweft compare``: says what differs between two runs."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping
from typing import Any

from app.commands import FINE
from app.commands.runs import as_json, figure, folder_of, table
from app.runs.comparison import Comparison, compare
from graph_model.editing.differences import Change, Differences
from graph_model.layers.card import format_value
from graph_model.values import Value


def run(chosen: argparse.Namespace) -> int:
    """Print what differs between two runs, each a folder or the name of one of the window's."""
    found = compare(folder_of(chosen.one), folder_of(chosen.other))
    if chosen.json:
        print(json.dumps(_as_json(found), ensure_ascii=False, indent=1))
    else:
        print("\n".join(_lines(found)))
    return FINE


def _lines(found: Comparison) -> Iterator[str]:
    names = [each.folder.name for each in found.runs]
    rows = [("", *names), ("outcome", *(each.outcome for each in found.runs))]
    rows += [(name, *map(figure, pair)) for name, pair in found.figures.items()]
    yield table(rows)
    yield ""
    yield from _part("drawing", None if found.drawing is None else _drawing(found.drawing))
    yield from _part("recipe", None if found.recipe is None else map(_change, found.recipe))
    told = {True: "the same", False: "others", None: "not told by both"}
    yield f"samples, as they are split and scaled: {told[found.are_samples_same]}"


def _part(title: str, lines: Iterator[str] | None) -> Iterator[str]:
    if lines is None:
        yield f"{title}: cannot be read of both"
        return
    found = [*lines]
    yield f"{title}:" if found else f"{title}: the same"
    yield from (f"  {line}" for line in found)


def _drawing(found: Differences) -> Iterator[str]:
    yield from (f"{name} added" for name in found.added)
    yield from (f"{name} removed" for name in found.removed)
    yield from map(_change, found.changed)
    if found.is_rewired:
        yield "edges laid otherwise"


def _change(change: Change) -> str:
    where = f"{change.node}: {change.what}" if change.node else change.what
    return f"{where} {_value(change.before)} → {_value(change.after)}"


def _value(value: Value) -> str:
    if isinstance(value, tuple):
        return "(" + ", ".join(map(str, value)) + ")"
    return "default" if value is None else format_value(value)


def _as_json(found: Comparison) -> Mapping[str, Any]:
    drawing = found.drawing
    return {
        "runs": [as_json(each) for each in found.runs],
        "figures": {name: [*pair] for name, pair in found.figures.items()},
        "drawing": drawing
        and {
            "added": [*drawing.added],
            "removed": [*drawing.removed],
            "changed": [_change_json(each) for each in drawing.changed],
            "is_rewired": drawing.is_rewired,
        },
        "recipe": None if found.recipe is None else [_change_json(each) for each in found.recipe],
        "are_samples_same": found.are_samples_same,
    }


def _change_json(change: Change) -> Mapping[str, Any]:
    node = {"node": change.node} if change.node else {}
    return {**node, "what": change.what, "before": change.before, "after": change.after}
