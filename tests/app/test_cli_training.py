"""Training from the command line: what it tells, how it ends, and the demonstration."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from app import cli
from app.commands import FAILED, FINE, INTERRUPTED
from graph_model.files.storage import load, save
from graph_model.network import set_arguments, with_network
from tests.app.command_line import IRIS, layerweft


def test_train_as_json(short: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def losses(seed: int) -> list[float]:
        arguments = ["train", str(short), "--json", "--epochs", "1", "--seed", str(seed)]
        assert cli.main(arguments) == FINE
        events = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        assert events[0]["event"] == "started"
        assert events[0]["epochs"] == 1
        assert events[-1]["event"] == "finished"
        assert set(events[-1]["validation"]) == {"loss", "accuracy"}
        return [loss for event in events for loss in event.get("losses", ())]

    assert losses(3) == losses(3)
    assert losses(3) != losses(4)


def test_train_without_a_folder_says_that_nothing_is_kept(
    short: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["train", str(short), "--epochs", "1"]) == FINE
    assert "Nothing was kept" in capsys.readouterr().out


def test_a_run_that_fails(
    short: Path, broken: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["train", str(broken)]) == FAILED
    assert "error: linear3" in capsys.readouterr().err
    assert cli.main(["train", str(short), "--device", "cuda:99"]) == FAILED
    assert "cuda:99" in capsys.readouterr().out
    assert cli.main(["train", str(short), "--device", "cuda:99", "--json"]) == FAILED
    last = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (last["event"], last["code"]) == ("failed", "no_device")
    project = load(short)
    odd = tmp_path / "odd.weft"
    save(with_network(project, set_arguments(project.network, "linear3", {"out_features": 5})), odd)
    assert cli.main(["train", str(odd)]) == FAILED
    assert "N×5" in capsys.readouterr().out


def test_ctrl_c_ends_a_run_properly(tmp_path: Path, root: Path) -> None:
    folder = tmp_path / "run"
    arguments = ["train", IRIS, "--epochs", "100000", "--json", "--out", str(folder)]
    with subprocess.Popen(
        [sys.executable, "-m", "app", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=root,
    ) as running:
        assert running.stdout is not None
        while json.loads(running.stdout.readline())["event"] != "epoch_ended":
            pass
        running.send_signal(signal.SIGINT)
        told, said = running.communicate()
    assert running.returncode == INTERRUPTED
    last = json.loads(told.splitlines()[-1])
    assert last["event"] == "finished"
    assert last["stopped"] is True
    assert said == ""
    assert (folder / "best.safetensors").exists()


def test_demo_does_the_main_job(short: Path, tmp_path: Path, root: Path) -> None:
    folder = tmp_path / "demo"
    without_display = {
        name: value
        for name, value in os.environ.items()
        if name not in {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    }
    ended = layerweft(
        "demo", str(short), "--out", str(folder), cwd=root, env=without_display, timeout=300
    )
    assert ended.returncode == FINE, ended.stderr
    assert ended.stderr == ""
    assert "Validation: loss" in ended.stdout
    listed = [
        line.split()[0] for line in ended.stdout.partition("Written:")[2].splitlines() if line
    ]
    assert len(listed) >= 6
    for path in listed:
        assert Path(path).stat().st_size > 0
    assert (folder / "curves.png").read_bytes().startswith(b"\x89PNG")
    shown = subprocess.run(
        [sys.executable, folder / "model.py"], capture_output=True, text=True, check=True
    )
    assert shown.stdout == "(2, 3)\n"
