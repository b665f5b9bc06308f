"""Which runs have trained a network as it is drawn now, and where what stays of one is kept."""

from __future__ import annotations

from itertools import count, islice
from pathlib import Path
from typing import Final

from app.runs.folder import runs_folder
from app.runs.index import read_summaries
from app.runs.store import kept_weights, trained_project
from app.runs.summaries import Summary
from graph_model.editing.differences import is_same_model
from graph_model.network import Project

_MOST_LOOKED_AT: Final = 200
"""Of how many runs the project is read, the newest first."""
_WEIGHTS: Final = "pruned"


def fitting_runs(project: Project, folder: Path | None = None) -> tuple[Summary, ...]:
    """Return the runs with weights of this very network, the newest first."""
    kept = islice(read_summaries(folder or runs_folder()), _MOST_LOOKED_AT)
    return tuple(each for each in kept if _fits(each.run.folder, project))


def _fits(folder: Path, project: Project) -> bool:
    if kept_weights(folder) is None:
        return False
    trained = trained_project(folder)
    return trained is not None and is_same_model(trained, project)


def place_for_weights(name: str, within: Path | None = None) -> Path:
    """Return a file that is not there yet, beside the runs, for the weights of a smaller model."""
    folder = (within or runs_folder()).parent / _WEIGHTS
    stem = "".join(each if each.isalnum() else "-" for each in name).strip("-") or "network"
    names = (f"{stem}{f'-{number}' if number > 1 else ''}.safetensors" for number in count(1))
    return next(folder / each for each in names if not (folder / each).exists())
