"""ROC, precision and recall, and calibration are those of scikit-learn and torch metrics."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from sklearn import metrics
from sklearn.calibration import calibration_curve

from app.runs.predictions import Predictions
from app.runs.reliability import reliability, reliability_of
from app.runs.thresholds import all_against_rest, class_against_rest, thresholds
from codegen.training.pieces.calibration import Calibration


def said(samples: int = 300, classes: int = 4) -> Predictions:
    """Scores that know something of the truth, many of them equal."""
    chance = np.random.default_rng(0)
    true = chance.integers(0, classes, samples)
    raw = chance.normal(size=(samples, classes)) + 1.2 * np.eye(classes)[true]
    scores = np.round(np.exp(raw) / np.exp(raw).sum(1, keepdims=True), 2).astype(np.float32)
    names = tuple(f"class {n}" for n in range(classes))
    losses = -np.log(scores[np.arange(samples), true] + 1e-3)
    return Predictions("out", names, np.arange(samples), scores.argmax(1), true, scores, losses)


@pytest.mark.parametrize("index", range(4))
def test_curves_of_a_class_are_those_of_scikit_learn(index: int) -> None:
    predictions = said()
    found = class_against_rest(predictions, index)
    truth, scores = predictions.true == index, predictions.scores[:, index]
    fpr, tpr, at = metrics.roc_curve(truth, scores, drop_intermediate=False)
    np.testing.assert_allclose(found.roc(), (fpr, tpr))
    np.testing.assert_allclose(found.scores, at[1:])
    assert found.roc_auc() == pytest.approx(metrics.roc_auc_score(truth, scores))
    precision, recall, _ = metrics.precision_recall_curve(truth, scores)
    np.testing.assert_allclose(found.precision_recall(), (recall[::-1], precision[::-1]))
    expected = metrics.average_precision_score(truth, scores)
    assert found.average_precision() == pytest.approx(expected)


@pytest.mark.parametrize("threshold", [0.0, 0.25, 0.5, 0.9, 1.1])
def test_a_threshold_tells_precision_and_recall(threshold: float) -> None:
    predictions = said()
    found = class_against_rest(predictions, 2).at(threshold)
    truth, taken = predictions.true == 2, predictions.scores[:, 2] >= threshold
    matrix = metrics.confusion_matrix(truth, taken).ravel().tolist()
    assert [found.left, found.wrong, found.missed, found.right] == matrix
    if taken.any():
        assert found.precision == pytest.approx(metrics.precision_score(truth, taken))
    else:
        assert np.isnan(found.precision)
    assert found.recall == pytest.approx(metrics.recall_score(truth, taken))
    assert found.f1 == pytest.approx(metrics.f1_score(truth, taken))


def test_a_class_that_is_not_there_is_not_judged() -> None:
    found = thresholds(np.zeros(3, bool), np.array([0.1, np.nan, 0.3]))
    assert found.negatives == 2
    assert not found.can_be_judged
    assert np.isnan(found.roc_auc())
    assert np.isnan(found.average_precision())
    assert np.isnan(thresholds(np.zeros(0, bool), np.zeros(0)).roc_auc())


def test_places_and_labels_count_one_by_one() -> None:
    chance = np.random.default_rng(1)
    places = Predictions(
        "mask",
        ("ground", "road"),
        np.arange(5),
        np.zeros((5, 3, 4), int),
        chance.integers(0, 2, (5, 3, 4)),
        chance.random((5, 2, 3, 4), np.float32),
        np.ones(5),
    )
    expected = metrics.roc_auc_score(places.true.ravel() == 1, places.scores[:, 1].ravel())
    assert all_against_rest(places)[1].roc_auc() == pytest.approx(expected)
    labels = Predictions(
        "tags",
        ("a", "b", "c"),
        np.arange(20),
        np.zeros((20, 3), int),
        chance.integers(0, 2, (20, 3)),
        chance.random((20, 3), np.float32),
        np.ones(20),
    )
    aucs = [each.roc_auc() for each in all_against_rest(labels)]
    assert aucs == pytest.approx(metrics.roc_auc_score(labels.true, labels.scores, average=None))


def test_a_mask_is_confused_place_by_place_and_what_counts_for_nothing_is_left_out() -> None:
    chance = np.random.default_rng(2)
    true, taken = chance.integers(0, 3, (6, 4, 4)), chance.integers(0, 3, (6, 4, 4))
    true[0, 0, 0] = 255
    scores = np.zeros((6, 3, 4, 4), np.float32)
    mask = Predictions("mask", ("a", "b", "c"), np.arange(6), taken, true, scores, np.ones(6))
    assert mask.is_mask
    expected = metrics.confusion_matrix(true.ravel(), taken.ravel(), labels=range(3))
    np.testing.assert_array_equal(mask.confusion(), expected)
    both = [n for n in range(6) if ((true[n] == 1) & (taken[n] == 2)).any()]
    assert mask.of_class(1, 2).tolist() == both
    labels = Predictions(
        "tags",
        ("a", "b"),
        np.arange(3),
        np.zeros((3, 2), int),
        np.zeros((3, 2), int),
        np.zeros((3, 2), np.float32),
        np.ones(3),
    )
    assert not labels.has_one_class


def test_calibration_is_that_of_scikit_learn_and_of_the_text_that_trains() -> None:
    predictions = said()
    positive = predictions.scores[:, 1].astype(np.float64)
    found = reliability(positive, predictions.true == 1)
    right, sure = calibration_curve(predictions.true == 1, positive, n_bins=10)
    there = found.counts > 0
    np.testing.assert_allclose(found.accuracy[there], right)
    np.testing.assert_allclose(found.confidence[there], sure)
    metric = Calibration(10)
    metric.update(
        torch.from_numpy(predictions.scores.max(axis=1)),
        torch.from_numpy(predictions.predicted == predictions.true),
    )
    assert reliability_of(predictions).error == pytest.approx(metric.error())


def test_samples_are_ordered_and_chosen() -> None:
    predictions = said()
    assert predictions.losses[predictions.ordered("worst")[0]] == predictions.losses.max()
    assert predictions.losses[predictions.ordered("best")[0]] == predictions.losses.min()
    sure = predictions.scores.max(axis=1)
    assert sure[predictions.ordered("unsure")[0]] == sure.min()
    assert sure[predictions.ordered("sure")[0]] == sure.max()
    assert sorted(predictions.ordered("random")) == list(range(300))
    cell = predictions.of_class(1, 3)
    assert len(cell) == metrics.confusion_matrix(predictions.true, predictions.predicted)[1, 3]
    assert set(predictions.ordered("worst", cell)) == set(cell)
