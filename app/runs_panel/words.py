"""What the columns of the list of runs are called, and how their values are written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP

from app.language.numbers import duration, grouped
from app.language.sentences import metric_title, translate
from app.runs.columns import FACTS, FIGURES, value_of
from app.runs.groups import Group, Spread
from app.runs.summaries import Summary
from graph_model.layers.card import format_value
from graph_model.values import Value

_TITLES: Final[Mapping[str, Any]] = {
    "starred": QT_TRANSLATE_NOOP("RunColumn", "★"),
    "name": QT_TRANSLATE_NOOP("RunColumn", "Run"),
    "network": QT_TRANSLATE_NOOP("RunColumn", "Network"),
    "experiment": QT_TRANSLATE_NOOP("RunColumn", "Experiment"),
    "began": QT_TRANSLATE_NOOP("RunColumn", "Began"),
    "outcome": QT_TRANSLATE_NOOP("RunColumn", "Outcome"),
    "epochs_done": QT_TRANSLATE_NOOP("RunColumn", "Epochs"),
    "duration": QT_TRANSLATE_NOOP("RunColumn", "Time"),
    "device": QT_TRANSLATE_NOOP("RunColumn", "Device"),
    "host": QT_TRANSLATE_NOOP("RunColumn", "Computer"),
    "parameters": QT_TRANSLATE_NOOP("RunColumn", "Parameters"),
    "samples": QT_TRANSLATE_NOOP("RunColumn", "Training samples"),
    "tags": QT_TRANSLATE_NOOP("RunColumn", "Tags"),
    "note": QT_TRANSLATE_NOOP("RunColumn", "Note"),
}
MEANS: Final = ("epochs_done", "duration", "parameters", "samples")
"""The facts of which a group tells the mean."""
_OF_FIGURES: Final[Mapping[str, Any]] = {
    "": QT_TRANSLATE_NOOP("RunColumn", "Validation {0}"),
    "best": QT_TRANSLATE_NOOP("RunColumn", "Best {0}"),
    "last": QT_TRANSLATE_NOOP("RunColumn", "Last {0}"),
    "test": QT_TRANSLATE_NOOP("RunColumn", "Test {0}"),
}
_OUTCOMES: Final[Mapping[str, Any]] = {
    "finished": QT_TRANSLATE_NOOP("RunColumn", "finished"),
    "stopped": QT_TRANSLATE_NOOP("RunColumn", "stopped"),
    "pruned": QT_TRANSLATE_NOOP("RunColumn", "pruned"),
    "failed": QT_TRANSLATE_NOOP("RunColumn", "failed"),
    "cut off": QT_TRANSLATE_NOOP("RunColumn", "cut off"),
    "under way": QT_TRANSLATE_NOOP("RunColumn", "under way"),
    "elsewhere": QT_TRANSLATE_NOOP("RunColumn", "at {0}"),
    "unreadable": QT_TRANSLATE_NOOP("RunColumn", "unreadable"),
}
_TIPS: Final[Mapping[str, Any]] = {
    "": QT_TRANSLATE_NOOP("RunColumn", "On the validation split, at the best epoch"),
    "best": QT_TRANSLATE_NOOP("RunColumn", "The best on the validation split at any epoch"),
    "last": QT_TRANSLATE_NOOP("RunColumn", "On the validation split, at the last epoch"),
    "test": QT_TRANSLATE_NOOP("RunColumn", "On the test split, with the best weights"),
}


def column_title(key: str, *, is_figure: bool) -> str:
    """Return what a column is called; settings have the names by which they are set."""
    if key in FACTS:
        return translate("RunColumn", _TITLES[key])
    if not is_figure:
        return key
    place, name = _place(key)
    return translate("RunColumn", _OF_FIGURES[place]).format(metric_title(name))


def column_tip(key: str, *, is_figure: bool) -> str:
    """Return what a column of figures tells, nothing for others."""
    return translate("RunColumn", _TIPS[_place(key)[0]]) if is_figure else ""


def _place(key: str) -> tuple[str, str]:
    place, _, name = key.partition(".")
    return (place, name) if place in FIGURES and name else ("", key)


def outcome_word(outcome: str, host: str = "") -> str:
    """Return how a run ended, in the language in use."""
    return translate("RunColumn", _OUTCOMES[outcome]).format(host)


def _epochs(summary: Summary) -> str:
    run = summary.run
    whole = run.epochs >= run.planned
    return str(run.epochs) if whole else f"{run.epochs}/{run.planned}"


_WRITTEN: Final[Mapping[str, Callable[[Summary], str]]] = {
    "starred": lambda each: "★" if each.labels.is_starred else "☆",
    "began": lambda each: f"{datetime.fromtimestamp(each.began):%Y-%m-%d %H:%M}",
    "outcome": lambda each: outcome_word(each.outcome, each.run.host),
    "epochs_done": _epochs,
    "duration": lambda each: duration(each.run.seconds, 1),
    "tags": lambda each: ", ".join(each.labels.tags),
    "note": lambda each: " ".join(each.labels.note.split()),
}


def cell_text(summary: Summary, key: str) -> str:
    """Return what stands in a cell of a run."""
    if key in _WRITTEN:
        return _WRITTEN[key](summary)
    return value_text(value_of(summary, key), key)


def value_text(value: Value, key: str) -> str:
    """Write a value of a column."""
    if value is None:
        return ""
    if isinstance(value, int) and not isinstance(value, bool) and key in FACTS:
        return grouped(value)
    return f"{value:.4g}" if isinstance(value, float) else format_value(value)


def group_name(group: Group) -> str:
    """Return what a group is called: by what its runs have in common, else by their network."""
    told = (value_text(value, "") for value in group.values)
    return " · ".join(each for each in told if each) or group.runs[0].network


def group_text(group: Group, key: str, *, is_figure: bool) -> str:
    """Return what stands in a cell of a group: a mean, or what all of its runs have."""
    if is_figure or key in MEANS:
        spread = group.spread(key)
        if spread is None:
            return ""
        if is_figure:
            return spread_text(spread)
        if key == "duration":
            return duration(spread.mean, 1)
        return grouped(round(spread.mean)) if key == "parameters" else f"{spread.mean:.4g}"
    texts = {cell_text(each, key) for each in group.runs}
    return texts.pop() if len(texts) == 1 and key != "starred" else ""


def spread_text(spread: Spread) -> str:
    """Write a mean with its deviation, to the digits that the deviation leaves sure."""
    if spread.count == 1:
        return f"{spread.mean:.4g}"
    return f"{spread.mean:.4g} ± {spread.deviation:.2g}"


def told_apart(names: Sequence[str]) -> list[str]:
    """Return names without the words that all of them begin or end with, each with one at least."""
    words = [name.split() for name in names]
    for end in (0, -1):
        while (
            len(words) > 1 and min(map(len, words)) > 1 and len({each[end] for each in words}) == 1
        ):
            words = [each[1:] if end == 0 else each[:-1] for each in words]
    return [" ".join(each) for each in words]
