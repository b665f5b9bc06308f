"""Figures of merit, tallied batch by batch on the device and read once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from graph_model.frozen import frozen
from graph_model.recipe import Objective
from graph_model.recipes.losses import LOSSES, Target


def predicted_classes(output: Tensor, objective: Objective) -> Tensor:
    """Return the class index that an output stands for: the highest score, or 1 from a threshold.

    ``(N, K, …)`` becomes ``(N, …)`` for a loss over classes; for a binary loss the shape stays.
    """
    kind = LOSSES[objective.loss.kind]
    if kind.target is Target.CLASSES:
        return output.argmax(dim=1)
    is_one = output < kind.threshold if kind.small_is_one else output > kind.threshold
    return is_one.long()


def true_classes(target: Tensor, objective: Objective) -> Tensor:
    """Return the class index that a target stands for; a sign stands for class 0 or 1."""
    signs = LOSSES[objective.loss.kind].target is Target.SIGNS
    return (target > 0).long() if signs else target.long()


class ClassTally:
    """Counts right predictions; gives ``accuracy``, the share of elements predicted right."""

    def __init__(self, objective: Objective) -> None:
        self._objective = objective
        self._right: Tensor | int = 0
        self._count = 0

    def add(self, output: Tensor, target: Tensor) -> None:
        """Count a batch."""
        predicted = predicted_classes(output, self._objective)
        true = true_classes(target, self._objective)
        self._right = self._right + (predicted == true).sum()
        self._count += target.numel()

    def figures(self) -> dict[str, float]:
        """Return the figures of all batches so far."""
        return {"accuracy": float(self._right) / self._count}


class NumberTally:
    """Sums errors; gives ``r2`` and ``mae``, the latter in the units of the data.

    ``r2`` is averaged over the numbers of a sample, as scikit-learn's ``r2_score`` does; a target
    that does not vary counts as 1 where it is met exactly, else as 0.
    """

    def __init__(self, deviation: Tensor) -> None:
        self._deviation = deviation
        self._sums: Tensor | None = None
        self._count = 0

    def add(self, output: Tensor, target: Tensor) -> None:
        """Sum up a batch."""
        dtype = torch.float32 if target.device.type == "mps" else torch.float64
        error = (output - target).to(dtype)
        true = target.to(dtype)
        scaled = error * self._deviation.to(error)
        parts = (error.square(), true, true.square(), scaled.abs())
        sums = torch.stack([part.reshape(len(part), -1).sum(0) for part in parts])
        self._sums = sums if self._sums is None else self._sums + sums
        self._count += len(target)

    def figures(self) -> dict[str, float]:
        """Return the figures of all batches so far."""
        assert self._sums is not None
        squared_error, total, squares, absolute = self._sums.cpu().double()
        spread = squares - total.square() / self._count
        still = spread <= 1e-12 * squares.clamp(min=1e-300)
        r2 = torch.where(still, (squared_error == 0).double(), 1 - squared_error / spread)
        return {
            "r2": float(r2.mean()),
            "mae": float(absolute.mean()) / self._count,
        }


@frozen
class Scorer:
    """Makes a tally for each output that is trained.

    ``deviations`` are those by which the targets were scaled; ``names`` those of the outputs.
    """

    objectives: Sequence[Objective]
    names: Sequence[str]
    deviations: Sequence[Tensor]

    def fresh(self) -> Tallies:
        """Return tallies that have counted nothing yet."""
        tallies: dict[int, ClassTally | NumberTally] = {}
        for index, objective in enumerate(self.objectives):
            if objective.weight and LOSSES[objective.loss.kind].takes_target:
                real = LOSSES[objective.loss.kind].target is Target.REAL
                tallies[index] = (
                    NumberTally(self.deviations[index]) if real else ClassTally(objective)
                )
        return Tallies(tallies, self.names if len(tallies) > 1 else ())


@dataclass(slots=True)
class Tallies:
    """The tallies of all outputs over the same batches, and their mean loss."""

    by_output: Mapping[int, ClassTally | NumberTally]
    names: Sequence[str]
    _loss: float = 0.0
    _count: int = 0

    def add(self, outputs: Sequence[Tensor], targets: Sequence[Tensor]) -> None:
        """Count a batch."""
        for index, tally in self.by_output.items():
            tally.add(outputs[index], targets[index])

    def add_loss(self, loss: float, samples: int) -> None:
        """Add the mean loss of so many samples."""
        self._loss += loss * samples
        self._count += samples

    def figures(self) -> dict[str, float]:
        """Return ``loss`` and the figures of each output."""
        found = {"loss": self._loss / self._count}
        for index, tally in self.by_output.items():
            prefix = f"{self.names[index]}." if self.names else ""
            found.update({f"{prefix}{name}": value for name, value in tally.figures().items()})
        return found
