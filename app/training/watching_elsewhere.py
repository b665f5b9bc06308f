"""Looks after a run that goes on elsewhere, by steps of it that are done here as well.

Until something looks wrong nothing is done here but to read what the run tells. Then its training
is made here too, from the last checkpoint or from the beginning, and that is looked at.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace

import torch

from app.runs.events import Event, Noticed, Started, Steps
from app.runs.folder import CHECKPOINT
from app.runs.job import Job
from app.training.beginning import begin_with
from app.training.building import Training, begin, flags_restored
from app.training.checkpoint import load_checkpoint
from app.training.samples import Samples
from app.training.watching import Watching
from codegen.build import Built
from graph_model.problems import Problem, Refusal
from graph_model.recipe import BETWEEN


class WatchingElsewhere:
    """What looks after one run; ``fetch`` brings a file of it here, where there is one.

    ``failed`` is why it has to end, once it does.
    """

    def __init__(
        self, job: Job, samples: Samples, built: Built, fetch: Callable[[str], None]
    ) -> None:
        self._job = replace(job, device="cpu", resumes=False)
        self._samples, self._built, self._fetch = samples, built, fetch
        self._watching = Watching(self._job, samples, built, self._made, is_at_hand=False)
        self._steps = 1
        self.failed: Problem | None = None

    def remember(self, told: Iterator[Event]) -> None:
        """Read what the run told before it was interrupted."""
        self._watching.remember(told)

    def take(self, event: Event, is_wanted: Callable[[], bool]) -> Iterator[Noticed]:
        """Read an event of the run, look closer where that looks wrong, and tell what was found."""
        if isinstance(event, Started):
            self._steps = event.steps_per_epoch
        if isinstance(event, Steps):
            begun = event.step - len(event.losses) + 1
            for at, loss in enumerate(event.losses):
                if not math.isfinite(loss):
                    yield from self._not_finite(event.losses[:at], loss, begun + at, is_wanted)
                    return
        yield from self._watching.take(event)
        if self._watching.is_due:
            with suppress(Refusal, MemoryError, torch.OutOfMemoryError), flags_restored():
                yield from self._look()

    def _not_finite(
        self, before: tuple[float, ...], loss: float, step: int, is_wanted: Callable[[], bool]
    ) -> Iterator[Noticed]:
        epoch = (step - 1) // self._steps + 1
        values = {"got": str(loss), "epoch": str(epoch), "step": str(step)}
        self.failed = Problem("loss_not_finite", values)
        with flags_restored():
            for noticed in self._watching.not_finite(before, step, is_wanted):
                node = noticed.path.partition(BETWEEN)[0]
                self.failed = replace(self.failed, code="loss_not_finite_found", node=node)
                yield noticed

    def _made(self) -> Training:
        training = begin(self._job, self._samples, self._built)
        if self._job.weights is not None:
            begin_with(self._job.weights, training.model)
        return training

    def _look(self) -> Iterator[Noticed]:
        """Do the steps that are due here, from where the run was last kept."""
        watching = self._watching
        training = watching.training
        self._bring_near(training)
        events = training.events()
        next(events)
        while watching.is_due:
            while training.step == training.steps:
                next(events)
            with watching.at_step():
                told = next(events)
            if told is None and training.scores.unread:
                training.read()
        yield from watching.after_step()
        events.close()

    def _bring_near(self, training: Training) -> None:
        """Go on from the last checkpoint, where there is one that is not the end."""
        assert self._job.folder is not None
        with suppress(Refusal, OSError):
            self._fetch(CHECKPOINT)
            state = load_checkpoint(self._job.folder / CHECKPOINT)
            if state["epoch"] < self._job.recipe.epochs:
                training.resume(state)
