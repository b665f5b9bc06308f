"""``layerweft train``: the run that the recipe describes."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from app.commands import FAILED, UsageError
from app.commands.progress import Progress
from app.commands.project import make_folder, open_project, say_problems, settled
from app.commands.resuming import interrupted
from app.commands.training import free_for_run, run_job
from app.paths import is_file, is_folder
from app.runs.events import Event, as_json
from app.runs.folder import BEST, holds_run
from app.runs.hosts import Host
from app.runs.job import Beginning, Job
from app.runs.record import Record
from app.training.control import Control
from app.training.scripted import train_at, watch_again
from app.training.ssh import Ssh, attached, goes_on_elsewhere
from graph_model.network import Project
from graph_model.problems import Refusal


def run(arguments: argparse.Namespace) -> int:
    """Train, telling each event as a line of JSON or as text."""
    job = _resumed(arguments) if arguments.resume else _begun(arguments)
    inference, known = settled(job.project)
    if say_problems(inference):
        return FAILED
    is_new = job.folder is not None and not job.folder.exists()
    if job.folder is not None and not job.resumes:
        make_folder(job.folder)
    progress = Progress(job.project.network)
    tell = _tell_json if arguments.json else progress.show
    status = run_job(replace(job, known=known), tell, _elsewhere(arguments, job))
    if not arguments.json:
        print(_where_it_is(job.folder, progress.record))
    if is_new and job.folder is not None and not any(job.folder.iterdir()):
        job.folder.rmdir()  # the run never began
    return status


def _elsewhere(
    arguments: argparse.Namespace, job: Job
) -> Callable[[Job, Control], Iterator[Event]] | None:
    """Return what does the job on another host, where it is to be done or goes on there."""
    folder = job.folder
    if folder is None or not (goes_on_elsewhere(folder) if job.resumes else arguments.on):
        return None
    try:
        if job.resumes:
            place = attached(folder)
            return lambda here, control: watch_again(place, here, control)
        chosen = Host(arguments.on, arguments.python)
        host = Ssh(replace(chosen, folder=arguments.there or chosen.folder))
    except Refusal as refusal:
        raise UsageError(str(refusal)) from None
    return lambda here, control: train_at(host, here, control)


def _begun(arguments: argparse.Namespace) -> Job:
    opened = open_project(arguments.file)
    project = with_choices(opened.project, arguments.epochs, arguments.seed)
    if arguments.on and not arguments.out:
        raise UsageError("--on copies the folder of a run: name it, with --out.")
    folder = free_for_run(arguments.out) if arguments.out else None
    return Job(
        project, arguments.device or "cpu", folder, _beginning(arguments) or opened.beginning
    )


def _beginning(arguments: argparse.Namespace) -> Beginning | None:
    if arguments.weights is None:
        return None
    given = Path(arguments.weights)
    path = given / BEST if is_folder(given) else given
    if not is_file(path):
        raise UsageError(f"There are no weights in {path}.")
    return Beginning(path, arguments.weights_match, tuple(arguments.weights_of or ()))


def _resumed(arguments: argparse.Namespace) -> Job:
    if arguments.weights is not None:
        raise UsageError("A run goes on with the weights that it has: --weights begins a new one.")
    if arguments.on is not None:
        raise UsageError("A run goes on where it was begun: --on begins a new one.")
    run = interrupted(arguments)
    return Job(run.project, run.device, run.folder, resumes=True)


def _where_it_is(folder: Path | None, record: Record) -> str:
    if folder is None:
        return "Nothing was kept; --out DIR keeps the weights."
    if record.not_kept is not None or not (record.kept_in or holds_run(folder)):
        return "The run was not kept."
    return f"Kept in {record.kept_in or folder}."


def with_choices(project: Project, epochs: int | None, seed: int | None) -> Project:
    """Return the project with these in place of the recipe's own, where they are given."""
    recipe = project.recipe
    return replace(
        project,
        recipe=replace(
            recipe,
            epochs=recipe.epochs if epochs is None else epochs,
            seed=recipe.seed if seed is None else seed,
        ),
    )


def _tell_json(event: Event) -> None:
    sys.stdout.write(json.dumps(as_json(event), ensure_ascii=False) + "\n")
    sys.stdout.flush()
