"""Drives the text of a training: asks it for event after event, steers it, and has it kept.

What is trained and how stands in that text alone, which ``codegen.training`` writes from the
recipe. Here are only what a script has no need of: pauses, single steps and stops from other
threads, the time that all takes, keeping the run, and telling what went wrong.
"""

from __future__ import annotations

import math
import time
import traceback
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from functools import partial
from itertools import chain
from typing import Any, Final

import torch
from torch import nn

from app.data.progress import Reading, followed
from app.observing.after_epochs import judged_of
from app.observing.observing import Observing
from app.runs.events import EpochEnded, Event, Failed, Finished, Observed, Started, Steps
from app.runs.job import Job
from app.training.beginning import begin_with
from app.training.building import Training, begin, flags_restored
from app.training.control import Control
from app.training.keeper import Keeper
from app.training.meanwhile import Meanwhile
from app.training.resuming import BEGINNING, Standing, checkpoint, go_on, resumed
from app.training.samples import digest, read_samples
from app.training.scripts import run_files
from app.training.watching import Watching
from codegen.build import Built, build_project
from graph_model.problems import Problem, Refusal
from graph_model.recipe import BETWEEN

_MEMORY_WORDS: Final = ("can't allocate memory", "not enough memory", "out of memory")
"""What torch says on Linux, on Windows and on MPS; only CUDA has an exception of its own."""


def train(
    job: Job, control: Control | None = None, make_model: Callable[[], nn.Module] | None = None
) -> Iterator[Event]:
    """Do a job and tell of it; the last event is ``Finished`` or ``Failed``.

    ``control`` is asked before each step, and at the end where the run cannot be kept; without one
    nobody decides, and what cannot be written then is lost. ``make_model`` stands in for the job's
    own network. What goes wrong ends the run with ``Failed``; nothing is raised.
    """
    built: Built | None = None
    training: Training | None = None
    control = control or Control.of_nobody()
    keeper = Keeper(job.folder, control)
    try:
        torch.set_num_threads(job.threads)
        if job.resumes:
            keeper.hold()
        with followed(Reading(lambda: control.is_stopped)):
            samples = read_samples(job)
        built = build_project(job.project, job.known)
        with flags_restored():
            training = begin(job, samples, built, make_model)
            data = digest(samples) if job.folder is not None else ""
            standing = go_on(job, training, data) if job.resumes else BEGINNING
            begun = begin_with(job.weights, training.model) if job.weights else None
            meanwhile = Meanwhile(samples, control.observers)
            at_hand = training
            watching = Watching(job, samples, built, lambda: at_hand, make_model)
            left_out = samples.data.facts.left_out
            averages = job.recipe.option("swa") is not None
            run = _Run(
                training, control, left_out, standing, meanwhile, watching, averages=averages
            )
            state = partial(run.state, data=data, epochs=job.recipe.epochs)
            if job.folder is not None:
                keeper.open(run_files(job, samples, built, data), state, standing.told)
            del samples  # what the training holds on the device is all that is needed from here on
            for event in chain(filter(None, [begun]), run.events()):
                yield from keeper.keep(event, training)
                yield event
    except Exception as error:
        failed = _failure(error, job, built)
        yield from keeper.keep(failed, training)
        yield failed
    finally:
        keeper.close(training)


def _failure(error: Exception, job: Job, built: Built | None) -> Failed:
    """Return the event for an exception: why, and at which node."""
    if isinstance(error, Refusal):
        return Failed(error.problem)
    node = (built.node_at_fault(error) if built else None) or ""
    details = "".join(traceback.format_exception(error))
    if _is_out_of_memory(error):
        return Failed(Problem("out_of_memory", {"device": job.device}, node=node), details)
    reason = str(error).strip().split("\n")[0] or type(error).__name__
    return Failed(Problem("training_failed", {"reason": reason}, node=node), details)


def _is_out_of_memory(error: Exception) -> bool:
    if isinstance(error, MemoryError | torch.OutOfMemoryError):
        return True
    said = str(error).lower()
    return isinstance(error, RuntimeError) and any(words in said for words in _MEMORY_WORDS)


