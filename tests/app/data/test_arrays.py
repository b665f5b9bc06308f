"""Arrays from files: what is taken for what and why, and what is refused."""

from __future__ import annotations

import struct
import sys
from pathlib import Path

import numpy as np
import pytest

from app.data import rows as rows_module
from app.data.arrays.looks import look_at
from app.data.arrays.parts import part_of
from app.data.arrays.reading import read_arrays
from app.data.dataset import Dataset
from app.data.foreign import foreign
from app.data.kinds import data_kind
from app.data.reading import load
from app.data.rows import Rows, forget, is_lazy
from app.language.i18n import translations
from app.language.sentences import phrase_text
from graph_model.problems import SetDataArguments
from graph_model.recipe import Choice
from graph_model.recipes.columns import with_decision
from graph_model.recipes.facts import ColumnFacts
from tests.app.data.reading import facts_of, refused

RANDOM = np.random.default_rng(0)
X = RANDOM.normal(size=(60, 4))


def saved(folder: Path, **arrays: object) -> Choice:
    path = folder / "arrays.npz"
    np.savez(path, **arrays)  # type: ignore[arg-type]
    return Choice("npz", {"path": str(path)})


def column(data: Dataset, name: str) -> ColumnFacts:
    return next(each for each in data.facts.columns if each.name == name)


@pytest.mark.parametrize(
    ("y", "kind", "classes"),
    [
        (np.arange(60) % 3, "category", 3),
        (np.float32(np.arange(60) % 3), "category", 3),
        (np.array([b"cat", b"dog"] * 30), "category", 2),
        (np.array(["cat", "dog"] * 30), "category", 2),
        (np.arange(60) % 2 == 0, "category", 2),
        (np.arange(60)[:, None] % 5, "category", 5),
        (RANDOM.permutation(8307)[:60], "number", 0),
        (RANDOM.normal(size=60), "number", 0),
        (np.eye(3, dtype=np.float32)[np.arange(60) % 3], "one_hot", 3),
        (np.full((60, 4), 0.25), "shares", 0),
        (np.arange(60)[:, None] % [2, 3], "number", 0),
        (RANDOM.integers(0, 3, (60, 5, 5)), "mask", 3),
        (RANDOM.integers(0, 2, (60, 1, 5, 5)).astype(np.uint8) * 255, "mask", 2),
        (np.where(np.arange(60) % 2, 1, -1), "category", 2),
        (np.arange(60) % 10 + 1, "category", 10),
    ],
)
def test_what_a_target_holds_is_proposed_and_said(
    tmp_path: Path, y: np.ndarray, kind: str, classes: int
) -> None:
    data = load(saved(tmp_path, X=X, y=y))
    found = column(data, "y")
    assert (found.role, found.type, found.proposed) == ("target", kind, kind)
    assert found.why
    assert data.facts.arrays["y"].classes == classes
    assert (data.facts.task == "classification") == bool(classes)
    if classes:
        names = [str(word.decode() if isinstance(word, bytes) else word) for word in y.ravel()[:9]]
        if kind == "category" and y.dtype.kind not in "bf":
            assert [data.facts.class_names[index] for index in data.target[:9]] == names
        assert data.facts.class_counts == tuple(np.bincount(data.target.ravel(), minlength=classes))


def test_types_can_be_chosen_otherwise(tmp_path: Path) -> None:
    choice = saved(tmp_path, X=X, y=np.arange(60) % 3, hot=np.eye(3)[np.arange(60) % 3])
    numbers = load(with_decision(choice, "types", "y", "number"))
    assert (numbers.facts.task, numbers.target.shape) == ("regression", (60, 1))
    assert column(numbers, "y").proposed == "category"
    many = saved(tmp_path, X=X, y=RANDOM.permutation(8307)[:60])
    assert load(with_decision(many, "types", "y", "category")).facts.arrays["y"].classes == 60
    halves = saved(tmp_path, X=X, y=np.arange(60) / 2)
    problem = refused("npz", **with_decision(halves, "types", "y", "category").arguments)
    assert problem.code == "data_bad_array"


