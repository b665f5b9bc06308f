"""The trials of an experiment, some at a time, in as many processes."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeAlias

from app.experiments.trials import Trial
from app.runs.events import EpochEnded, Event, Failed, Finished, Started, numbers
from app.runs.job import Job
from app.runs.trial import Told, keep_trial
from app.training.control import Control
from app.training.worker import Worker
from graph_model.custom_layers.known import NOTHING, Known
from graph_model.problems import Problem

Do: TypeAlias = Callable[[Job, Control], Iterator[Event]]
"""What does jobs, one after the other, and tells of them."""

WAITING: Final = "waiting"
UNDER_WAY: Final = "under way"
FINISHED: Final = "finished"
STOPPED: Final = "stopped"
FAILED: Final = "failed"


@dataclass(slots=True)
class Standing:
    """How a trial stands; ``figures`` are those of the validation split at its last epoch."""

    trial: Trial
    folder: Path
    state: str = WAITING
    epoch: int = 0
    epochs: int = 0
    figures: dict[str, float] = field(default_factory=dict)
    problem: Problem | None = None
    control: Control = field(default_factory=Control.of_nobody)


class Queue:
    """Does trials in their order; to be asked and told from any thread.

    A trial that fails leaves the others. After each change of ``at_once`` as many as that are
    under way as soon as some have ended; each has its share of the processor's cores.
    """

    def __init__(
        self,
        experiment: str,
        at_once: int = 1,
        device: str = "cpu",
        known: Known = NOTHING,
        make: Callable[[], AbstractContextManager[Do]] = Worker,
    ) -> None:
        self.experiment = experiment
        """Its name, which is written beside each of its runs."""
        self._device, self._known, self._make = device, known, make
        self._lock = threading.Lock()
        self._at_once = at_once
        self._standings: list[Standing] = []
        self._threads: list[threading.Thread] = []
        self._is_cancelled = False

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

    def add(self, trials: Iterable[tuple[Trial, Path]]) -> None:
        """Do these too, each in its folder."""
        with self._lock:
            self._is_cancelled = False
            self._standings += [Standing(trial, folder) for trial, folder in trials]
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
            self._is_cancelled = True
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
                self._follow(standing, do)

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

    def _follow(self, standing: Standing, do: Do) -> None:
        """Do one trial, and tell of it in its standing."""
        cores = os.cpu_count() or 1
        job = Job(
            standing.trial.project,
            self._device,
            standing.folder,
            threads=max(1, cores // self._at_once),
            known=self._known,
        )
        state, problem = FAILED, None
        for event in do(job, standing.control):
            match event:
                case Started():
                    standing.epochs = event.epochs
                    told = Told(self.experiment, standing.trial.settings)
                    with suppress(OSError):  # where nothing can be written, the run itself says so
                        keep_trial(standing.folder, told)
                case EpochEnded():
                    standing.figures = numbers(event.validation)
                    standing.epoch = event.epoch
                case Finished():
                    state = STOPPED if event.stopped else FINISHED
                    standing.figures = numbers(event.validation) or standing.figures
                case Failed():
                    state, problem = FAILED, event.problem
        with self._lock:
            standing.state, standing.problem = state, problem
