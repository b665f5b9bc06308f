"""What the epochs of a run told, so kept that the thousandth costs no more than the first."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from app.runs.events import EpochEnded, numbers


@dataclass(slots=True)
class EpochFigures:
    """The losses of each epoch, and the best of each split so far."""

    count: int = 0
    train: list[float] = field(default_factory=list)
    """The loss of each epoch that told one."""
    validation: list[float] = field(default_factory=list)
    """The loss of each epoch that was validated."""
    of_outputs: dict[str, list[float]] = field(default_factory=dict)
    """The losses of each epoch of training by the names of the Outputs, where there are several."""
    best: int = 0
    """The place of the lowest loss of validation."""
    accuracy: float = -math.inf
    """The best accuracy of validation, of any output."""

    last: dict[str, float] = field(default_factory=dict)
    """The figures of validation of the last epoch, also those that are no number."""

    def take(self, ended: EpochEnded) -> None:
        """Take in a further epoch."""
        self.count += 1
        train, validation = numbers(ended.train), numbers(ended.validation)
        self.last = validation
        if "loss" in train:
            self.train.append(train["loss"])
        if "loss" in validation:
            self.validation.append(validation["loss"])
            if self.validation[-1] < self.validation[self.best]:
                self.best = len(self.validation) - 1
        for name, value in train.items():
            output, _, figure = name.rpartition(".")
            if output and figure == "loss":
                self.of_outputs.setdefault(output, []).append(value)
        for name, value in validation.items():
            if name.rpartition(".")[2] == "accuracy":
                self.accuracy = max(self.accuracy, value)
