"""What guessing gives: the loss and the accuracy of who knows the targets but not the samples."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from graph_model.frozen import frozen
from graph_model.recipe import Objective
from graph_model.recipes.losses import LOSSES, Target

_MOST: Final = 20_000
"""So many samples, spread evenly, stand for all of them."""
_LEAST: Final = 1e-7
_Array = NDArray[Any]


@frozen
class Chance:
    """The loss of always giving the same best guess, and the share of the most frequent class.

    The guess is made from the training samples; of ``validation`` it is what the same guess gives
    there. ``size`` is the root of the mean square of a target of numbers, where that is what there
    is. ``nat`` is what one unit of likelihood is in the loss of a sample.
    """

    loss: float
    validation: float = 0.0
    share: float | None = None
    size: float | None = None
    nat: float = 1.0


def chance_of(
    objectives: Iterable[tuple[Objective, Any]], train: _Array, validation: _Array
) -> Chance | None:
    """Return what guessing gives, by each objective and its targets, on samples of two indices.

    ``None`` where the loss is one of which that is not known, such as one that the drawing has.
    """
    validation = validation if len(validation) else train
    loss = on_validation = nat = 0.0
    shares, sizes = [], []
    for objective, targets in objectives:
        if not objective.weight:
            continue
        guess = _GUESSES.get(objective.loss.kind)
        if guess is None or objective.loss.arguments.get("balanced"):
            return None
        known, others = (np.asarray(targets[_some(index)]) for index in (train, validation))
        own = guess(known, known)
        loss += objective.weight * own
        nat += objective.weight * (1 if objective.loss.kind in _LIKELIHOODS else 2 * own)
        on_validation += objective.weight * guess(known, others)
        share = _share(objective, known, others)
        shares += [] if share is None else [share]
        if LOSSES[objective.loss.kind].target is Target.REAL:
            sizes.append(float(np.sqrt(np.square(known.astype(np.float64)).mean())))
    only = shares[0] if len(shares) == 1 else None
    if loss <= 0:
        return None
    return Chance(loss, on_validation, only, max(sizes, default=None), nat)


def _some(index: _Array) -> _Array:
    return index[:: max(1, len(index) // _MOST)]


def _share(objective: Objective, known: _Array, others: _Array) -> float | None:
    """Return how many of others are of the class that is the most frequent, or would be by luck."""
    kind = LOSSES[objective.loss.kind].target
    if not others.size:
        return None
    if kind is Target.CLASSES and known.dtype.kind in "iu":
        return float(np.bincount(others.ravel().clip(0)).max() / others.size)
    if kind is Target.BINARY and others.size == len(others):
        return float(max(others.mean(), 1 - others.mean()))
    return None


def _of_classes(known: _Array, others: _Array) -> float:
    """Return the cross entropy of how frequent classes are, and how frequent they are there."""
    if known.dtype.kind == "f":
        guess, there = (each.reshape(-1, each.shape[-1]).mean(axis=0) for each in (known, others))
    else:
        count = int(max(known.max(initial=0), others.max(initial=0))) + 1
        counts = [np.bincount(each.ravel().clip(0), minlength=count) for each in (known, others)]
        guess, there = (each / max(1, each.sum()) for each in counts)
    return float(-(there * np.log(np.clip(guess, _LEAST, 1))).sum())


def _of_yes_and_no(known: _Array, others: _Array) -> float:
    guess, there = (
        each.reshape(len(each), -1).mean(axis=0, dtype=np.float64) for each in (known, others)
    )
    guess = np.clip(guess, _LEAST, 1 - _LEAST)
    return float(-(there * np.log(guess) + (1 - there) * np.log(1 - guess)).mean())


def _apart(measure: Callable[[_Array], _Array]) -> Callable[[_Array, _Array], float]:
    def guess(known: _Array, others: _Array) -> float:
        mean = known.astype(np.float64).mean(axis=0)
        return float(measure(others.astype(np.float64) - mean).mean())

    return guess


def _smooth(apart: _Array) -> _Array:
    size = np.abs(apart)
    return np.where(size < 1, 0.5 * size**2, size - 0.5)


_GUESSES: Final[Mapping[str, Callable[[_Array, _Array], float]]] = {
    "CrossEntropyLoss": _of_classes,
    "NLLLoss": _of_classes,
    "BCEWithLogitsLoss": _of_yes_and_no,
    "BCELoss": _of_yes_and_no,
    "MSELoss": _apart(np.square),
    "L1Loss": _apart(np.abs),
    "SmoothL1Loss": _apart(_smooth),
    "HuberLoss": _apart(_smooth),
}
_LIKELIHOODS: Final = frozenset({"CrossEntropyLoss", "NLLLoss", "BCEWithLogitsLoss", "BCELoss"})
"""The losses that are a likelihood themselves; squares are one over twice their mean."""
