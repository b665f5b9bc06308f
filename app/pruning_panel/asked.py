"""What is asked of a trained network that is to be pruned, all of it off the window's thread."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from app.pruning.fitting import fitting_runs
from app.runs.job import Job
from app.runs.store import kept_weights, trained_project
from graph_model.custom_layers.known import Known
from graph_model.frozen import frozen
from graph_model.inference.infer import infer_project
from graph_model.network import Project
from graph_model.problems import Problem, Refusal
from graph_model.pruning.groups import Group
from graph_model.pruning.shrinking import Smaller
from graph_model.recipe import NodePath
from graph_model.recipes.within import everything

if TYPE_CHECKING:
    from app.pruning.importance import Criterion, Scores
    from app.pruning.trial import Sensitivity, Size, Trial
    from app.runs.summaries import Summary
    from app.training.judging import Judged


@frozen
class Choice:
    """How much is to go: a share of all, evenly or by importance, but for what is said apart."""

    criterion: Criterion = "l2"
    share: float = 0.5
    evenly: bool = True
    apart: Mapping[NodePath, int] = field(default_factory=dict)


@frozen
class Opened:
    """A run that is looked at, and what of it could go."""

    trial: Trial
    groups: tuple[Group, ...]
    titles: Mapping[NodePath, str]
    size: Size


@frozen
class Preview:
    """What a choice comes to: how many units go of each group, how large and how good the rest."""

    counts: Mapping[NodePath, int]
    size: Size
    judged: Judged
    smaller: Smaller


class Pruner:
    """Answers questions about the runs of a project, one at a time."""

    def __init__(self, project: Project, known: Known) -> None:
        self._project, self._known = project, known
        self._scores: dict[str, Scores] = {}
        self._opened: Opened | None = None
        self._sensitivities: Iterator[Sensitivity] = iter(())

    def runs(self) -> tuple[Summary, ...]:
        """Return the runs that have trained this very network."""
        return fitting_runs(self._project)

    def open(self, folder: Path) -> Opened | Problem:
        """Read the data and the weights of a run."""
        project, weights = trained_project(folder), kept_weights(folder)
        if project is None or weights is None:
            return Problem("no_weights", {"path": str(folder), "reason": "they are gone"})
        made = import_module("app.pruning.trial")
        try:
            trial: Trial = made.Trial(Job(project, folder=folder, known=self._known), weights)
        except Refusal as refusal:
            return refusal.problem
        titles = {each.path: each.title for each in everything(trial.inference)}
        self._scores = {}
        self._opened = Opened(trial, trial.found.groups, titles, made.size_of(trial.inference))
        self._sensitivities = trial.sensitivities(self._scores_by("l2"))
        return self._opened

    def next_sensitivity(self) -> Sensitivity | None:
        """Return how the model rests on one more group, ``None`` after the last."""
        return next(self._sensitivities, None)

    def preview(self, choice: Choice) -> Preview:
        """Return what a choice comes to."""
        trial = self._trial
        choosing, made = import_module("app.pruning.choosing"), import_module("app.pruning.trial")
        scores = self._scores_by(choice.criterion)
        counts = (
            choosing.evenly(trial.found, choice.share)
            if choice.evenly
            else choosing.by_importance(trial.found, scores, choice.share)
        )
        counts = {**counts, **choice.apart}
        units = choosing.units_of(trial.found, scores, counts)
        smaller = trial.without(units)
        inference = infer_project(smaller.project, self._known)
        return Preview(counts, made.size_of(inference), trial.judged(units), smaller)

    def write(self, smaller: Smaller, path: Path) -> str:
        """Keep the weights that stay; return why that is not possible, "" where it is."""
        checkpoint = import_module("app.training.checkpoint")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            checkpoint.save_weights(path, checkpoint.copy_of_weights(self._trial.model_of(smaller)))
        except OSError as error:
            return error.strerror or str(error)
        return ""

    @property
    def _trial(self) -> Trial:
        assert self._opened is not None
        return self._opened.trial

    def _scores_by(self, criterion: Criterion) -> Scores:
        if criterion not in self._scores:
            self._scores[criterion] = self._trial.scores(criterion)
        return self._scores[criterion]
