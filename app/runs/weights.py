"""The weights that runs have kept, and which of them are those of a network."""

from __future__ import annotations

from pathlib import Path
from typing import Final, NamedTuple

from app.runs.folder import BEST, LAST
from app.runs.store import trained_project
from graph_model.editing.differences import is_same_model
from graph_model.network import Project

_MOST_RUNS: Final = 100


class Kept(NamedTuple):
    """Weights of a run, by the name of its folder: those of its best epoch, or of its last step."""

    path: Path

    @property
    def run(self) -> str:
        """What the run is called."""
        return self.path.parent.name

    @property
    def is_best(self) -> bool:
        """Whether they are those of the best epoch."""
        return self.path.name == BEST


def weights_of_run(folder: Path) -> tuple[Kept, ...]:
    """Return what one run has kept, the best first, where there are any."""
    return tuple(Kept(folder / name) for name in (BEST, LAST) if (folder / name).is_file())


def weights_of_network(project: Project, folder: Path) -> tuple[Kept, ...]:
    """Return what the runs kept in a folder have of this very network, the newest first."""
    try:
        runs = sorted((each for each in folder.iterdir() if each.is_dir()), reverse=True)
    except OSError:  # there is no such folder, or it may not be read
        return ()
    found: list[Kept] = []
    for run in runs[:_MOST_RUNS]:
        kept = weights_of_run(run)
        trained = trained_project(run) if kept else None
        if trained is not None and is_same_model(trained, project):
            found += kept
    return tuple(found)
