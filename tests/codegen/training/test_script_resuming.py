"""``python train.py --resume``: a script that was killed ends as if it had not been."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import torch

from app.exporting.training import training_files
from tests.codegen.training.test_script import CASES, job, texts

NAME = "cosine"  # with dropout and batch norm


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder whose script keeps a checkpoint whenever it tells of steps, after each of them."""
    model, text = texts(*CASES[NAME])
    for before, after in (("saved_at + 5", "saved_at - 1"), ("read_at + 0.05", "read_at - 1")):
        assert before in text
        text = text.replace(before, after)
    (tmp_path / "model.py").write_text(model, encoding="utf-8")
    (tmp_path / "train.py").write_text(text, encoding="utf-8")
    data = training_files(job(*CASES[NAME]))["data.pt"]
    (tmp_path / "data.pt").write_bytes(data)
    return tmp_path


def started(folder: Path, *options: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-W", "error", "train.py", "--threads", "1", "--json", *options]
    return subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def told(folder: Path, *options: str) -> list[dict[str, Any]]:
    with started(folder, *options) as script:
        lines, said = script.communicate()
    assert script.returncode == 0, said
    return [json.loads(line) for line in lines.splitlines()]


def kept(folder: Path) -> dict[str, dict[str, torch.Tensor]]:
    checkpoint = torch.load(folder / "checkpoint.pt")
    return {"last": checkpoint["model"], "best": torch.load(folder / "best.pt")}


def test_a_script_that_was_killed_goes_on(folder: Path) -> None:
    with started(folder) as script:
        assert script.stdout is not None
        lines = [script.stdout.readline() for _ in range(12)]  # into its second epoch
        script.send_signal(signal.SIGKILL)
    assert any('"epoch_ended"' in line for line in lines)
    again = told(folder, "--resume")
    cut = kept(folder)
    assert told(folder, "--resume")[-1] == again[-1], "what is over just tells its figures"
    for name in ("checkpoint.pt", "best.pt"):
        (folder / name).unlink()
    whole = told(folder)
    assert again[-1] == whole[-1]
    for which, weights in kept(folder).items():
        assert all(torch.equal(cut[which][name], weights[name]) for name in weights)


def test_there_has_to_be_something_to_go_on_from(folder: Path) -> None:
    with started(folder, "--resume") as script:
        _, said = script.communicate()
    assert script.returncode == 2
    assert "there is no checkpoint.pt to go on from" in said
