"""Cheap signs that something is wrong, from what a run tells anyway: only then is it looked at."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Final

from app.diagnosis.chance import Chance
from app.diagnosis.epoch_figures import EpochFigures
from app.runs.events import EpochEnded, Event, Started, Steps, numbers


class Sign(Enum):
    """What looks wrong."""

    HIGH = "high"
    """The first losses are far above what guessing gives."""
    GROWS = "grows"
    """The loss is far above where it began."""
    STANDS = "stands"
    """The loss has hardly fallen below what guessing gives."""
    ODD = "odd"
    """Inputs or weights begin with sizes that are unusual."""


LARGE, SMALL = 6.0, 0.08
"""Between which sizes inputs are as weights want them."""
GAIN: Final = 3.5
"""How much larger a layer may make what is not correlated: torch begins with 0.6, He with 1.4."""
_FIRST: Final = 3
"""The steps whose mean loss is where a run begins."""
_HIGH: Final = 1.6
"""How many times what guessing gives is too high to begin with."""
_GROWN: Final = 2.0
"""How many times the loss at the beginning is grown."""
_GROWN_BY: Final = 4.0
"""How many times what it was before is far larger for the loss of a single step."""
_FALLEN, _MOVED = 0.8, 0.95
"""What shares of what guessing gives, and of the loss at first, look like learning: loose signs,
for a look decides."""
_BELOW: Final = 0.5
"""Below what share of what guessing gives something was learnt before the run."""
_ABOUT: Final = 0.1
"""By what share the loss of a player has to fall, else it stands."""
_SMOOTH: Final = 0.1
_FEWEST: Final = 12
"""Steps before which nothing looks as if it stood."""
_LOOKS: Final = (1, 2, 4, 8, 16, 32)
"""After which epochs it is asked whether the loss has moved."""
_LOOKS_IN_EPOCH: Final = (200, 1000)
"""After which steps, too, where epochs are long."""


@dataclass(slots=True)
class Signs:
    """Reads a run as it goes; ``due`` is what looks wrong since it was last asked for."""

    chance: Chance | None = None
    due: Sign | None = None
    first: float = math.nan
    """The mean loss of the first steps."""
    now: float = math.nan
    """The loss of the last steps, smoothed."""
    very_first: float = math.nan
    """The loss of the first step, which no step had changed yet."""
    worst: float = -math.inf
    """The highest loss so far, of two or three steps together: a batch of outliers is none."""
    rate: float = math.nan
    """The learning rate of the last step."""
    steps: int = 0
    planned: int = 0
    """How many steps the run is to have."""
    epochs: EpochFigures = field(default_factory=EpochFigures)
    players: int = 0
    """How many train, where it is more than one: each has a loss of its own."""
    samples: tuple[int, int] = (0, 0)
    """How many train and validate."""
    _recent: float = math.nan
    _begun: list[float] = field(default_factory=list)
    _told: set[Sign] = field(default_factory=set)

    @property
    def reference(self) -> float:
        """What the loss is held against: what guessing gives, or where it began."""
        return self.chance.loss if self.chance is not None else self.first

    @property
    def left(self) -> float:
        """What share of the reference the loss is at, by the last epoch or the last steps."""
        return self._lately / self.reference

    @property
    def left_of_first(self) -> float:
        """What share of the loss at first it is at; 0 where the run began with something learnt."""
        return self._lately / self.first if self.first > _BELOW * self.reference else 0.0

    @property
    def _lately(self) -> float:
        return min(self.epochs.train[-1] if self.epochs.train else self.now, self.now)

    @property
    def has_grown(self) -> bool:
        """Whether steps have made the loss far larger than it was before the first of them."""
        began = max(self.very_first, self.chance.loss if self.chance is not None else 0.0)
        return self.worst > _GROWN_BY * began > 0

    def stands(self, outputs: Collection[str]) -> bool:
        """Tell whether the losses of some Outputs have hardly fallen since the first epoch."""
        losses = [self.epochs.of_outputs.get(each, []) for each in outputs]
        return all(len(each) > 1 and each[0] - each[-1] < _ABOUT * abs(each[0]) for each in losses)

    def begin(
        self, inputs: Sequence[float], gains: Sequence[float], biases: Sequence[float]
    ) -> None:
        """Read the sizes of inputs, of what matrices make larger, and of biases, as they begin."""
        is_odd = any(each and not SMALL < each < LARGE for each in inputs)
        if is_odd or max(gains, default=0.0) > GAIN or max(biases, default=0.0) > GAIN:
            self._say_once(Sign.ODD)

    def take(self, event: Event) -> None:
        """Read one event."""
        match event:
            case Started():
                self.samples = (event.train_samples, event.validation_samples)
                self.planned = event.epochs * event.steps_per_epoch
            case Steps():
                self.rate = event.learning_rate
                self.take_losses(event.losses)
            case EpochEnded():
                self.epochs.take(event)
                if event.epoch in _LOOKS and self.steps >= _FEWEST:
                    self._ask_whether_it_stands(numbers(event.train).get("loss", math.nan))

    def asked(self) -> Sign | None:
        """Return what looks wrong, and forget it."""
        sign, self.due = self.due, None
        return sign

    def take_losses(self, losses: Sequence[float]) -> None:
        """Read the losses of steps, one after the other."""
        for loss in losses:
            self.steps += 1
            if self.steps == 1:
                self.very_first = self._recent = loss
            self._recent += (loss - self._recent) / 2
            self.worst = max(self.worst, self._recent)
            if len(self._begun) < _FIRST:
                self._begun.append(loss)
                self.first = self.now = sum(self._begun) / len(self._begun)
            self.now += _SMOOTH * (loss - self.now)
            if self.steps in _LOOKS_IN_EPOCH:
                self._ask_whether_it_stands(self.now)
        if self.players and self.has_grown:
            self._say_once(Sign.GROWS)
        if self.steps >= _FIRST:
            if self.chance is not None and self.first > _HIGH * self.chance.loss:
                self._say_once(Sign.HIGH)
            if self.now > _GROWN * max(self.first, self.chance.loss if self.chance else 0.0) > 0:
                self._say_once(Sign.GROWS)

    def _ask_whether_it_stands(self, loss: float) -> None:
        if self.players and any(self.stands([each]) for each in self.epochs.of_outputs):
            self.due = self.due or Sign.STANDS
        if self.reference > 0 and (
            loss > _FALLEN * self.reference or loss > _MOVED * self.first > 0
        ):
            self.due = self.due or Sign.STANDS

    def _say_once(self, sign: Sign) -> None:
        if sign not in self._told:
            self._told.add(sign)
            self.due = sign
