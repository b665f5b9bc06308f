"""Whether a model is as often right as it is sure: confidence against accuracy, in bins."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.runs.predictions import Predictions
from graph_model.frozen import frozen

BINS: Final = 10


@frozen
class Reliability:
    """The mean confidence and the share that is right of what falls into each bin.

    ``edges`` has one more number than there are bins, from 0 to 1; of an empty bin both are NaN.
    """

    edges: NDArray[np.float64]
    confidence: NDArray[np.float64]
    accuracy: NDArray[np.float64]
    counts: NDArray[np.int64]

    @property
    def error(self) -> float:
        """The expected calibration error: how far both are apart, over all samples; NaN of none."""
        there = self.counts > 0
        if not there.any():
            return float("nan")
        apart = np.abs(self.confidence[there] - self.accuracy[there])
        return float((apart * self.counts[there]).sum() / self.counts.sum())


def reliability(
    confidence: NDArray[np.float64], is_right: NDArray[np.bool_], bins: int = BINS
) -> Reliability:
    """Sort by confidence into bins of equal width; a number on an edge falls below it."""
    edges = np.linspace(0, 1, bins + 1)
    places = np.searchsorted(edges[1:-1], confidence)
    counts = np.bincount(places, minlength=bins)
    with np.errstate(invalid="ignore"):
        sure = np.bincount(places, confidence, bins) / counts
        right = np.bincount(places, is_right, bins) / counts
    return Reliability(edges, sure, right, counts)


def reliability_of(predictions: Predictions, bins: int = BINS) -> Reliability:
    """Return the same of what was predicted: of each place, where samples have several."""
    scores = predictions.scores.astype(np.float64)
    if predictions.true.ndim > 1 and predictions.true.shape == scores.shape:  # yes or no for each
        confidence = np.maximum(scores, 1 - scores)
    else:
        confidence = scores.max(axis=1)
    true = predictions.true.ravel()
    counts = (true >= 0) & (true < max(2, scores.shape[1]))  # what is beyond counts for no class
    right = true == predictions.predicted.ravel()
    return reliability(confidence.ravel()[counts], right[counts], bins)
