"""What a run has told so far, in a form that can be drawn: its events as growing curves."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from app.runs.curves import Curve
from app.runs.events import (
    BegunWith,
    EpochEnded,
    Event,
    Failed,
    Finished,
    Kept,
    Noticed,
    NotKept,
    Observed,
    Pictured,
    Reached,
    Resumed,
    Started,
    Steps,
    Unreached,
    numbers,
)
from graph_model.recipes.metrics import metric_of

_MOST_PICTURED: Final = 64
"""The number of epochs whose pictures are remembered."""


@dataclass(slots=True)
class Record:
    """The curves and the standing of one run.

    Abscissae are steps. ``scores`` and ``validation_scores`` hold one curve for each figure that is
    drawn beside the loss: those on the scale that ends at 1, or all where there are none.
    """

    started: Started | None = None
    ended: Finished | Failed | None = None
    not_kept: NotKept | None = None
    """Why it is not kept just now."""
    unreached: Unreached | None = None
    """Why the host on which it goes on is out of reach just now."""
    begun_with: BegunWith | None = None
    """The weights that it began with, if with any."""
    kept_in: str = ""
    """Where it is kept, where not in the folder that it was meant for or not all of the time."""
    step: int = 0
    epochs: list[EpochEnded] = field(default_factory=list)
    step_loss: Curve = field(default_factory=Curve)
    train_loss: Curve = field(default_factory=Curve)
    validation_loss: Curve = field(default_factory=Curve)
    scores: dict[str, Curve] = field(default_factory=dict)
    validation_scores: dict[str, Curve] = field(default_factory=dict)
    learning_rate: Curve = field(default_factory=Curve)
    throughput: Curve = field(default_factory=Curve)
    gradient_norm: Curve = field(default_factory=Curve)
    """The norm of all gradients together, where it was watched."""
    update_ratio: Curve = field(default_factory=Curve)
    """How far a step moves a weight over its norm, the median of all weights."""
    noticed: list[Noticed] = field(default_factory=list)
    """What looked wrong, in the order in which it did."""
    pictures: list[Pictured] = field(default_factory=list)
    """What outputs gave after some of the epochs, where it was asked for."""
    seconds: float = 0.0
    """How long it has trained, without pauses."""
    _seconds_of_epochs: float = 0.0
    _apart: int = 1
    """How many epochs lie between those whose pictures are remembered."""

    def add(self, event: Event) -> None:
        """Take one event in."""
        match event:
            case Started():
                self.started = event
            case BegunWith():
                self.begun_with = event
            case Resumed():
                for told in event.told:
                    self.add(told)
                self.step, self.seconds = event.step, event.seconds
            case Steps():
                self._add_steps(event)
            case EpochEnded():
                self._add_epoch(event)
            case Finished() | Failed():
                self.ended = event
            case Observed():
                self._add_observed(event)
            case Pictured():
                self._add_pictures(event)
            case Noticed():
                self.noticed.append(event)
            case NotKept():
                self.not_kept = event
            case Kept():
                self.not_kept, self.kept_in = None, event.folder
            case Unreached():
                self.unreached = event
            case Reached():
                self.unreached = None

    @property
    def total_steps(self) -> int:
        """How many steps the run will have, 0 while that is not known."""
        return self.started.epochs * self.started.steps_per_epoch if self.started else 0

    @property
    def fraction(self) -> float | None:
        """The share of the steps that is done, where it is known."""
        return self.step / self.total_steps if self.total_steps else None

    def seconds_left(self) -> float | None:
        """Return how long the rest will take at the speed so far, where that can be told."""
        if not self.fraction:
            return None
        return self.seconds * (1 - self.fraction) / self.fraction

    def _add_steps(self, event: Steps) -> None:
        count = len(event.losses)
        steps = np.arange(event.step - count + 1, event.step + 1, dtype=float)
        self.step_loss.extend(steps, np.array(event.losses, dtype=float))
        self.step = event.step
        if self.started is not None:
            samples = count * self.started.train_samples / self.started.steps_per_epoch
            self.seconds += samples / event.samples_per_second
        _point(self.learning_rate, event.step, event.learning_rate)
        _point(self.throughput, event.step, event.samples_per_second)

    def _add_observed(self, event: Observed) -> None:
        norms, ratios = (
            np.array([*event.seen.get(name, {}).values()])
            for name in ("gradient_norm", "update_ratio")
        )
        if len(norms):
            _point(self.gradient_norm, event.step, float(np.sqrt((norms**2).sum())))
        if len(ratios):
            _point(self.update_ratio, event.step, float(np.median(ratios)))

    def _add_pictures(self, event: Pictured) -> None:
        """Take pictures in; of many epochs those stay that are equally far apart, and the last."""
        while len(self.pictures) >= _MOST_PICTURED:
            self._apart *= 2
            self.pictures = [each for each in self.pictures if not each.epoch % self._apart]
        if self.pictures and self.pictures[-1].epoch % self._apart:
            self.pictures.pop()
        self.pictures.append(event)

    def _add_epoch(self, event: EpochEnded) -> None:
        self.epochs.append(event)
        self._seconds_of_epochs += event.seconds
        self.seconds = self._seconds_of_epochs
        self.step = event.step
        train, validation = numbers(event.train), numbers(event.validation)
        _point(self.train_loss, event.step, train.pop("loss", np.nan))
        if "loss" in validation:
            _point(self.validation_loss, event.step, validation.pop("loss"))
        drawn = set(filter(_is_share, {**train, **validation})) or {*train, *validation}
        _add_scores(self.scores, event.step, train, drawn)
        _add_scores(self.validation_scores, event.step, validation, drawn)


def _is_share(name: str) -> bool:
    metric = metric_of(name.rpartition(".")[2])
    return metric is not None and metric[0].is_share


def _add_scores(
    curves: dict[str, Curve], step: int, figures: Mapping[str, float], drawn: Container[str]
) -> None:
    for name, value in figures.items():
        if name in drawn:
            _point(curves.setdefault(name, Curve()), step, value)


def _point(curve: Curve, x: float, y: float) -> None:
    curve.extend(np.array([x]), np.array([y]))
