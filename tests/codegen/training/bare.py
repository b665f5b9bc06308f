"""A bare loop, written from the recipe by hand: what the text of a training is held against.

It knows torch and the recipe, and nothing of the text. What the recipe offers is done here in the
plainest way, so that a reader can see that it is right.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import torch
from torch import Tensor, nn
from torch.optim import lr_scheduler

from app.runs.job import Job
from app.training.samples import Samples, as_tensors, read_samples
from codegen.build import build_project
from graph_model.recipe import Objective, Recipe
from graph_model.recipes.losses import LOSSES
from graph_model.recipes.optimizers import OPTIMIZERS
from graph_model.recipes.schedules import SCHEDULES

Batch = tuple[list[Tensor], list[Tensor]]


@dataclass
class Told:
    """What a run gives: the loss of each step, and of each epoch its validation loss and rate."""

    losses: list[float] = field(default_factory=list)
    validation: list[float] = field(default_factory=list)
    rates: list[float] = field(default_factory=list)
    weights: dict[str, Tensor] = field(default_factory=dict)


def bare_run(job: Job) -> Told:
    """Train by hand on the CPU."""
    recipe, samples = job.recipe, read_samples(job)
    torch.set_num_threads(job.threads)
    torch.manual_seed(recipe.seed)
    model = build_project(job.project).make()
    inputs, targets = as_tensors(samples)
    train = torch.from_numpy(samples.prepared.split.train)
    steps = _steps(len(train), recipe.batch_size)
    optimizer = _optimizer(recipe, model)
    schedule = _schedule(recipe, optimizer, steps)
    told = Told()
    for epoch in range(recipe.epochs):
        model.train()
        order = torch.randperm(
            len(train), generator=torch.Generator().manual_seed(recipe.seed + epoch)
        )
        for index in order.split(recipe.batch_size)[:steps]:
            rate = optimizer.param_groups[0]["lr"]
            batch = train[index]
            optimizer.zero_grad()
            loss = _loss(
                model, [each[batch] for each in inputs], [each[batch] for each in targets], samples
            )
            loss.backward()
            optimizer.step()
            if isinstance(schedule, lr_scheduler.OneCycleLR):
                schedule.step()
            told.losses.append(loss.item())
        told.rates.append(rate)
        told.validation.append(_evaluate(model, inputs, targets, samples, recipe))
        if isinstance(schedule, lr_scheduler.ReduceLROnPlateau):
            schedule.step(told.validation[-1])
        elif schedule is not None and not isinstance(schedule, lr_scheduler.OneCycleLR):
            schedule.step()
    told.weights = {name: value.clone() for name, value in model.state_dict().items()}
    return told


def _steps(samples: int, batch_size: int) -> int:
    batches = [batch_size] * (samples // batch_size) + [samples % batch_size]
    return max(1, sum(size > 1 for size in batches))


def _optimizer(recipe: Recipe, model: nn.Module) -> torch.optim.Optimizer:
    arguments = OPTIMIZERS[recipe.optimizer.kind].torch_arguments(recipe.optimizer.arguments)
    made: torch.optim.Optimizer = getattr(torch.optim, recipe.optimizer.kind)(
        model.parameters(), **arguments
    )
    return made


def _schedule(
    recipe: Recipe, optimizer: torch.optim.Optimizer, steps: int
) -> lr_scheduler.LRScheduler | None:
    if recipe.schedule.kind == "constant":
        return None
    arguments = dict(SCHEDULES[recipe.schedule.kind].complete(recipe.schedule.arguments))
    if recipe.schedule.kind == "CosineAnnealingLR" and arguments["T_max"] is None:
        arguments["T_max"] = recipe.epochs
    if recipe.schedule.kind == "OneCycleLR":
        arguments["total_steps"] = recipe.epochs * steps
    made: lr_scheduler.LRScheduler = getattr(lr_scheduler, recipe.schedule.kind)(
        optimizer, **arguments
    )
    return made


def _loss(
    model: nn.Module, inputs: list[Tensor], targets: list[Tensor], samples: Samples
) -> Tensor:
    results = model(*inputs)
    outputs = [results] if isinstance(results, Tensor) else list(results)
    terms = [
        each.weight * _one_loss(each, output, target)
        for each, output, target in zip(samples.binding.objectives, outputs, targets, strict=True)
        if each.weight
    ]
    return sum(terms[1:], terms[0])


def _one_loss(objective: Objective, output: Tensor, target: Tensor) -> Tensor:
    if objective.loss.kind == "Output":
        return output.mean()
    arguments = LOSSES[objective.loss.kind].torch_arguments(objective.loss.arguments)
    loss: Tensor = getattr(nn, objective.loss.kind)(**arguments)(output, target)
    return loss


@torch.no_grad()
def _evaluate(
    model: nn.Module,
    inputs: tuple[Tensor, ...],
    targets: tuple[Tensor, ...],
    samples: Samples,
    recipe: Recipe,
) -> float:
    model.eval()
    index = torch.from_numpy(samples.prepared.split.validation)
    total = 0.0
    for batch in index.split(4 * recipe.batch_size):
        loss = _loss(
            model, [each[batch] for each in inputs], [each[batch] for each in targets], samples
        )
        total += loss.item() * len(batch)
    return total / len(index)
