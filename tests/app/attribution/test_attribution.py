"""What an answer rests on, held to captum, to scikit-learn, and to sums that are known."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from captum.attr import IntegratedGradients, LayerGradCam, Occlusion, Saliency
from sklearn.datasets import load_iris
from sklearn.inspection import partial_dependence as sklearn_dependence
from sklearn.inspection import permutation_importance as sklearn_importance
from sklearn.linear_model import LinearRegression
from torch import nn

from app.attribution.asked import Asked
from app.attribution.columns import grid_of, partial_dependence, permutation_importance
from app.attribution.pictures import (
    convolutions,
    grad_cam,
    integrated_gradients,
    occlusion,
    saliency,
)
from app.attribution.tokens import embedding_of, token_gradients


@pytest.fixture
def model() -> nn.Sequential:
    torch.manual_seed(0)
    return nn.Sequential(
        nn.Conv2d(1, 4, 3, padding=1),
        nn.ReLU(),
        nn.Conv2d(4, 5, 3, stride=2),
        nn.Tanh(),
        nn.Dropout(0.5),
        nn.Flatten(),
        nn.Linear(45, 3),
    )


@pytest.fixture
def picture() -> torch.Tensor:
    torch.manual_seed(1)
    return torch.rand(1, 1, 8, 8)


def test_gradients_are_those_of_captum(model: nn.Sequential, picture: torch.Tensor) -> None:
    asked = Asked(model.train(), target=2)
    found = saliency(asked, (picture,))
    assert model.training  # as before, though dropout was left out
    model.eval()
    expected = Saliency(model).attribute(picture.clone().requires_grad_(), target=2)
    torch.testing.assert_close(found, expected)
    integrated = integrated_gradients(asked, (picture,))
    theirs = IntegratedGradients(model).attribute(picture, target=2, n_steps=50)
    torch.testing.assert_close(integrated, theirs.float(), rtol=1e-4, atol=1e-6)
    with torch.no_grad():
        way = model(picture)[0, 2] - model(torch.zeros_like(picture))[0, 2]
    finely = integrated_gradients(asked, (picture,), steps=400)
    torch.testing.assert_close(finely.sum(), way, rtol=1e-2, atol=1e-4)


def test_grad_cam_is_that_of_captum(model: nn.Sequential, picture: torch.Tensor) -> None:
    model.eval()
    name, last = convolutions(model)[-1]
    assert name == "2"
    found = grad_cam(Asked(model, target=1), (picture,), last)
    assert found.shape == picture.shape
    raw = LayerGradCam(model, last).attribute(picture, target=1, relu_attributions=True)
    expected = nn.functional.interpolate(raw, size=(8, 8), mode="bilinear", align_corners=False)
    torch.testing.assert_close(found, expected)


def test_occlusion_is_that_of_captum(model: nn.Sequential, picture: torch.Tensor) -> None:
    model.eval()
    found = occlusion(Asked(model, target=0), (picture,), window=2, stride=2)
    expected = Occlusion(model).attribute(
        picture, sliding_window_shapes=(1, 2, 2), strides=(1, 2, 2), target=0
    )
    torch.testing.assert_close(found, expected.float(), rtol=1e-4, atol=1e-6)


def test_windows_reach_the_border(model: nn.Sequential, picture: torch.Tensor) -> None:
    asked = Asked(model.eval(), target=0)
    assert (occlusion(asked, (picture,), window=3, stride=3) != 0).all()


def test_tokens_add_up_in_a_linear_model() -> None:
    torch.manual_seed(0)
    table = nn.Embedding(10, 4)

    class Bag(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.table, self.out = table, nn.Linear(4, 2, bias=False)

        def forward(self, tokens: torch.Tensor) -> torch.Tensor:
            return self.out(self.table(tokens).sum(dim=1))

    bag = Bag()
    tokens = torch.tensor([[1, 4, 4, 7]])
    assert embedding_of(bag) is table
    found = token_gradients(Asked(bag, target=1), (tokens,), table)
    expected = bag.out(table(tokens))[..., 1]
    torch.testing.assert_close(found, expected.detach())
    torch.testing.assert_close(found.sum(), bag(tokens)[0, 1].detach())


def test_columns_are_those_of_scikit_learn() -> None:
    data = load_iris()
    features, target = data.data.astype(np.float32), data.target.astype(float)
    fitted = LinearRegression().fit(features, target)
    columns = {name: [place] for place, name in enumerate(data.feature_names)}
    found = permutation_importance(
        lambda given: fitted.score(given, target), features, columns, repeats=4, seed=3
    )
    expected = sklearn_importance(fitted, features, target, n_repeats=4, random_state=3)
    by_name = {each.name: each for each in found}
    for place, name in enumerate(data.feature_names):
        assert by_name[name].mean == pytest.approx(expected.importances_mean[place], rel=1e-5)
        assert by_name[name].deviation == pytest.approx(expected.importances_std[place], rel=1e-4)
    assert [each.mean for each in found] == sorted((each.mean for each in found), reverse=True)
    grid = grid_of(features[:, 2])
    ours = partial_dependence(fitted.predict, features, 2, grid)
    theirs = sklearn_dependence(
        fitted, features, [2], custom_values={2: grid}, kind="average", method="brute"
    )
    np.testing.assert_allclose(ours, theirs["average"][0], rtol=1e-5)
