"""Which samples of the data train, validate and test, by the ways of ``SPLITS``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from app.data.dataset import Array, Dataset
from graph_model.frozen import frozen
from graph_model.phrases import phrase
from graph_model.problems import Problem, Refusal
from graph_model.recipe import Recipe
from graph_model.recipes.splits import (
    in_order_of_time,
    keeps_own,
    split_argument,
    split_sizes,
    way_problems,
)

Indices = NDArray[np.int64]


@frozen
class Split:
    """The indices of the samples that train, validate and test."""

    train: Indices
    validation: Indices
    test: Indices


def split_samples(data: Dataset, recipe: Recipe) -> Split:
    """Split in the way that a recipe says, by its seed.

    Raises ``Refusal`` where these data cannot be split so.
    """
    for problem in way_problems(recipe, data.facts):
        raise Refusal(problem)
    if keeps_own(recipe, data.facts):
        split = _own(data, recipe)
    else:
        split = _apart(_WAYS[recipe.split.kind](data, recipe), data, recipe)
    if not len(split.train) or not len(split.validation):
        name = "validation" if len(split.train) else "training"
        values = {"split": phrase(name), "samples": str(len(data))}
        raise Refusal(Problem("empty_split", values, parameter="split"))
    return Split(
        *(np.sort(each).astype(np.int64) for each in (split.train, split.validation, split.test))
    )


def _apart(split: Split, data: Dataset, recipe: Recipe) -> Split:
    """Leave out samples of an earlier part that have a moment in common with a later one.

    Only a split in the order of time can keep samples apart that overlap.
    """
    reach, times = data.facts.reach, data.times
    if not in_order_of_time(recipe) or not reach or times is None:
        return split
    validation = _without(split.validation, split.test, times, reach)
    train = _without(split.train, np.concatenate([validation, split.test]), times, reach)
    return Split(train, validation, split.test)


def _without(samples: Indices, others: Indices, times: Array, reach: int) -> Indices:
    """Return samples of so many moments from their time on that share none with any other."""
    if not len(others):
        return samples
    taken = np.sort(times[others])
    begins = times[samples]
    before = np.searchsorted(taken, begins - reach, side="right")
    behind = np.searchsorted(taken, begins + reach, side="left")
    return samples[before == behind]


def split_json(recipe: Recipe, split: Split) -> dict[str, Any]:
    """Return how samples were split, and which validate and test, as plain values."""
    return {
        "kind": recipe.split.kind,
        "arguments": dict(recipe.split.arguments),
        "seed": recipe.seed,
        "train": len(split.train),
        "validation": _ranges(split.validation),
        "test": _ranges(split.test),
    }


def _ranges(indices: Indices) -> str:
    """Return ascending numbers as text in which neighbours are joined: ``0-7, 9, 12-13``."""
    if not len(indices):
        return ""
    parts = np.split(indices, np.flatnonzero(np.diff(indices) != 1) + 1)
    return ", ".join(f"{each[0]}-{each[-1]}" if len(each) > 1 else str(each[0]) for each in parts)


def _by_class(data: Dataset, recipe: Recipe) -> Split:
    return _cut(_spread(np.arange(len(data)), classes_of(data), _random(recipe)), data, recipe)


def _by_chance(data: Dataset, recipe: Recipe) -> Split:
    return _cut(_random(recipe).permutation(len(data)), data, recipe)


def _by_array(data: Dataset, recipe: Recipe) -> Split:
    name = str(split_argument(recipe, "array") or data.facts.target)
    values = data.arrays[name].reshape(len(data))
    if values.dtype.kind == "f":
        values = _ranked(values, split_argument(recipe, "parts"))
    return _cut(_spread(np.arange(len(data)), values, _random(recipe)), data, recipe)


def _ranked(values: Array, parts: Any) -> Array:
    """Return in which of so many parts of equal size each number lies, from small to large."""
    bounds = np.quantile(values, np.linspace(0, 1, parts + 1)[1:-1])
    return np.searchsorted(bounds, values, side="right")


def _by_time(data: Dataset, recipe: Recipe) -> Split:
    times = np.arange(len(data)) if data.times is None else data.times
    return _cut(np.argsort(times, kind="stable")[::-1], data, recipe)


def _by_group(data: Dataset, recipe: Recipe) -> Split:
    """Cut between groups as near to the wanted sizes as can be, each split with at least one."""
    groups = _groups(data)
    sizes = np.bincount(groups)
    order = _random(recipe).permutation(len(sizes))
    ends = np.cumsum(sizes[order])
    _, validation, test = split_sizes(recipe, data.facts)
    first = _nearest(ends, test, 1, len(order) - 2) if test else 0
    second = _nearest(ends, test + validation, first + 1, len(order) - 1)
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(len(order))
    found = place[groups]
    return Split(
        np.flatnonzero(found >= second),
        np.flatnonzero((first <= found) & (found < second)),
        np.flatnonzero(found < first),
    )


def _nearest(ends: Array, wanted: int, least: int, most: int) -> int:
    """Return how many of the groups, of which the first ones end so, come nearest to a size."""
    return int(np.clip(np.argmin(np.abs(ends - wanted)) + 1, least, most))


def _by_fold(data: Dataset, recipe: Recipe) -> Split:
    """Set the test split aside, and let one fold of the rest validate."""
    folds, fold = (int(str(split_argument(recipe, name))) for name in ("folds", "fold"))
    order, pieces = _in_order(data, recipe)
    test, rest = _set_aside(data, recipe, order, pieces)
    found = _FOLDS[str(split_argument(recipe, "by"))](pieces[rest], folds)
    return Split(rest[found != fold - 1], rest[found == fold - 1], test)


def _in_order(data: Dataset, recipe: Recipe) -> tuple[Indices, Array]:
    """Return the order in which samples come to a split of folds, and what each fold is made of."""
    by, random = split_argument(recipe, "by"), _random(recipe)
    everything = np.arange(len(data))
    if by == "order":
        order = everything if data.times is None else np.argsort(data.times, kind="stable")
        return order[::-1], everything
    if by == "group":
        groups = _groups(data)
        place = random.permutation(int(groups.max()) + 1)
        return np.argsort(place[groups], kind="stable"), groups
    classes = classes_of(data) if by == "class" else None
    return _spread(everything, classes, random), everything if classes is None else classes


def _set_aside(
    data: Dataset, recipe: Recipe, order: Indices, pieces: Array
) -> tuple[Indices, Indices]:
    """Return what tests, the data's own test split where there is one, and what is left."""
    own = _own_parts(data)
    if own is not None and (own == 2).any():
        return np.flatnonzero(own == 2), order[own[order] != 2]
    _, _, test = split_sizes(recipe, data.facts)
    if split_argument(recipe, "by") == "group" and test:
        first = np.flatnonzero(np.diff(pieces[order])) + 1  # where another group begins
        most = len(first) - int(str(split_argument(recipe, "folds")))
        test = int(first[: most + 1][np.argmin(np.abs(first[: most + 1] - test))])
    return order[:test], order[test:]


