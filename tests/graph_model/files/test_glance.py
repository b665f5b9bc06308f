"""What a list tells of a project: the same as its file does when it is read whole."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from graph_model.files import glance as module
from graph_model.files.glance import Glance, glance
from graph_model.files.storage import ProjectFileError, load, save
from graph_model.network import Project, empty_project
from graph_model.recipe import Choice
from graph_model.recipes.setting_values import setting_values
from graph_model.recipes.settings import with_setting

EXAMPLES = sorted(Path(__file__).parents[3].glob("resources/**/*.weft"))


def whole(path: Path) -> Glance:
    project = load(path)
    return Glance(project.network.name, setting_values(project.recipe))


def same(path: Path) -> bool:
    seen, read = glance(path), whole(path)
    return (seen.name, [*seen.settings.items()]) == (read.name, [*read.settings.items()])


@pytest.fixture
def never_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "loads", None)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_examples_tell_the_same(path: Path, tmp_path: Path) -> None:
    assert same(path)
    save(load(path), tmp_path / "again.weft")
    assert same(tmp_path / "again.weft")


def project(**settings: str) -> Project:
    made = empty_project('A "quoted",\n name')
    for name, text in settings.items():
        made = with_setting(made, name, text)
    return made


def test_what_this_version_writes_is_not_read_whole(tmp_path: Path, never_whole: None) -> None:
    path = tmp_path / "one.weft"
    save(project(seed="3", lr="0.5", optimizer="SGD"), path)
    found = glance(path)
    assert (found.settings["seed"], found.settings["lr"]) == (3, 0.5)
    assert found.settings["split"] == "random", "which the file leaves out"
    assert list(found.settings)[:2] == ["epochs", "batch_size"]


def test_options_and_paths_are_told_as_they_are(tmp_path: Path) -> None:
    made = project()
    data = Choice("csv", {"path": str(tmp_path / "data" / "a.csv"), "target": "kind"})
    options = (Choice("early_stopping"), Choice("ema", {"decay": 0.5}))
    recipe = replace(made.recipe, data=data, options=options, split=Choice("random", {}))
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        path = tmp_path / name / "project.weft"
        save(replace(made, recipe=recipe), path)
        assert same(path)
        text = path.read_text().replace(str(tmp_path / "data"), "beside")
        path.write_text(text)  # a path from where the file lies
        assert same(path)
        assert glance(path).settings["data.path"] == str(tmp_path / name / "beside" / "a.csv")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('"seed": 0', '"seed": "x"'),
        ('"seed": 0', '"seed": 0, "seed": 1'),
        ('"seed": 0', '"sees": 0'),
        ('    "seed": 0\n', '    "seed": 0,\n    "seed": 1\n'),
        (',\n    "seed": 0', ""),
        ('"kind": "Adam"', '"kind": 3'),
        ('"main": "main"', '"main": "other"'),
        ('"version"', '"edition"'),
        ('"name": "Net"', '"name": 3'),
    ],
)
def test_what_is_wrong_is_refused_as_by_reading(tmp_path: Path, before: str, after: str) -> None:
    path = tmp_path / "one.weft"
    save(empty_project("Net"), path)
    text = path.read_text()
    assert before in text
    path.write_text(text.replace(before, after))
    with pytest.raises(ProjectFileError) as seen:
        glance(path)
    with pytest.raises(ProjectFileError) as read:
        load(path)
    assert seen.value.problem == read.value.problem


@pytest.mark.parametrize("indent", [None, 1, 4])
def test_a_file_laid_out_otherwise_or_older_is_read_whole(
    tmp_path: Path, indent: int | None
) -> None:
    import json

    path = tmp_path / "one.weft"
    save(project(seed="3"), path)
    stored = json.loads(path.read_text())
    path.write_text(json.dumps({**stored, "version": 6}, indent=indent))
    assert same(path)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert same(path)
    with pytest.raises(ProjectFileError):
        glance(tmp_path / "none.weft")
