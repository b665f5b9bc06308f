"""``layerweft prune``: from a run to a smaller project that learns on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app import cli
from app.commands import FINE, UNUSABLE
from app.runs.store import read_run
from graph_model.files.storage import load
from graph_model.inference.infer import infer_project

DATA = "example:iris-mlp"


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pruning") / "run"
    assert cli.main(["train", DATA, "--epochs", "30", "--out", str(folder), "--json"]) == FINE
    return folder


def test_what_could_go_is_told_and_nothing_changed(
    trained: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {path: path.read_bytes() for path in trained.iterdir() if path.is_file()}
    assert cli.main(["prune", str(trained), "--json"]) == FINE
    told = json.loads(capsys.readouterr().out)
    assert [(each["group"], each["units"]) for each in told["groups"]] == [
        ("linear1", 16),
        ("linear2", 16),
    ]
    for group in told["groups"]:
        assert set(group["without"]) == {"0.25", "0.5", "0.75"}
    assert before == {path: path.read_bytes() for path in trained.iterdir() if path.is_file()}


def test_a_smaller_project_learns_on_from_what_is_left(
    trained: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "small.weft"
    given = ["--share", "50", "--evenly", "--group", "linear2=4", "-o", str(path), "--json"]
    assert cli.main(["prune", str(trained), *given]) == FINE
    told = json.loads(capsys.readouterr().out)
    # 4 features, 8 of 16, 12 of 16, 3 classes, and a bias each
    assert told["after"]["parameters"] == 4 * 8 + 8 + 8 * 12 + 12 + 12 * 3 + 3
    assert infer_project(load(path)).parameter_count == told["after"]["parameters"]
    folder = tmp_path / "on"
    weights = ["--weights", told["weights"], "--epochs", "10", "--out", str(folder), "--json"]
    assert cli.main(["train", str(path), *weights]) == FINE
    assert read_run(folder).validation["loss"] <= told["after"]["loss"] + 0.05


@pytest.mark.parametrize("given", ["linear2", "linear2=16", "linear3=1", "linear2=-1", "nobody=2"])
def test_what_cannot_go_is_refused(
    trained: Path, tmp_path: Path, given: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "small.weft"
    assert cli.main(["prune", str(trained), "--group", given, "-o", str(path)]) == UNUSABLE
    assert "linear1=0…15, linear2=0…15" in capsys.readouterr().err
    assert not path.exists()


def test_a_run_that_is_not_there_is_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["prune", str(tmp_path / "none")]) == UNUSABLE
    assert "There is no run" in capsys.readouterr().err


def test_a_network_without_a_target_to_be_judged_by_is_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "gan"
    line = ["train", "example:digits-gan", "--epochs", "1", "--out", str(folder), "--json"]
    assert cli.main(line) == FINE
    for command in ("prune", "quantise"):
        assert cli.main([command, str(folder)]) == UNUSABLE
        assert "no predictions" in capsys.readouterr().err
