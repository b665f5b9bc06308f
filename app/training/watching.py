"""Watches a run for signs that something is wrong, looks closer where there are, and tells of it.

Without a sign there are no hooks: it reads what the run tells anyway.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import replace
from functools import cached_property
from typing import Any, Final

import numpy as np
import torch
from torch import nn

from app.data.rows import is_lazy
from app.diagnosis.case import Case, Finding
from app.diagnosis.chance import Chance, chance_of
from app.diagnosis.epochs import found_in_epochs, labels_tell_nothing
from app.diagnosis.not_finite import not_finite
from app.diagnosis.players import found_of_players
from app.diagnosis.rules import found_in
from app.diagnosis.signs import Sign, Signs
from app.observing.nodes import nodes_of
from app.observing.places import Places
from app.runs.events import EpochEnded, Event, Noticed
from app.runs.job import Job
from app.training.beginning import begin_with
from app.training.building import Training
from app.training.looking import Looking, sizes_at_start
from app.training.repeating import repeated
from app.training.samples import Samples
from codegen.build import Built
from graph_model.inference.infer import Inference
from graph_model.problems import Refusal
from graph_model.recipes.players import turns

_STEPS: Final = 2
"""How many steps are looked at, one after the other; the last one counts."""


class Watching:
    """What looks after one run; ``is_due`` says that the next step is to be looked at.

    Of one that is not at hand, the sizes that it begins with are not looked at unasked.
    """

    def __init__(
        self,
        job: Job,
        samples: Samples,
        built: Built,
        make_training: Callable[[], Training],
        make_model: Callable[[], nn.Module] | None = None,
        *,
        is_at_hand: bool = True,
    ) -> None:
        self._job, self._built, self._make_training = job, built, make_training
        self._make_model = make_model
        self._inference: Inference = samples.inference
        self._turns = turns(job.recipe, self._inference)
        self._signs = Signs(None if self._turns else _chance(samples), players=len(self._turns))
        self._looking: Looking | None = None
        self._sign: Sign | None = None
        self._left = 0
        self._told: set[str] = set()
        self._is_explained = self._is_looked_at = False
        # a step that is looked at would be computed by another program, with other random numbers
        self._is_compiled = job.recipe.option("compile") is not None
        if is_at_hand:
            self._begin_signs(len(samples.binding.inputs))

    @cached_property
    def training(self) -> Training:
        """The training that is looked at, one that is not at hand once that is asked for."""
        return self._make_training()

    @property
    def is_due(self) -> bool:
        """Whether the next step is to be looked at."""
        return self._left > 0

    def _begin_signs(self, inputs: int) -> None:
        """Read the sizes that inputs and weights begin with, which takes no step."""
        sizes = sizes_at_start(self.training, inputs, self._job.recipe.batch_size)
        self._signs.begin(*sizes)
        self._ask()

    def _ask(self) -> None:
        """Have the next steps looked at where something looks wrong that is not explained yet."""
        sign = self._signs.asked()
        if sign is not None and not self._is_explained and not self._is_compiled:
            self._sign, self._left = sign, _STEPS

    def remember(self, events: Iterable[Event]) -> None:
        """Read what the run told before it was interrupted, and tell nothing of it again."""
        for event in events:
            self._signs.take(event)
            if isinstance(event, Noticed):
                self._told.add(event.problem.code)
        self._signs.asked()

    def take(self, event: Event) -> Iterator[Noticed]:
        """Read an event, and tell what its figures say by themselves."""
        self._signs.take(event)
        if isinstance(event, EpochEnded) and not self._turns:
            # of players, losses are no measure of how good they are
            case = self._case(None)
            found = found_in_epochs(case)
            if found is None and self._is_looked_at and not self._is_explained:
                found = labels_tell_nothing(case)
            yield from self._tell(found)
        self._ask()

    def at_step(self) -> AbstractContextManager[None]:
        """Look at the step that is done within."""
        self._left -= 1
        return self._looked.at_step()

    def after_step(self) -> Iterator[Noticed]:
        """Tell what was found, once all has been seen that was to be; nothing is unread then."""
        if self._left:
            return
        self._looked.at_start()
        case = self._case(self._sign)
        found = found_of_players(case, self._turns) if self._turns else found_in(case)
        self._is_explained, self._is_looked_at = found is not None, True
        yield from self._tell(found)

    def not_finite(
        self, losses: Sequence[float], step: int, is_wanted: Callable[[], bool]
    ) -> Iterator[Noticed]:
        """Do the step again whose loss is not finite, and tell where that began.

        ``losses`` are those of steps before it that nobody has been told of. Nothing is told where
        it cannot be done again: the data are others by now, or there is no room for it twice.
        """
        self._signs.take_losses(losses)
        again = None
        with suppress(Refusal, MemoryError, torch.OutOfMemoryError):
            again = repeated(self._job, step, self._make_model, is_wanted)
        if again is None:
            return
        self._looked.at_start()
        case = self._case(Sign.GROWS)
        yield from self._tell(not_finite(case, again, step, self._turns), step)

    @property
    def _looked(self) -> Looking:
        if self._looking is None:
            nodes = nodes_of(self._job.project, self._job.known)
            places = Places(self._built, nodes)
            size = self._job.recipe.batch_size
            self._looking = Looking(self.training, nodes, places, self._begun, size)
        return self._looking

    def _begun(self) -> nn.Module:
        """Return a model with the weights that the run began with."""
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(self._job.recipe.seed)
            model = (self._make_model or self._built.make)()
        if self._job.weights is not None:
            begin_with(self._job.weights, model)
        return model

    def _case(self, sign: Sign | None) -> Case:
        case = Case(self._job.recipe, self._inference, self._signs, sign)
        if self._looking is None:
            return case
        looking = self._looking
        start = looking.at_start() if sign is not None else case.start
        return replace(case, start=start, now=looking.last)

    def _tell(self, finding: Finding | None, step: int = 0) -> Iterator[Noticed]:
        """Tell a finding, each kind of it once, at a step or else the last one."""
        if finding is not None and finding.problem.code not in self._told:
            self._told.add(finding.problem.code)
            yield Noticed(step or self._signs.steps, finding.problem, finding.path, finding.network)


def _chance(samples: Samples) -> Chance | None:
    """Return what guessing gives on the training samples, where their targets are at hand."""
    objectives = samples.binding.objectives
    targets: Sequence[Any] = samples.prepared.targets
    if any(is_lazy(each) for each in targets):
        return None
    split = samples.prepared.split
    train, validation = (np.asarray(each) for each in (split.train, split.validation))
    return chance_of(zip(objectives, targets, strict=True), train, validation)
