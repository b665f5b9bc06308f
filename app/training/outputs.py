"""What the outputs of a model mean: results as a tuple, classes, and the loss of each sample."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import torch
from torch import Tensor, nn

from graph_model.recipe import Choice, Objective
from graph_model.recipes.losses import LOSSES, Target

EVALUATION_FACTOR: Final = 4
"""How many times larger batches are without gradients."""


def make_loss(choice: Choice, **more: str) -> nn.Module:
    """Return the loss of a choice, made with ``more`` arguments such as ``reduction``."""
    arguments = LOSSES[choice.kind].torch_arguments(choice.arguments)
    loss: nn.Module = getattr(nn, LOSSES[choice.kind].name)(**{**arguments, **more})
    return loss


def results_of(model: nn.Module, inputs: tuple[Tensor, ...]) -> tuple[Tensor, ...]:
    """Return what the model gives, always as a tuple, without what leads back to gradients."""
    results = model(*inputs)
    results = (results,) if isinstance(results, torch.Tensor) else results
    return tuple(each.detach() for each in results)


def joined(parts: Sequence[Tensor]) -> Tensor:
    """Return the results of several batches as one; a loss has one number for each batch."""
    return torch.cat([torch.atleast_1d(part) for part in parts])


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
    """Return the class index that a target stands for; a sign stands for class 0 or 1.

    Of the probabilities of classes, the greatest tells the class.
    """
    if LOSSES[objective.loss.kind].target is Target.CLASSES and target.is_floating_point():
        return target.argmax(dim=1)
    signs = LOSSES[objective.loss.kind].target is Target.SIGNS
    return (target > 0).long() if signs else target.long()
