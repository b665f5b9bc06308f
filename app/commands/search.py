"""``layerweft search``: trains a project once for each combination of values of some settings."""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from app.commands import FAILED, FINE, INTERRUPTED, UsageError
from app.commands.project import make_folder, read, settled
from app.commands.runs import as_json, figure, table
from app.commands.training import free_folder, run_job
from app.experiments.trials import MOST, Trial, number_of, trials
from app.experiments.values import values_of
from app.late import late
from app.runs.events import Event, Failed
from app.runs.folder import holds_run
from app.runs.job import Job
from app.runs.store import Run, read_run, trained_project
from graph_model.network import Project
from graph_model.problems import Refusal
from graph_model.recipe import Objective
from graph_model.recipes.binding import bind
from graph_model.recipes.facts import DataFacts
from graph_model.recipes.judging import judged_by
from graph_model.recipes.sources import described

_FOLDER: Final = "experiment"


def run(chosen: argparse.Namespace) -> int:
    """Train each trial in a folder of its own; those that are done already are not done again."""
    values = dict(map(_setting, chosen.set))
    if number_of(values) > MOST and not 0 < (chosen.random or 0) <= MOST:
        raise UsageError(
            f"These are {number_of(values):,} combinations, more than {MOST:,}. Give fewer values, "
            "or --random N for some of them."
        )
    project = read(chosen.file)
    folder = make_folder(Path(chosen.out or free_folder(_FOLDER)))
    try:
        usual = _usual(project)
        planned = [*trials(project, values, chosen.random or 0, chosen.seed or 0, usual)]
    except Refusal as refusal:
        raise UsageError(str(refusal)) from None
    done: list[tuple[Trial, Run]] = []
    status = FINE
    for number, trial in enumerate(planned, 1):
        ended = _do(trial, folder / trial.name, chosen.device)
        if ended == INTERRUPTED:
            status = INTERRUPTED
            break
        status = max(status, ended)
        if holds_run(folder / trial.name):
            done.append((trial, read_run(folder / trial.name)))
            told = figure(done[-1][1].validation.get("loss"))
            print(f"{number}/{len(planned)}  {trial.name}: loss {told}", file=sys.stderr)
    done.sort(key=lambda each: _worth(*each))
    if chosen.json:
        found = [{"settings": dict(trial.settings), **as_json(run)} for trial, run in done]
        print(json.dumps(found, ensure_ascii=False, indent=1))
    elif done:
        print(table([*_rows(values, done)]))
        print(f"Kept in {folder}.")
    return status


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


def _do(trial: Trial, folder: Path, device: str | None) -> int:
    """Do one trial, unless its folder holds it; return how it ended."""
    if holds_run(folder):
        if trained_project(folder) != trial.project:
            raise UsageError(f"{folder} holds another run, which stays as it is.")
        if read_run(folder).outcome == "finished":
            return FINE
    inference, known = settled(trial.project)
    for problem in inference.problems:
        if problem.is_error:
            print(f"{trial.name}: {problem.message}", file=sys.stderr)
            return FAILED
    resumes = holds_run(folder) and read_run(folder).can_go_on
    make_folder(folder)
    job = Job(trial.project, device or "cpu", folder, resumes=resumes, known=known)
    return run_job(job, partial(_tell_failure, trial))


def _tell_failure(trial: Trial, event: Event) -> None:
    if isinstance(event, Failed):
        print(f"{trial.name}: {event.problem.message}", file=sys.stderr)


def _worth(trial: Trial, run: Run) -> float:
    """Return what trials are put in order by, the best first: the figure that decides the best."""
    judged = judged_by(trial.project.recipe)
    value = run.validation.get(judged.figure, math.nan)
    if math.isnan(value):
        return math.inf
    return -value if judged.larger_is_better else value


def _rows(
    values: Mapping[str, Sequence[str]], done: Sequence[tuple[Trial, Run]]
) -> Iterator[Sequence[str]]:
    figures = list(dict.fromkeys(name for _, run in done for name in run.validation))
    yield [*values, "outcome", *figures]
    for trial, run in done:
        told = (figure(run.validation.get(name)) for name in figures)
        yield [*trial.settings.values(), run.outcome, *told]
