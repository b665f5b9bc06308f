"""What guessing gives, against the dummies of scikit-learn and torch's own losses."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from sklearn.datasets import load_diabetes, load_iris
from sklearn.dummy import DummyClassifier
from sklearn.metrics import log_loss
from torch import nn

from app.diagnosis.chance import chance_of
from graph_model.recipe import Choice, Objective


def guessed(kind: str, targets: np.ndarray, weight: float = 1.0) -> float:
    objective = Objective("output", "target", Choice(kind), weight)
    found = chance_of([(objective, targets)], *[np.arange(len(targets))] * 2)
    assert found is not None
    return found.loss


def test_classes_are_guessed_by_how_frequent_they_are() -> None:
    labels = load_iris().target[:120]
    dummy = DummyClassifier(strategy="prior").fit(np.zeros((120, 1)), labels)
    expected = log_loss(labels, dummy.predict_proba(np.zeros((120, 1))))
    assert guessed("CrossEntropyLoss", labels) == pytest.approx(expected)
    others = np.arange(90, 150)
    labels = load_iris().target
    found = chance_of([(Objective("o", "t", Choice("NLLLoss")), labels)], np.arange(120), others)
    assert found is not None
    there = dummy.predict_proba(np.zeros((60, 1)))
    assert found.validation == pytest.approx(log_loss(labels[others], there, labels=[0, 1, 2]))
    assert found.share == pytest.approx(50 / 60)


def test_yes_and_no_are_guessed_by_their_shares() -> None:
    labels = (load_iris().target == 0).astype(np.float32)[:80, None]
    share = torch.full((80, 1), float(labels.mean()))
    expected = nn.functional.binary_cross_entropy(share, torch.from_numpy(labels)).item()
    assert guessed("BCEWithLogitsLoss", labels) == pytest.approx(expected, rel=1e-5)


@pytest.mark.parametrize(
    ("kind", "loss"), [("MSELoss", nn.MSELoss), ("SmoothL1Loss", nn.SmoothL1Loss)]
)
def test_numbers_are_guessed_by_their_mean(kind: str, loss: type[nn.Module]) -> None:
    target = load_diabetes().target.astype(np.float32)[:, None] / 100
    mean = torch.full(target.shape, float(target.mean()))
    expected = loss()(mean, torch.from_numpy(target)).item()
    assert guessed(kind, target) == pytest.approx(expected, rel=1e-4)
    assert guessed(kind, target, 3.0) == pytest.approx(3 * expected, rel=1e-4)


def test_of_other_losses_it_is_not_known() -> None:
    objective = Objective("output", "target", Choice("Output"))
    assert chance_of([(objective, np.zeros(4))], np.arange(4), np.arange(4)) is None


def test_a_nat_is_what_a_likelihood_makes_of_it() -> None:
    """The density of a normal distribution has the square over twice the variance."""
    target = load_diabetes().target.astype(np.float32)[:, None] / 100
    found = chance_of([(Objective("o", "t", Choice("MSELoss")), target)], *[np.arange(442)] * 2)
    assert found is not None
    normal = torch.distributions.Normal(0.0, float(target.std()))
    apart = normal.log_prob(torch.tensor(0.0)) - normal.log_prob(torch.tensor(found.nat**0.5))
    assert float(apart) == pytest.approx(1.0, rel=1e-4)
