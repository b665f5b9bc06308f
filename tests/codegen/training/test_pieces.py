"""What counts over batches against scikit-learn over everything at once."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from sklearn import metrics

from app.training.predict import confusion_matrix
from codegen.training.pieces.accuracy import Accuracy
from codegen.training.pieces.errors import Errors


@given(
    arrays.arrays(np.float32, (23, 5), elements=st.floats(-10, 10, width=32)),
    arrays.arrays(np.int64, 23, elements=st.integers(0, 4)),
    st.integers(1, 23),
)
def test_accuracy(scores: np.ndarray, true: np.ndarray, batch: int) -> None:
    tally = Accuracy()
    for start in range(0, 23, batch):
        part = slice(start, start + batch)
        tally.update(torch.from_numpy(scores[part]).argmax(dim=1), torch.from_numpy(true[part]))
    expected = metrics.accuracy_score(true, scores.argmax(axis=1))
    assert tally.figures()["accuracy"] == pytest.approx(expected)


@given(
    arrays.arrays(np.float32, (19, 3), elements=st.floats(-100, 100, width=16)),
    arrays.arrays(np.float32, (19, 3), elements=st.floats(-100, 100, width=16)),
    st.integers(1, 19),
)
def test_r2_and_mae(predicted: np.ndarray, true: np.ndarray, batch: int) -> None:
    tally = Errors(torch.tensor(2.0))
    for start in range(0, 19, batch):
        part = slice(start, start + batch)
        tally.update(torch.from_numpy(predicted[part]), torch.from_numpy(true[part]))
    figures = tally.figures()
    expected = metrics.r2_score(true.astype(float), predicted.astype(float))
    assert figures["r2"] == pytest.approx(expected, rel=1e-6, abs=1e-6)
    expected = 2 * metrics.mean_absolute_error(true.astype(float), predicted.astype(float))
    assert figures["mae"] == pytest.approx(expected)


@given(
    arrays.arrays(np.int64, 40, elements=st.integers(0, 3)),
    arrays.arrays(np.int64, 40, elements=st.integers(0, 3)),
)
def test_confusion(true: np.ndarray, predicted: np.ndarray) -> None:
    expected = metrics.confusion_matrix(true, predicted, labels=range(4))
    np.testing.assert_array_equal(confusion_matrix(true, predicted, 4), expected)
