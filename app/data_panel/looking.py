"""What is found out of data beside the window: what they look like, and a batch of them."""

from __future__ import annotations

import importlib
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from app.data.faults import as_problem
from app.data.progress import Reading, followed
from app.late import late
from graph_model.custom_layers.known import Known
from graph_model.frozen import frozen
from graph_model.inference.infer import Inference
from graph_model.network import Project
from graph_model.problems import Problem, Refusal
from graph_model.recipes.facts import DataFacts

if TYPE_CHECKING:
    from app.data.preview import Batch, Preview


@frozen
class Wanted:
    """What is to be looked at: the data of a project, and whether its network takes them.

    ``reading`` is told how far it is, and can stop it. ``epoch`` counts from 0; in each, samples
    are changed in another way. A batch has all ``transforms`` done to it, or those alone that are
    given by their places.
    """

    project: Project
    inference: Inference
    facts: DataFacts
    known: Known
    reading: Reading
    fits: bool = False
    epoch: int = 0
    transforms: tuple[int, ...] | None = None


def has_torch() -> bool:
    """Tell whether PyTorch was loaded already; nobody waits for it just to look."""
    return "torch" in sys.modules


def look(wanted: Wanted) -> Preview | Problem:
    """Look at data; where the network takes them, at a batch as the text of the training has it."""
    module = late("app.data.preview")
    recipe = wanted.project.recipe
    try:
        with followed(wanted.reading):
            found: Preview | Problem = module.preview(recipe, wanted.inference, wanted.facts)
    except Exception as error:  # told, for otherwise it would be looked at for ever
        return as_problem(error, recipe.data)
    if isinstance(found, Problem) or found.batch is None or not (wanted.fits and has_torch()):
        return found
    try:
        return replace(found, batch=_of_text(wanted, found.batch))
    except Refusal:
        return found  # what stands between the network and a run is told elsewhere


def _of_text(wanted: Wanted, usual: Batch) -> Batch:
    job = late("app.runs.job").Job(_changed_so(wanted), known=wanted.known)
    batches, count = importlib.import_module("app.training.batches"), len(usual.samples)
    made = batches.first_batch(job, count, wanted.epoch)
    return replace(
        usual,
        samples=tuple(made.samples.tolist()),
        inputs={name: made.after[name] for name in made.inputs},
        targets={name: made.mixtures.get(name, made.after[name]) for name in made.targets},
        epoch=made.epoch + 1,
    )


def _changed_so(wanted: Wanted) -> Project:
    """Return the project with the transforms that are looked at."""
    project, places = wanted.project, wanted.transforms
    if places is None:
        return project
    chosen = tuple(each for at, each in enumerate(project.recipe.transforms) if at in places)
    return replace(project, recipe=replace(project.recipe, transforms=chosen))
