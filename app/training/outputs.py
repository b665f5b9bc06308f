"""What the outputs of a model mean: results as a tuple, classes, and the loss of each sample."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import torch
from torch import Tensor, nn

from codegen.training.pieces.binary_focal_loss import BinaryFocalLoss
from codegen.training.pieces.focal_loss import FocalLoss
from codegen.training.pieces.ignoring import counted
from graph_model.recipe import Choice, Objective
from graph_model.recipes.losses import IGNORED, LOSSES, Target

EVALUATION_FACTOR: Final = 4
"""How many times larger batches are without gradients."""


_OWN: Final[Mapping[str, Callable[..., nn.Module]]] = {
    "FocalLoss": FocalLoss,
    "BinaryFocalLoss": BinaryFocalLoss,
}
"""The losses that torch lacks, which give a mean and nothing else."""


def losses_of(choice: Choice, output: Tensor, target: Tensor, *, ignores: bool) -> Tensor:
    """Return the loss of each sample, a mean over the places of it that count."""
    kind = LOSSES[choice.kind]
    arguments = kind.torch_arguments(choice.arguments)
    if kind.is_own:
        loss = _OWN[kind.name](**arguments)
        pairs = zip(output.split(1), target.split(1), strict=True)
        return torch.stack([loss(*(counted(*pair) if ignores else pair)) for pair in pairs])
    each_loss: nn.Module = getattr(nn, kind.name)(**{**arguments, "reduction": "none"})
    if not ignores:
        return _by_sample(each_loss(output, target)).mean(dim=1)
    counts = target != IGNORED
    weight = _by_sample(counts).float()
    each = _by_sample(each_loss(output, torch.where(counts, target, 0)))
    return (each * weight).sum(dim=1) / weight.sum(dim=1)


def _by_sample(numbers: Tensor) -> Tensor:
    return numbers.reshape(len(numbers), -1)


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
