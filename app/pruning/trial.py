"""A trained model without some of its units: how it does, and what it becomes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from typing import Final

from torch import nn

from app.observing.nodes import nodes_of
from app.pruning.choosing import units_of
from app.pruning.importance import Criterion, Scores, scores
from app.pruning.weights import State, cut, masked
from app.runs.job import Job
from app.training.judging import Judge, Judged
from app.training.predict import Predictor
from codegen.build import build_project
from graph_model.costs.cost import cost
from graph_model.costs.sizes import sizes_for
from graph_model.findings.results import Inference
from graph_model.frozen import frozen
from graph_model.pruning.groups import Group, Unit, prunable
from graph_model.pruning.shrinking import Smaller, without_units
from graph_model.recipe import NodePath

SHARES: Final = (0.25, 0.5, 0.75)
"""Which shares of a group are taken away to see how the model rests on it."""


@frozen
class Size:
    """How large a model is, for one sample; ``is_least`` where custom layers may add to it."""

    parameters: int
    multiply_adds: int
    is_least: bool = False


@frozen
class Sensitivity:
    """How a model does without a share of one group, for each of :data:`SHARES`."""

    path: NodePath
    judged: Mapping[float, Judged]


class Trial:
    """A trained model, of which units are taken away to see what that does."""

    def __init__(self, job: Job, weights: Path) -> None:
        """Read the data and the weights; raises ``Refusal`` where that is not possible."""
        self._job = job
        predictor = Predictor(job, weights)
        self.inference: Inference = predictor.samples.inference
        self.found = prunable(self.inference)
        self._model = predictor.model
        self._state: State = {
            name: value.clone() for name, value in self._model.state_dict().items()
        }
        self._nodes = nodes_of(job.project, job.known)
        self._judge = Judge(predictor)
        self.whole = self._judge.judged(self._model)

    @property
    def samples(self) -> int:
        """On how many samples it is judged."""
        return len(self._judge.samples)

    @property
    def split(self) -> str:
        """Of which part of the data these are."""
        return self._judge.split

    def scores(self, criterion: Criterion = "l2", seed: int = 0) -> Scores:
        """Return how much each unit matters."""
        return scores(self._state, self._nodes, self.found, criterion, seed)

    def judged(self, units: Collection[Unit]) -> Judged:
        """Return how the model does without these units, before it learns to do without."""
        gone = [group for group in self.found.groups if _loses(group, units)]
        if all(group.is_exact for group in gone):  # quicker than building another model
            self._model.load_state_dict(masked(self._state, self._nodes, self.found, units))
            judged = self._judge.judged(self._model)
            self._model.load_state_dict(self._state)
            return judged
        return self._judge.judged(self.model_of(self.without(units)))

    def without(self, units: Collection[Unit]) -> Smaller:
        """Return the project without these units, and which places of its weights stay."""
        return without_units(self._job.project, self.inference, self.found, units)

    def model_of(self, made: Smaller) -> nn.Module:
        """Return the model of a smaller project, with what stays of the weights."""
        model = build_project(made.project, self._job.known).make().eval()
        nodes = nodes_of(made.project, self._job.known)
        model.load_state_dict(cut(self._state, self._nodes, model.state_dict(), nodes, made))
        return model

    def sensitivities(
        self, told: Scores, goes_on: Callable[[], bool] = lambda: True
    ) -> Iterator[Sensitivity]:
        """Yield how the model does without the units of each group alone that matter least."""
        for group in self.found.groups:
            judged: dict[float, Judged] = {}
            for share in SHARES:
                if not goes_on():
                    return
                count = min(group.count - 1, round(group.count * share))
                judged[share] = self.judged(units_of(self.found, told, {group.path: count}))
            yield Sensitivity(group.path, judged)


def _loses(group: Group, units: Collection[Unit]) -> bool:
    return any(unit in units for strand in group.strands for unit in strand.units)


def size_of(inference: Inference) -> Size:
    """Return how large a network is; its multiply-adds for one sample."""
    found = cost(inference, sizes_for(inference)).total
    return Size(inference.parameter_count, found.multiply_adds, is_least=found.more_multiply_adds)