def test_roles_can_be_chosen_otherwise(tmp_path: Path) -> None:
    choice = saved(tmp_path, a=X, b=X[:, :2], groups=np.arange(60) // 6, y=np.arange(60) % 2)
    data = load(choice)
    assert [(each.name, each.role) for each in data.facts.columns] == [
        ("a", "features"),
        ("b", "features"),
        ("groups", "group"),
        ("y", "target"),
    ]
    assert data.groups is not None
    assert data.groups.tolist() == (np.arange(60) // 6).tolist()
    other = choice
    for name, role in (("a", "ignore"), ("y", "weight"), ("groups", "target")):
        other = with_decision(other, "roles", name, role)
    other = load(other)
    assert (other.facts.features, other.facts.target) == ("b", "groups")
    assert other.weights is not None
    assert "a" not in other.arrays
    assert load(with_decision(choice, "roles", "b", "target")).facts.target == "b"


def test_class_probabilities_are_left_as_they_are(tmp_path: Path) -> None:
    shares = RANDOM.dirichlet(np.ones(3), 60).astype(np.float32)
    data = load(saved(tmp_path, X=X, y=shares))
    np.testing.assert_array_equal(data.target, shares)
    assert "y" not in data.scaled
    labels = RANDOM.integers(0, 2, (60, 5)).astype(np.float32)
    assert "y" not in load(saved(tmp_path, X=X, y=labels)).scaled


@pytest.mark.parametrize(
    ("name", "base", "part"),
    [
        ("x_train", "x", 0),
        ("train_images", "images", 0),
        ("XTest", "X", 2),
        ("y-val", "y", 1),
        ("validation.labels", "labels", 1),
        ("train", "train", None),
        ("constraint", "constraint", None),
        ("x", "x", None),
    ],
)
def test_names_of_parts(name: str, base: str, part: int | None) -> None:
    assert part_of(name) == (base, part)


def test_arrays_in_the_form_of_medmnist_are_splits_of_their_own(tmp_path: Path) -> None:
    sizes = {"train": 60, "val": 20, "test": 10}
    arrays = {}
    for part, size in sizes.items():
        arrays[f"{part}_images"] = RANDOM.integers(0, 256, (size, 8, 8, 3)).astype(np.uint8)
        arrays[f"{part}_labels"] = (np.arange(size)[:, None] % 3).astype(np.uint8)
    data = load(saved(tmp_path, **arrays))
    assert (data.facts.features, data.facts.target) == ("images", "labels")
    assert data.own_split is not None
    assert data.own_split.tolist() == [0] * 60 + [1] * 20 + [2] * 10
    assert (data.facts.own_test, data.facts.own_split) == (10, (60, 20, 10))
    whole = np.concatenate([arrays[f"{part}_images"] for part in sizes])
    np.testing.assert_array_equal(data.features, whole.transpose(0, 3, 1, 2))
    assert data.facts.read_as["layout"] == "channels_last"
    assert "train_images" in column(data, "images").why
    as_is = saved(tmp_path, **arrays)
    as_is = Choice("npz", {**as_is.arguments, "layout": "as_is"})
    assert load(as_is).features.shape == (90, 8, 8, 3)


def test_a_part_alone_is_no_split(tmp_path: Path) -> None:
    data = load(saved(tmp_path, x_train=X, y_train=np.arange(60) % 2))
    assert data.own_split is None
    assert (data.facts.features, data.facts.target) == ("x_train", "y_train")
    wrong = saved(tmp_path, x_train=X, x_test=X[:, :2], y_train=np.arange(60) % 2, y_test=X[:, 0])
    assert load(wrong).own_split is None


def test_an_array_may_tell_the_parts(tmp_path: Path) -> None:
    told = np.array(["test", "train", "val"] * 20)
    data = load(saved(tmp_path, X=X, y=np.arange(60) % 2, split=told))
    assert data.own_split is not None
    assert data.own_split.tolist() == [0] * 20 + [1] * 20 + [2] * 20
    np.testing.assert_array_equal(data.features[40:], X[::3].astype(np.float32))


def test_features_alone_are_offered_as_an_autoencoder(tmp_path: Path) -> None:
    choice = saved(tmp_path, X=X)
    problem = refused("npz", **choice.arguments)
    assert problem.code == "data_no_target"
    (fix,) = problem.fixes
    assert fix.change == SetDataArguments({"target": "X"})
    data = load(Choice("npz", {**choice.arguments, "target": "X"}))
    assert (data.facts.features, data.facts.target, [*data.arrays]) == ("X", "X", ["X"])
    assert data.scaled == {"X"}


def test_one_class_is_refused_like_elsewhere(tmp_path: Path) -> None:
    problem = refused("npz", **saved(tmp_path, X=X, y=np.zeros(60, np.int64)).arguments)
    assert (problem.code, problem.values["got"]) == ("data_too_few", "1")


def test_objects_are_refused_in_our_own_words(tmp_path: Path) -> None:
    words = np.array(["a", 1] * 30, dtype=object)
    problem = refused("npz", **saved(tmp_path, X=words, y=words).arguments)
    assert (problem.code, problem.values["array"]) == ("data_of_objects", "X")
    path = tmp_path / "object.npy"
    np.save(path, words)
    assert refused("npz", path=str(path)).code == "data_of_objects"


def test_a_single_array_in_a_file(tmp_path: Path) -> None:
    path = tmp_path / "x.npy"
    np.save(path, np.asfortranarray(X))
    data = load(Choice("npz", {"path": str(path), "target": "X"}))
    np.testing.assert_array_equal(data.features, X.astype(np.float32))
    fields = np.zeros(9, [("x", ">f4", 3), ("y", "i4")])
    fields["x"], fields["y"] = np.arange(27).reshape(9, 3), np.arange(9) % 2
    np.save(path, fields)
    data = load(Choice("npz", {"path": str(path)}))
    assert data.features.tolist() == np.arange(27).reshape(9, 3).tolist()
    assert data.target.tolist() == (np.arange(9) % 2).tolist()


def test_tensors_of_safetensors(tmp_path: Path) -> None:
    from safetensors.numpy import save_file

    path = tmp_path / "x.safetensors"
    save_file({"x": X, "y": np.arange(60) % 3}, path)
    data = load(Choice("npz", {"path": str(path)}))
    np.testing.assert_array_equal(data.features, X.astype(np.float32))
    assert data.target.tolist() == (np.arange(60) % 3).tolist()
    whole = path.read_bytes()
    for broken in (whole[:-1], whole[:5], struct.pack("<Q", 2**60) + whole[8:], b"\0" * 20):
        path.write_bytes(broken)
        assert refused("npz", path=str(path)).code == "data_unreadable"


def test_hdf5_without_its_library_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "h5py", None)
    path = tmp_path / "x.h5"
    path.write_bytes(b"\x89HDF\r\n\x1a\n" + b"\0" * 100)
    assert "h5py" in refused("npz", path=str(path)).message


def test_hdf5_where_its_library_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    h5py = pytest.importorskip("h5py", reason="HDF5 is read by h5py, which is not installed")
    path = tmp_path / "x.h5"
    with h5py.File(path, "w") as file:
        file["in/x"] = X
        file["y"] = [b"a", b"b"] * 30
    data = load(Choice("npz", {"path": str(path)}))
    assert (data.facts.features, data.facts.class_names) == ("in/x", ("a", "b"))
    np.testing.assert_array_equal(data.features, X.astype(np.float32))
    monkeypatch.setattr("app.data.arrays.stored.LARGE", 1000)
    assert isinstance(read_arrays(path)["in/x"], np.memmap)
    with h5py.File(path, "w") as file:
        file.create_dataset("x", data=X, chunks=(7, 2), compression="gzip")
        file.create_dataset("y", data=np.arange(60) % 3)
        file.create_dataset("names", data=["é", "b"], dtype=h5py.string_dtype())
        file.create_dataset("nothing", data=h5py.Empty("f8"))
    data = load(Choice("npz", {"path": str(path)}))
    np.testing.assert_array_equal(data.features, X.astype(np.float32))
    assert data.target.tolist() == (np.arange(60) % 3).tolist()
    assert read_arrays(path)["names"].tolist() == ["é", "b"]
    whole = path.read_bytes()
    for broken in (whole[:-2000], whole[:600]):
        path.write_bytes(broken)
        assert refused("npz", path=str(path)).code == "data_unreadable"


def matlab(path: Path, **arrays: np.ndarray) -> None:
    """Write a file as MATLAB 7.3 does: HDF5 behind a title, dimensions the other way round."""
    h5py = pytest.importorskip("h5py", reason="HDF5 is read by h5py, which is not installed")
    with h5py.File(path, "w", userblock_size=512) as file:
        for name, array in arrays.items():
            if array.dtype.kind == "U":
                within = file.create_group("#refs#") if "#refs#" not in file else file["#refs#"]
                places = []
                for number, word in enumerate(array.ravel()):
                    letters = np.array([[ord(each)] for each in word], np.uint16)
                    cell = within.create_dataset(f"{name}{number}", data=letters)
                    cell.attrs["MATLAB_class"] = np.bytes_("char")
                    places.append(cell.ref)
                made = file.create_dataset(
                    name, data=np.array([places], h5py.ref_dtype), dtype=h5py.ref_dtype
                )
                made.attrs["MATLAB_class"] = np.bytes_("cell")
            else:
                file[name] = array.T
                file[name].attrs["MATLAB_class"] = np.bytes_("double")
        file.create_group("a_struct")
    title = b"MATLAB 7.3 MAT-file, Platform: GLNXA64, Created on: Mon".ljust(124) + b"\0\2IM"
    with path.open("r+b") as file:
        file.write(title)


def test_new_files_of_matlab_are_read(tmp_path: Path) -> None:
    path = tmp_path / "x.mat"
    matlab(path, X=X.astype(np.float64), y=(np.arange(60) % 3 + 1.0)[:, None])
    assert (foreign(path), data_kind(path)) == (None, "npz")
    data = load(Choice("npz", {"path": str(path)}))
    np.testing.assert_array_equal(data.features, X.astype(np.float32))
    assert data.facts.class_names == ("1", "2", "3")
    assert data.target.tolist() == (np.arange(60) % 3).tolist()
    matlab(path, X=X.astype(np.float64), labels=np.array(["cat", "dog"] * 30)[:, None])
    data = load(Choice("npz", {"path": str(path)}))
    assert (data.facts.target, data.facts.class_names) == ("labels", ("cat", "dog"))


def test_old_files_of_matlab_are_said_to_be_such(tmp_path: Path) -> None:
    path = tmp_path / "old.mat"
    path.write_bytes(b"MATLAB 5.0 MAT-file".ljust(700))
    found = foreign(path)
    assert found is not None
    assert (found.code, "7.3" in found.message) == ("data_is_matlab", True)


def test_new_files_of_matlab_without_the_library_are_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "h5py", None)
    path = tmp_path / "x.mat"
    path.write_bytes(b"MATLAB 7.3 MAT-file".ljust(512) + b"\x89HDF\r\n\x1a\n" + b"\0" * 100)
    assert "h5py" in refused("npz", path=str(path)).message


