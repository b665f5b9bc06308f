"""What a run has told so far, in a form that can be drawn: its events as growing curves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from app.runs.curves import Curve
from app.runs.epochs_kept import EpochsKept
from app.runs.events import (
    Answered,
    BegunWith,
    EpochEnded,
    Event,
    Failed,
    Finished,
    Kept,
    Load,
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
    of_classes,
)
from app.runs.looks import Looks
from app.runs.watched import Watched
from graph_model.recipes.metrics import metric_of


@dataclass(slots=True)
class Record:
    """The curves and the standing of one run.

    Abscissae are steps. ``figures`` and ``validation_figures`` hold a curve for each figure that an
    epoch told as one number, but the loss; ``class_figures`` one for each class, on the validation
    split, of those that are told so.
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
    figures: dict[str, Curve] = field(default_factory=dict)
    validation_figures: dict[str, Curve] = field(default_factory=dict)
    class_figures: dict[str, list[Curve]] = field(default_factory=dict)
    learning_rate: Curve = field(default_factory=Curve)
    throughput: Curve = field(default_factory=Curve)
    watched: Watched = field(default_factory=Watched)
    """What observers saw, where there were any."""
    noticed: list[Noticed] = field(default_factory=list)
    """What looked wrong, in the order in which it did."""
    pictures: EpochsKept[Pictured] = field(default_factory=EpochsKept)
    """What outputs gave after some of the epochs, where it was asked for."""
    answers: EpochsKept[Answered] = field(default_factory=EpochsKept)
    """What outputs said of some samples after some of the epochs, where it was asked for."""
    looks: Looks | None = None
    """What those samples look like."""
    seconds: float = 0.0
    """How long it has trained, without pauses."""
    _seconds_of_epochs: float = 0.0

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
                self.watched.add(event)
            case Load():
                self.watched.add_load(self.step, event)
            case Pictured():
                self.pictures.add(event)
            case Noticed():
                self.noticed.append(event)
            case Answered():
                self.answers.add(event)
                self.looks = event.looks or self.looks
            case NotKept():
                self.not_kept = event
            case Kept():
                self.not_kept, self.kept_in = None, event.folder
            case Unreached():
                self.unreached = event
            case Reached():
                self.unreached = None

    @property
    def scores(self) -> tuple[str, ...]:
        """The figures drawn beside the loss: those on the scale that ends at 1, or else all."""
        names = dict.fromkeys((*self.figures, *self.validation_figures))
        return tuple(filter(_is_share, names)) or tuple(names)

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
        if self.started is not None and event.samples_per_second > 0:
            share = count / max(1, self.started.steps_per_epoch)
            self.seconds += share * self.started.train_samples / event.samples_per_second
        self.learning_rate.append(event.step, event.learning_rate)
        self.throughput.append(event.step, event.samples_per_second)

    def _add_epoch(self, event: EpochEnded) -> None:
        self.epochs.append(event)
        self._seconds_of_epochs += event.seconds
        self.seconds = self._seconds_of_epochs
        self.step = event.step
        train, validation = numbers(event.train), numbers(event.validation)
        self.train_loss.append(event.step, train.pop("loss", np.nan))
        if "loss" in validation:
            self.validation_loss.append(event.step, validation.pop("loss"))
        _add_figures(self.figures, event.step, train)
        _add_figures(self.validation_figures, event.step, validation)
        for name, values in of_classes(event.validation).items():
            curves = self.class_figures.setdefault(name, [Curve() for _ in values])
            for curve, value in zip(curves, values, strict=False):
                curve.append(event.step, value)


def _is_share(name: str) -> bool:
    metric = metric_of(name.rpartition(".")[2])
    return metric is not None and metric[0].is_share


def _add_figures(curves: dict[str, Curve], step: int, figures: Mapping[str, float]) -> None:
    for name, value in figures.items():
        curves.setdefault(name, Curve()).append(step, value)
