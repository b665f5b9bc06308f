"""Doing the step of a loss that is not finite once more, to find where that began.

The run is made anew and brought to where it was two steps before: from its last checkpoint, or from
its beginning. Both are exact, so the step comes out as it did.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import suppress
from typing import Any, Final

import numpy as np
import torch
from torch import Tensor, nn

from app.diagnosis.origins import (
    BadSample,
    Began,
    Origin,
    Repeated,
    origin_over_two_steps,
)
from app.observing.nodes import Nodes, nodes_of
from app.observing.places import Places
from app.observing.trace import Trace
from app.observing.tracing import traced
from app.runs.folder import CHECKPOINT
from app.runs.job import Job
from app.training.beginning import begin_with
from app.training.building import Training, begin, flags_restored
from app.training.checkpoint import load_checkpoint
from app.training.samples import Samples, read_samples
from codegen.build import build_project
from graph_model.frozen import frozen
from graph_model.problems import Refusal
from graph_model.recipe import NodePath

_PATIENCE: Final = 60.0
"""Seconds that it may take to come to the step again."""


def repeated(
    job: Job,
    step: int,
    make_model: Callable[[], nn.Module] | None = None,
    is_wanted: Callable[[], bool] = lambda: True,
) -> Repeated | None:
    """Do step number ``step`` of a job again, from 1 on, and return where its loss went wrong.

    ``None`` where it comes out well this time, where it takes too long to come there, or where it
    is not wanted any more.
    """
    samples = read_samples(job)
    built = build_project(job.project, job.known)
    nodes = nodes_of(job.project, job.known)
    with flags_restored():
        training = begin(job, samples, built, make_model)
        done = _bring_near(job, training, step - 2)
        events = training.events()
        next(events)
        if not _goes_to(events, training, step - 2, is_wanted):
            return None
        steps = _Steps(training, events, Places(built, nodes))
        before = steps.follow() if step > 1 and step - 2 >= done else None
        last = steps.follow()
        origin = origin_over_two_steps(
            before.trace if before else None, before.bad if before else (), last.trace, last.bad
        )
    if origin is None:
        return None
    for each in filter(None, (before, last)):
        sample = _bad_sample(samples, training, each.index)
        if sample is not None:
            return Repeated(Origin(Began.DATA), _reader(each.trace), sample)
    return Repeated(origin, _path(origin, nodes))


def _bring_near(job: Job, training: Training, step: int) -> int:
    """Bring a training to the last checkpoint before a step, or begin; return the steps done."""
    if job.folder is not None and (path := job.folder / CHECKPOINT).exists():
        with suppress(Refusal):  # one that is damaged is no nearer than the beginning
            state: Mapping[str, Any] = load_checkpoint(path)
            done = int(state["epoch"]) * training.steps + int(state["step"])
            if done <= step:
                training.resume(state)
                return done
    if job.weights is not None and not job.resumes:
        begin_with(job.weights, training.model)
    return 0


def _done(training: Training) -> int:
    return training.epoch * training.steps + training.step


def _goes_to(
    events: Generator[Any, None, None],
    training: Training,
    step: int,
    is_wanted: Callable[[], bool],
) -> bool:
    """Train until so many steps are done; tell whether that came about in time."""
    due = time.monotonic() + _PATIENCE
    while _done(training) < step or training.step == training.steps:
        if time.monotonic() > due or not is_wanted() or next(events, _OVER) is _OVER:
            return False
    return True


_OVER: Final = object()


@frozen
class _Followed:
    """A step that was followed: its calls, the weights that were bad, and the samples."""

    trace: Trace
    bad: Sequence[str]
    index: Tensor | None


class _Steps:
    """Follows one step of a training after the other."""

    def __init__(
        self, training: Training, events: Generator[Any, None, None], places: Places
    ) -> None:
        self._training, self._events, self._places = training, events, places
        self._index: Tensor | None = None
        step: Callable[[Tensor], None] = vars(type(training))["do_step"].__get__(training)

        def do_step(index: Tensor) -> None:
            self._index = index
            step(index)

        vars(training)["do_step"] = do_step

    def follow(self) -> _Followed:
        """Do the next step."""
        training = self._training
        while training.step == training.steps:
            next(self._events)
        bad = [name for name, each in training.model.named_parameters() if not _is_finite(each)]
        bad += [name for name, each in training.model.named_buffers() if not _is_finite(each)]
        number = _done(training)
        with traced(training, self._places) as tracing:  # type: ignore[arg-type]
            while _done(training) == number:
                next(self._events)
        return _Followed(tracing.trace, bad, self._index)


def _is_finite(tensor: Tensor) -> bool:
    return not tensor.is_floating_point() or bool(tensor.isfinite().all())


def _path(origin: Origin, nodes: Nodes) -> NodePath:
    """Return the node of an origin, the one behind it where a loss of the recipe is at fault."""
    found = nodes.find(origin.weight) if origin.weight else None
    if found is not None:
        return found.path
    return origin.call.path if origin.call is not None else ""


def _reader(trace: Trace) -> NodePath:
    """Return the first node that reads the samples."""
    return next((each.path for each in trace.calls if each.path), "")


def _bad_sample(samples: Samples, training: Training, index: Tensor | None) -> BadSample | None:
    """Return the first sample of a batch that has a value that is not finite."""
    parts: Sequence[object] = vars(training)["train"]
    read = [*samples.binding.inputs]
    read += [(each.output, each.target) for each in samples.binding.objectives]
    for part, (node, name) in zip(parts, read, strict=False):
        if index is None or not isinstance(part, Tensor) or not part.is_floating_point():
            continue
        batch = part[index.to(part.device)].cpu()
        bad = torch.nonzero(~batch.isfinite())
        if len(bad):
            row, *rest = bad[0].tolist()
            number = int(np.asarray(samples.prepared.split.train)[int(index[row])])
            return BadSample(
                node, name, number, _place(samples, name, rest), _told(batch[row][*rest])
            )
    return None


def _place(samples: Samples, name: str, place: Sequence[int]) -> str:
    """Return the column of a table, or the place in another array as NumPy writes it."""
    columns = samples.data.columns
    if name == samples.data.facts.features and len(place) == 1 and place[0] < len(columns):
        return columns[place[0]]
    return str([*place]) if place else ""


def _told(value: Tensor) -> str:
    number = float(value)
    return "NaN" if math.isnan(number) else f"{'−' if number < 0 else ''}∞"
