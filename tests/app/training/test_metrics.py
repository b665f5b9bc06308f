"""Tallies over batches against scikit-learn over everything at once."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from sklearn import metrics

from app.training.metrics import ClassTally, NumberTally, Scorer
from app.training.predict import confusion_matrix
from graph_model.recipe import Choice, Objective

CROSS_ENTROPY = Objective("out", "target", Choice("CrossEntropyLoss"))


@given(
    arrays.arrays(np.float32, (23, 5), elements=st.floats(-10, 10, width=32)),
    arrays.arrays(np.int64, 23, elements=st.integers(0, 4)),
    st.integers(1, 23),
)
def test_accuracy(scores: np.ndarray, true: np.ndarray, batch: int) -> None:
    tally = ClassTally(CROSS_ENTROPY)
    for start in range(0, 23, batch):
        part = slice(start, start + batch)
        tally.add(torch.from_numpy(scores[part]), torch.from_numpy(true[part]))
    expected = metrics.accuracy_score(true, scores.argmax(axis=1))
    assert tally.figures()["accuracy"] == pytest.approx(expected)


@given(
    arrays.arrays(np.float32, (19, 3), elements=st.floats(-100, 100, width=16)),
    arrays.arrays(np.float32, (19, 3), elements=st.floats(-100, 100, width=16)),
    st.integers(1, 19),
)
def test_r2_and_mae(predicted: np.ndarray, true: np.ndarray, batch: int) -> None:
    tally = NumberTally(torch.tensor(2.0))
    for start in range(0, 19, batch):
        part = slice(start, start + batch)
        tally.add(torch.from_numpy(predicted[part]), torch.from_numpy(true[part]))
    figures = tally.figures()
    expected = metrics.r2_score(true.astype(float), predicted.astype(float))
    assert figures["r2"] == pytest.approx(expected, rel=1e-6, abs=1e-6)
    expected = 2 * metrics.mean_absolute_error(true.astype(float), predicted.astype(float))
    assert figures["mae"] == pytest.approx(expected)


@pytest.mark.parametrize("kind", ["BCEWithLogitsLoss", "BCELoss"])
def test_binary_accuracy_has_the_threshold_of_its_loss(kind: str) -> None:
    output = torch.tensor([[0.4], [0.6], [-1.0]])
    target = torch.tensor([[0.0], [1.0], [0.0]])
    tally = ClassTally(Objective("out", "target", Choice(kind)))
    tally.add(output, target)
    assert tally.figures()["accuracy"] == pytest.approx(1.0 if kind == "BCELoss" else 2 / 3)


@pytest.mark.parametrize(("kind", "share"), [("SoftMarginLoss", 2 / 3), ("HingeEmbeddingLoss", 0)])
def test_signs_stand_for_the_two_classes(kind: str, share: float) -> None:
    output = torch.tensor([[0.4], [0.6], [-1.0]])
    target = torch.tensor([[-1.0], [1.0], [-1.0]])
    tally = ClassTally(Objective("out", "target", Choice(kind)))
    tally.add(output, target)
    assert tally.figures()["accuracy"] == pytest.approx(share)


@given(
    arrays.arrays(np.int64, 40, elements=st.integers(0, 3)),
    arrays.arrays(np.int64, 40, elements=st.integers(0, 3)),
)
def test_confusion(true: np.ndarray, predicted: np.ndarray) -> None:
    expected = metrics.confusion_matrix(true, predicted, labels=range(4))
    np.testing.assert_array_equal(confusion_matrix(true, predicted, 4), expected)


def test_several_outputs_are_told_apart_by_name() -> None:
    objectives = (CROSS_ENTROPY, Objective("b", "x", Choice("MSELoss")))
    unused = Objective("c", "x", Choice("MSELoss"), weight=0)
    one = torch.ones(())
    tallies = Scorer((*objectives, unused), ("a", "b", "c"), (one, one, one)).fresh()
    tallies.add(
        (torch.eye(2), torch.zeros(2, 1), torch.zeros(2, 1)),
        (torch.arange(2), torch.ones(2, 1), torch.ones(2, 1)),
    )
    tallies.add_loss(1.0, 2)
    tallies.add_loss(4.0, 1)
    figures = tallies.figures()
    assert set(figures) == {"loss", "a.accuracy", "b.r2", "b.mae"}
    assert figures["loss"] == 2.0
    assert all(math.isfinite(value) for value in figures.values())
