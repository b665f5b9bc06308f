"""What is read is what is there, and what cannot be read is refused with its place."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn import datasets

from app.data import bundled, reading
from app.data.bytes import format_bytes
from app.data.dataset import Dataset
from app.data.prepare import scaling_of
from app.data.reading import describe, load
from app.data.splitting import split_samples
from graph_model.problems import Refusal
from graph_model.recipe import Choice, Recipe
from graph_model.recipes.source_kinds.kind import Origin
from graph_model.recipes.sources import SOURCES
from tests.app.data.reading import refused
from tests.app.data.test_files import write_idx

WITHOUT_FILE = [name for name, kind in SOURCES.items() if kind.facts is not None]


# What needs no file


@pytest.mark.parametrize("name", WITHOUT_FILE)
def test_what_the_catalogue_says_is_what_is_read(name: str) -> None:
    data = load(Choice(name))
    assert describe(Choice(name)) == data.facts
    for array, facts in data.facts.arrays.items():
        assert data.arrays[array].shape == (data.facts.samples, *facts.shape)
        assert str(data.arrays[array].dtype) == facts.dtype
    if data.facts.task == "classification":
        assert set(np.unique(data.target)) == set(range(len(data.facts.class_names)))


@pytest.mark.parametrize("name", ["iris", "wine", "breast_cancer", "diabetes"])
def test_tables_are_those_of_scikit_learn(name: str) -> None:
    bunch = getattr(datasets, f"load_{name}")()
    data = load(Choice(name))
    np.testing.assert_array_equal(data.features, bunch.data.astype(np.float32))
    np.testing.assert_array_equal(data.target.ravel(), bunch.target)
    columns = [each for each in data.facts.arrays if each not in {"features", "target"}]
    theirs = [str(each).removesuffix(" (cm)") for each in bunch.feature_names]
    assert [each.replace("_", " ") for each in theirs] == [
        each.replace("_", " ") for each in columns
    ]
    if name != "diabetes":
        names = [str(each).replace("class_", "class ") for each in bunch.target_names]
        assert names == list(data.facts.class_names)


def test_digits_are_those_of_scikit_learn() -> None:
    bunch = datasets.load_digits()
    data = load(Choice("digits"))
    np.testing.assert_array_equal(data.features[:, 0] * 16, bunch.images)
    np.testing.assert_array_equal(data.target, bunch.target)


def test_the_fashion_subset_is_balanced_and_tells_its_test_split() -> None:
    data = load(Choice("fashion_mnist"))
    assert np.bincount(data.target[:6000]).tolist() == [600] * 10
    assert np.bincount(data.target[6000:]).tolist() == [100] * 10
    split = split_samples(data, Recipe())
    np.testing.assert_array_equal(split.test, np.arange(6000, 7000))


def test_the_whole_of_fashion_is_read_where_its_package_is_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundled, "FASHION_FOLDER", tmp_path / "none")
    assert load(Choice("fashion_mnist", {"extent": "auto"})).facts.read_as == {"extent": "subset"}
    found = refused("fashion_mnist", extent="whole")
    assert (found.code, found.parameter) == ("data_not_found", "data.extent")
    monkeypatch.setattr(bundled, "FASHION_FOLDER", tmp_path)
    reading._load.cache_clear()
    for split, count in (("train", 30), ("t10k", 20)):
        write_idx(tmp_path, split, count, packed=True)
    for extent in ("auto", "whole"):
        data = load(Choice("fashion_mnist", {"extent": extent}))
        assert (len(data), data.facts.own_test) == (50, 20)
        assert data.facts.read_as == {"extent": "whole", "read from": str(tmp_path)}
        assert data.facts.class_names[9] == "Ankle boot"
    assert len(load(Choice("fashion_mnist"))) == 7000
    reading._load.cache_clear()


@pytest.mark.parametrize(
    "name", [name for name, kind in SOURCES.items() if kind.origin is Origin.SYNTHETIC]
)
def test_what_is_drawn_follows_the_seed(name: str) -> None:
    one, same, other = (
        load(Choice(name, {"data_seed": seed, "samples": 50})).features for seed in (1, 1, 2)
    )
    np.testing.assert_array_equal(one, same)
    assert (one != other).any()


def test_the_order_of_pulses_cannot_be_told_from_what_is_there() -> None:
    """The most frequent class, and the class by sums, are no better than chance."""
    data = load(Choice("sequence", {"samples": 4000}))
    assert np.bincount(data.target).tolist() == [2000, 2000]
    sums = data.features.sum(axis=1)
    guess = (sums[:, 1] > sums[:, 0]).astype(int)
    assert 0.45 < (guess == data.target).mean() < 0.55


def test_data_are_read_without_torch(root: Path) -> None:
    text = (
        "import sys; from app.data.reading import describe, load;"
        "from graph_model.recipe import Choice;"
        "describe(Choice('digits')); load(Choice('fashion_mnist'));"
        "print(sorted({'torch', 'sklearn', 'PIL', 'PySide6'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", text], cwd=root, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_unknown_choices_are_refused() -> None:
    assert refused("nothing").code == "unknown_choice"
    assert refused("moons", samples="many").code == "wrong_type"


# Splitting and scaling


@pytest.mark.parametrize("name", ["iris", "digits", "fashion_mnist"])
def test_every_split_has_the_classes_in_the_same_shares(name: str) -> None:
    data = load(Choice(name))
    split = split_samples(data, Recipe(seed=5))
    whole = np.bincount(data.target) / len(data)
    for part in (split.train, split.validation, split.test):
        counts = np.bincount(data.target[part], minlength=len(whole))
        assert np.abs(counts - whole * len(part)).max() <= 2


@given(st.integers(0, 100), st.floats(0.05, 0.4), st.floats(0, 0.4))
def test_a_split_is_a_partition_that_follows_the_seed(
    seed: int, validation: float, test: float
) -> None:
    data = load(Choice("wine"))
    recipe = Recipe(seed=seed, validation_fraction=validation, test_fraction=test)
    split = split_samples(data, recipe)
    together = np.concatenate((split.train, split.validation, split.test))
    np.testing.assert_array_equal(np.sort(together), np.arange(len(data)))
    again = split_samples(data, recipe)
    np.testing.assert_array_equal(split.train, again.train)


@pytest.mark.parametrize("shape", [(50,), (50, 4), (50, 6, 4), (50, 3, 5, 5), (50, 2, 3, 4, 4)])
def test_scaling_gives_mean_0_and_deviation_1(shape: tuple[int, ...]) -> None:
    array = np.random.default_rng(0).normal(7, 3, shape).astype(np.float32)
    scaling = scaling_of(array)
    scaled = scaling.apply(array)
    assert isinstance(scaling.deviation, np.ndarray)  # torch takes no NumPy number
    features = 1 if len(shape) in (2, 3) else None
    axes = tuple(each for each in range(len(shape)) if each != (features and len(shape) - 1))
    if len(shape) > 3:
        axes = (0, *range(2, len(shape)))
    np.testing.assert_allclose(scaled.mean(axis=axes), 0, atol=1e-5)
    np.testing.assert_allclose(scaled.std(axis=axes), 1, atol=1e-5)
    np.testing.assert_allclose(scaling.undo(scaled), array, rtol=1e-4)


def test_what_does_not_vary_is_not_blown_up() -> None:
    array = np.full((9, 2), 0.1, np.float32)
    assert np.abs(scaling_of(array).apply(array)).max() < 1e-3


# The rest


def test_arrays_that_were_read_cannot_be_written_to() -> None:
    data: Dataset = load(Choice("iris"))
    with pytest.raises(ValueError, match="read-only"):
        data.features[0] = 1


@pytest.mark.parametrize(
    ("size", "text"), [(5, "5 B"), (1536, "1.5 KiB"), (3 * 2**20, "3.0 MiB"), (2**32, "4.0 GiB")]
)
def test_sizes_for_people(size: int, text: str) -> None:
    assert format_bytes(size) == text


@pytest.mark.parametrize("kind", ["linear", "moons", "sequence"])
def test_more_samples_than_memory_are_refused_before_they_are_drawn(kind: str) -> None:
    with pytest.raises(Refusal) as caught:
        load(Choice(kind, {"samples": 10**9}))
    assert caught.value.problem.code == "data_too_large"
