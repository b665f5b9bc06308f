"""Which columns of a table a model rests on, and how its answer changes with one of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from graph_model.frozen import frozen

Numbers = NDArray[np.float64]
Score = Callable[[NDArray[np.float32]], float]
"""How good a model is on features: higher is better."""
Answer = Callable[[NDArray[np.float32]], NDArray[np.float32]]
"""What a model gives for features: ``(N,)``, or ``(N, outputs)``."""


@frozen
class Importance:
    """How much worse a model gets without a column: mean and deviation over the repeats."""

    name: str
    mean: float
    deviation: float


def permutation_importance(
    score: Score,
    features: NDArray[np.float32],
    columns: Mapping[str, Sequence[int]],
    repeats: int = 5,
    seed: int = 0,
    goes_on: Callable[[], bool] = lambda: True,
) -> tuple[Importance, ...]:
    """Return how much the score falls where a column is shuffled (Breiman 2001), most first.

    ``columns`` has the places of the features that each column of the table became.
    """
    before = score(features)
    found = []
    random_seed = np.random.RandomState(seed).randint(np.iinfo(np.int32).max + 1)
    for name, places in columns.items():
        chosen = np.array(places)
        draw, order = np.random.RandomState(random_seed), np.arange(len(features))
        shuffled = features.copy()
        falls = []
        for _ in range(repeats):
            if not goes_on():
                return ()
            draw.shuffle(order)
            shuffled[:, chosen] = shuffled[order][:, chosen]
            falls.append(before - score(shuffled))
        found.append(Importance(name, float(np.mean(falls)), float(np.std(falls))))
    return tuple(sorted(found, key=lambda each: -each.mean))


def partial_dependence(
    answer: Answer, features: NDArray[np.float32], place: int, grid: Sequence[float]
) -> Numbers:
    """Return the mean answer with one feature set to each value (Friedman 2001).

    Shape ``(grid,)`` or ``(grid, outputs)``.
    """
    set_to = features.copy()
    means = []
    for value in grid:
        set_to[:, place] = value
        means.append(np.asarray(answer(set_to), np.float64).mean(axis=0))
    return np.array(means)


def grid_of(values: NDArray[np.float32], most: int = 30) -> Numbers:
    """Return values at which a feature is looked at, from the 5th to the 95th percentile."""
    present = np.unique(values[np.isfinite(values)])
    if len(present) <= most:
        return present.astype(np.float64)
    low, high = np.quantile(values[np.isfinite(values)], (0.05, 0.95))
    return np.linspace(low, high, most)
