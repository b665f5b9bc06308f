"""The runs that are kept, listed and compared on the command line."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from app.cli import main
from app.project.examples import load_example
from app.runs.job import Job
from app.training.headless import run_headless
from graph_model.files.storage import save
from graph_model.network import set_arguments
from graph_model.recipe import Choice


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two runs: the second has a wider layer, another rate, and a column less of the data."""
    folder = tmp_path_factory.mktemp("runs")
    first = load_example("iris-mlp")
    first = replace(first, recipe=replace(first.recipe, epochs=2))
    linear = next(each for each in first.network.nodes.values() if each.kind == "Linear")
    wider = set_arguments(first.network, linear.id, {"out_features": 24})
    recipe = replace(first.recipe, optimizer=Choice("Adam", {"lr": 0.02}), seed=3)
    second = replace(first, networks={**first.networks, first.main: wider}, recipe=recipe)
    for name, project in (("1 first", first), ("2 second", second)):
        run_headless(Job(project, folder=folder / name, threads=1), lambda _: None)
    return folder


def test_runs_are_listed_the_newest_first(runs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["runs", str(runs)]) == 0
    head, *lines = capsys.readouterr().out.splitlines()
    assert head.split() == ["run", "outcome", "epochs", "validation", "test"]
    assert [line[:8] for line in lines] == ["2 second", "1 first "]
    assert main(["runs", str(runs), "--json"]) == 0
    second, first = json.loads(capsys.readouterr().out)
    finished = (runs / "1 first" / "events.jsonl").read_text().splitlines()[-1]
    assert first["validation"] == json.loads(finished)["validation"]
    assert (second["outcome"], second["epochs"], second["planned"]) == ("finished", 2, 2)


def test_runs_are_sought(runs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = ["runs", str(runs), "--json", "--where"]
    assert main([*given, "lr=0.02 seed=3"]) == 0
    (found,) = json.loads(capsys.readouterr().out)
    assert (found["name"], found["settings"]["lr"], found["tags"]) == ("2 second", 0.02, [])
    assert main(["runs", str(runs), "--where", "loss<0"]) == 0
    assert "no such runs" in capsys.readouterr().out
    assert main([*given, "colour=3"]) == 2
    told = capsys.readouterr().err
    assert "No run has “colour”." in told
    assert "accuracy" in told


def test_runs_go_to_tensorboard_and_come_from_elsewhere(
    runs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    logs, kept = tmp_path / "logs", tmp_path / "kept"
    kept.mkdir()
    assert main(["runs", str(runs), "--where", "seed=3", "--tensorboard", str(logs)]) == 0
    assert [each.name for each in logs.iterdir()] == ["2 second"]
    for source in (logs / "2 second", runs / "2 second", runs / "1 first" / "events.jsonl"):
        assert main(["runs", str(kept), "--add", str(source)]) == 0
    capsys.readouterr()
    assert main(["runs", str(kept), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert len(found) == 3
    assert {each["epochs"] for each in found} == {2}
    assert main(["runs", str(kept), "--add", str(tmp_path)]) == 2
    assert "is no run" in capsys.readouterr().err


def test_what_differs_between_two_runs(runs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = ["compare", str(runs / "1 first"), str(runs / "2 second")]
    assert main([*given, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    (change,) = found["drawing"]["changed"]
    assert (change["what"], change["after"]) == ("out_features", 24)
    assert {each["what"]: each["after"] for each in found["recipe"]} == {
        "optimizer.lr": 0.02,
        "seed": 3,
    }
    assert found["are_samples_same"] is False, "another seed splits the samples otherwise"
    assert set(found["figures"]) == {"loss", "accuracy", "test.loss", "test.accuracy"}
    assert main(given) == 0
    told = capsys.readouterr().out
    assert "out_features" in told
    assert "24" in told
    assert "seed 0 → 3" in told
    same = [str(runs / "1 first")] * 2
    assert main(["compare", *same]) == 0
    told = capsys.readouterr().out
    assert "drawing: the same" in told
    assert "scaled: the same" in told


def test_what_is_no_run_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", str(tmp_path), "none"]) == 2
    assert "There is no run" in capsys.readouterr().err
    assert main(["runs", str(tmp_path / "nowhere")]) == 2
    assert "There is no folder" in capsys.readouterr().err
    assert main(["runs", str(tmp_path)]) == 0
    assert "no runs" in capsys.readouterr().out


def test_a_run_that_never_began_leaves_nothing_and_one_alone_is_listed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = load_example("iris-mlp")
    options = (Choice("best_by", {"figure": "val_loss"}),)
    save(
        replace(project, recipe=replace(project.recipe, epochs=1, options=options)),
        tmp_path / "wrong.weft",
    )
    out = tmp_path / "out"
    assert main(["train", str(tmp_path / "wrong.weft"), "--out", str(out)]) == 1
    said = capsys.readouterr()
    assert "val_loss" in said.out + said.err
    assert "Kept in" not in said.out
    assert not out.exists()
    assert main(["train", "example:iris-mlp", "--epochs", "1", "--out", str(out)]) == 0
    capsys.readouterr()
    assert main(["runs", str(out)]) == 0
    assert "1/1" in capsys.readouterr().out
