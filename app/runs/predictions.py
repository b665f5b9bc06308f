"""What one output of a model says of some samples, and how right that is; without torch."""

from __future__ import annotations

from typing import Any, Final, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from graph_model.frozen import frozen

Array: TypeAlias = NDArray[Any]
Numbers: TypeAlias = NDArray[np.float32]
Places: TypeAlias = NDArray[np.int64]
Order: TypeAlias = Literal["worst", "best", "unsure", "sure", "random"]

ORDERS: Final[tuple[Order, ...]] = ("worst", "best", "unsure", "sure", "random")
"""The orders in which samples can be looked at."""


@frozen
class Predictions:
    """What one output says of some samples, in the order of ``samples`` (indices into the data).

    For classes, ``predicted`` and ``true`` are class indices and ``scores`` holds a probability
    for each class; for numbers they are in the units of the data and ``scores`` is empty.
    ``losses`` has the loss of each sample; ``true`` and ``losses`` are empty where nothing is
    known but the input.
    """

    output: str
    class_names: tuple[str, ...]
    samples: Places
    predicted: Array
    true: Array
    scores: Numbers
    losses: Numbers

    @property
    def is_of_classes(self) -> bool:
        """Whether classes are predicted, and not numbers."""
        return bool(self.class_names)

    @property
    def is_flat(self) -> bool:
        """Whether there is one class for each sample, and not one for each of its places."""
        return self.is_of_classes and self.predicted.ndim == 1

    @property
    def has_one_class(self) -> bool:
        """Whether each sample, or each of its places, is of one class and taken for one."""
        are_labels = self.predicted.ndim > 1 and self.predicted.shape == self.scores.shape
        return self.is_of_classes and not are_labels

    @property
    def is_mask(self) -> bool:
        """Whether each pixel of a picture is of one class."""
        return self.has_one_class and self.predicted.ndim == 3

    def name(self, index: int) -> str:
        """Return the name of a class, its number where it has none."""
        return self.class_names[index] if index < len(self.class_names) else str(index)

    def confidences(self) -> Numbers:
        """Return the probability of what each sample was taken for, of several their mean."""
        best = self.scores.reshape(*self.scores.shape[:2], -1).max(axis=1)
        return np.asarray(best.mean(axis=1), np.float32)

    def ordered(self, order: Order, places: Places | None = None) -> Places:
        """Return positions of samples, all or some, in an order; the same at random each time."""
        chosen = np.arange(len(self.samples)) if places is None else places
        if order == "random":
            return np.random.default_rng(0).permutation(chosen)
        by_loss = order in ("worst", "best") or not len(self.scores)
        values = self.losses if by_loss else self.confidences()
        if not len(values):
            return chosen
        sign = -1 if order in ("worst", "sure") else 1
        return chosen[np.argsort(sign * values[chosen], kind="stable")]

    def worst(self, count: int) -> Places:
        """Return the positions of the samples with the highest losses, the worst first."""
        return self.ordered("worst")[:count]

    def of_class(self, true: int | None, predicted: int | None = None) -> Places:
        """Return the positions of the samples that are of a class, were taken for one, or both.

        Where samples have several places, those with such a place.
        """
        kept = np.ones(self.predicted.shape, bool)
        if true is not None:
            kept &= self.true == true
        if predicted is not None:
            kept &= self.predicted == predicted
        return np.flatnonzero(kept.reshape(len(kept), -1).any(axis=1))

    def confusion(self) -> NDArray[np.int64]:
        """Return how often each true class (row) was taken for each class (column)."""
        classes, true = len(self.class_names), self.true.ravel()
        counts = (true >= 0) & (true < classes)  # what is beyond counts for no class
        return confusion_matrix(true[counts], self.predicted.ravel()[counts], classes)


def confusion_matrix(true: Array, predicted: Array, classes: int) -> NDArray[np.int64]:
    """Count each pair of true and predicted class: shape ``(classes, classes)``, true in rows."""
    pairs = true.ravel().astype(np.int64) * classes + predicted.ravel().astype(np.int64)
    return np.bincount(pairs, minlength=classes * classes).reshape(classes, classes)
