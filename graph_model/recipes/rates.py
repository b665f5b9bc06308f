"""The learning rate over a run, worked out before it begins. Without torch."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Final

from graph_model.recipe import Recipe
from graph_model.recipes.optimizers import OPTIMIZERS
from graph_model.recipes.options import OPTIONS
from graph_model.recipes.schedules import LENGTHS, SCHEDULES, WARMED, Pace
from graph_model.values import Arguments

_Numbers = Mapping[str, float]


def rates(recipe: Recipe, steps_per_epoch: int = 1) -> tuple[float, ...]:
    """Return the learning rate of each epoch, or of each step for a schedule that moves by step.

    One that follows the validation loss (ReduceLROnPlateau) is shown as it begins. Raises
    ``KeyError`` for an optimizer or a schedule that no catalogue has.
    """
    base = _number(OPTIMIZERS[recipe.optimizer.kind].complete(recipe.optimizer.arguments), "lr")
    kind = SCHEDULES[recipe.schedule.kind]
    complete = kind.complete(recipe.schedule.arguments)
    if kind.pace is Pace.STEP:
        total = recipe.epochs * steps_per_epoch
        return tuple(_one_cycle(complete, step, total) for step in range(total))
    warm_up = recipe.option("warm_up") if kind.pace in WARMED else None
    given = OPTIONS["warm_up"].complete(warm_up.arguments) if warm_up else {}
    rise = int(_number(given, "epochs")) if given else 0
    numbers: dict[str, float] = {}
    for name, value in complete.items():
        if value is None and name in LENGTHS:
            numbers[name] = float(max(1, recipe.epochs - rise))
        elif isinstance(value, int | float):
            numbers[name] = value
    form = _FORMS.get(kind.name, _constant)
    found = []
    for epoch in range(recipe.epochs):
        if epoch < rise:
            start = _number(given, "start_factor")
            found.append(base * (start + (1 - start) * epoch / rise))
        else:
            found.append(form(base, numbers, epoch - rise))
    return tuple(found)


def _number(arguments: Arguments, name: str) -> float:
    value = arguments[name]
    return float(value) if isinstance(value, int | float) else 0.0


def _constant(base: float, _: _Numbers, __: int) -> float:
    return base


def _cosine(base: float, numbers: _Numbers, epoch: int) -> float:
    return _half_cosine(base, numbers["eta_min"], epoch / numbers["T_max"])


def _restarts(base: float, numbers: _Numbers, epoch: int) -> float:
    length, since = numbers["T_0"], float(epoch)
    while since >= length:
        since -= length
        length *= numbers["T_mult"]
    return _half_cosine(base, numbers["eta_min"], since / length)


def _half_cosine(top: float, bottom: float, share: float) -> float:
    return bottom + (top - bottom) * (1 + math.cos(math.pi * share)) / 2


def _linear(base: float, numbers: _Numbers, epoch: int) -> float:
    start, end = numbers["start_factor"], numbers["end_factor"]
    share = min(epoch, numbers["total_iters"]) / numbers["total_iters"]
    return base * (start + (end - start) * share)


def _polynomial(base: float, numbers: _Numbers, epoch: int) -> float:
    left = 1 - min(epoch, numbers["total_iters"]) / numbers["total_iters"]
    return float(base * left ** numbers["power"])


def _one_cycle(complete: Arguments, step: int, total: int) -> float:
    """Two phases between three rates (Smith and Topin 2018, section 3), as torch parts them."""
    top = _number(complete, "max_lr")
    first = top / _number(complete, "div_factor")
    last = first / _number(complete, "final_div_factor")
    turn = _number(complete, "pct_start") * total - 1
    is_rising = step <= turn
    begin, end = (0.0, turn) if is_rising else (turn, total - 1.0)
    start, goal = (first, top) if is_rising else (top, last)
    share = (step - begin) / (end - begin) if end > begin else 1.0
    if complete["anneal_strategy"] == "linear":
        return start + (goal - start) * share
    return goal + (start - goal) * (1 + math.cos(math.pi * share)) / 2


_FORMS: Final[Mapping[str, Callable[[float, _Numbers, int], float]]] = {
    "StepLR": lambda base, given, epoch: float(
        base * given["gamma"] ** (epoch // given["step_size"])
    ),
    "ExponentialLR": lambda base, given, epoch: float(base * given["gamma"] ** epoch),
    "CosineAnnealingLR": _cosine,
    "CosineAnnealingWarmRestarts": _restarts,
    "LinearLR": _linear,
    "PolynomialLR": _polynomial,
}
