"""ONNX models come in: by the command line with their weights beside, and into the window."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import onnx
import pytest
import safetensors.numpy
import torch
from onnx.helper import make_node
from pytestqt.qtbot import QtBot
from torch import nn

from app.cli import main
from app.main_window import MainWindow
from app.source_import.archive_dialog import ArchiveImport
from tests.app.test_incoming import drop
from tests.codegen.archives.running import model_of

WEIGHT = np.arange(12, dtype=np.float32).reshape(3, 4)


def _model(path: Path, *, odd: bool = False) -> Path:
    nodes = [make_node("Gemm", ["x", "fc.weight"], ["h"], transB=1)]
    nodes.append(make_node("Frobnicate" if odd else "Relu", ["h"], ["y"], name="last"))
    onnx.save(model_of(nodes, {"x": ("N", 4)}, "y", {"fc.weight": WEIGHT}), path)
    return path


def test_a_project_and_its_weights_are_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = tmp_path / "net.weft"
    assert main(["import", str(_model(tmp_path / "a.onnx")), "-o", str(made), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["nodes"], told["parameters"], told["notes"]) == (4, 12, [])
    weights = safetensors.numpy.load_file(made.with_suffix(".safetensors"))
    assert {name: each.tolist() for name, each in weights.items()} == {"fc.weight": WEIGHT.tolist()}


def test_what_is_not_known_is_told_by_its_node(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", str(_model(tmp_path / "a.onnx", odd=True)), "--json"]) == 0
    (note, *_) = json.loads(capsys.readouterr().out)["notes"]
    assert (note["node"], note["op"]) == ("last", "Frobnicate")


def test_what_is_no_model_ends_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.onnx"
    path.write_bytes(b"nothing")
    assert main(["import", str(path)]) == 1
    assert "cannot be read as ONNX" in capsys.readouterr().err


def test_a_model_is_dropped_and_its_runs_begin_with_its_weights(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    assert drop(window, _model(tmp_path / "dropped.onnx"))
    dialog = next(each for each in window.findChildren(ArchiveImport) if each.isVisible())
    qtbot.waitUntil(dialog.take.isEnabled)
    with qtbot.waitSignal(dialog.chosen):
        dialog.take.click()
    assert {each.name for each in window.document.project.network.nodes.values()} >= {"fc"}
    assert window.document.name == "dropped"
    begins = window.trainer.beginning
    assert begins is not None
    assert [*safetensors.numpy.load_file(begins.path)] == ["fc.weight"]


def test_a_damaged_model_is_told_in_the_dialog(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "a.onnx"
    path.write_bytes(b"nothing")
    dialog = ArchiveImport(path)
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: dialog._answer is not None)
    assert not dialog.take.isEnabled()
    assert "cannot be read" in dialog.told.text()


@pytest.mark.filterwarnings("ignore")  # of TorchScript, which is to go
def test_a_scripted_model_is_drawn_once_its_inputs_are_told(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "net.pt"
    torch.jit.script(nn.Sequential(nn.Conv2d(3, 4, 3), nn.ReLU()).eval()).save(path)
    dialog = ArchiveImport(path)
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: dialog._answer is not None)
    assert "does not say" in dialog.told.text()
    dialog.inputs.setText("3x9x9")
    qtbot.waitUntil(dialog.take.isEnabled)
    assert "112 parameters" in dialog.told.text()
