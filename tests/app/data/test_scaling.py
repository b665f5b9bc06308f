"""What features are scaled by, held to scikit-learn; and that only the training split is asked."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from sklearn import preprocessing

from app.data.dataset import Dataset, classified, with_sample_facts
from app.data.prepare import prepare
from app.data.splitting import split_samples
from graph_model.inference.infer import infer
from graph_model.problems import Refusal
from graph_model.recipe import Choice, Recipe
from graph_model.recipes.binding import bind
from graph_model.recipes.splitting import SPLITS
from graph_model.recipes.transforms import TRANSFORMS
from tests.app.training.networks import mlp

RANDOM = np.random.default_rng(7)
CLASSES = RANDOM.integers(0, 3, 90)
MADE = with_sample_facts(
    replace(
        classified(RANDOM.lognormal(size=(90, 4)), CLASSES, ("a", "b", "c")),
        groups=RANDOM.integers(0, 9, 90),
        times=RANDOM.permutation(90),
        scaled=frozenset({"features"}),
    )
)
SCALERS: dict[str, Any] = {
    "standard": preprocessing.StandardScaler(),
    "min-max": preprocessing.MinMaxScaler(),
    "robust": preprocessing.RobustScaler(),
}


def prepared(data: Dataset, recipe: Recipe) -> Any:
    inference = infer(mlp(4, 8, 3))
    return prepare(data, recipe, bind(recipe, inference, data.facts), inference)


def scaled(by: str, data: Dataset = MADE) -> Any:
    return prepared(data, Recipe(transforms=(Choice("scale", {"by": by}),)))


@pytest.mark.parametrize("by", SCALERS)
def test_scaling_is_that_of_scikit_learn(by: str) -> None:
    for data in (MADE, replace(MADE, scaled=frozenset())):
        found = scaled(by, data)
        theirs = SCALERS[by].fit(MADE.features[found.split.train]).transform(MADE.features)
        np.testing.assert_allclose(found.inputs[0], theirs, rtol=2e-5, atol=2e-6)
        back = found.scalings["features"].undo(found.inputs[0])
        np.testing.assert_allclose(back, MADE.features, rtol=1e-5, atol=1e-6)


def test_samples_are_scaled_by_themselves() -> None:
    features = MADE.features.copy()
    features[3] = 7
    found = scaled("sample", replace(MADE, arrays={**MADE.arrays, "features": features}))
    theirs = preprocessing.scale(features.T.astype(np.float64)).T
    np.testing.assert_allclose(found.inputs[0], theirs, rtol=2e-5, atol=2e-6)
    assert found.inputs[0][3].tolist() == [0] * 4


def test_nothing_is_scaled_where_that_is_chosen() -> None:
    found = scaled("nothing")
    np.testing.assert_array_equal(found.inputs[0], MADE.features)
    assert found.scalings == {}


def test_every_kind_of_scaling_is_tried() -> None:
    assert {*SCALERS, "sample", "nothing"} == set(TRANSFORMS["scale"].parameters[0].choices)


@pytest.mark.parametrize("by", ["", *SCALERS])
@pytest.mark.parametrize("way", SPLITS)
def test_nothing_is_fitted_on_what_validates_or_tests(by: str, way: str) -> None:
    """Other values there change nothing of what was fitted, nor of the samples that train."""
    own = np.arange(90) % 3 if way == "own" else None
    data = with_sample_facts(replace(MADE, own_split=own))
    told = {"validation": 20, "test": 20} if way == "counts" else {}
    transforms = (Choice("scale", {"by": by}),) if by else ()
    recipe = Recipe(split=Choice(way, told), transforms=transforms)
    split = split_samples(data, recipe)
    aside = np.concatenate((split.validation, split.test))
    other = data.features.copy()
    other[aside] = 1e4 * RANDOM.normal(size=(len(aside), 4))
    before = prepared(data, recipe)
    after = prepared(replace(data, arrays={**data.arrays, "features": other}), recipe)
    for name, each in before.scalings.items():
        np.testing.assert_array_equal(each.mean, after.scalings[name].mean)
        np.testing.assert_array_equal(each.deviation, after.scalings[name].deviation)
    np.testing.assert_array_equal(before.inputs[0][split.train], after.inputs[0][split.train])
    assert (before.inputs[0][aside] != after.inputs[0][aside]).any()
    # The same eye sees what is fitted on them: other values that train do change it.
    other = data.features.copy()
    other[split.train] *= 3
    seen = prepared(replace(data, arrays={**data.arrays, "features": other}), recipe)
    assert (seen.scalings["features"].deviation != before.scalings["features"].deviation).all()


def test_weights_by_which_nothing_counts_are_refused() -> None:
    split = split_samples(MADE, Recipe())
    lacking = np.ones(90)
    lacking[split.validation] = 0
    for weights, code in (
        (np.full(90, -1.0), "weights_wrong"),
        (np.full(90, np.nan), "weights_wrong"),
        (np.zeros(90), "weights_of_nothing"),
        (lacking, "weights_of_nothing"),
    ):
        with pytest.raises(Refusal) as refused:
            prepared(with_sample_facts(replace(MADE, weights=weights)), Recipe())
        assert refused.value.problem.code == code
    prepared(with_sample_facts(replace(MADE, weights=np.ones(90))), Recipe())
