"""Paths of data: short in the file of a project, whole in memory, wherever both are moved."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from graph_model.files.data_paths import whole_path
from graph_model.files.storage import load, save
from graph_model.network import Project, empty_project
from graph_model.recipe import Choice, Recipe


def project(path: Path | str, kind: str = "csv") -> Project:
    recipe = Recipe(Choice(kind, {"path": str(path)}))
    return replace(empty_project("Net"), recipe=recipe)


def stored(file: Path) -> str:
    return str(json.loads(file.read_text("utf-8"))["recipe"]["data"]["arguments"]["path"])


@pytest.mark.parametrize("kind", ["csv", "npz", "image_folder"])
def test_data_beside_or_below_are_written_from_there(tmp_path: Path, kind: str) -> None:
    data = tmp_path / "data" / "x.csv"
    save(project(data, kind), tmp_path / "p.weft")
    assert stored(tmp_path / "p.weft") == "data/x.csv"
    assert load(tmp_path / "p.weft").recipe.data.arguments["path"] == str(data)


def test_both_moved_together_are_found_again(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x.csv").touch()
    save(project(tmp_path / "a" / "x.csv"), tmp_path / "a" / "p.weft")
    (tmp_path / "a").rename(tmp_path / "b")
    assert load(tmp_path / "b" / "p.weft").recipe.data.arguments["path"] == str(
        tmp_path / "b" / "x.csv"
    )


def test_saving_elsewhere_keeps_them_right(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    save(project(tmp_path / "a" / "x.csv"), tmp_path / "a" / "p.weft")
    save(load(tmp_path / "a" / "p.weft"), tmp_path / "b" / "p.weft")
    assert stored(tmp_path / "b" / "p.weft") == str(tmp_path / "a" / "x.csv")
    save(load(tmp_path / "b" / "p.weft"), tmp_path / "p.weft")
    assert stored(tmp_path / "p.weft") == "a/x.csv"


def test_a_path_of_an_earlier_version_begins_where_the_application_was_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("home", "shell"):
        (tmp_path / name).mkdir()
    file = tmp_path / "home" / "p.weft"
    save(project("x.csv"), file)
    assert stored(file) == "x.csv"
    (tmp_path / "shell" / "x.csv").touch()
    monkeypatch.chdir(tmp_path / "shell")
    assert load(file).recipe.data.arguments["path"] == str(tmp_path / "shell" / "x.csv")
    (tmp_path / "home" / "x.csv").touch()  # the one beside the project comes first
    assert load(file).recipe.data.arguments["path"] == str(tmp_path / "home" / "x.csv")


@pytest.mark.parametrize("path", ["", "~/x.csv"])
def test_other_paths_are_left_alone(tmp_path: Path, path: str) -> None:
    save(project(path), tmp_path / "p.weft")
    assert load(tmp_path / "p.weft").recipe.data.arguments["path"] == path


def test_what_is_typed_begins_beside_the_project(tmp_path: Path) -> None:
    assert whole_path("../x.csv", tmp_path / "a" / "p.weft") == str(tmp_path / "x.csv")
    assert whole_path("x.csv", None) == str(Path.cwd() / "x.csv")
