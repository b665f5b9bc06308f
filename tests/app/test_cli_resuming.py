"""``layerweft train --resume``: after a kill, and where a run cannot go on."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file

from app import cli
from app.commands import FAILED, FINE, UNUSABLE
from app.project.examples import load_example
from app.runs.folder import CHECKPOINT, EVENTS, LAST, PROJECT, TRAIN
from graph_model.files.storage import load, save
from graph_model.network import set_arguments, with_network
from graph_model.recipe import Choice


@pytest.fixture
def net(tmp_path: Path) -> Path:
    project = load_example("iris-mlp")
    save(replace(project, recipe=replace(project.recipe, epochs=3)), tmp_path / "net.weft")
    return tmp_path / "net.weft"


def train(*arguments: object) -> int:
    return cli.main(["train", *map(str, arguments)])


def test_a_killed_run_goes_on(
    net: Path, tmp_path: Path, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is killed at its first checkpoint, and the weights are those of a run never disturbed."""
    command = ["train", str(net), "--epochs", "60", "--json", "--out"]
    with subprocess.Popen(
        [sys.executable, "-m", "app", *command, str(tmp_path / "cut")],
        stdout=subprocess.PIPE,
        text=True,
        cwd=root,
    ) as running:
        assert running.stdout is not None
        while not (tmp_path / "cut" / CHECKPOINT).exists():
            assert running.stdout.readline()
        running.send_signal(signal.SIGKILL)
    assert cli.main([*command, str(tmp_path / "cut"), "--resume"]) == FINE
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [event["event"] for event in told[:2]] == ["resumed", "started"]
    assert told[0]["epoch"] > 0
    assert cli.main([*command, str(tmp_path / "whole")]) == FINE
    one, other = (load_file(tmp_path / run / LAST) for run in ("cut", "whole"))
    assert all(torch.equal(one[name], other[name]) for name in one | other)


def test_a_run_is_trained_further_and_keeps_its_number_of_epochs(
    net: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = tmp_path / "run"
    assert train(net, "--out", run, "--epochs", 2) == FINE
    assert train(net, "--out", run, "--resume") == FINE
    said = capsys.readouterr()
    assert "goes on after 2 epochs" in said.out
    assert "goes on with epochs 2; the project says 3" in said.err
    for given in (run, run / PROJECT):
        assert train(given, "--resume", "--epochs", 4) == FINE
    assert load(run / PROJECT).recipe.epochs == 4
    ends = [json.loads(line) for line in (run / EVENTS).read_text().splitlines()]
    assert [each["epoch"] for each in ends if each["event"] == "epoch_ended"] == [1, 2, 3, 4]
    assert train(run, "--resume", "--epochs", 3) == UNUSABLE
    assert "4 epochs of the run are done" in capsys.readouterr().err
    assert train(run, "--resume", "--seed", 9) == UNUSABLE
    assert "seed" in capsys.readouterr().err


def test_what_keeps_a_run_from_going_on_is_said(
    net: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def said(*arguments: object) -> str:
        assert train(*arguments, "--resume") == UNUSABLE
        return capsys.readouterr().err

    run = tmp_path / "run"
    assert "Which run" in said(net)
    assert "There is no run in" in said(net, "--out", run)
    assert not run.exists()
    assert train(net, "--out", run, "--epochs", 1) == FINE
    assert train(net, "--out", run) == UNUSABLE
    assert "--resume" in capsys.readouterr().err
    project = load(net)
    other = with_network(
        project, set_arguments(project.network, "linear1", {"out_features": 5, "bias": False})
    )
    recipe = replace(other.recipe, optimizer=Choice("SGD", {"lr": 0.5}), batch_size=7)
    save(replace(other, recipe=recipe), net)
    text = said(net, "--out", run)
    for part in (
        "out_features",
        "→ 5",
        "bias default →",
        "optimizer",
        "→ SGD",
        "optimizer.lr",
        "→ 0.5",
        "batch_size",
        "→ 7",
        f"layerweft train {run} --resume",
    ):
        assert part in text
    (run / CHECKPOINT).write_bytes(b"no checkpoint")
    assert train(run, "--resume") == FAILED
    assert "is no checkpoint that this run can go on from" in capsys.readouterr().out
    (run / CHECKPOINT).unlink()
    assert "holds no checkpoint.pt" in said(run)


def test_a_run_begins_with_weights(
    net: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = tmp_path / "run"
    assert train(net, "--out", run, "--epochs", 1) == FINE
    assert train(net, "--weights", run, "--epochs", 1) == FINE
    assert f"begins with 6 weights of {run}" in capsys.readouterr().out
    project = load(net)
    wide = set_arguments(project.network, "linear2", {"out_features": 9})
    save(with_network(project, wide), net)
    assert train(net, "--weights", run, "--epochs", 1) == FAILED
    assert "do not fit" in capsys.readouterr().out
    assert train(net, "--weights", run, "--weights-match", "--epochs", 1) == FINE
    assert "left as new: " in capsys.readouterr().out
    assert train(net, "--weights", tmp_path / "none.pt") == UNUSABLE
    assert "There are no weights in" in capsys.readouterr().err
    assert train(run, "--resume", "--weights", run) == UNUSABLE


def test_scripts_that_somebody_edited_are_kept_aside_where_a_run_goes_on(
    net: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "run"
    assert train(net, "--epochs", 1, "--out", folder) == FINE
    written = (folder / TRAIN).read_text()
    mark = tmp_path / "executed"
    edited = f"open({str(mark)!r}, 'w')\n{written}"
    (folder / TRAIN).write_text(edited)
    assert train(folder, "--resume", "--epochs", 2) == FINE
    assert not mark.exists()
    assert (folder / "train.before.py").read_text() == edited
    assert (folder / TRAIN).read_text() == written.replace("EPOCHS = 1", "EPOCHS = 2")
    (folder / "train.before.py").unlink()
    assert train(folder, "--resume", "--epochs", 3) == FINE
    assert not [*folder.glob("*.before.py")]


@pytest.mark.parametrize("name", ["train.py", "model.py", "best.safetensors", "data.pt"])
def test_a_run_replaces_no_file_that_somebody_has(
    net: Path, tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / name).write_text("mine")
    assert train(net, "--out", tmp_path) == UNUSABLE
    assert f"{tmp_path} holds {name}, which a run would replace" in capsys.readouterr().err
    assert (tmp_path / name).read_text() == "mine"
    assert not (tmp_path / EVENTS).exists()
