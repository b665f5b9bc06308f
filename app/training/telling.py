"""From what a script prints to the events of a run: with times, and nothing told twice."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from typing import Any

from app.observing.after_epochs import of_text
from app.runs.events import EpochEnded, Event, Finished, Observed, Started, Steps
from app.training.meanwhile import Meanwhile
from graph_model.frozen import frozen


@frozen
class Before:
    """How far a run was when its script was begun: nowhere, or where it was interrupted."""

    epoch: int = 0
    step: int = 0
    seconds: float = 0.0
    best_epoch: int = 0
    validation: Mapping[str, Any] | None = None


class Telling:
    """Events of lines: with times, and without what is told again after a restart.

    What is given for fixed samples is told where it is known which these are: by ``meanwhile``,
    which is asked for only then.
    """

    def __init__(
        self,
        left_out: int,
        before: Before,
        meanwhile: Callable[[], Meanwhile | None] = lambda: None,
    ) -> None:
        self._left_out, self._meanwhile = left_out, meanwhile
        self._started: Started | None = None
        now = time.perf_counter()
        self._began, self._read_at = now - before.seconds, now
        self._epoch_began = now
        self._step, self._epoch, self._best_epoch = before.step, before.epoch, before.best_epoch
        self._validation = before.validation or {}

    def event(self, line: str) -> Event | None:
        """Return the event that a line tells, if it tells a new one."""
        try:
            told = json.loads(line)
        except ValueError:
            return None
        if not isinstance(told, dict):
            return None
        match told.pop("event", ""):
            case "started" if self._started is None:
                self._started = Started(**told, left_out=self._left_out)
                return self._started
            case "steps" if told["step"] > self._step:
                return self._steps(told)
            case "epoch_ended" if told["epoch"] > self._epoch:
                return self._epoch_ended(told)
            case "observed":
                return Observed(**told)
            case "given" if (meanwhile := self._meanwhile()) is not None:
                results = {int(place): of_text(each) for place, each in told["results"].items()}
                return meanwhile.told_elsewhere(told["of"], told["epoch"], results)
            case "finished":
                return Finished(**told, seconds=self._now - self._began, stopped=False)
        return None

    def stopped(self) -> Finished:
        """Return the last event of a run that was stopped: the script itself is gone by then."""
        seconds = self._now - self._began
        return Finished(self._epoch, self._best_epoch, self._validation, {}, seconds, True)

    @property
    def _now(self) -> float:
        return time.perf_counter()

    def _steps(self, told: Mapping[str, Any]) -> Steps:
        assert self._started is not None
        new = told["step"] - self._step
        losses, now = tuple(told["losses"][-new:]), self._now
        samples = len(losses) * self._started.train_samples / self._started.steps_per_epoch
        speed = samples / max(now - self._read_at, 1e-9)
        self._step, self._read_at = told["step"], now
        return Steps(told["step"], losses, told["learning_rate"], speed)

    def _epoch_ended(self, told: dict[str, Any]) -> EpochEnded:
        assert self._started is not None
        now = self._now
        seconds = max(now - self._epoch_began, 1e-9)
        self._epoch, self._epoch_began, self._read_at = told["epoch"], now, now
        if told["is_best"]:
            self._best_epoch, self._validation = told["epoch"], told["validation"]
        speed = self._started.train_samples / seconds
        return EpochEnded(**told, samples_per_second=speed, seconds=seconds)
