"""A bare loop, written from the recipe by hand: what the text of a training is held against.

It knows torch and the recipe, and nothing of the text. What the recipe offers is done here in the
plainest way, so that a reader can see that it is right.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import torch
from torch import Tensor, nn
from torch.optim import lr_scheduler

from app.runs.job import Job
from app.training.samples import Samples, as_tensors, read_samples
from codegen.build import build_project
from graph_model.recipe import Objective, Recipe
from graph_model.recipes.losses import LOSSES
from graph_model.recipes.optimizers import OPTIMIZERS
from graph_model.recipes.options import OPTIONS
from graph_model.recipes.schedules import SCHEDULES
from tests.codegen.training.transforms_by_hand import as_trained

Batch = tuple[list[Tensor], list[Tensor]]


@dataclass
class Told:
    """What a run gives: the loss of each step, and of each epoch its validation loss and rate."""

    losses: list[float] = field(default_factory=list)
    validation: list[float] = field(default_factory=list)
    rates: list[float] = field(default_factory=list)
    weights: dict[str, Tensor] = field(default_factory=dict)
    updates: int = 0


def bare_run(job: Job) -> Told:
    """Train by hand on the CPU."""
    recipe, samples = job.recipe, read_samples(job)
    torch.set_num_threads(job.threads)
    torch.manual_seed(recipe.seed)
    model = build_project(job.project).make()
    if recipe.option("channels_last"):
        model.to(memory_format=torch.channels_last)
    inputs, targets = as_tensors(samples)
    train = torch.from_numpy(samples.prepared.split.train)
    steps = _steps(len(train), recipe.batch_size)
    every = int(str(_option(recipe, "accumulate").get("batches", 1)))
    optimizer = _optimizer(recipe, model)
    schedule = _schedule(recipe, optimizer, -(-steps // every))
    is_by_step = _is_by_step(recipe)
    rise = _rise(recipe, optimizer) if recipe.schedule.kind == "ReduceLROnPlateau" else None
    averages = [weight.detach().clone() for weight in model.parameters()]
    scaler = torch.amp.GradScaler(
        "cpu", enabled=_option(recipe, "autocast").get("dtype") == "float16"
    )
    whole, counted = copy.deepcopy(model), 0  # the mean of the weights after each later epoch
    best, waited = float("-inf"), 0
    told = Told()
    for epoch in range(recipe.epochs):
        model.train()
        _freeze(model, _option(recipe, "thaw"), epoch + 1)
        for module in model.modules():
            if isinstance(module, nn.BatchNorm2d) and recipe.option("batch_norm_eval"):
                module.eval()
        order = torch.randperm(
            len(train), generator=torch.Generator().manual_seed(recipe.seed + epoch)
        )
        optimizer.zero_grad()
        for step, index in enumerate(order.split(recipe.batch_size)[:steps]):
            rate = optimizer.param_groups[0]["lr"]
            batch = train[index]
            given, held = [each[batch] for each in inputs], [each[batch] for each in targets]
            if recipe.transforms:
                classes = len(samples.data.facts.class_names)
                given[0], held[0] = as_trained(
                    recipe, epoch, len(train), index, given[0], held[0], classes
                )
            loss = _loss(
                model,
                [_laid_out(each, recipe) for each in given],
                held,
                samples,
                recipe,
            )
            for name, penalty in (("l1_penalty", torch.abs), ("l2_penalty", torch.square)):
                if recipe.option(name):
                    total = sum(penalty(weight).sum() for weight in model.parameters())
                    loss = loss + _option(recipe, name)["factor"] * total
            told.losses.append(loss.item())
            window = order.split(recipe.batch_size)[:steps][step // every * every :][:every]
            share = len(index) / sum(map(len, window))
            scaler.scale(loss * share if every > 1 else loss).backward()
            if (step + 1) % every == 0 or step + 1 == steps:
                scaler.unscale_(optimizer)
                _clip(recipe, model)
                scaler.step(optimizer)
                scaler.update()
                optimizer.zero_grad()
                if recipe.option("ema"):
                    _average(averages, model, _option(recipe, "ema")["decay"], told)
                if schedule is not None and is_by_step and rise is None:
                    schedule.step()
                elif rise is not None and is_by_step and rise.last_epoch < rise.total_iters:
                    rise.step()
        told.rates.append(rate)
        if "start" in (later := _option(recipe, "swa")):
            if epoch + 1 < later["start"]:
                whole.load_state_dict(model.state_dict())
            else:
                counted = _add_to_mean(whole, model, counted)
                batches = [train[index] for index in order.split(recipe.batch_size)[:steps]]
                _measure_norms(whole, [inputs[0][batch] for batch in batches])
            judged = whole
        else:
            judged = model
        figures = _evaluate(judged, averages, inputs, targets, samples, recipe)
        told.validation.append(figures["loss"])
        name = _option(recipe, "best_by").get("figure", "loss")
        score = -figures[name] if name == "loss" else figures[name]
        if rise is not None and rise.last_epoch < rise.total_iters:
            if not is_by_step:
                rise.step()
        elif isinstance(schedule, lr_scheduler.ReduceLROnPlateau):
            schedule.step(figures[name])
        elif schedule is not None and not is_by_step:
            schedule.step()
        is_progress = score > best + _option(recipe, "early_stopping").get("min_delta", 0)
        waited = 0 if is_progress else waited + 1
        best = score if is_progress else best
        if (
            recipe.option("early_stopping")
            and waited >= _option(recipe, "early_stopping")["patience"]
        ):
            break
    told.weights = {name: value.clone() for name, value in model.state_dict().items()}
    return told


def _freeze(model: nn.Module, thaw: Mapping[str, Any], epoch: int) -> None:
    """Keep layers frozen and in evaluation until their epoch."""
    said = thaw.get("epochs", ())
    for name, first in zip(said[::2], said[1::2], strict=True):
        for weight in model.get_submodule(name).parameters():
            weight.requires_grad = epoch >= first
        if epoch < first:
            model.get_submodule(name).eval()


def _add_to_mean(mean: nn.Module, model: nn.Module, counted: int) -> int:
    """Take the weights and buffers of a model into a mean of so many; return of how many it is."""
    for old, new in zip(mean.state_dict().values(), model.state_dict().values(), strict=True):
        if counted == 0:
            old.copy_(new)
        else:
            old += (new - old) / (counted + 1) if old.is_floating_point() else 0
    return counted + 1


def _measure_norms(mean: nn.Module, batches: list[Tensor]) -> None:
    """Let torch update the statistics of batch norms, with nothing dropped."""
    dropouts = [each for each in mean.modules() if isinstance(each, nn.Dropout)]
    kept = [each.p for each in dropouts]
    for each in dropouts:
        each.p = 0.0
    torch.optim.swa_utils.update_bn(batches, mean)
    for each, p in zip(dropouts, kept, strict=True):
        each.p = p


def _option(recipe: Recipe, kind: str) -> Mapping[str, Any]:
    """Return the arguments of an option, none where it was not chosen."""
    chosen = recipe.option(kind)
    return OPTIONS[kind].complete(chosen.arguments) if chosen else {}


def _laid_out(batch: Tensor, recipe: Recipe) -> Tensor:
    if recipe.option("channels_last") and batch.ndim == 4:
        return batch.contiguous(memory_format=torch.channels_last)
    return batch


def _clip(recipe: Recipe, model: nn.Module) -> None:
    gradients = [weight.grad for weight in model.parameters() if weight.grad is not None]
    if norm := _option(recipe, "clip_grad_norm"):
        nn.utils.clip_grad_norm_(model.parameters(), norm["max_norm"], norm["norm_type"])
    if value := _option(recipe, "clip_grad_value"):
        for gradient in gradients:
            gradient.clamp_(-value["clip_value"], value["clip_value"])


def _average(averages: list[Tensor], model: nn.Module, decay: float, told: Told) -> None:
    """The first update takes the weights as they are, as torch does."""
    for average, weight in zip(averages, model.parameters(), strict=True):
        if told.updates == 0:
            average.copy_(weight.detach())
        else:
            average.lerp_(weight.detach(), 1 - decay)
    told.updates += 1


def _steps(samples: int, batch_size: int) -> int:
    batches = [batch_size] * (samples // batch_size) + [samples % batch_size]
    return max(1, sum(size > 1 for size in batches))


def _optimizer(recipe: Recipe, model: nn.Module) -> torch.optim.Optimizer:
    arguments = OPTIMIZERS[recipe.optimizer.kind].torch_arguments(recipe.optimizer.arguments)
    weights: Any = model.parameters()
    if any(recipe.option(each) for each in ("layer_rates", "layer_decay", "layer_weight_decays")):
        weights = _by_layer(recipe, model, arguments["lr"], arguments.get("weight_decay", 0.0))
    if recipe.option("no_decay"):
        matrices = [weight for weight in model.parameters() if weight.ndim > 1]
        vectors = [weight for weight in model.parameters() if weight.ndim <= 1]
        weights = [{"params": matrices}, {"params": vectors, "weight_decay": 0.0}]
    made: torch.optim.Optimizer = getattr(torch.optim, recipe.optimizer.kind)(weights, **arguments)
    return made


def _by_layer(recipe: Recipe, model: nn.Module, rate: float, decay: float) -> list[Any]:
    """Return a group of weights for each layer, those at the whole rate and decay first."""
    rates, decays = (
        dict(zip(said[::2], said[1::2], strict=True))
        for said in (
            _option(recipe, name).get("factors", ())
            for name in ("layer_rates", "layer_weight_decays")
        )
    )
    factor = _option(recipe, "layer_decay").get("factor", 1.0)
    layers = [(name, layer) for name, layer in model.named_children() if [*layer.parameters()]]
    groups = [
        {
            "params": layer.parameters(),
            "lr": rate * (factor**depth * rates.get(name, 1.0)),
            "weight_decay": decay * decays.get(name, 1.0),
        }
        for depth, (name, layer) in enumerate(reversed(layers))
    ]
    return sorted(groups, key=lambda group: group["lr"] != rate)  # told is the rate of the first


def _schedule(
    recipe: Recipe, optimizer: torch.optim.Optimizer, steps: int
) -> lr_scheduler.LRScheduler | None:
    warm_up = _option(recipe, "warm_up")
    if recipe.schedule.kind == "ReduceLROnPlateau":
        mode = "min" if _option(recipe, "best_by").get("figure", "loss") == "loss" else "max"
        given = SCHEDULES[recipe.schedule.kind].complete(recipe.schedule.arguments)
        return lr_scheduler.ReduceLROnPlateau(optimizer, mode=mode, **given)  # type: ignore[arg-type]
    unit = steps if _is_by_step(recipe) else 1  # what lengths that count epochs are multiplied by
    rise = warm_up.get("steps") or warm_up.get("epochs", 0) * unit
    if warm_up:
        linear = lr_scheduler.LinearLR(optimizer, warm_up["start_factor"], total_iters=rise)
        if recipe.schedule.kind == "constant":
            return linear
    if recipe.schedule.kind == "constant":
        return None
    arguments = dict(SCHEDULES[recipe.schedule.kind].complete(recipe.schedule.arguments))
    for name in ("T_max", "total_iters"):
        if name in arguments and arguments[name] is None:
            arguments[name] = max(1, recipe.epochs * unit - rise)
    for name in {"step_size", "T_0"} & arguments.keys():
        arguments[name] *= unit
    if recipe.schedule.kind == "OneCycleLR":
        arguments["total_steps"] = recipe.epochs * steps
    made: lr_scheduler.LRScheduler = getattr(lr_scheduler, recipe.schedule.kind)(
        optimizer, **arguments
    )
    if warm_up:
        return lr_scheduler.SequentialLR(optimizer, [linear, made], [rise])
    return made


def _rise(recipe: Recipe, optimizer: torch.optim.Optimizer) -> lr_scheduler.LinearLR | None:
    """Return the warm-up that a plateau waits for, in epochs or in steps."""
    told = _option(recipe, "warm_up")
    length = told.get("steps") or told.get("epochs", 0)
    return (
        lr_scheduler.LinearLR(optimizer, told["start_factor"], total_iters=length) if told else None
    )


def _is_by_step(recipe: Recipe) -> bool:
    is_chosen = recipe.option("by_step") or _option(recipe, "warm_up").get("steps")
    return bool(is_chosen) or recipe.schedule.kind == "OneCycleLR"


def _loss(
    model: nn.Module,
    inputs: list[Tensor],
    targets: list[Tensor],
    samples: Samples,
    recipe: Recipe,
) -> Tensor:
    half = getattr(torch, str(_option(recipe, "autocast").get("dtype", "bfloat16")))
    with torch.autocast("cpu", dtype=half, enabled=recipe.option("autocast") is not None):
        results = model(*inputs)
        outputs = [results] if isinstance(results, Tensor) else list(results)
        terms = [
            each.weight * _one_loss(each, output, target)
            for each, output, target in zip(
                samples.binding.objectives, outputs, targets, strict=True
            )
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
    averages: list[Tensor],
    inputs: tuple[Tensor, ...],
    targets: tuple[Tensor, ...],
    samples: Samples,
    recipe: Recipe,
) -> Mapping[str, float]:
    """Return the mean loss over all samples and, of a single output, how many are right."""
    model.eval()
    last = [weight.clone() for weight in model.parameters()]
    for weight, average in zip(model.parameters(), averages, strict=True):
        if recipe.option("ema"):
            weight.copy_(average)
    index = torch.from_numpy(samples.prepared.split.validation)
    total, right = 0.0, 0
    for batch in index.split(4 * recipe.batch_size):
        given = [_laid_out(each[batch], recipe) for each in inputs]
        loss = _loss(model, given, [each[batch] for each in targets], samples, recipe)
        total += loss.item() * len(batch)
        if recipe.option("best_by"):
            right += int((model(*given).argmax(dim=1) == targets[0][batch]).sum())
    for weight, value in zip(model.parameters(), last, strict=True):
        weight.copy_(value)
    return {"loss": total / len(index), "accuracy": right / len(index)}
