"""Going on with a run from the command line: whether it can be done, and what stands against it."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from app.commands import UsageError
from app.commands.project import read
from app.paths import is_folder
from app.runs.folder import CHECKPOINT, PROJECT, log_of
from app.runs.store import Run, read_run, recipe_further
from app.training.ssh import goes_on_elsewhere
from graph_model.editing.differences import Change, differences, is_same_model
from graph_model.editing.recipe_differences import recipe_differences
from graph_model.files.plain_file import is_plain_file
from graph_model.frozen import frozen
from graph_model.layers.card import format_value
from graph_model.network import Project
from graph_model.recipes.schedules import follows_epochs

_OF_RUN: Final = ("epochs", "seed")
"""Settings of a recipe that the command line may have replaced when the run began."""


@frozen
class Interrupted:
    """A run to go on with, and how."""

    project: Project
    folder: Path
    device: str


def interrupted(arguments: Namespace) -> Interrupted:
    """Return the run that is meant; raises ``UsageError`` where it cannot go on."""
    folder = _folder(arguments)
    if not is_plain_file(folder / PROJECT) or not log_of(folder).exists():
        raise UsageError(f"There is no run in {folder} to go on with.")
    if not is_plain_file(folder / CHECKPOINT) and not goes_on_elsewhere(folder):
        raise UsageError(
            f"{folder} holds no {CHECKPOINT}, from which a run goes on. The first one is written "
            "about a second after a run begins."
        )
    project = read(str(folder / PROJECT))
    if not _is_run(Path(arguments.file)):
        _need_same(project, read(arguments.file), folder)
    run = read_run(folder)
    return Interrupted(_for_epochs(project, arguments, run), folder, arguments.device or run.device)


def _folder(arguments: Namespace) -> Path:
    given = Path(arguments.file)
    if arguments.out:
        return Path(arguments.out)
    if is_folder(given):
        return given
    if _is_run(given):
        return given.parent
    raise UsageError("Which run is to go on? Name its folder, as FILE or after --out.")


def _is_run(given: Path) -> bool:
    return is_folder(given) or (given.name == PROJECT and log_of(given.parent).exists())


def _for_epochs(project: Project, arguments: Namespace, run: Run) -> Project:
    """Return the project of a run with as many epochs as are wanted."""
    recipe, done = project.recipe, run.epochs
    if arguments.seed not in (None, recipe.seed):
        raise UsageError(f"The run was begun with seed {recipe.seed}, which stays.")
    if arguments.epochs is not None and arguments.epochs < done:
        raise UsageError(f"{done} epochs of the run are done already; --epochs cannot be fewer.")
    epochs = arguments.epochs or recipe.epochs
    if epochs != recipe.epochs and follows_epochs(recipe):
        _note(
            f"the schedule was made for {recipe.epochs} epochs; from here on the learning rate is "
            f"what it would be at this step of {epochs}"
        )
    if arguments.epochs is None:
        return project
    further = recipe_further(run, recipe, epochs)
    if further.options != recipe.options:
        _note(f"early stopping ended the run after epoch {done}; it goes on without that")
    return replace(project, recipe=further)


def _need_same(trained: Project, given: Project, folder: Path) -> None:
    """Raise ``UsageError`` where a project is not the one that a run trained, saying why."""
    lines = list(_told(trained, given))
    if lines:
        raise UsageError(
            f"The project is not what the run in {folder} trained:\n"
            + "\n".join(f"  {line}" for line in lines)
            + f"\nTo go on with the run as it was, name its folder: layerweft train {folder} "
            "--resume"
        )
    for change in recipe_differences(trained.recipe, given.recipe):
        _note(
            f"the run goes on with {change.what} {change.before}; the project says {change.after}"
        )


def _note(text: str) -> None:
    print(f"note: {text}", file=sys.stderr)


def _told(trained: Project, given: Project) -> Iterator[str]:
    """Yield a line for each difference that makes it another run."""
    found = differences(trained, given)
    if not is_same_model(trained, given):
        yield from (f"{name} was added" for name in found.added)
        yield from (f"{name} was removed" for name in found.removed)
        yield from (f"{each.node}: {_change(each)}" for each in found.changed)
        if found.is_rewired:
            yield "wires lie otherwise"
        if not found:
            yield "its custom layers are others"
    for each in recipe_differences(trained.recipe, given.recipe):
        if each.what not in _OF_RUN:
            yield f"recipe: {_change(each)}"


def _change(change: Change) -> str:
    before, after = (
        "default" if value is None else format_value(value)
        for value in (change.before, change.after)
    )
    return f"{change.what} {before} → {after}"
