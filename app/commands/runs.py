"""``layerweft runs``: lists the runs that are kept, the newest first."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from app.commands import FINE, UsageError
from app.paths import is_folder
from app.runs.columns import FACTS, figure_keys, setting_keys
from app.runs.folder import holds_run, log_of, runs_folder
from app.runs.importing import import_run
from app.runs.index import read_summaries
from app.runs.query import read_query
from app.runs.store import Run
from app.runs.summaries import Summary, summary_of
from app.runs.tensorboard import is_available, write_logs
from graph_model.problems import Problem, Refusal


def run(chosen: argparse.Namespace) -> int:
    """Print the runs of a folder, of the window's if none is given, or the one it is itself."""
    folder = Path(chosen.folder) if chosen.folder else runs_folder()
    if chosen.folder and not is_folder(folder):
        raise UsageError(f"There is no folder {folder}.")
    if chosen.add:
        print(f"Added: {_added(Path(chosen.add), folder)}")
        return FINE
    kept = (summary_of(folder),) if log_of(folder).exists() else read_summaries(folder)
    runs = sought(kept, chosen.where or "")
    if chosen.tensorboard:
        _write_logs(runs, Path(chosen.tensorboard))
    if chosen.json:
        print(json.dumps([_summary_json(each) for each in runs], ensure_ascii=False, indent=1))
    elif not runs:
        print(f"There are no {'such ' if kept else ''}runs in {folder}.")
    else:
        print(table([("run", "outcome", "epochs", "validation", "test"), *map(_row, runs)]))
    return FINE


def _added(source: Path, within: Path) -> Path:
    """Take a run made elsewhere into a folder of runs."""
    try:
        return import_run(source, within)
    except Refusal as refusal:
        raise UsageError(str(refusal)) from None
    except OSError as error:
        raise UsageError(f"{source} cannot be added: {error.strerror or error}.") from None


def _write_logs(runs: Sequence[Summary], folder: Path) -> None:
    """Write a log of TensorBoard for each run."""
    if not is_available():
        raise UsageError(str(Refusal(Problem("tensorboardx_missing"))))
    try:
        for each in runs:
            write_logs(each.run.folder, folder / each.run.folder.name)
    except OSError as error:
        raise UsageError(f"{folder} cannot be written: {error.strerror}.") from None


def sought(runs: Sequence[Summary], where: str) -> Sequence[Summary]:
    """Return the runs that a line of conditions leaves, as above the list in the window."""
    known = {*FACTS, *figure_keys(runs), *setting_keys(runs)}
    query = read_query(where, known)
    if query.unknown and runs:
        words = ", ".join(f"“{each}”" for each in query.unknown)
        raise UsageError(f"No run has {words}. There are: {', '.join(sorted(known))}.")
    return [each for each in runs if query.admits(each)]


def _summary_json(summary: Summary) -> Mapping[str, Any]:
    """Return a run with its labels and settings as plain values."""
    labels = summary.labels
    return {
        **as_json(summary.run),
        "outcome": summary.outcome,
        "name": summary.name,
        "network": summary.network,
        "began": summary.began,
        "tags": [*labels.tags],
        "note": labels.note,
        "starred": labels.is_starred,
        "best": dict(summary.run.best),
        "last": dict(summary.run.last),
        "settings": dict(summary.settings),
    }


def folder_of(given: str) -> Path:
    """Return the folder of a run, given as that or as the name of one of the window's."""
    for folder in (Path(given), runs_folder() / given):
        if is_folder(folder) and holds_run(folder):
            return folder
    raise UsageError(f"There is no run {given}. “layerweft runs” lists those that are kept.")


def as_json(run: Run) -> Mapping[str, Any]:
    """Return a run as plain values."""
    return {
        "folder": str(run.folder),
        "outcome": run.outcome,
        "reason": run.reason,
        "epochs": run.epochs,
        "planned": run.planned,
        "validation": dict(run.validation),
        "test": dict(run.test),
        "seconds": run.seconds,
        "device": run.device,
        "host": run.host,
        "can_go_on": run.can_go_on,
    }


def table(rows: Sequence[Sequence[str]]) -> str:
    """Return rows as lines, each column as wide as its widest cell."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ("  ".join(map(str.ljust, row, widths)).rstrip() for row in rows)
    return "\n".join(lines)


def figure(value: float | None) -> str:
    """Return a figure in few digits, a dash where there is none."""
    return "–" if value is None else f"{value:.4g}"


def _row(summary: Summary) -> tuple[str, ...]:
    run = summary.run
    told = (
        ", ".join(f"{name} {figure(value)}" for name, value in figures.items()) or "–"
        for figures in (run.validation, run.test)
    )
    return summary.name, summary.outcome, f"{run.epochs}/{run.planned or run.epochs}", *told