def test_what_has_other_samples_is_left_out_and_named(tmp_path: Path) -> None:
    facts = facts_of(saved(tmp_path, X=X, y=np.arange(60) % 2, other=np.ones(7)))
    (note,) = facts.notes
    assert (note.code, note.values["names"]) == ("data_arrays_left_out", "other")
    assert "other" not in facts.arrays


def test_several_targets_by_choice(tmp_path: Path) -> None:
    choice = saved(tmp_path, X=X, age=X[:, 0], sex=np.arange(60) % 2)
    data = load(with_decision(choice, "roles", "age", "target"))
    assert data.facts.target == "age"
    assert data.facts.arrays["sex"].classes == 2


@pytest.mark.parametrize("packed", [False, True])
def test_large_arrays_stay_where_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, packed: bool
) -> None:
    monkeypatch.setattr("app.data.arrays.loading.LARGE", 1000)
    monkeypatch.setattr("app.data.arrays.stored.LARGE", 1000)
    monkeypatch.setattr(rows_module, "_CHUNK", 700)
    write = np.savez_compressed if packed else np.savez
    path = tmp_path / "a.npz"
    write(path, X=X, y=np.arange(60) % 2)
    data = load(Choice("npz", {"path": str(path)}))
    found = data.features
    assert is_lazy(found)
    raw: object = found.raw
    while isinstance(raw, np.ndarray) and not isinstance(raw, np.memmap):
        raw = raw.base
    assert isinstance(raw, np.memmap) != packed
    np.testing.assert_array_equal(found[[3, 1]], X[[3, 1]].astype(np.float32))
    some = np.array([0, 5, 9, 11])
    mean, deviation = found.figures(some, (0,))
    np.testing.assert_allclose(mean[0], X[some].astype(np.float32).mean(axis=0), rtol=1e-6)
    np.testing.assert_allclose(deviation[0], X[some].std(axis=0), rtol=1e-5)
    assert (found.min(), found.max()) == (np.float32(X.min()), np.float32(X.max()))