class _LeavingError(Exception):
    """The run is to end at once, in the midst of figures that nobody waits for."""


class _NotFiniteError(Exception):
    """The loss of a step is not finite, which ends the run; ``losses`` are those before it."""

    def __init__(self, losses: tuple[float, ...], step: int, refusal: Refusal) -> None:
        super().__init__(step)
        self.losses, self.step, self.refusal = losses[:-1], step, refusal


class _Clock:
    """The time that a run has taken so far, in seconds, without the pauses."""

    def __init__(self, seconds_before: float) -> None:
        self._paused = 0.0
        self._began = time.perf_counter() - seconds_before

    @property
    def now(self) -> float:
        return time.perf_counter() - self._began - self._paused

    def pause(self, wait: Callable[[], bool]) -> bool:
        """Return what ``wait`` does, whose time counts for nothing."""
        began = time.perf_counter()
        answer = wait()
        self._paused += time.perf_counter() - began
        return answer


class _Run:
    """One run: what its text tells, with the time that it took, as the control admits it."""

    def __init__(
        self,
        training: Training,
        control: Control,
        left_out: int,
        standing: Standing,
        meanwhile: Meanwhile,
        watching: Watching,
        *,
        averages: bool,
    ) -> None:
        self._watching = watching
        self._training, self._control, self._left_out = training, control, left_out
        self._standing = standing
        self._observing = Observing(training)
        self._clock = _Clock(standing.seconds)
        self._read_at, self._epoch_began = standing.seconds, standing.epoch_began
        self._epoch_trained = 0.0
        self._counted = training.scores.samples
        self._meanwhile = meanwhile
        self._averages = averages
        self._is_left_averaging = False
        """Whether the epoch counts in a mean over epochs already, though it has not ended."""

    def state(self, **of_run: object) -> Mapping[str, Any]:
        """Return all that it takes to go on from here, with this of the run."""
        if self._is_left_averaging:
            return {}
        times = {"seconds": self._clock.now, "epoch_began": self._epoch_began}
        return checkpoint(self._training, **times, **of_run)

    def events(self) -> Iterator[Event]:
        """Train, and tell of it."""
        if self._standing.told is not None:
            self._watching.remember(self._standing.told.events)
            yield resumed(self._training, self._standing)
        try:
            for event in self._told():
                yield event
                yield from self._watching.take(event)
        except _NotFiniteError as error:
            problem = error.refusal.problem
            for noticed in self._watching.not_finite(error.losses, error.step, self._stays):
                yield noticed
                node = noticed.path.partition(BETWEEN)[0]
                problem = replace(problem, code="loss_not_finite_found", node=node)
            raise Refusal(problem) from None
        except _LeavingError:
            self._is_left_averaging = self._averages and not self._training.is_over()
            told = {"validation": self._training.best_figures, "test": {}}
            yield self._finished(told, stopped=True)

    def _stays(self) -> bool:
        """Tell whether there is still time for what takes long."""
        return not self._control.is_leaving

    def _told(self) -> Iterator[Event]:
        """Train, and tell of it; of a run that is stopped, its last figures too."""
        if (yield from self._train()):
            yield self._finished(self._last_figures(), stopped=True)

    def _train(self) -> Generator[Event, None, bool]:
        """Pull all that the text tells; return whether it was stopped before its end."""
        events = self._training.events()
        with closing(events):  # before what is left of it is kept: it may hold the best weights
            return (yield from self._driven(events))

    def _driven(self, events: Iterator[dict[str, Any] | None]) -> Generator[Event, None, bool]:
        """Pull one after the other."""
        training = self._training
        begun = next(events)  # which takes no step
        assert begun is not None
        yield self._event(begun)
        while True:
            told: Any = None
            if self._control.is_undisturbed and not self._watching.is_due:
                told = next(events, _OVER)  # as nearly every step is: what is asked here counts
            else:
                is_step = not training.is_over() and training.step < training.steps
                if not (yield from self._readied(is_step=is_step)):
                    return True
                if is_step and self._watching.is_due:
                    yield from self._looked_at(events)
                else:
                    told = next(events, _OVER)
            if training.step == training.steps and not self._epoch_trained:
                self._epoch_trained = self._clock.now
            if self._observing.is_attached:
                yield from self._observed()
            if told is _OVER:
                return False
            if told is not None:
                event = self._event(told)
                yield event
                if isinstance(event, EpochEnded) and self._control.observers:
                    judged, asked = judged_of(self._training), self._control.observers
                    yield from self._meanwhile.told(event.epoch, judged, asked)

    def _readied(self, *, is_step: bool) -> Generator[Event, None, bool]:
        """Wait where the run is to wait; return whether it goes on."""
        if not is_step:
            if self._control.is_leaving:
                raise _LeavingError
            return True
        scores = self._training.scores
        if self._control.would_wait and scores.unread:
            yield self._steps(self._training.read())
        if not self._admitted():
            if scores.unread:
                yield self._steps(self._training.read())
            return False
        if self._control.observers:
            self._observing.before_step(self._control.observers)
        return True

    def _looked_at(self, events: Iterator[dict[str, Any] | None]) -> Generator[Event, None, None]:
        """Do a step that is looked at closely, and tell of it and of what was found."""
        training = self._training
        if training.scores.unread:
            yield self._steps(training.read())
        with self._watching.at_step():
            told = next(events)
        if told is not None:
            yield self._event(told)
        elif training.scores.unread:
            yield self._steps(training.read())
        yield from self._watching.after_step()

    def _observed(self) -> Iterator[Observed]:
        """Tell what observers saw of the step that was just taken, if it was."""
        training = self._training
        seen = self._observing.after_step(training.epoch * training.steps + training.step)
        if seen is not None:
            yield seen

    def _last_figures(self) -> dict[str, Any]:
        """Have the text tell the figures of the best weights, for a run that was stopped."""
        last: dict[str, Any] = {}
        with closing(self._training.finish()) as events:
            for told in events:
                if self._control.is_leaving:
                    raise _LeavingError
                last = told or last
        return last

    def _admitted(self) -> bool:
        """Wait while paused; return whether to do one more step."""
        if not self._control.would_wait:
            return self._control.admit()
        return self._clock.pause(self._control.admit)

    def _event(self, told: dict[str, Any]) -> Event:
        """Return what the text tells as an event."""
        match told.pop("event"):
            case "started":
                return Started(**told, left_out=self._left_out)
            case "steps":
                return self._steps(told)
            case "epoch_ended":
                return self._epoch_ended(told)
            case _:
                return self._finished(told, stopped=False)

    def _steps(self, told: dict[str, Any]) -> Steps:
        """Return the event for some steps; a loss that is not finite ends the run."""
        losses = tuple(told["losses"])
        for step, loss in enumerate(losses, told["step"] - len(losses) + 1):
            if not math.isfinite(loss):
                epoch = (step - 1) // self._training.steps + 1
                values = {"got": str(loss), "epoch": str(epoch), "step": str(step)}
                refusal = Refusal(Problem("loss_not_finite", values))
                before = losses[: step - told["step"] + len(losses)]
                raise _NotFiniteError(before, step, refusal)
        now = self._clock.now
        counted = self._training.scores.samples
        speed = (counted - self._counted) / max(now - self._read_at, 1e-9)
        self._counted, self._read_at = counted, now
        return Steps(told["step"], losses, told["learning_rate"], speed)

    def _epoch_ended(self, told: dict[str, Any]) -> EpochEnded:
        """Return the event for an epoch."""
        now = self._clock.now
        trained = max(self._epoch_trained - self._epoch_began, 1e-9)
        ended = EpochEnded(
            **told,
            samples_per_second=self._counted / trained,
            seconds=now - self._epoch_began,
        )
        self._epoch_began = self._read_at = now
        self._epoch_trained, self._counted = 0.0, 0
        return ended

    def _finished(self, told: dict[str, Any], *, stopped: bool) -> Finished:
        training = self._training
        return Finished(
            training.epoch,
            training.best_epoch,
            told["validation"],
            told["test"],
            self._clock.now,
            stopped,
        )


_OVER: Final = object()
"""Stands for the end of what is told."""
