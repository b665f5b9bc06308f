"""Files in further forms in which people post them: what each is taken for, or why it is not."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from app.data.foreign import foreign
from app.data.kinds import data_kind
from app.data.reading import load
from graph_model.inference.infer import infer
from graph_model.network import Network
from graph_model.problems import ChooseInRecipe, SetDataArguments
from graph_model.recipe import Choice, Recipe
from graph_model.recipes.first_network import first_network
from tests.app.data.reading import facts_of, refused
from tests.app.data.test_pictures import chosen, picture

COUNT = 60
FRAME = pd.DataFrame({
    "id": range(COUNT),
    "size": [each % 7 + 0.5 for each in range(COUNT)],
    "label": ["yes" if each % 3 else "no" for each in range(COUNT)],
})  # fmt: skip


@pytest.mark.parametrize("orient", ["records", "columns", "index", "split", "table"])
def test_json_in_whatever_order_pandas_writes_it(tmp_path: Path, orient: str) -> None:
    path = tmp_path / "t.json"
    FRAME.to_json(path, orient=orient)  # type: ignore[arg-type]
    data = load(Choice("csv", {"path": str(path)}))
    np.testing.assert_array_equal(data.features[:, -1], FRAME["size"].to_numpy(np.float32))
    assert data.facts.class_names == ("no", "yes")


def test_json_that_holds_no_rows_is_refused(tmp_path: Path) -> None:
    for content in ({"a": 1}, [1, 2], {"a": [1, 2], "b": [1]}, "x"):
        (tmp_path / "t.json").write_text(json.dumps(content))
        assert refused("csv", path=str(tmp_path / "t.json")).code == "data_unreadable"


def test_lines_that_begin_with_their_class(tmp_path: Path) -> None:
    """As fastText has them."""
    path = tmp_path / "train.txt"
    lines = [f"__label__{['good', 'bad'][at % 2]} number {at} of all" for at in range(COUNT)]
    path.write_text("\n".join(lines))
    data = load(Choice("text", {"path": str(path)}))
    assert data.facts.class_names == ("bad", "good")
    assert data.target.tolist() == [1 - at % 2 for at in range(COUNT)]
    assert data.facts.columns[0].examples[0] == "number · 0 · of · all"
    assert data.facts.notes[0].code == "text_lines_labelled"
    path.write_text("\n".join([*lines, *["no label at all"] * 30]))
    assert "target" in load(Choice("text", {"path": str(path)})).arrays
    assert not load(Choice("text", {"path": str(path)})).facts.class_names


@pytest.mark.parametrize("names", [("neg.txt", "pos.txt"), ("polarity.neg", "polarity.pos")])
def test_a_file_of_texts_for_each_class(tmp_path: Path, names: tuple[str, str]) -> None:
    for name in names:
        (tmp_path / name).write_text("\n".join(f"{name[:3]} text {at}" for at in range(20)))
    assert data_kind(tmp_path) == "text_folder"
    data = load(Choice("text_folder", {"path": str(tmp_path)}))
    assert (data.facts.class_names, data.facts.class_counts) == (("neg", "pos"), (20, 20))
    assert data.facts.notes[0].code == "text_file_for_class"


def test_a_folder_of_tables_offers_them(tmp_path: Path) -> None:
    for name in ("sample_submission.csv", "test.csv", "train.csv"):
        FRAME.to_csv(tmp_path / name, index=False)
    problem = refused("image_folder", path=str(tmp_path))
    assert problem.code == "folder_of_other_files"
    change = problem.fixes[0].change
    assert isinstance(change, ChooseInRecipe)
    assert facts_of(Choice(change.kind, change.arguments)).samples == COUNT
    assert Path(str(change.arguments["path"])).name == "train.csv"


def test_a_folder_of_arrays_says_how_to_put_them_together(tmp_path: Path) -> None:
    for name in ("X_train", "y_train"):
        np.save(tmp_path / f"{name}.npy", np.zeros((4, 2)))
    problem = refused("image_folder", path=str(tmp_path))
    assert "X_train=numpy.load('X_train.npy')" in problem.message


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("a.sql", "INSERT INTO t VALUES (1)", "data_is_database"),
        ("a.sqlite", "SQLite format 3", "data_is_database"),
        ("a.arff", "@RELATION x", "data_is_weka"),
        ("a.txt", "1 1:0.5 3:-2e-3\n-1 2:1\n+1 7:3\n", "data_is_sparse"),
    ],
)
def test_what_is_not_read_is_named(tmp_path: Path, name: str, text: str, code: str) -> None:
    (tmp_path / name).write_text(text)
    problem = foreign(tmp_path / name)
    assert problem is not None
    assert (problem.code, data_kind(tmp_path / name)) == (code, None)


def test_labels_by_the_name_of_their_column_or_else_told(tmp_path: Path) -> None:
    """As moles are posted: dx is what they are, sex is not."""
    for at in range(6):
        picture(tmp_path / "images" / f"im{at}.jpg")
    head, rows = "image_id,dx,sex", [f"im{at},{['mel', 'nv'][at % 2]},{'mf'[at // 3]}" for at in
                                     range(6)]  # fmt: skip
    (tmp_path / "meta.csv").write_text("\n".join([head, *rows]))
    facts = facts_of(chosen(tmp_path))
    assert (facts.class_names, [each.code for each in facts.notes]) == (("mel", "nv"), [])
    (tmp_path / "meta.csv").write_text("\n".join([head.replace("dx", "kind"), *rows]))
    facts = facts_of(chosen(tmp_path))
    assert facts.class_names == ("f", "m")
    (note,) = facts.notes
    assert (note.code, note.values["column"]) == ("labels_guessed", "sex")
    assert isinstance(note.fixes[0].change, SetDataArguments)
    facts = facts_of(chosen(tmp_path, **note.fixes[0].change.arguments))
    assert (facts.class_names, facts.notes) == (("mel", "nv"), ())


def of_arrays(folder: Path, **arrays: np.ndarray) -> Choice:
    np.savez(folder / "t.npz", **arrays)  # type: ignore[arg-type]
    return Choice("npz", {"path": str(folder / "t.npz")})


def test_whole_numbers_at_each_step_are_classes_some_of_no_account(tmp_path: Path) -> None:
    """As words are tagged: −100 stands where a text is filled up."""
    random = np.random.default_rng(0)
    labels = random.integers(0, 5, (40, 12))
    labels[:, 9:] = -100
    tokens = random.integers(0, 90, (40, 12))
    for features in (tokens, random.normal(size=(40, 12, 3)).astype(np.float32)):
        data = load(of_arrays(tmp_path, X=features, y=labels))
        assert data.facts.class_names == tuple("01234")
        assert data.facts.arrays["y"].ignored == "-100"
        np.testing.assert_array_equal(data.target, labels)
        network = first_network(Network("main", "Net"), Recipe(of_arrays(tmp_path)), data.facts)
        assert network is not None
        (output,) = infer(network).of_kind("Output")
        assert infer(network).nodes[output.id].inputs["input"].shape[1:] == (5, 12)
    several = random.normal(size=(40, 14))
    assert not load(of_arrays(tmp_path, X=several, y=several)).facts.class_names


def test_ids_are_no_features(tmp_path: Path) -> None:
    numbers = np.random.default_rng(0).normal(size=(40, 8))
    facts = load(of_arrays(tmp_path, embeddings=numbers, labels=np.arange(40) % 2,
                           ids=np.arange(40))).facts  # fmt: skip
    assert {each.name: each.role for each in facts.columns}["ids"] == "ignore"


def test_series_with_their_class_in_the_first_column(tmp_path: Path) -> None:
    """As the archive of UCR has them: no header, the class, then the values."""
    values = np.random.default_rng(0).normal(size=(50, 20)).round(4)
    lines = ["\t".join(map(str, (1 + at % 3, *row))) for at, row in enumerate(values.tolist())]
    (tmp_path / "TRAIN.tsv").write_text("\n".join(lines))
    data = load(Choice("csv", {"path": str(tmp_path / "TRAIN.tsv")}))
    assert (data.facts.read_as["target"], data.facts.class_names) == ("column 1", tuple("123"))
    np.testing.assert_array_equal(data.features, values.astype(np.float32))


def test_a_time_of_any_day_is_told_as_such_and_orders_nothing(tmp_path: Path) -> None:
    rows = [f"{at // 60:02}:{at % 60:02}:00,{at % 7},{at % 3 * 0.5}" for at in range(COUNT)]
    (tmp_path / "t.csv").write_text("\n".join(["time,x,y", *rows]))
    facts = facts_of(Choice("csv", {"path": str(tmp_path / "t.csv")}))
    assert facts.columns[0].examples[:2] == ("00:00:00", "00:01:00")
    assert facts.ordered_by == ""
