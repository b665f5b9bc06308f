"""What becomes of missing values: as scikit-learn fills them, by the training samples alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from sklearn.impute import SimpleImputer
from sklearn.preprocessing import OneHotEncoder

from app.data.dataset import Array
from app.data.prepare import Prepared, prepare
from app.data.preprocessing import preprocessing_of
from app.data.reading import load
from graph_model.inference.infer import infer
from graph_model.recipe import Choice, Recipe
from graph_model.recipes.binding import bind
from tests.app.training.networks import mlp

RANDOM = np.random.default_rng(5)
N = 80
X = RANDOM.integers(0, 6, N) + RANDOM.integers(0, 2, N) / 2
X[RANDOM.random(N) < 0.2] = np.nan
WORDS = np.where(RANDOM.random(N) < 0.2, "", RANDOM.choice(["red", "green", "blue"], N))
Y = RANDOM.normal(size=N)


def table(csv: Callable[[str], str], numbers: Array = X) -> str:
    rows = zip(numbers, WORDS, Y, strict=True)
    lines = [f"{'' if np.isnan(x) else x},{w},{y}" for x, w, y in rows]
    return csv("\n".join(["x,colour,y", *lines]) + "\n")


def prepared(path: str, width: int, **arguments: object) -> Prepared:
    choice = Choice("csv", {"path": path, "normalize": False, **arguments})  # type: ignore[dict-item]
    recipe, inference = Recipe(choice), infer(mlp(width, 4, 1))
    data = load(choice)
    return prepare(data, recipe, bind(recipe, inference, data.facts), inference)


@pytest.mark.parametrize("filling", ["median", "mean", "most_frequent", "-7.5"])
def test_numbers_are_filled_as_scikit_learn_does(csv: Callable[[str], str], filling: str) -> None:
    found = prepared(table(csv), 5, fillings=("x", filling))
    constant = filling not in {"median", "mean", "most_frequent"}
    imputer = SimpleImputer(
        strategy="constant" if constant else filling, fill_value=-7.5 if constant else None
    )
    imputer.fit(X[found.split.train, None])
    expected = imputer.transform(X[:, None])[:, 0]
    np.testing.assert_allclose(found.inputs[0][:, 0], expected, rtol=1e-6)


def test_nothing_is_filled_by_what_validates_or_tests(csv: Callable[[str], str]) -> None:
    before = prepared(table(csv), 5)
    others = np.concatenate([before.split.validation, before.split.test])
    numbers = X.copy()
    numbers[others] += 1000
    after = prepared(table(csv, numbers), 5)
    fills = before.fitted.fills["features"]
    assert np.isfinite(fills[0])
    np.testing.assert_array_equal(after.fitted.fills["features"], fills)
    train = before.split.train
    np.testing.assert_array_equal(after.inputs[0][train], before.inputs[0][train])


def test_words_are_a_category_or_filled_with_the_most_frequent(
    csv: Callable[[str], str],
) -> None:
    path = table(csv)
    own = prepared(path, 5)
    encoder = OneHotEncoder(categories=[["blue", "green", "red", "missing"]], sparse_output=False)
    expected = encoder.fit_transform(np.where(WORDS == "", "missing", WORDS)[:, None])
    np.testing.assert_array_equal(own.inputs[0][:, 1:], expected)
    filled = prepared(path, 4, fillings=("colour", "most_frequent"))
    imputer = SimpleImputer(strategy="most_frequent", missing_values="")
    imputer.fit(WORDS[filled.split.train, None].astype(object))
    words = imputer.transform(WORDS[:, None].astype(object))
    expected = OneHotEncoder(sparse_output=False).fit_transform(words)
    np.testing.assert_array_equal(filled.inputs[0][:, 1:], expected)


def test_a_value_of_ones_own_among_words(csv: Callable[[str], str]) -> None:
    choice = Choice("csv", {"path": table(csv), "fillings": ("colour", "red")})
    data = load(choice)
    assert data.categories["colour"] == ("blue", "green", "red")
    assert (data.arrays["colour"][WORDS == ""] == 2).all()


def test_rows_are_left_out_where_that_is_chosen(csv: Callable[[str], str]) -> None:
    path = table(csv)
    data = load(Choice("csv", {"path": path, "missing": "skip"}))
    full = ~np.isnan(X) & (WORDS != "")
    np.testing.assert_allclose(data.features[:, 0], X[full], rtol=1e-6)
    assert data.categories["colour"] == ("blue", "green", "red")
    assert data.facts.left_out == N - full.sum()


def test_indices_for_an_embedding(csv: Callable[[str], str]) -> None:
    path = table(csv)
    coded = {"codings": ("colour", "index"), "fillings": ("colour", "most_frequent")}
    data = load(Choice("csv", {"path": path, **coded}))
    assert data.columns == ("x",)
    assert data.facts.arrays["colour"].classes == 3
    assert data.arrays["colour"].min() == -1  # until the training samples are known
    choice = Choice("csv", {"path": path, **coded})
    recipe, inference = Recipe(choice), infer(mlp(1, 4, 1))
    binding = bind(recipe, inference, data.facts)
    node = binding.inputs[0][0]
    bound = replace(binding, inputs=((node, "colour"),))
    found = prepare(data, recipe, bound, inference)
    assert found.inputs[0].min() == 0
    done = preprocessing_of(data, choice, bound, found, inference)
    train = WORDS[found.split.train]
    words, counts = np.unique(train[train != ""], return_counts=True)
    assert done.word_fillings["colour"] == words[counts.argmax()]


def test_rows_without_a_target_are_left_out_and_counted(csv: Callable[[str], str]) -> None:
    lines = [f"{n},{'' if n % 5 == 0 else n * 2}" for n in range(20)]
    data = load(Choice("csv", {"path": csv("\n".join(["x,y", *lines]))}))
    assert data.facts.samples == 16
    assert data.facts.left_out == 4
    assert "table_rows_left_out" in {note.code for note in data.facts.notes}


def test_groups_weights_and_times(csv: Callable[[str], str]) -> None:
    lines = [f"2020-01-{n + 1:02},{'abc'[n % 3]},{n / 10},{n % 7},{n}" for n in range(30)]
    path = csv("\n".join(["day,who,w,x,y", *lines]))
    data = load(Choice("csv", {"path": path, "roles": ("who", "group", "w", "weight")}))
    assert data.groups is not None
    assert data.weights is not None
    assert data.times is not None
    assert data.groups.tolist() == [n % 3 for n in range(30)]
    np.testing.assert_allclose(data.weights, np.arange(30) / 10, rtol=1e-6)
    assert len(set(np.diff(data.times))) == 1
    assert data.columns == ("day", "x")
