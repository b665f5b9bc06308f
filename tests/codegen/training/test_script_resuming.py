"""``python train.py --resume``: a script that was killed ends as if it had not been."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest
import torch

from app.exporting.training import training_files
from tests.codegen.training.cases import CASES, job, texts
from tests.scripts import run_script

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


def killed(folder: Path, lines: int) -> list[str]:
    """Run the script in a process that is killed after so many lines, and return these."""
    command = [sys.executable, "-W", "error", "train.py", "--threads", "1", "--json"]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True) as script:
        assert script.stdout is not None
        told = [script.stdout.readline() for _ in range(lines)]
        script.send_signal(signal.SIGKILL)
    return told


def kept(folder: Path) -> dict[str, dict[str, torch.Tensor]]:
    checkpoint = torch.load(folder / "checkpoint.pt")
    return {"last": checkpoint["model"], "best": torch.load(folder / "best.pt")}


def test_a_script_that_was_killed_goes_on(folder: Path) -> None:
    assert any('"epoch_ended"' in line for line in killed(folder, 12))  # into its second epoch
    data = (folder / "data.pt").read_bytes()
    other = {**torch.load(folder / "data.pt"), "train": torch.arange(4)}
    torch.save(other, folder / "data.pt")
    with pytest.raises(SystemExit, match=r"data.pt is not what this training began with"):
        run_script(folder, "--resume")
    (folder / "data.pt").write_bytes(data)
    again = run_script(folder, "--resume")
    cut = kept(folder)
    assert run_script(folder, "--resume")[-1] == again[-1], "what is over just tells its figures"
    for name in ("checkpoint.pt", "best.pt"):
        (folder / name).unlink()
    whole = run_script(folder)
    assert again[-1] == whole[-1]
    for which, weights in kept(folder).items():
        assert all(torch.equal(cut[which][name], weights[name]) for name in weights)


def test_there_has_to_be_something_to_go_on_from(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="2"):
        run_script(folder, "--resume")
    assert "there is no checkpoint.pt to go on from" in capsys.readouterr().err
