"""The trials of an experiment, some at a time, in as many processes."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, suppress
from typing import TypeAlias

from app.experiments.experiment import Experiment
from app.experiments.standing import FAILED, FINISHED, STOPPED, UNDER_WAY, WAITING, Standing
from app.runs.events import EpochEnded, Event, Failed, Finished, Resumed, Started, numbers
from app.runs.job import Job
from app.runs.trial import Told, keep_trial
from app.training.control import Control
from app.training.worker import Worker
from graph_model.custom_layers.known import NOTHING, Known
from graph_model.problems import Problem, Refusal

Do: TypeAlias = Callable[[Job, Control], Iterator[Event]]
"""What does jobs, one after the other, and tells of them."""


def nobody(_: Standing) -> None:
    """Follow nothing."""


class Queue:
    """Does trials in their order; to be asked and told from any thread.

    A trial that fails leaves the others. After each change of ``at_once`` as many as that are
    under way as soon as some have ended; each has its share of the processor's cores. ``changed``
    is told, in the thread of a trial, when that has begun and when it has ended.
    """

    def __init__(
        self,
        experiment: Experiment,
        at_once: int = 1,
        known: Known = NOTHING,
        make: Callable[[], AbstractContextManager[Do]] = Worker,
        changed: Callable[[Standing], object] = nobody,
    ) -> None:
        self.experiment = experiment
        self._known, self._make, self._changed = known, make, changed
        self._lock = threading.Lock()
        self._at_once = at_once
        self._standings: list[Standing] = []
        self._threads: list[threading.Thread] = []

    @property
    def standings(self) -> Sequence[Standing]:
        """How each trial stands, in their order."""
        with self._lock:
            return tuple(self._standings)

    @property
    def is_running(self) -> bool:
        """Whether some trial is under way or waits to be."""
        with self._lock:
            return any(each.is_alive() for each in self._threads)

    @property
    def at_once(self) -> int:
        """How many trials are under way at a time."""
        return self._at_once

    def add(self, standings: Iterable[Standing]) -> None:
        """Do those of these that wait, too."""
        with self._lock:
            self._standings += standings
        self.do_at_once(self._at_once)

    def do_at_once(self, number: int) -> None:
        """Do so many at a time from now on."""
        with self._lock:
            self._at_once = max(1, number)
            self._threads = [each for each in self._threads if each.is_alive()]
            for _ in range(self._at_once - len(self._threads)):
                thread = threading.Thread(target=self._work, daemon=True)
                self._threads.append(thread)
                thread.start()

    @property
    def has_begun(self) -> bool:
        """Whether a trial under way has something to be kept."""
        with self._lock:
            return any(each.state == UNDER_WAY and each.epochs for each in self._standings)

    def cancel(self, order: Callable[[Control], object] = Control.stop) -> None:
        """Begin no other trial, and stop those under way; their weights are kept."""
        with self._lock:
            for each in self._standings:
                if each.state == UNDER_WAY:
                    order(each.control)
                elif each.state == WAITING:
                    each.state = STOPPED

    def wait(self) -> None:
        """Wait until no trial is under way."""
        with self._lock:
            threads = [*self._threads]
        for thread in threads:
            thread.join()

    def _work(self) -> None:
        with self._make() as do:
            while (standing := self._next()) is not None:
                self._changed(standing)
                state, problem = self._follow(standing, do)
                with self._lock:
                    standing.state, standing.problem = state, problem
                self._changed(standing)

    def _next(self) -> Standing | None:
        """Return a trial to be done; ``None`` where there is none, or enough are under way."""
        with self._lock:
            under_way = sum(each.state == UNDER_WAY for each in self._standings)
            waiting = (each for each in self._standings if each.state == WAITING)
            chosen = None if under_way >= self._at_once else next(waiting, None)
            if chosen is not None:
                chosen.state = UNDER_WAY
            else:
                self._threads.remove(threading.current_thread())
            return chosen

    def _follow(self, standing: Standing, do: Do) -> tuple[str, Problem | None]:
        """Do one trial, tell of it in its standing, and return how it has ended."""
        try:
            job = self._job(standing)
        except Refusal as refused:
            return FAILED, refused.problem
        end: tuple[str, Problem | None] = FAILED, None
        for event in do(job, standing.control):
            match event:
                case Started():
                    standing.epochs = event.epochs
                    self._keep_trial(standing)
                case Resumed():
                    for told in event.told:
                        if isinstance(told, EpochEnded):
                            self._take(told, standing)
                case EpochEnded():
                    self._take(event, standing)
                case Finished():
                    end = STOPPED if event.stopped else FINISHED, None
                    standing.figures = numbers(event.validation) or standing.figures
                case Failed():
                    end = FAILED, event.problem
        return end

    def _job(self, standing: Standing) -> Job:
        return Job(
            self.experiment.project_of(standing.settings),
            self.experiment.device,
            standing.folder,
            resumes=standing.resumes,
            threads=max(1, (os.cpu_count() or 1) // self._at_once),
            known=self._known,
        )

    def _keep_trial(self, standing: Standing) -> None:
        with suppress(OSError):  # where nothing can be written, the run itself says so
            keep_trial(standing.folder, Told(self.experiment.name, standing.settings))

    def _take(self, epoch: EpochEnded, standing: Standing) -> None:
        standing.figures = numbers(epoch.validation)
        standing.epoch = epoch.epoch
