"""How far two answers to the same samples are apart, and what that does to the figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, TypeAlias

import torch
from torch import Tensor

from app.exporting.proving.given import Batches
from app.exporting.proving.report import Effect
from app.training.outputs import joined, losses_of, predicted_classes, true_classes
from app.training.predict import predicting
from graph_model.frozen import frozen
from graph_model.problems import Problem
from graph_model.recipes.losses import LOSSES, Target

Results: TypeAlias = Sequence[Sequence[Tensor]]
"""The outputs for each batch."""

_RELATIVE: Final = 1e-4
_ABSOLUTE: Final = 1e-5
"""Within these, numbers are equal that were added up in another order."""


@frozen
class Apart:
    """The largest difference, as it is and as a share of the largest number, for each output."""

    difference: float
    relative: float
    outputs: Mapping[str, float]
    is_equal: bool


def compared(file: str, names: Sequence[str], expected: Results, found: Results) -> Apart | Problem:
    """Return how far results are apart, or that their shapes differ."""
    outputs: dict[str, float] = dict.fromkeys(names, 0.0)
    relative, is_equal = 0.0, True
    for ours, theirs in zip(expected, found, strict=True):
        for name, mine, other in zip(names, ours, theirs, strict=False):
            if mine.shape != other.shape:
                values = {"output": name, "shape": _shape(other), "expected": _shape(mine)}
                return Problem("proof_shape", {"file": file, **values})
            apart, largest = _apart(mine, other)
            outputs[name] = max(outputs[name], apart)
            relative = max(relative, apart / largest if largest else apart)
            exact = not (mine.is_floating_point() or mine.is_complex())
            is_equal &= apart <= (0 if exact else _ABSOLUTE + _RELATIVE * largest)
    return Apart(max(outputs.values(), default=0.0), relative, outputs, is_equal)


def _apart(mine: Tensor, other: Tensor) -> tuple[float, float]:
    """Return the largest difference and the largest number; infinite where one is no number."""
    if not mine.numel():
        return 0.0, 0.0
    wide = torch.complex128 if mine.is_complex() else torch.float64
    one, two = mine.to(wide), other.to(wide)
    same = (one == two) | (one.isnan() & two.isnan())
    apart = torch.where(same, 0, (one - two).abs()).nan_to_num(nan=torch.inf)
    sizes = one.abs()
    largest = sizes[sizes.isfinite()]
    return apart.max().item(), largest.max().item() if largest.numel() else 0.0


def effects(batches: Batches, expected: Results, found: Results) -> Iterator[Effect]:
    """Yield what each output that predicts reaches here and there, where targets are known."""
    samples, places = batches.samples, batches.places
    if samples is None or places is None:
        return
    several = len(predicting(samples)) > 1
    for index in predicting(samples):
        objective = samples.binding.objectives[index]
        target = torch.from_numpy(samples.prepared.targets[index][places])
        ignores = bool(samples.data.facts.arrays[objective.target].ignored)
        before, after = (joined([each[index] for each in one]) for one in (expected, found))
        name = f"{samples.preprocessing.exits[index].name} " if several else ""
        losses = (
            losses_of(objective.loss, each, target, ignores=ignores).mean().item()
            for each in (before, after)
        )
        yield Effect(f"{name}loss", *losses)
        if LOSSES[objective.loss.kind].target is not Target.REAL:
            true = true_classes(target, objective)
            shares = (
                (predicted_classes(each, objective) == true).double().mean().item()
                for each in (before, after)
            )
            yield Effect(f"{name}accuracy", *shares)


def _shape(tensor: Tensor) -> str:
    return "×".join(map(str, tensor.shape)) or "1"
