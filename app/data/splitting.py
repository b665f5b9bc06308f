"""Which samples of the data train, validate and test, by the ways of ``SPLITS``."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from app.data.dataset import Dataset
from graph_model.frozen import frozen
from graph_model.recipe import Recipe
from graph_model.recipes.splits import split_sizes

Indices = NDArray[np.int64]


@frozen
class Split:
    """The indices of the samples that train, validate and test."""

    train: Indices
    validation: Indices
    test: Indices


def split_samples(data: Dataset, recipe: Recipe) -> Split:
    """Split by the seed; classes are spread evenly, a test split of the data's own is kept."""
    _, validation, test = split_sizes(recipe, data.facts)
    own = len(data) - data.facts.own_test
    order = _spread(data, own, np.random.default_rng(recipe.seed))
    kept_test = np.arange(own, len(data)) if data.facts.own_test else order[:test]
    rest = order if data.facts.own_test else order[test:]
    return Split(np.sort(rest[validation:]), np.sort(rest[:validation]), np.sort(kept_test))


def _spread(data: Dataset, count: int, random: np.random.Generator) -> Indices:
    """Return the first ``count`` samples in random order, each class spread evenly over it."""
    order = random.permutation(count)
    if data.facts.task != "classification":
        return order
    labels = data.target[order]
    place = np.empty(count)
    for label in np.unique(labels):
        mine = np.flatnonzero(labels == label)
        place[mine] = (np.arange(len(mine)) + random.uniform()) / len(mine)
    return order[np.argsort(place, kind="stable")]
