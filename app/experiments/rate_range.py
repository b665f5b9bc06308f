"""The learning-rate range test: a short training whose rate rises with each step, and what it says.

After L. N. Smith, "Cyclical Learning Rates for Training Neural Networks" (arXiv:1506.01186); the
rate that is suggested is where the smoothed loss falls fastest against the logarithm of the rate.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from graph_model.network import Project
from graph_model.recipe import Choice
from graph_model.recipes.settings import with_setting

Array = NDArray[np.float64]

LOWEST, HIGHEST, STEPS = 1e-7, 10.0, 120
_LEFT_OUT: Final = frozenset(
    {"warm_up", "early_stopping", "best_by", "ema", "swa", "by_step", "thaw", "accumulate"}
)
"""Options that would change the rate, end the test, or only make it longer."""
_MEMORY: Final = 0.9
"""How much of the mean of the losses before stays with each step."""
_DIVERGED: Final = 4.0
"""How many times the lowest loss one is that has diverged."""
_FEWEST: Final = 10
"""Steps without which nothing can be said."""
_BEGINNING: Final = 0.05
"""The share of the steps at the beginning whose mean is still that of few."""


def rising(project: Project, steps_per_epoch: int, steps: int = STEPS) -> Project:
    """Return a project whose training is the test: from the lowest rate to the highest.

    Where an epoch has another number of steps the rate rises faster or slower: see :func:`rates`.
    """
    gamma = (HIGHEST / LOWEST) ** (steps_per_epoch / (steps - 1))
    recipe = replace(
        with_setting(project, "lr", repr(LOWEST)).recipe,
        schedule=Choice("ExponentialLR", {"gamma": gamma}),
        phases=(),
        epochs=max(1, math.ceil(steps / max(1, steps_per_epoch))),
        options=(
            *(each for each in project.recipe.options if each.kind not in _LEFT_OUT),
            Choice("by_step"),
        ),
    )
    return replace(project, recipe=recipe)


def rates(told: Sequence[tuple[float, float]], count: int) -> Array:
    """Return the rate of each of the first steps, from some steps with the rates they were told.

    It rises by the same factor with each step.
    """
    later = [(step, rate) for step, rate in told if step > 1 and rate > 0]
    if not later:
        return np.full(count, LOWEST)
    step, rate = later[-1]
    factor = (rate / LOWEST) ** (1 / (step - 1))
    return LOWEST * factor ** np.arange(count)


def smoothed(losses: Sequence[float] | Array) -> Array:
    """Return the moving average of losses, which lags neither behind nor ahead."""
    told = np.asarray(losses, dtype=float)
    return (_moving_average(told) + _moving_average(told[::-1])[::-1]) / 2


def _moving_average(losses: Array) -> Array:
    """Return the average of each loss and those before it, which no beginning draws to 0."""
    found, mean = [], 0.0
    for number, loss in enumerate(losses.tolist(), 1):
        mean = _MEMORY * mean + (1 - _MEMORY) * loss
        found.append(mean / (1 - _MEMORY**number))
    return np.array(found, dtype=float)


def end_of(losses: Array) -> int:
    """Return how many losses there are before their average has diverged."""
    lowest = math.inf
    for number, loss in enumerate(_moving_average(losses).tolist()):
        if not math.isfinite(loss) or (number >= _FEWEST and loss > _DIVERGED * lowest):
            return number
        lowest = min(lowest, loss)
    return len(losses)


def suggested(of_steps: Array, losses: Sequence[float] | Array) -> float | None:
    """Return the one of these rates at which the loss falls fastest; ``None`` if it never does."""
    told = np.asarray(losses, dtype=float)
    mean = smoothed(told[: end_of(told)])
    if len(mean) < _FEWEST:
        return None
    first, lowest = int(_BEGINNING * len(mean)) + 1, int(mean.argmin())
    if lowest <= first + 1:
        return None
    slope = np.gradient(mean)[first:lowest]  # steps are even in the logarithm of the rate
    if slope.min() >= 0:
        return None
    return float(f"{of_steps[first + int(slope.argmin())]:.2g}")
