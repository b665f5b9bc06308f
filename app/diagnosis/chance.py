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
_Array = NDArray[Any]


@frozen
class Chance:
    """The loss of always giving the same best guess, and the share of the most frequent class.

    ``size`` is the root of the mean square of a target of numbers, where that is what there is.
    """

    loss: float
    share: float | None = None
    size: float | None = None


def chance_of(objectives: Iterable[tuple[Objective, Any]], index: _Array) -> Chance | None:
    """Return what guessing gives on the samples of an index, by each objective and its targets.

    ``None`` where the loss is one of which that is not known, such as one that the drawing has.
    """
    chosen = index[:: max(1, len(index) // _MOST)]
    total, shares, sizes = 0.0, [], []
    for objective, targets in objectives:
        if not objective.weight:
            continue
        guess = _GUESSES.get(objective.loss.kind)
        if guess is None or objective.loss.arguments.get("balanced"):
            return None
        held = np.asarray(targets[chosen])
        total += objective.weight * guess(held)
        kind = LOSSES[objective.loss.kind].target
        if kind is Target.CLASSES and held.dtype.kind in "iu" and held.size:
            shares.append(float(np.bincount(held.ravel().clip(0)).max() / held.size))
        elif kind is Target.BINARY and held.size == len(held):
            shares.append(float(max(held.mean(), 1 - held.mean())))
        elif kind is Target.REAL:
            sizes.append(float(np.sqrt(np.square(held.astype(np.float64)).mean())))
    share = shares[0] if len(shares) == 1 else None
    return Chance(total, share, max(sizes, default=None)) if total > 0 else None


def _of_classes(targets: _Array) -> float:
    """Return the entropy of how frequent the classes are."""
    if targets.dtype.kind == "f":
        shares = targets.reshape(-1, targets.shape[-1]).mean(axis=0)
    else:
        shares = np.bincount(targets.ravel().clip(0)) / max(1, targets.size)
    some = shares[shares > 0]
    return float(-(some * np.log(some)).sum())


def _of_yes_and_no(targets: _Array) -> float:
    shares = np.clip(
        targets.reshape(len(targets), -1).mean(axis=0, dtype=np.float64), 1e-7, 1 - 1e-7
    )
    entropies = -(shares * np.log(shares) + (1 - shares) * np.log(1 - shares))
    return float(entropies.mean())


def _apart(measure: Callable[[_Array], _Array]) -> Callable[[_Array], float]:
    def guess(targets: _Array) -> float:
        held = targets.astype(np.float64)
        return float(measure(held - held.mean(axis=0)).mean())

    return guess


def _smooth(apart: _Array) -> _Array:
    size = np.abs(apart)
    return np.where(size < 1, 0.5 * size**2, size - 0.5)


_GUESSES: Final[Mapping[str, Callable[[_Array], float]]] = {
    "CrossEntropyLoss": _of_classes,
    "NLLLoss": _of_classes,
    "BCEWithLogitsLoss": _of_yes_and_no,
    "BCELoss": _of_yes_and_no,
    "MSELoss": _apart(np.square),
    "L1Loss": _apart(np.abs),
    "SmoothL1Loss": _apart(_smooth),
    "HuberLoss": _apart(_smooth),
}
