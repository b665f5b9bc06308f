"""A trained network is pruned in the window: one step to undo, and the next run learns on."""

from __future__ import annotations

from pathlib import Path

import pytest
import safetensors.torch
from pytestqt.qtbot import QtBot

from app import cli
from app.project.examples import load_example
from app.pruning_panel.dialog import PruningDialog
from app.runs.folder import runs_folder
from graph_model.custom_layers.known import NOTHING
from graph_model.inference.infer import infer_project
from graph_model.network import set_arguments, with_network

EXAMPLE = "iris-mlp"
LONG = 30_000


@pytest.fixture
def run() -> Path:
    folder = runs_folder() / "a-run"
    assert cli.main(["train", f"example:{EXAMPLE}", "--epochs", "20", "--out", str(folder)]) == 0
    return folder


def test_a_run_of_the_network_is_pruned_as_previewed(qtbot: QtBot, run: Path) -> None:
    project = load_example(EXAMPLE)
    dialog = PruningDialog(project, NOTHING)
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: dialog.prune.isEnabled(), timeout=LONG)
    model = dialog.table.model()
    assert [model.index(row, 0).data() for row in range(2)] == ["linear1", "linear2"]
    assert [count.value() for count in dialog.counts] == [8, 8]
    dialog.counts[1].setValue(4)
    assert not dialog.prune.isEnabled()  # what was worked out is no longer what is wanted
    count = 4 * 8 + 8 + 8 * 12 + 12 + 12 * 3 + 3
    qtbot.waitUntil(lambda: f"{count} parameters" in dialog.after.text(), timeout=LONG)
    assert [count.value() for count in dialog.counts] == [8, 4]
    qtbot.waitUntil(lambda: bool(model.index(1, 5).data()), timeout=LONG)
    with qtbot.waitSignal(dialog.pruned, timeout=LONG) as pruned:
        dialog.prune.click()
    smaller, weights = pruned.args or ()
    assert infer_project(smaller).parameter_count == count
    kept = safetensors.torch.load_file(weights)
    assert sum(each.numel() for each in kept.values()) == count
    assert run not in weights.parents


def test_a_network_that_no_run_has_trained_is_told(qtbot: QtBot, run: Path) -> None:
    project = load_example(EXAMPLE)
    linear = next(each for each in project.network.nodes.values() if each.name == "linear1")
    wider = set_arguments(project.network, linear.id, {"out_features": 17})
    dialog = PruningDialog(with_network(project, wider), NOTHING)
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: "train it first" in dialog.told.text(), timeout=LONG)
    assert not dialog.prune.isEnabled()
