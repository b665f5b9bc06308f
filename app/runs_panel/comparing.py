"""What several runs are compared by: their epochs as curves, and rows of what differs."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from PySide6.QtCore import QT_TRANSLATE_NOOP

from app.language.sentences import translate
from app.runs.columns import differing, figure_keys, value_of
from app.runs.comparison import Comparison, compare
from app.runs.curves import Curve
from app.runs.events import EpochEnded, numbers
from app.runs.folder import log_of
from app.runs.groups import Group
from app.runs.summaries import Summary
from app.runs.told import epochs_of
from app.runs_panel.words import cell_text, column_title, group_text
from graph_model.editing.differences import Change
from graph_model.frozen import frozen
from graph_model.layers.card import format_value

STEPS, EPOCHS, SECONDS = "steps", "epochs", "seconds"
TRAIN: Final = "train."
"""What stands before the names of figures of the training split."""
_FACTS: Final = ("outcome", "epochs_done", "duration", "parameters", "samples", "device")
_SAMPLES: Final[Mapping[bool, Any]] = {
    True: QT_TRANSLATE_NOOP("Comparison", "the same samples"),
    False: QT_TRANSLATE_NOOP("Comparison", "other samples"),
}

Epochs = Mapping[Path, tuple[EpochEnded, ...]]


@frozen
class Read:
    """What was read of several runs: their epochs, and of two what differs between them."""

    epochs: Epochs
    comparison: Comparison | None = None


@frozen
class Section:
    """Rows of what differs, under a title: each a name and a text for each run."""

    title: str
    rows: tuple[tuple[str, tuple[str, ...]], ...]


def read(folders: Sequence[Path]) -> Read:
    """Read the logs of runs, and the projects of two; runs beside the window."""
    epochs = {folder: epochs_of(log_of(folder)) for folder in folders}
    return Read(epochs, compare(*folders) if len(folders) == 2 else None)


def figures_of(epochs: Epochs) -> tuple[str, ...]:
    """Return the names of the figures that can be drawn, those of the validation split first."""
    told = [each for run in epochs.values() for each in (run[:1] + run[-1:])]
    validation = dict.fromkeys(name for each in told for name in numbers(each.validation))
    train = dict.fromkeys(name for each in told for name in numbers(each.train))
    return (*validation, *(TRAIN + name for name in train))


def curve_of(epochs: Sequence[EpochEnded], figure: str, along: str) -> Curve:
    """Return a figure of a run along its steps, epochs or seconds."""
    curve, name = Curve(), figure.removeprefix(TRAIN)
    seconds = [*itertools.accumulate(each.seconds for each in epochs)]
    points = []
    for each, passed in zip(epochs, seconds, strict=True):
        told = numbers(each.train if figure.startswith(TRAIN) else each.validation)
        place = {STEPS: each.step, EPOCHS: each.epoch, SECONDS: passed}[along]
        points.append((place, told.get(name, np.nan)))
    if points:
        x, y = np.array(points, dtype=float).T
        curve.extend(x, y)
    return curve


def mean_and_band(curves: Sequence[Curve]) -> tuple[Curve, Curve, Curve]:
    """Return the mean of curves, and a deviation below and above it, as far as all of them go."""
    found = Curve(), Curve(), Curve()
    length = min((len(each) for each in curves), default=0)
    if length:
        y = np.stack([each.y[:length] for each in curves])
        x = np.stack([each.x[:length] for each in curves]).mean(0)
        mean, apart = y.mean(0), y.std(0, ddof=1) if len(curves) > 1 else np.zeros(length)
        for curve, values in zip(found, (mean, mean - apart, mean + apart), strict=True):
            curve.extend(x, values)
    return found


def sections(
    compared: Sequence[Summary | Group], comparison: Comparison | None
) -> Iterator[Section]:
    """Yield what differs: what came of it, how it was trained, what was drawn, on which data."""
    runs = [run for each in compared for run in runs_of(each)]
    told = [key for key in figure_keys(runs) if "." not in key or key.startswith("test.")]
    facts = [row for key in _FACTS if _varies(row := _row(compared, key, is_figure=False))]
    result = [*facts, *(_row(compared, key, is_figure=True) for key in told)]
    yield Section(translate("Comparison", "Result"), tuple(each for each in result if any(each[1])))
    settings = (_row(compared, key, is_figure=False) for key in differing(runs))
    yield Section(translate("Comparison", "Recipe"), tuple(filter(_varies, settings)))
    if comparison is not None and comparison.drawing is not None:
        yield Section(translate("Comparison", "Drawing"), tuple(_drawn(comparison)))
    if comparison is not None and comparison.are_samples_same is not None:
        words = translate("Comparison", _SAMPLES[comparison.are_samples_same])
        row = (translate("Comparison", "as they are split and scaled"), ("", words))
        yield Section(translate("Comparison", "Data"), (row,))


def runs_of(compared: Summary | Group) -> tuple[Summary, ...]:
    """Return the runs of a group, or the one run."""
    return compared.runs if isinstance(compared, Group) else (compared,)


def _row(
    compared: Sequence[Summary | Group], key: str, *, is_figure: bool
) -> tuple[str, tuple[str, ...]]:
    title = column_title(key, is_figure=is_figure)
    return title, tuple(_text(each, key, is_figure=is_figure) for each in compared)


def _text(compared: Summary | Group, key: str, *, is_figure: bool) -> str:
    if isinstance(compared, Group):
        return group_text(compared, key, is_figure=is_figure)
    return cell_text(compared, key) if value_of(compared, key) is not None else ""


def _varies(row: tuple[str, tuple[str, ...]]) -> bool:
    return len(set(row[1])) > 1


def _drawn(comparison: Comparison) -> Iterator[tuple[str, tuple[str, ...]]]:
    found = comparison.drawing
    assert found is not None
    yield from ((name, ("", translate("Comparison", "added"))) for name in found.added)
    yield from ((name, ("", translate("Comparison", "removed"))) for name in found.removed)
    yield from map(_changed, found.changed)
    if found.is_rewired:
        yield translate("Comparison", "wires"), ("", translate("Comparison", "laid otherwise"))


def _changed(change: Change) -> tuple[str, tuple[str, ...]]:
    default = translate("Comparison", "default")
    told = (change.before, change.after)
    texts = tuple(default if each is None else format_value(each) for each in told)
    return f"{change.node}: {change.what}", texts
