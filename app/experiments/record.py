"""An experiment as a folder, which outlives the program: what it varies, and how its trials stand.

::

    base.weft              the project that its trials begin with
    usual.weft             the same with what Outputs are trained for, where the recipe says nothing
    experiment.json        its name and device, its trials with their folders, and how they stand
    run.lock               there while some program does its trials

The runs lie elsewhere, each in a folder of its own; what those tell goes before what stands here,
so that a program that was killed has lost nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path, PurePath
from typing import Any, Final

from app.experiments.experiment import Experiment
from app.experiments.standing import DONE, FAILED, STATES, WAITING, Standing
from app.experiments.trials import MOST, Settings
from app.runs.folder import holds_run
from app.runs.holding import is_held
from app.runs.store import read_run, trained_project
from app.settings import home
from graph_model.files.atomic import write_atomically
from graph_model.files.plain_file import read_start
from graph_model.files.storage import ProjectFileError, load, save
from graph_model.frozen import frozen
from graph_model.network import Project
from graph_model.problems import Problem, Refusal

RECORD: Final = "experiment.json"
_BASE, _USUAL = "base.weft", "usual.weft"
_FORM: Final = 1
_LARGEST: Final = 2**26


@frozen
class KeptTrial:
    """A trial as the record has it; ``folder`` is the name of that of its run."""

    settings: Settings
    folder: str
    state: str


@frozen
class Record:
    """What ``experiment.json`` holds, in the folder of an experiment."""

    folder: Path
    name: str
    device: str = "cpu"
    at_once: int = 1
    is_cancelled: bool = False
    """Whether it was ended by hand, and is not to be offered again by itself."""
    trials: tuple[KeptTrial, ...] = ()

    @property
    def done(self) -> int:
        """How many trials are not to be done again."""
        return sum(each.state in DONE for each in self.trials)

    @property
    def is_done(self) -> bool:
        """Whether no trial is left to be done."""
        return self.done == len(self.trials)

    @property
    def varied(self) -> Mapping[str, Sequence[str]]:
        """The settings that are varied, each with the values that its trials have."""
        found: dict[str, dict[str, None]] = {}
        for trial in self.trials:
            for name, value in trial.settings.items():
                found.setdefault(name, {})[value] = None
        return {name: tuple(values) for name, values in found.items()}

    def with_standings(self, standings: Iterable[Standing], at_once: int) -> Record:
        """Return the record of trials as they stand."""
        trials = (KeptTrial(each.settings, each.folder.name, each.state) for each in standings)
        return replace(self, trials=tuple(trials), at_once=at_once)


def experiments_folder() -> Path:
    """Return the folder in which the window keeps experiments."""
    return home() / "experiments"


def begin(folder: Path, experiment: Experiment) -> Record:
    """Make the folder of an experiment without trials; raises ``OSError``."""
    folder.mkdir(parents=True, exist_ok=True)
    save(experiment.project, folder / _BASE)
    if experiment.usual:
        recipe = replace(experiment.project.recipe, objectives=tuple(experiment.usual))
        save(replace(experiment.project, recipe=recipe), folder / _USUAL)
    record = Record(folder, experiment.name, experiment.device)
    keep(record)
    return record


def keep(record: Record) -> None:
    """Write how an experiment stands; raises ``OSError``."""
    trials = [[dict(each.settings), each.folder, each.state] for each in record.trials]
    stored = {
        "form": _FORM,
        "name": record.name,
        "device": record.device,
        "at_once": record.at_once,
        "is_cancelled": record.is_cancelled,
        "trials": trials,
    }
    write_atomically(record.folder / RECORD, json.dumps(stored, ensure_ascii=False).encode())


def read_record(folder: Path) -> Record:
    """Read how an experiment stood; raises ``Refusal`` where a folder holds none."""
    try:
        stored = json.loads(read_start(folder / RECORD, _LARGEST))
        return _record(folder, stored)
    except OSError as error:
        reason = error.strerror or str(error)
    except (ValueError, RecursionError, KeyError, TypeError, AttributeError):
        reason = "it is damaged"
    raise Refusal(Problem("no_experiment", {"path": str(folder / RECORD), "reason": reason}))


def _record(folder: Path, stored: Mapping[str, Any]) -> Record:
    """Return what was stored; raises ``ValueError`` and the like where it is something else."""
    if stored["form"] != _FORM or len(stored["trials"]) > MOST:
        raise ValueError(stored["form"])
    return Record(
        folder,
        _text(stored["name"]),
        _text(stored["device"]),
        max(1, int(stored["at_once"])),
        stored["is_cancelled"] is True,
        tuple(_trial(*each) for each in stored["trials"]),
    )


def _trial(settings: Mapping[str, str], folder: str, state: str) -> KeptTrial:
    if state not in STATES or PurePath(_text(folder)).name != folder:
        raise ValueError(folder)
    return KeptTrial({_text(key): _text(each) for key, each in settings.items()}, folder, state)


def _text(stored: object) -> str:
    if not isinstance(stored, str):
        raise TypeError(stored)
    return stored


def read_records(within: Path) -> tuple[Record, ...]:
    """Return the experiments kept in a folder, the newest first; what is none is left out."""
    return tuple(_readable(within))


def _readable(within: Path) -> Iterator[Record]:
    try:
        folders = sorted((each for each in within.iterdir() if each.is_dir()), reverse=True)
    except OSError:  # there is none yet
        return
    for folder in folders:
        try:
            yield read_record(folder)
        except Refusal:
            continue


def interrupted(within: Path) -> Record | None:
    """Return the newest experiment of a folder, if it was cut off and nobody does it now."""
    newest = next(_readable(within), None)
    if newest is None or newest.is_done or newest.is_cancelled or is_held(newest.folder):
        return None
    return newest


def experiment_of(record: Record) -> Experiment:
    """Read what the trials of an experiment begin with; raises ``Refusal``."""
    project, path = _load(record.folder / _BASE), record.folder / _USUAL
    usual = _load(path).recipe.objectives if path.exists() else ()
    return Experiment(record.name, project, usual, record.device)


def _load(path: Path) -> Project:
    try:
        return load(path)
    except ProjectFileError as error:
        raise Refusal(
            Problem("no_experiment", {"path": str(path), "reason": str(error)})
        ) from error


def standings_of(
    trials: Iterable[KeptTrial], runs: Path, experiment: Experiment
) -> Iterator[Standing]:
    """Yield how trials stand by what their runs tell; those that are not done wait.

    ``runs`` is where the folders of the runs lie. A folder that holds another run stays as it is.
    """
    return (_standing(each, runs / each.folder, experiment) for each in trials)


def _standing(kept: KeptTrial, folder: Path, experiment: Experiment) -> Standing:
    standing = Standing(kept.settings, folder, kept.state if kept.state in DONE else WAITING)
    if not holds_run(folder):
        return standing
    if trained_project(folder) != _project(kept, experiment):
        standing.state, standing.problem = FAILED, Problem("other_run", {"folder": str(folder)})
        return standing
    run = read_run(folder)
    standing.epoch, standing.epochs = run.epochs, run.planned
    standing.figures = dict(run.validation)
    standing.state = run.outcome if run.outcome in DONE else WAITING
    standing.resumes = standing.state == WAITING and run.can_go_on
    return standing


def _project(kept: KeptTrial, experiment: Experiment) -> Project | None:
    try:
        return experiment.project_of(kept.settings)
    except Refusal:  # which is told of the trial once it is done
        return None
