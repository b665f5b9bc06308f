"""Arrays and pictures in the forms in which people post them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from app.data.reading import load
from graph_model.recipe import Choice

RANDOM = np.random.default_rng(3)
PICTURES = RANDOM.integers(0, 256, (40, 12, 12, 3)).astype(np.uint8)
LABELS = np.arange(40) % 4

FORMS = {
    "keras": (
        {
            "x_train": PICTURES[:30],
            "y_train": LABELS[:30],
            "x_test": PICTURES[30:],
            "y_test": LABELS[30:],
        },
        (3, 12, 12),
    ),
    "keras grey": (
        {
            "x_train": PICTURES[:30, ..., 0],
            "y_train": LABELS[:30],
            "x_test": PICTURES[30:, ..., 0],
            "y_test": LABELS[30:],
        },
        (12, 12),
    ),
    "camel case": (
        {
            "XTrain": PICTURES[:30],
            "YTrain": LABELS[:30, None],
            "XTest": PICTURES[30:],
            "YTest": LABELS[30:, None],
        },
        (3, 12, 12),
    ),
    "flat rows": ({"data": PICTURES.reshape(40, -1), "labels": LABELS}, (432,)),
    "positional": ({"arr_0": PICTURES, "arr_1": LABELS}, (3, 12, 12)),
    "words": ({"images": PICTURES, "classes": np.array(["a", "b", "c", "d"])[LABELS]}, (3, 12, 12)),
    "target first": ({"label": LABELS, "image": PICTURES}, (3, 12, 12)),
    "names beside": (
        {"X": PICTURES, "y": LABELS, "class_names": np.array(["a", "b", "c", "d"])},
        (3, 12, 12),
    ),
    "one-hot bool": ({"X": PICTURES, "Y": np.eye(4, dtype=bool)[LABELS]}, (3, 12, 12)),
    "fortran": ({"x": np.asfortranarray(PICTURES), "y": LABELS.astype(">i2")}, (3, 12, 12)),
    "half": (
        {
            "x": (PICTURES / 255).astype(np.float16).transpose(0, 3, 1, 2),
            "y": LABELS.astype(np.uint8),
        },
        (3, 12, 12),
    ),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("packed", [False, True])
def test_arrays_of_pictures_and_labels(tmp_path: Path, form: str, packed: bool) -> None:
    arrays, shape = FORMS[form]
    path = tmp_path / "posted.npz"
    (np.savez_compressed if packed else np.savez)(path, **arrays)
    data = load(Choice("npz", {"path": str(path)}))
    assert data.facts.arrays[data.facts.features].shape == shape
    assert data.facts.arrays[data.facts.target].classes == 4
    assert data.target.tolist() == LABELS.tolist()
    has_test = any("test" in name.lower() for name in arrays)
    assert (data.own_split is not None) == has_test
    assert data.facts.own_test == (10 if has_test else 0)


def save(path: Path, numbers: np.ndarray) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(numbers).save(path)


FOLDERS = {
    "train2017/cat": {"train2017": 0, "val2017": 1},
    "training_set/cat": {},
    "data/train/cat": {"data/train": 0, "data/valid": 1, "data/test": 2},
    "Train/cat": {"Train": 0, "Test": 2},
}


@pytest.mark.parametrize("form", FOLDERS)
def test_folders_of_parts_in_other_words(tmp_path: Path, form: str) -> None:
    parts = FOLDERS[form] or {"training_set": None}
    for part in parts:
        for name in ("cat", "dog"):
            save(tmp_path / part / name / "0.jpg", PICTURES[0])
            save(tmp_path / part / name / "1.PNG", PICTURES[1][..., 0])
    data = load(Choice("image_folder", {"path": str(tmp_path), "size": 4}))
    assert data.facts.class_names == ("cat", "dog")
    found = [] if data.own_split is None else sorted(set(data.own_split.tolist()))
    assert found == sorted(FOLDERS[form].values())


@pytest.mark.parametrize("order", ["images/train", "train/images"])
def test_masks_by_part_in_either_order(tmp_path: Path, order: str) -> None:
    for number in range(4):
        part = "train" if number < 3 else "val"
        place = order.replace("train", part)
        save(tmp_path / place / f"{number}.jpg", PICTURES[number])
        mask = (PICTURES[number, ..., 0] > 128).astype(np.uint8)
        save(tmp_path / place.replace("images", "masks") / f"{number}.png", mask)
    data = load(Choice("image_folder", {"path": str(tmp_path), "size": 12}))
    np.testing.assert_array_equal(data.target, PICTURES[:4, ..., 0] > 128)
    assert data.own_split is not None
    assert data.own_split.tolist() == [0, 0, 0, 1]
