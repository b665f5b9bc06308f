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
from graph_model.problems import ChooseInRecipe, SetDataArguments
from graph_model.recipe import Choice
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
