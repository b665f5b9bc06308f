"""From choices of the recipe to torch's losses, optimizers and schedules."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

import torch
from torch import Tensor, nn, optim
from torch.optim import lr_scheduler

from graph_model.frozen import frozen
from graph_model.recipe import Choice, Objective, Recipe
from graph_model.recipes.losses import LOSSES
from graph_model.recipes.optimizers import OPTIMIZERS
from graph_model.recipes.schedules import SCHEDULES, Pace


class _OutputItself(nn.Module):
    """The mean of an output that is a loss already."""

    def forward(self, output: Tensor, _: Tensor) -> Tensor:
        return output.mean()


_LOSS_CLASSES: Final = {
    name: getattr(nn, name) if kind.takes_target else _OutputItself for name, kind in LOSSES.items()
}
_OPTIMIZER_CLASSES: Final = {name: getattr(optim, name) for name in OPTIMIZERS}
_SCHEDULE_CLASSES: Final = {
    name: getattr(lr_scheduler, name)
    for name, kind in SCHEDULES.items()
    if kind.pace is not Pace.NEVER
}


def make_loss(choice: Choice, **more: str) -> nn.Module:
    """Return the loss of a choice, made with ``more`` arguments such as ``reduction``."""
    arguments = LOSSES[choice.kind].torch_arguments(choice.arguments)
    loss: nn.Module = _LOSS_CLASSES[choice.kind](**{**arguments, **more})
    return loss


def make_optimizer(choice: Choice, weights: Iterable[nn.Parameter]) -> optim.Optimizer:
    """Return the optimizer of a choice for these weights."""
    arguments = OPTIMIZERS[choice.kind].torch_arguments(choice.arguments)
    optimizer: optim.Optimizer = _OPTIMIZER_CLASSES[choice.kind](weights, **arguments)
    return optimizer


class Schedule:
    """A learning-rate schedule that moves on after a step or an epoch, as its kind says."""

    def __init__(self, recipe: Recipe, optimizer: optim.Optimizer, steps_per_epoch: int) -> None:
        kind = SCHEDULES[recipe.schedule.kind]
        self._pace = kind.pace
        self._optimizer = optimizer
        self._scheduler: Any = None
        self.moves_by_step = kind.pace is Pace.STEP
        if kind.pace is not Pace.NEVER:
            arguments = kind.torch_arguments(
                recipe.schedule.arguments, recipe.epochs, steps_per_epoch
            )
            self._scheduler = _SCHEDULE_CLASSES[kind.name](optimizer, **arguments)

    @property
    def learning_rate(self) -> float:
        """The learning rate of the next step."""
        return float(self._optimizer.param_groups[0]["lr"])

    def after_step(self) -> None:
        """Move on after a step."""
        if self.moves_by_step:
            self._scheduler.step()

    def after_epoch(self, validation_loss: float) -> None:
        """Move on after an epoch."""
        if self._pace is Pace.EPOCH:
            self._scheduler.step()
        elif self._pace is Pace.VALIDATION:
            self._scheduler.step(validation_loss)


@frozen
class TotalLoss:
    """The weighted sum of the losses of all outputs that are trained."""

    terms: tuple[tuple[int, nn.Module, float], ...]

    @classmethod
    def of(cls, objectives: Iterable[Objective]) -> TotalLoss:
        """Return the loss of these objectives, one for each result of the model."""
        return cls(
            tuple(
                (index, make_loss(objective.loss), objective.weight)
                for index, objective in enumerate(objectives)
                if objective.weight
            )
        )

    def __call__(self, outputs: tuple[Tensor, ...], targets: tuple[Tensor, ...]) -> Tensor:
        """Return the loss of a batch, without dimensions."""
        total: Tensor | None = None
        for index, loss, weight in self.terms:
            term = loss(outputs[index], targets[index])
            term = term if weight == 1 else weight * term
            total = term if total is None else total + term
        assert total is not None, "a recipe without objectives is refused before"
        return total


def results_of(model: nn.Module, inputs: tuple[Tensor, ...]) -> tuple[Tensor, ...]:
    """Return what the model gives, always as a tuple."""
    results = model(*inputs)
    return (results,) if isinstance(results, torch.Tensor) else tuple(results)


def joined(parts: Sequence[Tensor]) -> Tensor:
    """Return the results of several batches as one; a loss has one number for each batch."""
    return torch.cat([torch.atleast_1d(part) for part in parts])
