"""Going on with a run that was interrupted: all of it as it stood, to the last bit.

A checkpoint is the state of the text of a training and, under ``run``, what only whoever drives it
knows: the seconds so far, those at which the epoch began, the number of epochs that it was meant
for, and a digest of its samples.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from typing import Any, Final

from app.runs.events import Resumed
from app.runs.folder import CHECKPOINT, log_of
from app.runs.job import Job
from app.runs.told import Told, told_until
from app.training.building import Schedule, Training
from app.training.checkpoint import damaged, first_line, load_checkpoint
from graph_model.frozen import frozen
from graph_model.problems import Problem, Refusal
from graph_model.recipe import Recipe
from graph_model.recipes.phases import pace
from graph_model.recipes.schedules import Pace

OF_RUN: Final = "run"
"""The name in a checkpoint of what is not the text's own."""


@frozen
class Standing:
    """How far a run was when it was interrupted."""

    seconds: float = 0.0
    """How long it had taken, without pauses."""
    epoch_began: float = 0.0
    """How long it had taken when its epoch began."""
    told: Told | None = None
    """What it had told, where it goes on."""


BEGINNING: Final = Standing()


def go_on(job: Job, training: Training, digest: str) -> Standing:
    """Bring a training to where the run in the job's folder was interrupted.

    Raises ``Refusal`` where there is no whole checkpoint of this training, and where the data are
    others by now. Nothing in the folder is touched.
    """
    assert job.folder is not None
    path = job.folder / CHECKPOINT
    state: Mapping[str, Any] = load_checkpoint(path)
    of_run = state.get(OF_RUN, {})
    try:
        if of_run.get("data", digest) != digest:
            raise Refusal(Problem("data_changed", {"folder": str(job.folder)}))
        if of_run.get("epochs", job.recipe.epochs) != job.recipe.epochs:
            state = _planned_anew(state, training, job.recipe)
        training.resume(state)
        if not (training.epoch >= 0 and 0 <= training.step <= training.steps):
            raise ValueError(f"epoch {training.epoch}, step {training.step}")
        seconds, epoch_began = (float(of_run.get(name, 0)) for name in ("seconds", "epoch_began"))
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, RuntimeError) as error:
        raise damaged(path, first_line(error)) from error
    done = training.epoch * training.steps + training.step
    told = told_until(log_of(job.folder), training.epoch, done)
    return Standing(seconds, epoch_began, told)


def _planned_anew(
    state: Mapping[str, Any], training: Training, recipe: Recipe
) -> Mapping[str, Any]:
    """Return a state whose schedule stands where it would if it had been made for other epochs.

    The schedule of the training is new; it takes all steps that the old one had taken. So does that
    of each player, where there are several.
    """
    if pace(recipe) not in (Pace.STEP, Pace.EPOCH):
        return state
    if "schedules" not in state:
        _take_steps(training.schedule, state["schedule"], recipe.epochs * training.steps)
        new = training.state()
        optimizer = _with_groups(state["optimizer"], new["optimizer"])
        return {**state, "schedule": new["schedule"], "optimizer": optimizer}
    for name, schedule in training.schedules.items():
        _take_steps(schedule, state["schedules"][name], recipe.epochs * training.steps)
    new = training.state()
    optimizers = {
        name: _with_groups(each, new["optimizers"][name])
        for name, each in state["optimizers"].items()
    }
    return {**state, "schedules": new["schedules"], "optimizers": optimizers}


def _take_steps(schedule: Schedule, state: Mapping[str, Any], most: int) -> None:
    """Take the steps that a schedule of this state had taken."""
    done = state["last_epoch"]
    if not 0 <= done <= most:
        raise ValueError(f"{done} steps of the schedule")
    with warnings.catch_warnings(action="ignore"):  # the optimizer has taken none of them
        for _ in range(done):
            schedule.step()


def _with_groups(old: Mapping[str, Any], new: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the state of an optimizer, or of two as one, with the learning rates of another."""
    if "parts" in new:
        parts = zip(old["parts"], new["parts"], strict=True)
        return {"parts": [_with_groups(*each) for each in parts]}
    return {**old, "param_groups": new["param_groups"]}


def resumed(training: Training, standing: Standing) -> Resumed:
    """Return the event that tells of going on."""
    step = training.epoch * training.steps + training.step
    told = standing.told.events if standing.told else ()
    return Resumed(training.epoch, step, standing.seconds, told)


def checkpoint(training: Training, **of_run: object) -> Mapping[str, Any]:
    """Return all that it takes to go on from here."""
    return {**training.state(), OF_RUN: of_run}
