"""How well a score tells one class from the rest, at every threshold: ROC, precision and recall."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from app.runs.predictions import Predictions
from graph_model.frozen import frozen

Floats: TypeAlias = NDArray[np.float64]


@frozen
class AtThreshold:
    """What comes of taking all from a threshold on for the class; shares are NaN of nothing."""

    threshold: float
    right: int
    wrong: int
    missed: int
    left: int
    """Of the class and taken for it, taken for it wrongly, missed, and rightly left out."""

    @property
    def precision(self) -> float:
        """Which share of what is taken for the class is of it."""
        return _share(self.right, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """Which share of the class is found."""
        return _share(self.right, self.right + self.missed)

    @property
    def false_alarms(self) -> float:
        """Which share of the rest is taken for the class."""
        return _share(self.wrong, self.wrong + self.left)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return _share(2 * self.right, 2 * self.right + self.wrong + self.missed)


@frozen
class Thresholds:
    """How many are taken for a class, rightly and wrongly, from each of its scores on.

    ``scores`` descend and differ; ``right`` and ``wrong`` count for each those with at least that
    score that are of the class or not.
    """

    scores: Floats
    right: NDArray[np.int64]
    wrong: NDArray[np.int64]

    @property
    def positives(self) -> int:
        """How many are of the class."""
        return int(self.right[-1]) if len(self.right) else 0

    @property
    def negatives(self) -> int:
        """How many are not."""
        return int(self.wrong[-1]) if len(self.wrong) else 0

    @property
    def can_be_judged(self) -> bool:
        """Whether there are samples of the class and others."""
        return bool(self.positives and self.negatives)

    def roc(self) -> tuple[Floats, Floats]:
        """Return the share of false alarms and the recall, from none taken to all."""
        first = np.zeros(1)
        false_alarms = np.concatenate([first, self.wrong / max(1, self.negatives)])
        return false_alarms, np.concatenate([first, self.right / max(1, self.positives)])

    def roc_auc(self) -> float:
        """Return the area under the ROC curve, by trapezoids; NaN where it cannot be judged."""
        return float(np.trapezoid(*self.roc()[::-1])) if self.can_be_judged else float("nan")

    def precision_recall(self) -> tuple[Floats, Floats]:
        """Return recall and precision, from none taken, where precision counts as 1, to all."""
        recall = np.concatenate([np.zeros(1), self.right / max(1, self.positives)])
        return recall, np.concatenate([np.ones(1), self.right / (self.right + self.wrong)])

    def average_precision(self) -> float:
        """Return the precision at each step of recall, weighed by the step; NaN without any."""
        if not self.positives:
            return float("nan")
        recall, precision = self.precision_recall()
        return float(np.sum(np.diff(recall) * precision[1:]))

    def at(self, threshold: float) -> AtThreshold:
        """Return what comes of a threshold, from which on all are taken for the class."""
        count = int(np.searchsorted(-self.scores, -threshold, side="right"))
        right = int(self.right[count - 1]) if count else 0
        wrong = int(self.wrong[count - 1]) if count else 0
        missed, left = self.positives - right, self.negatives - wrong
        return AtThreshold(threshold, right, wrong, missed, left)


def thresholds(is_of_class: NDArray[np.bool_], scores: Floats) -> Thresholds:
    """Return what each score of some samples, as a threshold, tells; scores that are NaN are none.

    Both have one entry for each sample.
    """
    kept = ~np.isnan(scores)
    truth, kept_scores = is_of_class[kept], scores[kept].astype(np.float64)
    order = np.argsort(-kept_scores, kind="stable")
    ranked = kept_scores[order]
    last = np.flatnonzero(np.append(np.diff(ranked) != 0, len(ranked) > 0))
    right = np.cumsum(truth[order])[last]
    return Thresholds(ranked[last], right.astype(np.int64), (last + 1 - right).astype(np.int64))


def class_against_rest(predictions: Predictions, index: int) -> Thresholds:
    """Return how well the score of a class tells it from the rest.

    Where each sample has several places, those count one by one; where it has a yes or no for
    each class, that of the class.
    """
    true, scores = predictions.true, predictions.scores
    if true.ndim > 1 and true.shape == scores.shape:
        true, index_or_yes = true[:, index], 1
    else:
        index_or_yes = index
    truth, told = true.ravel(), scores[:, index].ravel().astype(np.float64)
    counts = truth >= 0
    counts &= truth < max(2, scores.shape[1])  # what is beyond counts for no class
    return thresholds(truth[counts] == index_or_yes, told[counts])


def all_against_rest(predictions: Predictions) -> tuple[Thresholds, ...]:
    """Return that of every class, in their order."""
    count = predictions.scores.shape[1] if predictions.scores.ndim > 1 else 0
    return tuple(class_against_rest(predictions, index) for index in range(count))


def _share(part: int, whole: int) -> float:
    return part / whole if whole else float("nan")
