"""What a list of runs shows of each."""

from __future__ import annotations

import contextlib
import math
import re
from collections.abc import Collection, Mapping
from dataclasses import field
from datetime import datetime
from pathlib import Path
from typing import Final

from app.runs.folder import names_in
from app.runs.labels import LABELS, Labels, read_labels
from app.runs.store import Run, project_file, read_run
from app.runs.trial import TRIAL, Told, read_trial
from graph_model.files.glance import Glance, glance
from graph_model.files.storage import ProjectFileError
from graph_model.frozen import frozen
from graph_model.values import Value

_NAMED_BY_TIME: Final = re.compile(r"(\d{4}-\d\d-\d\d \d\d\.\d\d\.\d\d) (.*)")
_NUMBER: Final = re.compile(r"\d+")


@frozen
class Summary:
    """A run with what was written beside it and the settings of its recipe.

    A trial has what its experiment varied among them, as it was written.

    ``began`` counts seconds since 1970.
    """

    run: Run
    labels: Labels = field(default_factory=Labels)
    network: str = ""
    began: float = 0.0
    settings: Mapping[str, Value] = field(default_factory=dict)
    trial: Told = Told()
    """The experiment that it is a trial of, if it is of one, and what that varied."""

    @property
    def name(self) -> str:
        """What people call it: their name for it, else what it varies, or that of its folder."""
        varied = " ".join(f"{name}={value}" for name, value in self.trial.settings.items())
        return self.labels.name or varied or self.run.folder.name

    @property
    def outcome(self) -> str:
        """The outcome of the run, which is ``pruned`` where its experiment has stopped it."""
        is_pruned = self.trial.pruned and self.run.outcome == "stopped"
        return "pruned" if is_pruned else self.run.outcome

    @property
    def experiment(self) -> str:
        """The name of the experiment, if it belongs to one."""
        return self.trial.experiment


def summary_of(folder: Path, there: Collection[str] | None = None) -> Summary:
    """Read all that a list shows of one run; ``there`` are the names in its folder, if known."""
    there = names_in(folder) if there is None else there
    trial = read_trial(folder) if there is None or TRIAL in there else Told()
    named = _NAMED_BY_TIME.fullmatch(folder.name)
    try:
        project = glance(project_file(folder))
    except ProjectFileError:
        project = Glance(named[2] if named else "", {})
    return Summary(
        read_run(folder, there),
        read_labels(folder) if there is None or LABELS in there else Labels(),
        project.name,
        _began(folder),
        _settings(project.settings, trial) if trial.settings else project.settings,
        trial,
    )


def newest_first(summary: Summary) -> tuple[float, str]:
    """Return by what runs are put in order."""
    return -summary.began, summary.run.folder.name


def _settings(of_recipe: Mapping[str, Value], trial: Told) -> Mapping[str, Value]:
    """Return the settings of a recipe, and what was varied beyond them or in more words."""
    told = {name: _number(text) for name, text in trial.settings.items()}
    words = {name: value for name, value in told.items() if isinstance(value, str)}
    return {**told, **of_recipe, **words}


def _number(text: str) -> float | str:
    try:
        number = float(text)
    except ValueError:
        return text
    return number if math.isfinite(number) else text


def is_named_by_time(name: str) -> bool:
    """Tell whether a folder is called by when its run began, so that later ones sort behind."""
    return _NAMED_BY_TIME.fullmatch(name) is not None


def _began(folder: Path) -> float:
    """Return when a run began: by its name, else when its project was written."""
    named = _NAMED_BY_TIME.fullmatch(folder.name)
    if named:
        with contextlib.suppress(ValueError, OverflowError):
            return datetime(*map(int, _NUMBER.findall(named[1]))).timestamp()  # type: ignore[arg-type]
    for path in (project_file(folder), folder):
        with contextlib.suppress(OSError):
            return path.stat().st_mtime
    return 0.0