def test_forgetting_the_pages_of_a_file_loses_nothing(tmp_path: Path) -> None:
    np.save(tmp_path / "a.npy", X)
    mapped = np.memmap(tmp_path / "a.npy", X.dtype, "c", 128, X.shape)
    forget(mapped[3:])
    forget(X)
    np.testing.assert_array_equal(mapped, X)
    np.testing.assert_array_equal(
        Rows(mapped).scaled(np.float32(1), np.float32(2))[:2], ((X[:2].astype(np.float32) - 1) / 2)
    )


def test_features_of_whole_numbers() -> None:
    assert look_at(np.arange(12).reshape(6, 2), is_target=False).type == "category"
    assert look_at(-np.arange(12).reshape(6, 2), is_target=False).type == "number"
    assert look_at(np.arange(12, dtype=np.uint8).reshape(6, 2), is_target=False).type == "number"


def test_each_part_of_a_reason_is_told_in_the_language_in_use(tmp_path: Path, qapp: object) -> None:
    why = column(load(saved(tmp_path, X=X, y=np.arange(60) % 3)), "X").why
    assert why == "by its name; it holds numbers"
    try:
        translations().use("zh_CN")
        told = phrase_text(why)
    finally:
        translations().use("en")
    assert "；" in told
    assert not any("a" <= letter <= "z" for letter in told)
