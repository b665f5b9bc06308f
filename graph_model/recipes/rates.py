"""The learning rate over a run, worked out before it begins. Without torch."""

from __future__ import annotations

import math
from bisect import bisect
from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Final

from graph_model.entry import Entry, argument_problems
from graph_model.recipe import Choice, Recipe
from graph_model.recipes.optimizers import OPTIMIZERS
from graph_model.recipes.options import OPTIONS
from graph_model.recipes.phases import Part, is_by_step, phases
from graph_model.recipes.schedules import LENGTHS, SCHEDULES, Pace
from graph_model.values import Arguments

_Numbers = Mapping[str, float]


def rates(recipe: Recipe, steps_per_epoch: int = 1, most: int = 10_000) -> tuple[float, ...]:
    """Return the learning rate of each epoch, or of each step for a schedule that moves by step.

    Where there are more than ``most``, some of them, evenly apart. One that follows the figures of
    the validation split (ReduceLROnPlateau) is shown as it begins. There are none where the
    optimizer or a schedule is unknown, or an argument is none that it takes. Raises
    ``OverflowError`` for a rate that is no number any more.
    """
    if not _is_whole(recipe, steps_per_epoch):
        return ()
    base = _number(OPTIMIZERS[recipe.optimizer.kind].complete(recipe.optimizer.arguments), "lr")
    kind = SCHEDULES[recipe.schedule.kind]
    complete = kind.complete(recipe.schedule.arguments)
    if kind.pace is Pace.STEP:
        total = recipe.epochs * steps_per_epoch
        by_step = _one_cycle if kind.name == "OneCycleLR" else _cycles
        return tuple(by_step(complete, step, total) for step in _spread(total, most))
    parts, total = phases(recipe, steps_per_epoch), recipe.epochs
    if is_by_step(recipe):
        total *= steps_per_epoch
    starts = [each.start for each in parts]
    forms = [
        _form(base, part, end - part.start)
        for part, end in zip(parts, [*starts[1:], total], strict=True)
    ]
    places = ((bisect(starts, time) - 1, time) for time in _spread(total, most))
    return tuple(forms[place](time - starts[place]) for place, time in places)


def _is_whole(recipe: Recipe, steps_per_epoch: int) -> bool:
    """Tell whether all that says a rate can be understood."""
    warm_up = recipe.option("warm_up")
    chosen: list[tuple[Mapping[str, Entry], Choice]] = [
        (OPTIMIZERS, recipe.optimizer),
        (SCHEDULES, recipe.schedule),
        *((SCHEDULES, each.schedule) for each in recipe.phases),
        *([(OPTIONS, warm_up)] if warm_up else []),
    ]
    for known, each in chosen:
        if each.kind not in known or any(argument_problems(known[each.kind], each.arguments)):
            return False
    return all(one.start <= other.start for one, other in pairwise(phases(recipe, steps_per_epoch)))


def _spread(count: int, most: int) -> range:
    """Return all numbers below ``count``, or at most so many of them."""
    return range(0, count, max(1, -(-count // most)))


def _form(base: float, part: Part, length: int) -> Callable[[int], float]:
    """Return the rate of each epoch of a phase, or of each step."""
    kind = SCHEDULES[part.schedule.kind]
    numbers: dict[str, float] = {}
    for name, value in kind.complete(part.schedule.arguments).items():
        if value is None and name in LENGTHS:
            numbers[name] = float(max(1, length))
        elif isinstance(value, int | float):
            numbers[name] = value
        elif isinstance(value, tuple):
            numbers |= {f"{name} {place}": float(each) for place, each in enumerate(value)}
    form = _FORMS.get(kind.name, _constant)
    return lambda epoch: form(base, numbers, epoch)


def _number(arguments: Arguments, name: str) -> float:
    value = arguments[name]
    return float(value) if isinstance(value, int | float) else 0.0


def _constant(base: float, _: _Numbers, __: int) -> float:
    return base


def _cosine(base: float, numbers: _Numbers, epoch: int) -> float:
    return _half_cosine(base, numbers["eta_min"], epoch / numbers["T_max"])


def _restarts(base: float, numbers: _Numbers, epoch: int) -> float:
    length, since = numbers["T_0"], float(epoch)
    if numbers["T_mult"] == 1:
        since %= length
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


def _cycles(complete: Arguments, step: int, _: int) -> float:
    """Straight up and down between two rates (Smith 2017)."""
    low, high = _number(complete, "base_lr"), _number(complete, "max_lr")
    up = _number(complete, "step_size_up")
    cycle, within = divmod(step, 2 * up)
    height = 2.0**-cycle if complete["mode"] == "triangular2" else 1.0
    return low + (high - low) * (1 - abs(within / up - 1)) * height


def _held(base: float, numbers: _Numbers, epoch: int) -> float:
    return base * (numbers["factor"] if epoch < numbers["total_iters"] else 1.0)


def _at_milestones(base: float, numbers: _Numbers, epoch: int) -> float:
    falls = sum(value <= epoch for name, value in numbers.items() if name.startswith("milestones "))
    return float(base * numbers["gamma"] ** falls)


_FORMS: Final[Mapping[str, Callable[[float, _Numbers, int], float]]] = {
    "StepLR": lambda base, given, epoch: float(
        base * given["gamma"] ** (epoch // given["step_size"])
    ),
    "ExponentialLR": lambda base, given, epoch: float(base * given["gamma"] ** epoch),
    "CosineAnnealingLR": _cosine,
    "CosineAnnealingWarmRestarts": _restarts,
    "LinearLR": _linear,
    "PolynomialLR": _polynomial,
    "ConstantLR": _held,
    "MultiStepLR": _at_milestones,
}