def _even_folds(values: Array, folds: int) -> Indices:
    """Deal samples out to the folds in turn, one value after the other."""
    found = np.empty(len(values), np.int64)
    found[np.argsort(values, kind="stable")] = np.arange(len(values)) % folds
    return found


def _folds_by_chance(values: Array, folds: int) -> Indices:
    """Deal samples out to the folds in turn, in an order by chance."""
    return np.arange(len(values)) % folds


def _folds_of_neighbours(values: Array, folds: int) -> Indices:
    """Cut an order, whose last samples come first, into as many pieces."""
    return np.arange(len(values))[::-1] * folds // len(values)


def _folds_of_groups(groups: Array, folds: int) -> Indices:
    """Put each group into the fold that has the fewest samples so far, the largest first."""
    names, own = np.unique(groups, return_inverse=True)
    sizes = np.bincount(own)
    found, filled = np.empty(len(names), np.int64), np.zeros(folds, np.int64)
    for group in np.argsort(-sizes, kind="stable"):
        found[group] = np.argmin(filled)
        filled[found[group]] += sizes[group]
    return found[own]


_FOLDS: Final[Mapping[str, Callable[[Array, int], Indices]]] = {
    "class": _even_folds,
    "chance": _folds_by_chance,
    "order": _folds_of_neighbours,
    "group": _folds_of_groups,
}
"""In which fold each of the samples is that are left, by what folds are made of."""


def _own(data: Dataset, recipe: Recipe) -> Split:
    """Keep the data's own split; what it lacks is taken from its training samples."""
    own = _own_parts(data)
    assert own is not None  # else the recipe has a problem
    train, validation, test = (np.flatnonzero(own == part) for part in range(3))
    order = _spread(train, classes_of(data), _random(recipe))
    _, wanted, tested = split_sizes(recipe, data.facts)
    if not len(test):
        test, order = order[:tested], order[tested:]
    if not len(validation):
        validation, order = order[:wanted], order[wanted:]
    return Split(order, validation, test)


def _own_parts(data: Dataset) -> Array | None:
    """Return 0, 1 or 2 where the data's own split lets a sample train, validate or test."""
    if data.own_split is not None or not data.facts.own_test:
        return data.own_split
    own = np.zeros(len(data), np.int64)
    own[len(data) - data.facts.own_test :] = 2
    return own


def _cut(order: Array, data: Dataset, recipe: Recipe) -> Split:
    """Let the first samples of an order test, the next ones validate, and the rest train."""
    _, validation, test = split_sizes(recipe, data.facts)
    return Split(order[test + validation :], order[test : test + validation], order[:test])


def classes_of(data: Dataset) -> Array | None:
    """Return the class of each sample, ``None`` where samples have none."""
    if data.facts.task != "classification" or data.target.ndim != 1:
        return None
    return data.target


def _spread(samples: Array, values: Array | None, random: np.random.Generator) -> Indices:
    """Return samples in random order, each value spread evenly over it."""
    order: Indices = random.permutation(len(samples))
    if values is None:
        return samples[order]
    labels = values[samples[order]]
    place = np.empty(len(samples))
    for label in np.unique(labels):
        mine = np.flatnonzero(labels == label)
        place[mine] = (np.arange(len(mine)) + random.uniform()) / len(mine)
    return samples[order[np.argsort(place, kind="stable")]]


def _groups(data: Dataset) -> Indices:
    """Return the group of each sample, in numbers from 0 without gaps."""
    assert data.groups is not None  # else the recipe has a problem
    return np.unique(data.groups, return_inverse=True)[1]


def _random(recipe: Recipe) -> np.random.Generator:
    return np.random.default_rng(recipe.seed)


_WAYS: Final[Mapping[str, Callable[[Dataset, Recipe], Split]]] = {
    "random": _by_class,
    "plain_random": _by_chance,
    "stratified": _by_array,
    "group": _by_group,
    "time": _by_time,
    "folds": _by_fold,
    "own": _own,
    "counts": _by_class,
}
"""How each way of the catalogue is done."""
