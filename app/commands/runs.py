"""``layerweft runs``: lists the runs that are kept, the newest first."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from app.commands import FINE, UsageError
from app.runs.folder import runs_folder
from app.runs.store import Run, read_runs


def run(chosen: argparse.Namespace) -> int:
    """Print the runs of a folder, of the window's if none is given."""
    folder = Path(chosen.folder) if chosen.folder else runs_folder()
    if chosen.folder and not folder.is_dir():
        raise UsageError(f"There is no folder {folder}.")
    runs = read_runs(folder)
    if chosen.json:
        print(json.dumps([as_json(each) for each in runs], ensure_ascii=False, indent=1))
    elif not runs:
        print(f"There are no runs in {folder}.")
    else:
        print(table([("run", "outcome", "epochs", "validation", "test"), *map(_row, runs)]))
    return FINE


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


def _row(run: Run) -> tuple[str, ...]:
    told = (
        ", ".join(f"{name} {figure(value)}" for name, value in figures.items()) or "–"
        for figures in (run.validation, run.test)
    )
    return run.folder.name, run.outcome, f"{run.epochs}/{run.planned or run.epochs}", *told
