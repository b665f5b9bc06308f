"""A few steps before a training: how long they take, where, and in how much memory.

They are done by the text of the training itself, in a process of its own that keeps nothing, so a
step that takes too much memory ends that process and no other.
"""

from __future__ import annotations

import contextlib
import statistics
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Final, Self

import psutil

from app.runs.events import Event, Failed, Finished, Observed, Started, Steps
from app.runs.job import Job
from app.training.control import Control
from app.training.worker import Worker
from graph_model.frozen import frozen
from graph_model.problems import Problem

_WARM: Final = 3
"""Steps that are not counted: the first ones allocate, and choose how they compute."""
_SECONDS: Final = 4.0
_STEPS: Final = 200
"""No longer, and no more steps, than this is measured."""
_LOOKS: Final = ("phases", "layer_costs")
_LOOK_EVERY: Final = 0.01
GoesOn = Callable[[], bool]


@frozen
class Measured:
    """What steps of a batch size take: seconds of each, and of its phases and layers.

    ``memory`` is by how many bytes the process grew beyond what it held before its first step.
    """

    batch_size: int
    step: float
    steps_per_epoch: int
    epochs: int
    memory: int
    phases: Mapping[str, float]
    layers: Mapping[str, float]

    @property
    def whole(self) -> float:
        """The seconds that the steps of the whole run take, without validation."""
        return self.step * self.steps_per_epoch * self.epochs

    @property
    def samples_per_second(self) -> float:
        """How many samples go through."""
        return self.batch_size / self.step


def measure(job: Job, most: int, goes_on: GoesOn = lambda: True) -> Measured | Problem:
    """Do some steps of a job, and tell what they took; why not, where they cannot be done.

    The process is ended where it grows by more than ``most`` bytes.
    """
    with Worker() as worker:
        return _measured(worker, job, most, goes_on)


def batches(job: Job, most: int, samples: int, goes_on: GoesOn) -> Iterator[Measured | Problem]:
    """Measure batches twice as large each time, until one takes more memory than ``most``.

    The last is a problem, unless all ``samples`` went through in one batch.
    """
    size = job.recipe.batch_size
    with Worker() as worker:
        while goes_on():
            recipe = replace(job.recipe, batch_size=size)
            tried = replace(job, project=replace(job.project, recipe=recipe))
            found = _measured(worker, tried, most, goes_on)
            yield found
            if isinstance(found, Problem) or size >= samples:
                return
            size = min(2 * size, samples)


def _measured(worker: Worker, job: Job, most: int, goes_on: GoesOn) -> Measured | Problem:
    control = Control()
    control.observe(*_LOOKS)
    seen = _Seen(job.recipe.batch_size)
    events = worker(replace(job, folder=None), control)
    with _Watch(worker, most, goes_on) as watch:
        for event in events:  # to its end, or the next would begin
            if isinstance(event, Started):
                watch.begin()
            if (problem := seen.take(event)) is not None:
                return watch.problem(job) or problem
            if seen.is_enough:
                control.leave()
    return seen.measured(watch.grown) if seen.durations else Problem("measured_nothing")


class _Watch:
    """Looks at how much memory a process takes, and ends it where that is too much.

    It is ended at once where nobody waits for it any more, also while it still imports.
    """

    def __init__(self, worker: Worker, most: int, goes_on: GoesOn) -> None:
        self._worker, self._most, self._goes_on = worker, most, goes_on
        self._before = self._peak = 0
        self._process: psutil.Process | None = None
        self._is_over = threading.Event()
        self._is_too_much = False

    def __enter__(self) -> Self:
        threading.Thread(target=self._look, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._is_over.set()

    @property
    def grown(self) -> int:
        """By how many bytes the process has grown at most."""
        return max(0, self._peak - self._before)

    def begin(self) -> None:
        """Look at its memory from now on."""
        if self._process is None and self._worker.pid is not None:
            process = psutil.Process(self._worker.pid)
            self._before = self._peak = process.memory_info().rss
            self._process = process

    def problem(self, job: Job) -> Problem | None:
        """Return why the process was ended, if it was for its memory."""
        if not self._is_too_much:
            return None
        return Problem("batch_takes_too_much", {"batch": f"{job.recipe.batch_size:,}"})

    def _look(self) -> None:
        while not self._is_over.wait(_LOOK_EVERY):
            if not self._goes_on():
                self._worker.kill()
            elif self._process is not None:
                self._weigh(self._process)

    def _weigh(self, process: psutil.Process) -> None:
        """Take in how much memory a process takes by now; end it where that is too much."""
        with contextlib.suppress(psutil.NoSuchProcess):  # whoever follows it is told of its end
            self._peak = max(self._peak, process.memory_info().rss)
            if self.grown > self._most:
                self._is_too_much = True
                process.kill()


class _Seen:
    """What the events of some steps told."""

    def __init__(self, batch_size: int) -> None:
        self._batch_size = batch_size
        self._started: Started | None = None
        self._began = 0.0
        self.durations: list[float] = []
        self._phases: list[Mapping[str, float]] = []
        self._layers: list[Mapping[str, float]] = []

    def take(self, event: Event) -> Problem | None:
        """Take an event in; return why the steps ended, where they did so early."""
        if isinstance(event, Failed):
            return event.problem
        if isinstance(event, Started):
            self._started = event
        elif isinstance(event, Steps):
            if event.step > _WARM:
                self._began = self._began or time.monotonic()
                step = self._batch_size / event.samples_per_second
                self.durations += [step] * len(event.losses)
        elif isinstance(event, Observed) and event.step > 1:
            self._phases.append(event.seen.get("seconds", {}))
            self._layers.append(event.seen.get("forward_seconds", {}))
        elif isinstance(event, Finished) and not self.durations:
            return Problem("measured_nothing")
        return None

    @property
    def is_enough(self) -> bool:
        """Whether so many steps were done that their time is known."""
        is_long = self._began > 0 and time.monotonic() - self._began > _SECONDS
        is_looked_at = any(self._phases) and any(self._layers)
        return is_long or (len(self.durations) >= _STEPS and is_looked_at)

    def measured(self, grown: int) -> Measured:
        """Return what was seen."""
        assert self._started is not None
        return Measured(
            self._batch_size,
            statistics.median(self.durations),
            self._started.steps_per_epoch,
            self._started.epochs,
            grown,
            _medians(self._phases),
            _medians(self._layers),
        )


def _medians(seen: list[Mapping[str, float]]) -> Mapping[str, float]:
    names = dict.fromkeys(name for each in seen for name in each)
    return {name: statistics.median(each[name] for each in seen if name in each) for name in names}
