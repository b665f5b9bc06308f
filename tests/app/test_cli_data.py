"""``layerweft data``: what it prints of a file, and how it is told otherwise."""

from __future__ import annotations

import json
import os
from pathlib import Path

import numpy as np
import pytest

from app import cli
from app.commands import FINE, UNUSABLE
from graph_model.recipes.sources import SOURCES

HAS_FILES = {name for name, each in SOURCES.items() if "path" in {p.name for p in each.parameters}}
TABLE = "id;size;kind\n1;1,5;a\n2;;b\n3;2,5;a\n4;3,5;b\n"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "t.csv"
    path.write_text(TABLE)
    return path


def told(capsys: pytest.CaptureFixture[str], *arguments: object) -> dict[str, object]:
    assert cli.main(["data", *map(str, arguments), "--json"]) == FINE
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


def test_a_table_as_json(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = told(capsys, table)
    assert (found["samples"], found["left_out"]) == (4, 0)
    columns = found["columns"]
    assert isinstance(columns, list)
    assert [each["name"] for each in columns] == ["id", "size", "kind"]
    size = columns[1]
    assert {size[key] for key in ("role", "type")} == {"number"}
    assert (size["missing"], size["distinct"], size["filling"]) == (1, 3, "median")
    assert found["classes"] == {"a": 2, "b": 2}
    assert found["read_as"]["decimal"] == "comma"  # type: ignore[index]
    assert any("filled in" in note for note in found["notes"])  # type: ignore[union-attr]


def test_settings_and_decisions(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = told(capsys, table, "--set", "delimiter=;", "--set", "roles.kind=ignore",
                 "--set", "target=size", "--set", "fillings.size=mean")  # fmt: skip
    roles = {each["name"]: each["role"] for each in found["columns"]}  # type: ignore[attr-defined]
    assert roles == {"id": "number", "size": "target", "kind": "ignore"}
    assert (found["task"], found["samples"], found["left_out"]) == ("regression", 3, 1)
    assert "delimiter" not in found["read_as"]  # type: ignore[operator]


def test_a_table_for_people(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["data", str(table)]) == FINE
    shown = capsys.readouterr().out
    assert "4 samples" in shown.splitlines()[0]
    assert "decimal comma" in shown
    assert "note: " in shown


def test_arrays_and_bundled_data(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    np.savez(tmp_path / "a.npz", features=np.zeros((6, 3), np.float32), target=np.arange(6) % 2)
    found = told(capsys, tmp_path / "a.npz")
    arrays = {each["name"]: each for each in found["arrays"]}  # type: ignore[attr-defined]
    assert arrays["features"]["shape"] == [6, 3]
    assert arrays["target"]["role"] == "target"
    iris = told(capsys, "iris")
    assert iris["samples"] == 150
    assert [each["role"] for each in iris["columns"]] == ["target"] + ["number"] * 4  # type: ignore[attr-defined]
    assert iris["classes"] == {"setosa": 50, "versicolor": 50, "virginica": 50}
    assert sum(told(capsys, "digits")["classes"].values()) == 1797  # type: ignore[attr-defined]


@pytest.mark.parametrize("kind", [each for each in SOURCES if each not in HAS_FILES])
def test_every_kind_says_the_same_things(kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    found = told(capsys, kind)
    arrays, columns = found["arrays"], found["columns"]
    assert isinstance(arrays, list)
    assert isinstance(columns, list)
    assert {"features", "target"} <= {each["role"] for each in arrays}
    assert all(each["shape"][0] == found["samples"] and each["dtype"] for each in arrays)
    names = {"name", "role", "type", "missing", "distinct"}
    assert all(names <= each.keys() and each["role"] for each in columns)
    assert all(isinstance(count, int) for count in found["classes"].values())  # type: ignore[attr-defined]
    assert all(note.endswith(".") for note in found["notes"])  # type: ignore[attr-defined]


def test_more_samples_than_memory_holds_are_refused_in_a_sentence(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert cli.main(["data", "moons", "--set", "samples=1000000000", "--json"]) == UNUSABLE
    assert capsys.readouterr().err.count("\n") == 1


def test_what_has_no_target_is_described_all_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    np.save(tmp_path / "alone.npy", np.zeros((6, 3), np.float32) + np.arange(3))
    found = told(capsys, tmp_path / "alone.npy")
    assert found["samples"] == 6
    assert found["features"] == found["target"]
    (note,) = found["notes"]  # type: ignore[misc]
    assert "no array to predict" in note


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["none.csv"], "there is no such file"),
        (["data.xyz"], "--kind"),
        (["t.csv", "--kind", "nothing"], "There is no kind “nothing”"),
        (["t.csv", "--set", "colour=red"], "write name=value"),
        (["t.csv", "--set", "delimiter=hash"], "delimiter"),
        (["t.csv", "--set", "target=none"], "no column “none”"),
        (["pipe.csv"], "no ordinary file"),
    ],
)
def test_what_cannot_be_read_is_one_sentence(
    table: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
    arguments: list[str], said: str,
) -> None:  # fmt: skip
    monkeypatch.chdir(table.parent)
    os.mkfifo("pipe.csv")
    assert cli.main(["data", *arguments]) == UNUSABLE
    errors = capsys.readouterr().err
    assert said in errors
    assert errors.count("\n") == 1
