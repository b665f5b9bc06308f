"""Searches on the command line: each combination once, the best first, and on where it was."""

from __future__ import annotations

import itertools
import json
import shutil
from pathlib import Path

import pytest

from app.cli import main
from app.experiments.record import RECORD
from app.experiments.trials import combinations, name_of

IRIS = "example:iris-mlp"


def test_combinations_are_those_of_itertools() -> None:
    values = {"lr": ("0.1", "0.2", "0.3"), "seed": ("1", "2"), "epochs": ("5", "6")}
    found = [tuple(each.values()) for each in combinations(values)]
    assert found == [*itertools.product(*values.values())]
    some = [tuple(each.values()) for each in combinations(values, 5, 1)]
    assert len({*some}) == 5
    assert {*some} <= {*found}
    assert some == [tuple(each.values()) for each in combinations(values, 5, 1)]
    assert len({name_of(each) for each in combinations(values)}) == 12


def test_the_best_comes_first_and_what_is_done_is_not_done_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "found"
    given = ["search", IRIS, "--set", "lr=1e-6,0.01", "--set", "epochs=2", "--out", str(out)]
    assert main([*given, "--json"]) == 0
    best, worst = json.loads(capsys.readouterr().out)
    assert (best["settings"]["lr"], worst["settings"]["lr"]) == ("0.01", "1e-6")
    assert best["validation"]["loss"] < worst["validation"]["loss"]
    assert best["outcome"] == "finished"
    logs = {path: path.stat().st_mtime_ns for path in out.glob("*/events.jsonl")}
    assert len(logs) == 2
    assert main(given) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[0].split()[:3] == ["lr", "epochs", "outcome"]
    assert told[1].split()[:3] == ["0.01", "2", "finished"]
    assert logs == {path: path.stat().st_mtime_ns for path in out.glob("*/events.jsonl")}


def test_what_is_wrong_is_said_before_anything_is_trained(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for values, said in (
        ("lr", "a setting and its values"),
        ("lr=", "a setting and its values"),
        ("lr=fast", "takes a number"),
        ("depth=1", "no setting “depth”"),
        ("seed=" + ",".join(map(str, range(10_001))), "more than 1000"),
    ):
        out = tmp_path / "none"
        assert main(["search", IRIS, "--set", values, "--out", str(out)]) == 2
        assert said in capsys.readouterr().err
        assert not out.exists() or not any(out.iterdir())


def test_a_trial_that_cannot_be_trained_fails_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = ["--set", "linear1.in_features=7,4", "--set", "epochs=1", "--out", str(tmp_path / "a")]
    assert main(["search", IRIS, *given]) == 1
    told = capsys.readouterr()
    assert "in_features" in told.err
    assert len(told.out.splitlines()) == 3


def test_anything_of_the_recipe_can_vary_and_a_trial_that_fails_says_why(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = str(tmp_path / "found")
    given = ["search", IRIS, "--set", "epochs=1", "--out", out, "--json"]
    varied = ["--set", "transforms.noise.deviation=0.5", "--set", "loss=NLLLoss,CrossEntropyLoss"]
    assert main([*given, *varied]) == 0
    losses = [each["validation"]["loss"] for each in json.loads(capsys.readouterr().out)]
    assert len({*losses}) == 2
    assert main([*given, "--set", "transforms.crop=with"]) == 1
    assert "transforms.crop=with: " in (told := capsys.readouterr().err)
    assert "pictures" in told


def test_names_of_trials_are_never_the_same() -> None:
    long = "x" * 200
    texts = (long + "1", long + "2", "a/b", "a_b", "a:b", "a b")
    assert len({name_of({"data.path": each}) for each in texts}) == len(texts)


def test_a_search_goes_on_by_its_folder_alone_and_takes_more_trials(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "found"
    given = ["search", IRIS, "--set", "epochs=1", "--set", "seed=0,1", "--out", str(out)]
    assert main(given) == 0
    shutil.rmtree(out / "epochs=1 seed=1")
    record = (out / RECORD).read_text()
    (out / RECORD).write_text(record.replace("finished", "under way"))  # as a kill leaves it
    logs = {path: path.stat().st_mtime_ns for path in out.glob("*/events.jsonl")}
    assert main(["search", str(out), "--resume"]) == 0
    assert len([*out.glob("*/events.jsonl")]) == 2
    assert [path.stat().st_mtime_ns for path in logs] == [*logs.values()]
    assert main(["search", str(out), "--set", "epochs=1", "--set", "seed=1,2"]) == 0
    assert len([*out.glob("*/events.jsonl")]) == 3
    capsys.readouterr()
    other = ["search", "example:perceptron", "--set", "seed=0", "--out", str(out)]
    assert main(other) == 2
    assert "another project" in capsys.readouterr().err
    assert main(["search", str(tmp_path / "none"), "--resume"]) == 2
    assert "Which search" in capsys.readouterr().err
