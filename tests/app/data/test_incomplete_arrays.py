"""Arrays that lack values, tell the parts of samples, or lie otherwise than they enter."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from app.data.prepare import prepare
from app.data.reading import load
from app.data.rows import FilledRows
from app.data.splitting import split_samples
from graph_model.inference.infer import infer
from graph_model.problems import SetDataArguments
from graph_model.recipe import Choice, Recipe
from graph_model.recipes.binding import bind
from graph_model.recipes.columns import with_decision
from tests.app.data.reading import facts_of, refused
from tests.app.training.networks import chain

RANDOM = np.random.default_rng(5)
LABELS = np.arange(60) % 3


def saved(folder: Path, **arrays: object) -> Choice:
    path = folder / "arrays.npz"
    np.savez(path, **arrays)  # type: ignore[arg-type]
    return Choice("npz", {"path": str(path)})


def holed(shape: tuple[int, ...]) -> np.ndarray:
    """Return numbers of which some in the first half of the samples are none."""
    numbers = RANDOM.normal(size=shape)
    flat = numbers[:30].reshape(-1)
    flat[RANDOM.permutation(flat.size)[:9]] = [np.nan, np.inf, -np.inf] * 3
    return numbers


def entering(choice: Choice, shape: tuple[int, ...]) -> tuple[np.ndarray, np.ndarray]:
    """Return the features as they enter without scaling, and which samples train."""
    network = chain(
        ("Input", {"shape": ("N", *shape)}), ("Flatten", {}), ("Linear", {}), ("Output", {})
    )
    data, inference = load(choice), infer(network)
    recipe = Recipe(choice, transforms=(Choice("scale", {"by": "nothing"}),))
    prepared = prepare(data, recipe, bind(recipe, inference, data.facts), inference)
    return prepared.inputs[0][:], split_samples(data, recipe).train


SHAPES = {(4,): (0,), (3, 5, 5): (0, 2, 3), (7, 2): (0, 1)}
"""Shapes of samples, and over which dimensions a channel or a feature has its mean."""


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("is_large", [False, True])
@pytest.mark.parametrize("filling", ["mean", "median", "0.5"])
def test_what_is_no_number_is_filled_by_the_training_samples(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    shape: tuple[int, ...],
    is_large: bool,
    filling: str,
) -> None:
    if is_large:
        monkeypatch.setattr("app.data.arrays.loading.LARGE", 1)
    raw = holed((60, *shape))
    choice = with_decision(saved(tmp_path, X=raw, y=LABELS), "fillings", "X", filling)
    assert isinstance(load(choice).features, FilledRows) == is_large
    found, train = entering(choice, shape)
    numbers = np.where(np.isfinite(raw), raw, np.nan)
    axes = SHAPES[shape]
    by = {"mean": np.nanmean, "median": np.nanmedian}.get(filling)
    fill = by(numbers[train], axis=axes, keepdims=True) if by else np.float64(filling)
    expected = np.where(np.isnan(numbers), fill, numbers)
    np.testing.assert_allclose(found, expected, rtol=1e-5, atol=1e-6)


def test_it_is_counted_and_said_where(tmp_path: Path) -> None:
    raw = RANDOM.normal(size=(60, 4))
    raw[3, 1] = raw[8, :2] = np.nan
    choice = saved(tmp_path, X=raw, y=LABELS)
    facts = facts_of(choice)
    (note,) = facts.notes
    assert (note.code, note.values["count"], note.values["samples"]) == ("array_filled", "3", "2")
    assert note.values["first"] == "[3, 1], [8, 0], [8, 1]"
    column = next(each for each in facts.columns if each.name == "X")
    assert (column.missing, column.filling) == (2, "mean")
    (fix,) = note.fixes
    assert isinstance(fix.change, SetDataArguments)
    left = load(Choice("npz", {**choice.arguments, **fix.change.arguments}))
    kept = np.delete(np.arange(60), [3, 8])
    np.testing.assert_array_equal(left.features, raw[kept].astype(np.float32))
    assert left.target.tolist() == LABELS[kept].tolist()
    assert (left.facts.samples, left.facts.left_out) == (58, 2)
    assert left.fit is None
    skipped = facts_of(Choice("npz", {**choice.arguments, "missing": "skip"}))
    assert skipped.samples == 58
    problem = refused("npz", **{**choice.arguments, "missing": "refuse"})
    assert problem.code == "data_missing_values"


def test_a_sample_without_a_target_is_none(tmp_path: Path) -> None:
    y = np.float32(LABELS)
    y[[2, 50]] = np.nan
    data = load(saved(tmp_path, X=RANDOM.normal(size=(60, 4)), y=y))
    assert (data.facts.samples, data.facts.left_out) == (58, 2)
    assert data.facts.arrays["y"].classes == 3
    assert data.target.tolist() == np.delete(LABELS, [2, 50]).tolist()


def test_words_that_split_are_told_and_can_be_decided(tmp_path: Path) -> None:
    told = np.array(["train", "old", "eval", "TEST"] * 15)
    x = np.arange(60.0).reshape(60, 1)
    choice = saved(tmp_path, X=x, y=LABELS, split=told)
    data = load(choice)
    assert data.facts.own_split == (30, 15, 15)
    (note,) = data.facts.notes
    assert (note.code, note.values["word"], note.values["count"]) == (
        "split_word_training",
        "old",
        "15",
    )
    changes = {each.code: each.change for each in note.fixes}
    counts = {
        "split_validation": (15, 30, 15),
        "split_test": (15, 15, 30),
        "split_leave_out": (15, 15, 15),
    }
    assert changes.keys() == counts.keys()
    for code, change in changes.items():
        assert isinstance(change, SetDataArguments)
        other = load(Choice("npz", {**choice.arguments, **change.arguments}))
        assert other.facts.own_split == counts[code]
        (again,) = other.facts.notes  # so that it can be changed once more
        assert len(again.fixes) == 3
        places = other.features[:, 0].astype(int)
        assert other.target.tolist() == LABELS[places].tolist()


PICTURES = RANDOM.integers(0, 256, (40, 9, 12, 3)).astype(np.uint8)
LYING = {
    "samples last": ({"X": PICTURES.transpose(1, 2, 3, 0), "y": (LABELS[:40] + 1)[:, None]}, {}),
    "both last": ({"X": PICTURES.transpose(1, 2, 3, 0), "y": LABELS[None, :40]}, {}),
    "floats": ({"X": (PICTURES / 255).astype(np.float32), "y": LABELS[:40]}, {}),
    "one-hot in rows of one": ({"X": PICTURES, "y": np.eye(3)[LABELS[:40]][:, None]}, {}),
}


@pytest.mark.parametrize("form", LYING)
def test_arrays_that_lie_otherwise(tmp_path: Path, form: str) -> None:
    arrays, more = LYING[form]
    choice = saved(tmp_path, **arrays)
    data = load(Choice("npz", {**choice.arguments, **more}))
    scale = 255 if form == "floats" else 1
    expected = PICTURES.transpose(0, 3, 1, 2) / np.float32(scale)
    np.testing.assert_allclose(data.features, expected, rtol=1e-6)
    assert data.target.tolist() == LABELS[:40].tolist()
    assert data.facts.read_as["layout"] in ("samples_last", "channels_last")


def test_rows_of_samples_that_lie_last(tmp_path: Path) -> None:
    x = RANDOM.normal(size=(5, 60))
    data = load(saved(tmp_path, X=x, y=LABELS))
    np.testing.assert_array_equal(data.features, x.T.astype(np.float32))
    square = saved(tmp_path, X=RANDOM.normal(size=(60, 60)), y=LABELS)
    assert "layout" not in facts_of(square).read_as
    turned = load(Choice("npz", {**square.arguments, "layout": "samples_last"}))
    np.testing.assert_array_equal(turned.features, load(square).features.T)


@pytest.mark.parametrize("axis", [1, 3])
def test_masks_that_are_one_hot(tmp_path: Path, axis: int) -> None:
    classes = RANDOM.integers(0, 3, (40, 9, 12))
    masks = np.moveaxis(np.eye(3)[classes], 3, axis)
    data = load(saved(tmp_path, X=PICTURES, masks=masks))
    np.testing.assert_array_equal(data.target, classes)


def test_pictures_of_sixteen_bits_are_numbers(tmp_path: Path) -> None:
    images = RANDOM.integers(0, 65536, (40, 8, 8)).astype(np.uint16)
    data = load(saved(tmp_path, images=images, labels=LABELS[:40]))
    np.testing.assert_array_equal(data.features, images.astype(np.float32))
