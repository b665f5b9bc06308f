"""``layerweft search``: trains a project once for each combination of values of some settings."""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

from app.commands import FAILED, FINE, INTERRUPTED, UsageError
from app.commands.project import make_folder, read, settled
from app.commands.runs import as_json, figure, table
from app.commands.training import driver, free_folders, stopping
from app.experiments import standing as states
from app.experiments.experiment import Experiment
from app.experiments.keeping import KeptQueue
from app.experiments.queue import Do
from app.experiments.record import (
    RECORD,
    KeptTrial,
    Record,
    begin,
    experiment_of,
    read_record,
    standings_of,
)
from app.experiments.standing import Standing
from app.experiments.trials import MOST, Settings, combinations, name_of, number_of
from app.experiments.values import values_of
from app.late import late
from app.paths import is_folder
from app.runs.events import Event, Failed
from app.runs.folder import holds_run
from app.runs.job import Job
from app.runs.store import Run, read_run
from app.training.control import Control
from app.training.worker import Worker
from graph_model.network import Project
from graph_model.problems import Refusal
from graph_model.recipe import Objective
from graph_model.recipes.binding import bind
from graph_model.recipes.facts import DataFacts
from graph_model.recipes.sources import described

_FOLDER: Final = "experiment"


def run(chosen: argparse.Namespace) -> int:
    """Do the trials of an experiment that are not done yet, and say what each has reached."""
    try:
        record, experiment, more = _asked(chosen)
        kept = KeptQueue(record, record.folder, make=_doing(record.at_once), changed=_say)
    except Refusal as refusal:
        raise UsageError(str(refusal)) from None
    with stopping(kept.cancel):
        kept.begin(more)
        kept.queue.wait()
    kept.release()
    standings = kept.queue.standings
    done = [(each.settings, read_run(each.folder)) for each in standings if _has_run(each)]
    done.sort(key=lambda each: _worth(experiment, each[1]))
    if chosen.json:
        found = [{"settings": dict(settings), **as_json(run)} for settings, run in done]
        print(json.dumps(found, ensure_ascii=False, indent=1))
    elif done:
        print(table([*_rows(done)]))
        print(f"Kept in {record.folder}.")
    return _status(standings)


def _asked(chosen: argparse.Namespace) -> tuple[Record, Experiment, Sequence[Standing]]:
    """Return the experiment of a folder or a new one there, and the trials that are asked for.

    What is wrong with those is said before anything is written.
    """
    folder = _folder(chosen)
    is_kept = (folder / RECORD).exists()
    if not is_kept and (chosen.file is None or chosen.resume or not chosen.set):
        raise UsageError(f"There is no search in {folder} to go on with: give FILE and --set.")
    if is_kept:
        record = read_record(folder)
        experiment = experiment_of(record)
        _need_same(chosen, experiment, folder)
    else:
        experiment = _experiment(read(chosen.file), folder, chosen)
    there = {name_of(each.settings) for each in record.trials} if is_kept else set()
    asked = [each for each in _combinations(chosen) if name_of(each) not in there]
    for settings in asked:
        experiment.project_of(settings)
    if not is_kept:
        record = begin(make_folder(folder), experiment)
    trials = (KeptTrial(each, name_of(each), states.WAITING) for each in asked)
    more = [*standings_of(trials, folder, experiment)]
    for each in more:
        if each.problem is not None:
            raise Refusal(each.problem)
    at_once = chosen.at_once or record.at_once
    device = chosen.device or record.device
    return replace(record, at_once=at_once, device=device), experiment, more


def _folder(chosen: argparse.Namespace) -> Path:
    """Return the folder of the experiment, which may be given as the file where it goes on."""
    if chosen.out:
        return Path(chosen.out)
    if chosen.file is not None and is_folder(Path(chosen.file)):
        return Path(chosen.file)
    if chosen.resume or chosen.file is None:
        raise UsageError("Which search is to go on? Name its folder, as FILE or after --out.")
    return next(each for each in free_folders(_FOLDER) if _is_free(each, chosen))


def _is_free(folder: Path, chosen: argparse.Namespace) -> bool:
    """Tell whether a folder holds no search, or one with the project that is given."""
    if not (folder / RECORD).exists():
        return True
    try:
        return experiment_of(read_record(folder)).project == read(chosen.file)
    except Refusal:
        return False


