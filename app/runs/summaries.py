"""What a list of runs shows of each, read once: an index beside the runs remembers the rest."""

from __future__ import annotations

import contextlib
import json
import math
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final, TypeAlias

from app.runs.folder import LOCK, log_of
from app.runs.labels import Labels, labels_of, read_labels
from app.runs.store import Run, project_file, read_run, trained_project
from app.runs.trial import Told, read_trial
from graph_model.files.atomic import write_atomically
from graph_model.files.plain_file import read_start
from graph_model.frozen import frozen
from graph_model.recipes.setting_values import setting_values
from graph_model.values import Value

INDEX: Final = "runs-index.json"
"""What it is called among the folders of the runs."""
_FORM: Final = 3
"""Indexes of another form are made anew."""
_LARGEST: Final = 2**28
_NAMED_BY_TIME: Final = re.compile(r"(\d{4}-\d\d-\d\d \d\d\.\d\d\.\d\d) (.*)")
_NO_RUN: Final = {
    name: value for name, value in asdict(Run(Path(), "cut off")).items() if name != "folder"
}
_Stamp: TypeAlias = tuple[int, ...]
"""What is another number as soon as anything in the folder or the log is otherwise."""


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


def read_summaries(folder: Path) -> tuple[Summary, ...]:
    """Return the runs kept in a folder, the one begun last first; what has no log is left out.

    What its index remembers of a run that is as it was then is not read again. Where the index
    cannot be written, all is read the next time too.
    """
    index = _read_index(folder)
    found: dict[str, tuple[_Stamp, Summary]] = {}
    for name, stamp in _kept(folder):
        remembered = index.get(name)
        is_known = remembered is not None and remembered[0] == stamp and stamp != ()
        summary = remembered[1] if is_known and remembered else summary_of(folder / name)
        found[name] = stamp, summary
    told = {name: each for name, each in found.items() if each[0] != ()}
    if told != index:
        with contextlib.suppress(OSError):
            _write_index(folder, told)
    order = sorted((each for _, each in found.values()), key=_newest_first)
    return tuple(order)


def summary_of(folder: Path) -> Summary:
    """Read all that a list shows of one run."""
    project, trial = trained_project(folder), read_trial(folder)
    named = _NAMED_BY_TIME.fullmatch(folder.name)
    return Summary(
        read_run(folder),
        read_labels(folder),
        project.network.name if project else named[2] if named else "",
        _began(folder),
        _settings(setting_values(project.recipe) if project else {}, trial),
        trial,
    )


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


def _newest_first(summary: Summary) -> tuple[float, str]:
    return -summary.began, summary.run.folder.name


def _began(folder: Path) -> float:
    """Return when a run began: by its name, else when its project was written."""
    named = _NAMED_BY_TIME.fullmatch(folder.name)
    if named:
        with contextlib.suppress(ValueError):
            return datetime.strptime(named[1], "%Y-%m-%d %H.%M.%S").astimezone().timestamp()
    for path in (project_file(folder), folder):
        with contextlib.suppress(OSError):
            return path.stat().st_mtime
    return 0.0


def _kept(folder: Path) -> Iterator[tuple[str, _Stamp]]:
    """Yield the name of each run in a folder with its stamp, which is empty while it trains."""
    try:
        entries = [*os.scandir(folder)]
    except OSError:  # there is no such folder, or it may not be read
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        try:
            log = log_of(Path(entry.path)).lstat()
            held = os.path.lexists(f"{entry.path}/{LOCK}")
            folder_time = entry.stat().st_mtime_ns
        except OSError:
            continue
        yield entry.name, () if held else (folder_time, log.st_mtime_ns, log.st_size)


def _read_index(folder: Path) -> dict[str, tuple[_Stamp, Summary]]:
    """Return what the index remembers, as far as it is as it should be."""
    try:
        stored = json.loads(read_start(folder / INDEX, _LARGEST))
        if stored["form"] != _FORM:
            return {}
        return dict(_remembered(folder, stored["runs"]))
    except (OSError, ValueError, RecursionError, KeyError, TypeError, AttributeError):
        return {}


def _remembered(
    folder: Path, stored: Mapping[str, Any]
) -> Iterator[tuple[str, tuple[_Stamp, Summary]]]:
    for name, (stamp, told) in stored.items():
        run = {each: _like(value, _NO_RUN[each]) for each, value in told["run"].items()}
        settings = {each: _value(value) for each, value in told["settings"].items()}
        network, began = _like(told["network"], ""), _like(told["began"], 0.0)
        labels = labels_of(told["labels"])
        trial = Told(*told["trial"])
        if not (isinstance(trial.experiment, str) and isinstance(trial.pruned, int)) or not all(
            isinstance(text, str) for text in trial.settings.values()
        ):
            raise ValueError(told["trial"])
        run_told = Run(folder / name, **run)
        summary = Summary(run_told, labels, network, began, settings, trial)
        yield name, (tuple(map(int, stamp)), summary)


def _like(stored: Any, usual: Any) -> Any:
    """Return what is stored where it is of the kind of the usual value; raises ``ValueError``."""
    if isinstance(usual, float):
        return float(stored)
    if type(stored) is not type(usual):
        raise ValueError(stored)
    return {each: float(value) for each, value in stored.items()} if usual == {} else stored


def _value(stored: Any) -> Value:
    if isinstance(stored, list):
        return tuple(stored)
    if not isinstance(stored, bool | int | float | str):
        raise ValueError(stored)
    return stored


def _write_index(folder: Path, runs: Mapping[str, tuple[_Stamp, Summary]]) -> None:
    stored = {name: (stamp, _as_stored(summary)) for name, (stamp, summary) in runs.items()}
    write_atomically(folder / INDEX, json.dumps({"form": _FORM, "runs": stored}).encode())


def _as_stored(summary: Summary) -> Mapping[str, Any]:
    run = asdict(summary.run)
    del run["folder"]
    return {
        "run": run,
        "labels": asdict(summary.labels),
        "network": summary.network,
        "began": summary.began,
        "settings": dict(summary.settings),
        "trial": [summary.trial.experiment, dict(summary.trial.settings), summary.trial.pruned],
    }
