"""Data from files: tables, arrays, IDX, pictures, and what is wrong with them."""

from __future__ import annotations

import gzip
import io
import os
import pickle
import struct
import tempfile
import zipfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from app.data import dataset as dataset_module
from app.data.preprocessing import class_names_of
from app.data.reading import describe, load
from graph_model.problems import Problem, Refusal
from graph_model.recipe import Choice
from graph_model.recipes.facts import DataFacts
from tests.app.data.reading import facts_of, refused


def test_what_is_no_file_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    for path, code in (
        (tmp_path / "pipe.csv", "data_unreadable"),
        (tmp_path, "data_unreadable"),
        ("/dev/zero", "data_unreadable"),
        ("~no such user/x.csv", "data_not_found"),
        ("x" * 5000, "data_unreadable"),
        ("a\0b", "data_unreadable"),
    ):
        for kind in ("csv", "npz"):
            assert refused(kind, path=str(path)).code == code


def test_a_pipe_among_pictures_is_no_picture(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        Image.new("RGB", (8, 8)).save(tmp_path / name / "1.png")
        os.mkfifo(tmp_path / name / "2.png")
    assert facts_of(Choice("image_folder", {"path": str(tmp_path)})).samples == 2


# NumPy archives


def archive(path: Path, **arrays: object) -> str:
    np.savez(path, **arrays)  # type: ignore[arg-type]
    return str(path)


def test_arrays_are_found_by_name(tmp_path: Path) -> None:
    path = archive(
        tmp_path / "a.npz",
        X=np.zeros((5, 3, 4, 4), np.uint8),
        y=np.array([0, 2, 1, 0, 2]),
        extra=np.arange(5.0),
        words=np.zeros((5, 7), np.int32),
    )
    data = load(Choice("npz", {"path": path}))
    assert (data.facts.features, data.facts.target) == ("X", "y")
    assert data.features.dtype == np.float32
    assert data.arrays["words"].dtype == np.int64
    assert len(data.facts.class_names) == 3
    other = load(Choice("npz", {"path": path, "features": "words", "target": "extra"}))
    assert other.facts.task == "regression"
    assert other.target.shape == (5, 1)


def test_words_may_be_the_target(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.npz", x=np.eye(3), y=np.array(["b", "a", "b"]))
    assert load(Choice("npz", {"path": path})).facts.class_names == ("a", "b")


@pytest.mark.parametrize(
    ("arrays", "code"),
    [
        ({"x": np.zeros((3, 2)), "y": np.zeros(4)}, "data_lengths_differ"),
        ({"x": np.zeros((3, 2))}, "data_no_target"),
        ({"x": np.zeros((1, 2)), "y": np.zeros(1)}, "data_too_few"),
        ({"x": np.array([[1, 2]] * 2), "y": np.array([1, np.nan])}, "data_too_few"),
        ({"x": np.zeros((2, 2), complex), "y": np.zeros(2)}, "data_bad_array"),
        ({"x": np.zeros((2, 2)), "y": np.array([3, 3])}, "data_too_few"),
        ({"x": np.zeros((2, 2)), "y": np.array(["a", "a"])}, "data_too_few"),
    ],
)
def test_arrays_that_do_not_suit(tmp_path: Path, arrays: dict[str, object], code: str) -> None:
    assert refused("npz", path=archive(tmp_path / "a.npz", **arrays)).code == code


class Evil:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return (Path.touch, (Path("evil-was-here"),))  # type: ignore[return-value]


def test_a_pickle_in_an_archive_is_never_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    hostile = np.array([Evil(), Evil()], dtype=object)
    assert refused("npz", path=archive(tmp_path / "a.npz", x=hostile, y=np.zeros(2))).code == (
        "data_of_objects"
    )
    bare = tmp_path / "b.npz"
    bare.write_bytes(pickle.dumps(Evil()))
    assert refused("npz", path=str(bare)).code == "data_unreadable"
    assert not (tmp_path / "evil-was-here").exists()


def test_an_archive_that_claims_to_be_huge_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dataset_module, "LIMIT", 10_000)
    path = archive(tmp_path / "a.npz", x=np.zeros((2, 5000)), y=np.zeros(2))
    assert refused("npz", path=path).code == "data_too_large"
    header = io.BytesIO()
    np.lib.format.write_array_header_1_0(
        header, {"descr": "<f8", "fortran_order": False, "shape": (10**12, 2)}
    )
    bomb = tmp_path / "bomb.npz"
    with zipfile.ZipFile(bomb, "w") as file:
        file.writestr("x.npy", header.getvalue())
        file.writestr("y.npy", header.getvalue())
    assert refused("npz", path=str(bomb)).code in {"data_unreadable", "data_too_large"}


@given(st.binary(max_size=200), st.integers(0, 500))
def test_broken_archives_are_refused_and_nothing_worse(content: bytes, at: int) -> None:
    whole = io.BytesIO()
    np.savez(whole, x=np.eye(3), y=np.zeros(3))
    broken = bytearray(whole.getvalue())
    broken[at : at + len(content)] = content
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.npz"
        path.write_bytes(bytes(broken))
        found = describe(Choice("npz", {"path": str(path)}))
        assert isinstance(found, Problem | DataFacts)


# IDX


def idx(array: np.ndarray) -> bytes:
    head = struct.pack(f">HBB{array.ndim}I", 0, 8, array.ndim, *array.shape)
    return head + array.astype(np.uint8).tobytes()


def write_idx(folder: Path, split: str, count: int, *, packed: bool) -> None:
    random = np.random.default_rng(count)
    files = {
        f"{split}-images-idx3-ubyte": idx(random.integers(0, 256, (count, 4, 4))),
        f"{split}-labels-idx1-ubyte": idx(np.arange(count) % 10),
    }
    for name, content in files.items():
        if packed:
            (folder / f"{name}.gz").write_bytes(gzip.compress(content))
        else:
            (folder / name).write_bytes(content)


@pytest.mark.parametrize("packed", [False, True])
def test_a_folder_of_idx_files(tmp_path: Path, packed: bool) -> None:
    write_idx(tmp_path, "train", 40, packed=packed)
    assert facts_of(Choice("fashion_mnist_folder", {"path": str(tmp_path)})).own_test == 0
    write_idx(tmp_path, "t10k", 20, packed=packed)
    data = load(Choice("fashion_mnist_folder", {"path": str(tmp_path)}))
    assert data.features.shape == (60, 1, 4, 4)
    assert data.facts.own_test == 20
    assert data.features.max() <= 1


def test_broken_idx_files_are_refused(tmp_path: Path) -> None:
    def code() -> str:
        return refused("fashion_mnist_folder", path=str(tmp_path)).code

    assert code() == "data_not_found"
    write_idx(tmp_path, "train", 40, packed=False)
    images = tmp_path / "train-images-idx3-ubyte"
    whole = images.read_bytes()
    for content in (whole[:-1], whole + b"x", whole[:3], b"GIF89a" + whole, whole[:15]):
        images.write_bytes(content)
        assert code() == "data_unreadable"
    images.write_bytes(struct.pack(">HBB3I", 0, 8, 3, 2**31, 2**31, 2**31))
    assert code() == "data_too_large"
    images.write_bytes(idx(np.zeros((39, 4, 4))))
    assert code() == "data_lengths_differ"


# Pictures


def pictures(folder: Path, **colours: tuple[int, int, int]) -> None:
    for name, colour in colours.items():
        (folder / name).mkdir()
        for number in range(3):
            Image.new("RGB", (10 + number, 7), colour).save(folder / name / f"{number}.png")


def test_pictures_by_class(tmp_path: Path) -> None:
    pictures(tmp_path, red=(255, 0, 0), blue=(0, 0, 255))
    (tmp_path / "red" / "notes.txt").write_text("not a picture")
    choice = Choice("image_folder", {"path": str(tmp_path), "size": 8})
    data = load(choice)
    assert data.facts == facts_of(choice)
    assert data.facts.class_names == ("blue", "red")
    assert data.features.shape == (6, 3, 8, 8)
    assert data.features[data.target == 1].mean(axis=(0, 2, 3)).tolist() == [1, 0, 0]
    grey = load(Choice("image_folder", {"path": str(tmp_path), "size": 8, "color": "grey"}))
    assert grey.features.shape == (6, 1, 8, 8)


def test_pictures_that_cannot_be_read(tmp_path: Path) -> None:
    problem = describe(Choice("image_folder", {"path": str(tmp_path)}))
    assert isinstance(problem, Problem)
    assert problem.code == "data_too_few"
    pictures(tmp_path, red=(255, 0, 0), blue=(0, 0, 255))
    bad = tmp_path / "red" / "0.png"
    choice = Choice("image_folder", {"path": str(tmp_path), "size": 8, "unreadable": "refuse"})
    for content in (b"", b"\x89PNG\r\n\x1a\nnonsense", bad.read_bytes()[:40]):
        bad.write_bytes(content)
        with pytest.raises(Refusal) as caught:
            load(choice)
        assert caught.value.problem.code == "data_unreadable"
        assert str(bad) in caught.value.problem.message


def test_too_large_a_folder_of_pictures_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pictures(tmp_path, red=(255, 0, 0), blue=(0, 0, 255))
    monkeypatch.setattr(dataset_module, "LIMIT", 1000)
    with pytest.raises(Refusal) as caught:
        load(Choice("image_folder", {"path": str(tmp_path)}))
    assert caught.value.problem.code == "data_too_large"


def test_a_column_of_class_indices_is_flattened(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.npz", x=np.eye(4), y=np.array([[0], [1], [2], [1]]))
    data = load(Choice("npz", {"path": path}))
    assert data.target.tolist() == [0, 1, 2, 1]


def test_an_archive_of_two_arrays_with_unusual_names(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.npz", x=np.eye(4), what=np.arange(4.0))
    data = load(Choice("npz", {"path": path}))
    assert (data.facts.features, data.facts.target) == ("x", "what")


def test_arrays_of_other_names_are_taken_in_their_order(tmp_path):
    kinds = {"kind": np.array([0, 1, 1, 0]), "sort": np.array([2, 0, 1, 0])}
    arrays = {"left": np.eye(4), "right": np.ones((4, 2)), **kinds}
    data = load(Choice("npz", {"path": archive(tmp_path / "a.npz", **arrays)}))
    facts = data.facts
    assert (facts.features, facts.target) == ("left", "sort")
    assert class_names_of(data, "kind") == ("0", "1")
    assert class_names_of(data, "right") == ()
    assert [array.classes for array in facts.arrays.values()] == [0, 0, 2, 3]
    turned = archive(tmp_path / "b.npz", y=np.array([0, 1, 1, 0]), what=np.eye(4))
    facts = load(Choice("npz", {"path": turned})).facts
    assert (facts.features, facts.target) == ("what", "y")


def test_an_unknown_compression_is_refused(tmp_path: Path) -> None:
    path = Path(archive(tmp_path / "a.npz", x=np.eye(3), y=np.zeros(3)))
    content = path.read_bytes()
    for header in (b"PK\x03\x04", b"PK\x01\x02"):
        at = content.index(header) + (8 if header[2] == 3 else 10)
        content = content[:at] + b"\x63\x00" + content[at + 2 :]
    path.write_bytes(content)
    assert refused("npz", path=str(path)).code == "data_unreadable"


def test_a_folder_called_fashion_has_names_of_clothes(tmp_path: Path) -> None:
    folder = tmp_path / "fashion-mnist"
    folder.mkdir()
    write_idx(folder, "train", 40, packed=False)
    facts = facts_of(Choice("fashion_mnist_folder", {"path": str(folder)}))
    assert facts.class_names[0] == "T-shirt/top"