def _need_same(chosen: argparse.Namespace, experiment: Experiment, folder: Path) -> None:
    if chosen.file is None or is_folder(Path(chosen.file)):
        return
    if read(chosen.file) != experiment.project:
        raise UsageError(
            f"{folder} holds another run of trials, with another project, which stays as it is. "
            "Choose another folder, or go on with it by --resume and without FILE."
        )


def _experiment(project: Project, folder: Path, chosen: argparse.Namespace) -> Experiment:
    return Experiment(folder.name, project, _usual(project), chosen.device or "cpu")


def _combinations(chosen: argparse.Namespace) -> Iterator[Settings]:
    """Return the trials that are asked for."""
    values = dict(map(_setting, chosen.set or ()))
    if not values:
        return iter(())
    if number_of(values) > MOST and not 0 < (chosen.random or 0) <= MOST:
        raise UsageError(
            f"These are {number_of(values):,} combinations, more than {MOST:,}. Give fewer values, "
            "or --random N for some of them."
        )
    return combinations(values, chosen.random or 0, chosen.seed or 0)


def _usual(project: Project) -> Sequence[Objective]:
    """Return what each Output is trained for, as far as data that can be read tell."""
    data = project.recipe.data
    facts = described(data) or late("app.data.reading").describe(data)
    inference, _ = settled(project)
    if not isinstance(facts, DataFacts) or inference.has_errors:
        return ()
    return bind(project.recipe, inference, facts).objectives


def _setting(given: str) -> tuple[str, Sequence[str]]:
    """Return the name of a setting and its values, given as ``name=one,two`` or a range."""
    name, is_given, values = given.partition("=")
    if not (is_given and name.strip() and values.strip()):
        raise UsageError(f"“{given}” has to be a setting and its values, such as lr=0.001,0.01.")
    try:
        return name.strip(), values_of(values)
    except Refusal as refusal:
        raise UsageError(str(refusal)) from None


def _doing(at_once: int) -> Callable[[], AbstractContextManager[Do]]:
    """Return what makes what does trials: here where it is one at a time, else in processes."""

    @contextmanager
    def made() -> Iterator[Do]:
        with Worker() if at_once > 1 else nullcontext(None) as worker:
            yield partial(_do, worker)

    return made


def _do(worker: Do | None, job: Job, control: Control) -> Iterator[Event]:
    """Do one trial, whose network is looked at first."""
    inference, known = settled(job.project)
    wrong = next((each for each in inference.problems if each.is_error), None)
    if wrong is not None:
        yield Failed(wrong)
        return
    yield from (worker or driver(job))(replace(job, known=known), control)


def _say(standing: Standing) -> None:
    """Tell of a trial that has ended."""
    name = name_of(standing.settings)
    if standing.problem is not None:
        print(f"{name}: {standing.problem.message}", file=sys.stderr)
    elif standing.state not in (states.WAITING, states.UNDER_WAY):
        told = figure(standing.figures.get("loss"))
        print(f"{name}: {standing.state}, loss {told}", file=sys.stderr)


def _has_run(standing: Standing) -> bool:
    return standing.state != states.WAITING and holds_run(standing.folder)


def _status(standings: Sequence[Standing]) -> int:
    ended = {each.state for each in standings}
    if states.STOPPED in ended:
        return INTERRUPTED
    return FAILED if states.FAILED in ended else FINE


def _worth(experiment: Experiment, run: Run) -> float:
    """Return what trials are put in order by, the best first: the figure that decides the best."""
    value = run.validation.get(experiment.judged.figure, math.nan)
    if math.isnan(value):
        return math.inf
    return -value if experiment.judged.larger_is_better else value


def _rows(done: Sequence[tuple[Settings, Run]]) -> Iterator[Sequence[str]]:
    figures = list(dict.fromkeys(name for _, run in done for name in run.validation))
    varied = list(dict.fromkeys(name for settings, _ in done for name in settings))
    yield [*varied, "outcome", *figures]
    for settings, run in done:
        told = (figure(run.validation.get(name)) for name in figures)
        yield [*(settings.get(name, "") for name in varied), run.outcome, *told]
