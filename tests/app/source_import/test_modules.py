"""Somebody's own module runs once it may: by the command line, and in the window."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import safetensors.numpy
from pytestqt.qtbot import QtBot

from app.cli import main
from app.main_window import MainWindow
from app.permission import allowed
from app.source_import.dialog import SourceImport
from app.source_import.module_dialog import ModuleImport
from graph_model.custom_layers.known import digest
from graph_model.files.storage import read
from tests.app.test_incoming import drop

TEXT = """
from pathlib import Path

import torch
from torch import nn

Path("was_here").touch()


class Gate(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.score = nn.Linear(size, size)

    def forward(self, x):
        return x * torch.sigmoid(self.score(x))


class Net(nn.Module):
    def __init__(self, classes=2):
        super().__init__()
        self.stem = nn.Linear(4, 8)
        self.gate = Gate(8)
        self.head = nn.Linear(8, classes)

    def forward(self, x):
        return self.head(self.gate(torch.relu(self.stem(x))))
"""


@pytest.fixture
def module(tmp_path: Path) -> Path:
    folder = tmp_path / "theirs"
    folder.mkdir()
    path = folder / "net.py"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_nothing_runs_that_is_not_allowed(module: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", "module", f"{module}:Net", "--input", "3,4"]) == 1
    assert digest(TEXT) in capsys.readouterr().err
    assert not (module.parent / "was_here").exists()
    assert digest(TEXT) not in allowed()


def test_a_module_becomes_a_project_with_its_weights(
    module: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = tmp_path / "net.weft"
    command = ["import", "module", f"{module}:Net", "--input", "3,4", "--argument", "classes=5"]
    assert main([*command, "--allow", "-o", str(made), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["name"], told["blocks"], told["notes"]) == ("Net", ["Gate"], [])
    assert told["parameters"] == (4 + 1) * 8 + (8 + 1) * 8 + (8 + 1) * 5
    assert told["difference"] < 1e-5
    weights = safetensors.numpy.load_file(made.with_suffix(".safetensors"))
    assert weights["head.weight"].shape == (5, 8)
    assert {each.name for each in read(made)[0].networks.values()} == {"Net", "Gate"}
    assert digest(TEXT) in allowed()
    assert main(["custom", "--list"]) == 0
    assert "Net: allowed on this machine" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ([], "module_needs_inputs"),
        (["--input", "3,,x!"], "module_bad_input"),
        (["--input", "3,4", "--argument", "classes"], "module_bad_argument"),
    ],
)
def test_what_is_said_badly_runs_nothing(
    arguments: list[str], code: str, module: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["import", "module", str(module), "--allow", "--json", *arguments]
    assert main(command) == 1
    assert [each["code"] for each in json.loads(capsys.readouterr().out)["notes"]] == [code]
    assert digest(TEXT) not in allowed()


def test_a_module_runs_in_the_window_once_it_is_allowed(
    window: MainWindow, qtbot: QtBot, module: Path
) -> None:
    assert drop(window, module)
    reading = next(each for each in window.findChildren(SourceImport) if each.isVisible())
    qtbot.waitUntil(reading.take.isEnabled)
    reading.run.click()
    dialog = next(each for each in window.findChildren(ModuleImport) if each.isVisible())
    assert dialog.module.currentText() == "Net"
    assert "Allow" in dialog.start.text()
    assert not (module.parent / "was_here").exists()
    dialog.start.click()
    assert "Say what Net is given" in dialog.told.text()
    assert digest(TEXT) not in allowed()
    dialog.inputs.setText("3,4")
    dialog.start.click()
    qtbot.waitUntil(dialog.take.isEnabled, timeout=60_000)
    assert "130 parameters" in dialog.told.text()
    assert dialog.start.text() == "Run"
    with qtbot.waitSignal(dialog.chosen):
        dialog.take.click()
    assert {each.name for each in window.document.project.network.nodes.values()} >= {"stem"}
    begins = window.trainer.beginning
    assert begins is not None
    assert "gate.score.weight" in safetensors.numpy.load_file(begins.path)


def test_what_runs_in_the_window_can_be_stopped(qtbot: QtBot, tmp_path: Path) -> None:
    dialog = ModuleImport("while True:\n    pass\n", None, "Net")
    qtbot.addWidget(dialog)
    dialog.inputs.setText("3,4")
    dialog.start.click()
    assert dialog.start.text() == "Stop"
    dialog.start.click()
    qtbot.waitUntil(lambda: dialog.told.text() == "The module was stopped.", timeout=60_000)
    assert not dialog.take.isEnabled()
